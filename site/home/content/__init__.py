"""Turns plain data and plain text into what the CMS stores: for the demo, for examples and for the manual."""
