"""What the demonstration prints: findings, sign-ins, and pages worth opening."""

from __future__ import annotations

from pathlib import Path

from django.urls import reverse
from rich.table import Table
from rich.text import Text as Styled

from sinhthai.assessment.models import Assessment
from sinhthai.certification.models import Certificate
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import load_bundle
from sinhthai.site.demo import cast
from sinhthai.site.demo.invented import DESIGNS
from sinhthai.site.demo.people import FILE, read_sign_ins

_VERDICTS = {
    "all_met": (Text("Đạt tất cả", "All met"), "green"),
    "not_met": (Text("Không đạt", "Not met"), "red"),
    "undetermined": (Text("Chưa xác định", "Undetermined"), "yellow"),
    "incomplete_rules": (Text("Quy định chưa đủ", "Rules incomplete"), "yellow"),
}
# Names that fit a terminal of 80 signs; a family without one is named in full.
_SHORT = {
    "vn-eip": Text("NĐ 35/2022, Điều 37", "Decree 35/2022, Art 37"),
    "vn-new-eip": Text("NĐ 35/2022, Điều 38", "Decree 35/2022, Art 38"),
    "vn-indicators": Text("Chỉ tiêu A.5, B.5", "Indicators A.5, B.5"),
    "eip-international": Text("Khung quốc tế", "International"),
}


def park_families() -> dict[str, Text]:
    """Return the families a park is assessed with, by code."""
    bundle = load_bundle()
    return {
        framework.family: bundle.families.get(framework.family) or framework.title
        for framework in bundle.frameworks
        if framework.subject == "park"
    }


def findings_table(language: str) -> Table:
    """Return the current findings of every park as a table for the terminal."""
    titles = park_families()
    table = Table(
        title=Text("Kết quả đánh giá", "Findings").get(language), title_justify="left", box=None
    )
    table.add_column(Text("Khu công nghiệp", "Park").get(language), max_width=24)
    table.add_column(Text("Bộ tiêu chí", "Framework").get(language), no_wrap=True)
    for name in (
        Text("Đạt", "Met"),
        Text("Không", "Not"),
        Text("Chưa rõ", "Open"),
        Text("Trên", "Of"),
    ):
        table.add_column(name.get(language), justify="right")
    table.add_column(Text("Kết luận", "Verdict").get(language), no_wrap=True)
    order = {family: position for position, family in enumerate(titles)}
    rows = Assessment.objects.filter(is_current=True, family__in=titles).select_related("park")
    last = None
    for row in sorted(
        rows, key=lambda row: (row.park.invented, row.park.search, order.get(row.family, 99))
    ):
        park = row.park
        called = park.name_en if language == "en" else park.name_vi
        called = called.removeprefix("Khu công nghiệp ").replace(" Industrial Park", "")
        verdict, colour = _VERDICTS.get(row.verdict, (Text(row.verdict, row.verdict), "white"))
        table.add_row(
            "" if last == park.pk else called,
            (_SHORT.get(row.family) or titles[row.family]).get(language),
            str(row.met),
            str(row.not_met),
            str(row.undetermined),
            str(row.met + row.not_met + row.undetermined),
            Styled(verdict.get(language), style=colour),
        )
        last = park.pk
    return table


def sign_ins_table(home: Path, language: str) -> Table:
    """Return the demonstration accounts of this store, with their passwords."""
    table = Table(
        title=Text("Tài khoản trình diễn", "Demonstration sign-ins").get(language),
        title_justify="left",
        box=None,
        caption=f"{home / FILE}",
        caption_justify="left",
    )
    table.add_column(Text("Tên đăng nhập", "Sign-in name").get(language), no_wrap=True)
    table.add_column(Text("Mật khẩu", "Password").get(language), no_wrap=True)
    table.add_column(Text("Vai", "Part").get(language))
    for sign_in in read_sign_ins(home):
        table.add_row(sign_in.username, sign_in.password, sign_in.who.get(language))
    return table


def pages_worth_opening() -> list[tuple[str, str, Text]]:
    """Return pages worth opening: address, who to sign in as ("" nobody), what is seen there."""
    held, new = DESIGNS[0].code, DESIGNS[-1].code
    board, applicant = cast.BOARDS[DESIGNS[0].province], cast.office_of(DESIGNS[0])
    officer = board + cast.COLLEAGUE
    desk = reverse("supervision_desk")
    pages = [
        (reverse("certificates"), "", Text("Sổ giấy chứng nhận", "The register of certificates")),
        (desk, officer, Text("Việc cần làm và thời hạn", "What is due, and when")),
        (reverse("dossiers"), officer, Text("Hồ sơ ở mọi trạng thái", "Dossiers in every state")),
        (reverse("inspections"), officer, Text("Các cuộc kiểm tra", "Inspections")),
        (reverse("supervision_board"), board, Text("Báo cáo, lịch của Ban", "The Board's reports")),
        (reverse("opinions"), "recp", Text("Phòng cho ý kiến", "The room for opinions")),
        (
            reverse("park_certification", args=[held]),
            applicant,
            Text("Chứng nhận của một khu", "The certification of a park"),
        ),
        (
            reverse("roadmap", args=[DESIGNS[2].code]),
            cast.office_of(DESIGNS[2]),
            Text("Lộ trình đạt tiêu chí", "The roadmap to the criteria"),
        ),
        (reverse("carbon_park", args=[held]), applicant, Text("Kiểm kê của khu", "Its inventory")),
        (
            reverse("efficiency_park", args=[held]),
            applicant,
            Text("Kiểm toán hiệu quả tài nguyên", "Audits of resource efficiency"),
        ),
        (
            reverse("finance_pipeline"),
            cast.BANK,
            Text("Dự án được chia sẻ với ngân hàng", "Projects shared with a bank"),
        ),
        (reverse("factors"), "", Text("Hệ số phát thải", "Emission factors")),
        (reverse("park_filings", args=[held]), applicant, Text("Báo cáo năm", "Yearly forms")),
        (
            reverse("park_commitment", args=[new]),
            cast.office_of(DESIGNS[-1]),
            Text("Lộ trình cam kết", "The roadmap of a new park"),
        ),
    ]
    broken = Certificate.objects.exclude(broken=[]).first()
    if broken is not None:
        why = Text("Một tiêu chí không còn đạt", "A criterion is no longer met")
        pages.insert(1, (reverse("certificate", args=[broken.public_id]), "", why))
    return pages


def pages_table(base: str, language: str) -> Table:
    """Return the pages worth opening on the site at *base*, each with whom to sign in as."""
    table = Table(
        title=Text(f"Nên mở xem tại {base}", f"Worth opening at {base}").get(language),
        title_justify="left",
        box=None,
    )
    table.add_column(Text("Trang", "Page").get(language), no_wrap=True)
    table.add_column(Text("Đăng nhập", "Sign in as").get(language), no_wrap=True)
    table.add_column(Text("Xem gì", "What").get(language))
    for path, username, what in pages_worth_opening():
        public = Text("không cần", "nobody").get(language)
        table.add_row(path, username or public, what.get(language))
    return table
