"""Who may know what happened: whoever may read the item."""

from groupspace import policy
from groupspace.stream.models import Happening

policy.register(Happening, policy.ContentPolicy())
