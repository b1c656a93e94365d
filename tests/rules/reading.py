"""Read rule cases, and put their facts to the engine as tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml
from pydantic import BaseModel, ConfigDict, Field

from sinhthai.assessment.engine.assess import Asked, assess, to_findings
from sinhthai.assessment.engine.findings import Finding
from sinhthai.reporting.engine.facts import Facts
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Framework, Item

CASES = Path(__file__).parent / "cases"
YEARS_BACK = 3


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Expected(_Strict):
    status: str
    lower: float | int | None = None
    upper: float | int | None = None


class Case(_Strict):
    name: str
    day: str
    year: int | None = None
    version: str | None = None  # the framework expected to be in force; "none"
    options: dict[str, str] = {}
    park: dict[str, Any] = {}
    enterprise: dict[str, Any] = {}
    enterprises: list[dict[str, Any]] = []
    earlier: dict[str, dict[str, Any]] = {}
    expected: dict[str, str | Expected]
    because: str = Field(min_length=3)


class CaseFile(_Strict):
    family: str
    cases: list[Case]


@dataclass(frozen=True)
class Run:
    """A case, the version in force on its day, and what the engine found."""

    case: Case
    framework: Framework | None
    findings: dict[str, Finding]

    def expected(self) -> dict[str, Expected]:
        """Return what is expected of each criterion; ``*`` speaks for those not named."""
        assert self.framework is not None
        ids = [leaf.id for leaf in self.framework.leaves]
        unknown = set(self.case.expected) - {*ids, "*"}
        assert not unknown, f"the case names criteria that do not exist: {unknown}"
        everywhere = (
            dict.fromkeys(ids, self.case.expected["*"]) if "*" in self.case.expected else {}
        )
        wanted = everywhere | {k: v for k, v in self.case.expected.items() if k != "*"}
        return {k: Expected(status=v) if isinstance(v, str) else v for k, v in wanted.items()}


def read_cases() -> list[tuple[str, Case]]:
    """Return every case with its family."""
    files = [
        CaseFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(CASES.glob("*.yaml"))
    ]
    return [(file.family, case) for file in files for case in file.cases]


def run(family: str, case: Case) -> Run:
    """Assess the one subject of *case* on its day."""
    bundle = load_bundle()
    day = dt.date.fromisoformat(case.day)
    framework = bundle.framework_on(family, day)
    if framework is None:
        return Run(case, None, {})
    asked = Asked("subject", day, case.year or day.year)
    readings = bundle.defaults() | case.options
    table = assess(framework, _facts(case, asked, bundle.items), [asked], readings, bundle.items)
    return Run(case, framework, {finding.leaf: finding for finding in to_findings(table)})


def _facts(case: Case, asked: Asked, items: dict[str, Item]) -> Facts:
    """Return the case's facts in each of the years a criterion may look back to."""
    park, enterprise = [], []
    for year in range(asked.year - YEARS_BACK, asked.year + 1):
        other = case.earlier.get(str(year), {})
        if case.park:
            park.append({"subject": "subject", "year": year} | _cells(case.park | other, items))
        if case.enterprise:
            keys = {"subject": "subject", "park": "p", "year": year}
            enterprise.append(keys | _cells(case.enterprise | other, items))
        for at, group in enumerate(case.enterprises):
            facts = _cells({k: v for k, v in group.items() if k != "count"}, items)
            for one in range(group["count"]):
                keys = {"subject": f"e{at}-{one}", "park": "subject", "year": year}
                enterprise.append(keys | facts)
    return Facts(
        _table(park, ["subject", "year"], items),
        _table(enterprise, ["subject", "park", "year"], items),
    )


def _cells(given: dict[str, Any], items: dict[str, Item]) -> dict[str, Any]:
    """Turn what a case says of an item into columns: a value, a bound, or not applicable."""
    cells: dict[str, Any] = {}
    for code, value in given.items():
        assert code in items, f"no such item: {code}"
        if value == "not applicable":
            cells[f"{code}__na"] = True
        elif isinstance(value, str) and value.startswith("at least "):
            cells[f"{code}__lo"] = float(value.removeprefix("at least "))
        elif isinstance(value, str) and value.startswith("at most "):
            cells[f"{code}__hi"] = float(value.removeprefix("at most "))
        elif items[code].kind in ("integer", "number") and value is not None:
            cells[code] = float(value)
        else:
            cells[code] = value
    return cells


def _table(rows: list[dict[str, Any]], keys: list[str], items: dict[str, Item]) -> pa.Table:
    names = list(dict.fromkeys([*keys, *(name for row in rows for name in row)]))
    fields = [(name, _type(name, items)) for name in names]
    columns = {name: pa.array([row.get(name) for row in rows], kind) for name, kind in fields}
    return pa.table(columns)


def _type(name: str, items: dict[str, Item]) -> pa.DataType:
    if name == "year":
        return pa.int32()
    if name.endswith("__na"):
        return pa.bool_()
    if name.endswith(("__lo", "__hi")):
        return pa.float64()
    kind = items[name].kind if name in items else "text"
    types = {"boolean": pa.bool_(), "integer": pa.float64(), "number": pa.float64()}
    return types.get(kind, pa.string())
