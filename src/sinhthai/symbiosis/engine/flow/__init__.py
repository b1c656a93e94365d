"""The best exchanges together, where links cost nothing to build: an exact min-cost flow."""

from sinhthai.symbiosis.engine.flow.assign import Assignment, best_assignment
from sinhthai.symbiosis.engine.flow.network import FlowError

__all__ = ["Assignment", "FlowError", "best_assignment"]
