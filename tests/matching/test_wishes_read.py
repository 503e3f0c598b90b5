"""What a family that hopes for both reads, and its coach. The street is that of test_wishes."""

import re
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import rounds, snapshot
from matching.models import Choice, Shortlist
from matching.reading import coach_today, family_page, round_page
from matching.reading.differences import difference_page
from matching.reading.families import families_page
from people.models import Family
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street, opened
from tests.matching.test_choices import choose
from tests.matching.test_snapshot import linked
from tests.matching.test_wishes import both, hope, send

__all__ = ["both"]  # a fixture


def browser(family: Family) -> Client:
    """The phone of a family's guardian."""
    client = Client()
    client.force_login(cast.guardian_of(family))
    return client


def page(client: Client, name: str = "matching:shortlist", **where: object) -> str:
    """What is read there."""
    return client.get(reverse(name), where).content.decode()


def test_it_shows_a_list_under_each_heading_and_takes_a_choice_from_each(
    both: Street, now: datetime
):
    lists = send(both, now)
    amara = browser(both.amara)
    read = page(amara)
    assert "A family who has been through it</h2>" in read
    assert "A volunteer</h2>" in read
    for wish, helper in (("volunteer", both.stan), ("sharing", both.denise)):
        mine = lists[wish]
        told = {"list": mine.pk, "entry": mine.entries.get(supporter=helper).pk}
        check = amara.post(reverse("matching:shortlist"), told).content.decode()
        assert f'name="list" value="{mine.pk}"' in check
        amara.post(reverse("matching:shortlist"), {**told, "send": "1"})
    assert Choice.objects.count() == 2
    assert page(amara).count("We’ve asked") == 2


def test_it_holds_every_id_once_with_two_lists(both: Street, now: datetime):
    send(both, now)
    ids = re.findall(r'\sid="([^"]+)"', page(browser(both.amara)))
    assert len(ids) == len(set(ids))


def test_it_chooses_nothing_from_the_other_list_when_one_was_closed(both: Street, now: datetime):
    lists = send(both, now)
    amara = browser(both.amara)
    choose(lists["volunteer"], None, now, words="He is a neighbour")
    told = {"list": lists["volunteer"].pk, "words": "He is a neighbour"}
    read = amara.post(reverse("matching:none_of_these"), told).content.decode()
    assert "Your list was closed meanwhile" in read
    read = amara.post(reverse("matching:shortlist"), {**told, "entry": 1}).content.decode()
    assert "That list was closed meanwhile" in read
    lists["sharing"].refresh_from_db()
    assert lists["sharing"].standing == "offered"


def test_it_says_none_of_these_of_the_list_that_was_asked_about(both: Street, now: datetime):
    lists = send(both, now)
    amara = browser(both.amara)
    asked = page(amara, "matching:none_of_these", list=lists["volunteer"].pk)
    assert f'name="list" value="{lists["volunteer"].pk}"' in asked
    told = {"list": lists["volunteer"].pk, "words": "He is a neighbour"}
    amara.post(reverse("matching:none_of_these"), told)
    assert set(Shortlist.objects.values_list("wish", "standing")) == {
        ("sharing", "offered"),
        ("volunteer", "closed"),
    }
    assert "is looking for a volunteer" in page(amara)


def test_home_says_what_is_still_looked_for(both: Street):
    linked(both.amara, both.denise)
    read = page(browser(both.amara), "home")
    assert "Our path with Denise and Mark" in read
    assert "Ruth is looking for a volunteer." in read
    assert "looking for a family" not in read


def test_the_coach_reads_which_wish_a_pair_answers(both: Street, now: datetime):
    made = opened(both, now)
    read = round_page(made, page=None)
    assert (read.placed, read.total, read.doubled) == (2, 2, 1)
    assert {one.hoped for one in read.proposals} == {
        "hopes for both, here for a family who has been through it",
        "hopes for both, here for a volunteer",
    }
    assert read.families == [both.amara, both.denise.family]
    ruth = Client()
    ruth.force_login(both.ruth)
    shown = ruth.get(reverse("matching:round", kwargs={"id": made.pk})).content.decode()
    assert "Two of two wishes can be answered" in shown
    assert (
        "Here twice, because they hope for both a family and a volunteer: Amara and Joe." in shown
    )


def test_the_coach_reads_what_a_family_still_needs_whose_other_wish_is_answered(
    both: Street, now: datetime
):
    linked(both.amara, both.denise)
    read = round_page(opened(both, now), page=None)
    assert (read.doubled, read.doubled_names) == (0, "")
    assert [one.hoped for one in read.proposals] == ["still needs a volunteer"]
    linked(both.hollis, both.stan)
    read = round_page(opened(both, now + timedelta(minutes=1)), page=None)
    assert [one.hoped for one in read.unplaced] == ["still needs a volunteer"]


def test_the_coach_reads_who_stands_there_twice_where_they_are_few(both: Street, now: datetime):
    where = {"at": both.town.burntwood, "coach": both.ruth, "hopes_for": "both"}
    more = [street.seeking(f"F{n}", guardian=f"G{n}", **where) for n in range(2)]
    read = round_page(opened(both, now), page=None)
    assert read.doubled_names == "Amara and Joe; F0; F1"
    assert {both.amara, *more} <= set(read.families)
    street.seeking("F2", guardian="G2", **where)
    made = opened(both, now + timedelta(minutes=1))
    read = round_page(made, page=None)
    assert (read.doubled, read.doubled_names) == (4, "")
    ruth = Client()
    ruth.force_login(both.ruth)
    shown = ruth.get(reverse("matching:round", kwargs={"id": made.pk})).content.decode()
    assert "Four families hope for both a family and a volunteer" in shown


def test_the_coach_reads_how_far_each_wish_is(both: Street, now: datetime):
    linked(both.amara, both.denise)
    read = family_page(both.amara, reader=both.ruth, on=street.ON, at=now)
    assert [one.words for one in read.hopes] == [
        "A family who has been through it: in a link-up",
        "A volunteer: nobody found yet",
    ]
    assert read.row.words == "still hopes for a volunteer, waited 50 days"
    shown = families_page(both.ruth, shown="waiting", after=None, on=street.ON)
    assert [row.name for row in shown.rows] == ["Amara and Joe"]
    needs = [need.words for need in coach_today(both.ruth, street.ON).needs]
    assert "This family in Burntwood hopes for both. They still need a volunteer." in needs


def test_today_tells_of_one_list_that_nobody_felt_right_on(both: Street, now: datetime):
    lists = send(both, now)
    choose(lists["volunteer"], None, now, words="He is a neighbour")
    told = [need.words for need in coach_today(both.ruth, street.ON).needs]
    assert "They said none of these: “He is a neighbour”" in told
    read = family_page(both.amara, reader=both.ruth, on=street.ON, at=now)
    assert [one.none_felt_right for one in read.lists] == [False, True]


def test_it_asks_no_more_questions_for_two_wishes(lived_in: Street, now: datetime):
    def asked() -> int:
        with CaptureQueriesContext(connection) as told:
            snapshot.of_area(lived_in.town.area, at=now)
        return len(told)

    before = asked()
    hope(lived_in.amara, "both")
    hope(lived_in.hollis, "both")
    assert asked() == before


def test_two_rounds_side_by_side_say_which_wish_changed(both: Street, now: datetime):
    before = opened(both, now)
    pair = before.proposals.get(wish="volunteer")
    rounds.refuse(proposal=pair, why="He is a neighbour", by=both.ruth, at=now)
    after = opened(both, now + timedelta(minutes=1))
    read = difference_page(before, after)
    (lost,) = read.fell_out.shown
    assert (lost.hoped, read.kept) == ("hopes for both, here for a volunteer", 1)
    hope(both.amara, "sharing")
    last = opened(both, now + timedelta(minutes=2))
    (lost,) = difference_page(before, last).fell_out.shown
    assert lost.why == "They hope for somebody else now."
