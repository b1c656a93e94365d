"""Import lists of parks and enterprises: keep the upload, apply it whole or not at all."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from sinhthai.accounts.actions import record_audit
from sinhthai.accounts.models import User
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text, fold
from sinhthai.registry.actions.enterprises import refresh_enterprise_search
from sinhthai.registry.actions.parks import FactGiven, keep_facts, refresh_park_search
from sinhthai.registry.engine.preview import Entry, Preview, slug_of
from sinhthai.registry.list_readers import (
    preview_enterprise_file,
    preview_import,
    preview_park_file,
)
from sinhthai.registry.models import (
    Enterprise,
    EnterpriseStatus,
    Operator,
    Park,
    Province,
    RegistryImport,
)
from sinhthai.registry.policy import Person, parks_writable
from sinhthai.registry.signals import roster_changed

_TOLD_CHANGES = 500  # so many changes are spelt out in the audit entry
_PARK_TEXTS = ("name_vi", "name_en", "other_names", "point_source")
_PARK_VALUES = ("lat", "lon", "established_on", "registered_as_new_eip", "invented")
_ENTERPRISE_VALUES = (
    "tax_code",
    "name_vi",
    "name_en",
    "vsic",
    "employees",
    "country",
    "lat",
    "lon",
    "invented",
)


def keep_upload(
    kind: str,
    *,
    file_name: str,
    data: bytes,
    by: User,
    at: dt.datetime,
    park: Park | None = None,
) -> RegistryImport:
    """Keep an uploaded list that can be read, with the fingerprint of its preview.

    Raises
    ------
    InputError
        The file cannot be read as such a list; nothing is kept.
    """
    kept = RegistryImport(
        kind=RegistryImport.Kind(kind),
        park=park,
        file_name=file_name[-200:],
        content=data,
        sha256=hashlib.sha256(data).hexdigest(),
        uploaded_by=by,
        uploaded_at=at,
    )
    kept.preview_digest = preview_import(kept, by=by, today=_day(at)).digest()
    kept.save()
    return kept


def apply_import(kept: RegistryImport, *, by: User, at: dt.datetime) -> Preview:
    """Apply a kept upload as its preview showed it.

    Raises
    ------
    InputError
        It was applied before, a line is refused, or the register has changed since the preview.
    """
    with transaction.atomic():
        kept = RegistryImport.objects.select_for_update().get(pk=kept.pk)
        if kept.applied_at:
            raise InputError([_APPLIED])
        preview = preview_import(kept, by=by, today=_day(at))
        changed = preview.digest() != kept.preview_digest
        kept.preview_digest = preview.digest()
        if not changed:
            _write(preview, kept.kind, kept.file_name, kept.sha256, by=by, at=at)
            kept.applied_at = at
            kept.created, kept.changed = preview.counts["new"], preview.counts["changed"]
        kept.save()
    if changed:  # raised outside the transaction, so that the new preview is kept
        raise InputError([_CHANGED])
    return preview


def import_list(
    kind: str,
    *,
    file_name: str,
    data: bytes,
    at: dt.datetime,
    by: Person | None = None,
    park: Park | None = None,
    dry_run: bool = False,
) -> Preview:
    """Read, judge and, unless *dry_run* or a line is refused, apply a list in one go."""
    with transaction.atomic():
        preview = (
            preview_park_file(file_name, data, by=by, today=_day(at))
            if kind == RegistryImport.Kind.PARKS
            else preview_enterprise_file(file_name, data, park=park, by=by, today=_day(at))
        )
        if not dry_run and preview.is_clean:
            _write(preview, kind, file_name, hashlib.sha256(data).hexdigest(), by=by, at=at)
    return preview


def _day(at: dt.datetime) -> dt.date:
    return timezone.localdate(at)


def _write(
    preview: Preview,
    kind: str,
    file_name: str,
    sha256: str,
    *,
    by: Person | None,
    at: dt.datetime,
) -> None:
    if not preview.is_clean:
        raise InputError(preview.errors)
    if not preview.writes:
        return
    if kind == RegistryImport.Kind.PARKS:
        _write_parks(preview.writes, by)
        _audit(preview, "import_parks", "", file_name, sha256, by=by, at=at)
        return
    for park in _write_enterprises(preview.writes):
        _audit(preview, "import_enterprises", park.code, file_name, sha256, by=by, at=at)
        transaction.on_commit(
            lambda park=park: roster_changed.send(sender=Park, park=park),  # type: ignore[misc]
            robust=True,  # the list stands, whatever its listeners do
        )


def _audit(
    preview: Preview,
    action: str,
    park_code: str,
    file_name: str,
    sha256: str,
    *,
    by: Person | None,
    at: dt.datetime,
) -> None:
    mine = [e for e in preview.writes if not park_code or e.given.get("park") == park_code]
    new = sum(entry.kind == "new" for entry in mine)
    what = Text("khu công nghiệp", "parks")
    if action == "import_enterprises":
        what = Text("doanh nghiệp", "enterprises")
    record_audit(
        actor=by,
        action=f"registry.{action}",
        at=at,
        summary=Text(
            f"Nhập {what.vi} từ {file_name}: {new} mới, {len(mine) - new} thay đổi",
            f"Imported {what.en} from {file_name}: {new} new, {len(mine) - new} changed",
        ),
        park_code=park_code,
        object_kind=action.removeprefix("import_").removesuffix("s"),
        detail={
            "file": file_name,
            "sha256": sha256,
            "new": [entry.code for entry in mine if entry.kind == "new"][:_TOLD_CHANGES],
            "changes": [
                [entry.code, change.key, _plain(change.before), _plain(change.after)]
                for entry in mine
                if entry.kind == "changed"
                for change in entry.changes
            ][:_TOLD_CHANGES],
        },
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value


def _write_parks(entries: Sequence[Entry], by: Person | None) -> None:
    provinces = {(row.code, row.valid_until is None): row for row in Province.objects.all()}
    stored = Park.objects.select_related("province", "province_now", "operator").in_bulk(
        [entry.code for entry in entries], field_name="code"
    )
    operators = _Operators(by)
    for entry in entries:
        park = stored.get(entry.code) or Park(code=entry.code)
        given = entry.given
        for key in _PARK_TEXTS + _PARK_VALUES:
            if key in given:
                setattr(park, key, given[key])
        park.name_en = park.name_en or park.name_vi
        _place(park, entry, provinces)
        if "operator" in given:
            park.operator = operators.find(
                str(given["operator"]), str(given.get("operator_tax_code", ""))
            )
        refresh_park_search(park)
        park.save()
        if any(change.key.startswith("area_") for change in entry.changes):
            keep_facts(park, [_area(entry)])


def _place(park: Park, entry: Entry, provinces: dict[tuple[str, bool], Province]) -> None:
    """Set both provinces; an older one that no longer fits the newer one is not kept."""
    given = entry.given
    moved = False
    if "province" in given:
        now = provinces[str(given["province"]), True]
        moved = park.province_now_id != now.pk
        park.province_now = now
    if "province_before" in given:
        park.province = provinces[str(given["province_before"]), False]
    elif moved:
        park.province = park.province_now


def _area(entry: Entry) -> FactGiven:
    area = float(str(entry.given["area_ha"]))
    return FactGiven(
        field="area_ha",
        value=f"{area:.10g}",
        number=area,
        unit_or_note="ha",
        as_of=str(entry.given.get("area_as_of", "")),
        source=str(entry.given["area_source"]),
        confidence=str(entry.given.get("area_confidence", "medium")),
    )


class _Operators:
    """Operators by tax code, else by name without diacritics; new ones are entered.

    One that also runs parks *by* may not write is linked to, never changed.
    """

    def __init__(self, by: Person | None) -> None:
        self._by = by
        rows = list(Operator.objects.all())
        self._by_tax_code = {row.tax_code: row for row in rows if row.tax_code}
        self._by_name = {fold(row.name_vi): row for row in rows}
        self._codes = {row.code for row in rows}

    def find(self, name: str, tax_code: str) -> Operator:
        found = self._by_tax_code.get(tax_code) or self._by_name.get(fold(name))
        if found is None:
            found = Operator(code=self._new_code(name), name_vi=name, tax_code=tax_code)
        elif found.tax_code == (tax_code or found.tax_code) and found.name_vi == name:
            return found
        elif self._runs_other_parks(found):
            if fold(found.name_vi) == fold(name) and tax_code in ("", found.tax_code):
                return found  # only written otherwise
            raise InputError([_operator_of_others(found)])
        found.name_vi, found.tax_code = name, tax_code or found.tax_code
        found.save()
        self._by_name[fold(name)] = found
        if found.tax_code:
            self._by_tax_code[found.tax_code] = found
        return found

    def _runs_other_parks(self, found: Operator) -> bool:
        if self._by is None:
            return False
        own = parks_writable(self._by).values("pk")
        return Park.objects.filter(operator=found).exclude(pk__in=own).exists()

    def _new_code(self, name: str) -> str:
        stem = slug_of(name)[:56].strip("-") or "operator"
        code, number = stem, 2
        while code in self._codes:
            code, number = f"{stem}-{number}", number + 1
        self._codes.add(code)
        return code


def _write_enterprises(entries: Sequence[Entry]) -> list[Park]:
    """Write enterprises and statuses in bulk; return the parks touched."""
    parks = Park.objects.in_bulk({str(e.given["park"]) for e in entries}, field_name="code")
    stored = Enterprise.objects.filter(park__in=parks.values()).in_bulk(field_name="code")
    new: list[Enterprise] = []
    changed: list[Enterprise] = []
    rows: dict[str, Enterprise] = {}
    for entry in entries:
        row = stored.get(entry.code) or Enterprise(code=entry.code)
        row.park = parks[str(entry.given["park"])]
        for key in _ENTERPRISE_VALUES:
            if key in entry.given:
                setattr(row, key, entry.given[key])
        refresh_enterprise_search(row)
        rows[entry.code] = row
        (changed if row.pk else new).append(row)
    Enterprise.objects.bulk_create(new, batch_size=500)
    Enterprise.objects.bulk_update(changed, [*_ENTERPRISE_VALUES, "search"], batch_size=200)
    statuses: dict[tuple[str, dt.date], str] = {}
    for entry in entries:
        given = entry.given
        opened, since = given.get("operating_since"), given.get("status_since")
        if isinstance(opened, dt.date):
            statuses[entry.code, opened] = "operating"
        if isinstance(since, dt.date):
            statuses[entry.code, since] = str(given["status"])
    EnterpriseStatus.objects.bulk_create(
        [
            EnterpriseStatus(enterprise=rows[code], valid_from=day, status=status)
            for (code, day), status in statuses.items()
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["enterprise", "valid_from"],
        update_fields=["status"],
    )
    return sorted(parks.values(), key=lambda park: park.code)


def _operator_of_others(found: Operator) -> Problem:
    return Problem(
        "operator-of-others",
        Text(
            f"nhà đầu tư “{found.name_vi}” còn vận hành khu công nghiệp ngoài quyền của bạn",
            f"the operator “{found.name_vi}” also runs parks you may not change",
        ),
        Text(
            "ghi đúng tên và mã số thuế đã có, hoặc đề nghị cơ quan cấp trên sửa",
            "write its name and tax code as they stand, or ask the authority above to change them",
        ),
    )


_APPLIED = Problem(
    "applied-already",
    Text("tệp này đã được áp dụng", "this file was applied already"),
    Text("tải tệp mới lên nếu còn thay đổi", "upload a new file if there is more to change"),
)
_CHANGED = Problem(
    "register-changed",
    Text("danh bạ đã thay đổi sau khi xem trước", "the register changed after the preview"),
    Text("xem lại bản xem trước mới rồi áp dụng", "look at the new preview, then apply"),
)
