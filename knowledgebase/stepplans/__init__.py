"""Step plans with choice moments: staff build them, everyone walks them, and a plan document comes out."""
