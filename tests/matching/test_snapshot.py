"""What the matcher is told about an area, and what it is not."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching import snapshot
from matching.engine_ids import family_id, supporter_id
from matching.models import LinkUp, Shortlist
from messaging.models import Conversation
from people.models import Block, Consent, Family
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street


def linked(family: Family, supporter: object, **fields: object) -> LinkUp:
    """A link-up as a bare row."""
    return LinkUp.objects.create(
        family=family,
        supporter=supporter,
        conversation=Conversation.objects.create(kind="link_up"),
        started_on=date(2026, 9, 1),
        planned_end_on=date(2027, 1, 19),
        **fields,
    )


def names(seen: snapshot.Snapshot) -> set[str]:
    """The display names of the families that wait."""
    return {family.display_name for family in seen.families.values()}


def test_it_sees_the_families_who_wait_and_those_who_might_help(lived_in: Street, now: datetime):
    seen = snapshot.of_area(lived_in.town.area, at=now)
    assert names(seen) == {"Amara and Joe", "The Hollis family"}
    assert {str(one) for one in seen.helpers.values()} == {"Denise and Mark", "Stan"}
    amara = seen.seeking[family_id(lived_in.amara.pk)]
    assert {term.code for term in amara.goal_themes} == {"mornings"}
    assert amara.children is not None
    assert amara.children[0].interests == {"football", "drawing"}
    denise = seen.supporters[supporter_id(lived_in.denise.pk)]
    assert denise.cleared_until == date(2029, 1, 1)
    assert {term.code for term in denise.lived_through or ()} == {"mornings"}
    assert seen.supporters[supporter_id(lived_in.stan.pk)].children == ()


def test_it_sees_another_area_only_from_there(lived_in: Street, now: datetime):
    seen = snapshot.of_area(lived_in.town.other_area, at=now)
    assert (seen.families, seen.helpers) == ({}, {})


@pytest.mark.parametrize(
    "fields",
    [{"wants_link_up": False}, {"standing": "paused"}, {"standing": "left"}],
    ids=["does not seek", "is paused", "has left"],
)
def test_it_leaves_out_a_family_that(lived_in: Street, now: datetime, fields: dict[str, object]):
    Family.objects.filter(pk=lived_in.amara.pk).update(**fields)
    assert names(snapshot.of_area(lived_in.town.area, at=now)) == {"The Hollis family"}


def test_it_leaves_out_a_family_that_is_linked_or_choosing(lived_in: Street, now: datetime):
    linked(lived_in.amara, lived_in.denise)
    Shortlist.objects.create(family=lived_in.hollis, offered_by=lived_in.ruth, offered_at=now)
    seen = snapshot.of_area(lived_in.town.area, at=now)
    assert names(seen) == set()
    assert seen.supporters[supporter_id(lived_in.denise.pk)].linked == 1


def test_it_counts_the_wait_from_a_good_ending_but_not_from_a_bad_one(
    lived_in: Street, now: datetime
):
    linked(lived_in.amara, lived_in.stan, ended_on=date(2026, 11, 10), ending="done")
    linked(lived_in.hollis, lived_in.denise, ended_on=date(2026, 11, 10), ending="stopped")
    seen = snapshot.of_area(lived_in.town.area, at=now)
    assert seen.waiting == {family_id(lived_in.amara.pk): 10, family_id(lived_in.hollis.pk): 31}
    hollis = seen.seeking[family_id(lived_in.hollis.pk)]
    assert hollis.ended_badly == {supporter_id(lived_in.denise.pk)}
    assert not seen.seeking[family_id(lived_in.amara.pk)].ended_badly


@pytest.mark.parametrize("who_blocks", ["family", "supporter"])
def test_it_knows_a_block_from_either_side(lived_in: Street, now: datetime, who_blocks: str):
    one, other = cast.guardian_of(lived_in.amara), lived_in.stan.volunteer.user
    if who_blocks == "supporter":
        one, other = other, one
    Block.objects.create(blocker=one, blocked=other, at=now)
    seen = snapshot.of_area(lived_in.town.area, at=now)
    assert seen.seeking[family_id(lived_in.amara.pk)].blocked == {supporter_id(lived_in.stan.pk)}
    assert not seen.seeking[family_id(lived_in.hollis.pk)].blocked


def test_it_needs_no_row_of_consent_but_heeds_a_withdrawal(lived_in: Street, now: datetime):
    def says(user: object, given: bool, days_ago: int) -> None:
        Consent.objects.create(
            user=user,
            purpose=Consent.Purpose.LINK_UP,
            wording="1",
            given=given,
            at=now - timedelta(days=days_ago),
        )

    says(cast.guardian_of(lived_in.amara), True, 9)
    says(cast.guardian_of(lived_in.amara), False, 5)
    says(cast.guardian_of(lived_in.hollis), False, 9)
    says(cast.guardian_of(lived_in.hollis), True, 5)
    says(lived_in.stan.volunteer.user, False, 1)
    seen = snapshot.of_area(lived_in.town.area, at=now)
    assert not seen.seeking[family_id(lived_in.amara.pk)].consents
    assert seen.seeking[family_id(lived_in.hollis.pk)].consents
    assert not seen.supporters[supporter_id(lived_in.stan.pk)].consents
    assert seen.supporters[supporter_id(lived_in.denise.pk)].consents


def test_it_asks_the_same_number_of_questions_for_ten_times_as_many(town: cast.Town, now: datetime):
    def take() -> tuple[int, int]:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            seen = snapshot.of_area(town.area, at=now)
        return len(asked), len(seen.families)

    grow(town, 0, 6)
    few = take()
    grow(town, 6, 60)
    many = take()
    assert (few[1], many[1]) == (6, 60)
    assert few[0] == many[0]


def grow(town: cast.Town, start: int, end: int) -> None:
    """Let families who seek and families who share move in."""
    for n in range(start, end):
        street.seeking(f"F{n}", guardian=f"F{n}", at=town.burntwood, coach=town.ruth)
        helper = street.sharing(f"S{n}", guardian=f"S{n}", at=town.burntwood, coach=town.ruth)
        helper.lived_through.add(street.theme("mornings", parent="home"))
