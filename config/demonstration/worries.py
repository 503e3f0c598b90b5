"""What worries people in the demonstration: two concerns, and four families on the board with two weeks of meetings.

Played after the year, through the functions that the pages call, so that what is due today is due by the rules.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from config.demonstration.cast import Cast
from people.models import StaffRole, User
from safeguarding import board, deciding
from safeguarding.concerns import act, raise_concern

# Who, why they stand on the board, days ago, and each meeting: days ago, working, worrying, next, marks.
Meeting = tuple[int, str, str, str, tuple[tuple[str, int], ...]]
BOARD: tuple[tuple[str, str, int, tuple[Meeting, ...]], ...] = (
    (
        "F002",
        "The eldest has stopped coming to the table, and to school on Mondays.",
        15,
        (
            (
                14,
                "Dad rings back. They eat together on Sundays.",
                "Three Mondays missed. Nobody knows where he goes.",
                "Ruth asks the school what they see.",
                (("Ruth", 4), ("School", 3), ("Health visitor", 6)),
            ),
            (
                8,
                "He talked to his dad for an hour, in the car.",
                "Still one Monday missed.",
                "Dad and the school agree on a call each Monday at nine.",
                (("Ruth", 6), ("School", 4)),
            ),
        ),
    ),
    (
        "F004",
        "Pete said twice that he can’t go on like this.",
        13,
        (
            (
                9,
                "The children are well looked after. He asks for help.",
                "He is worn out, and his own knee waits for the hospital.",
                "Find him two mornings a week to himself.",
                (("Ruth", 5), ("Pete’s GP", 5)),
            ),
            (
                2,
                "Two mornings with the playgroup have begun.",
                "The operation has no date yet.",
                "Ring the hospital with him.",
                (("Ruth", 7), ("Pete’s GP", 6)),
            ),
        ),
    ),
    ("F003", "Tegan didn’t answer for a week, which isn’t like her.", 7, ()),
    (
        "F001",
        "The landlord wants them out by Christmas.",
        6,
        (
            (
                6,
                "Amara has the letter checked by the money table.",
                "Joe sleeps badly.",
                "Wait for the council’s answer.",
                (("Ruth", 6),),
            ),
        ),
    ),
)
STEPS = (
    ("F002", "Ring the school about Mondays", -3),
    ("F004", "Ring the hospital about a date", 2),
)


def play(cast: Cast, now: datetime) -> None:
    """Play what worried people in the last two weeks, as far as their families are here."""
    lead = User.objects.filter(staff_roles__role=StaffRole.Role.SAFEGUARDING).first()
    if lead is None or "F002" not in cast.families:
        return
    _concerns(cast, lead, now)
    places = {}
    for reference, why, ago, meetings in BOARD:
        if reference not in cast.families:
            continue
        coach = cast.coach(reference)
        put = now - timedelta(days=ago)
        place = board.put_on(family=cast.families[reference], why=why, by=coach, at=put)
        places[reference] = place
        for days, working, worrying, happens_next, marks in meetings:
            board.review(
                place=place,
                working=working,
                worrying=worrying,
                happens_next=happens_next,
                marks=marks,
                by=coach,
                at=now - timedelta(days=days),
            )
    for reference, words, days in STEPS:
        if reference in places:
            board.add_step(
                place=places[reference],
                words=words,
                owner=cast.coach(reference),
                due_on=timezone.localdate(now) + timedelta(days=days),
                by=cast.coach(reference),
                at=now - timedelta(days=8),
            )


def _concerns(cast: Cast, lead: User, now: datetime) -> None:
    """One that a coach was asked about, and one that is signed off: what the lead's pages look like in use."""
    first = raise_concern(
        words="There was shouting again last night, and the youngest stood in the garden in his socks.",
        about="the house with the blue gate",
        reach="",
        by=None,
        whom=[cast.families["F002"]],
        at=now - timedelta(hours=2),
    )
    deciding.ask_coach(
        concern=first,
        coach=cast.coach("F002"),
        words="Please ring them today about the week, and tell me how it sounds.",
        basis="public",
        by=lead,
        at=now - timedelta(hours=1),
    )
    second = raise_concern(
        words="A man I don’t know waits at the school gate in a red car.",
        about="",
        reach="",
        by=None,
        at=now - timedelta(days=9),
    )
    seen = now - timedelta(days=9) + timedelta(minutes=30)
    act(concern=second, words="Rang the school.", level="bronze", by=lead, at=seen)
    deciding.sign_off(
        concern=second,
        facts="He collects his own daughter. The school knows him.",
        said="",
        outcome="nothing_more",
        reason="There is nothing to worry about.",
        shared=False,
        sharing_reason="Nobody is at risk.",
        recipient="",
        basis="",
        by=lead,
        at=now - timedelta(days=8),
    )
