"""From raw evidence to the two extreme fractions of a value, for each kind of leaf.

Each entry of `EXTREMES` is a chain of select lists (each may use the one before) and the final
columns, the same for all kinds:

``low_num, low_den``    the smallest value; denominator NULL: unbounded (the value may near 0)
``high_num, high_den``  the greatest value; numerator NULL: unbounded
``certain``             the denominator is surely not zero
``empty``               the denominator is surely zero, or everything was declared n/a
``clash``               the facts contradict each other: a part greater than its whole
``n_low .. d_high``     bounds of numerator and denominator, to show
``yes, no, unknown, maybe, totals``  counts of enterprises, and whether the park's totals gave them
"""

from __future__ import annotations

from sinhthai.assessment.engine.formulas import DECIMAL

_NO_COUNTS = (
    "CAST(NULL AS BIGINT) AS yes, CAST(NULL AS BIGINT) AS no, CAST(NULL AS BIGINT) AS unknown,"
    " CAST(NULL AS BIGINT) AS maybe, FALSE AS totals"
)
_SHOWN = "low_num, low_den, high_num, high_den, certain, empty, clash, n_low, n_high, d_low, d_high"


def _fixed(value: str | int) -> str:
    return f"CAST({value} AS {DECIMAL})"


# A fraction whose numerator and denominator are both intervals; `part`: numerator <= denominator,
# which also tells that the denominator is at least the numerator's lower bound.
_FRACTION = (
    "coalesce(part AND n_low > d_high, FALSE) AS clash,"
    " CASE WHEN part AND n_low <= coalesce(d_high, n_low) THEN greatest(d_low, n_low)"
    " ELSE d_low END AS least_den,"
    " CASE WHEN part AND n_low <= coalesce(d_high, n_low) THEN least(n_high, d_high)"
    " ELSE n_high END AS most_num",
    "n_low AS low_num, CASE WHEN n_low >= 0 THEN d_high ELSE least_den END AS low_den,"
    # the part may be the whole
    " part AND NOT clash AND coalesce(most_num >= least_den, TRUE) AS whole",
    f"CASE WHEN whole THEN {_fixed(1)} WHEN most_num >= 0 AND least_den = 0 THEN NULL"
    " ELSE most_num END AS high_num,"
    f" CASE WHEN whole THEN {_fixed(1)} WHEN most_num < 0 THEN d_high ELSE least_den END"
    " AS high_den,"
    " least_den > 0 AS certain, coalesce(d_high = 0, FALSE) OR na AS empty",
)

# The park's totals: `w` enterprises in all (the whole), `r` of them meet the numerator.
_SHARE = (
    # in: surely in the denominator; maybe: perhaps. A total nobody told bounds nothing.
    f"{_fixed('tt + tf + tu')} AS inside, {_fixed('ut + uf + uu')} AS perhaps,"
    f" CASE WHEN w_told THEN w_low ELSE {_fixed(0)} END AS w_min,"
    f" CASE WHEN w_told THEN w_high WHEN listed THEN {_fixed(0)} END AS w_max,"
    f" CASE WHEN r_told THEN r_low ELSE {_fixed(0)} END AS r_min,"
    " CASE WHEN r_told THEN r_high END AS r_max",
    # the list does not hold all the enterprises there are, and the totals do not contradict it
    "coalesce(listed AND w_told AND r_told AND w_min > inside + perhaps"
    " AND coalesce(r_max >= tt, TRUE) AND coalesce(r_min <= w_max - tf, TRUE), FALSE) AS filled,"
    # a denominator with no upper bound stays without one
    " CASE WHEN w_max IS NOT NULL THEN greatest(w_max, inside + uf + uu) END AS worst_den,"
    " CASE WHEN w_max IS NOT NULL THEN greatest(w_max, inside + ut + uu) END AS best_den,"
    " greatest(w_min, inside) AS sure_den, greatest(w_min, r_min) AS told_den",
    f"CASE WHEN filled THEN greatest({_fixed('tt')}, r_min) ELSE {_fixed('tt')} END AS listed_yes,"
    " filled AND r_max IS NOT NULL AND (best_den IS NULL"
    " OR CAST(r_max AS DOUBLE) * CAST(best_den AS DOUBLE)"
    " < CAST(best_den - tf AS DOUBLE) * CAST(sure_den AS DOUBLE)) AS capped,"
    " coalesce(NOT listed AND r_min > w_max, FALSE) AS clash,"
    " CASE WHEN r_max < told_den THEN r_max END AS told_yes",
    # only enterprises perhaps in the denominator, all of which would meet: the share is 1 or none
    "CASE WHEN NOT listed THEN r_min"
    f" WHEN worst_den = 0 THEN {_fixed('CASE WHEN ut > 0 THEN 1 ELSE 0 END')}"
    " ELSE listed_yes END AS low_num,"
    f" CASE WHEN NOT listed THEN w_max WHEN worst_den = 0 THEN {_fixed(1)} ELSE worst_den END"
    " AS low_den,"
    f" CASE WHEN NOT listed THEN CASE WHEN told_den > 0 THEN coalesce(told_yes, {_fixed(1)})"
    f" ELSE {_fixed(1)} END"
    f" WHEN capped THEN r_max WHEN best_den IS NULL THEN {_fixed(1)}"
    f" WHEN best_den = 0 THEN {_fixed('CASE WHEN ut + tu + uu > 0 THEN 1 ELSE 0 END')}"
    " ELSE best_den - tf END AS high_num,"
    f" CASE WHEN NOT listed THEN CASE WHEN told_den > 0 AND told_yes IS NOT NULL THEN told_den"
    f" ELSE {_fixed(1)} END"
    f" WHEN capped THEN sure_den WHEN best_den IS NULL OR best_den = 0 THEN {_fixed(1)}"
    " ELSE best_den END AS high_den",
    "CASE WHEN listed THEN sure_den > 0 ELSE told_den > 0 END AS certain,"
    " CASE WHEN listed THEN inside + perhaps = 0 AND coalesce(w_max = 0, FALSE)"
    " ELSE coalesce(w_max = 0, FALSE) OR na END AS empty,"
    " CASE WHEN listed THEN listed_yes ELSE r_min END AS n_low,"
    " CASE WHEN NOT listed THEN r_max WHEN filled AND r_max IS NOT NULL"
    " THEN least(r_max, best_den - tf) ELSE best_den - tf END AS n_high,"
    " CASE WHEN listed THEN sure_den ELSE w_min END AS d_low,"
    " CASE WHEN listed THEN greatest(w_max, inside + perhaps) ELSE w_max END AS d_high",
    f"CASE WHEN NOT listed THEN CASE WHEN w_told AND r_told"
    " THEN greatest(w_min - coalesce(r_max, w_min), 0) END"
    f" WHEN filled AND r_max IS NOT NULL THEN greatest(sure_den - r_max, {_fixed('tf')})"
    f" ELSE {_fixed('tf')} END AS sure_no,"
    " CASE WHEN listed OR (w_told OR r_told) THEN n_low END AS sure_yes",
)

EXTREMES: dict[str, tuple[tuple[str, ...], str]] = {
    "condition": (
        (
            f"CASE WHEN v THEN {_fixed(1)} ELSE {_fixed(0)} END AS low_num,"
            f" CASE WHEN NOT v THEN {_fixed(0)} ELSE {_fixed(1)} END AS high_num,"
            f" {_fixed(1)} AS low_den, {_fixed(1)} AS high_den, TRUE AS certain,"
            " v IS NULL AND na AS empty, FALSE AS clash,"
            f" {_fixed('NULL')} AS n_low, {_fixed('NULL')} AS n_high,"
            f" {_fixed('NULL')} AS d_low, {_fixed('NULL')} AS d_high",
        ),
        f"{_SHOWN}, {_NO_COUNTS}, missing",
    ),
    "number": (_FRACTION, f"{_SHOWN}, {_NO_COUNTS}, missing"),
    "share": (
        _SHARE,
        f"{_SHOWN}, CAST(sure_yes AS BIGINT) AS yes, CAST(sure_no AS BIGINT) AS no,"
        " CAST(CASE WHEN listed THEN greatest(sure_den - sure_yes - sure_no, 0)"
        " WHEN w_told AND r_told THEN greatest(w_min - sure_yes - sure_no, 0) END AS BIGINT)"
        " AS unknown,"
        " CAST(CASE WHEN listed THEN perhaps END AS BIGINT) AS maybe,"
        " CASE WHEN listed THEN filled ELSE w_told OR r_told END AS totals, missing",
    ),
}
