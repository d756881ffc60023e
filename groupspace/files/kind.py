"""Makes files known to the core: addresses, rules, block on the space's home, export and erasure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groupspace import policy
from groupspace.actor import actor_for
from groupspace.comments.actions import add_comment
from groupspace.comments.export import comments_of
from groupspace.comments.kind import CommentedKind, comments_wait
from groupspace.comments.policy import CommentPolicy
from groupspace.files import actions
from groupspace.files.models import File, FileComment, FileVersion, Folder
from groupspace.files.policy import FilePolicy, FolderPolicy, VersionPolicy
from groupspace.files.rows import file_rows
from groupspace.kinds import Waits, register
from groupspace.own_words import OwnFile, Written
from groupspace.reading import InSpace
from groupspace.storage.keeping import take_in
from groupspace.text.sanitiser import from_plain, to_plain

if TYPE_CHECKING:
    from datetime import datetime

    from groupspace.actor import Actor
    from groupspace.models import Membership, Space

ON_HOME = 3


class FileKind(CommentedKind):
    """Files, with their versions, in folders; pictures show as an album."""

    slug = "bestanden"
    label = _("bestand")
    label_plural = _("bestanden")
    icon = "file"
    model = File
    urls = "groupspace.files.urls"
    home_template = "groupspace/files/home_panel.html"
    verbs = {
        "shared": _("deelde een bestand"),
        "renewed": _("deelde een nieuwe versie"),
        "commented": _("reageerde op een bestand"),
    }

    waits = (Waits(File, "title", "description", files="number"), comments_wait(FileComment))
    prepares = waits[0]
    prepare_at = "upload"
    adds = "upload"

    def home_panel(self, actor: Actor, space: Space) -> Mapping[str, Any]:
        """The newest three; one statement."""
        return {
            "rows": file_rows(space, _newest.objects(actor, space.pk)),
            "list_url": reverse("groupspace:bestanden:list", args=[space.pk]),
            "new_url": reverse("groupspace:bestanden:upload", args=[space.pk]),
            "may_share": bool(policy.can(actor, "upload", space)),
        }

    def make_example(self, author: Membership, title: str, later: datetime | None = None) -> File:
        actor = actor_for(author.user or AnonymousUser(), verified=True)
        content = ContentFile(f"{title}: dit is een voorbeeld.\n".encode(), name=f"{title}.txt")
        file = actions.share_file(
            actor,
            author.space,
            take_in(content, author.user_id),
            title=title,
            description=f"{title}: hierin staat een voorbeeld.",
            later=later,
        )
        if later:
            return file
        newer = ContentFile(f"{title}: dit is een beter voorbeeld.\n".encode(), name=f"{title} nieuw.txt")
        actions.renew_file(actor, file, take_in(newer, author.user_id), note=f"{title}: het voorbeeld is beter.")
        add_comment(actor, FileComment, file, body=from_plain(f"{title}: zeg wat je ervan vindt."))
        file.refresh_from_db()
        return file

    def announce_item(self, item: File) -> None:
        actions.announce(item)

    def date(self, item: File, at: datetime) -> None:
        super().date(item, at)
        item.changed_at = at
        item.versions.update(at=at)

    def take_away(self, item: File) -> None:
        actions.take_away(item)

    def url_of(self, item: File) -> str:
        return reverse("groupspace:bestanden:file", args=[item.space_id, item.pk])

    def title_of(self, item: File) -> str:
        return item.label

    def texts_of(self, item: File) -> Iterable[str]:
        yield item.title
        if item.description:
            yield item.description
        for version in item.versions.select_related("upload").order_by("number"):
            yield version.upload.name
            if version.note:
                yield version.note
        for comment in item.comments.filter(deleted_at=None):
            yield to_plain(comment.body)

    def written(self, membership: Membership) -> list[Written]:
        mine = {"author": membership}
        files = File.objects.filter(**mine).exclude(title="").order_by("id")
        versions = FileVersion.objects.filter(**mine).select_related("upload", "file").order_by("id")
        return [
            *(Written(at=file.created_at, title=file.title, text=file.description) for file in files),
            *(
                Written(
                    at=version.at,
                    files=[
                        OwnFile(
                            name=version.upload.name,
                            address=reverse("groupspace:bestanden:version", args=[membership.space_id, version.pk]),
                        )
                    ],
                    more={_("wat er veranderde"): version.note},
                    data={"versie": version.number},
                )
                for version in versions
            ),
            *comments_of(FileComment, membership),
        ]

    def chosen(self, membership: Membership) -> list[dict[str, Any]]:
        return [{"map": folder.name} for folder in Folder.objects.filter(author=membership).exclude(name="")]

    def erase(self, membership: Membership) -> int:
        """Take away the files, words and comments of this member; what others wrote stays."""
        return actions.erase_member(membership)

    def erase_space(self, space: Space) -> int:
        count = super().erase_space(space)
        folders = Folder.objects.filter(space=space)
        folders.update(parent=None)
        return count + folders.delete()[0]


_newest = InSpace(lambda reader, space: File.objects.listed_for(reader, space)[:ON_HOME])

register(FileKind())
policy.register(File, FilePolicy())
policy.register(FileVersion, VersionPolicy())
policy.register(Folder, FolderPolicy())
policy.register(FileComment, CommentPolicy())
