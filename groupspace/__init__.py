"""Private spaces for group work on any Wagtail site: who is in which space, and who may do what."""
