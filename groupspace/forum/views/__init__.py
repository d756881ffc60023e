"""Pages of conversations. They fetch through the policy, validate, call an action and show."""
