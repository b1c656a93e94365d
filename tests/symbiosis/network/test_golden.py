"""The text of every constraint, read once by a person and then held.

Regenerated only by ``python -m tests.symbiosis.network.regenerate``.
"""

from __future__ import annotations

import highspy
import pytest

from sinhthai.symbiosis.engine.network import solve
from sinhthai.symbiosis.engine.network.constraints import CONSTRAINTS
from sinhthai.symbiosis.engine.network.instance import build_instance
from sinhthai.symbiosis.engine.network.program import build_program, lp_text
from tests.symbiosis.network.parks import everything_once
from tests.symbiosis.network.regenerate import GOLDEN, golden_texts


@pytest.mark.parametrize("name", [*(c.__name__ for c in CONSTRAINTS), "everything"])
def test_constraint_reads_as_golden(name: str) -> None:
    assert golden_texts()[f"{name}.lp"] == (GOLDEN / f"{name}.lp").read_text()


def test_every_constraint_states_its_inequality_and_has_a_golden_file() -> None:
    assert all(".. math::" in (constraint.__doc__ or "") for constraint in CONSTRAINTS)
    assert {path.name for path in GOLDEN.iterdir()} == set(golden_texts())


def test_the_text_is_the_model(tmp_path) -> None:
    """HiGHS reading the LP text finds what the engine finds from its arrays."""
    park = everything_once()
    file = tmp_path / "park.lp"
    file.write_text(lp_text(build_program(build_instance(park))))
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.readModel(str(file))
    solver.run()
    assert -solver.getInfo().objective_function_value == pytest.approx(solve(park).net, rel=1e-6)
