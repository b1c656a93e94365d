"""One function per change of the reported facts; each asks who may, writes, and leaves a trail."""

from sinhthai.reporting.actions.approval import approve_report, return_report, submit_report
from sinhthai.reporting.actions.computed import Computed, record_values
from sinhthai.reporting.actions.evidence import attach_evidence, withdraw_evidence
from sinhthai.reporting.actions.imports import (
    apply_batch,
    discard_batch,
    revert_batch,
    upload_workbook,
)
from sinhthai.reporting.actions.signals import facts_changed
from sinhthai.reporting.actions.values import set_value

__all__ = [
    "Computed",
    "apply_batch",
    "approve_report",
    "attach_evidence",
    "discard_batch",
    "facts_changed",
    "record_values",
    "return_report",
    "revert_batch",
    "set_value",
    "submit_report",
    "upload_workbook",
    "withdraw_evidence",
]
