"""Reactions in words under one item: a file, a page, a poll. Each kind has its own table; all else is here."""
