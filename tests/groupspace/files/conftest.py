"""What the tests of files share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from groupspace.files import actions
from groupspace.files.models import File
from groupspace.storage.keeping import take_in
from groupspace.storage.models import Upload
from tests.groupspace.storage.nasty import picture
from tests.logged_in import logged_in


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """The folder with the bytes."""
    folder = tmp_path / "private"
    settings.GROUPSPACE = {**settings.GROUPSPACE, "STORAGE": {"DIR": folder}}
    return folder


def text(words: str = "Tips om te slapen.\n", name: str = "tips.txt") -> ContentFile[bytes]:
    return ContentFile(words.encode(), name=name)


def photo(name: str = "strand.jpg", **options: Any) -> ContentFile[bytes]:
    return ContentFile(picture(**options), name=name)


def taken(actor: Any, file: Any = None) -> Upload:
    return take_in(file or text(), actor.user_id)


@pytest.fixture
def share(cast: Any) -> Callable[..., File]:
    """`share("ben", photo(), title="Strand")`: through the real actions."""

    def share(who: str = "ben", file: Any = None, **fields: Any) -> File:
        actor = cast.actor(who)
        return actions.share_file(actor, cast.space, taken(actor, file), **fields)

    return share


@pytest.fixture
def browser(cast: Any) -> Callable[[str], Client]:
    """`browser("ben")`: their browser; people with power did the second step."""
    return lambda who: logged_in(getattr(cast, who), verified=who not in {"ben", "dora", "ellen"})


def bytes_of(response: Any) -> bytes:
    """What a download holds."""
    return b"".join(response.streaming_content) if response.streaming else response.content
