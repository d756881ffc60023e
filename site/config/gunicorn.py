"""Settings of the web server, for `make serve` and for production: gunicorn -c site/config/gunicorn.py."""

import gc
import multiprocessing
import os
import sys
from pathlib import Path

_site = Path(__file__).resolve().parents[1]
for _folder in (_site, _site.parent):
    if str(_folder) not in sys.path:
        sys.path.insert(1, str(_folder))

from config.logs import one_stream  # noqa: E402  site/ must be found first

wsgi_app = "config.wsgi:application"
chdir = str(_site.parent)
bind = os.environ.get("BIND", "127.0.0.1:8000")
# Two processes for each core would only wait for each other; threads take what waits for the database.
workers = int(os.environ.get("WEB_PROCESSES", min(4, max(2, multiprocessing.cpu_count()))))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True  # load once, then fork: a quick start and shared memory
timeout = 60
graceful_timeout = 20
keepalive = 15
limit_request_line = 8190  # the longest there is: a long question gets our own page, not a bare line of the server's
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  the folder, not a file in it
# What a proxy says is judged by config.proxy, not here.
forwarded_allow_ips = ""
secure_scheme_headers = {}
accesslog = None
errorlog = "-"
loglevel = "warning"
logconfig_dict = one_stream(
    {
        "gunicorn.error": {"handlers": [], "level": "WARNING", "propagate": True},
        "gunicorn.access": {"handlers": [], "level": "ERROR", "propagate": False},
    }
)


def when_ready(server):
    """Make ready to fork: no open database connection, and nothing of what was loaded for the collector to visit.

    Python would look through all of Django and Wagtail again and again for what can go, and copy it doing so.
    """
    from django.db import connections

    connections.close_all()
    gc.collect()
    gc.freeze()


def worker_exit(server, worker):
    """Write what was counted: below `manage.py serve` a process ends without Python's own goodbye."""
    from django.apps import apps

    if apps.is_installed("knowledgebase.reach"):
        from knowledgebase.reach.counting import counter

        counter.end()
