"""Links and films of a space, and what members say under them."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from groupspace.comments.models import Comment, Version
from groupspace.links.films import Film, find_film
from groupspace.models import PREPARED, SpaceContent
from groupspace.text.fields import RichTextField

TITLE_LENGTH = 120
URL_LENGTH = 500


class Link(SpaceContent):
    """An address on the web, and why a member thinks the others should see it."""

    title = models.CharField(_("titel"), max_length=TITLE_LENGTH)
    #: Empty when its words were erased and others' comments stayed.
    url = models.URLField(_("adres"), max_length=URL_LENGTH)
    description = RichTextField(_("waarom je dit deelt"), blank=True)
    is_video = models.BooleanField(_("film"), default=False, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)

    class Meta(SpaceContent.Meta):
        verbose_name = _("link of film")
        verbose_name_plural = _("links en films")
        indexes = [
            models.Index(fields=["space", "-id"], name="gs_links_order"),
            models.Index(fields=["prepared_for"], condition=PREPARED, name="gs_links_prepared"),
        ]

    @cached_property
    def film(self) -> Film | None:
        """The film at this address; None for any other page."""
        return find_film(self.url) if self.is_video else None

    @property
    def host(self) -> str:
        """Where the link leads, as a browser reads it: letters that only look like others show what they are."""
        return host_of(self.url)


class LinkComment(Comment):
    """What a member says under a link."""

    item = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="comments")

    class Meta(Comment.Meta):
        abstract = False


def host_of(url: str) -> str:
    """The host in an address, in plain letters; empty when there is none."""
    try:
        host = urlsplit(url).hostname or ""
        return host.encode("idna").decode().removeprefix("www.")
    except (ValueError, UnicodeError):
        return ""


class LinkCommentVersion(Version):
    """What a member said under a link before they changed it."""

    comment = models.ForeignKey(LinkComment, on_delete=models.CASCADE, related_name="versions")

    class Meta(Version.Meta):
        constraints = [models.UniqueConstraint(fields=["comment", "number"], name="gs_links_comment_version")]
