"""What leaves the site: mail and signs on devices, and when they may come."""
