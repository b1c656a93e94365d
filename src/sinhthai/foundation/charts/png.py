"""A picture as PNG, drawn by Typst from its SVG: no other program is needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_TEMPLATE = (
    "#set page(width: auto, height: auto, margin: 12pt, fill: white)\n"
    '#image(bytes(sys.inputs.svg), format: "svg")\n'
)


def to_png(svg: str, *, fonts: Sequence[Path] = (), dots_per_inch: float = 192) -> bytes:
    """Return *svg* as a PNG file; *fonts* are folders to look for its letters in.

    >>> to_png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')[1:4]
    b'PNG'
    """
    import typst

    page = typst.compile(
        _TEMPLATE.encode(),
        format="png",
        ppi=dots_per_inch,
        sys_inputs={"svg": svg},
        font_paths=typst.Fonts(font_paths=list(fonts)),
    )
    if not isinstance(page, bytes):
        raise TypeError("a picture is one page")
    return page
