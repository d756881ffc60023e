"""The programs behind the Makefile: system packages, test runs, lint, migrations, requirements."""
