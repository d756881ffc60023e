"""Files of members, outside every folder that a web server shows: taken in, kept, sent and thrown away.

What other apps use: `take_in`, `attach`, `waiting`, `drop` (keeping.py), `serve` (serving.py), `FilesField` (fields.py).
"""
