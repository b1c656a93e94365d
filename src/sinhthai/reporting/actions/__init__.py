"""One function per change of the reported facts; each asks who may, writes, and leaves a trail."""

from sinhthai.reporting.actions.signals import facts_changed

__all__ = ["facts_changed"]
