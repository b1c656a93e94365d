"""Compile the Vietnamese words of every slice; with ``--collect`` gather new ones first.

English is the language of the source; each slice keeps its Vietnamese in
``locale/vi/LC_MESSAGES/django.po``. Compiled with Babel, so no system package is needed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]


def compile_all(package: Path = PACKAGE) -> list[Path]:
    """Write a .mo beside every .po that is newer; return the files written."""
    written = []
    for po in sorted(package.glob("*/locale/*/LC_MESSAGES/django.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalog = read_po(source, locale=po.parts[-3])
        with mo.open("wb") as target:
            write_mo(target, catalog)
        written.append(mo)
    return written


def collect() -> None:
    """Run Django's makemessages in every slice (needs the system's gettext)."""
    for slice_ in sorted(path.parent for path in PACKAGE.glob("*/apps.py")):
        (slice_ / "locale").mkdir(exist_ok=True)
        subprocess.run(
            [
                sys.executable,
                "-m",
                "django",
                "makemessages",
                "-l",
                "vi",
                "--no-wrap",
                "--no-location",
            ],
            cwd=slice_,
            check=True,
        )


if __name__ == "__main__":
    if "--collect" in sys.argv:
        collect()
    compile_all()
