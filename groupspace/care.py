"""The duty of care: what whoever leads a group without being a professional says yes to (groupspace/_care.html)."""

from __future__ import annotations

#: The version of the text; raise it when the text changes in substance, and who leads is asked anew.
CARE_VERSION = 1
