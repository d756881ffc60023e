"""Drafts may be unfinished: the CMS saves while somebody is still filling in a block, and shows how it will look."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import DateField
from django.utils import timezone
from wagtail.blocks import Block, StructBlockValidationError
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page, get_page_models

from home.setup import ensure_home
from knowledgebase.blocks import LinkBlock, VideoBlock
from knowledgebase.blocks.images import DescribedImageBlock
from knowledgebase.newsletter.blocks import DateItemBlock
from tests.home.test_refused import png

pytestmark = pytest.mark.django_db


def streams() -> dict[StreamField, type[Page]]:
    """Every list of blocks, with a page type that has it."""
    models = [model for model in get_page_models() if model.is_creatable]
    return {field: model for model in models for field in model._meta.get_fields() if isinstance(field, StreamField)}


def unfinished(model: type[Page]) -> Page:
    """A new draft, with no more than the database needs."""
    needed = {
        field.name: timezone.now()
        for field in model._meta.concrete_fields
        if isinstance(field, DateField) and not field.null and not field.has_default()
    }
    return ensure_home().add_child(instance=model(title="Nog leeg", live=False, **needed))


@pytest.mark.parametrize(("field", "model"), streams().items(), ids=str)
def test_new_block_can_be_kept_and_previewed(field: StreamField, model: type[Page]) -> None:
    page = unfinished(model)
    for kind, block in field.stream_block.child_blocks.items():
        block.clean_deferred(block.get_default())

        setattr(page, field.name, [(kind, block.get_default())])
        assert page.make_preview_request(preview_mode=page.default_preview_mode).status_code == 200, kind


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        (LinkBlock(), "page", {"label": "Lees", "page": None, "address": ""}),
        (VideoBlock(), "address", {"title": "Adem rustig", "address": "", "file": None}),
        (DateItemBlock(), "starts", {"title": "Open avond", "page": None, "starts": None}),
    ],
    ids=["link", "film", "date"],
)
def test_publishing_asks_what_a_draft_may_miss(block: Block, field: str, value: dict[str, Any]) -> None:
    assert block.clean_deferred(block.to_python(value))
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python(value))
    assert list(refused.value.block_errors) == [field]


def described(words: str, **changes: Any) -> Any:
    picture = get_image_model().objects.create(
        title="IMG_0042", file=SimpleUploadedFile("IMG_0042.png", png(20, 20)), **changes
    )
    return DescribedImageBlock().to_python({"image": picture.pk, "alt_text": words, "decorative": False})


def test_name_of_the_file_does_not_describe_a_picture() -> None:
    block, value = DescribedImageBlock(), described("IMG_0042")

    assert block.clean_deferred(value)
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)
    assert list(refused.value.block_errors) == ["alt_text"]
    assert block.clean(described("Een bankje in het park."))
