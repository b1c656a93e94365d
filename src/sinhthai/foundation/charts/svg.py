"""Drawing into one SVG; presentation attributes only, as a strict security policy asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

INK, SOFT, RULE, PAPER = "#1c2421", "#55615c", "#d9dfdb", "#ffffff"
GREEN, AMBER, RED, BLUE, GREY = "#0b5d46", "#b07400", "#a3281c", "#2c5f8a", "#8b9691"
PALETTE = (GREEN, BLUE, AMBER, "#6b8f3c", "#7a5195", GREY, "#c25a3c", "#3c8f8f")
FONT = "Be Vietnam Pro, Arial, sans-serif"
_LETTER = 0.56  # mean width of a letter, of its size


@dataclass(slots=True)
class Drawing:
    """An SVG of *width* x *height* [px] being drawn; ``title`` and ``about`` are read aloud."""

    width: float
    height: float
    title: str
    about: str = ""
    parts: list[str] = field(default_factory=list)

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, *,
        title: str = "", opacity: float = 1.0, stroke: str = "",
    ) -> None:  # fmt: skip
        """Draw a rectangle; *title* is shown when pointed at."""
        more = f' fill-opacity="{opacity:g}"' if opacity != 1.0 else ""
        more += f' stroke="{stroke}" stroke-width="0.7"' if stroke else ""
        self._add(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(width, 0):.2f}" '
            f'height="{max(height, 0):.2f}" fill="{fill}"{more}',
            "rect",
            title,
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, stroke: str = RULE, width: float = 1.0,
        dash: str = "",
    ) -> None:  # fmt: skip
        """Draw a straight line."""
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" '
            f'stroke="{stroke}" stroke-width="{width:g}"{dashed}/>'
        )

    def path(
        self, d: str, *, fill: str = "none", stroke: str = "none", width: float = 1.0,
        opacity: float = 1.0, title: str = "",
    ) -> None:  # fmt: skip
        """Draw a path."""
        self._add(
            f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width:g}" '
            f'fill-opacity="{opacity:g}"',
            "path",
            title,
        )

    def text(
        self, x: float, y: float, words: str, *, size: float = 12, anchor: str = "start",
        fill: str = INK, weight: int = 400,
    ) -> None:  # fmt: skip
        """Write *words* with their baseline at *y*."""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor}" '
            f'fill="{fill}" font-weight="{weight}">{escape(words)}</text>'
        )

    def __str__(self) -> str:
        about = f"<desc>{escape(self.about)}</desc>" if self.about else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width:g} '
            f'{self.height:g}" width="{self.width:g}" height="{self.height:g}" role="img" '
            f"aria-label={quoteattr(self.title)} font-family={quoteattr(FONT)}>"
            f"<title>{escape(self.title)}</title>{about}{''.join(self.parts)}</svg>"
        )

    def _add(self, opening: str, tag: str, title: str) -> None:
        inner = f"><title>{escape(title)}</title></{tag}>" if title else "/>"
        self.parts.append(opening + inner)


def text_width(words: str, size: float) -> float:
    """Return about how wide *words* are [px] at *size*."""
    return len(words) * size * _LETTER


def shortened(words: str, room: float, size: float) -> str:
    """Return *words*, cut with an ellipsis where they need more than *room* [px].

    >>> shortened("Lò hơi đốt than", 40, 12)
    'Lò h…'
    """
    if text_width(words, size) <= room:
        return words
    letters = max(int(room / (size * _LETTER)) - 1, 1)
    return words[:letters].rstrip() + "…"


def colour(index: int) -> str:
    """Return the colour of the series number *index*; after eight they come again."""
    return PALETTE[index % len(PALETTE)]
