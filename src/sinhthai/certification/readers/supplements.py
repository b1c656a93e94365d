"""What the applicant was asked to complete, with the page where each is put right."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from sinhthai.certification.engine.contents import EXPLAIN, SECTIONS
from sinhthai.certification.models import Dossier, Supplement
from sinhthai.certification.readers.contents import leaves_of
from sinhthai.certification.readers.papers_shown import rule_of
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.text import Text

GENERAL = Text("Hồ sơ", "The dossier")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a supplement: about what, and where it is put right."""

    supplement: Supplement
    about: Text
    url: str

    may_answer: bool  # asked since the dossier came back to the applicant

    @property
    def is_open(self) -> bool:
        return self.supplement.answered_at is None


def read_supplements(dossier: Dossier) -> list[Asked]:
    """Return everything that was asked of the applicant, open requests first."""
    rows = [
        _asked(dossier, one)
        for one in dossier.supplements.select_related("asked_by", "answered_by")
    ]
    return sorted(rows, key=lambda row: (not row.is_open, row.supplement.pk))


def _asked(dossier: Dossier, supplement: Supplement) -> Asked:
    kind, _sign, name = supplement.about.partition(":")
    about, url = GENERAL, reverse("dossier_contents", args=[dossier.public_id])
    if kind == "paper":
        rule = rule_of(name, procedure_of(dossier))
        if rule is not None:
            about = rule.title
            url = reverse("dossier_papers", args=[dossier.public_id]) + f"#{name}"
    elif kind == "leaf":
        leaf = next((one for one in leaves_of(dossier) if one.id == name), None)
        if leaf is not None:
            about = Text(f"{leaf.clause} · {leaf.title.vi}", f"{leaf.clause} · {leaf.title.en}")
        url = reverse("dossier_write", args=[dossier.public_id, "explanation"])
        url += f"#id_{EXPLAIN}{name}"
    elif kind == "field":
        for section in SECTIONS:
            for field in section.fields:
                if field.id == name:
                    about = field.title
                    url = reverse("dossier_write", args=[dossier.public_id, section.id])
                    url += f"#id_{name}"
    return Asked(supplement, about, url, supplement.asked_at >= dossier.changed_at)
