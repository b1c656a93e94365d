"""The chain on its own: any change, gap or cut is found."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sinhthai.certification.engine.chain import START, Link, check, link

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=4,
)


def chain_of(bodies):
    rows, previous = [], START
    for seq, body in enumerate(bodies, start=1):
        body = {"seq": seq, **body}
        rows.append(Link(seq, previous, link(previous, body), body))
        previous = rows[-1].hash
    return rows, (len(rows), previous)


def codes(*args, **more):
    return [one.code for one in check(*args, **more)]


CHAINS = st.lists(st.dictionaries(st.text(max_size=8), JSON, max_size=3), min_size=1, max_size=5)


@settings(max_examples=40)
@given(CHAINS)
def test_an_untouched_chain_is_whole(bodies):
    rows, head = chain_of(bodies)
    assert check(rows, head=head) == []
    assert all(check(rows, head=head, expect=row.hash) == [] for row in rows)


@settings(max_examples=40)
@given(CHAINS, st.data())
def test_any_changed_row_is_found(bodies, data):
    rows, head = chain_of(bodies)
    at = data.draw(st.integers(0, len(rows) - 1))
    changed = {**rows[at].body, "reason": "khác"}
    rows[at] = dataclasses.replace(rows[at], body=changed)
    assert codes(rows, head=head) == ["row-changed"]


@settings(max_examples=40)
@given(CHAINS, st.data())
def test_a_row_written_anew_with_a_right_hash_breaks_the_next_or_the_head(bodies, data):
    rows, head = chain_of(bodies)
    at = data.draw(st.integers(0, len(rows) - 1))
    body = {**rows[at].body, "reason": "khác"}
    rows[at] = dataclasses.replace(rows[at], body=body, hash=link(rows[at].previous, body))
    assert codes(rows, head=head) == ["tail-cut" if at == len(rows) - 1 else "row-unlinked"]


@settings(max_examples=40)
@given(CHAINS, st.data())
def test_any_missing_row_is_found(bodies, data):
    rows, head = chain_of(bodies)
    at = data.draw(st.integers(0, len(rows) - 1))
    last = at == len(rows) - 1
    del rows[at]
    assert codes(rows, head=head) == (["tail-cut"] if last else ["row-missing"])


def test_a_store_put_back_from_an_older_copy_is_found_by_a_hash_written_down():
    rows, head = chain_of([{"kind": "step.submit"}, {"kind": "step.accept"}])
    old = (1, rows[0].hash)
    assert codes(rows[:1], head=old) == []  # the copy alone looks whole
    assert codes(rows[:1], head=old, expect=head[1]) == ["head-unknown"]


def test_an_empty_chain_is_whole_and_expects_nothing():
    assert codes([], head=(0, START)) == []
    assert codes([], head=(0, START), expect="a" * 64) == ["head-unknown"]


def test_what_is_no_json_number_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        link(START, {"value": float("nan")})
