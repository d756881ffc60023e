"""What people type: one sanitiser, one editor, and nothing lost or posted twice. Knows users and UUIDs only."""
