"""Six numbers from a small community whose answers can be counted by hand (IM-01, IM-02)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from goals.models import Goal, Rating
from insight import efficiency, outcomes
from insight.figures import Figure, Period
from matching import linkups
from matching.models import Contact, LinkUp, Supporter
from people.models import StaffRole
from people.roles import give_role
from tests import cast

PERIOD = Period(date(2026, 9, 1), date(2026, 11, 20))
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def community(db) -> LinkUp:
    """Amara asked on 1 October and was linked on 11 October; Nadia asked that day and waits."""
    town = cast.town()
    amara = cast.family(
        "Amara and Joe", guardian="Amara", at=town.burntwood, coach=town.ruth, wants_link_up=True
    )
    cast.family("Nadia", guardian="Nadia", at=town.burntwood, coach=town.ruth, wants_link_up=True)
    denise = cast.family("Denise and Mark", guardian="Denise", at=town.burntwood, coach=town.ruth)
    supporter = Supporter.objects.create(family=denise, capacity=2)
    return linkups.start(
        family=amara,
        supporter=supporter,
        goals=[],
        weeks=20,
        on=date(2026, 10, 11),
        by=town.ruth,
        at=AT,
    )


def test_it_counts_who_has_been_linked_of_who_asked(community: LinkUp) -> None:
    figure = efficiency.placed(PERIOD)
    assert (figure.value, figure.of, figure.n) == (1, 2, 2)


def test_it_tells_the_days_of_the_family_in_the_middle(community: LinkUp) -> None:
    figure = efficiency.days_to_link_up(PERIOD)
    assert (figure.value, figure.n, figure.missing) == (10, 1, 0)


def test_it_leaves_out_a_link_up_dated_before_the_asking_and_says_so(community: LinkUp) -> None:
    community.family.applied_on = date(2026, 10, 30)
    community.family.save()
    figure = efficiency.days_to_link_up(PERIOD)
    assert (figure.value, figure.n, figure.missing) == (None, 0, 1)


@pytest.mark.parametrize(("days_late", "on_time"), [(0, 1), (7, 1), (8, 0)])
def test_it_counts_a_contact_up_to_a_week_late(
    community: LinkUp, days_late: int, on_time: int
) -> None:
    community.contacts.all().delete()
    due_on = date(2026, 10, 25)
    for side in ("family", "supporter"):
        Contact.objects.create(link_up=community, side=side, due_on=due_on)
    Contact.objects.filter(side="family").update(done_on=due_on + timedelta(days=days_late))
    figure = efficiency.contacts_on_time(PERIOD)
    assert (figure.value, figure.of) == (on_time, 2)


@pytest.mark.parametrize(
    ("values", "expected"), [([2, 4], (1, 1, 0)), ([2, 3], (0, 1, 0)), ([2], (None, 0, 1))]
)
def test_it_counts_goals_that_rose_by_two(
    community: LinkUp, values: list[int], expected: tuple[int | None, int, int]
) -> None:
    goal = Goal.objects.create(family=community.family, words="Mornings", set_at=AT)
    for number, value in enumerate(values):
        at = AT - timedelta(days=10 - number)
        Rating.objects.create(goal=goal, value=value, scorer=Rating.Scorer.GUARDIAN, at=at)
    Rating.objects.create(goal=goal, value=10, scorer=Rating.Scorer.CHILD, at=AT)
    figure = outcomes.goals_up(PERIOD)
    assert (figure.value, figure.n, figure.missing) == expected


def test_it_counts_endings(community: LinkUp) -> None:
    linkups.end(
        link_up=community,
        ending=LinkUp.Ending.EARLY_DONE,
        words="They got there",
        on=date(2026, 11, 1),
        by=community.family.coach,
        at=AT,
    )
    figure = outcomes.ended_well(PERIOD)
    assert (figure.value, figure.of) == (1, 1)


def test_it_says_nothing_to_count_instead_of_nought(db) -> None:
    figures: list[Figure] = [
        efficiency.placed(PERIOD),
        efficiency.days_to_link_up(PERIOD),
        efficiency.contacts_on_time(PERIOD),
        outcomes.goals_up(PERIOD),
        outcomes.hours_given(PERIOD),
        outcomes.ended_well(PERIOD),
    ]
    assert [figure.value for figure in figures] == [None] * 6
    assert all(figure.few and figure.definition for figure in figures)


def test_it_refuses_a_period_that_ends_before_it_begins() -> None:
    with pytest.raises(ValueError, match="on or after"):
        Period(date(2026, 2, 1), date(2026, 1, 1))


def test_it_shows_a_manager_every_number_with_its_n(community: LinkUp, client: Client) -> None:
    morgan = cast.user("morgan@example.org", "Morgan")
    give_role(user=morgan, role=StaffRole.Role.MANAGER)
    client.force_login(morgan)
    shown = client.get("/numbers/?weeks=nonsense").content.decode()
    assert shown.count('class="fact"') == 6
    assert "n = 2." in shown
    assert "can’t say Kith made it happen" in shown
