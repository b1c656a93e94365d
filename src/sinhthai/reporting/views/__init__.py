"""The pages of reports and imports: GET calls a reader, POST calls an action."""
