"""Answering a quick scan: one question a screen, back and forth, and then sending it once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from knowledgebase.private import PrivateView
from knowledgebase.visitors import keep_pace, sender_of

from . import actions
from .forms import QuestionForm, StartForm, initial
from .models import KEEP_UNSENT, Entry, QuickScanPage
from .structure import Question

#: What the button says that sent a form: what was typed is kept whichever it was.
GO_ON, GO_TO = "verder", "naar:"


class ScanView(PrivateView):
    """A page about a quick scan that everybody may read."""

    def find(self) -> QuickScanPage:
        """The scan in the address. Raises Http404."""
        shown = QuickScanPage.objects.shown_on(self.request).select_related("locale")
        page = shown.filter(translation_key=self.kwargs["scan"]).first()
        if page is None:
            raise Http404
        return page

    def crumbs(self, page: QuickScanPage, label: str) -> list[tuple[str, str]]:
        """The way to this page."""
        return [(_("Start"), "/"), (page.title, page.get_url(self.request)), (label, "")]


class StartView(ScanView):
    """What a scan asks of whom, who reads it, and the button that begins."""

    template_name = "knowledgebase/quickscan/start.html"

    def get(self, request: HttpRequest, scan: UUID) -> HttpResponse:
        page = self.find()
        return self.page_with(page, StartForm(needs_code=page.needs_code))

    def post(self, request: HttpRequest, scan: UUID) -> HttpResponse:
        page = self.find()
        form = StartForm(request.POST, needs_code=page.needs_code)
        if not form.is_valid():
            return self.page_with(page, form, status=422)
        if form.is_robot:
            return HttpResponseRedirect(reverse("knowledgebase_quickscan:sent", args=[scan]))
        try:
            keep_pace("quickscan", sender_of(request))
            entry = actions.start(page, **form.cleaned_data)
        except actions.Closed:
            return self.page_with(page, form, status=410)
        except ValidationError as refusal:
            form.add_error(None, refusal)  # one that names its field goes there
            return self.page_with(page, form, status=422)
        return give_key(HttpResponseRedirect(reverse("knowledgebase_quickscan:entry", args=[entry.pk])), entry)

    def page_with(self, page: QuickScanPage, form: StartForm, *, status: int = 200) -> HttpResponse:
        is_open = page.is_open and page.scan is not None
        crumbs = self.crumbs(page, _("Meedoen"))
        days = KEEP_UNSENT.days
        return self.show(page=page, form=form, is_open=is_open, breadcrumbs=crumbs, days=days, status=status)


class SentView(ScanView):
    """Thanks: the same for everybody, so it tells nothing."""

    template_name = "knowledgebase/quickscan/sent.html"

    def get(self, request: HttpRequest, scan: UUID) -> HttpResponse:
        page = self.find()
        return self.show(page=page, breadcrumbs=self.crumbs(page, _("Verstuurd")))


def cookie_name(entry_id: UUID) -> str:
    """The cookie that holds the key of this entry; it is sent to the addresses of this entry alone."""
    return f"scan-{entry_id.hex[:12]}"


def give_key(response: HttpResponse, entry: Entry) -> HttpResponse:
    """Let this browser open the entry until it is closed."""
    response.set_cookie(
        cookie_name(entry.pk),
        entry.key,
        path=reverse("knowledgebase_quickscan:entry", args=[entry.pk]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def find_entry(entry_id: UUID) -> Entry | None:
    """The entry, with its scan."""
    return Entry.objects.select_related("version__page").filter(pk=entry_id).first()


def not_there(request: HttpRequest, *, page: QuickScanPage | None = None, status: int = 404) -> HttpResponse:
    """For answers that are gone, never were, or are another's: always the same; and for a scan that closed meanwhile.

    What was typed comes back, to copy.
    """
    context = {
        "typed": request.POST.get("answer", "").strip(),
        "page": page,
        "days": KEEP_UNSENT.days,
        "breadcrumbs": [(_("Start"), "/"), (_("Quickscan"), "")],
    }
    response = render(request, "knowledgebase/quickscan/not_there.html", context, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response


class OpenView(PrivateView):
    """The link that somebody took along, to go on later or with a colleague."""

    def get(self, request: HttpRequest, entry: UUID, key: str) -> HttpResponse:
        found = find_entry(entry)
        if found is None or not found.fits(key):
            return not_there(request)
        return give_key(HttpResponseRedirect(reverse("knowledgebase_quickscan:entry", args=[found.pk])), found)


class EntryView(PrivateView):
    """A page of one entry: `self.entry` is there, is not sent, and this browser may open it."""

    entry: Entry

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        entry = find_entry(kwargs["entry"])
        if entry is None or not entry.fits(request.COOKIES.get(cookie_name(entry.pk), "")):
            return not_there(request)
        self.entry = entry
        if entry.is_sent:
            return self.thank()
        if not entry.version.page.is_open:
            return not_there(request, page=entry.version.page, status=410)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, entry: UUID) -> HttpResponse:
        """Go on where somebody was."""
        return self.go_to_current()

    def address(self, name: str, *args: str) -> str:
        """The address of another page of this entry."""
        return reverse(f"knowledgebase_quickscan:{name}", args=[self.entry.pk, *args])

    def thank(self) -> HttpResponse:
        """To the thanks. This browser needs the key no longer."""
        page = self.entry.version.page
        response = HttpResponseRedirect(reverse("knowledgebase_quickscan:sent", args=[page.translation_key]))
        response.delete_cookie(cookie_name(self.entry.pk), path=self.address("entry"), samesite="Lax")
        return response

    def go_to_current(self) -> HttpResponseRedirect:
        """To the first question without an answer, or to the screen that sends."""
        way, is_complete = self.entry.way
        return HttpResponseRedirect(self.address("send") if is_complete else self.address("question", way[-1].key))

    def show(self, *, status: int = 200, **context: Any) -> HttpResponse:
        page, title = self.entry.version.page, self.entry.scan.title
        return super().show(
            status=status,
            entry=self.entry,
            title=title,
            breadcrumbs=[(_("Start"), "/"), (title, page.get_url(self.request)), (_("Meedoen"), "")],
            days=KEEP_UNSENT.days,
            own_link=self.request.build_absolute_uri(self.address("open", self.entry.key)),
            **context,
        )


class QuestionView(EntryView):
    """One question."""

    template_name = "knowledgebase/quickscan/question.html"

    def get(self, request: HttpRequest, entry: UUID, question: str) -> HttpResponse:
        found = self.find(question)
        if found not in self.entry.way[0]:
            return self.go_to_current()
        typed = self.entry.typed.get(found.key, {}).get("answer", "")
        return self.page_with(found, QuestionForm(found, initial=initial(found, typed)))

    def post(self, request: HttpRequest, entry: UUID, question: str) -> HttpResponse:
        found, go = self.find(question), request.POST.get("go", GO_ON)
        goes_on = not go.startswith(GO_TO)
        form = QuestionForm(found, request.POST, go_on=goes_on)
        if not form.is_valid():
            return self.page_with(found, form, status=422)
        actions.answer(self.entry, found, form.given, go_on=goes_on)
        if not goes_on and self.entry.scan.question(go.removeprefix(GO_TO)):
            return HttpResponseRedirect(self.address("question", go.removeprefix(GO_TO)))
        way, _is_complete = self.entry.way
        if found in way and found != way[-1]:
            return HttpResponseRedirect(self.address("question", way[way.index(found) + 1].key))
        return self.go_to_current()

    def find(self, key: str) -> Question:
        question = self.entry.scan.question(key)
        if question is None:
            raise Http404
        return question

    def page_with(self, question: Question, form: QuestionForm, *, status: int = 200) -> HttpResponse:
        way = self.entry.way[0]
        before = way[: way.index(question)] if question in way else way
        return self.show(
            question=question,
            form=form,
            number=len(before) + 1,
            left=self.entry.scan.most_left(question),
            back=before[-1] if before else None,
            status=status,
        )


class SendView(EntryView):
    """All answers once more, and the button that sends them."""

    template_name = "knowledgebase/quickscan/send.html"

    def get(self, request: HttpRequest, entry: UUID) -> HttpResponse:
        way, is_complete = self.entry.way
        if not is_complete:
            return self.go_to_current()
        answers = self.entry.answers
        lines = [(question, question.in_words(answers[question.key])) for question in way]
        return self.show(lines=lines, back=way[-1])

    def post(self, request: HttpRequest, entry: UUID) -> HttpResponse:
        return self.thank() if actions.send(self.entry) else self.go_to_current()
