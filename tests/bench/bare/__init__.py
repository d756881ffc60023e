"""The floor: a Django project with one view that uses the session and the user, and nothing else."""
