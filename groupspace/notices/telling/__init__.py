"""What is told to whom: each file knows one sort of news, and `spread` is how it reaches the members it concerns."""
