"""The living style guide: every element in every state, with the words that are hardest to fit."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView

from groupspace.forms import Form

LONG_WORD = "Arbeidsongeschiktheidsverzekeringsmaatschappij"
NAMES = ["Beer", "Vlinder", "Anna", "Merel", "Zeepaardje", "Wolk", "Carla", "Égo", "7 mijl"]


class ExampleForm(Form):
    """One field of each sort, in the words of the site."""

    name = forms.CharField(
        label="Onder welke naam schrijf je?",
        max_length=40,
        help_text="Kies een naam die niemand kent. Niet je eigen naam.",
    )
    email = forms.EmailField(label="E-mailadres", required=False, help_text="Alleen als je berichten wilt krijgen.")
    password = forms.CharField(label="Wachtwoord", widget=forms.PasswordInput)
    code = forms.CharField(
        label="Code uit je app", widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6})
    )
    theme = forms.ChoiceField(
        label=f"Waar gaat het over, bijvoorbeeld je {LONG_WORD.lower()}?",
        choices=[
            ("", "Kies een onderwerp"),
            ("rouw", "Rouw en verlies"),
            ("lang", LONG_WORD),
        ],
    )
    when = forms.DateField(label="Wanneer kun je?", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    mail_me = forms.ChoiceField(
        label="Hoe vaak mogen we je mailen?",
        widget=forms.RadioSelect,
        choices=[("direct", "Meteen als er iets nieuws is"), ("dag", "Eén keer per dag"), ("nooit", "Nooit")],
    )
    topics = forms.MultipleChoiceField(
        label="Wat herken je?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("slaap", "Slecht slapen"), ("moe", "Snel moe zijn"), ("lang", f"Zorgen over mijn {LONG_WORD}")],
    )
    text = forms.CharField(label="Jouw bericht", widget=forms.Textarea, help_text="Je mag ook iets kleins schrijven.")
    rules = forms.BooleanField(label="Ik heb de huisregels gelezen en houd me eraan.", help_text="Het zijn er acht.")


class StyleGuideView(TemplateView):
    """Shows the elements, in development or when the setting STYLE_GUIDE asks for it."""

    template_name = "theme/styleguide.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (settings.DEBUG or settings.STYLE_GUIDE):
            raise Http404
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wrong = ExampleForm(
            {"fout-name": "x" * 41, "fout-email": "geen adres", "fout-topics": ["slaap"]}, prefix="fout"
        )
        wrong.add_error(None, "Je bent al lid van deze groep.")
        broken_off = ExampleForm(prefix="uit")
        broken_off.fields["name"].disabled = True
        pages = Paginator(range(400), 20)
        for level, text in (
            (messages.SUCCESS, "Je reactie staat erbij."),
            (messages.INFO, "Anna heeft je aanvraag gekregen. Je hoort binnen twee dagen iets."),
            (messages.WARNING, "Je bent hier over 5 minuten uitgelogd. Wat je typt, blijft bewaard."),
            (messages.ERROR, "Dat lukte niet. Probeer het nog een keer."),
        ):
            messages.add_message(self.request, level, text)
        return super().get_context_data(
            breadcrumbs=[("Home", "/"), ("Praat mee", "/praat-mee/"), (f"Groep {LONG_WORD}", "/g/"), ("Stijlgids", "")],
            example=ExampleForm(),
            wrong=wrong,
            disabled_field=broken_off["name"],
            names=NAMES,
            long_word=LONG_WORD,
            today=datetime.date(2026, 11, 24),
            first_page=pages.page(1),
            middle_page=pages.page(10),
            button_kinds=["", "quiet", "plain", "worry", "danger"],
            icons=[
                "alert",
                "info",
                "check",
                "close",
                "eye",
                "search",
                "menu",
                "lock",
                "pin",
                "flag",
                "heart",
                "people",
                "clock",
                "pencil",
                "arrow",
                "print",
            ],
            colours=[
                "paper",
                "card",
                "sunken",
                "line",
                "edge",
                "ink",
                "muted",
                "pine",
                "pine-strong",
                "pine-ink",
                "pine-soft",
                "honey",
                "honey-strong",
                "honey-ink",
                "honey-soft",
                "honey-edge",
                "rose",
                "rose-ink",
                "rose-soft",
                "focus",
            ],
            rows=[
                {
                    "title": "Mijn piekeruur lukte niet, en toen?",
                    "url": "#a",
                    "meta": "Beer · 3 reacties · laatste 14 minuten geleden",
                    "name": "Beer",
                    "unread": 2,
                },
                {
                    "title": "Stelling: ‘Nee’ is een heel antwoord",
                    "url": "#b",
                    "meta": "Anna (begeleider) · 6 reacties",
                    "name": "Anna",
                    "unread": 1,
                },
                {
                    "title": f"{LONG_WORD}: wie weet hoe dat werkt",
                    "url": "#c",
                    "meta": "Zeepaardje · nog geen reacties",
                    "name": "Zeepaardje",
                    "tag": "vast bovenaan",
                },
                {"title": "Koffiehoek", "url": "#d", "meta": "Voor alles wat geen hulp hoeft te zijn", "name": "Wolk"},
            ],
            tabs=[
                {"label": "Gesprekken", "url": "#", "current": True, "count": 3},
                {"label": "Deelnemers", "url": "#"},
                {"label": "Bijeenkomsten", "url": "#"},
                {"label": "Instellingen", "url": "#"},
            ],
            steps=[
                {"label": "Inlognaam", "done": True},
                {"label": "Wachtwoord", "done": True},
                {"label": "Herstelcodes bewaren", "current": True},
                {"label": "Klaar"},
            ],
            columns=["Deelnemer", "Erbij sinds", "Rol", "Laatst gezien", "Mag foto’s plaatsen"],
            table_rows=[
                ["Beer", "3 november 2026", "deelnemer", "vandaag", "ja"],
                ["Anna", "1 september 2026", "begeleider", "gisteren", "ja"],
                [LONG_WORD, "12 oktober 2026", "deelnemer", "3 weken geleden", "nee"],
            ],
            **kwargs,
        )
