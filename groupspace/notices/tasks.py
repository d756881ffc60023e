"""The periodic jobs of notices. Each first looks whether there is work: an idle worker writes nothing."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from groupspace.notices.models import Answer, Notice
from groupspace.notices.sending import mailing, pushing
from groupspace.notices.telling import about_spaces, answers, newcomers, spread, waiting
from groupspace.notify import periodic

#: How long a notice that was read stays in the list.
KEEP_READ = timedelta(days=30)
KEEP = timedelta(days=90)


def purge() -> None:
    """Forget notices that were read long ago, or that nobody will read any more."""
    now = timezone.now()
    Notice.objects.filter(read_at__lt=now - KEEP_READ).delete()
    Notice.objects.filter(last_at__lt=now - KEEP).delete()
    # A place that is still somebody's is remembered, so that they are not told again.
    past = Answer.objects.exclude(about=Answer.About.PLACE)
    past.filter(read_at__lt=now - KEEP_READ).delete()
    past.filter(at__lt=now - KEEP).delete()


periodic.register("notices.spread", every=timedelta(seconds=5), function=spread.spread, when=spread.waiting)
periodic.register("notices.mail", every=timedelta(minutes=1), function=mailing.send_due, when=mailing.due)
periodic.register("notices.push", every=timedelta(seconds=20), function=pushing.send_due, when=pushing.due)
periodic.register("notices.spaces", every=timedelta(hours=6), function=about_spaces.tell_due)
periodic.register("notices.held", every=timedelta(minutes=1), function=waiting.tell_due, when=waiting.due)
periodic.register("notices.newcomers", every=timedelta(hours=1), function=newcomers.tell_due, when=newcomers.due)
periodic.register(
    "notices.places", every=timedelta(minutes=1), function=answers.tell_of_places, when=answers.places_due
)
periodic.register("notices.purge", every=timedelta(days=1), function=purge)
