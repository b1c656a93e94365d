"""JSON for programs. Keys are stable: a change of meaning raises the number in ``schema``."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sinhthai.assessment.documents import words
from sinhthai.assessment.documents.report import Criterion, Report
from sinhthai.foundation.text import Text

SCHEMA = "sinhthai.assessment/1"


def to_json(reports: Sequence[Report], language: str) -> bytes:
    """Return ``{"schema", "assessments": [...]}``; texts come in both languages anyway."""
    document = {"schema": SCHEMA, "assessments": [as_object(report) for report in reports]}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def as_object(report: Report) -> dict[str, object]:
    """Return *report* as plain JSON values.

    Numbers are in base units (a fraction for shares and ratios); null is "not known", never zero.
    """
    counts: dict[str, int] = {str(status): n for status, n in report.counts().items()}
    return {
        "subject": {
            "code": report.subject,
            "name": _text(report.name),
            "invented": report.invented,
        },
        "framework": {
            "id": report.framework.id,
            "family": report.framework.family,
            "title": _text(report.framework.title),
            "instrument": _text(report.framework.instrument),
            "clause": report.framework.clause,
        },
        "on": report.on.isoformat(),
        "year": report.year,
        "verdict": {"code": report.verdict, "sentence": _text(report.sentence)},
        "counts": {**counts, "total": len(report.criteria)},
        "criteria": [criterion_object(criterion) for criterion in report.criteria],
        "note": _text(words.FINDING_NOTE),
        "pins": {
            "engine_version": report.pins.engine_version,
            "rules_version": report.pins.rules_version,
            "rules_hash": report.pins.rules_hash,
            "input_digest": report.pins.input_digest,
            "known_at": report.pins.known_at.isoformat() if report.pins.known_at else None,
            "options": dict(report.pins.options),
        },
    }


def criterion_object(criterion: Criterion) -> dict[str, object]:
    """Return one criterion as plain JSON values."""
    leaf, finding = criterion.leaf, criterion.finding
    return {
        "id": leaf.id,
        "clause": leaf.clause,
        "group": leaf.group,
        "title": _text(leaf.title),
        "kind": leaf.kind,
        "sense": leaf.sense,
        "unit": leaf.unit,
        "verified": leaf.verified,
        "status": finding.status,
        "lower": finding.lower,
        "upper": finding.upper,
        "threshold": finding.threshold,
        "value": _text(criterion.value),
        "threshold_text": _text(criterion.threshold),
        "gap": finding.gap,
        "gap_certain": finding.gap_certain,
        "gap_text": _text(criterion.gap),
        "enterprises": None
        if finding.yes is None
        else {
            "yes": finding.yes,
            "no": finding.no,
            "unknown": finding.unknown,
            "maybe": finding.maybe,
            "from_aggregate": finding.from_aggregate,
        },
        "formula": criterion.formula,
        "working": [
            {"label": _text(label), "text": _text(said)} for label, said in criterion.working
        ],
        "missing": list(finding.missing),
        "inputs": [
            {
                "item": given.item,
                "name": _text(given.name),
                "unit": given.unit,
                "value": given.raw,
                "text": _text(given.value),
                "source": _text(given.source),
                "recorded": given.recorded.isoformat() if given.recorded else None,
            }
            for given in criterion.inputs
        ],
    }


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
