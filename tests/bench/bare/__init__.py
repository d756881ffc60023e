"""The floor: a Django project with one view that uses the session and the user, one plain Wagtail page, no more."""
