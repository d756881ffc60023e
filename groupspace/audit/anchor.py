"""The anchor: all heads of the access log, kept outside the database, so that a cut-off tail shows."""

from __future__ import annotations

import json

from django.utils import timezone

from groupspace.audit.models import Head
from groupspace.conf import conf


def write() -> int:
    """Append the heads of all chains to the anchor file. Returns the number of chains; 0 without a file."""
    path = conf.AUDIT_ANCHOR_FILE
    if path is None:
        return 0
    heads = {head.chain: [head.number, head.hash] for head in Head.objects.iterator()}
    line = json.dumps({"at": timezone.now().isoformat(), "heads": heads}, sort_keys=True)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("a") as file:
        file.write(line + "\n")
    return len(heads)


def last() -> dict[str, tuple[int, str]]:
    """The newest anchor as {chain: (number, hash)}; empty when there is none."""
    path = conf.AUDIT_ANCHOR_FILE
    if path is None or not path.exists():
        return {}
    lines = path.read_text().splitlines()
    heads = json.loads(lines[-1])["heads"] if lines else {}
    return {chain: (number, digest) for chain, (number, digest) in heads.items()}
