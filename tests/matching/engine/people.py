"""Two people to compare: a family and a supporter whom nothing stands against.

A newcomer would build each profile from nothing. Change one thing on these two instead, so
that a test shows only what it is about.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matching.engine.terms import Child, Point, SeekingProfile, SupporterProfile, Term

ON = date(2026, 11, 20)
END = date(2027, 4, 9)

POLISH, ENGLISH, URDU = Term("pl", "Polish"), Term("en", "English"), Term("ur", "Urdu")
NEW_BABY = Term("new-baby", "a new baby", "family")
SEPARATION = Term("separation", "separation", "family")
MONEY = Term("money", "money")
DOGS, STEPS = Term("dogs", "dogs"), Term("steps", "steps")
STEP_FREE, QUIET = Term("step-free", "step-free"), Term("quiet", "a quiet place")
SATURDAY_MORNING, SATURDAY_AFTERNOON = 1 << 15, 1 << 16


def family(**changes: object) -> SeekingProfile:
    """Nadia's family in Burntwood, everything asked and answered."""
    asked = SeekingProfile(
        id="nadia",
        point=Point(52.68, -1.92),
        travel_m=5_000,
        languages=frozenset({ENGLISH, POLISH}),
        free_times=SATURDAY_MORNING | SATURDAY_AFTERNOON,
        children=(Child(8, 10, frozenset({"Football"})),),
        has=frozenset(),
        no_to=frozenset(),
        goal_themes=frozenset({NEW_BABY}),
        access_needs=frozenset({STEP_FREE}),
        wishes=frozenset(),
    )
    return replace(asked, **changes)


def supporter(**changes: object) -> SupporterProfile:
    """Jo's family a short walk away, cleared for longer than any link-up."""
    asked = SupporterProfile(
        id="jo",
        point=Point(52.69, -1.91),
        travel_m=8_000,
        languages=frozenset({ENGLISH, POLISH}),
        free_times=SATURDAY_MORNING | SATURDAY_AFTERNOON,
        children=(Child(8, 10, frozenset({"football "})),),
        has=frozenset(),
        no_to=frozenset(),
        lived_through=frozenset({NEW_BABY}),
        offers=frozenset(),
        meets=frozenset({STEP_FREE}),
        capacity=2,
        cleared_until=date(2028, 1, 1),
    )
    return replace(asked, **changes)
