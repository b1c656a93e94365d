"""The waste codes of this installation: the shipped ones, and the lists the office laid beside.

An office puts the full official lists into the folder ``waste-lists`` of its home; they count at
once, without a restart. The engine knows no folder of its own: this is where it is named.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from sinhthai.foundation.problems import InputError, Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.symbiosis.engine import codes as engine
from sinhthai.symbiosis.engine.code_lists import read_code_list


def folder() -> Path:
    """Return where the office keeps its lists; it need not exist."""
    return Path(settings.HOME) / "waste-lists"


def load_codes() -> engine.Codes:
    """Return the codes in use here."""
    return engine.load_codes(folder())


def add_list(source: Path, *, replacing: bool = False) -> tuple[Path, int]:
    """Check the list *source*, keep a copy among the office's, and return it with its rows.

    Raises
    ------
    InputError
        With every problem of the list, or because a list of that name is kept already.
    """
    rows = read_code_list(source)
    target = folder() / source.name
    if target.exists() and not replacing:
        raise InputError([_kept_already(target)])
    folder().mkdir(parents=True, exist_ok=True)
    # Beside first, so that nobody reads half a list.
    aside = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, aside)
    aside.replace(target)
    return target, len(rows)


def _kept_already(target: Path) -> Problem:
    return Problem(
        "code-list-kept",
        Text(f"đã có danh mục “{target.name}”", f"a list “{target.name}” is kept already"),
        Text(
            "thêm --replace để thay, hoặc đổi tên tệp",
            "add --replace to replace it, or rename the file",
        ),
        Place(str(target)),
    )
