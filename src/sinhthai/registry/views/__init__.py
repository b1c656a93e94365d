"""The pages of the register: GET calls a reader, POST calls an action."""
