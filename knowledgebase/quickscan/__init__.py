"""Quick scans: short surveys among organisations, about the support that they need."""
