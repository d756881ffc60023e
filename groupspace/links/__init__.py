"""Links and films that members give each other. The server never goes there; a film starts after a click."""
