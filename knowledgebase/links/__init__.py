"""Finds links on public pages that lead nowhere."""
