"""How I help: what a supporter tells, how many at a time, and a break that keeps new offers away and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching import helping, linkups, snapshot
from matching.engine_ids import supporter_id
from matching.models import Supporter
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_, post
from tests.matching.conftest import Street

PAGE = "/together/helping/"


@pytest.fixture
def denise(lived_in: Street):
    """Denise's browser."""
    return as_(lived_in.denise.family.guardians.get().user)


def told(**changed: object) -> dict[str, object]:
    return {"about": "We know mornings", "offers": "Chips", "capacity": "2", **changed}


def paused_in_a_round(lived_in: Street, days: int = 0) -> bool:
    """Whether the matcher is told that Denise's family takes a break."""
    seen = snapshot.of_area(lived_in.town.area, at=timezone.now() + timedelta(days=days))
    return seen.supporters[supporter_id(lived_in.denise.pk)].paused


def test_it_keeps_what_a_supporter_tells(lived_in, denise):
    theme = street.theme("bedtimes")
    denise.post(PAGE, told(lived_through=[theme.pk]))
    lived_in.denise.refresh_from_db()
    assert lived_in.denise.capacity == 2
    assert lived_in.denise.offers == "Chips"
    assert list(lived_in.denise.lived_through.all()) == [theme]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"capacity": "4"}, "Choose how many"),
        ({"capacity": ""}, "Choose how many"),
        ({"about": "a" * 1501}, "1500 letters or fewer"),
        ({"offers": "a" * 281}, "280 letters or fewer"),
        ({"lived_through": ["zzz"]}, "Tick some of the words"),
        ({"lived_through": ["999"]}, "Tick some of the words"),
    ],
)
def test_it_says_what_is_wrong_and_loses_nothing(lived_in, denise, changed, words):
    page = denise.post(PAGE, told(**changed)).content.decode()
    assert words in page
    assert str(changed.get("about", "We know mornings")) in page
    lived_in.denise.refresh_from_db()
    assert lived_in.denise.about == "We know mornings."


def test_a_break_keeps_new_offers_away_at_once_until_its_day(lived_in, denise):
    until_on = timezone.localdate() + timedelta(days=10)
    assert not paused_in_a_round(lived_in)
    page = post(denise, "take_a_break", {"break-until_on": until_on.isoformat()})
    assert "You’re on a break" in page
    assert paused_in_a_round(lived_in)
    assert paused_in_a_round(lived_in, days=9)
    assert not paused_in_a_round(lived_in, days=10)
    assert "You’re on a break" not in post(denise, "go_on")
    assert not paused_in_a_round(lived_in)


def test_a_break_without_a_day_ends_when_they_say_so(lived_in, denise):
    page = post(denise, "take_a_break", {"break-until_on": ""})
    assert "Until you say so" in page
    assert paused_in_a_round(lived_in, days=5000)
    for _twice in range(2):
        post(denise, "go_on")
    assert not paused_in_a_round(lived_in)


@pytest.mark.parametrize("days", [0, -1, 2000])
def test_a_break_ends_after_today_and_within_reason(lived_in, denise, days):
    until_on = timezone.localdate() + timedelta(days=days)
    page = post(denise, "take_a_break", {"break-until_on": until_on.isoformat()})
    assert "There is a problem" in page
    lived_in.denise.refresh_from_db()
    assert lived_in.denise.paused_until_on is None


def test_neither_a_break_nor_fewer_at_a_time_touches_who_is_linked(lived_in, now):
    made = linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=[],
        weeks=10,
        on=now.date(),
        by=lived_in.ruth,
        at=now,
    )
    user = lived_in.denise.family.guardians.get().user
    helping.pause(supporter=lived_in.denise, until_on=None, by=user, at=now)
    made.refresh_from_db()
    assert made.ended_on is None
    assert made.contacts.open().exists()


def test_only_supporters_find_it_from_their_page(lived_in, denise):
    assert f'href="{PAGE}"' in denise.get("/home/").content.decode()
    amara = as_(cast.guardian_of(lived_in.amara))
    assert f'href="{PAGE}"' not in amara.get("/home/").content.decode()
    for name in ("how_i_help", "take_a_break", "go_on"):
        assert amara.post(reverse(f"matching:{name}"), told()).status_code == 404
    stan = as_(lived_in.stan.volunteer.user)
    assert stan.get(PAGE).status_code == 200
    assert Supporter.objects.get(pk=lived_in.denise.pk).capacity == 1
