"""The code of a stream as people write it: a list and its digits, checked against what is known."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sinhthai.foundation.text import Text, fold
from sinhthai.symbiosis.engine.stream_cells import bad, read_text

if TYPE_CHECKING:
    from sinhthai.symbiosis.engine.codes import Codes
    from sinhthai.symbiosis.engine.knowledge_model import Knowledge

_LISTS = {
    "ewc": "ewc", "low": "ewc", "eu": "ewc", "chau au": "ewc",
    "vn": "vn", "ctnh": "vn", "viet nam": "vn", "tt02": "vn",
    "material": "material", "vat lieu": "material",
    "vsic": "vsic", "isic": "isic", "hs": "hs",
}  # fmt: skip
_WRITTEN = re.compile(r"(?:(?P<list>[a-zà-ỹđ][\w à-ỹđ]*?)\s*[:\s]\s*)?(?P<digits>[\w .*-]+)", re.I)


def code_reader(knowledge: Knowledge, codes: Codes) -> Callable[[object], str]:
    """Return the reader of a cell with a code; "" of an empty one.

    A code of the waste lists must lie in a group we know; six digits we do not hold are kept
    when their group is known, for the shipped lists hold only what parks produce.
    """

    def read(raw: object) -> str:
        said = read_text(raw)
        if not said:
            return ""
        if said in knowledge.materials:
            return f"material:{said}"
        match = _WRITTEN.fullmatch(said)
        if match is None:
            raise bad("code_unknown", raw=said[:60], near=Text("", ""))
        if match["list"] is None:
            return _without_list(said, codes)
        scheme = _LISTS.get(fold(match["list"]))
        if scheme is None:
            raise bad("code_unknown", raw=said[:60], near=_nearest(said, knowledge, codes))
        if scheme == "material":
            material = match["digits"].strip()
            if material not in knowledge.materials:
                raise bad("code_unknown", raw=said, near=_nearest(said, knowledge, codes))
            return f"material:{material}"
        digits = re.sub(r"\D", "", match["digits"])
        if scheme in ("ewc", "vn"):
            _check_listed(f"{scheme}:{digits}", said, knowledge, codes)
        return f"{scheme}:{digits}"

    return read


def _check_listed(code: str, said: str, knowledge: Knowledge, codes: Codes) -> None:
    """Raise BadCell unless *code* or, of six digits, its subgroup is known."""
    digits = code.partition(":")[2]
    found = codes.nearest(code)
    needed = 4 if len(digits) == 6 else len(digits)
    if len(digits) not in (2, 4, 6) or found is None or len(found.digits) < needed:
        raise bad("code_unknown", raw=said[:60], near=_nearest(code, knowledge, codes))


def _without_list(said: str, codes: Codes) -> str:
    """Return the code of bare digits when just one list has it; else ask which list is meant."""
    digits = re.sub(r"\D", "", said)
    fitting = [f"{name}:{digits}" for name in ("ewc", "vn") if codes.find(f"{name}:{digits}")]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise bad("code_unknown", raw=said[:60], near=Text("", ""))
    choices = Text(" hoặc ".join(fitting), " or ".join(fitting))
    raise bad("code_without_list", raw=said, choices=choices)


def _nearest(said: str, knowledge: Knowledge, codes: Codes) -> Text:
    """Return the known codes and materials that look most like what was written."""
    scheme, _, rest = said.partition(":")
    if _LISTS.get(fold(scheme)) == "material" or not re.search(r"\d", said):
        names = {f"material:{material}" for material in knowledge.materials}
    else:
        names = set(codes.by_code)
    wanted = f"{_LISTS.get(fold(scheme), scheme)}:{rest.replace(' ', '')}"
    found = difflib.get_close_matches(wanted, sorted(names), n=3, cutoff=0.6)
    if not found:
        return Text("", "")
    listed = ", ".join(found)
    return Text(f" (gần nhất: {listed})", f" (nearest: {listed})")
