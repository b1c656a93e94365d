"""The letters of the house (Be Vietnam Pro) as files, for pictures and papers made by Typst."""

from __future__ import annotations

from pathlib import Path

FONTS = Path(__file__).resolve().parent
"""The folder to look for letters in; no font of the machine is used."""
