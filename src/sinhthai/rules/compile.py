"""Compile the reviewed YAML files into the bundle, or say everything that is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

from sinhthai.foundation.problems import InputError
from sinhthai.rules.bundle import BUNDLE, DATA, bundle_of, hash_of
from sinhthai.rules.check import check_files
from sinhthai.rules.content import content_of
from sinhthai.rules.files import read_files
from sinhthai.rules.model import Bundle


def compile_text(folder: Path = DATA) -> str:
    """Return the text of ``bundle.json`` for the YAML files of *folder*.

    Raises
    ------
    InputError
        With every problem found, each with file, criterion and cure.
    """
    files, problems = read_files(folder)
    if files is not None:
        problems = [*problems, *check_files(files)]
    if files is None or any(problem.severity == "error" for problem in problems):
        raise InputError(problems)
    content = content_of(files)
    document = {"hash": hash_of(content), "content": content}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def compile_bundle(folder: Path = DATA) -> Bundle:
    """Return the bundle of *folder* without writing it."""
    document = json.loads(compile_text(folder))
    return bundle_of(document["content"], document["hash"])


def write_bundle(folder: Path = DATA, target: Path = BUNDLE) -> bool:
    """Rewrite *target* from *folder*; return whether it changed."""
    text = compile_text(folder)
    if target.exists() and target.read_text(encoding="utf-8") == text:
        return False
    target.write_text(text, encoding="utf-8")
    return True
