"""Why two streams were put together, in words: each part of the score, and what is not known.

One reason per topic, so that a page can show them as a list and a programme can pick one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine.explain_figures import amount_reasons, percent, worth_reasons
from sinhthai.symbiosis.engine.explain_quality import Bounds, quality_reasons
from sinhthai.symbiosis.engine.keys import quality_of
from sinhthai.symbiosis.engine.links import Link
from sinhthai.symbiosis.engine.reason import Reason

if TYPE_CHECKING:
    import pyarrow as pa

    from sinhthai.symbiosis.engine.knowledge_model import Knowledge, Substitution
    from sinhthai.symbiosis.engine.legal import LegalPath
    from sinhthai.symbiosis.engine.matches import Matches

_CONFIDENCE = {
    "high": Text("tin cậy cao", "high confidence"),
    "medium": Text("tin cậy vừa", "medium confidence"),
    "low": Text("tin cậy thấp", "low confidence"),
}
_STATUS = {
    "goods": Text("được chuyển giao như hàng hóa", "may go as goods"),
    "permitted": Text("được phép", "permitted"),
    "conditional": Text("được phép nếu đủ điều kiện", "permitted under conditions"),
    "forbidden": Text("pháp luật không cho phép", "forbidden by law"),
    "undetermined": Text("chưa đủ căn cứ để kết luận", "cannot be decided yet"),
}


def explain(matches: Matches, row: int, language: str) -> list[str]:
    """Return the reasons for a row of ``matches.table`` as sentences of *language*."""
    return [reason.text.get(language) for reason in reasons(matches, row)]


def reasons(matches: Matches, row: int) -> list[Reason]:
    """Return why the two streams of a row were put together, and what would change the answer."""
    said = {name: matches.table[name][row].as_py() for name in matches.table.column_names}
    link = matches.links[row]
    book = _Streams.of(matches)
    offer, need = book.rows[said["offer"]], book.rows[said["need"]]
    rule = matches.knowledge.substitutions.get(link.substitution)
    found = [
        *_what(link, rule, offer, need, matches.knowledge),
        Reason("text", _text(said["text"])),
        *quality_reasons(rule, book.quality_of(offer), book.quality_of(need), matches.knowledge),
        *amount_reasons(said, need),
        *worth_reasons(said),
        *_law(matches.path(row)),
        *_unknown(link, offer, need),
    ]
    if said["estimated"]:
        found.append(Reason("estimated", _estimated(offer, need)))
    return found


class _Streams:
    """The streams of an answer by id, and their quality."""

    def __init__(self, matches: Matches) -> None:
        self.rows: dict[str, dict[str, Any]] = {
            row["id"]: row
            for table in (matches.streams.offers, matches.streams.needs)
            for row in _wanted(table, matches.table).to_pylist()
        }
        self._quality = quality_of(matches.streams.qualities)

    @staticmethod
    def of(matches: Matches) -> _Streams:
        return _streams(_ById(matches))

    def quality_of(self, stream: Mapping[str, Any]) -> Mapping[str, Bounds]:
        return self._quality.get(stream["id"], {})


class _ById:
    """An answer compared by identity, so that its streams are laid out once."""

    def __init__(self, matches: Matches) -> None:
        self.matches = matches

    def __hash__(self) -> int:
        return id(self.matches)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.matches is self.matches


@lru_cache(maxsize=2)
def _streams(by_id: _ById) -> _Streams:
    return _Streams(by_id.matches)


def _wanted(streams: pa.Table, matched: pa.Table) -> pa.Table:
    """Return the streams that stand in an answer; the others need no words."""
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = pa.concat_arrays([*matched["offer"].chunks, *matched["need"].chunks])
    return streams.filter(pc.is_in(streams["id"], value_set=ids))


def _what(
    link: Link,
    rule: Substitution | None,
    offer: Mapping[str, Any],
    need: Mapping[str, Any],
    knowledge: Knowledge,
) -> Iterator[Reason]:
    if link.kind == "text":
        yield Reason(
            "rule",
            Text(
                "Chưa có quy tắc nào; chỉ vì hai tên giống nhau. Cần người xem lại.",
                "No rule is known; only the names are alike. Somebody should look at it.",
            ),
        )
        return
    given = knowledge.materials[link.offer_material].name
    asked = knowledge.materials[link.need_material].name
    if rule is None:
        yield Reason(
            "rule",
            Text(
                "Bên cần hỏi đúng vật liệu này: {given}.",
                "The need asks for this very material: {given}.",
            ).format(given=given),
        )
    else:
        yield Reason("rule", _rule(rule, given, asked))
    for stream, name, why in ((offer, given, link.offer_why), (need, asked, link.need_why)):
        yield Reason(
            "material",
            Text(
                "“{said}” được hiểu là {name}: {why}.", "“{said}” is taken for {name}: {why}."
            ).format(said=stream["name"], name=name, why=why),
        )


def _rule(rule: Substitution, given: Text, asked: Text) -> Text:
    treatment = (
        Text(" sau khi {step}", " after this step: {step}").format(step=_small(rule.treatment))
        if rule.treatment.en
        else Text(", không cần xử lý", ", without treatment")
    )
    ratio = Text(format_number(rule.ratio, "vi"), format_number(rule.ratio, "en"))
    return Text(
        "{given} thay được {asked}{treatment}; 1 đơn vị thay {ratio} ({trust}; {source}).",
        "{given} can replace {asked}{treatment}; 1 unit replaces {ratio} ({trust}; {source}).",
    ).format(
        given=given,
        asked=_small(asked),
        treatment=treatment,
        ratio=ratio,
        trust=_CONFIDENCE[rule.confidence],
        source=rule.source,
    )


def _small(text: Text) -> Text:
    """Return *text* to stand inside a sentence; an abbreviation keeps its capitals."""

    def lowered(words: str) -> str:
        return words if words[1:2].isupper() else words[:1].lower() + words[1:]

    return Text(lowered(text.vi), lowered(text.en))


def _text(likeness: float) -> Text:
    return Text("Hai tên giống nhau {share}.", "The names are {share} alike.").format(
        share=percent(likeness)
    )


def _law(path: LegalPath | None) -> Iterator[Reason]:
    if path is None:
        return
    status = _STATUS[path.status]
    clause = Text(" ({cited})", " ({cited})").format(cited=path.cited)
    yield Reason(
        "legal",
        Text("Pháp lý: {status}{clause}. {title}.", "Law: {status}{clause}. {title}.").format(
            status=status, clause=clause, title=_unstopped(path.title)
        ),
    )
    yield Reason("legal_why", path.why)
    if path.papers:
        listed = Text("; ".join(p.vi for p in path.papers), "; ".join(p.en for p in path.papers))
        yield Reason(
            "papers",
            Text("Giấy tờ: {listed}.", "Papers: {listed}.").format(listed=_unstopped(listed)),
        )
    if not path.verified:
        yield Reason(
            "unknown",
            Text(
                "Quy định này chưa được luật gia kiểm tra lại; hãy đối chiếu văn bản.",
                "This reading of the law has not been checked by a lawyer; compare the text.",
            ),
        )


def _unstopped(text: Text) -> Text:
    return Text(text.vi.rstrip("."), text.en.rstrip("."))


def _unknown(link: Link, offer: Mapping[str, Any], need: Mapping[str, Any]) -> Iterator[Reason]:
    """Say what is not known and would change the answer."""
    for stream, who in (
        (offer, Text("bên cung", "the offer")),
        (need, Text("bên cần", "the need")),
    ):
        if (
            stream["quantity"] is None
            and stream["quantity_min"] is None
            and stream["quantity_max"] is None
        ):
            yield Reason(
                "unknown",
                Text(
                    "Chưa biết lượng của {who}; tỷ lệ đáp ứng, tiền và CO2 dựa vào đó.",
                    "The quantity of {who} is not known; share, money and CO2 rest on it.",
                ).format(who=who),
            )
    if link.kind == "text" or (link.typical.mid is None and need["price"] is None):
        yield Reason(
            "unknown",
            Text(
                "Chưa biết lợi ích bằng tiền: bên cần ghi giá đang trả thì tính được.",
                "What it is worth is not known: the price the need pays today would tell.",
            ),
        )
    if link.co2.mid is None:
        yield Reason(
            "unknown",
            Text("Chưa có số liệu CO2 cho cách dùng này.", "No CO2 figure is known for this use."),
        )


def _estimated(offer: Mapping[str, Any], need: Mapping[str, Any]) -> Text:
    who = [
        text
        for stream, text in (
            (offer, Text("bên cung", "the offer")),
            (need, Text("bên cần", "the need")),
        )
        if stream["estimated"]
    ]
    both = Text(" và ".join(t.vi for t in who), " and ".join(t.en for t in who))
    return Text(
        "Ước tính: số liệu của {both} là mức điển hình của ngành, chưa phải số đo.",
        "Estimated: the figures of {both} are typical of the industry, not measured.",
    ).format(both=both)
