"""A space from its first day to its last: what must be ready, how it is steered, when it falls silent, when it ends."""
