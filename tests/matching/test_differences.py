"""Two rounds side by side: who got another proposal, who is new in, who fell out and why, for their coaches alone."""

from datetime import date, datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import rounds, weighing
from matching.engine.terms import Weights
from matching.models import Round, Shortlist
from matching.models.weights import PARTS
from matching.reading.differences import DifferencePage, difference_page
from people.models import Family
from safeguarding.models import AccessEvent
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_, read
from tests.matching.conftest import Street, opened

WEEK = timedelta(days=7)


def told(page: DifferencePage) -> dict[str, list[tuple[str, ...]]]:
    """What the page says of each kind, by name."""
    return {
        kind: [
            tuple(
                str(part)
                for part in (
                    one.family.display_name,
                    one.before and one.before.name,
                    one.now and one.now.name,
                    one.why,
                )
                if part
            )
            for one in getattr(page, kind).shown
        ]
        for kind in ("moved", "new_in", "fell_out")
    }


def test_it_says_that_nothing_is_different(lived_in: Street, now: datetime, ruth: Client):
    opened(lived_in, now)
    newer = opened(lived_in, now + WEEK)
    page = read(ruth, "difference", id=newer.pk)
    assert "Nothing: every family has what it had." in page
    assert "Amara" not in page


def test_it_says_who_got_another_proposal(lived_in: Street, now: datetime):
    before = opened(lived_in, now)
    # Amara's children aren't known now, Stan brings none: only the Hollises gain by Denise.
    weights = Weights(**{**dict.fromkeys(PARTS, 0), "children": 10})
    weighing.adopt(base=1, weights=weights, why="Play", by=lived_in.ruth, at=now)
    lived_in.denise.lived_through.clear()
    lived_in.amara.children.all().delete()
    now_on = opened(lived_in, now + WEEK)
    page = difference_page(now_on, before)
    assert told(page) == {
        "moved": [
            ("Amara and Joe", "Denise and Mark", "Stan"),
            ("The Hollis family", "Stan", "Denise and Mark"),
        ],
        "new_in": [],
        "fell_out": [],
    }
    assert (page.before.round.weights.version, page.now.round.weights.version) == (1, 2)
    assert page == difference_page(before, now_on)


def test_it_says_who_is_new_in_and_who_fell_out_and_why(lived_in: Street, now: datetime):
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    before = opened(lived_in, now)
    first = {"applied_on": date(2026, 1, 1), **where}
    street.seeking("The Earlies", guardian="Earl", **first)
    street.seeking("The Firsts", guardian="Fay", **first)
    Shortlist.objects.create(family=lived_in.amara, offered_by=lived_in.ruth, offered_at=now)
    between = opened(lived_in, now + WEEK)
    page = told(difference_page(before, between))
    assert [one[0] for one in page["new_in"]] == ["The Earlies", "The Firsts"]
    assert {one[-1] for one in page["new_in"]} == {"They weren’t in the round before."}
    assert page["moved"] == []
    assert page["fell_out"][0] == (
        "Amara and Joe",
        "Denise and Mark",
        "They have a list to choose from.",
    )
    assert page["fell_out"][1][:2] == ("The Hollis family", "Stan")
    assert "taken by others who waited longer" in page["fell_out"][1][-1]
    Family.objects.filter(display_name="The Firsts").update(standing="paused")
    Family.objects.filter(display_name="The Earlies").update(wants_link_up=False)
    after = told(difference_page(between, opened(lived_in, now + 2 * WEEK)))
    assert [one[-1] for one in after["new_in"]] == ["Nobody was found for them before."]
    assert {one[-1] for one in after["fell_out"]} == {
        "They are taking a break, or have left.",
        "They weren’t waiting here when it was run.",
    }


def test_it_compares_any_two_rounds_of_an_area(lived_in: Street, now: datetime, ruth: Client):
    first, second, third = (opened(lived_in, now + n * WEEK) for n in range(3))
    page = read(ruth, "difference", id=third.pk)
    assert f'<option value="{second.pk}" selected>' in page
    assert f'<option value="{first.pk}">' in page
    address = reverse("matching:difference", kwargs={"id": first.pk})
    chosen = ruth.get(address, {"with": third.pk}).content.decode()
    assert f'<option value="{third.pk}" selected>' in chosen
    assert "What is different from another round?" in read(ruth, "round", id=third.pk)


def test_it_says_when_there_is_nothing_to_compare_with(
    lived_in: Street, now: datetime, ruth: Client
):
    only = opened(lived_in, now)
    assert "There is no other round of this area yet" in read(ruth, "difference", id=only.pk)
    assert "What is different" not in read(ruth, "round", id=only.pk)


def test_it_compares_with_no_round_of_another_area_and_none_without_an_answer(
    lived_in: Street, now: datetime, ruth: Client
):
    mine = opened(lived_in, now)
    elsewhere = rounds.open_round(
        area=lived_in.town.other_area, by=lived_in.town.imran, at=now + WEEK
    )
    lived_in.town.other_area.coaches.add(lived_in.ruth)
    stopped = Round.objects.create(
        area=mine.area,
        opened_by=lived_in.ruth,
        opened_at=now,
        weights=mine.weights,
        standing="cancelled",
        stopped_by=lived_in.ruth,
    )
    address = reverse("matching:difference", kwargs={"id": mine.pk})
    for other in (elsewhere.pk, stopped.pk, mine.pk, 999_999, "x", "9" * 30, "9" * 5000):
        assert ruth.get(address, {"with": other}).status_code == 404
    theirs = reverse("matching:difference", kwargs={"id": stopped.pk})
    assert ruth.get(theirs).url == reverse("matching:round", kwargs={"id": stopped.pk})


def test_it_writes_down_whose_records_it_shows(lived_in: Street, now: datetime, ruth: Client):
    opened(lived_in, now)
    for gone, shown, other in (
        (lived_in.hollis, {lived_in.hollis.pk}, "Amara and Joe"),
        (lived_in.amara, {lived_in.amara.pk, lived_in.denise.family_id}, "Hollis"),
    ):
        Family.objects.filter(pk=gone.pk).update(standing="left")
        newer = opened(lived_in, Round.objects.first().opened_at + WEEK)
        AccessEvent.objects.all().delete()
        page = read(ruth, "difference", id=newer.pk)
        assert gone.display_name in page
        assert other not in page
        assert sorted(AccessEvent.objects.values_list("family", "purpose", "page")) == sorted(
            (pk, "matching", "matching:difference") for pk in shown
        )


def test_it_asks_the_same_number_of_questions_whatever_the_area(town: cast.Town, now: datetime):
    where = {"at": town.burntwood, "coach": town.ruth}
    ruth = as_(town.ruth)

    def questions(at: datetime) -> int:
        made = [rounds.open_round(area=town.area, by=town.ruth, at=at)]
        seen = list(town.area.places.all())
        town.area.places.clear()
        made.append(rounds.open_round(area=town.area, by=town.ruth, at=at + WEEK))
        town.area.places.set(seen)
        with CaptureQueriesContext(connection) as asked:
            read(ruth, "difference", id=made[1].pk)
        return len(asked)

    for n in range(30):
        street.seeking(f"F{n}", guardian=f"F{n}", **where)
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
        if n == 4:
            few = questions(now)
    assert questions(now + 3 * WEEK) == few <= 25


def test_it_says_who_ruled_out_what_a_family_had_before(
    lived_in: Street, now: datetime, ruth: Client
):
    lived_in.denise.lived_through.clear()
    first = opened(lived_in, now)
    had = {one.family: one for one in first.proposals.all()}
    pair = had[lived_in.amara]
    rounds.refuse(proposal=pair, why="They are cousins", by=lived_in.ruth, at=now)
    moved = opened(lived_in, now + WEEK)
    words = f"ruled out Amara and Joe with {pair.supporter}."
    page = read(ruth, "difference", id=moved.pk)
    assert page.count(f"You {words}") == 1
    lived_in.town.area.coaches.add(lived_in.town.imran)
    page = read(as_(lived_in.town.imran), "difference", id=moved.pk)
    assert f"{lived_in.ruth} {words}" in page
    assert "They are cousins" not in page
    second = moved.proposals.get(family=lived_in.amara)
    rounds.refuse(proposal=second, why="Neighbours", by=lived_in.ruth, at=now)
    page = read(ruth, "difference", id=opened(lived_in, now + 2 * WEEK).pk)
    fell_out = page.split("fell out, and why")[1]
    assert f"You ruled out Amara and Joe with {second.supporter}." in fell_out
    assert words not in page  # that was between two other rounds


def test_it_says_whom_keeping_a_pair_cost_what(lived_in: Street, now: datetime, ruth: Client):
    before = opened(lived_in, now)
    stan = before.proposals.get(family=lived_in.hollis)
    rounds.keep(proposal=stan, by=lived_in.ruth)
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    street.seeking("Early", guardian="Early", applied_on=date(2026, 1, 5), **where)
    after = opened(lived_in, now + WEEK)
    AccessEvent.objects.all().delete()
    page = read(ruth, "difference", id=after.pk)
    kept = page.split("Kept from the round before")[1]
    assert "The Hollis family</b> with Stan" in kept
    assert "You kept these two." in kept
    assert "Amara and Joe" in page.split("fell out, and why")[1]
    assert "If nobody had been kept, they would be with" in page
    assert lived_in.hollis.pk in AccessEvent.objects.values_list("family", flat=True)
    rounds.let_go(proposal=after.proposals.get(family=lived_in.hollis))
    assert "You kept these two." in read(ruth, "difference", id=after.pk)
    rounds.keep(proposal=after.proposals.get(family=lived_in.hollis), by=lived_in.ruth)
    last = opened(lived_in, now + 2 * WEEK)
    assert "Kept from the round before" not in read(ruth, "difference", id=last.pk)
