"""The public register of certificates as a file."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from sinhthai.certification.models import Certificate
from sinhthai.certification.readers.certificates import STANDINGS
from sinhthai.certification.wording import enterprise_name, organisation_name, park_name
from sinhthai.foundation.tables import write_table
from sinhthai.foundation.text import Text

FORMS = ("xlsx", "csv")
NAME = Text("Sổ đăng ký giấy chứng nhận", "Register of certificates")
_INVENTED = Text("dữ liệu giả định", "invented data")
_COLUMNS = (
    (Text("Số", "No."), 44), (Text("Loại", "Kind"), 24), (Text("Cấp cho", "Holder"), 40),
    (Text("Khu công nghiệp", "Industrial park"), 36), (Text("Cơ quan cấp", "Issuer"), 44),
    (Text("Ngày cấp", "Issued on"), 14), (Text("Ngày cuối có hiệu lực", "Last day"), 20),
    (Text("Trạng thái", "State"), 26), (Text("Trạng thái từ", "State since"), 16),
    (Text("Tiêu chí không còn đạt từ", "Criterion broken since"), 24),
    (Text("Được thay bằng", "Replaced by"), 44), (Text("Trang công khai", "Public page"), 52),
    (Text("SHA-256 của chứng nhận điện tử", "SHA-256 of the credential"), 66),
    (Text("Dữ liệu", "Data"), 16),
)  # fmt: skip
KINDS = {
    "park": Text("Khu công nghiệp sinh thái", "Eco-industrial park"),
    "enterprise": Text("Doanh nghiệp sinh thái", "Eco-enterprise"),
}


def certificates_file(rows: Iterable[Certificate], *, fmt: str, language: str) -> bytes:
    """Return the certificates, one a line. They carry ``standing``."""

    from django.utils import timezone

    def line(row: Certificate) -> list[object]:
        holder = enterprise_name(row.enterprise) if row.enterprise else park_name(row.park)
        invented = row.park.invented or bool(row.enterprise and row.enterprise.invented)
        newer = getattr(row, "replaced_by", None)
        return [
            row.number,
            KINDS["enterprise" if row.enterprise_id else "park"].get(language),
            holder.get(language),
            park_name(row.park).get(language),
            organisation_name(row.issuer).get(language),
            row.issued_on,
            row.last_day,
            STANDINGS[row.standing].get(language),  # type: ignore[attr-defined]
            timezone.localtime(row.state_since).date(),
            row.broken_since,
            newer.number if newer else "",
            f"{settings.SINHTHAI_PUBLIC_URL}/certificates/{row.public_id}/",
            row.digest,
            _INVENTED.get(language) if invented else "",
        ]

    columns = [(name.get(language), width) for name, width in _COLUMNS]
    return write_table(fmt, columns, map(line, rows), name=NAME.get(language))  # type: ignore[arg-type]
