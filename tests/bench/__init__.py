"""`make bench`: how fast the site is, as ratios to a bare Django view on the same server in the same run."""
