"""Case consultation for professionals, on top of the group space."""
