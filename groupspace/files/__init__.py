"""Files and albums in a space: shared, described, renewed, talked about; each download asks the policy again."""
