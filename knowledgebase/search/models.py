"""The index: what search knows of each page that everyone may read. Nothing else is ever in these tables."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One page that everyone may read, as search shows it."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="+")
    kind = models.CharField(max_length=150)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    content_note = models.CharField(max_length=250, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    facets = models.JSONField(default=dict)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("doorzoekbare pagina")
        verbose_name_plural = _("doorzoekbare pagina's")


class Word(models.Model):
    """A word that stands on a page, and the root by which its other forms are found."""

    text = models.CharField(max_length=60, unique=True)
    root = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("woord")
        verbose_name_plural = _("woorden")


class Occurrence(models.Model):
    """How much a word counts on a page: title above summary and keywords, these above the text."""

    word = models.ForeignKey(Word, on_delete=models.CASCADE, db_index=False, related_name="occurrences")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="occurrences")
    weight = models.PositiveSmallIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("voorkomen van een woord")
        verbose_name_plural = _("voorkomens van woorden")
        # With the weight in it, so that a search reads the index alone.
        indexes = [models.Index(fields=["word", "entry", "weight"], name="kb_search_occurrence")]
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="kb_search_word_once_on_a_page")]
