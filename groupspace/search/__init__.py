"""Search over what members wrote, for whoever may read it. Nothing of it is ever in the search of the public site."""
