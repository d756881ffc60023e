"""A URLconf with one page on which people write, to try the text app without any kind of content."""

import uuid

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as site_urls
from groupspace.text.composer import Composer
from groupspace.text.fields import RichTextFormField

PLACE = uuid.UUID("01890000-0000-7000-8000-000000000001")
POSTED: list[tuple[str, str]] = []

PAGE = """{% load static %}<!doctype html><html lang="nl"><head><title>Schrijf</title></head><body>
<form method="post" action="{{ request.path }}">
{% include "groupspace/text/note.html" %}{% include "groupspace/text/envelope.html" %}

<label for="id_title">Titel</label>{{ form.title }}
<label for="id_body">Jouw tekst</label>{{ form.body }}{{ form.body.errors }}<button>Plaats</button></form>
{% include "groupspace/text/scripts.html" %}</body></html>"""


class NoteForm(forms.Form):
    title = forms.CharField(required=False)
    body = RichTextFormField(max_length=200)


@login_required
def write(request):
    composer = Composer(request, "note", PLACE)
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with composer.once() as claim:
            if claim.first:
                POSTED.append((form.cleaned_data["title"], form.cleaned_data["body"]))
                claim.url = f"/klaar/{len(POSTED)}/"
        return redirect(claim.url)
    if request.method == "GET":
        composer.fill(form)
    page = engines["django"].from_string(PAGE).render({"form": form, "composer": composer}, request)
    response = HttpResponse(page)
    response["Content-Security-Policy"] = "default-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'"
    return response


urlpatterns = [
    path("schrijf/", write),
    path("klaar/<int:number>/", lambda _request, number: HttpResponse(f"geplaatst {number}")),
    *site_urls,
]
