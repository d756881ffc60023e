"""Whether this process is about to stop: long work looks here between two steps."""

from threading import Event

stopping = Event()
