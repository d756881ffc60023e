"""What the CMS asks of whoever writes a term of the glossary."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

LONGEST_SYNONYM = 80


class GlossaryTermForm(WagtailAdminModelForm):
    """The form of a term."""

    def clean_term(self) -> str:
        """Refuse a word that is already there in other capitals: Raises ValidationError."""
        term = " ".join(self.cleaned_data["term"].split())
        if self._meta.model.objects.filter(term__iexact=term).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Dit woord staat al in de lijst. Pas het daar aan."))
        return term

    def clean_synonyms(self) -> str:
        """One synonym a line, each once. Raises ValidationError for a line that is no word."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["synonyms"].splitlines()]
        if any(len(line) > LONGEST_SYNONYM for line in lines):
            raise ValidationError(_("Zet elk woord op een eigen regel. Een regel is hooguit 80 tekens lang."))
        unique = {line.casefold(): line for line in reversed(lines) if line}
        return "\n".join(reversed(unique.values()))
