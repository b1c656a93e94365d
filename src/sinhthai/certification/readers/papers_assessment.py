"""The assessment and explanation of each criterion, with its evidence (A.3, B.3)."""

from __future__ import annotations

from collections.abc import Iterable

from sinhthai.assessment.documents import words as finding_words
from sinhthai.assessment.documents.report import Input
from sinhthai.certification.documents.model import (
    Block,
    Column,
    Document,
    Fields,
    Group,
    Heading,
    Items,
    Paragraph,
    Table,
)
from sinhthai.certification.readers.evaluation import Row
from sinhthai.certification.readers.paper_facts import PaperFacts
from sinhthai.certification.readers.papers_applicant import applicant_signature, bases
from sinhthai.foundation.text import Text
from sinhthai.reporting.models import Evidence

NOT_ASSESSED = Text(
    "Chưa có kết quả đánh giá cho hồ sơ này.", "Nothing was assessed for this dossier yet."
)
_NO_EVIDENCE = Text("chưa có tệp minh chứng", "no evidence file")
_NO_WORDS = Text("không có", "none")


def compose_assessment(facts: PaperFacts) -> Document:
    """Write the self-assessment: the findings in one table, then each with what it rests on."""
    say, evaluation = facts.say, facts.evaluation
    clause = "37" if facts.is_park else "37.2"
    blocks: list[Block] = [*bases(facts, clause)]
    if evaluation is None:
        blocks.append(Paragraph(say(NOT_ASSESSED)))
    else:
        blocks += [
            Heading(say(Text("I. Kết quả chung", "I. Overall result"))),
            Paragraph(say(evaluation.report.sentence)),
            findings_table(facts),
            Paragraph(say(finding_words.FINDING_NOTE), "note"),
        ]
    general = facts.written("explanation")
    if general is not None:
        blocks += [
            Heading(say(Text("Giải trình chung", "General explanation")), 2),
            Paragraph(general),
        ]
    if evaluation is not None:
        title = Text("II. Giải trình từng tiêu chí", "II. Explanation by criterion")
        blocks.append(Heading(say(title)))
        for group, rows in evaluation.groups:
            blocks.append(Heading(say(group), 2))
            for row in rows:
                blocks += _explained(facts, row)
        blocks += _evidence_list(facts, evaluation.rows)
    name = facts.subject
    what = Text("Đánh giá và giải trình việc đáp ứng tiêu chí", "Assessment against the criteria")
    about = facts.title_of_certificate
    return Document(
        title=Text(f"{what.vi}: {name.vi}", f"{what.en}: {name.en}"),
        kind=say(Text("Báo cáo", "Report")),
        abstract=say(
            Text(
                f"{what.vi} {about.vi}\n{name.vi}, năm {facts.dossier.year}",
                f"Assessment and explanation against the {about.en} criteria\n{name.en}, "
                f"{facts.dossier.year}",
            )
        ),
        header=facts.header(facts.applicant, "/BC"),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        addressees=(say(facts.board),),
        signature=applicant_signature(facts),
        pins=facts.pins(),
        notes=facts.notes(),
        invented=facts.invented,
    )


def findings_table(facts: PaperFacts) -> Table:
    """Return the criteria with what was found of each."""
    say = facts.say
    rows: list[tuple[str | None, ...] | Group] = []
    assert facts.evaluation is not None
    for group, members in facts.evaluation.groups:
        rows.append(Group(say(group)))
        for row in members:
            criterion = row.criterion
            rows.append(
                (
                    facts.clause(criterion.leaf.clause),
                    say(criterion.leaf.title),
                    say(criterion.value) or None,
                    say(criterion.threshold) or "",
                    result_of(facts, row),
                )
            )
    return Table(
        (
            Column(say(finding_words.CLAUSE), 1.15),
            Column(say(finding_words.CRITERION), 3),
            Column(say(finding_words.VALUE), 1.2, "figure"),
            Column(say(finding_words.THRESHOLD), 1.1, "right"),
            Column(say(finding_words.RESULT), 1.1),
        ),
        tuple(rows),
    )


def result_of(facts: PaperFacts, row: Row) -> str:
    """Return the finding in words."""
    return facts.say(finding_words.STATUS[row.criterion.status])


def _explained(facts: PaperFacts, row: Row) -> list[Block]:
    say, criterion = facts.say, row.criterion
    leaf = criterion.leaf
    lines: list[tuple[str, str | None]] = [
        (say(finding_words.RESULT), f"{result_of(facts, row)} ({say(criterion.value)})"),
        *((say(label), say(said)) for label, said in criterion.working),
        *((say(finding_words.READING), say(reading)) for reading in criterion.readings),
    ]
    gap = say(criterion.gap)
    if gap:
        lines.append((say(finding_words.GAP), gap))
    lines.append(
        (say(Text("Giải trình của bên nộp hồ sơ", "The applicant's explanation")), row.explanation)
        if row.explanation
        else (
            say(Text("Giải trình của bên nộp hồ sơ", "The applicant's explanation")),
            say(_NO_WORDS),
        )
    )
    lines.append(
        (
            say(Text("Minh chứng", "Evidence")),
            "\n".join(_names(row.evidence)) or say(_NO_EVIDENCE),
        )
    )
    blocks: list[Block] = [
        Heading(f"{say(leaf.title)} ({facts.clause(leaf.clause)})", 3),
        Fields(tuple(lines)),
    ]
    if criterion.inputs:
        blocks.append(_inputs(facts, criterion.inputs))
    return blocks


def _inputs(facts: PaperFacts, inputs: Iterable[Input]) -> Table:
    """Return the reported values a finding rests on, each with its source."""
    say = facts.say
    return Table(
        (
            Column(say(finding_words.INPUT), 3),
            Column(say(finding_words.VALUE), 1.3, "figure"),
            Column(say(finding_words.SOURCE), 2.6),
        ),
        tuple(
            # Without a source nobody ever said anything: it was not reported.
            (say(one.name), say(one.value) if say(one.source) else None, say(one.source))
            for one in inputs
        ),
    )


def _evidence_list(facts: PaperFacts, rows: Iterable[Row]) -> list[Block]:
    """Return every file once, with the digest that binds it."""
    say = facts.say
    title = Text("III. Danh mục minh chứng", "III. List of evidence")
    files = {file.pk: file for row in rows for file in row.evidence}
    if not files:
        return [Heading(say(title)), Items((say(_NO_EVIDENCE),))]
    # The list of criteria does not read the digests; the paper binds the files by them.
    digests = dict(Evidence.objects.filter(pk__in=files).values_list("pk", "sha256"))
    return [
        Heading(say(title)),
        Table(
            (
                Column(say(Text("STT", "No.")), 0.6, "center"),
                Column(say(Text("Tệp", "File")), 3),
                Column(say(Text("Năm", "Year")), 0.6, "center"),
                Column("SHA-256", 3.2),
            ),
            tuple(
                (str(number), file.file_name, str(file.year), digests[file.pk])
                for number, file in enumerate(files.values(), start=1)
            ),
        ),
    ]


def _names(files: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(file.file_name for file in files))
