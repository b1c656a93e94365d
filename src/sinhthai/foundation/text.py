"""Text in two languages, and the spelling-insensitive form used for searching."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in Vietnamese and in English.

    >>> Text("Đạt", "Met").get("en")
    'Met'
    """

    vi: str
    en: str

    def get(self, language: str) -> str:
        """Return the English text for ``en``, the Vietnamese one for anything else."""
        return self.en if language.startswith("en") else self.vi

    def format(self, **values: object) -> Text:
        """Fill the same ``{placeholders}`` in both languages; a Text fills in its own language.

        >>> Text("ô {name}", "cell {name}").format(name=Text("Số", "No.")).en
        'cell No.'
        """

        def said(language: str) -> dict[str, object]:
            return {
                name: value.get(language) if isinstance(value, Text) else value
                for name, value in values.items()
            }

        return Text(self.vi.format(**said("vi")), self.en.format(**said("en")))


def fold(text: str) -> str:
    """Return *text* in lower case, without diacritics and with single spaces.

    >>> fold("  KCN Hiệp  Phước, Đồng Nai ")
    'kcn hiep phuoc, dong nai'
    """
    if text.isascii():  # most names; nothing to take apart
        return " ".join(text.casefold().split())
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    plain = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return " ".join(plain.casefold().split())
