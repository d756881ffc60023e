"""Who may find a text: whoever may read the item."""

from groupspace import policy
from groupspace.search.models import Entry

policy.register(Entry, policy.ContentPolicy())
