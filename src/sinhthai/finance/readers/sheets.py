"""The term sheet of a project, put together from its page."""

from __future__ import annotations

from sinhthai.finance.engine.stages import STAGE_NAMES
from sinhthai.finance.engine.taxonomy import load_taxonomy
from sinhthai.finance.readers.project import ProjectPage
from sinhthai.finance.termsheet.model import TermSheet
from sinhthai.foundation.text import Text


def term_sheet(page: ProjectPage) -> TermSheet | None:
    """Return the term sheet; None where nothing is appraised yet."""
    kept, project = page.appraisal, page.project
    if kept is None:
        return None
    kind = load_taxonomy().kinds.get(project.kind)
    enterprise = project.enterprise
    return TermSheet(
        project.title,
        Text(enterprise.name_vi, enterprise.name_en or enterprise.name_vi),
        Text(enterprise.park.name_vi, enterprise.park.name_en or enterprise.park.name_vi),
        enterprise.invented,
        STAGE_NAMES[project.stage],
        kind.name if kind else Text("", ""),
        project.description,
        kept.assumptions,
        kept.result,
        {"appraisal": kept.pk, **kept.pins},
        kept.at,
        page.taxonomy,
        page.verdicts,
        page.today,
    )
