"""Which version asks what of whom: over any timeline no version approves anybody, and none un-approves them early."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from safeguarding.rules import (
    CHECK,
    FOREVER,
    Asked,
    Rules,
    Span,
    binding,
    in_force,
    last_day,
    months_after,
    terms,
)

ZERO = date(2026, 1, 1)
KINDS = ("reference", "interview", "induction", CHECK)
days = st.integers(0, 400).map(lambda n: ZERO + timedelta(days=n))


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Rules, ...]:
    """Versions as the page lets them be set: none counts before the one it follows, and each gives ninety days."""
    made, from_on = [], ZERO
    for version in range(1, draw(st.integers(1, 5)) + 1):
        from_on += timedelta(days=draw(st.integers(0, 120)))
        asked = tuple(
            Asked(kind, many=draw(st.integers(1, 3)), levels=frozenset("x"))
            for kind in draw(st.sets(st.sampled_from(KINDS)))
        )
        existing = from_on + timedelta(days=90 + draw(st.integers(0, 60)))
        made.append(Rules(version, from_on, existing, asked))
    return tuple(made)


def asked_on(versions: tuple[Rules, ...], under: int | None, on: date) -> dict[str, int]:
    """How many of each kind are asked on a day."""
    term = next(terms(versions, approved_under=under, on=on))
    return {kind: one.many for kind, one in term.asked.items()}


@given(timelines(), days, days)
def test_a_new_version_asks_nothing_more_of_the_approved_before_the_day_it_gave(
    versions: tuple[Rules, ...], approved_on: date, on: date
):
    under = in_force(versions, on=approved_on).version
    later = [one for one in versions if one.version > under and one.existing_until_on >= on]
    without = tuple(one for one in versions if one not in later)
    assert asked_on(versions, under, on) == asked_on(without, under, on)


@given(timelines(), days, days)
def test_no_version_takes_anything_off_somebody_who_is_approved(
    versions: tuple[Rules, ...], approved_on: date, on: date
):
    under = in_force(versions, on=approved_on)
    asked = asked_on(versions, under.version, on)
    # Who lacks something that they were approved for stays uncleared, whatever came since.
    assert all(asked[one.kind] >= one.many for one in under.asked)
    for one in versions:
        if one.version > under.version and one.existing_until_on < on:
            assert all(asked[other.kind] >= other.many for other in one.asked)


@given(timelines(), days)
def test_a_decision_is_made_under_the_one_version_of_its_day(versions: tuple[Rules, ...], on: date):
    (one,) = binding(versions, approved_under=None, on=on)
    assert one.counts_from_on <= on or one.version == 1
    assert not any(other.counts_from_on <= on for other in versions[one.version :])


@given(timelines(), days, days)
def test_terms_are_what_binds_on_each_day_of_them(
    versions: tuple[Rules, ...], approved_on: date, on: date
):
    under = in_force(versions, on=approved_on).version
    told = list(terms(versions, approved_under=under, on=on))
    assert told[0].days.from_on == on
    assert told[-1].days.until_on == FOREVER
    for term, following in pairwise(told):
        assert term.days.until_on + timedelta(days=1) == following.days.from_on
        assert {k: v.many for k, v in term.asked.items()} == asked_on(
            versions, under, term.days.until_on
        )


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6),
    st.integers(1, 3),
    st.integers(0, 40),
)
def test_the_last_day_is_the_day_before_the_first_gap(
    ends: list[tuple[int, int]], many: int, start: int
):
    spans = [
        Span(ZERO + timedelta(days=min(pair)), ZERO + timedelta(days=max(pair))) for pair in ends
    ]
    on = from_on = ZERO + timedelta(days=start)
    while sum(span.holds(on) for span in spans) >= many:
        on += timedelta(days=1)
    expected = on - timedelta(days=1) if on > from_on else None
    assert last_day(spans, many=many, from_on=from_on) == expected


def test_something_without_an_end_lasts_for_ever():
    span = Span(ZERO, FOREVER)
    assert last_day([span], many=1, from_on=ZERO) == FOREVER
    assert last_day([span, replace(span, until_on=ZERO)], many=2, from_on=ZERO) == ZERO


def test_months_end_where_a_month_does():
    assert months_after(date(2023, 12, 2), 36) == date(2026, 12, 2)
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2026, 8, 31), 1) == date(2026, 9, 30)


def test_two_versions_together_ask_what_satisfies_both():
    one = Asked(CHECK, levels=frozenset({"enhanced"}), months=36)
    other = Asked(CHECK, levels=frozenset({"basic", "enhanced"}), months=0)
    assert one.and_also(other) == replace(one, levels=frozenset({"enhanced"}))
    assert other.and_also(replace(one, months=24)).months == 24
