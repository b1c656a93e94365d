"""The certificate on paper: what it says, what it carries, and that it fits the page."""

import dataclasses
import datetime as dt
import io
import json

import pytest
import segno
from pypdf import PdfReader

from sinhthai.certification.documents.certificate import (
    ATTACHMENT,
    CertificateFacts,
    ShownOverride,
    certificate_pdf,
)
from sinhthai.foundation.text import Text

URL = "https://sinhthai.example/certificates/k3v9x2mq7p4d/"
FACTS = CertificateFacts(
    subject="park",
    number="0001/GCN-KCNST-2026",
    holder=Text("Khu công nghiệp Hiệp Phước", "Hiep Phuoc Industrial Park"),
    holder_code="hiep-phuoc",
    operator=Text("Công ty Hạ tầng Ưu Việt", "Uu Viet Infrastructure"),
    park=None,
    place=Text("Thành phố Hồ Chí Minh", "Ho Chi Minh City"),
    issuer=Text("Ủy ban nhân dân Thành phố Hồ Chí Minh", "People's Committee of Ho Chi Minh City"),
    framework=Text("Tiêu chí khu công nghiệp sinh thái", "Eco-industrial park criteria"),
    instrument=Text("Nghị định 35/2022/NĐ-CP", "Decree 35/2022/ND-CP"),
    criteria=12,
    issued_on=dt.date(2026, 11, 22),
    valid_until=dt.date(2031, 11, 22),
    dossier_digest="ab" * 32,
    assessment_digest="0f" * 32,
    key="did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
    url=URL,
    made_at=dt.datetime(2026, 11, 22, tzinfo=dt.UTC),
)
CREDENTIAL = json.dumps({"name": "Hiệp Phước ≥ 20 %", "n": [1, 2]}, ensure_ascii=False).encode()
OVERRIDE = ShownOverride(
    "37.2.c",
    Text("Doanh nghiệp áp dụng RECP", "Enterprises applying RECP"),
    Text("Quy định chưa được đối chiếu", "The rule was not verified"),
    "điểm c khoản 2 Điều 37",
    "Đã đối chiếu với Công báo.",
    "Nguyễn Thị Ánh Nguyệt",
    dt.date(2026, 11, 20),
)


def qr_of(url):
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def make(**changes):
    facts = dataclasses.replace(FACTS, **changes)
    return certificate_pdf(facts, qr_of(facts.url), CREDENTIAL)


def read(content):
    pages = PdfReader(io.BytesIO(content)).pages
    said = " ".join(page.extract_text() for page in pages).replace("\u200b", "")
    return "".join(said.split())


def has(said, *parts):
    return [part for part in parts if "".join(part.split()) not in said]


def test_it_says_who_what_where_and_how_long_in_both_languages():
    missing = has(
        read(make()),
        "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIẤY CHỨNG NHẬN", "KHU CÔNG NGHIỆP SINH THÁI", "Eco-Industrial Park Certificate",
        "Khu công nghiệp Hiệp Phước", "Hiep Phuoc Industrial Park", "Công ty Hạ tầng Ưu Việt",
        "0001/GCN-KCNST-2026", "ngày 22 tháng 11 năm 2026", "12 tiêu chí khu công nghiệp",
        "12 eco-industrial park criteria", "ab" * 32, "0f" * 32, FACTS.key, URL,
    )  # fmt: skip
    assert not missing


def test_the_last_day_it_holds_is_the_day_before_it_ends():
    assert not has(read(make()), "Đến hết ngày 21 tháng 11 năm 2031".replace("Đến hết", ""))
    assert has(read(make()), "22 tháng 11 năm 2031")


def test_it_fits_one_page():
    assert len(PdfReader(io.BytesIO(make())).pages) == 1


def test_it_carries_the_credential_byte_for_byte():
    files = PdfReader(io.BytesIO(make())).attachments
    assert files == {ATTACHMENT: [CREDENTIAL]}


def test_the_same_facts_give_the_same_bytes_and_others_do_not():
    assert make() == make()
    assert make() != make(number="0002/GCN-KCNST-2026")
    assert make() != certificate_pdf(FACTS, qr_of(URL), CREDENTIAL + b" ")


def test_the_qr_code_of_the_address_is_on_the_page():
    assert make() != certificate_pdf(FACTS, qr_of("https://elsewhere.example/"), CREDENTIAL)
    links = [
        note.get_object()["/A"]["/URI"]
        for note in PdfReader(io.BytesIO(make())).pages[0]["/Annots"]
    ]
    assert URL in links


def test_every_override_is_shown_with_its_reason():
    said = read(make(overrides=(OVERRIDE,) * 9))
    assert said.count("ĐãđốichiếuvớiCôngbáo.") == 9
    assert not has(said, "Ngoại lệ pháp lý", "Legal overrides", "điểm c khoản 2 Điều 37")
    assert has(read(make()), "Legal overrides")


def test_an_enterprise_shows_its_park_and_code():
    said = read(
        make(
            subject="enterprise",
            holder=Text("Sữa Đại Phát", "Dai Phat Milk"),
            holder_code="0300588569",
            park=FACTS.holder,
            replaces="0007/GCN-DNST-2021",
            is_recertified=True,
        )
    )
    missing = has(
        said, "DOANH NGHIỆP SINH THÁI", "0300588569", "Khu công nghiệp Hiệp Phước",
        "Thay giấy chứng nhận số", "0007/GCN-DNST-2021", "chứng nhận lại",
    )  # fmt: skip
    assert not missing


def test_invented_data_says_so_in_both_languages():
    assert not has(read(make(invented=True)), "SỐ LIỆU GIẢ ĐỊNH", "Invented data for demonstration")
    assert has(read(make()), "Invented data")


def test_the_layout_does_not_pass_for_the_official_form():
    assert not has(read(make()), "không phải mẫu chính thức", "not the official form")


@pytest.mark.parametrize(
    "name", ["Công ty " + "Trách nhiệm hữu hạn " * 14, "W" * 200, "中国 – 越南 ☀"]
)
def test_any_name_can_be_set(name):
    page = PdfReader(io.BytesIO(make(holder=Text(name, name), issuer=Text(name, name)))).pages[0]
    reached = []

    def seen(text, cm, tm, font, size):
        if text.strip():
            reached.append((tm[4] * cm[0] + cm[4]) / float(page.mediabox.width))

    page.extract_text(visitor_text=seen)
    assert max(reached) < (210 - 20) / 210


def test_it_is_tagged_and_titled():
    reader = PdfReader(io.BytesIO(make()))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"] and catalogue["/Lang"] == "vi"
    assert "Giấy chứng nhận khu công nghiệp sinh thái" in reader.metadata.title
