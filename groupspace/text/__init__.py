"""What people type: one sanitiser, one editor, and nothing lost and nothing posted twice. Knows users and UUIDs only."""
