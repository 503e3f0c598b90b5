"""Handing over: sight moves at once and both ways, a leave ends by the clock, and nobody is handed twice or lost."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from people import handing
from people.access import coached_family, coached_volunteer
from people.handing import HandingError, Reach, hand_over, take_turns
from people.models import Area, Family, Guardian, Handed, HandOver, User, Volunteer
from people.places import Coaches
from tests import cast

TODAY = date(2026, 11, 20)


@pytest.fixture
def amara(town: cast.Town) -> Family:
    return cast.family("Amara and Joe", guardian="Amara", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def stan(town: cast.Town) -> Volunteer:
    return cast.volunteer("Stan", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def grace(town: cast.Town) -> User:
    """A third coach, of nowhere in particular."""
    return cast.staff("grace@example.org", "Grace", "coach")


def hands(giver: User, to: User, at: datetime, **told: object) -> HandOver:
    """Everybody, for good, from today, unless told otherwise."""
    first = {"reach": Reach(), "from_on": TODAY, "back_on": None, "why": "", "client_id": uuid4()}
    return hand_over(giver=giver, to=to, by=giver, at=at, **{**first, **told})  # type: ignore[arg-type]


def coach_of(member: Family | Volunteer) -> User:
    member.refresh_from_db()
    assert member.coach is not None
    return member.coach


def test_it_moves_sight_at_once_and_both_ways(town, amara, stan, now):
    hands(town.ruth, town.imran, now)
    assert coached_family(town.imran, amara.pk) == amara
    assert coached_volunteer(town.imran, stan.pk) == stan
    for door, member in ((coached_family, amara), (coached_volunteer, stan)):
        with pytest.raises(Http404):
            door(town.ruth, member.pk)
    assert list(town.ruth.areas.all()) == []
    assert set(town.imran.areas.all()) == {town.area, town.other_area}
    assert Coaches().nearest(town.burntwood) == town.imran  # newcomers too


def test_a_leave_ends_by_the_clock_and_twice_changes_nothing(town, amara, stan, now):
    hands(town.ruth, town.imran, now, back_on=TODAY + timedelta(days=7))
    for days in (0, 6):
        take_turns(now + timedelta(days=days))
        assert coach_of(amara) == coach_of(stan) == town.imran
    for _twice in range(2):
        take_turns(now + timedelta(days=7))
        assert coach_of(amara) == coach_of(stan) == town.ruth
    assert list(town.ruth.areas.all()) == [town.area]
    assert list(town.imran.areas.all()) == [town.other_area]
    assert [one.is_back for one in Handed.objects.all()] == [False, False, True, True]


def test_one_for_a_later_day_waits_for_it_and_takes_who_is_there_then(town, amara, now):
    made = hands(
        town.ruth,
        town.imran,
        now,
        from_on=TODAY + timedelta(days=3),
        back_on=TODAY + timedelta(days=9),
    )
    assert coach_of(amara) == town.ruth
    late = cast.family("Late", guardian="Late", at=town.burntwood, coach=town.ruth)
    for _twice in range(2):
        take_turns(now + timedelta(days=3))
        assert coach_of(amara) == coach_of(late) == town.imran
    made.refresh_from_db()
    assert made.begun_at == now + timedelta(days=3)


def test_a_clock_that_stood_still_over_the_whole_leave_moves_nobody(town, amara, now):
    first, back = TODAY + timedelta(days=3), TODAY + timedelta(days=9)
    hands(town.ruth, town.imran, now, from_on=first, back_on=back)
    take_turns(now + timedelta(days=30))
    assert coach_of(amara) == town.ruth
    assert not Handed.objects.exists()


def test_it_hands_over_those_of_one_area_only(town, amara, stan, now):
    far = cast.family("Far", guardian="Far", at=town.rugeley, coach=town.ruth)
    hands(town.ruth, town.imran, now, reach=Reach(area=town.area))
    assert coach_of(amara) == coach_of(stan) == town.imran
    assert coach_of(far) == town.ruth


def test_it_hands_over_ticked_ones_only_and_nobody_elses(town, amara, stan, now):
    other = cast.family("Other", guardian="Other", at=town.rugeley, coach=town.imran)
    grace = cast.staff("grace@example.org", "Grace", "coach")
    some = Reach(family_ids=[amara.pk, other.pk], volunteer_ids=[])
    hands(town.ruth, grace, now, reach=some)
    assert coach_of(amara) == grace
    assert coach_of(stan) == town.ruth
    assert coach_of(other) == town.imran
    assert list(town.ruth.areas.all()) == [town.area]


def test_a_second_press_hands_over_once_and_tells_once(
    town, amara, now, django_capture_on_commit_callbacks
):
    key = uuid4()
    for _press in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            hands(town.ruth, town.imran, now, client_id=key)
    assert Handed.objects.count() == HandOver.objects.count() == 1
    (letter,) = mail.outbox
    assert letter.to == ["imran@example.org"]
    assert "Amara" not in letter.subject + letter.body
    assert "Ruth" not in letter.subject + letter.body


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"to": "ruth"}, "to", "same coach"),
        ({"to": "bea"}, "to", "Choose a coach"),
        ({"to": "gone"}, "to", "Choose a coach"),
        ({"from_on": TODAY - timedelta(days=1)}, "from_on", "today or a later day"),
        ({"from_on": date(9999, 1, 1)}, "from_on", "within a year"),
        ({"back_on": TODAY}, "back_on", "comes after"),
        ({"back_on": date(9999, 12, 31)}, "back_on", "more than a year"),
        ({"reach": Reach(family_ids=[], volunteer_ids=[])}, "which", "nobody"),
    ],
)
def test_it_says_what_is_not_possible_and_moves_nobody(town, amara, now, told, field, words):
    gone = cast.staff("gone@example.org", "Gone", "coach")
    gone.is_active = False
    gone.save()
    who = {
        "ruth": town.ruth,
        "gone": gone,
        "bea": cast.staff("bea@example.org", "Bea", "broker"),
    }
    with pytest.raises(HandingError, match=words) as refused:
        hands(town.ruth, who.get(told.pop("to", ""), town.imran), now, **told)
    assert refused.value.field == field
    assert coach_of(amara) == town.ruth
    assert not HandOver.objects.exists()


def test_it_gives_nobody_to_a_coach_who_is_away(town, amara, grace, now):
    cast.family("Far", guardian="Far", at=town.rugeley, coach=town.imran)
    back = TODAY + timedelta(days=7)
    hands(town.imran, grace, now, back_on=back)
    with pytest.raises(HandingError, match="Imran is away"):
        hands(town.ruth, town.imran, now)
    with pytest.raises(HandingError, match="Imran is away"):
        hands(town.ruth, town.imran, now, back_on=TODAY + timedelta(days=2))
    hands(town.ruth, town.imran, now, from_on=back, back_on=back + timedelta(days=2))


def test_nobody_is_given_to_a_coach_who_left_before_the_day(town, amara, now):
    hands(town.ruth, town.imran, now, from_on=TODAY + timedelta(days=3))
    town.imran.staff_roles.all().delete()
    take_turns(now + timedelta(days=3))
    assert coach_of(amara) == town.ruth


def test_nobody_comes_back_to_a_coach_who_left(town, amara, now):
    hands(town.ruth, town.imran, now, back_on=TODAY + timedelta(days=7))
    town.ruth.staff_roles.all().delete()
    take_turns(now + timedelta(days=7))
    assert coach_of(amara) == town.imran


def test_two_leaves_inside_each_other_bring_everybody_home_in_any_order(town, amara, grace, now):
    far = cast.family("Far", guardian="Far", at=town.rugeley, coach=town.imran)
    first = hands(town.ruth, town.imran, now, back_on=TODAY + timedelta(days=7))
    second = hands(town.imran, grace, now, back_on=TODAY + timedelta(days=14))
    assert coach_of(amara) == coach_of(far) == grace
    handing.end(hand_over=first, by=town.ruth, at=now)
    assert coach_of(amara) == town.ruth
    assert coach_of(far) == grace
    assert list(town.area.coaches.all()) == [town.ruth]
    handing.end(hand_over=second, by=town.imran, at=now)
    assert coach_of(amara) == town.ruth
    assert coach_of(far) == town.imran
    third = hands(town.ruth, town.imran, now, back_on=TODAY + timedelta(days=7))
    fourth = hands(town.imran, grace, now, back_on=TODAY + timedelta(days=14))
    handing.end(hand_over=fourth, by=town.imran, at=now)
    assert coach_of(amara) == town.imran
    handing.end(hand_over=third, by=town.ruth, at=now)
    assert coach_of(amara) == town.ruth
    assert set(town.ruth.areas.all()) == {town.area}
    assert set(town.imran.areas.all()) == {town.other_area}


def test_who_was_given_away_for_good_meanwhile_stays_there(town, amara, grace, now):
    leave = hands(town.ruth, town.imran, now, back_on=TODAY + timedelta(days=7))
    hands(town.imran, grace, now, reach=Reach(family_ids=[amara.pk]))
    handing.end(hand_over=leave, by=None, at=now)
    assert coach_of(amara) == grace


def test_nobody_looks_after_their_own_family(town, amara, stan, now):
    Guardian.objects.create(family=amara, user=town.imran, name="Imran")
    hands(town.ruth, town.imran, now)
    assert coach_of(amara) == town.ruth
    assert coach_of(stan) == town.imran


def test_one_for_good_does_not_end_and_one_planned_is_called_off(town, amara, now):
    for_good = hands(town.ruth, town.imran, now)
    with pytest.raises(HandingError, match="for good"):
        handing.end(hand_over=for_good, by=town.ruth, at=now)
    planned = hands(town.imran, town.ruth, now, from_on=TODAY + timedelta(days=1))
    handing.end(hand_over=planned, by=town.imran, at=now)
    take_turns(now + timedelta(days=2))
    assert coach_of(amara) == town.imran


def test_what_was_handed_over_is_never_changed(town, amara, now):
    hands(town.ruth, town.imran, now)
    with pytest.raises(ValueError, match="never changed"):
        Handed.objects.get().save()


def test_six_hundred_cost_what_three_cost(town, now):
    """Rows are written many at a time; SQLite takes fewer in one go, which is all that may differ."""

    def costs(many: int) -> int:
        giver = cast.staff(f"giver{many}@example.org", "Giver", "coach")
        like = {"place": town.burntwood, "cell_latitude": 52, "cell_longitude": 1, "coach": giver}
        Family.objects.bulk_create(
            Family(display_name=f"F{n}", applied_on=TODAY, **like) for n in range(many)
        )
        with CaptureQueriesContext(connection) as queries:
            made = hands(giver, town.imran, now, back_on=TODAY + timedelta(days=1))
            handing.end(hand_over=made, by=None, at=now)
        assert Family.objects.filter(coach=giver).count() == many
        assert Handed.objects.filter(hand_over=made).count() == 2 * many
        return sum("INSERT" not in one["sql"] for one in queries)

    assert costs(600) == costs(3)


def test_every_area_keeps_somebody(town, amara, now):
    hands(town.ruth, town.imran, now, back_on=TODAY + timedelta(days=7))
    assert not Area.objects.filter(coaches=None).exists()
