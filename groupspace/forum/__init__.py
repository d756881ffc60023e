"""Conversations in a space: topics with replies, and what each member has read of them."""
