"""Pages of files and folders. They fetch through the policy, validate, take files in, call an action and show."""
