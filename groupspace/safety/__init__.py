"""Leaving quickly and finding help now: on every page, also when nothing else works."""
