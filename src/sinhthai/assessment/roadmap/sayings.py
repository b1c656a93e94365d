"""The sentences of a roadmap: what comes out, what binds, what more money buys, what is guessed."""

from __future__ import annotations

from sinhthai.assessment.roadmap.document import Alternative, Roadmap
from sinhthai.assessment.roadmap.wording import STATUS_NAMES, amount, money
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text

_NAMED = 3
_LAST_PUBLISHED = Text(
    "CO2e của các năm tới tính theo hệ số phát thải công bố gần nhất, tiền điện theo biểu giá "
    "công bố gần nhất.",
    "CO2e of the years ahead goes by the factors last published, the price of power by the "
    "tariff last published.",
)


def headline(roadmap: Roadmap, plan: Alternative) -> Text:
    """Return the one sentence that answers: can all be met, by when, for how much."""
    if not plan.rows:
        return Text(
            "Mọi tiêu chí đã đạt hoặc không áp dụng: không cần lộ trình.",
            "Every criterion is met or does not apply: no roadmap is needed.",
        )
    if plan.unmet:
        n, total = len(plan.unmet), len(plan.rows)
        late = Text(
            f"Không đạt được {n} trong {total} tiêu chí còn thiếu.",
            f"Not to be met: {n} of the {total} criteria that are missing.",
        )
        if plan.status == "stopped":
            return Text(
                f"Chưa tìm được phương án cho {n} trong {total} tiêu chí trong thời gian cho.",
                f"No plan was found for {n} of {total} criteria in the time given.",
            )
        return late
    when = plan.met_in or roadmap.years[-1]
    said = Text(
        f"Mọi tiêu chí đạt vào cuối năm {when}, chi phí ròng hiện tại {money(plan.cost, 'vi')}"
        " VND.",
        f"Every criterion is met by the end of {when}, at a net present cost of "
        f"{money(plan.cost, 'en')} VND.",
    )
    if plan.cost < 0:
        said = Text(
            f"Mọi tiêu chí đạt vào cuối năm {when}; tiết kiệm nhiều hơn chi "
            f"{money(-plan.cost, 'vi')} VND theo giá trị hiện tại.",
            f"Every criterion is met by the end of {when}; it saves {money(-plan.cost, 'en')} VND "
            "more than it costs, in present value.",
        )
    if not plan.is_sure:
        said = Text(
            f"{said.vi} Với điều kiện số liệu còn phải khai cho kết quả đạt.",
            f"{said.en} Provided that what is still to be reported turns out well.",
        )
    return said


def summary(roadmap: Roadmap, plan: Alternative) -> tuple[Text, ...]:
    """Return what binds, what each goal found, and why something cannot be met."""
    said = []
    bound = plan.bound
    if bound is not None and plan.binding_price > 0:
        one = Text(f"1 {bound.unit.vi}", f"1 {bound.unit.en}") if bound.unit.en else None
        price = Text(money(plan.binding_price, "vi"), money(plan.binding_price, "en"))
        title = Text(f"{bound.clause} {bound.title.vi}", f"{bound.clause} {bound.title.en}")
        said.append(
            Text(
                f"Tiêu chí ràng buộc: {title.vi}; thêm {one.vi} tốn {price.vi} VND."
                if one
                else f"Tiêu chí ràng buộc: {title.vi}; riêng nó tốn {price.vi} VND.",
                f"The criterion that binds: {title.en}; {one.en} more costs {price.en} VND."
                if one
                else f"The criterion that binds: {title.en}; it alone costs {price.en} VND.",
            )
        )
    said += [
        Text(
            f"{row.clause} {row.title.vi}: {row.reason.vi}.",
            f"{row.clause} {row.title.en}: {row.reason.en}.",
        )
        for row in plan.unmet
    ]
    if plan.rows:
        status = STATUS_NAMES[plan.status]
        said.append(
            Text(
                f"Kết quả tính: {status.vi}; xét {roadmap.candidates} giải pháp.",
                f"The computation: {status.en}; {roadmap.candidates} options considered.",
            )
        )
    worst = roadmap.worst
    if worst is not None and plan is not worst:
        said.append(_worst(worst))
    return tuple(said)


def _worst(worst: Alternative) -> Text:
    left = len(worst.unmet)
    said = Text(
        f"Nếu mọi điều chưa khai đều không đạt: đầu tư {money(worst.investment, 'vi')} VND "
        f"({money(worst.low, 'vi')}–{money(worst.high, 'vi')})",
        f"If all that is not reported turns out badly: {money(worst.investment, 'en')} VND to "
        f"invest ({money(worst.low, 'en')}–{money(worst.high, 'en')})",
    )
    if left:
        return Text(
            f"{said.vi}, chưa kể {left} tiêu chí chưa biết thiếu bao nhiêu hoặc không đạt được.",
            f"{said.en}, without {left} {'criterion' if left == 1 else 'criteria'} that cannot be "
            "sized or met.",
        )
    return Text(f"{said.vi}.", f"{said.en}.")


def more_said(roadmap: Roadmap) -> tuple[Text, ...]:
    """Return what a little more budget buys; nothing where no year has a limit."""
    more = roadmap.more
    if more is None:
        return ()
    percent = format_number(more.more * 100, "en", 0)
    if more.met == 0 and abs(more.cost) < 1e6 and abs(more.co2e) < 0.05:
        return (
            Text(
                f"Thêm {percent} % ngân sách không đổi được gì.",
                f"{percent} % more budget changes nothing.",
            ),
        )
    parts_vi = [f"chi phí ròng đổi {money(more.cost, 'vi')} VND"]
    parts_en = [f"the net cost changes by {money(more.cost, 'en')} VND"]
    if more.met:
        parts_vi.insert(0, f"đạt thêm {more.met} tiêu chí")
        parts_en.insert(0, f"{more.met} more criteria are met")
    if abs(more.co2e) >= 0.05:
        parts_vi.append(f"CO2e giảm thêm {amount(more.co2e, 'vi')} t mỗi năm")
        parts_en.append(f"{amount(more.co2e, 'en')} t CO2e more are cut a year")
    if more.added:
        rest = len(more.added) - _NAMED
        names_vi = "; ".join(name.vi for name in more.added[:_NAMED])
        names_en = "; ".join(name.en for name in more.added[:_NAMED])
        parts_vi.append(f"thêm: {names_vi}" + (f" và {rest} việc nữa" if rest > 0 else ""))
        parts_en.append(f"added: {names_en}" + (f" and {rest} more" if rest > 0 else ""))
    return (
        Text(
            f"Thêm {percent} % ngân sách mỗi năm: {', '.join(parts_vi)}.",
            f"{percent} % more budget each year: {', '.join(parts_en)}.",
        ),
    )


def caveats(roadmap: Roadmap) -> tuple[Text, ...]:
    """Return what of it is guessed, and by which conventions it was computed."""
    plan = roadmap.main
    guessed = sum(line.estimated for line in plan.lines)
    said = []
    if guessed:
        said.append(
            Text(
                f"{guessed} trong {len(plan.lines)} dòng dùng chi phí hoặc tiết kiệm ước tính "
                f"(dấu *); đầu tư có thể từ {money(plan.low, 'vi')} đến {money(plan.high, 'vi')} "
                "VND. Hãy thay bằng báo giá của bạn.",
                f"{guessed} of {len(plan.lines)} lines use estimated costs or savings (marked *); "
                f"the investment may be {money(plan.low, 'en')} to {money(plan.high, 'en')} VND. "
                "Put your own quotations in their place.",
            )
        )
    if any(line.kind == "measure" for line in plan.lines):
        said.append(_LAST_PUBLISHED)
    vi, en = (format_number(roadmap.rate * 100, language) for language in ("vi", "en"))
    start = roadmap.years[0] if roadmap.years else ""
    said.append(
        Text(
            f"Giá cố định, lãi suất thực {vi} %/năm, tính tiết kiệm trong {roadmap.horizon} năm "
            f"từ {start}. Đây là kết quả tính của hệ thống, "
            "không phải quyết định.",
            f"Constant prices, {en} % real a year, savings counted for {roadmap.horizon} years "
            f"from {start}. This is computed, not decided.",
        )
    )
    if roadmap.invented:
        said.append(Text("Số liệu của khu là giả định.", "The figures of this park are invented."))
    return tuple(said)
