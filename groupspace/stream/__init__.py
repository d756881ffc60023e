"""What happened in spaces, without a word of it: who did something to which item, and when."""
