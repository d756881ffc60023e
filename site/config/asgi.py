"""The application for web servers that speak ASGI; only live messages will use it."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_asgi_application()

from config.checks import refuse_demo_accounts  # noqa: E402  needs the apps

refuse_demo_accounts()
