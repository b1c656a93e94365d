"""A park from its first draft to a certificate, and to its loss: each person at their own screen.

The park office prepares and sends; an officer of the Board checks, asks, consults and judges; its
leader signs and proposes; an expert of a ministry and one of the RECP body give opinions; the
chair of the People's Committee decides; the public looks on.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typer
from pypdf import PdfReader
from tests.certification.core.world import give_opinion
from tests.journeys.certification_world import Country
from tests.journeys.test_story import fill, sign_in, words
from typer.testing import CliRunner

from sinhthai.certification.commands import register
from sinhthai.certification.models import Dossier, Opinion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

program = typer.Typer()
register(program)

START = "/accounts/login/"
PARK = "Khu công nghiệp Suối Ngọc (giả định)"
WRITTEN = {
    "representative": "Nguyễn Văn Minh",
    "position": "Tổng Giám đốc",
    "address": "Lô A1, đường số 1, Suối Ngọc",
    "contact": "Trần Thị Lan, 028 3800 0000",
}
SCAN = {
    "name": "van-ban-dang-ky.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n% signed and stamped",
}


def main(page: Any) -> str:
    return words(page.locator("main"))


def submit(page: Any, button: str) -> None:
    """Press *button* and wait for the page that follows."""
    with page.expect_navigation():
        page.locator("main button", has_text=button).first.click()


def go(page: Any, link: str) -> None:
    with page.expect_navigation():
        page.locator("main a", has_text=link).first.click()


def from_desk(page: Any, duty: str) -> str:
    """Find *duty* on one's own desk, follow it, and return the row as it was read."""
    page.goto("/desk/")
    row = page.locator("main tbody tr", has_text=duty)
    read = words(row)
    with page.expect_navigation():
        row.locator("td a").first.click()
    return read


def take(page: Any, step: str, button: str, reason: str = "") -> None:
    """Take a step of the procedure: the reason, the plain yes, the button."""
    form = page.locator("section.step", has=page.locator(f"[value={step}]"))
    if reason:
        form.locator("textarea").fill(reason)
    if form.locator("[name=confirm]").count():
        form.locator("[name=confirm]").check()
    with page.expect_navigation():
        form.locator("button", has_text=button).click()


def download(page: Any, link: Any) -> bytes:
    with page.expect_download() as fetched:
        link.click()
    return Path(fetched.value.path()).read_bytes()


def fetch(page: Any, path: str) -> bytes:
    """Fetch a file as anybody's program would."""
    answer = page.request.get(path)
    assert answer.ok
    body: bytes = answer.body()
    return body


def verdict(folder: Path, certificate: bytes, today: dt.date) -> tuple[int, str]:
    """Verify *certificate* with the program, from files alone."""
    file = folder / "certificate.pdf"
    file.write_bytes(certificate)
    given = ["--issuers", str(folder / "issuers.json"), "--status", str(folder / "status.json")]
    done = CliRunner().invoke(program, ["verify", str(file), *given, "--today", today.isoformat()])
    return done.exit_code, done.output


def test_a_park_applies_is_certified_and_loses_it(
    open_page: Callable[..., Any], country: Country, tmp_path: Path
) -> None:
    office = open_page(START)
    sign_in(office, "writer", "x" * 12)
    sender, officer, leader, deputy, ministry, expert, chair = (
        country.enter(open_page(START), who)
        for who in (
            "signer", "judge", "head", "deputy", "industry_trade_ministry", "recp_body", "chair",
        )
    )  # fmt: skip
    public = open_page(START)

    dossier = prepare(office, country)
    send(office, sender, dossier)
    supplement(office, sender, officer, country)
    consult(officer, ministry, expert, country, dossier)
    nobody_reads_too_early(office, dossier)
    evaluate(officer, leader, deputy, country)
    certificate = issue(leader, chair, public, country)
    paper = verify(public, certificate, country, tmp_path)
    break_by_a_new_fact(office, officer, public, country, certificate)
    inspect(office, officer, leader, country)
    revoke(office, officer, leader, chair, country, certificate)
    everybody_learns(office, public, certificate, country, tmp_path, paper)


def prepare(office: Any, country: Country) -> str:
    """The office opens a dossier, reads what is missing, writes, assembles, uploads the scan."""
    office.goto(f"/parks/{country.park.code}/")
    go(office, "Chứng nhận")
    assert "chưa có giấy chứng nhận khu công nghiệp sinh thái" in main(office)
    go(office, "Lập hồ sơ đăng ký chứng nhận")
    submit(office, "Mở hồ sơ")
    dossier = str(office.url)
    seen = main(office)
    assert "Còn thiếu 9 mục" in seen and "12 đạt" in seen
    assert "Chưa viết: Người đại diện theo pháp luật." in seen

    # What is missing leads to where it is written; the rest comes from the records.
    go(office, "Chưa viết: Người đại diện theo pháp luật.")
    for name, value in WRITTEN.items():
        office.fill(f"[name={name}]", value)
    submit(office, "Lưu và tiếp tục")
    office.fill("[name=operation]", "Khu công nghiệp hoạt động ổn định từ năm 2019.")
    office.fill("[name=attraction]", "Đã lấp đầy 82 % đất công nghiệp.")
    office.locator("main button:text-is('Lưu')").click()
    office.wait_for_url("**/contents/#operation")
    go(office, "Về hồ sơ")
    assert "6/6 mục bắt buộc đã viết" in main(office)

    go(office, "Lập tài liệu từ số liệu")
    submit(office, "Lập tài liệu")
    letter = office.locator("#letter")
    assert "chờ ký" in words(letter)
    pdf = PdfReader(BytesIO(download(office, letter.locator("a", has_text="PDF"))))
    text = pdf.pages[0].extract_text()
    assert "Nguyễn Văn Minh" in text and "Công ty Hạ tầng Suối Ngọc" in text
    assert download(office, letter.locator("a", has_text="Word")).startswith(b"PK")

    # A program named .pdf is no scan.
    go(office, "Tải lên bản quét đã ký")
    office.set_input_files("[type=file]", SCAN | {"buffer": b"MZ\x90\x00 a program"})
    submit(office, "Tải lên")
    assert "Nội dung tệp không phải PDF" in main(office)
    office.set_input_files("[type=file]", SCAN)
    submit(office, "Tải lên")
    assert "đã có" in words(office.locator("#letter"))
    return dossier


def send(office: Any, sender: Any, dossier: str) -> None:
    """Who prepared it cannot send it; a colleague who may approve does."""
    go(office, "Về hồ sơ")
    assert "Còn thiếu" not in main(office)
    go(office, "Kiểm tra và")
    assert "Chưa thể nộp hồ sơ" in main(office)
    assert "cần người có quyền phê duyệt" in main(office)
    assert office.locator("main [type=checkbox]").count() == 0

    assert PARK in from_desk(sender, "Hoàn thiện và nộp hồ sơ")
    go(sender, "Nộp hồ sơ")
    assert "Ban quản lý các khu công nghiệp Thành phố Hồ Chí Minh" in main(sender)
    sender.check("main [type=checkbox]")
    submit(sender, "Nộp hồ sơ")
    assert sender.url == dossier
    assert "Hồ sơ đã được nộp cho Ban quản lý" in main(sender)
    assert "Đang chờ: Ban quản lý." in main(sender)


def supplement(office: Any, sender: Any, officer: Any, country: Country) -> None:
    """The officer asks field by field, the office answers, and the dossier is complete: T0."""
    from_desk(officer, "Kiểm tra tính đầy đủ của hồ sơ")
    officer.fill("[name='ask-field:attraction']", "Nêu vốn đầu tư thu hút theo từng năm.")
    officer.fill("[name='ask-leaf:PARK-1']", "Gửi bản đồ sử dụng đất đã phê duyệt.")
    submit(officer, "Gửi các yêu cầu đã ghi ở trên")
    assert "Chờ bổ sung" in main(officer)

    from_desk(office, "Bổ sung những nội dung được yêu cầu")
    assert "Còn 2 yêu cầu." in main(office)
    go(office, "Trả lời các yêu cầu bổ sung")
    assert "Gửi bản đồ sử dụng đất đã phê duyệt." in main(office)
    for answer, said in zip(
        office.locator("main textarea").all(),
        ("2024: 1.200 tỷ đồng; 2025: 950 tỷ đồng.", "Bản đồ 1/2000 kèm Quyết định 15/QĐ."),
        strict=True,
    ):
        answer.fill(said)
    office.locator("main button:text-is('Lưu')").click()
    office.wait_for_selector("text=Đã lưu.")
    from_desk(sender, "Bổ sung những nội dung được yêu cầu")
    go(sender, "Trả lời các yêu cầu bổ sung")
    submit(sender, "Lưu và nộp lại")
    assert "Hồ sơ đã được nộp lại cho Ban quản lý." in main(sender)

    country.clock.leap_to(dt.date(2026, 5, 5))
    from_desk(officer, "Kiểm tra tính đầy đủ của hồ sơ")
    assert "2024: 1.200 tỷ đồng" in main(officer)
    take(officer, "accept", "Xác nhận hồ sơ đầy đủ")
    assert "Hồ sơ đầy đủ từ 05/05/2026" in main(officer)


def consult(officer: Any, ministry: Any, expert: Any, country: Country, dossier: str) -> None:
    """Six bodies are asked at once; two answer here, each in its own room, without the others."""
    assert "08/05/2026" in from_desk(officer, "Gửi lấy ý kiến")  # 3 working days
    submit(officer, "Gửi lấy ý kiến")
    assert "Đã gửi tới 6 cơ quan." in main(officer)
    assert "15/06/2026" in main(officer)  # the 40th day is a Sunday

    country.clock.leap_to(dt.date(2026, 5, 7))
    from_desk(ministry, "Trả lời lấy ý kiến")
    assert words(ministry.locator("h1")) == f"Ý kiến về {PARK}"
    submit(ministry, "Xác nhận đã nhận")
    assert "hạn 22/05/2026" in main(ministry)  # 15 days from its own receipt
    ministry.select_option("[name=position-PARK-1]", "remarks")
    ministry.fill("[name=remark-PARK-1]", "Đề nghị tăng diện tích cây xanh.")
    ministry.check("[name=position][value=remarks]")
    ministry.fill("[name=text]", "Thống nhất, có góp ý về đất cây xanh.")
    ministry.set_input_files("#file", SCAN | {"name": "gop-y.pdf"})
    submit(ministry, "Đính kèm")
    assert "gop-y.pdf" in main(ministry)
    ministry.once("dialog", lambda question: question.accept())
    submit(ministry, "Gửi ý kiến")
    assert "Ý kiến đã được gửi tới Ban quản lý." in main(ministry)

    from_desk(expert, "Trả lời lấy ý kiến")
    submit(expert, "Xác nhận đã nhận")
    expert.select_option("[name=position-ENT-3]", "agree")
    expert.check("[name=position][value=agree]")
    expert.fill("[name=text]", "Đã xem kết quả áp dụng sản xuất sạch hơn.")
    expert.once("dialog", lambda question: question.accept())
    submit(expert, "Gửi ý kiến")
    expert.goto(dossier)
    assert "Đã xem kết quả áp dụng" in main(expert)
    assert "góp ý về đất cây xanh" not in main(expert)
    officer.goto(f"{dossier}consult/")
    assert main(officer).count("chưa trả lời") == 4
    found = Dossier.objects.get(public_id=dossier.split("/")[-2])
    for opinion in Opinion.objects.filter(dossier=found, answered_at=None):
        give_opinion(country.cast, opinion, at=country.clock.now())


def nobody_reads_too_early(office: Any, dossier: str) -> None:
    """The applicant sees that bodies were asked, not what they said; a file is not there either."""
    office.goto(dossier)
    seen = main(office)
    assert "Đang lấy ý kiến" in seen and "sau khi hồ sơ có kết quả" in seen
    assert "góp ý về đất cây xanh" not in seen and "Bộ Công Thương" not in seen
    assert office.goto(f"{dossier}consult/").status == 404
    assert office.goto(f"{dossier}evaluate/").status == 404


def evaluate(officer: Any, leader: Any, deputy: Any, country: Country) -> None:
    """Criterion by criterion; who judged cannot sign; the leader signs and proposes."""
    country.clock.leap_to(dt.date(2026, 5, 14))
    from_desk(officer, "Theo dõi ý kiến và bắt đầu đánh giá")
    assert "gop-y.pdf" in main(officer)
    take(officer, "evaluate", "Bắt đầu đánh giá")
    assert "Đề nghị tăng diện tích cây xanh." in words(officer.locator("#PARK-1"))
    leaves = [one.get_attribute("value") for one in officer.locator("button[name=save]").all()]
    assert len(leaves) == 12
    for leaf in leaves[:-1]:
        judge(officer, leaf)
    deputy.goto(officer.url)
    judge(deputy, leaves[-1])
    go(deputy, "Sang báo cáo")
    assert "12/12 tiêu chí" in main(deputy)
    assert "không được tự thực hiện “Ký báo cáo đánh giá: đạt”" in main(deputy)
    assert deputy.locator("section.step button").count() == 0

    from_desk(leader, "Đánh giá từng tiêu chí và lập báo cáo")
    go(leader, "Sang báo cáo")
    assert "Mọi tiêu chí đều đạt" in main(leader)
    take(leader, "report", "đạt")
    assert "Báo cáo đánh giá đã ký: đạt." in main(leader)
    take(leader, "propose", "Trình Ủy ban nhân dân cấp tỉnh")
    assert "Đã trình Ủy ban nhân dân cấp tỉnh." in main(leader)


def judge(page: Any, leaf: str) -> None:
    page.check(f"[name='met-{leaf}'][value='1']")
    page.fill(f"[name='reason-{leaf}']", "Đã đối chiếu số liệu với minh chứng.")
    page.click(f"button[name=save][value='{leaf}']")
    page.wait_for_selector(f"section#{leaf} small[role=status]")


def issue(leader: Any, chair: Any, public: Any, country: Country) -> str:
    """The chair reads what the decision rests on, and issues; return the address."""
    country.clock.leap_to(dt.date(2026, 5, 18))
    assert leader.goto(f"{leader.url}decide/").status == 200
    assert leader.locator("[value=issue]").count() == 0
    from_desk(chair, "Quyết định cấp giấy chứng nhận")
    seen = main(chair)
    assert "Đồng ý, có góp ý" in seen and "Mã băm của hồ sơ khi nộp" in seen
    take(chair, "issue", "Cấp giấy chứng nhận")
    assert "Giấy chứng nhận đã cấp." in main(chair)

    public.goto("/certificates/")
    assert PARK in main(public)
    go(public, PARK)
    assert words(public.locator("#stands")) == "Có hiệu lực"
    return str(public.url)


def verify(public: Any, certificate: str, country: Country, folder: Path) -> bytes:
    """The address in the QR code, the page that checks a file, and the program without a network."""
    pdf = download(public, public.locator("a", has_text="PDF có niêm phong"))
    [[credential]] = PdfReader(BytesIO(pdf)).attachments.values()
    address = json.loads(credential)["id"]
    letters = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    printed = "".join(one for one in letters if "!" <= one <= "~")  # it breaks over two lines
    assert address == certificate and address in printed
    public.goto(address)
    assert "Có hiệu lực đến hết ngày 18/05/2031." in main(public)

    for name in ("issuers.json", "status.json"):
        (folder / name).write_bytes(fetch(public, f"/certificates/{name}"))
    today = dt.date(2026, 5, 18)
    code, said = verdict(folder, pdf, today)
    assert code == 0 and "Có hiệu lực" in said and PARK in said
    changed = bytearray(pdf)
    changed[len(changed) // 2] ^= 1
    code, said = verdict(folder, bytes(changed), today)
    assert code == 1 and "bị sửa" in said.lower()
    return pdf


def break_by_a_new_fact(
    office: Any, officer: Any, public: Any, country: Country, certificate: str
) -> None:
    """The office corrects the report; the public page turns amber, the Board gets a task."""
    country.clock.leap_to(dt.date(2026, 6, 22))
    reports = f"/parks/{country.park.code}/reports"
    office.goto(f"{reports}/2025/")
    book = download(office, office.locator("a[href$='workbook.xlsx']").first)
    office.goto(f"{reports}/upload/?year=2025")
    office.set_input_files(
        "[type=file]",
        {
            "name": "suoi-ngoc-2025.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": fill(book, "greenery_ha", "20,5"),
        },
    )
    office.click("button.btn.go")
    office.wait_for_url("**/imports/*/")
    office.click("text=Áp dụng")
    office.wait_for_selector("button.danger")

    public.goto(certificate)
    assert words(public.locator("#stands")) == "Có hiệu lực, đang xem xét"
    assert "Từ ngày 22/06/2026, số liệu mới không còn đáp ứng" in main(public)
    assert "22/06/2026" in from_desk(officer, "Kiểm tra tiêu chí 37.3.a")
    alert = words(officer.locator("article.alert"))
    assert "26,7 %" in alert and "22,7 %" in alert and "Trần Thị Lan" in alert


def inspect(office: Any, officer: Any, leader: Any, country: Country) -> None:
    """A visit with a finding; the holder answers; another person of the Board is not content."""
    with officer.expect_navigation():
        officer.locator("article.alert a", has_text="Lên kế hoạch kiểm tra").click()
    officer.fill("[name=purpose]", "Đo lại diện tích đất cây xanh.")
    officer.fill("[name=planned_on]", "2026-06-25")
    submit(officer, "Lên kế hoạch kiểm tra")

    country.clock.leap_to(dt.date(2026, 6, 25))
    assert "nay" in from_desk(officer, f"Kiểm tra {PARK}")
    officer.set_input_files("[name=held-uploads]", SCAN | {"name": "bien-ban.pdf"})
    submit(officer, "Ghi nhận")
    assert "bien-ban.pdf" in main(officer)
    officer.select_option("[name=observe-leaf]", "PARK-1")
    officer.select_option("[name=observe-severity]", label="vi phạm nghiêm trọng")
    officer.fill("[name=observe-text]", "Đất cây xanh chỉ còn 20,5 ha.")
    submit(officer, "Ghi kết quả")
    officer.click("summary:has-text('Yêu cầu khắc phục')")
    officer.fill("[name$=-what]", "Trồng bổ sung 10 ha cây xanh.")
    officer.fill("[name$=-due_on]", "2026-07-05")
    with officer.expect_navigation():
        officer.locator("form[action$='/actions/'] button").click()
    assert "06/07/2026" in main(officer)  # a Sunday: the next working day

    assert "06/07/2026" in from_desk(office, "Khắc phục: Trồng bổ sung 10 ha cây xanh.")
    assert "05/07/2026 là ngày nghỉ" in main(office)
    office.fill("[name=answer-text]", "Đã trồng 2 ha, không còn quỹ đất.")
    submit(office, "Gửi trả lời")
    assert "Chờ Ban quản lý xác nhận." in main(office)

    officer.goto(office.url)
    assert officer.locator("[name=verdict-accepted]").count() == 0  # who demands does not verify
    from_desk(leader, "Xác nhận khắc phục")
    leader.check("[name=verdict-accepted][value=no]")
    leader.fill("[name=verdict-verdict]", "Diện tích vẫn dưới 25 %.")
    leader.fill("[name=verdict-due_on]", "2026-07-10")
    submit(leader, "Ghi kết luận")
    assert "không được chấp nhận" in main(leader)


def revoke(
    office: Any, officer: Any, leader: Any, chair: Any, country: Country, certificate: str
) -> None:
    """The officer opens the case, the leader proposes, the chair notifies and revokes."""
    country.clock.leap_to(dt.date(2026, 7, 13))
    officer.goto(f"{certificate}holding/")
    with officer.expect_navigation():
        officer.locator("article.alert a", has_text="Mở hồ sơ thu hồi").click()
    assert officer.is_checked("[name=letter][value=b]")
    officer.fill("[name=facts]", "Đất cây xanh còn 20,5 ha, không khắc phục được.")
    submit(officer, "Mở hồ sơ")
    case = str(officer.url)
    seen = main(officer)
    assert "người khác sẽ đề nghị" in seen and "Giấy chứng nhận 0001/2026" in seen
    assert "tiêu chí ngày" not in seen  # a case rests on a certificate, not on a year's data
    assert office.goto(case).status == 404  # not the holder's to read before it is proposed

    from_desk(leader, "đề nghị thu hồi")
    assert "theo ý kiến giám sát của Ban quản lý" in main(leader)
    take(leader, "propose", "Đề nghị thu hồi")
    country.clock.leap_to(dt.date(2026, 7, 14))
    from_desk(chair, "Thông báo bằng văn bản cho bên được cấp")
    take(chair, "notify_holder", "Thông báo")
    assert "Đã thông báo bằng văn bản." in main(chair)
    office.goto(case)
    assert "Thông báo thu hồi giấy chứng nhận" in main(office)

    country.clock.leap_to(dt.date(2026, 7, 24))
    from_desk(chair, "Quyết định thu hồi hoặc dừng")
    take(chair, "revoke", "Thu hồi giấy chứng nhận", "Không còn đáp ứng tiêu chí đất cây xanh.")
    assert "Giấy chứng nhận đã thu hồi." in main(chair)


def everybody_learns(
    office: Any, public: Any, certificate: str, country: Country, folder: Path, paper: bytes
) -> None:
    """The public page, the page that checks a file and the program say the same; so does the log."""
    public.goto(certificate)
    assert words(public.locator("#stands")) == "Đã thu hồi"
    assert "Đã thu hồi ngày 24/07/2026." in main(public)
    assert "Không còn đáp ứng tiêu chí đất cây xanh." in main(public)
    public.goto("/certificates/verify/")
    public.set_input_files("[type=file]", SCAN | {"buffer": paper})
    submit(public, "Kiểm tra")
    assert words(public.locator("#stands")) == "Đã thu hồi"
    (folder / "status.json").write_bytes(fetch(public, "/certificates/status.json"))
    code, said = verdict(folder, paper, dt.date(2026, 7, 24))
    assert code == 1 and "Đã thu hồi ngày 24/07/2026." in said
    office.goto(f"/parks/{country.park.code}/certification/")
    assert "Đã thu hồi" in main(office) and "Lập hồ sơ đăng ký chứng nhận" in main(office)
    checked = CliRunner().invoke(program, ["audit", "check"])
    assert checked.exit_code == 0, checked.output
