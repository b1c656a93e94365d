"""An enterprise from a refusal to a certificate, and to its loss: each person at their own screen.

A clerk of the enterprise prepares, its director sends; an officer of the Board checks, asks,
consults, judges and inspects; a leader signs the report, a deputy issues for the Board itself; an
officer of a department gives an opinion; the office of the park corrects a fact; the public looks
on. What it shares with the journey of a park is taken from there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from tests.certification.core.world import certify_park, give_opinion
from tests.journeys.certification_world import Country
from tests.journeys.test_certification_park import (
    SCAN,
    START,
    WRITTEN,
    download,
    from_desk,
    go,
    judge,
    main,
    submit,
    take,
)
from tests.journeys.test_story import words

from sinhthai.certification.models import Opinion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRM = "Công ty Vật liệu Bình Minh (giả định)"
ISO = "ECO-4"


def test_an_enterprise_is_certified_by_the_board_and_loses_it(
    open_page: Callable[..., Any], country: Country
) -> None:
    clerk, director, officer, leader, deputy, department, office = (
        country.enter(open_page(START), who)
        for who in ("clerk", "owner", "judge", "head", "deputy", "environment_dept", "writer")
    )
    public = open_page(START)

    dossier = prepare(clerk, country)
    send(director, country, dossier)
    supplement(clerk, director, officer, country)
    consult(officer, department, country, dossier)
    evaluate(officer, leader, country, dossier)
    certificate = issue(officer, deputy, public, country)
    verify(public, certificate)
    break_by_a_new_fact(office, officer, public, country, certificate)
    inspect(clerk, officer, leader, country)
    revoke(clerk, officer, leader, deputy, country, certificate)
    everybody_learns(clerk, public, certificate, country)


def prepare(clerk: Any, country: Country) -> str:
    """A park without a certificate warns, and lets the draft be written."""
    clerk.goto(f"/enterprises/{country.firm.code}/")
    go(clerk, "Chứng nhận")
    seen = main(clerk)
    assert "Doanh nghiệp chưa có giấy chứng nhận doanh nghiệp sinh thái." in seen
    assert "khu công nghiệp chưa có giấy chứng nhận còn hiệu lực" in seen
    go(clerk, "Lập hồ sơ đăng ký chứng nhận")
    submit(clerk, "Mở hồ sơ")
    dossier = str(clerk.url)
    assert "Còn thiếu 8 mục" in main(clerk) and "5 đạt" in main(clerk)
    go(clerk, "Chưa viết: Người đại diện theo pháp luật.")
    for name, value in WRITTEN.items():
        clerk.fill(f"[name={name}]", value)
    submit(clerk, "Lưu và tiếp tục")
    clerk.fill("[name=operation]", "Sản xuất gạch không nung từ tro bay, 120 lao động.")
    clerk.locator("main button:text-is('Lưu')").click()
    clerk.wait_for_url("**/contents/#operation")
    go(clerk, "Về hồ sơ")
    go(clerk, "Lập tài liệu từ số liệu")
    submit(clerk, "Lập tài liệu")
    letter = PdfReader(
        BytesIO(download(clerk, clerk.locator("#letter").locator("a", has_text="PDF")))
    )
    assert "doanh nghiệp sinh thái" in letter.pages[0].extract_text()
    go(clerk, "Tải lên bản quét đã ký")
    clerk.set_input_files("[type=file]", SCAN)
    submit(clerk, "Tải lên")
    return dossier


def send(director: Any, country: Country, dossier: str) -> None:
    """Refused with its clause while the park holds no certificate; then it goes."""
    from_desk(director, "Hoàn thiện và nộp hồ sơ")
    go(director, "Nộp hồ sơ")
    seen = main(director)
    assert "Chưa thể nộp hồ sơ" in seen
    assert "không có giấy chứng nhận khu công nghiệp sinh thái đang có hiệu lực" in seen
    assert "2.8" in seen
    certify_park(country.cast, at=country.clock.now())
    director.reload()
    director.check("main [type=checkbox]")
    submit(director, "Nộp hồ sơ")
    assert "Hồ sơ đã được nộp cho Ban quản lý" in main(director)


def supplement(clerk: Any, director: Any, officer: Any, country: Country) -> None:
    """One thing is asked, answered, and the dossier is complete: both periods start."""
    from_desk(officer, "Kiểm tra tính đầy đủ của hồ sơ")
    officer.fill("[name='ask-field:operation']", "Nêu công suất thiết kế và thực tế.")
    submit(officer, "Gửi các yêu cầu đã ghi ở trên")
    from_desk(clerk, "Bổ sung những nội dung được yêu cầu")
    go(clerk, "Trả lời các yêu cầu bổ sung")
    clerk.fill("main textarea", "Thiết kế 60 triệu viên/năm, năm 2025 đạt 45 triệu viên.")
    clerk.locator("main button:text-is('Lưu')").click()
    clerk.wait_for_selector("text=Đã lưu.")
    from_desk(director, "Bổ sung những nội dung được yêu cầu")
    go(director, "Trả lời các yêu cầu bổ sung")
    submit(director, "Lưu và nộp lại")

    country.clock.leap_to(dt.date(2026, 5, 5))
    from_desk(officer, "Kiểm tra tính đầy đủ của hồ sơ")
    assert "năm 2025 đạt 45 triệu viên" in main(officer)
    take(officer, "accept", "Xác nhận hồ sơ đầy đủ")
    assert "Hồ sơ đầy đủ từ 05/05/2026" in main(officer)


def consult(officer: Any, department: Any, country: Country, dossier: str) -> None:
    """Four departments; one answers, two elsewhere, the silent one was handed it on proof."""
    assert "08/05/2026" in from_desk(officer, "Gửi lấy ý kiến")  # 3 working days
    submit(officer, "Gửi lấy ý kiến")
    seen = main(officer)
    assert "Đã gửi tới 4 cơ quan." in seen and "Sở Nông nghiệp và Môi trường" in seen

    country.clock.leap_to(dt.date(2026, 5, 6))
    from_desk(department, "Trả lời lấy ý kiến")
    assert words(department.locator("h1")) == f"Ý kiến về {FIRM}"
    submit(department, "Xác nhận đã nhận")
    assert "hạn 15/05/2026" in main(department)  # 7 working days from its own receipt
    department.check("[name=position][value=agree]")
    department.fill("[name=text]", "Thống nhất.")
    department.once("dialog", lambda question: question.accept())
    submit(department, "Gửi ý kiến")
    for opinion in Opinion.objects.exclude(authority__in=["environment_dept", "science_dept"]):
        give_opinion(country.cast, opinion, at=country.clock.now())

    assert FIRM in from_desk(officer, "Xác nhận việc cơ quan được lấy ý kiến đã nhận hồ sơ")
    assert "1 cơ quan chưa xác nhận đã nhận hồ sơ" in main(officer)
    go(officer, "Ghi chứng từ giao nhận")
    officer.fill("[name=on]", "2026-05-05")
    officer.fill("[name=proof]", "Giấy báo phát bưu điện số 00123.")
    submit(officer, "Ghi nhận việc giao hồ sơ")
    seen = main(officer)
    assert "14/05/2026" in seen and "chưa xác nhận" not in seen


def evaluate(officer: Any, leader: Any, country: Country, dossier: str) -> None:
    """The silent department's time runs out; five criteria are judged, the leader signs."""
    country.clock.leap_to(dt.date(2026, 5, 15))
    from_desk(officer, "Theo dõi ý kiến và bắt đầu đánh giá")
    take(officer, "evaluate", "Bắt đầu đánh giá")
    leaves = [one.get_attribute("value") for one in officer.locator("button[name=save]").all()]
    assert len(leaves) == 5
    for leaf in leaves:
        judge(officer, leaf)
    go(officer, "Đối chiếu với số liệu hiện nay")
    assert "Kết quả trong hồ sơ khớp với số liệu hiện nay." in main(officer)
    from_desk(leader, "Đánh giá từng tiêu chí và lập báo cáo")
    go(leader, "Sang báo cáo")
    take(leader, "report", "đạt")
    assert "Báo cáo đánh giá đã ký: đạt." in main(leader)


def issue(officer: Any, deputy: Any, public: Any, country: Country) -> str:
    """The Board issues itself: who judged may not, a deputy does."""
    from_desk(deputy, "Cấp giấy chứng nhận doanh nghiệp sinh thái")
    officer.goto(deputy.url)
    assert officer.locator("section.step button").count() == 0
    assert "cần người có quyền phê duyệt" in main(officer)
    take(deputy, "issue", "Cấp giấy chứng nhận")
    assert "Giấy chứng nhận đã cấp." in main(deputy)
    public.goto("/certificates/")
    go(public, FIRM)
    assert words(public.locator("#stands")) == "Có hiệu lực"
    return str(public.url)


def verify(public: Any, certificate: str) -> None:
    """The address in the QR code is the page the public reads."""
    pdf = download(public, public.locator("a", has_text="PDF có niêm phong"))
    [[credential]] = PdfReader(BytesIO(pdf)).attachments.values()
    assert json.loads(credential)["id"] == certificate
    public.goto("/certificates/verify/")
    public.set_input_files("[type=file]", SCAN | {"buffer": pdf})
    submit(public, "Kiểm tra")
    assert words(public.locator("#stands")) == "Có hiệu lực"
    assert "hết ngày 15/05/2031" in main(public) and FIRM in main(public)


def break_by_a_new_fact(
    office: Any, officer: Any, public: Any, country: Country, certificate: str
) -> None:
    """The park's office reports a certificate withdrawn; the page turns amber, the Board is told."""
    country.clock.leap_to(dt.date(2026, 6, 22))
    values = f"/parks/{country.park.code}/reports/2025/values"
    office.goto(f"{values}/iso_environment_system/?enterprise={country.firm.code}")
    office.select_option("main select >> nth=0", label="Không")
    office.fill("main [name=source]", "Thông báo thu hồi ISO 14001 ngày 18/06/2026")
    submit(office, "Ghi giá trị")

    public.goto(certificate)
    assert words(public.locator("#stands")) == "Có hiệu lực, đang xem xét"
    assert "Từ ngày 22/06/2026, số liệu mới không còn đáp ứng" in main(public)
    assert "không còn đạt" in from_desk(officer, "Kiểm tra tiêu chí 37.2.b")
    alert = words(officer.locator("article.alert"))
    assert "Có hệ thống quản lý môi trường theo ISO" in alert and "Trần Thị Lan" in alert


def inspect(clerk: Any, officer: Any, leader: Any, country: Country) -> None:
    """A visit with a finding; the enterprise answers; another person of the Board verifies."""
    with officer.expect_navigation():
        officer.locator("article.alert a", has_text="Lên kế hoạch kiểm tra").click()
    officer.fill("[name=purpose]", "Xem hệ thống quản lý môi trường.")
    officer.fill("[name=planned_on]", "2026-06-25")
    submit(officer, "Lên kế hoạch kiểm tra")
    country.clock.leap_to(dt.date(2026, 6, 25))
    assert "nay" in from_desk(officer, f"Kiểm tra {FIRM}")
    officer.set_input_files("[name=held-uploads]", SCAN | {"name": "bien-ban.pdf"})
    submit(officer, "Ghi nhận")
    officer.select_option("[name=observe-leaf]", ISO)
    officer.select_option("[name=observe-severity]", label="vi phạm nghiêm trọng")
    officer.fill("[name=observe-text]", "Chứng chỉ ISO 14001 đã bị thu hồi.")
    submit(officer, "Ghi kết quả")
    officer.click("summary:has-text('Yêu cầu khắc phục')")
    officer.fill("[name$=-what]", "Chứng nhận lại hệ thống quản lý môi trường.")
    officer.fill("[name$=-due_on]", "2026-07-10")
    with officer.expect_navigation():
        officer.locator("form[action$='/actions/'] button").click()

    assert "10/07/2026" in from_desk(clerk, "Khắc phục: Chứng nhận lại hệ thống")
    clerk.fill("[name=answer-text]", "Chưa ký được hợp đồng chứng nhận.")
    submit(clerk, "Gửi trả lời")
    assert "Chờ Ban quản lý xác nhận." in main(clerk)
    from_desk(leader, "Xác nhận khắc phục")
    leader.check("[name=verdict-accepted][value=no]")
    leader.fill("[name=verdict-verdict]", "Chưa khắc phục.")
    leader.fill("[name=verdict-due_on]", "2026-07-10")
    submit(leader, "Ghi kết luận")
    assert "không được chấp nhận" in main(leader)


def revoke(
    clerk: Any, officer: Any, leader: Any, deputy: Any, country: Country, certificate: str
) -> None:
    """The officer opens the case, the leader proposes, a deputy notifies and revokes."""
    country.clock.leap_to(dt.date(2026, 7, 13))
    officer.goto(f"{certificate}holding/")
    with officer.expect_navigation():
        officer.locator("article.alert a", has_text="Mở hồ sơ thu hồi").click()
    officer.fill("[name=facts]", "Không còn hệ thống quản lý môi trường theo ISO.")
    submit(officer, "Mở hồ sơ")
    case = str(officer.url)
    assert clerk.goto(case).status == 404
    from_desk(leader, "đề nghị thu hồi")
    take(leader, "propose", "Đề nghị thu hồi")
    country.clock.leap_to(dt.date(2026, 7, 14))
    from_desk(deputy, "Thông báo bằng văn bản cho bên được cấp")
    take(deputy, "notify_holder", "Thông báo")
    clerk.goto(case)
    seen = main(clerk)  # the body acts, its people are its own business
    assert "Thông báo thu hồi giấy chứng nhận" in seen and "Lê Hoàng Nam" not in seen
    country.clock.leap_to(dt.date(2026, 7, 24))
    from_desk(deputy, "Quyết định thu hồi hoặc dừng")
    take(deputy, "revoke", "Thu hồi giấy chứng nhận", "Không còn hệ thống quản lý môi trường.")
    assert "Giấy chứng nhận đã thu hồi." in main(deputy)


def everybody_learns(clerk: Any, public: Any, certificate: str, country: Country) -> None:
    """The public page and the enterprise's own say the same; a new application may be prepared."""
    public.goto(certificate)
    assert words(public.locator("#stands")) == "Đã thu hồi"
    assert "Không còn hệ thống quản lý môi trường." in main(public)
    clerk.goto(f"/enterprises/{country.firm.code}/certification/")
    assert "Đã thu hồi" in main(clerk) and "Lập hồ sơ đăng ký chứng nhận" in main(clerk)
