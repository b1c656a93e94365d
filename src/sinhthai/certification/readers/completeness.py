"""What a dossier still lacks before it may be sent: papers, fields, criteria not explained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from sinhthai.certification.engine.contents import SECTIONS, explanation_of, unwritten
from sinhthai.certification.models import Dossier, Paper, Snapshot
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.rules.procedures import PaperRule
from sinhthai.rules.procedures_loading import load_procedures

Origin = Paper.Origin


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to put right before sending.

    ``about``: "paper:letter", "field:address", "leaf:ENT-3", or "findings". ``url`` is the page
    where it is put right.
    """

    about: str
    text: Text
    url: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of the store: the current findings and papers, and the last writing."""

    snapshot: Snapshot | None
    papers: Sequence[Paper]  # the current ones of the dossier itself
    written_at: dt.datetime | None

    @property
    def changed_at(self) -> dt.datetime | None:
        """Return when what the papers print last changed: the contents, or the findings."""
        times = [self.snapshot.taken_at if self.snapshot else None, self.written_at]
        return max((time for time in times if time is not None), default=None)


def missing(dossier: Dossier, known: Known | None = None) -> list[Missing]:
    """Return what the applicant must still put right, in the order it is done.

    Pass what is *known* where a page read it already; else three queries.
    """
    here = known or read_known(dossier)
    return [
        *_fields(dossier),
        *_criteria(dossier, here.snapshot),
        *_papers(dossier, here.papers, here.changed_at),
    ]


def read_known(dossier: Dossier) -> Known:
    """Return what `missing` looks at; three queries."""
    written = dossier.events.filter(kind="dossier.contents").order_by("-seq").first()
    return Known(
        dossier.snapshots.filter(is_current=True).first(),
        list(dossier.papers.filter(is_current=True, withdrawn_at=None, opinion=None)),
        written.at if written else None,
    )


def _fields(dossier: Dossier) -> list[Missing]:
    subject = "enterprise" if dossier.enterprise_id else "park"
    section_of = {field.id: section.id for section in SECTIONS for field in section.fields}
    return [
        Missing(
            f"field:{field.id}",
            Text("Chưa viết: {title}.", "Not written: {title}.").format(title=field.title),
            reverse("dossier_write", args=[dossier.public_id, section_of[field.id]])
            + f"#id_{field.id}",
        )
        for field in unwritten(subject, dossier.contents)
    ]


def _criteria(dossier: Dossier, snapshot: Snapshot | None) -> list[Missing]:
    """Return the criteria nothing decides and the applicant does not explain (41.2.c, 42.2.c)."""
    if snapshot is None:
        return [
            Missing(
                "findings",
                Text("Chưa có kết quả đánh giá.", "There are no findings yet."),
                reverse("dossier", args=[dossier.public_id]),
            )
        ]
    procedure = load_procedures().procedure(dossier.procedure)
    framework = load_bundle().framework_on(procedure.family, dossier.on)
    titles = {leaf.id: leaf.title for leaf in framework.leaves} if framework else {}
    page = reverse("dossier_write", args=[dossier.public_id, "explanation"])
    return [
        Missing(
            f"leaf:{leaf}",
            Text(
                "{leaf} ({title}): chưa đủ số liệu để kết luận. Báo cáo số liệu, hoặc giải trình.",
                "{leaf} ({title}): not decided for want of data. Report them, or explain.",
            ).format(leaf=leaf, title=titles.get(leaf, Text("", ""))),
            f"{page}#id_explain:{leaf}",
        )
        for leaf in (str(row["leaf"]) for row in snapshot.findings if _undecided(row))
        if not explanation_of(dossier.contents, leaf)
    ]


def _papers(dossier: Dossier, files: Sequence[Paper], changed: dt.datetime | None) -> list[Missing]:
    procedure = load_procedures().procedure(dossier.procedure)
    found = []
    for rule in procedure.papers:
        if rule.party == "applicant" and rule.required:
            said = _lack(rule, [file for file in files if file.slot == rule.id], changed)
            if said is not None:
                url = reverse("dossier_papers", args=[dossier.public_id]) + f"#{rule.id}"
                found.append(Missing(f"paper:{rule.id}", said, url))
    return found


def _lack(rule: PaperRule, files: Sequence[Paper], changed: dt.datetime | None) -> Text | None:
    """Return what is wrong with a required paper, or None when it is in order."""
    title = rule.title
    assembled = [file for file in files if file.origin == Origin.ASSEMBLED]
    others = [file for file in files if file.origin in (Origin.SIGNED, Origin.UPLOADED)]
    if rule.signed:
        if not others:
            return Text("Chưa có bản ký: {title}.", "Not signed yet: {title}.").format(title=title)
        newest = max(file.at for file in others)
        before = [file.at for file in assembled] + ([changed] if changed else [])
        if before and newest < max(before):
            return Text(
                "Nội dung đã thay đổi sau khi ký: {title}.",
                "Its content changed after it was signed: {title}.",
            ).format(title=title)
        return None
    if others:
        return None
    if not assembled:
        return Text("Chưa lập: {title}.", "Not assembled yet: {title}.").format(title=title)
    if changed and max(file.at for file in assembled) < changed:
        return Text(
            "Số liệu hoặc nội dung đã thay đổi sau khi lập: {title}.",
            "Figures or contents changed after it was assembled: {title}.",
        ).format(title=title)
    return None


def _undecided(finding: Mapping[str, object]) -> bool:
    return str(finding["status"]) == "undetermined"
