"""Polls: a question to the group, with choices to vote on and an outcome."""
