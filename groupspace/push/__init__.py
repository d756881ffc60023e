"""A sign on a phone or a computer that there is something: no words, no names, and nothing that tells where."""
