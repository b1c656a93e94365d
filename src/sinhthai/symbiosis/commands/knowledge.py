"""``sinhthai knowledge``: look into the knowledge base of substitutions, and check one's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from sinhthai.foundation.console.files import tell
from sinhthai.foundation.problems import InputError, Problem
from sinhthai.foundation.text import Text, fold

if TYPE_CHECKING:
    from sinhthai.symbiosis.commands.knowledge_table import Entry
    from sinhthai.symbiosis.engine.knowledge import Knowledge

NOTHING_FOUND, BAD_INPUT = 1, 2
KINDS = ("materials", "substitutions", "parameters")

_NONE = Text(
    "Không tìm thấy “{words}” trong {materials} vật chất và {rules} quy tắc.",
    "Found no “{words}” among {materials} materials and {rules} rules.",
)
_NO_ID = Text("Không có mã “{id}”{hint}.", "There is no id “{id}”{hint}.")
_CLOSE = Text(" (có phải {ids}?)", " (is it {ids}?)")
_GOOD = Text(
    "{folder}: {materials} vật chất, {rules} quy tắc, {parameters} thông số; không lỗi.",
    "{folder}: {materials} materials, {rules} rules, {parameters} parameters; no problem.",
)
_PROBLEMS = Text("{count} lỗi.", "{count} problem(s).")

_Lang = Annotated[str, typer.Option("--lang", help="vi or en.")]
_Form = Annotated[str, typer.Option("--format", help="table, json or csv.")]
_Folder = Annotated[
    Path | None, typer.Option("--folder", help="A knowledge base of one's own; else the shipped.")
]


def register(app: typer.Typer) -> None:
    """Add this module's verbs to *app*."""
    knowledge = typer.Typer(
        help="Materials and what can take the place of what: list, show, find, check.",
        no_args_is_help=True,
    )
    knowledge.command("list")(list_all)
    knowledge.command("show")(show)
    knowledge.command("find")(find)
    knowledge.command("check")(check)
    app.add_typer(knowledge, name="knowledge")


def list_all(
    kind: Annotated[
        str, typer.Argument(help="materials, substitutions or parameters.")
    ] = "materials",
    form: _Form = "table",
    folder: _Folder = None,
    lang: _Lang = "vi",
) -> None:
    """List the materials, the substitutions or the parameters of quality."""
    from sinhthai.foundation.console.messages import not_one_of

    if kind not in KINDS:
        _fail([not_one_of("KIND", kind, KINDS)], lang)
    knowledge = _read(folder, form, lang)
    of_kind: dict[str, Iterable[Entry]] = {
        "materials": knowledge.materials.values(),
        "substitutions": knowledge.substitutions.values(),
        "parameters": knowledge.parameters.values(),
    }
    _print(tuple(of_kind[kind]), knowledge, form, lang)


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="Of a material, rule or parameter.")],
    form: _Form = "table",
    folder: _Folder = None,
    lang: _Lang = "vi",
) -> None:
    """Show all that is known of a material with its rules, of a rule or of a parameter.

    Exit code 1 when there is none of that id.
    """
    from sinhthai.symbiosis.commands.knowledge_table import print_whole

    knowledge = _read(folder, form, lang)
    entries = _with_rules(knowledge, id)
    if not entries:
        typer.echo(_NO_ID.format(id=id, hint=_hint(knowledge, id, lang)).get(lang), err=True)
        raise typer.Exit(NOTHING_FOUND)
    if form == "table":
        print_whole(entries[0], knowledge, lang)
        entries = entries[1:]
    if entries:
        _print(entries, knowledge, form, lang)


def find(
    words: Annotated[
        list[str], typer.Argument(help="Words, diacritics not needed; or a code (ewc:100102).")
    ],
    form: _Form = "table",
    folder: _Folder = None,
    lang: _Lang = "vi",
) -> None:
    """Find materials and substitutions by name, synonym or code. Exit code 1 when there is none."""
    knowledge = _read(folder, form, lang)
    asked = " ".join(words)
    found = _matching(knowledge, asked)
    if not found:
        counts = {"materials": len(knowledge.materials), "rules": len(knowledge.substitutions)}
        typer.echo(_NONE.format(words=asked, **counts).get(lang), err=True)
        raise typer.Exit(NOTHING_FOUND)
    _print(found, knowledge, form, lang)


def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A folder of the three CSV files; else the one shipped.")
    ] = None,
    lang: _Lang = "vi",
) -> None:
    """Say everything that is wrong with a knowledge base. Exit code 2 when anything is."""
    from sinhthai.symbiosis.engine.knowledge import FOLDER, check_folder, read_knowledge

    asked = folder or FOLDER
    if problems := check_folder(asked):
        _fail(problems, lang)
    knowledge = read_knowledge(asked)
    said = _GOOD.format(
        folder=asked.resolve().name,
        materials=len(knowledge.materials),
        rules=len(knowledge.substitutions),
        parameters=len(knowledge.parameters),
    )
    typer.echo(said.get(lang))


def _read(folder: Path | None, form: str, lang: str) -> Knowledge:
    from sinhthai.foundation.console.messages import not_one_of
    from sinhthai.symbiosis.commands.knowledge_table import FORMATS
    from sinhthai.symbiosis.engine.knowledge import load_knowledge, read_knowledge

    if form not in FORMATS:
        _fail([not_one_of("--format", form, FORMATS)], lang)
    try:
        return load_knowledge() if folder is None else read_knowledge(folder)
    except InputError as error:
        _fail(error.problems, lang)


def _with_rules(knowledge: Knowledge, id: str) -> tuple[Entry, ...]:
    """Return what has the id; of a material also the rules it stands in, as offer then as need."""
    if id in knowledge.materials:
        rules = (*knowledge.by_offer.get(id, ()), *knowledge.by_need.get(id, ()))
        return (knowledge.materials[id], *rules)
    rule = knowledge.substitutions.get(id)
    parameter = knowledge.parameters.get(id)
    return tuple(one for one in (rule, parameter) if one is not None)


def _matching(knowledge: Knowledge, asked: str) -> tuple[Entry, ...]:
    """Return the materials meant, and the rules that say the words or take such a material."""
    code = _code(asked)
    parts = fold(asked).split()
    materials = [
        one
        for one in knowledge.materials.values()
        if (code and _has_code(getattr(one, code[0]), code[1]))
        or (not code and _says(parts, one.id, *_both(one.name), *one.synonyms_vi, *one.synonyms_en))
    ]
    ids = {one.id for one in materials}
    rules = [
        rule
        for rule in knowledge.substitutions.values()
        if rule.offer in ids
        or rule.need in ids
        or (not code and _says(parts, rule.id, *_both(rule.replaces), *_both(rule.treatment)))
    ]
    return (*materials, *rules)


def _code(asked: str) -> tuple[str, str] | None:
    """Return list and digits when a code of a waste list is asked for."""
    from sinhthai.symbiosis.engine.codes import LIST_NAMES, plain_code

    name, _, digits = plain_code(asked).partition(":")
    return (name, digits) if name in LIST_NAMES and digits else None


def _has_code(known: Sequence[str], asked: str) -> bool:
    """Tell whether a code lies under the one asked for, or the other way about."""
    return any(digits.startswith(asked) or asked.startswith(digits) for digits in known)


def _both(text: Text) -> tuple[str, str]:
    return text.vi, text.en


def _says(parts: Sequence[str], *names: str) -> bool:
    """Tell whether every part stands in one of the *names*, whatever its diacritics."""
    return any(all(part in folded for part in parts) for folded in map(fold, names))


def _hint(knowledge: Knowledge, id: str, lang: str) -> str:
    from difflib import get_close_matches

    known = (*knowledge.materials, *knowledge.substitutions, *knowledge.parameters)
    close = get_close_matches(id, known, n=3)
    return _CLOSE.format(ids=", ".join(close)).get(lang) if close else ""


def _print(entries: Sequence[Entry], knowledge: Knowledge, form: str, lang: str) -> None:
    from sinhthai.symbiosis.commands.knowledge_table import as_csv, as_json, print_list

    if form == "table":
        print_list(entries, knowledge, lang)
    else:
        typer.echo(as_json(entries) if form == "json" else as_csv(entries), nl=False)


def _fail(problems: Sequence[Problem], lang: str) -> NoReturn:
    tell(problems, lang)
    typer.echo(_PROBLEMS.format(count=len(problems)).get(lang), err=True)
    raise typer.Exit(BAD_INPUT)
