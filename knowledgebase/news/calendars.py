"""Events for calendar programs (RFC 5545).

An event keeps its UID wherever staff move it, and each publication has a higher number than the one before, so that
a calendar program takes the change over. What stands in a calendar is often seen by a whole family: an event on a
heavy subject names nothing in its own file, and stays out of the agenda that one subscribes to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import icalendar
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from ..sharing import address

if TYPE_CHECKING:
    from .models import AgendaPage, EventPage

CONTENT_TYPE = "text/calendar; charset=utf-8"
MAKER = "-//Kring//NL"
#: How far back the agenda goes that one subscribes to: calendar programs drop what is no longer in it.
YEAR = dt.timedelta(days=366)
ASK_AGAIN = dt.timedelta(hours=12)


def agenda(page: AgendaPage, request: HttpRequest) -> bytes:
    """All events of the last year and to come, also those that are cancelled."""
    events = page.events().filter(content_note="", end__gte=timezone.now() - YEAR).order_by("start", "title")
    calendar = written(events, request)
    calendar.add("name", page.title)
    calendar.add("x-wr-calname", page.title)  # what most programs read instead
    calendar.add("refresh-interval", ASK_AGAIN, {"value": "DURATION"})
    calendar.add("x-published-ttl", calendar["refresh-interval"].to_ical().decode())  # Microsoft's word for it
    return calendar.to_ical()


def event(page: EventPage, request: HttpRequest) -> bytes:
    """One event."""
    return written([page], request).to_ical()


def written(events: Iterable[EventPage], request: HttpRequest) -> icalendar.Calendar:
    """A calendar with these events, and the time zones that they are in."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    entries = [entry(page, request) for page in events]
    for found in entries:
        calendar.add_component(found)
    if entries:  # only the changes of the clock that matter to these events
        days = [moment.date() for found in entries for moment in (found.start, found.end)]
        calendar.add_missing_timezones(min(days) - YEAR, max(days) + YEAR)
    return calendar


def entry(page: EventPage, request: HttpRequest) -> icalendar.Event:
    """One event as calendar programs want it."""
    zone = timezone.get_default_timezone()
    where = address(request, page.get_url(request))
    found = icalendar.Event()
    found.add("uid", str(page.translation_key))
    found.add("sequence", page.live_revision_id or 0)
    found.add("dtstamp", page.last_published_at or page.start)
    found.add("dtstart", page.start.astimezone(zone))
    found.add("dtend", page.end.astimezone(zone))
    found.add("status", "CANCELLED" if page.is_cancelled else "CONFIRMED")
    found.add("url", where)
    if page.content_note:
        found.add("summary", _("Afspraak"))
        found.add("class", "PRIVATE")
        return found
    if page.last_published_at:
        found.add("last-modified", page.last_published_at)
    found.add("summary", _("Gaat niet door: %s") % page.title if page.is_cancelled else page.title)
    found.add("description", "\n\n".join(part for part in (page.cancel_note, page.summary, where) if part))
    if place := ", ".join(part for part in (page.place, page.online_url) if part):
        found.add("location", place)
    return found
