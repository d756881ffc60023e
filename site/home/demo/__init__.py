"""Makes the public part of the demo from data, and takes it away again. What staff changed since is left alone."""

from .pages import load_public, purge_public

__all__ = ["load_public", "purge_public"]
