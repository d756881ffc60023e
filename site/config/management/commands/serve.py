"""One command for the whole site: prepares the database, then runs web server and worker until Ctrl-C."""

from __future__ import annotations

import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import get_resolver

from config.checks import demo_accounts
from config.supervisor import Child, Supervisor


class Command(BaseCommand):
    help = "Prepares the database where needed, then runs the web server and the worker."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reload", action="store_true", help="restart the web server when code changes")

    def handle(self, *args: Any, host: str, port: int, reload: bool, **options: Any) -> None:
        self.refuse_used_port(host, port)
        settings.VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.prepare_database()
        call_command("push_keys", verbosity=0)
        if not reload:
            # Load everything once; the children are copies of this process and start at once.
            from config import wsgi  # noqa: F401  importing it is loading the site

            get_resolver().url_patterns  # noqa: B018  asking for them loads them
        connections.close_all()
        self.explain(host, port)
        web = Child("web server", (lambda: run_reloading(host, port)) if reload else (lambda: run_web(host, port)))
        worker = Child("worker", lambda: call_command("worker"))
        if not Supervisor([web, worker], say=self.say).run():
            raise CommandError("Stopped: see the lines above.")

    def say(self, line: str) -> None:
        """Print a line at once, also into a pipe."""
        self.stdout.write(line)
        self.stdout.flush()

    def refuse_used_port(self, host: str, port: int) -> None:
        """Stop with one sentence when something else listens there."""
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} on {host} is not free ({error.strerror}). Choose another: make serve PORT=8001"
                ) from error

    def prepare_database(self) -> None:
        """Migrate when a migration waits; load the demo into a database without any account."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say("Preparing the database …")
            call_command("migrate", verbosity=0, interactive=False)
        if not self.production and not get_user_model()._default_manager.exists():
            self.say("Loading the demo content …")
            call_command("load_demo", verbosity=0)

    @property
    def production(self) -> bool:
        """Tell whether this is for real people."""
        return getattr(settings, "PRODUCTION", False)

    def explain(self, host: str, port: int) -> None:
        """Say where to look and how to log in."""
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        self.say(f"\nKring runs on {url}   (log in: {url}/account/login/   staff: {url}/cms/)")
        accounts = [] if self.production else demo_accounts()
        # One for each role is enough here; the others stand in the file.
        accounts = list({account["role"]: account for account in reversed(accounts)}.values())[::-1]
        if accounts:
            width = max(len(account["username"]) for account in accounts)
            self.say("\nDemo accounts (role, log-in name, password); all of them: fixtures/demo_accounts.json")
            for account in accounts:
                second = "   + code" if account.get("totp_secret") else ""
                self.say(f"  {account['role']:<15} {account['username']:<{width}}  {account['password']}{second}")
            self.say("A code for the second step: .venv/bin/python manage.py totp LOG-IN-NAME")
        self.say("\nCtrl-C stops everything.\n")


def run_web(host: str, port: int) -> None:
    """Serve with gunicorn, set up as in production, from the code that is loaded already."""
    from gunicorn.app.base import Application

    class Web(Application):
        def load_config(self) -> None:
            self.load_config_from_file(str(settings.REPO_DIR / "site" / "config" / "gunicorn.py"))
            self.cfg.set("bind", [f"[{host}]:{port}" if ":" in host else f"{host}:{port}"])

        def load(self) -> Any:
            from config.wsgi import application

            return application

    Web().run()


def run_reloading(host: str, port: int) -> None:
    """Serve with Django's own server, which restarts when code changes."""
    import sys

    manage = str(settings.REPO_DIR / "manage.py")
    os.execv(sys.executable, [sys.executable, manage, "runserver", f"{host}:{port}"])  # noqa: S606  ourselves, with our own arguments
