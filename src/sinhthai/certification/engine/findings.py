"""The hash of a finding as it is kept: what a judgement is bound to, and what reopens it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def finding_digest(finding: Mapping[str, Any]) -> str:
    """Return the SHA-256 of one finding (JSON as kept in a snapshot).

    A number is the same whether a store gives it back as 3 or as 3.0.

    >>> finding_digest({"leaf": "ENT-3", "yes": 3}) == finding_digest({"yes": 3.0, "leaf": "ENT-3"})
    True
    """
    return _digest(finding)


def findings_digest(findings: Iterable[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of all findings of a snapshot, whatever their order."""
    return _digest(sorted(finding_digest(finding) for finding in findings))


def digests_of(findings: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the digest of each finding by its criterion."""
    return {str(finding["leaf"]): finding_digest(finding) for finding in findings}


def text_digest(content: object) -> str:
    """Return the SHA-256 of any JSON content in its steady form."""
    return _digest(content)


def _digest(content: object) -> str:
    text = json.dumps(_steady(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _steady(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _steady(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_steady(one) for one in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return repr(float(value))
    return value
