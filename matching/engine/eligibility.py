"""Hard rules: who must not be paired, and why, each as a value that can be read out.

A newcomer would lower the score of a doubtful pair. A rule here removes the pair altogether,
because a high score elsewhere must never buy back an unchecked person. What is not known is
not a rule: scoring names it, and a coach asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from matching.engine.terms import SeekingProfile, SupporterProfile
from matching.engine.terms.profiles import kilometres, said_list


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason against a pair.

    `words` is a sentence about this pair; `label` completes "7 …" in a count over many
    ("7 live too far apart"). `may_overrule`: whether a coach may decide otherwise, with a
    reason; a rule about a child's safety or somebody's own "no" may not be.
    """

    code: str
    label: str
    words: str
    may_overrule: bool


def blockers(
    seeking: SeekingProfile, supporter: SupporterProfile, *, on: date, planned_end_on: date
) -> list[Blocker]:
    """Everything that stands against linking these two from `on` to `planned_end_on`.

    An empty list means that they may be compared. The gravest reasons come first, so that the
    first is the one to count a supporter under. Raises ValueError when the end is before `on`.
    """
    if planned_end_on < on:
        raise ValueError("A link-up cannot be planned to end before it starts.")
    return [
        *_clearance(supporter, on, planned_end_on),
        *_consent(seeking, supporter),
        *_history(seeking, supporter),
        *_availability(seeking, supporter),
        *_languages(seeking, supporter),
        *_travel(seeking, supporter),
    ]


def _clearance(supporter: SupporterProfile, on: date, planned_end_on: date) -> Iterator[Blocker]:
    until = supporter.cleared_until
    words = ""
    if until is None:
        words = "Their checks are not done."
    elif until < on:
        words = f"Their checks ran out on {_day(until)}."
    elif until < planned_end_on:
        words = (
            f"Their checks run out on {_day(until)}, before the link-up would end on "
            f"{_day(planned_end_on)}."
        )
    if words:
        yield Blocker(
            "not_cleared", "without valid checks until the end", words, may_overrule=False
        )
    if not supporter.trained:
        yield Blocker(
            "not_trained", "not trained yet", "They are not trained yet.", may_overrule=False
        )


def _consent(seeking: SeekingProfile, supporter: SupporterProfile) -> Iterator[Blocker]:
    label = "without agreement to be matched"
    if not seeking.consents:
        words = "The family has not agreed to be matched."
        yield Blocker("family_no_consent", label, words, may_overrule=False)
    if not supporter.consents:
        words = "The supporter has not agreed to be matched."
        yield Blocker("supporter_no_consent", label, words, may_overrule=False)


def _history(seeking: SeekingProfile, supporter: SupporterProfile) -> Iterator[Blocker]:
    if supporter.id in seeking.blocked or seeking.id in supporter.blocked:
        # Who blocked whom is nobody's business, not even in a coach's list.
        words = "One of the two does not want contact with the other."
        yield Blocker("blocked", "not wanted by one side", words, may_overrule=False)
    if supporter.id in seeking.ended_badly or seeking.id in supporter.ended_badly:
        words = "They were linked before, and it ended badly."
        yield Blocker("ended_badly", "linked before, with a bad ending", words, may_overrule=False)
    if supporter.id in seeking.knows or seeking.id in supporter.knows:
        words = "They know each other already."
        yield Blocker("known", "known to the family already", words, may_overrule=True)


def _availability(seeking: SeekingProfile, supporter: SupporterProfile) -> Iterator[Blocker]:
    if seeking.paused:
        yield Blocker(
            "family_paused",
            "while the family is paused",
            "The family is paused.",
            may_overrule=False,
        )
    if supporter.paused:
        yield Blocker("supporter_paused", "paused", "The supporter is paused.", may_overrule=False)
    if supporter.linked >= supporter.capacity:
        words = (
            f"They have room for {supporter.capacity} at a time and are linked with "
            f"{supporter.linked} now."
        )
        yield Blocker("full", "already full", words, may_overrule=False)


def _languages(seeking: SeekingProfile, supporter: SupporterProfile) -> Iterator[Blocker]:
    if not seeking.languages or not supporter.languages:
        return
    if seeking.languages.isdisjoint(supporter.languages):
        words = (
            f"They share no language: the family speaks {said_list(seeking.languages)}, "
            f"the supporter {said_list(supporter.languages)}."
        )
        # An interpreter can make it work; a person decides that, with a reason.
        yield Blocker("no_shared_language", "without a shared language", words, may_overrule=True)


def _travel(seeking: SeekingProfile, supporter: SupporterProfile) -> Iterator[Blocker]:
    distance_m = seeking.metres_to(supporter)
    if distance_m is None:
        return
    short = [
        f"{who} travels up to {kilometres(profile.travel_m)}"
        for who, profile in (("the family", seeking), ("the supporter", supporter))
        if profile.travel_m is not None and distance_m > profile.travel_m
    ]
    if short:
        words = f"They live {kilometres(distance_m)} apart; {' and '.join(short)}."
        yield Blocker("too_far", "too far away", words, may_overrule=True)


def _day(day: date) -> str:
    # strftime would follow the machine's locale.
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"
