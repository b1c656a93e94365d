"""Write the golden LP files and the example workbooks anew: read the difference before keeping it.

python -m tests.symbiosis.network.regenerate
"""

from __future__ import annotations

from pathlib import Path

from sinhthai.symbiosis.engine.network.constraints import CONSTRAINTS, columns_of
from sinhthai.symbiosis.engine.network.instance import build_instance
from sinhthai.symbiosis.engine.network.program import build_program, lp_text
from sinhthai.symbiosis.engine.network.solve import with_floor
from sinhthai.symbiosis.engine.network.workbook import write_park
from tests.symbiosis.network.parks import everything_once, example_park, infeasible_park

GOLDEN = Path(__file__).parent / "golden"
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def golden_texts() -> dict[str, str]:
    """Return the text of each golden file: one per constraint, and the whole programme."""
    instance = with_floor(build_instance(everything_once()), 20.0)
    program = build_program(instance)
    cols = columns_of(instance)
    families = {c.__name__: c(instance, cols).family for c in CONSTRAINTS}
    texts = {f"{name}.lp": lp_text(program, family) for name, family in families.items()}
    return {**texts, "everything.lp": lp_text(program)}


def main() -> None:
    """Write all files."""
    GOLDEN.mkdir(exist_ok=True)
    for name, text in golden_texts().items():
        (GOLDEN / name).write_text(text)
    (EXAMPLES / "park.xlsx").write_bytes(write_park(example_park()))
    (EXAMPLES / "park-infeasible.xlsx").write_bytes(write_park(infeasible_park()))


if __name__ == "__main__":
    main()
