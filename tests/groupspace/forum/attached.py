"""Files to send with a post, and what a page shows of them."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groupspace.forum.models import Post
from tests.groupspace.storage.nasty import picture

SECRET = "Zevenmijlslaars"


def soup(response: Any, status: int = 200) -> BeautifulSoup:
    assert response.status_code == status, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def tips(name: str = f"{SECRET}.txt", words: bytes = SECRET.encode()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words)


def photo(name: str = "strand.jpg", **options: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture(**options))


def hidden(page: BeautifulSoup) -> dict[str, str]:
    """What the form on a page sends without anybody typing."""
    form = page.select_one("form:has([data-gs-chosen])")
    assert form
    return {str(one["name"]): str(one.get("value", "")) for one in form.select("input[type=hidden]")}


def address(post: Post, small: bool = False) -> str:
    one = post.attachments.first()
    name = "attachment-small" if small else "attachment"
    return reverse(f"groupspace:gesprekken:{name}", args=[post.topic.space_id, one.pk])
