"""What the applicant still has to do before the dossier can leave: a list in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse

from sinhthai.certification.models import Dossier
from sinhthai.certification.readers.dossier import DossierPage, Slot
from sinhthai.foundation.text import Text

TaskState = Literal["done", "todo", "waiting", "optional"]

STATE_NAMES: dict[TaskState, Text] = {
    "done": Text("Xong", "Done"),
    "todo": Text("Cần làm", "To do"),
    "waiting": Text("Chưa làm được", "Cannot start yet"),
    "optional": Text("Không bắt buộc", "Optional"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, where, and how far it is."""

    id: str
    title: Text
    said: Text
    url: str
    state: TaskState

    @property
    def state_name(self) -> Text:
        return STATE_NAMES[self.state]


def tasks_of(dossier: Dossier, page: DossierPage, missing: Sequence[object]) -> list[Task]:
    """Return the tasks of the applicant, in the order they are done."""
    slots = [slot for slot in page.slots if slot.rule.party == "applicant"]
    tasks = [_write(dossier, page), _assemble(dossier, page, slots), *_signed(dossier, slots)]
    if page.supplements:
        tasks.insert(0, _answer(dossier, page))
    return [*tasks, _send(dossier, len(missing) or len(page.open_supplements))]


def _address(name: str, dossier: Dossier, *more: str) -> str:
    return reverse(name, args=[dossier.public_id, *more])


def _answer(dossier: Dossier, page: DossierPage) -> Task:
    left = len(page.open_supplements)
    return Task(
        "answer",
        Text("Trả lời các yêu cầu bổ sung", "Answer what is asked for"),
        Text(f"Còn {left} yêu cầu.", f"{left} left to answer.")
        if left
        else Text("Mọi yêu cầu đã được trả lời.", "Everything asked for is answered."),
        _address("dossier_supplements", dossier),
        "todo" if left else "done",
    )


def _write(dossier: Dossier, page: DossierPage) -> Task:
    written = page.fields - page.to_write
    return Task(
        "write",
        Text("Viết nội dung hồ sơ", "Write the contents"),
        Text(
            f"{written}/{page.fields} mục bắt buộc đã viết.",
            f"{written} of {page.fields} required fields are written.",
        ),
        _address("dossier_contents", dossier),
        "todo" if page.to_write else "done",
    )


def _assemble(dossier: Dossier, page: DossierPage, slots: Sequence[Slot]) -> Task:
    made = [slot for slot in slots if slot.rule.made == "assembled"]
    done = [slot for slot in made if slot.assembled]
    return Task(
        "assemble",
        Text("Lập tài liệu từ số liệu", "Assemble the papers from the records"),
        Text(f"{len(done)}/{len(made)} tài liệu đã lập.", f"{len(done)} of {len(made)} assembled."),
        _address("dossier_papers", dossier),
        "done" if len(done) == len(made) else "waiting" if page.to_write else "todo",
    )


def _signed(dossier: Dossier, slots: Sequence[Slot]) -> list[Task]:
    return [
        Task(
            f"paper-{slot.rule.id}",
            Text(f"Nộp bản ký: {slot.rule.title.vi}", f"Upload signed: {slot.rule.title.en}")
            if slot.rule.signed
            else slot.rule.title,
            _said(slot),
            _address("dossier_upload", dossier, slot.rule.id),
            _state(slot),
        )
        for slot in slots
        if slot.rule.signed or slot.rule.made == "uploaded"
    ]


def _said(slot: Slot) -> Text:
    file = slot.signed or (slot.uploaded[0] if slot.uploaded else None)
    if file is not None:
        return Text(file.file_name, file.file_name)
    if slot.rule.signed and not slot.assembled:
        return Text("Lập tài liệu trước, rồi in và ký.", "Assemble it first, then print and sign.")
    return Text("Chưa có tệp.", "No file yet.")


def _state(slot: Slot) -> TaskState:
    if slot.state == "done":
        return "done"
    if slot.rule.signed and not slot.assembled:
        return "waiting"
    return "todo" if slot.rule.required else "optional"


def _send(dossier: Dossier, missing: int) -> Task:
    again = dossier.state != "draft"
    return Task(
        "send",
        Text("Kiểm tra và nộp lại", "Check and send back")
        if again
        else Text("Kiểm tra và nộp", "Check and send"),
        Text(f"Còn thiếu {missing} mục.", f"{missing} things are missing.")
        if missing
        else Text("Sẵn sàng để nộp.", "Ready to be sent."),
        _address("dossier_supplements" if again else "dossier_send", dossier),
        "waiting" if missing else "todo",
    )
