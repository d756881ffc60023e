"""Files of members, outside every folder that a web server shows: taken in, kept, sent and thrown away.

What other apps use:

- `FilesField` (fields.py): the browser's choice of files, one or several;
- `ChosenField` (chosen.py): files beside a text in one form, taken in before the text is sent;
- `take_in(file, owner_id)` (keeping.py): judge and keep a file, for now for its owner alone; outside a transaction;
- `waiting(owner_id, ids)`: which of these wait for this owner; never trust an id from a form without it;
- `attach(upload, space_id)`: it belongs to something now, and takes room of this space; in the transaction of the
  action. Keep a foreign key with PROTECT;
- `serve(upload, thumbnail=…)` (serving.py): the answer of a view that asked the policy in this same request;
- `drop(upload)`: throw it away, after the row that pointed at it. What belongs to a space goes with it.
"""
