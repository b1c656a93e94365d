"""What may be done to an audit, in which order, by whom; and what it adds to the totals."""

import dataclasses
import datetime as dt

import pytest

from sinhthai.accounts.models import AuditEntry
from sinhthai.efficiency.actions.audits import move_phase, open_audit, share_audit
from sinhthai.efficiency.actions.baseline import Given, enter_baseline, take_reported
from sinhthai.efficiency.actions.measures import (
    SizeGiven,
    choose_measure,
    judge_measure,
    plan_measure,
    size_measure,
)
from sinhthai.efficiency.actions.report import answer_proposal, propose_results
from sinhthai.efficiency.actions.steps import ResultGiven, move_measure
from sinhthai.efficiency.actions.walk import answer_walk, attach_file, withdraw_file
from sinhthai.efficiency.engine.progress import STATUSES, STEPS
from sinhthai.efficiency.models import AuditMeasure, BaselineEntry, Sizing, WalkAnswer
from sinhthai.efficiency.readers.baseline import standing_entries
from sinhthai.efficiency.readers.report import read_lines
from sinhthai.efficiency.readers.suggestions import suggest_measures
from sinhthai.efficiency.readers.sums import guarded_rows, rows_by, totals_of
from sinhthai.efficiency.readers.walk import standing_answers
from sinhthai.foundation.problems import InputError
from sinhthai.reporting.models import Record
from tests.efficiency.web.conftest import (
    AT,
    PDF,
    TODAY,
    chosen,
    implemented,
    measured,
    metered,
    planned,
    step,
    verified,
)

AIR = "electricity.compressed_air"


def code_of(call, *args, **kwargs):
    """Return the code of the refusal; that nothing was refused is a failure."""
    with pytest.raises(InputError) as error:
        call(*args, **kwargs)
    return error.value.problems[0].code


def sums(audit):
    return totals_of(AuditMeasure.objects.filter(audit=audit))


def test_an_audit_is_opened_once_a_year_by_who_may(mill, audit, adviser, office, board, own):
    again = {"enterprise": mill, "lead": "x", "at": AT}
    assert code_of(open_audit, user=adviser, year=2023, **again) == "audit-twice"
    assert code_of(open_audit, user=adviser, year=2026, **again) == "bad-year"
    assert code_of(open_audit, user=office, year=2024, **again) == "no-right"
    assert code_of(open_audit, user=board, year=2024, **again) == "no-right"
    assert open_audit(user=own, year=2024, **again).phase == 1


def test_going_back_a_phase_needs_its_reason_and_stays_in_the_history(audit, adviser):
    move_phase(user=adviser, audit=audit, to=3, note="", at=AT)
    audit.refresh_from_db()
    assert code_of(move_phase, user=adviser, audit=audit, to=3, note="", at=AT) == "nothing-new"
    assert code_of(move_phase, user=adviser, audit=audit, to=2, note="", at=AT) == "reason-missing"
    move_phase(user=adviser, audit=audit, to=2, note="the flow chart was wrong", at=AT)
    assert list(audit.phases.order_by("pk").values_list("after", flat=True)) == [1, 3, 2]


def test_only_the_enterprise_shares_its_audit(audit, adviser, own):
    assert code_of(share_audit, user=adviser, audit=audit, shared=True, at=AT) == "only-own"
    assert share_audit(user=own, audit=audit, shared=True, at=AT).shared_with_park


def test_reported_figures_are_taken_over_and_what_is_metered_stays(audit, mill, adviser):
    assert code_of(take_reported, user=adviser, audit=audit, at=AT) == "nothing-reported"
    Record.objects.create(
        park=mill.park, enterprise=mill, year=2023, recorded_at=AT,
        values={"electricity_used_kwh": 4_200_000.0, "gas_used_m3": 1000.0},
        absences={"oil_used_t": "not_reported"},
    )  # fmt: skip
    take_reported(user=adviser, audit=audit, at=AT)
    found = {key[0]: row.quantity for key, row in standing_entries(audit).items()}
    assert found == {"electricity": 4200.0, "natural-gas": pytest.approx(0.7)}  # no oil: not zero
    metered(audit, adviser, "", 4300.0)
    assert code_of(take_reported, user=adviser, audit=audit, at=AT) == "nothing-reported"
    assert standing_entries(audit)["electricity", ""].quantity == 4300.0
    assert BaselineEntry.objects.filter(carrier="electricity").count() == 2  # appended


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"carrier": "coal from the moon"}, "unknown-carrier"),
        ({"use": "water.cleaning"}, "unknown-carrier"),  # electricity does not clean
        ({"quantity": -1.0}, "bad-number"),
        ({"quantity": float("nan")}, "bad-number"),
        ({"source": " "}, "source-missing"),
        ({"quantity": 1200.0}, "use-above-whole"),
    ],
)
def test_a_row_of_the_baseline_that_cannot_be_is_refused(audit, adviser, change, code):
    metered(audit, adviser, "", 1000.0)
    right = Given("electricity", AIR, 200.0, None, "measured", "meter")
    wrong = dataclasses.replace(right, **change)
    assert code_of(enter_baseline, user=adviser, audit=audit, given=wrong, at=AT) == code
    assert BaselineEntry.objects.count() == 1


def test_uses_together_are_no_more_than_their_whole_and_a_use_within_another_is_part_of_it(
    audit, adviser
):
    metered(audit, adviser, "", 1000.0)
    metered(audit, adviser, AIR, 600.0)
    metered(audit, adviser, "electricity.blowing_air", 500.0)  # within the compressed air
    given = Given("electricity", "electricity.lighting", 401.0, None, "measured", "m")
    refusal = code_of(enter_baseline, user=adviser, audit=audit, given=given, at=AT)
    assert refusal == "use-above-whole"
    assert metered(audit, adviser, "electricity.lighting", 400.0).pk


def test_two_measures_on_one_use_count_what_the_other_leaves(audit, adviser):
    metered(audit, adviser, "", 1000.0, price=2_000_000.0)
    metered(audit, adviser, AIR, 100.0)
    chosen(audit, adviser, "leak-programme", 0.20, 50e6)
    chosen(audit, adviser, "lower-air-pressure", 0.10)
    total = sums(audit)["potential"]
    assert total.measures == 2
    assert total.amounts["electricity_mwh"] == pytest.approx(28.0)  # 1 - 0.8 x 0.9, not 30
    assert total.amounts["value_vnd"] == pytest.approx(28.0 * 2_000_000)
    assert total.amounts["co2e_t"] == pytest.approx(28.0 * 0.6592)
    assert total.amounts["investment_vnd"] == 50e6


def test_the_order_of_choosing_does_not_move_a_total(audit, adviser):
    metered(audit, adviser, AIR, 100.0)
    rows = [
        chosen(audit, adviser, one, share)
        for one, share in (("lower-air-pressure", 0.1), ("leak-programme", 0.2))
    ]
    assert sums(audit)["potential"].amounts["electricity_mwh"] == pytest.approx(28.0)
    step(rows[0], adviser, "rejected", reason="the press needs it")
    assert sums(audit)["potential"].amounts["electricity_mwh"] == pytest.approx(20.0)


def test_a_total_is_never_more_than_the_meter(audit, adviser):
    metered(audit, adviser, "", 100.0)
    metered(audit, adviser, AIR, 60.0)
    metered(audit, adviser, "electricity.lighting", 40.0)
    chosen(audit, adviser, "leak-programme", 1.0)
    chosen(audit, adviser, "led", 1.0)
    chosen(audit, adviser, "transformers", 0.5)  # of the whole site: nothing is left
    assert sums(audit)["potential"].amounts["electricity_mwh"] == pytest.approx(100.0)


def test_classes_stand_apart(audit, adviser, colleague):
    metered(audit, adviser, AIR, 100.0)
    metered(audit, adviser, "electricity.lighting", 50.0)
    metered(audit, adviser, "electricity.pumps_fans", 80.0)
    chosen(audit, adviser, "compressor-control", 0.3)
    planned(chosen(audit, adviser, "led", 0.5), adviser)
    implemented(chosen(audit, adviser, "lower-air-pressure", 0.05), adviser)
    verified(chosen(audit, adviser, "variable-speed-drive", 0.4), adviser, colleague, 80.0, 56.0)
    found = {c: t.amounts.get("electricity_mwh") for c, t in sums(audit).items()}
    assert found == {
        "potential": pytest.approx(30.0), "planned": pytest.approx(25.0),
        "implemented": pytest.approx(5.0), "verified": pytest.approx(24.0),
    }  # fmt: skip
    # The verified one counts what was measured, not what it was sized to.
    assert AuditMeasure.objects.get(measure="variable-speed-drive").counted == {"electricity": 24.0}


def test_what_is_not_known_stays_unknown(audit, adviser):
    row = chosen(audit, adviser, "led")
    given = SizeGiven("share", share=0.5)
    assert code_of(size_measure, user=adviser, row=row, given=given, at=AT) == "use-unknown"
    entered = SizeGiven("entered", saved=12.0, source="own calculation")
    sizing = size_measure(user=adviser, row=row, given=entered, at=AT)
    assert sizing.value_vnd is None  # no price was stated
    assert sizing.co2e_t == pytest.approx(12.0 * 0.6592)
    total = sums(audit)["potential"]
    assert "value_vnd" not in total.amounts and total.known["value_vnd"] == 0


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (SizeGiven("share", share=1.2), "share-range"),
        (SizeGiven("share"), "share-range"),
        (SizeGiven("entered", saved=5.0), "source-missing"),
        (SizeGiven("entered", saved=-5.0, source="x"), "bad-number"),
        (SizeGiven("entered", saved=101.0, source="x"), "above-use"),
        (SizeGiven("calculator", figures={"before": 7.0}), "bad-number"),
        (SizeGiven("calculator", figures={"before": 6.0, "after": 7.0}), "calculator"),
        (SizeGiven("magic"), "no-calculator"),
        (SizeGiven("share", share=0.1, investment_vnd=-1.0), "bad-number"),
    ],
)
def test_a_sizing_that_cannot_be_is_refused_and_nothing_is_written(audit, adviser, given, code):
    metered(audit, adviser, AIR, 100.0)
    row = chosen(audit, adviser, "lower-air-pressure")
    assert code_of(size_measure, user=adviser, row=row, given=given, at=AT) == code
    assert not Sizing.objects.exists()


def test_a_calculator_takes_the_units_people_read_off_and_pins_what_it_used(audit, adviser):
    metered(audit, adviser, AIR, 1752.0)
    row = chosen(audit, adviser, "lower-air-pressure")
    given = SizeGiven("calculator", figures={"before": 6.894757, "after": 6.205282})
    sizing = size_measure(user=adviser, row=row, given=given, at=AT)
    assert sizing.saving["electricity"] == pytest.approx(101.285, rel=1e-3)  # MEASUR: 5.78 %
    assert sizing.inputs == given.figures
    assert sizing.use_quantity == 1752.0
    assert sizing.calculator == "compressed_air.pressure_saving"
    assert len(sizing.catalogue_hash) == len(sizing.factors_hash) == 64


def test_a_load_shift_saves_money_but_neither_energy_nor_co2(audit, adviser):
    row = chosen(audit, adviser, "load-shift")
    figures = {"moved": 10.0, "from_price": 3398.0, "to_price": 1190.0}
    given = SizeGiven("calculator", figures=figures)
    sizing = size_measure(user=adviser, row=row, given=given, at=AT)
    assert (sizing.saving, sizing.co2e_t, sizing.value_vnd) == ({}, None, 22_080_000.0)


def test_measures_that_exclude_each_other_do_not_go_together(audit, adviser):
    chosen(audit, adviser, "economizer")
    choose = {"user": adviser, "audit": audit, "at": AT}
    assert code_of(choose_measure, measure="condensing-economizer", **choose) == "excluded"
    assert code_of(choose_measure, measure="economizer", **choose) == "measure-twice"
    assert code_of(choose_measure, measure="perpetual-motion", **choose) == "unknown-measure"


@pytest.mark.parametrize(
    ("before", "after"),
    [(b, a) for b in STATUSES for a in STATUSES if (b, a) not in STEPS],
)
def test_a_step_outside_the_table_cannot_be_taken(audit, adviser, before, after):
    row = chosen(audit, adviser, "led")
    AuditMeasure.objects.filter(pk=row.pk).update(status=before)
    assert code_of(step, row, adviser, after, reason="x") == "no-such-step"


def test_each_step_asks_for_what_the_table_says(audit, adviser, colleague):
    metered(audit, adviser, "electricity.lighting", 50.0)
    row = chosen(audit, adviser, "led")
    assert code_of(step, row, adviser, "planned") == "not-sized"
    assert code_of(step, row, adviser, "rejected") == "reason-missing"
    size_measure(user=adviser, row=row, given=SizeGiven("share", share=0.5), at=AT)
    assert code_of(step, row, adviser, "planned") == "no-plan"
    plan_measure(user=adviser, row=row, responsible="A", due_on=dt.date(2026, 9, 1), at=AT)
    judge = {"user": adviser, "row": row, "side": "technical", "at": AT}
    judge_measure(verdict="no", reason="no spare fittings", **judge)
    assert code_of(step, row, adviser, "planned") == "not-feasible"
    judge_measure(verdict="yes", reason="", **judge)
    step(row, adviser, "planned", on=TODAY)
    tomorrow = TODAY + dt.timedelta(days=1)
    assert code_of(step, row, adviser, "in_implementation", on=tomorrow) == "in-the-future"
    early = TODAY - dt.timedelta(days=9)
    assert code_of(step, row, adviser, "in_implementation", on=early) == "before-last-step"
    step(row, adviser, "in_implementation")
    assert code_of(measured, row, adviser, 50.0, 30.0) == "not-running"
    assert code_of(step, row, adviser, "implemented") == "no-evidence"
    attach_file(
        user=adviser, audit=audit, measure=row, title="", file_name="a.pdf", content=PDF, at=AT
    )
    step(row, adviser, "implemented")
    assert code_of(step, row, colleague, "verified") == "no-result"


def test_who_implemented_or_measured_may_not_verify(audit, adviser, own, colleague):
    metered(audit, adviser, "electricity.lighting", 50.0)
    row = implemented(chosen(audit, adviser, "led", 0.5), adviser)
    measured(row, own, 50.0, 30.0)
    assert code_of(step, row, adviser, "verified") == "own-work"  # implemented it
    assert code_of(step, row, own, "verified") == "own-work"  # measured it
    assert step(row, colleague, "verified").by == colleague
    assert code_of(measured, row, own, 50.0, 20.0) == "verified-stands"
    again = SizeGiven("share", share=0.6)
    assert code_of(size_measure, user=adviser, row=row, given=again, at=AT) == "verified-stands"


def test_a_step_somebody_else_took_meanwhile_is_told_and_nothing_is_written(audit, adviser, own):
    row = chosen(audit, adviser, "led")
    seen = row.events.get().pk
    step(row, own, "rejected", reason="no money")
    late = {"to": "rejected", "on": TODAY, "reason": "x", "seen": seen, "at": AT}
    assert code_of(move_measure, user=adviser, row=row, **late) == "moved-meanwhile"
    assert row.events.count() == 2


def test_a_result_is_brought_to_todays_output():
    given = ResultGiven(2026, "electricity", 100.0, 90.0, 50.0, 60.0, "meter")
    assert given.saved == 30.0  # 100 x 60 / 50 - 90
    plain = dataclasses.replace(given, activity_before=None, activity_after=None)
    assert plain.saved == 10.0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"activity_before": 5.0}, "bad-number"),  # one of the two outputs only
        ({"activity_before": 0.0, "activity_after": 5.0}, "bad-number"),
        ({"year": 2025}, "result-year"),
        ({"year": 2027}, "result-year"),
        ({"source": ""}, "source-missing"),
        ({"carrier": "water"}, "unknown-carrier"),
    ],
)
def test_a_result_that_cannot_be_is_refused(audit, adviser, more, code):
    metered(audit, adviser, "electricity.lighting", 50.0)
    row = implemented(chosen(audit, adviser, "led", 0.5), adviser)
    assert code_of(measured, row, adviser, 50.0, 30.0, **more) == code


def test_evidence_is_what_its_content_says_and_is_withdrawn_not_deleted(audit, adviser):
    attach = {"user": adviser, "audit": audit, "title": "", "at": AT}
    assert code_of(attach_file, file_name="x.pdf", content=b"MZ\x90", **attach) == "file-type"
    assert code_of(attach_file, file_name="x.png", content=PDF, **attach) == "file-name"
    assert code_of(attach_file, file_name="x.pdf", content=b"", **attach) == "empty-file"
    kept = attach_file(file_name="x.pdf", content=PDF, **attach)
    assert code_of(attach_file, file_name="y.pdf", content=PDF, **attach) == "file-twice"
    withdraw_file(user=adviser, evidence=kept, at=AT)
    assert code_of(withdraw_file, user=adviser, evidence=kept, at=AT) == "file-withdrawn"


def test_the_walk_through_moves_the_suggestions(audit, adviser):
    answers = {"led": ("possible", "T8 lamps"), "lighting-control": ("in_place", "")}
    walk = {"user": adviser, "audit": audit, "area": "lighting", "note": "hall 2", "at": AT}
    assert len(answer_walk(answers=answers, **walk)) == 3
    assert code_of(answer_walk, answers=answers, **walk) == "nothing-new"
    answer_walk(answers=answers | {"led": ("possible", "T5 lamps")}, **walk)
    assert WalkAnswer.objects.filter(point="led").count() == 2  # appended
    metered(audit, adviser, "", 1000.0)
    found = suggest_measures(
        audit, standing_entries(audit), standing_answers(audit), frozenset({"cool-roof"})
    )
    names = [one.measure.id for one in found]
    assert names[0] == "led" and found[0].possible
    assert "lighting-control" not in names and "cool-roof" not in names
    assert "white-water" not in names  # a paper measure, and this is a textile mill


def test_verified_results_reach_the_report_once_the_enterprise_accepts(
    audit, mill, adviser, own, colleague
):
    metered(audit, adviser, "", 1000.0, price=2_000_000.0)
    metered(audit, adviser, "electricity.lighting", 50.0)
    propose = {"user": adviser, "audit": audit, "year": 2026, "at": AT}
    assert code_of(propose_results, **propose) == "nothing-verified"
    row = verified(chosen(audit, adviser, "led", 0.5), adviser, colleague, 50.0, 30.0)
    assert read_lines(mill, 2026).values == {
        "electricity_saved_kwh": 20_000.0, "electricity_cost_saved_mvnd": 40.0,
        "co2_cut_t": pytest.approx(20 * 0.6592),
    }  # fmt: skip
    proposal = propose_results(**propose)
    assert code_of(propose_results, **propose) == "proposal-open"
    assert not Record.objects.exists()
    answer = {"proposal": proposal, "at": AT}
    assert code_of(answer_proposal, user=adviser, accepted=True, **answer) == "only-own"
    answer_proposal(user=own, accepted=True, **answer)
    record = Record.objects.get()
    assert (record.enterprise, record.author, record.year) == (mill, own, 2026)
    assert record.values["electricity_saved_kwh"] == 20_000.0
    assert code_of(answer_proposal, user=own, accepted=False, **answer) == "proposal-answered"
    # What is taken back no longer stands behind a proposal.
    again = propose_results(**propose)
    step(row, adviser, "implemented", reason="the meter was read wrong")
    late = {"user": own, "proposal": again, "accepted": True, "at": AT}
    assert code_of(answer_proposal, **late) == "proposal-moved"


def test_the_trail_names_neither_the_enterprise_nor_a_figure(audit, mill, adviser):
    metered(audit, adviser, AIR, 123.0)
    chosen(audit, adviser, "leak-programme", 0.2)
    said = " ".join(f"{one.summary_vi} {one.summary_en}" for one in AuditEntry.objects.all())
    assert f"RECP audit no. {audit.pk}" in said
    assert mill.name_vi not in said and "123" not in said and "24.6" not in said


def test_sums_of_few_are_hidden_and_what_would_give_them_away(park, adviser):
    from tests.efficiency.web.conftest import make_enterprise

    # Four textile mills and two food plants save electricity: two are few, so four are hidden too.
    for number in range(6):
        sector = "1313" if number < 4 else "1020"
        firm = make_enterprise(park, f"03000001{number:02d}", f"Nhà máy {number}", sector)
        one = open_audit(user=adviser, enterprise=firm, year=2023, lead="x", at=AT)
        metered(one, adviser, "electricity.lighting", 100.0)
        chosen(one, adviser, "led", 0.5)
    measures = AuditMeasure.objects.filter(audit__enterprise__park=park)
    whole = totals_of(measures)
    assert whole["potential"].amounts["electricity_mwh"] == pytest.approx(300.0)
    rows, kept = guarded_rows(rows_by(measures, "sector", {}), whole)
    assert not kept["potential"].hidden
    assert {row.key: row.totals["potential"].hidden for row in rows} == {"10": True, "13": True}
    by_measure, _ = guarded_rows(rows_by(measures, "measure", {}), whole)
    assert [row.totals["potential"].hidden for row in by_measure] == [False]
