"""Read, check and compile ``forms.yaml`` against the dictionary of facts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.bundle import DATA, hash_of, load_bundle
from sinhthai.rules.files import read_one
from sinhthai.rules.forms import COMPUTED, FORMS, Forms, forms_of
from sinhthai.rules.forms_schema import FieldIn, FormIn, FormsFile
from sinhthai.rules.model import Item

FILE = "forms.yaml"
REGISTRY = frozenset(
    {
        "park.name", "park.province",
        "enterprise.name", "enterprise.tax_code", "enterprise.country",
    }
)  # fmt: skip


def compile_forms_text(folder: Path = DATA) -> str:
    """Return the text of ``forms.json`` for the YAML file of *folder*.

    Raises
    ------
    InputError
        With every problem found, each with file, line, field and cure.
    """
    file, lines, problems = read_one(folder, FILE, FormsFile)
    items = load_bundle().items
    if file is not None:
        checker = _Checker(items, lines)
        problems = [*problems, *(found for form in file.forms for found in checker.form(form))]
        problems += checker.unmapped(file)
    if file is None or problems:
        raise InputError(problems)
    content = file.model_dump()
    for form in content["forms"]:
        for block in form["blocks"]:
            block["fields"] = [_filled(row, items) for row in block["fields"]]
    document = {"hash": hash_of(content), "content": content}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def compile_forms(folder: Path = DATA) -> Forms:
    """Return the forms of *folder* without writing them."""
    document = json.loads(compile_forms_text(folder))
    return forms_of(document["content"], document["hash"])


def write_forms(folder: Path = DATA, target: Path = FORMS) -> bool:
    """Rewrite *target* from *folder*; return whether it changed."""
    text = compile_forms_text(folder)
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.write_text(text, encoding="utf-8")
    return True


def _filled(row: dict[str, Any], items: Mapping[str, Item]) -> dict[str, Any]:
    """Return the field with what its item says of itself."""
    item = items.get(row["item"])
    if item is None:
        return {**row, "unit": row["unit"] or "", "kind": row["kind"] or "text"}
    choices = [
        {"code": one.code, "name": {"vi": one.name.vi, "en": one.name.en}} for one in item.choices
    ]
    return {
        **row,
        "title": row["title"] or {"vi": item.name.vi, "en": item.name.en},
        "kind": item.kind,
        "unit": item.unit,
        "minimum": item.minimum,
        "maximum": item.maximum,
        "choices": choices,
    }


@dataclass(frozen=True, slots=True)
class _Checker:
    items: Mapping[str, Item]
    lines: Mapping[str, int]

    def form(self, form: FormIn) -> Iterator[Problem]:
        """Yield what is wrong with one form."""
        fields = [one for block in form.blocks for one in block.fields]
        known = {one.id: one for one in fields}
        for twice, count in Counter(one.id for one in fields).items():
            if count > 1:
                yield self._problem(
                    "forms-field-twice", form, twice,
                    Text("trường này có hai lần", "this field stands there twice"),
                    Text("đổi tên một trường", "rename one of them"),
                )  # fmt: skip
        for one in fields:
            yield from self._origin(form, one)
            yield from self._parts(form, one, known)

    def unmapped(self, file: FormsFile) -> Iterator[Problem]:
        """Yield every fact the dictionary places in a form that does not ask it."""
        asked = {
            (form.id, one.item)
            for form in file.forms
            for block in form.blocks
            for one in block.fields
        }
        for item in self.items.values():
            for name in {place.split()[0] for place in item.forms}:
                if (name, item.code) not in asked:
                    yield Problem(
                        "forms-item-unmapped",
                        Text(f"mẫu {name} không hỏi mục này", f"form {name} does not ask this"),
                        Text(
                            "thêm trường vào mẫu, hoặc sửa forms của mục",
                            "add a field to the form, or mend the item's forms",
                        ),
                        Place(FILE, cell=item.code),
                    )

    def _origin(self, form: FormIn, one: FieldIn) -> Iterator[Problem]:
        origins = [bool(one.item), bool(one.registry), bool(one.parts)]
        item = self.items.get(one.item)
        if sum(origins) > 1:
            yield self._problem(
                "forms-two-origins", form, one.id,
                Text("một trường chỉ lấy từ một nơi", "a field comes from one place only"),
                Text("giữ item, registry hoặc parts", "keep item, registry or parts"),
            )  # fmt: skip
        if one.item and (item is None or item.subject != form.subject):
            yield self._problem(
                "forms-item-unknown", form, one.id,
                Text(
                    f"từ điển không có mục '{one.item}' cho đối tượng này",
                    f"the dictionary has no item '{one.item}' of this subject",
                ),
                Text("sửa tên mục", "mend the name of the item"),
            )  # fmt: skip
        if one.registry and one.registry not in REGISTRY:
            allowed = ", ".join(sorted(REGISTRY))
            yield self._problem(
                "forms-registry-unknown",
                form,
                one.id,
                Text(
                    f"sổ đăng ký không có '{one.registry}'",
                    f"the register has no '{one.registry}'",
                ),
                Text(f"chọn: {allowed}", f"one of: {allowed}"),
            )
        if not one.item and one.title is None:
            yield self._problem(
                "forms-title-missing", form, one.id,
                Text("trường không có tên", "the field has no title"),
                Text("thêm title (vi, en)", "add title (vi, en)"),
            )  # fmt: skip

    def _parts(self, form: FormIn, one: FieldIn, known: Mapping[str, FieldIn]) -> Iterator[Problem]:
        computed = one.kind in COMPUTED
        count_fits = len(one.parts) == 2 if one.kind == "share" else len(one.parts) >= 2
        if computed != bool(one.parts) or (computed and not count_fits):
            yield self._problem(
                "forms-parts", form, one.id,
                Text(
                    "tổng cần từ hai phần, tỷ lệ cần đúng hai phần, trường khác không có phần",
                    "a total needs two parts or more, a share exactly two, others none",
                ),
                Text("sửa parts hoặc kind", "mend parts or kind"),
            )  # fmt: skip
        for part in [*one.parts, *([one.compare] if one.compare else [])]:
            unit = self._unit(known.get(part))
            wrong_unit = one.kind == "total" and unit != one.unit
            if part not in known or known[part].kind in COMPUTED or wrong_unit:
                yield self._problem(
                    "forms-part-unknown", form, one.id,
                    Text(
                        f"'{part}' không phải trường số cùng đơn vị của mẫu này",
                        f"'{part}' is no field of this form with the same unit",
                    ),
                    Text("sửa tên phần hoặc đơn vị", "mend the part's name or the unit"),
                )  # fmt: skip

    def _unit(self, one: FieldIn | None) -> str | None:
        if one is None:
            return None
        item = self.items.get(one.item)
        return item.unit if item else one.unit

    def _problem(self, code: str, form: FormIn, cell: str, what: Text, cure: Text) -> Problem:
        return Problem(code, what, cure, Place(FILE, form.id, cell, self.lines.get(cell)))
