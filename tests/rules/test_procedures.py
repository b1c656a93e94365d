"""The procedures and the days off: what can be wrong with their files, and the compiled ones."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from sinhthai.foundation.problems import InputError
from sinhthai.rules.bundle import DATA, BundleError
from sinhthai.rules.procedures_files import (
    FILE,
    HOLIDAYS,
    compile_procedures,
    overdue_procedures,
    write_procedures,
)
from sinhthai.rules.procedures_loading import COMPILED, load_procedures
from sinhthai.rules.procedures_wording import DEEDS, GUARDS, PARTIES, say_doer, say_event, say_where

TEXT = {name: (DATA / name).read_text(encoding="utf-8") for name in (FILE, HOLIDAYS)}
STEP = '      - {id: consult, clause: "41.3, 41.5", confidence: "T", verified: true}\n'
REVIEW_STEP = '      - {id: keep, clause: "2.8, 44", confidence: "I", verified: false}\n'
ISSUE = "  - id: vn-eip-issue-d35\n    flow: certification\n"

# file; what is replaced once in it, by what; the problem's code, row, words and cure.
BROKEN: dict[str, tuple[str, str, str, tuple[str, str, str, str]]] = {
    "flow": (
        FILE,
        ISSUE,
        ISSUE.replace("certification", "certifying"),
        ("procedures-flow-unknown", "vn-eip-issue-d35", "no such flow: 'certifying'", "review"),
    ),
    "state of a procedure": (
        FILE,
        "states: [opened, kept, revocation_proposed]",
        "states: [opened, keept, revocation_proposed]",
        ("procedures-state-unknown", "vn-eco-review-d35", "no such state: 'keept'", "kept"),
    ),
    "state of a step": (
        FILE,
        "from: [draft]\n        to: submitted",
        "from: [draft]\n        to: sent",
        ("procedures-state-unknown", "submit", "no such state: 'sent'", "use one of: accepted"),
    ),
    "step": (
        FILE,
        REVIEW_STEP,
        REVIEW_STEP.replace("keep", "kep"),
        ("procedures-step-unknown", "vn-eco-review-d35", "no such step: 'kep'", "keep"),
    ),
    "who may not": (
        FILE,
        "not_by: [judge, report, propose, override]",
        "not_by: [judge, reporter, propose, override]",
        ("procedures-step-unknown", "issue", "no such step: 'reporter'", "judge"),
    ),
    "step of a clock": (
        FILE,
        "starts: [fail]",
        "starts: [failing]",
        ("procedures-step-unknown", "fail_notice", "no such step: 'failing'", "fail"),
    ),
    "end of a clock": (
        FILE,
        "ends: [answered, withdraw]",
        "ends: [replied, withdraw]",
        ("procedures-step-unknown", "opinion", "no such step: 'replied'", "answered"),
    ),
    "opinion in a clock of the dossier": (
        FILE,
        "starts: [fail]",
        "starts: [received]",
        ("procedures-step-unknown", "fail_notice", "no such step: 'received'", "fail"),
    ),
    "clock that never starts": (
        FILE,
        "starts: [fail]",
        "starts: [received]",
        ("procedures-clock-never-starts", "fail_notice", "no step of the procedure", "mend starts"),
    ),
    "state that stops a clock": (
        FILE,
        "pauses: [supplement_evaluation]",
        "pauses: [supplement_evaluations]",
        ("procedures-state-unknown", "evaluate", "'supplement_evaluations'", "evaluating"),
    ),
    "paper": (
        FILE,
        "makes: revocation_notice",
        "makes: notice_of_revocation",
        ("procedures-paper-unknown", "notify_holder", "no such paper", "revocation_notice"),
    ),
    "body": (
        FILE,
        "expert: [recp_body]",
        "expert: [recp_bodies]",
        ("procedures-authority-unknown", "vn-eip-issue-d35", "no such body", "recp_body"),
    ),
    "family": (
        FILE,
        "family: vn-eip\n",
        "family: vn-eips\n",
        ("procedures-family-unknown", "vn-eip-issue-d35", "'vn-eips'", "vn-eco-enterprise"),
    ),
    "reading": (
        FILE,
        "options: [A5, A6, A7]",
        "options: [A5, A6, A8]",
        ("procedures-option-unknown", "vn-eco-recertify-d35", "'A8'", "A7"),
    ),
    "choice of a reading": (
        FILE,
        "consult_when: [departments]",
        "consult_when: [ministries]",
        ("procedures-choice-unknown", "vn-eco-recertify-d35", "'ministries'", "departments"),
    ),
    "choice left out": (
        FILE,
        "starts_by_choice: {agency-receipt: received, board-receipt: accept}",
        "starts_by_choice: {agency-receipt: received}",
        ("procedures-choice-absent", "opinion", "under the choice 'board-receipt'", "add"),
    ),
    "instrument": (
        FILE,
        'clause: "D96 94.3"',
        'clause: "D69 94.3"',
        ("procedures-instrument-unknown", "investment-year-report", "'D69'", "D96"),
    ),
    "state nobody reaches": (
        FILE,
        REVIEW_STEP,
        "",
        ("procedures-state-unreachable", "vn-eco-review-d35", "the state 'kept'", "add a step"),
    ),
    "state without a way out": (
        FILE,
        "      - id: kept\n        final: true\n",
        "      - id: kept\n",
        ("procedures-state-without-way-out", "vn-eco-review-d35", "from the state 'kept'", "final"),
    ),
    "final state that is left": (
        FILE,
        "from: [opened]\n        to: revocation_proposed",
        "from: [opened, kept]\n        to: revocation_proposed",
        ("procedures-state-final-left", "vn-eco-review-d35", "leaves the final state", "delete"),
    ),
    "step that is never open": (
        FILE,
        "states: [opened, proposed, noticed, revoked, dropped]\n    steps:\n"
        '      - {id: propose, clause: "44.1", confidence: "I", verified: false}\n',
        "states: [opened, proposed, revoked, dropped]\n    steps:\n"
        '      - {id: propose, clause: "44.1", confidence: "I", verified: false}\n',
        ("procedures-step-never-open", "revoke", "starts from no state", "a from of its own"),
    ),
    "two procedures on one day": (
        FILE,
        "kind: issue\n    subject: park",
        "kind: recertify\n    subject: park",
        (
            "procedures-dates-overlap",
            "vn-eip-recertify-d35",
            "in force on 2022-07-15 together with 'vn-eip-issue-d35'",
            "in_force_until",
        ),
    ),
    "a window of renewal where nothing is renewed": (
        FILE,
        "certificate_years: 5\n",
        "certificate_years: 5\n    renewal_opens_days: 180\n",
        ("rules-shape-value-error", "vn-eip-issue-d35", "renewal_opens_days is for", "mend"),
    ),
    "names of a body leave a gap": (
        FILE,
        'until: "2025-03-01", name: {vi: "Bộ Kế hoạch',
        'until: "2025-02-01", name: {vi: "Bộ Kế hoạch',
        ("procedures-names", "lead_investment_ministry", "one name ends 2025-02-01", "from of"),
    ),
    "procedure twice": (
        FILE,
        "  - id: vn-eco-issue-d35\n",
        "  - id: vn-eip-issue-d35\n",
        ("procedures-twice", "vn-eip-issue-d35", "is used twice", "another id"),
    ),
    "step twice": (
        FILE,
        REVIEW_STEP,
        REVIEW_STEP * 2,
        ("procedures-twice", "vn-eco-review-d35", "the id 'keep' is used twice", "delete"),
    ),
    "clock twice": (
        FILE,
        "      - id: fail_notice\n",
        "      - id: completeness\n",
        ("procedures-twice", "vn-eip-issue-d35", "'completeness' is used twice", "another id"),
    ),
    "verified, but not when": (
        FILE,
        REVIEW_STEP,
        REVIEW_STEP.replace('"I", verified: false', '"T", verified: true'),
        ("procedures-verified-unread", "keep", "neither it nor the procedure", "write the day"),
    ),
    "duty after a duty without a day": (
        FILE,
        "after: board-year-investment-report",
        "after: infrastructure-fees",
        ("procedures-after-undated", "committee-year-investment-report", "no due day", "has due"),
    ),
    "duty after no duty": (
        FILE,
        "after: board-year-investment-report",
        "after: board-yearly-report",
        ("procedures-obligation-unknown", "committee-year-investment-report", "no such", "use one"),
    ),
    "guard": (
        FILE,
        "needs: [consulted_asked]",
        "needs: [all_asked]",
        (
            "rules-shape-literal-error",
            "evaluate",
            "needs: Input should be 'papers_complete'",
            "mend",
        ),
    ),
    "party": (
        FILE,
        "waits_for: issuer\n        title",
        "waits_for: ministry\n        title",
        ("rules-shape-literal-error", "proposed", "waits_for: Input should be", "mend"),
    ),
    "verified, but not read": (
        FILE,
        STEP,
        STEP.replace('"T"', '"S"'),
        ("rules-shape-value-error", "consult", "verified needs confidence T", "mend"),
    ),
    "body verified without a day": (
        FILE,
        '    checked_on: "2026-07-05"\n    verified: true\n    confidence: "T"\n  - id: peoples',
        '    verified: true\n    confidence: "T"\n  - id: peoples',
        ("rules-shape-value-error", "management_board", "verified needs checked_on", "mend"),
    ),
    "days without a unit": (
        FILE,
        "days: 40\n        unit: calendar\n",
        "days: 40\n",
        ("rules-shape-value-error", "evaluate", "days and unit go together", "mend"),
    ),
    "final state that waits": (
        FILE,
        "      - id: kept\n        final: true\n",
        "      - id: kept\n        final: true\n        waits_for: receiver\n",
        ("rules-shape-value-error", "kept", "a final state waits for nobody", "mend"),
    ),
    "ends before it starts": (
        FILE,
        'in_force_from: "2023-01-01"\n',
        'in_force_from: "2023-01-01"\n    in_force_until: "2022-01-01"\n',
        ("rules-shape-value-error", "ghg-activity-data", "does not come after", "mend"),
    ),
    "due less often than it comes": (
        FILE,
        'due: ["01-15", "04-15", "07-15", "10-15"]',
        'due: ["01-15", "07-15"]',
        (
            "rules-shape-value-error",
            "board-quarter-investment-report",
            "every quarter is due 4 times; due lists 2",
            "mend",
        ),
    ),
    "due on no day": (
        FILE,
        'due: ["04-10"]',
        'due: ["02-30"]',
        ("rules-shape-value-error", "board-year-investment-report", "not a day of every", "mend"),
    ),
    "key misspelt": (
        FILE,
        "certificate_years: 5",
        "certificate_year: 5",
        ("rules-shape-extra-forbidden", "vn-eip-issue-d35", "certificate_year", "keys allowed"),
    ),
    "date not quoted": (
        FILE,
        'in_force_from: "2023-01-01"',
        "in_force_from: 2023-01-01",
        ("rules-shape-value-error", "ghg-activity-data", "write it in quotes", "mend"),
    ),
    "year twice": (
        HOLIDAYS,
        "  - year: 2023\n",
        "  - year: 2022\n",
        ("holidays-year-twice", "2022", "2022 is written twice", "keep one"),
    ),
    "day of another year": (
        HOLIDAYS,
        'day: "2024-01-01"',
        'day: "2023-12-31"',
        ("holidays-other-year", "2023-12-31", "not a day of 2024", "its own year"),
    ),
    "day twice": (
        HOLIDAYS,
        'day: "2024-09-03"',
        'day: "2024-09-02"',
        ("holidays-day-twice", "2024-09-02", "written twice", "keep one"),
    ),
    "off and worked": (
        HOLIDAYS,
        'day: "2024-05-04"',
        'day: "2024-09-03"',
        ("holidays-day-twice", "2024-09-03", "written twice", "keep one"),
    ),
    "worked on a weekday": (
        HOLIDAYS,
        'day: "2024-05-04"',
        'day: "2024-05-06"',
        ("holidays-worked-weekday", "2024-05-06", "is a working day", "Saturday or Sunday"),
    ),
    "no such day": (
        HOLIDAYS,
        'day: "2024-05-04"',
        'day: "2024-05-32"',
        ("rules-shape-value-error", "", "is not a day of the calendar", "mend"),
    ),
    "year without its decision": (
        HOLIDAYS,
        '    decision:\n      vi: "Thông báo 119/TB-LĐTBXH"\n      en: "Notice 119/TB-LĐTBXH"\n',
        "",
        ("rules-shape-missing", "", "decision", "add the missing line"),
    ),
}


def folder_of(tmp_path: Path, **changed: str) -> Path:
    """Return a folder with what the procedures are checked against, and the files *changed*."""
    for name in ("about.yaml", "options.yaml"):
        shutil.copy(DATA / name, tmp_path / name)
    for name, text in {**TEXT, **changed}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_with_place_and_cure(tmp_path: Path, name: str) -> None:
    file, old, new, (code, row, says, cure) = BROKEN[name]
    assert old in TEXT[file]
    target = tmp_path / "procedures.json"
    folder = folder_of(tmp_path, **{file: TEXT[file].replace(old, new, 1)})
    with pytest.raises(InputError) as caught:
        write_procedures(folder, target)
    matching = [
        problem
        for problem in caught.value.problems
        if problem.code == code
        and problem.place.cell == row
        and says in problem.message.en
        and cure in problem.cure.en
    ]
    assert matching, f"found only:\n{caught.value}"
    assert matching[0].place.file == file
    assert matching[0].place.line is not None
    assert matching[0].message.vi
    assert matching[0].cure.vi
    assert not target.exists()


def test_the_line_is_that_of_the_row_at_fault(tmp_path: Path) -> None:
    file, old, new, _ = BROKEN["body"]
    text = TEXT[file].replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        compile_procedures(folder_of(tmp_path, **{file: text}))
    line = caught.value.problems[0].place.line
    assert line is not None
    assert "recp_bodies" in text.splitlines()[line - 1]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = TEXT[FILE].replace("expert: [recp_body]", "expert: [nobody]")
    text = text.replace('clause: "D96 94.3"', 'clause: "D69 94.3"')
    days = TEXT[HOLIDAYS].replace('day: "2024-01-01"', 'day: "2023-12-31"')
    with pytest.raises(InputError) as caught:
        compile_procedures(folder_of(tmp_path, **{FILE: text, HOLIDAYS: days}))
    codes = [problem.code for problem in caught.value.problems]
    assert codes.count("procedures-authority-unknown") == 2  # both procedures of a park
    assert {"procedures-instrument-unknown", "holidays-other-year"} < set(codes)


def test_an_absent_file_is_told(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    (folder / HOLIDAYS).unlink()
    with pytest.raises(InputError, match=r"holidays\.yaml: this file is absent"):
        compile_procedures(folder)


def test_what_ships_is_what_its_files_say() -> None:
    shipped, compiled = load_procedures(), compile_procedures()
    assert shipped.hash == compiled.hash
    assert shipped.procedures == compiled.procedures
    assert dict(shipped.holidays) == dict(compiled.holidays)
    assert shipped.obligations == compiled.obligations


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "procedures.json"
    assert write_procedures(target=target)
    assert not write_procedures(target=target)


def test_a_file_changed_by_hand_is_refused(tmp_path: Path) -> None:
    document = json.loads(COMPILED.read_text(encoding="utf-8"))
    document["content"]["procedures"][0]["sets"] = 1
    changed = tmp_path / "procedures.json"
    changed.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(BundleError, match="changed by hand"):
        load_procedures(changed)


def test_an_absent_compiled_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="run: sinhthai rules compile"):
        load_procedures(tmp_path / "none.json")


def test_what_was_read_long_ago_is_warned_of() -> None:
    law = load_procedures()
    assert overdue_procedures(law, dt.date(2026, 12, 1)) == []
    late = overdue_procedures(law, dt.date(2028, 2, 1))
    assert {problem.place.cell for problem in late} >= {"vn-eip-issue-d35", "management_board"}
    assert all(problem.severity == "warning" for problem in late)


def test_nothing_unread_is_called_verified() -> None:
    law = load_procedures()
    rules = [one.rule for one in (*law.procedures, *law.authorities.values(), *law.obligations)]
    rules += [year.rule for year in law.holidays.values()]
    for one in law.procedures:
        rules += [part.rule for part in (*one.steps, *one.clocks, *one.papers)]
    assert any(not rule.verified for rule in rules)
    for rule in rules:
        assert rule.verified == (rule.confidence == "T" and rule.checked_on is not None)


def test_no_final_state_is_left_and_every_other_waits_for_somebody() -> None:
    for one in load_procedures().procedures:
        for state in one.states:
            leaving = [step.id for step in one.steps if state.id in step.from_states]
            assert state.final != bool(leaving), (one.id, state.id)
            assert state.final == (state.waits_for == ""), (one.id, state.id)
            assert state.final == (state.duty.en == ""), (one.id, state.id)


def test_who_a_state_waits_for_may_take_a_step_out_of_it() -> None:
    for one in load_procedures().procedures:
        for state in one.states:
            parties = {step.party for step in one.steps if state.id in step.from_states}
            assert state.final or state.waits_for in parties, (one.id, state.id)


def test_steps_of_a_procedure_know_only_its_own_states() -> None:
    enterprise = load_procedures().procedure("vn-eco-issue-d35")
    assert "proposed" not in enterprise.step("withdraw").from_states
    assert enterprise.step("issue").from_states == ("reported",)
    assert enterprise.state("reported").waits_for == "issuer"


def test_every_guard_deed_and_party_has_words() -> None:
    for one in load_procedures().procedures:
        assert set(one.parties) <= set(PARTIES)
        for step in one.steps:
            assert set(step.needs) <= set(GUARDS)
            assert all(say_doer(one, deed).vi for deed in step.not_by)
        for clock in one.clocks:
            assert all(say_event(one, id).vi for id in (*clock.starts, *clock.ends))
    assert set(DEEDS) == {"draft", "judge", "override"}


def test_every_clause_can_be_cited() -> None:
    law = load_procedures()
    for one in law.procedures:
        for part in (one, *one.steps, *one.clocks, *one.papers):
            assert say_where(part.rule.clause, law.instruments).vi.startswith(
                ("Điều", "khoản", "điểm")
            )
    for duty in law.obligations:
        assert say_where(duty.rule.clause, law.instruments).en.startswith("Article")


def test_the_law_is_found_by_kind_subject_and_day() -> None:
    law = load_procedures()
    found = law.procedure_on("issue", "park", dt.date(2022, 7, 15))
    assert found is not None
    assert found.id == "vn-eip-issue-d35"
    assert law.procedure_on("issue", "park", dt.date(2022, 7, 14)) is None
    assert law.procedure_on("review", "park", dt.date(2026, 1, 1)) is None
