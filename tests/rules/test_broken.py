"""One broken file per message: the words, the place and the cure are checked; nothing is written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.rules import check, files, formulas
from sinhthai.rules.compile import compile_bundle, write_bundle

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.yaml"))


def _head(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()[:5]
    return dict(line.removeprefix("# ").partition(":")[::2] for line in lines)


def _folder(tmp_path: Path, path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(HERE / "good", folder)
    shutil.copy(path, folder / _head(path)["file"].strip())
    return folder


def test_the_good_files_compile() -> None:
    bundle = compile_bundle(HERE / "good")
    assert bundle.frameworks[0].leaf("FIRMS").thresholds[0].value == 0.1
    assert bundle.items["green_ha"].minimum == 0


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_told_with_place_and_cure(tmp_path: Path, path: Path) -> None:
    head = {key: value.strip() for key, value in _head(path).items()}
    target = tmp_path / "bundle.json"
    with pytest.raises(InputError) as caught:
        write_bundle(_folder(tmp_path, path), target)
    matching = [
        problem
        for problem in caught.value.problems
        if problem.code == head["code"]
        and head["says"] in problem.message.en
        and head["cure"] in problem.cure.en
        and problem.place.cell == head["at"]
    ]
    assert matching, f"found only:\n{caught.value}"
    assert matching[0].place.file == head["file"]
    assert matching[0].place.line is not None
    assert matching[0].message.vi
    assert matching[0].cure.vi
    assert not target.exists()


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    folder = _folder(tmp_path, HERE / "broken" / "several-at-once.yaml")
    with pytest.raises(InputError) as caught:
        compile_bundle(folder)
    codes = {problem.code for problem in caught.value.problems}
    assert codes == {
        "rules-formula-unknown-column",
        "rules-threshold-fraction",
        "rules-unknown-group",
    }


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_has_no_problem_but_its_own(tmp_path: Path, path: Path) -> None:
    with pytest.raises(InputError) as caught:
        compile_bundle(_folder(tmp_path, path))
    found = {problem.code for problem in caught.value.problems}
    assert len(found) == (3 if path.stem == "several-at-once" else 1), str(caught.value)


def test_an_absent_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"about\.yaml: this file is absent"):
        compile_bundle(tmp_path)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(HERE / "good", folder)
    (folder / "about.yaml").write_bytes(
        "version: Điều".encode("cp1258", errors="replace") + b"\xff\xfe"
    )
    with pytest.raises(InputError, match="not UTF-8"):
        compile_bundle(folder)


def test_every_message_has_its_broken_file() -> None:
    source = "".join(Path(m.__file__).read_text(encoding="utf-8") for m in (check, files, formulas))
    codes = set(re.findall(r'"(rules-[a-z-]+[a-z])"', source)) - {
        "rules-file-absent",
        "rules-check-overdue",
    }
    codes |= {f"rules-unknown-{what}" for what in ("family", "option", "group", "choice")}
    assert codes <= {_head(path)["code"].strip() for path in BROKEN}
