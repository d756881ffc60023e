"""docs/permissions.md says what the policy does."""

from __future__ import annotations

import re
from pathlib import Path

from groupspace import policy
from groupspace.kinds import space_kinds
from groupspace.permission_table import markdown

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"


def test_document_is_what_the_policy_says():
    assert DOCUMENT.read_text() == markdown(), "Run: manage.py permissions > docs/permissions.md"


def test_document_names_every_role_action_and_model():
    text = markdown()

    for kind in space_kinds():
        assert f"(`{kind.code}`)" in text
        for role in kind.roles.values():
            assert str(role.label) in text
    for model, rules in policy.policies().items():
        assert model.__name__ in text or isinstance(rules, policy.SpacePolicy)
        for action in getattr(rules, "needs", {}):
            assert f"`{action}`" in text


def test_cells_of_a_role_are_its_permissions():
    text = markdown()

    for kind in space_kinds():
        table = text.partition(f"(`{kind.code}`)")[2].partition("#")[0]
        rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines() if line.startswith("|")]
        for column, role in enumerate(kind.roles.values(), start=1):
            given = {re.sub("`", "", row[0]) for row in rows[2:] if row[column]}
            assert given == set(role.permissions)
