"""Who and what the tests know by name on the site with the demo."""

from __future__ import annotations

MEMBER, LEADER, OUTSIDER, PROFESSIONAL = "demo-lid", "demo-begeleider", "demo-buiten", "demo-professional"
#: Others in the spaces that `stage.py` adds: a second member, and somebody who waits for a place.
SECOND, WAITING = "demo-lid-03", "demo-lid-18"
GROUP = "Rust in je hoofd"
LONG_TITLE = "Mijn slaapkamerverduisteringsgordijnenexperiment"
FULL_HOUSE, FORUM, BEGINNING = "Wandelkring", "Samen over slaap", "Kring in oprichting"
