"""What a page prints at its end, staff can fill in: no field is out of reach."""

from __future__ import annotations

import pytest
from wagtail.models import get_page_models

from knowledgebase.models import PublicPage

SEE_ALSO = [
    model
    for model in get_page_models()
    if issubclass(model, PublicPage)
    and model._meta.model_name in {"contactpage", "ideaspage", "reachpage", "articlepage", "methodpage", "contentpage"}
]


@pytest.mark.parametrize("model", SEE_ALSO, ids=lambda model: model._meta.model_name)
def test_staff_choose_what_to_see_also(model: type[PublicPage]) -> None:
    assert "related" in model.get_edit_handler().get_form_class().base_fields
