"""The living style guide: every element in every state, with the words that are hardest to fit."""

from __future__ import annotations

from django.views.generic import TemplateView


class StyleGuideView(TemplateView):
    """Shows the elements; there is nothing here that a visitor needs."""

    template_name = "theme/styleguide.html"
