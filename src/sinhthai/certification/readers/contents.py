"""What the applicant wrote, section by section, and the criteria they may explain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sinhthai.certification.engine.contents import SECTIONS, Field, Section, explanation_of
from sinhthai.certification.models import Dossier
from sinhthai.certification.wording import procedure_of
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.model import Leaf


@dataclass(frozen=True, slots=True)
class Written:
    """One section with the words of each field, and of each criterion explained."""

    section: Section
    fields: Sequence[tuple[Field, str]]
    leaves: Sequence[tuple[Leaf, str]]

    @property
    def to_write(self) -> int:
        """Return how many required fields are still empty."""
        return sum(1 for field, words in self.fields if field.required and not words)


def read_contents(dossier: Dossier) -> list[Written]:
    """Return the sections of what the applicant of *dossier* wrote."""
    subject = "enterprise" if dossier.enterprise_id else "park"
    explained = [(leaf, explanation_of(dossier.contents, leaf.id)) for leaf in leaves_of(dossier)]
    return [
        Written(
            section,
            [
                (field, str(dossier.contents.get(field.id, "")).strip())
                for field in section.fields
                if subject in field.subjects
            ],
            [pair for pair in explained if pair[1]] if section.id == "explanation" else (),
        )
        for section in SECTIONS
    ]


def leaves_of(dossier: Dossier) -> tuple[Leaf, ...]:
    """Return the criteria *dossier* is held against."""
    framework = load_bundle().framework_on(procedure_of(dossier).family, dossier.on)
    return framework.leaves if framework else ()
