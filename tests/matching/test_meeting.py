"""Somebody new can be told at once: whom they could meet, and what the open round would do with them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import reopening, rounds
from matching.engine.pairing import pair
from matching.engine_ids import family_id, row_id
from matching.models import Proposal, Round
from matching.reading.meeting import meeting_page
from people.models import Family
from safeguarding.models import AccessEvent
from tests.matching import cast as street
from tests.matching.browser import as_, read
from tests.matching.test_snapshot import linked


@pytest.fixture
def newcomer(lived_in):
    return street.seeking(
        "Nadia", guardian="Nadia", at=lived_in.town.burntwood, coach=lived_in.ruth
    )


def page_of(lived_in, family, now):
    return meeting_page(family, area=lived_in.town.area, at=now)


def test_it_ranks_and_explains_as_a_round_would(lived_in, newcomer, now):
    page = page_of(lived_in, newcomer, now)
    assert [one.other.name for one in page.meetings] == ["Denise and Mark", "Stan"]
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    told = {
        (one.supporter_id, one.score, one.out_of)
        for one in [*Proposal.objects.filter(round=made, family=newcomer)]
        + [
            further
            for one in Proposal.objects.filter(round=made, family=newcomer)
            for further in one.alternatives.all()
        ]
    }
    by_name = {str(one): one.pk for one in (lived_in.denise, lived_in.stan)}
    assert told
    assert told <= {
        (by_name[one.other.name], one.row.score, one.row.out_of) for one in page.meetings
    }


def test_it_says_where_somebody_new_would_stand_in_the_open_round(lived_in, now):
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    late = street.seeking("Late", guardian="Late", applied_on=street.date(2026, 11, 19), **where)
    early = street.seeking("Early", guardian="Early", applied_on=street.date(2026, 1, 5), **where)
    standing = page_of(lived_in, late, now).standings[0]
    assert (standing.round, standing.there, standing.other) == (made, False, None)
    assert "waited longer" in standing.reason
    standing = page_of(lived_in, early, now).standings[0]
    assert standing.other is not None
    assert standing.lost == ["The Hollis family"]
    again = rounds.open_round(
        area=lived_in.town.area, by=lived_in.ruth, at=now + timedelta(minutes=5)
    )
    proposed = Proposal.objects.get(round=again, family=early)
    assert str(proposed.supporter) == standing.other.name
    assert not Proposal.objects.filter(round=again, family=lived_in.hollis).exists()


def test_a_round_that_is_kept_opens_as_the_engine_answered_it(lived_in, now):
    """Prices and closed marks too: a newcomer's search begins from them."""
    street.seeking("Late", guardian="Late", at=lived_in.town.burntwood, coach=lived_in.ruth)
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    made = Round.objects.get(pk=made.pk)
    answer = pair(reopening.question_of(made))
    assert answer.closed
    assert reopening.answer_of(made.answer) == answer


def test_it_says_how_a_family_stands_that_is_in_the_round_already(lived_in, now):
    rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    standing = page_of(lived_in, lived_in.amara, now).standings[0]
    assert standing.there
    assert standing.other.name == "Denise and Mark"
    assert (standing.moved, standing.lost) == ([], [])


def test_it_says_in_the_words_of_a_round_why_nobody_was_found(lived_in, now):
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    there = street.seeking("There", guardian="There", languages=["pl"], **where)
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    kept = {one["seeking"]: one["reason"] for one in made.answer["unplaced"]}
    late = street.seeking("Late", guardian="Late", languages=["pl"], **where)
    refused = street.seeking("Refused", guardian="Refused", **where)
    other = street.seeking("Other", guardian="Other", **where)
    for helper in (lived_in.denise, lived_in.stan):
        for family in (refused, other):
            made.proposals.create(
                family=family,
                supporter=helper,
                wish="sharing" if helper.family_id else "volunteer",
                waiting_days=1,
                score=1,
                out_of=1,
                parts=[],
                standing="refused",
                why="They are cousins",
            )
    Family.objects.filter(pk=other.pk).update(hopes_for="volunteer")
    told = [page_of(lived_in, one, now).standings[0] for one in (there, late, refused, other)]
    assert "without a shared language" in told[0].reason
    assert [one.there for one in told] == [True, False, False, False]
    assert told[0].reason == kept[family_id(there.pk)]
    again = rounds.open_round(
        area=lived_in.town.area, by=lived_in.ruth, at=now + timedelta(minutes=5)
    )
    kept = {row_id(one["seeking"]): one["reason"] for one in again.answer["unplaced"]}
    assert [one.reason for one in told] == [kept[one.pk] for one in (there, late, refused, other)]


def test_it_leaves_out_whom_a_person_ruled_out_and_the_family_itself(lived_in, now):
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    proposal = Proposal.objects.get(round=made, family=lived_in.amara)
    rounds.refuse(proposal=proposal, why="They are neighbours.", by=lived_in.ruth, at=now)
    names = [one.other.name for one in page_of(lived_in, lived_in.amara, now).meetings]
    assert names == ["Stan"]
    sharing = page_of(lived_in, lived_in.denise.family, now)
    assert [one.other.name for one in sharing.meetings] == ["Stan"]
    assert not sharing.waits


def test_it_says_both_where_a_family_hopes_for_both(lived_in, newcomer, now):
    rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    early = street.seeking("Early", guardian="Early", applied_on=street.date(2026, 1, 5), **where)
    Family.objects.filter(pk=early.pk).update(hopes_for="both")
    standings = page_of(lived_in, early, now).standings
    assert [one.other.name for one in standings] == ["Denise and Mark", "Stan"]
    again = rounds.open_round(
        area=lived_in.town.area, by=lived_in.ruth, at=now + timedelta(minutes=5)
    )
    proposed = Proposal.objects.filter(round=again, family=early).order_by("wish")
    assert [str(one.supporter) for one in proposed] == ["Denise and Mark", "Stan"]
    standings = page_of(lived_in, early, now).standings
    assert [(one.there, one.hoped) for one in standings] == [
        (True, "hopes for both, here for a family who has been through it"),
        (True, "hopes for both, here for a volunteer"),
    ]


def test_it_names_nobody_of_a_kind_that_is_not_hoped_for(lived_in, newcomer, now):
    Family.objects.filter(pk=newcomer.pk).update(hopes_for="volunteer")
    rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    page = page_of(lived_in, newcomer, now)
    assert [one.other.name for one in page.meetings] == ["Stan"]
    assert len(page.standings) == 1


def test_it_writes_down_every_record_it_shows(lived_in, newcomer, now, client):
    rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    client.force_login(lived_in.ruth)
    answer = client.get(reverse("matching:meeting", kwargs={"id": newcomer.pk}))
    words = answer.content.decode()
    assert "Denise and Mark" in words
    opened = AccessEvent.objects.filter(page="matching:meeting").values_list(
        "family__display_name", flat=True
    )
    assert {"Nadia", "Denise and Mark"} <= set(opened)
    link = reverse("matching:meeting", kwargs={"id": newcomer.pk})
    family = client.get(reverse("matching:family", kwargs={"id": newcomer.pk})).content.decode()
    assert link in family


def test_it_asks_the_same_number_of_questions_in_a_larger_place(
    lived_in, newcomer, now, django_assert_num_queries
):
    rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    few = counted(lived_in, newcomer, now)
    where = {"at": lived_in.town.burntwood, "coach": lived_in.ruth}
    for n in range(12):
        street.seeking(f"F{n}", guardian=f"F{n}", **where)
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
    rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now + timedelta(minutes=5))
    with django_assert_num_queries(few):
        page_of(lived_in, newcomer, now)


def counted(lived_in, family, now) -> int:
    with CaptureQueriesContext(connection) as asked:
        page_of(lived_in, family, now)
    return len(asked)


def test_a_familys_page_leads_there_while_any_of_its_wishes_waits(lived_in, now):
    ruth, amara = as_(lived_in.ruth), lived_in.amara
    address = reverse("matching:meeting", kwargs={"id": amara.pk})
    Family.objects.filter(pk=amara.pk).update(hopes_for="both")
    for helper, waits in ((None, True), (lived_in.denise, True), (lived_in.stan, False)):
        if helper:
            linked(amara, helper)
        assert page_of(lived_in, amara, now).waits == waits
        assert (address in read(ruth, "family", id=amara.pk)) == waits
