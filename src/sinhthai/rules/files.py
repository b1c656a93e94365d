"""Read the YAML files of a data folder: every problem with its file, line and criterion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
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
    reader = _Reader(folder, [], {})
    about = reader.read("about.yaml", AboutFile)
    options = reader.read("options.yaml", OptionsFile)
    items = reader.read_all("items", ItemsFile)
    frameworks = reader.read_all("frameworks", FrameworkFile)
    if reader.problems or about is None or options is None:
        return None, reader.problems
    return Files(about, options, items, frameworks, reader.lines), []


def read_one(
    folder: Path, name: str, schema: type[File]
) -> tuple[File | None, dict[str, int], list[Problem]]:
    """Return one file of *folder* if it has the right shape, the line of each id, every problem."""
    reader = _Reader(folder, [], {})
    file = reader.read(name, schema)
    lines = {code: line for (_, code), line in reader.lines.items()}
    return (None if reader.problems else file), lines, reader.problems


def read_located(
    folder: Path, name: str, schema: type[File]
) -> tuple[File | None, Callable[[Sequence[Any]], int | None], list[Problem]]:
    """Return one file as ``read_one`` does, and the line of any path of keys and positions in it.

    For files in which one id stands in many places.
    """
    reader = _Reader(folder, [], {})
    file = reader.read(name, schema)
    root = reader.roots.get(name)
    return (
        None if reader.problems else file,
        lambda where: _line(root, where),
        reader.problems,
    )


@dataclass(frozen=True, slots=True)
class _Reader:
    folder: Path
    problems: list[Problem]
    lines: dict[tuple[str, str], int]
    roots: dict[str, yaml.Node | None] = field(default_factory=dict)

    def read_all(self, kind: str, schema: type[File]) -> list[tuple[str, File]]:
        """Return the files of one sub-folder that have the right shape, in order of name."""
        names = [f"{kind}/{path.name}" for path in sorted((self.folder / kind).glob("*.yaml"))]
        if not names:
            self.problems.append(_absent(f"{kind}/*.yaml"))
        read = [(name, self.read(name, schema)) for name in names]
        return [(name, file) for name, file in read if file is not None]

    def read(self, name: str, schema: type[File]) -> File | None:
        """Return one file, or None having noted what is wrong with it."""
        try:
            text = (self.folder / name).read_text(encoding="utf-8")
            root = yaml.compose(text, Loader=_Loader)
            data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader
        except FileNotFoundError:
            self.problems.append(_absent(name))
            return None
        except UnicodeDecodeError:
            self.problems.append(_not_yaml(name, None, "not UTF-8"))
            return None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            why = getattr(error, "problem", None) or "unreadable"
            self.problems.append(_not_yaml(name, mark.line + 1 if mark else None, why))
            return None
        self.roots[name] = root
        self.problems.extend(_twice(name, key, line) for key, line in _repeated(root))
        self.lines.update(((name, code), line) for code, line in _defined(root))
        try:
            return schema.model_validate(data)
        except ValidationError as error:
            self.problems.extend(_shape(name, root, data, error))
            return None


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


def _defined(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """Yield each id or code a file defines, with its line."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in ("id", "code") and isinstance(value, yaml.ScalarNode):
                yield value.value, value.start_mark.line + 1
            yield from _defined(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _defined(value)


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
    for step in [None, *where]:
        if step is not None:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                break
        if isinstance(data, dict):
            name = str(data.get("id") or data.get("code") or name)
    return name
