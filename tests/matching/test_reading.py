"""Who needs the coach today and in which order, what members see next, and how many questions that takes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goals.models import Rating
from matching import choices, linkups, rounds
from matching.models import Choice, LinkUp, Round, Shortlist
from matching.reading import coach_today, families_page
from matching.reading.rounds import areas_of, round_page
from people.models import Family, User
from safeguarding.models import Check
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street

ON = date(2026, 11, 20)


def offered(lived_in: Street, at: datetime) -> Shortlist:
    """Amara's list, after a round."""
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=at)
    rounds.approve_all(round=made, by=lived_in.ruth, at=at)
    rounds.send(round=made, by=lived_in.ruth, at=at)
    return Shortlist.objects.get(family=lived_in.amara)


def linked(lived_in: Street, at: datetime, on: date = date(2026, 11, 9)) -> LinkUp:
    """Amara's family with Denise's."""
    return linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=lived_in.amara.goals.all(),
        weeks=20,
        on=on,
        by=lived_in.ruth,
        at=at,
    )


def reasons(lived_in: Street, on: date = ON) -> list[tuple[str, str]]:
    """Who needs Ruth, and why, in order."""
    return [(need.who, need.reason) for need in coach_today(lived_in.ruth, on).needs]


def test_it_names_those_who_have_waited_longest(lived_in: Street, now: datetime):
    assert reasons(lived_in) == [
        ("Amara and Joe", "Waiting, 50 days"),
        ("The Hollis family", "Waiting, 31 days"),
        ("Denise and Mark", "Not talked with for 7 weeks"),
    ]
    assert coach_today(lived_in.town.imran, ON).needs == []


def test_it_counts_the_same_families_on_the_day_and_in_the_list(lived_in: Street, now: datetime):
    Family.objects.filter(pk=lived_in.amara.pk).update(standing="paused")
    listed = families_page(lived_in.ruth, shown="all", after=None, on=ON).total
    assert coach_today(lived_in.ruth, ON).families == listed == 3


def test_it_names_a_round_that_waits_to_be_decided(lived_in: Street, now: datetime):
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    need = coach_today(lived_in.ruth, ON).needs[0]
    assert (need.who, need.url) == (
        "Burntwood and Lichfield",
        f"/together/rounds/{made.pk}/",
    )


def test_it_puts_a_missing_check_first(lived_in: Street, now: datetime):
    linked(lived_in, now, on=date(2026, 11, 1))
    Check.objects.filter(guardian__isnull=False).update(decision="refused")
    assert reasons(lived_in)[0] == ("Denise and Mark", "Safety. Not cleared today")


def test_it_says_when_a_check_ends_before_the_link_up(lived_in: Street, now: datetime):
    Check.objects.filter(guardian__isnull=False).update(valid_until_on=date(2026, 12, 2))
    linked(lived_in, now)
    assert ("Denise and Mark", "A date is in the way") in reasons(lived_in)


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2026, 11, 22), None),
        (date(2026, 11, 23), "Due today"),
        (date(2026, 11, 24), "Overdue by a day"),
        (date(2026, 11, 28), "Overdue by 5 days"),
    ],
)
def test_it_names_a_call_from_the_day_it_is_due(
    lived_in: Street, now: datetime, on: date, reason: str | None
):
    linked(lived_in, now)
    found = [
        why for who, why in reasons(lived_in, on) if who == "Amara and Joe and Denise and Mark"
    ]
    assert found == ([reason] if reason else [])


def test_it_counts_calls_made_in_time_among_those_due(lived_in: Street, now: datetime):
    link_up = linked(lived_in, now)
    link_up.contacts.filter(side="family", due_on=date(2026, 11, 23)).update(
        done_on=date(2026, 11, 23), done_by=lived_in.ruth, kind="call"
    )
    today = coach_today(lived_in.ruth, date(2026, 11, 24))
    assert (today.on_time, today.due) == (1, 2)


@pytest.mark.parametrize(
    ("values", "named"), [([6, 3], True), ([6, 4], False), ([3, 6], False), ([2], False)]
)
def test_it_names_a_goal_that_fell_by_three(
    lived_in: Street, now: datetime, values: list[int], named: bool
):
    rate(lived_in, values, now)
    found = [why for _who, why in reasons(lived_in)]
    assert ("A goal fell by three or more" in found) is named


def test_it_compares_nobody_with_somebody_else(lived_in: Street, now: datetime):
    goal = lived_in.amara.goals.get()
    Rating.objects.create(goal=goal, value=9, scorer="coach", at=now - timedelta(days=3))
    Rating.objects.create(goal=goal, value=2, scorer="guardian", at=now - timedelta(days=1))
    assert "A goal fell by three or more" not in [why for _who, why in reasons(lived_in)]


def test_it_is_quiet_about_a_fall_after_a_call(lived_in: Street, now: datetime):
    link_up = linked(lived_in, now)
    rate(lived_in, [8, 2], now)
    assert reasons(lived_in)[0][1] == "A goal fell by three or more"
    link_up.contacts.filter(side="family").update(done_on=ON, kind="call", done_by=lived_in.ruth)
    assert "A goal fell by three or more" not in [why for _who, why in reasons(lived_in)]


def rate(lived_in: Street, values: list[int], at: datetime) -> None:
    """Amara marks her goal, a day apart, the last time today."""
    for back, value in enumerate(reversed(values)):
        Rating.objects.create(
            goal=lived_in.amara.goals.get(),
            value=value,
            scorer="guardian",
            by=cast.guardian_of(lived_in.amara),
            at=at - timedelta(days=back),
        )


def test_it_brings_none_of_these_back_to_the_coach(lived_in: Street, now: datetime):
    choices.choose(
        shortlist=offered(lived_in, now),
        entry=None,
        children_said="",
        words="Somebody with a baby",
        by=cast.guardian_of(lived_in.amara),
        at=now,
    )
    first = coach_today(lived_in.ruth, ON).needs[0]
    assert (first.who, first.words) == (
        "Amara and Joe",
        "They said none of these: “Somebody with a baby”",
    )
    assert [need.who for need in coach_today(lived_in.ruth, ON).needs].count("Amara and Joe") == 1


def test_it_names_a_supporter_who_has_not_answered(lived_in: Street, now: datetime):
    shortlist = offered(lived_in, now)
    choices.choose(
        shortlist=shortlist,
        entry=shortlist.entries.first(),
        children_said="",
        words="",
        by=cast.guardian_of(lived_in.amara),
        at=now,
    )
    later = ON + timedelta(days=3)
    assert ("Amara and Joe", "No answer for 3 days") in reasons(lived_in, later)
    assert ("Amara and Joe", "No answer for 3 days") not in reasons(lived_in, ON)


def test_it_pages_families_without_losing_one(town: cast.Town):
    for n in range(65):
        street.seeking(f"F{n}", guardian=f"F{n}", at=town.burntwood, coach=town.ruth)
    seen, after = [], None
    while True:
        page = families_page(town.ruth, shown="waiting", after=after, on=ON)
        seen += [row.name for row in page.rows]
        if page.next_after is None:
            break
        after = page.next_after
    assert page.total == 65
    assert len(seen) == len(set(seen)) == 65


def test_it_filters_families_by_where_they_stand(lived_in: Street, now: datetime):
    offered(lived_in, now)

    def names(shown: str) -> set[str]:
        page = families_page(lived_in.ruth, shown=shown, after=None, on=ON)
        return {f"{row.name}: {row.standing}" for row in page.rows}

    assert names("choosing") == {"Amara and Joe: Choosing", "The Hollis family: Choosing"}
    assert names("waiting") == set()
    assert names("sharing") == {"Denise and Mark: Ready to share"}
    assert len(names("all")) == 3
    assert families_page(lived_in.town.imran, shown="all", after=None, on=ON).rows == []


def test_it_counts_who_waits_in_each_area(lived_in: Street):
    assert areas_of(lived_in.ruth) == [(lived_in.town.area, 2)]
    assert areas_of(lived_in.town.imran) == [(lived_in.town.other_area, 0)]


def grow(town: cast.Town, start: int, end: int, at: datetime) -> None:
    """A caseload: every third family waits, chooses or is linked, with ratings and calls."""
    for n in range(start, end):
        where = {"at": town.burntwood, "coach": town.ruth}
        family = street.seeking(f"F{n}", guardian=f"F{n}", **where)
        helper = street.sharing(f"S{n}", guardian=f"S{n}", **where)
        for back, value in enumerate((2, 8)):
            Rating.objects.create(
                goal=family.goals.get(),
                value=value,
                scorer="guardian",
                at=at - timedelta(days=back),
            )
        if n % 3 == 1:
            linkups.start(
                family=family,
                supporter=helper,
                goals=[],
                weeks=20,
                on=date(2026, 10, 5),
                by=town.ruth,
                at=at,
            )
        elif n % 3 == 2:
            closed = Shortlist.objects.create(
                family=family, offered_by=town.ruth, offered_at=at, standing="closed"
            )
            Choice.objects.create(
                shortlist=closed, words="No", chosen_by=cast.guardian_of(family), chosen_at=at
            )


@pytest.mark.parametrize("page", ["today", "families", "round"])
def test_it_asks_the_same_number_of_questions_whatever_the_caseload(
    town: cast.Town, now: datetime, page: str
):
    def questions() -> int:
        reads = {
            "today": lambda: coach_today(User.objects.get(pk=town.ruth.pk), ON),
            "families": lambda: families_page(town.ruth, shown="all", after=None, on=ON),
            "round": lambda: round_page(Round.objects.order_by("-pk").first(), page=None),
        }
        rounds.open_round(area=town.area, by=town.ruth, at=datetime.now(UTC))
        with CaptureQueriesContext(connection) as asked:
            reads[page]()
        return len(asked)

    grow(town, 0, 6, now)
    few = questions()
    Round.objects.all().delete()
    grow(town, 6, 36, now)
    assert questions() == few
    assert few <= 25
