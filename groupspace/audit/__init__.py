"""The access log: who did or read what, when and by which right. It holds identifiers, never content."""
