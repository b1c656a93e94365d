"""Files that commands write: whole, or as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from sinhthai.foundation.console.files import put
from sinhthai.foundation.problems import InputError


def test_a_file_is_written_and_replaced_with_its_mode_kept(tmp_path: Path) -> None:
    target = tmp_path / "kết quả.json"
    put(b"one", target)
    target.chmod(0o640)
    put(b"two", target)
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    real.write_bytes(b"old")
    link.symlink_to(real)
    put(b"new", link)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_what_stood_there_outlives_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "result.xlsx"
    target.write_bytes(b"last year's result")
    whole = Path.write_bytes

    def half(self: Path, data: bytes) -> int:
        whole(self, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(InputError, match=r"result\.xlsx"):
        put(b"this year's result", target)
    assert target.read_bytes() == b"last year's result"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none"):
        put(b"x", tmp_path / "none" / "result.json")
