"""Read the YAML files of a data folder: every problem with its file, line and criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from sinhthai.foundation.problems import Place, Problem
from sinhthai.foundation.text import Text
from sinhthai.rules.content import Files
from sinhthai.rules.schema import AboutFile, FrameworkFile, ItemsFile, OptionsFile

File = TypeVar("File", bound=BaseModel)
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_files(folder: Path) -> tuple[Files | None, list[Problem]]:
    """Return the files of *folder* if all have the right shape, and every problem found."""
    problems: list[Problem] = []
    about = _read(folder, "about.yaml", AboutFile, problems)
    options = _read(folder, "options.yaml", OptionsFile, problems)
    items = _read_all(folder, "items", ItemsFile, problems)
    frameworks = _read_all(folder, "frameworks", FrameworkFile, problems)
    if problems or about is None or options is None:
        return None, problems
    return Files(about, options, items, frameworks), problems


def _read_all(
    folder: Path, kind: str, schema: type[File], problems: list[Problem]
) -> list[tuple[str, File]]:
    names = [f"{kind}/{path.name}" for path in sorted((folder / kind).glob("*.yaml"))]
    if not names:
        problems.append(_absent(f"{kind}/*.yaml"))
    read = [(name, _read(folder, name, schema, problems)) for name in names]
    return [(name, file) for name, file in read if file is not None]


def _read(folder: Path, name: str, schema: type[File], problems: list[Problem]) -> File | None:
    try:
        text = (folder / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(_absent(name))
        return None
    except UnicodeDecodeError:
        problems.append(_not_yaml(name, None, "not UTF-8"))
        return None
    try:
        root = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problems.append(_not_yaml(name, line, getattr(error, "problem", None) or "unreadable"))
        return None
    twice = [_twice(name, key, line) for key, line in _repeated(root)]
    problems.extend(twice)
    try:
        file = schema.model_validate(data)
    except ValidationError as error:
        problems.extend(_shape(name, root, data, error))
        return None
    return None if twice else file


def _absent(name: str) -> Problem:
    return Problem(
        "rules-file-absent",
        Text("không có tệp này", "this file is absent"),
        Text("tạo tệp theo README.md của rules", "create it as README.md of rules says"),
        Place(name),
    )


def _not_yaml(name: str, line: int | None, why: str) -> Problem:
    return Problem(
        "rules-not-yaml",
        Text(f"không đọc được YAML: {why}", f"this is not readable YAML: {why}"),
        Text(
            "sửa thụt lề và dấu ngoặc kép ở dòng này hoặc dòng trên",
            "mend the indentation and quotes on this line or the one above",
        ),
        Place(name, line=line),
    )


def _twice(name: str, key: str, line: int) -> Problem:
    return Problem(
        "rules-key-twice",
        Text(f"khóa '{key}' viết hai lần", f"the key '{key}' is written twice"),
        Text("giữ một, xóa một", "keep one and delete the other"),
        Place(name, line=line),
    )


def _repeated(root: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Yield the keys YAML would silently overwrite."""
    if isinstance(root, yaml.MappingNode):
        seen = set()
        for key, value in root.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from _repeated(value)
    elif isinstance(root, yaml.SequenceNode):
        for value in root.value:
            yield from _repeated(value)


def _shape(
    name: str, root: yaml.Node | None, data: Any, error: ValidationError
) -> Iterator[Problem]:
    """Yield one problem for each place that has the wrong shape."""
    seen = set()
    for fault in error.errors(include_url=False):
        where = [step for step in fault["loc"] if not _is_branch(step)]
        line = _line(root, where)
        field = ".".join(str(step) for step in where if not isinstance(step, int)) or "file"
        what = fault["msg"].removeprefix("Value error, ")
        if (line, what) in seen:
            continue
        seen.add((line, what))
        cure = {
            "missing": Text("thêm dòng còn thiếu", "add the missing line"),
            "extra_forbidden": Text(
                "xem các khóa được phép trong README.md", "see the keys allowed in README.md"
            ),
        }.get(fault["type"], Text("sửa theo thông báo", "mend it as the message says"))
        yield Problem(
            f"rules-shape-{fault['type'].replace('_', '-')}",
            Text(f"{field}: {what}", f"{field}: {what}"),
            cure,
            Place(name, cell=_named(data, where), line=line),
        )


def _is_branch(step: Any) -> bool:
    """Return whether *step* names a branch of a union in pydantic's path, not a key of the file."""
    return isinstance(step, str) and ("[" in step or step in ("CasesIn", "str", "float", "int"))


def _line(node: yaml.Node | None, where: Sequence[Any]) -> int | None:
    """Return the line of the deepest place on the path *where* that the file has."""
    if node is None:
        return None
    for step in where:
        inner = None
        if isinstance(node, yaml.MappingNode):
            inner = next((value for key, value in node.value if key.value == str(step)), None)
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value)
        ):
            inner = node.value[step]
        if inner is None:
            break
        node = inner
    return node.start_mark.line + 1


def _named(data: Any, where: Sequence[Any]) -> str:
    """Return the id or code of the innermost criterion, item or option on the path."""
    name = ""
    for step in where:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict):
            name = str(data.get("id") or data.get("code") or name)
    return name
