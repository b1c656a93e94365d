"""From a real park to a roadmap: what is missing, what could be done, the plan, and its papers."""
