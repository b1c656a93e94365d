"""A case about a certificate: revocation on a ground of the law, or a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sinhthai.certification.models import Certificate, Dossier, Event, Paper
from sinhthai.certification.readers.checking import current_papers
from sinhthai.certification.wording import procedure_of
from sinhthai.foundation.text import Text

GROUNDS: Mapping[str, Text] = {
    "a": Text(
        "Vi phạm pháp luật về đầu tư, xây dựng, đất đai, môi trường hoặc pháp luật khác liên quan",
        "Breach of the law on investment, construction, land, environment, or other relevant law",
    ),
    "b": Text(
        "Không còn đáp ứng tiêu chí, theo ý kiến giám sát của Ban quản lý",
        "The criteria are no longer met, on the Management Board's monitoring opinion",
    ),
    "c": Text("Theo đề nghị bằng văn bản của bên được cấp", "The holder's own written request"),
}


STATED: tuple[tuple[str, Text], ...] = (
    ("ground_reason", Text("Sự việc", "Facts")),
    ("evidence", Text("Bằng chứng", "Evidence")),
    ("reason", Text("Lý do mở", "Why it was opened")),
)


@dataclass(frozen=True, slots=True)
class Case:
    """What a case is about. ``ground`` "" while none is stated; a review has none."""

    certificate: Certificate | None
    ground: str
    statements: Sequence[tuple[Text, str]]  # what was written, under its heading
    papers: Sequence[Paper]
    events: Sequence[tuple[Text, Event]]

    @property
    def ground_words(self) -> Text | None:
        """The ground in the words of the law."""
        return GROUNDS.get(self.ground)


def read_case(dossier: Dossier) -> Case:
    """Return what the case *dossier* is about; two queries besides the certificate's."""
    contents = dossier.contents
    done = {step.id: step.done for step in procedure_of(dossier).steps}
    events = [
        (done[event.kind.removeprefix("step.")], event)
        for event in dossier.events.select_related("organisation").order_by("seq")
        if event.kind.removeprefix("step.") in done
    ]
    about = (
        Certificate.objects.filter(pk=dossier.about_id).defer("credential").first()
        if dossier.about_id
        else None
    )
    return Case(
        certificate=about,
        ground=str(contents.get("ground", "")),
        statements=[(title, str(contents[name])) for name, title in STATED if contents.get(name)],
        papers=current_papers(dossier),
        events=events,
    )
