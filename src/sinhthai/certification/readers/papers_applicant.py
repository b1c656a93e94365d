"""What the applicant signs: the registration letter (A.1, B.1) and the report (A.2, B.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sinhthai.certification.documents import words
from sinhthai.certification.documents.model import (
    Block,
    Column,
    Document,
    Fields,
    Heading,
    Items,
    Paragraph,
    Signature,
    Table,
)
from sinhthai.certification.readers.paper_facts import PaperFacts
from sinhthai.certification.readers.paper_tables import (
    enterprises_by_industry,
    land_occupied,
    section_table,
)
from sinhthai.foundation.numbers import format_number
from sinhthai.foundation.text import Text
from sinhthai.registry.models import EnterpriseStatus
from sinhthai.reporting.readers import read_roster
from sinhthai.rules.bundle import load_bundle

DECREE = Text(
    "Căn cứ Nghị định số 35/2022/NĐ-CP ngày 28 tháng 5 năm 2022 của Chính phủ quy định về quản lý "
    "khu công nghiệp và khu kinh tế",
    "Pursuant to Decree 35/2022/ND-CP of 28 May 2022 of the Government on the management of "
    "industrial parks and economic zones",
)
_STATUS = {
    EnterpriseStatus.Status.REGISTERED: Text("đã đăng ký", "registered"),
    EnterpriseStatus.Status.LEASED: Text("đã thuê đất", "land leased"),
    EnterpriseStatus.Status.OPERATING: Text("đang hoạt động", "operating"),
    EnterpriseStatus.Status.SUSPENDED: Text("tạm ngừng", "suspended"),
    EnterpriseStatus.Status.CLOSED: Text("đã đóng cửa", "closed"),
    None: Text("chưa rõ tình trạng", "status not known"),
}


def bases(facts: PaperFacts, *clauses: str) -> list[Block]:
    """Return the legal bases every paper begins with: the decree, then its clauses."""
    said = facts.say(DECREE)
    cited = ", ".join(facts.clause(clause) for clause in clauses)
    where = facts.say(Text("; trong đó có", "; in particular"))
    return [Paragraph(f"{said}{f'{where} {cited}' if cited else ''};", "basis")]


def applicant_signature(facts: PaperFacts) -> Signature:
    """Return who signs for the applicant, with room for the name where it is not written yet."""
    position = facts.say(Text("Người đại diện theo pháp luật", "Legal representative"))
    return Signature(
        position=facts.written("position") or position,
        name=facts.written("representative") or "",
        recipients=(
            facts.say(Text("Như trên", "As above")),
            facts.say(words.ARCHIVE),
        ),
    )


def compose_letter(facts: PaperFacts) -> Document:
    """Write the registration letter: who asks for what, with which papers, and stands for them."""
    say = facts.say
    again = facts.dossier.kind == "recertify"
    wanted = facts.title_of_certificate
    verb = (
        Text("đăng ký chứng nhận lại", "the re-certification of")
        if again
        else Text("đăng ký chứng nhận", "the certification of")
    )
    abstract = Text(f"{verb.vi} {wanted.vi}", f"{verb.en} an {wanted.en}")
    rule = facts.rule("letter")
    blocks = [
        *bases(facts, *(rule.rule.clause.split(", ") if rule else ())),
        Paragraph(say(_request(facts, abstract))),
        *_identity(facts),
        Heading(say(Text("III. Hồ sơ gửi kèm", "III. Papers enclosed"))),
        Items(tuple(_enclosed(facts))),
        Paragraph(
            say(
                Text(
                    f"Hồ sơ được lập thành {facts.procedure.sets:02} bộ.",
                    f"The dossier is filed in {facts.procedure.sets} sets.",
                )
            )
        ),
        Heading(say(Text("IV. Cam kết", "IV. Undertaking"))),
        Paragraph(
            say(
                Text(
                    f"{facts.applicant.vi} chịu trách nhiệm trước pháp luật về tính hợp pháp, "
                    "chính xác và trung thực của hồ sơ và các tài liệu gửi kèm.",
                    f"{facts.applicant.en} answers in law for the legality, accuracy and truth of "
                    "the dossier and the papers enclosed.",
                )
            )
        ),
    ]
    return Document(
        title=Text(
            f"Văn bản {abstract.vi}: {facts.subject.vi}",
            f"Letter asking for {abstract.en}: {facts.subject.en}",
        ),
        kind=say(Text("Văn bản đăng ký", "Registration letter")),
        abstract=say(Text(_capital(abstract.vi), f"for {abstract.en}")),
        header=facts.header(facts.applicant),
        blocks=tuple(blocks),
        made_at=facts.at,
        language=facts.language,
        addressees=(say(facts.board),),
        signature=applicant_signature(facts),
        pins=facts.pins(),
        notes=facts.notes(),
        invented=facts.invented,
    )


def compose_operation(facts: PaperFacts) -> Document:
    """Write the report on operation: for a park, on the investment it attracted as well."""
    say, year = facts.say, facts.dossier.year
    blocks: list[Block] = [*bases(facts)]
    blocks += _identity(facts)
    blocks.append(Heading(say(Text("III. Tình hình hoạt động", "III. Operation"))))
    blocks += _words_of(facts, "operation")
    sections = [
        section
        for section in load_bundle().sections
        if section.subject == ("park" if facts.is_park else "enterprise")
        and not section.optional
        and section.id != "park_investor"
    ]
    for number, section in enumerate(sections, start=1):
        blocks.append(Heading(f"{number}. {say(section.name)}", 2))
        blocks.append(section_table(facts, section))
    if facts.is_park:
        blocks += _attraction(facts)
    name = facts.subject
    what = (
        Text("Tình hình hoạt động và thu hút đầu tư", "Operation and investment attraction")
        if facts.is_park
        else Text("Tình hình hoạt động của doanh nghiệp", "Operation of the enterprise")
    )
    return Document(
        title=Text(f"Báo cáo {_small(what.vi)}: {name.vi}", f"Report: {what.en}, {name.en}"),
        kind=say(Text("Báo cáo", "Report")),
        abstract=say(Text(f"{what.vi}\n{name.vi}, năm {year}", f"{what.en}\n{name.en}, {year}")),
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


def _request(facts: PaperFacts, abstract: Text) -> Text:
    applicant, subject = facts.applicant, facts.subject
    if not facts.is_park:
        return Text(
            f"{applicant.vi}, doanh nghiệp tại {facts.park.vi}, {abstract.vi} với các nội dung "
            "sau:",
            f"{applicant.en}, an enterprise in {facts.park.en}, applies for {abstract.en}:",
        )
    return Text(
        f"{applicant.vi}, nhà đầu tư xây dựng và kinh doanh kết cấu hạ tầng {subject.vi}, "
        f"{abstract.vi} với các nội dung sau:",
        f"{applicant.en}, the infrastructure investor of {subject.en}, applies for {abstract.en}:",
    )


def _identity(facts: PaperFacts) -> list[Block]:
    """Return who the applicant is and what the park is, from registry, records and their words."""
    say, park, enterprise = facts.say, facts.dossier.park, facts.dossier.enterprise
    given: list[tuple[str, str | None]]
    if enterprise is None:
        operator = park.operator
        first = Text("I. Nhà đầu tư hạ tầng", "I. The infrastructure investor")
        tax_code = (operator.tax_code if operator else "") or facts.value("investor_tax_code")
        website = (operator.website if operator else "") or facts.value("investor_website")
        given = [
            (say(Text("Tên", "Name")), say(facts.applicant)),
            (say(Text("Mã số doanh nghiệp", "Enterprise code")), tax_code),
            (say(_ADDRESS), facts.written("address") or facts.value("investor_address")),
            (say(_LICENCE), facts.written("registration") or facts.value("investor_registration")),
            (say(Text("Loại hình", "Legal form")), facts.value("investor_legal_form")),
            (say(Text("Điện thoại", "Telephone")), facts.value("investor_phone")),
            (say(Text("Thư điện tử", "E-mail")), facts.value("investor_email")),
            (say(Text("Trang thông tin điện tử", "Website")), website),
        ]
    else:
        first = Text("I. Doanh nghiệp", "I. The enterprise")
        employees = enterprise.employees
        given = [
            (say(Text("Tên", "Name")), say(facts.subject)),
            (say(Text("Mã số doanh nghiệp", "Enterprise code")), enterprise.tax_code),
            (say(_ADDRESS), facts.written("address")),
            (say(_LICENCE), facts.written("registration")),
            (say(Text("Ngành kinh tế (VSIC)", "Industry (VSIC)")), enterprise.vsic or None),
            (
                say(Text("Số lao động", "Employees")),
                None if employees is None else format_number(employees, facts.language),
            ),
        ]
    given += [
        (
            say(Text("Người đại diện theo pháp luật", "Legal representative")),
            facts.written("representative") or facts.value("investor_representative"),
        ),
        (say(Text("Chức vụ", "Position")), facts.written("position")),
        (say(Text("Người liên hệ", "Contact person")), facts.written("contact")),
    ]
    second = (
        Text("II. Khu công nghiệp", "II. The industrial park")
        if facts.is_park
        else Text("II. Khu công nghiệp nơi doanh nghiệp hoạt động", "II. The park it is in")
    )
    established = facts.day(park.established_on)
    of_park = [
        (say(Text("Tên", "Name")), say(facts.park)),
        (say(Text("Địa điểm", "Place")), say(facts.place)),
        (say(Text("Ngày thành lập", "Established on")), established),
    ]
    if facts.is_park:
        of_park += [
            (say(Text("Dự án hạ tầng", "Infrastructure project")), facts.value("project_name")),
            (
                say(Text("Quyết định, giấy chứng nhận đầu tư", "Investment decision")),
                facts.value("project_licence"),
            ),
            (
                say(Text("Diện tích theo quy hoạch", "Area in the plan")),
                facts.value("plan_area_ha"),
            ),
        ]
    else:
        of_park.append(
            (
                say(Text("Nhà đầu tư hạ tầng", "Infrastructure investor")),
                say(facts.operator) if facts.operator else None,
            )
        )
    return [
        Heading(say(first)),
        Fields(tuple((label, said or None) for label, said in given)),
        Heading(say(second)),
        Fields(tuple(of_park)),
    ]


_ADDRESS = Text("Địa chỉ trụ sở", "Head office")
_LICENCE = Text("Giấy chứng nhận đăng ký", "Registration certificate")


def _enclosed(facts: PaperFacts) -> list[str]:
    """Return the other papers of the applicant, then what they list themselves."""
    papers = [
        facts.say(paper.title)
        for paper in facts.procedure.papers
        if paper.party == "applicant" and paper.id not in ("letter", "other")
    ]
    other = facts.written("other") or ""
    return papers + [line.strip() for line in other.splitlines() if line.strip()]


def _words_of(facts: PaperFacts, field: str) -> Sequence[Block]:
    said = facts.written(field)
    return [Paragraph(said if said is not None else facts.say(words.NOT_REPORTED))]


def _attraction(facts: PaperFacts) -> list[Block]:
    """Return the investment a park attracted: occupancy, enterprises by status and industry."""
    say, language = facts.say, facts.language
    year, code = facts.dossier.year, facts.dossier.park.code
    roster = read_roster([code], [year]).to_pylist()
    counted = Counter(row["status"] for row in roster)
    rows = tuple(
        (say(label), format_number(counted[status], language))
        for status, label in _STATUS.items()
        if counted[status]
    )
    occupied, leasable = land_occupied(facts.dossier.park)
    share = None
    if leasable:
        share = f"{format_number(100 * float(occupied / leasable), language, 1)}\u00a0%"
    land = None if leasable is None else f"{format_number(float(leasable), language)}\u00a0ha"
    used = None if leasable is None else f"{format_number(float(occupied), language)}\u00a0ha"
    total = (say(Text("Tổng số", "Total")), format_number(len(roster), language))
    return [
        Heading(say(Text("IV. Tình hình thu hút đầu tư", "IV. Investment attraction"))),
        *_words_of(facts, "attraction"),
        Heading(say(Text("1. Tỷ lệ lấp đầy", "1. Occupancy")), 2),
        Fields(
            (
                (say(Text("Đất công nghiệp và dịch vụ", "Industrial and service land")), land),
                (say(Text("Đã cho thuê", "Leased")), used),
                (say(Text("Tỷ lệ lấp đầy (khoản 22 Điều 2)", "Occupancy (Article 2.22)")), share),
            )
        ),
        Heading(say(Text("2. Doanh nghiệp theo tình trạng", "2. Enterprises by status")), 2),
        Table(
            (
                Column(say(Text("Tình trạng ngày 31/12", "Status on 31 December")), 3),
                Column(say(Text("Số doanh nghiệp", "Enterprises")), 1, "right"),
            ),
            (*rows, total) if roster else ((say(Text("Tổng số", "Total")), None),),
            total=True,
        ),
        Heading(say(Text("3. Doanh nghiệp theo ngành", "3. Enterprises by industry")), 2),
        enterprises_by_industry(facts, [str(row["enterprise"]) for row in roster]),
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
