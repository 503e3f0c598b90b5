"""A family may hope for a sharing family and a volunteer: two wishes, matched apart.

The street has Denise, who shares, and Stan, who volunteers. Amara waited longest.
"""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from matching import choices, rounds, snapshot
from matching.engine_ids import family_id, row_id
from matching.kinds import against_kind
from matching.models import Alternative, LinkUp, Proposal, Round, Shortlist, Wish
from matching.waiting import seeking, wishes_left, with_wait
from people.models import Family
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street, opened
from tests.matching.test_choices import answer, choose
from tests.matching.test_snapshot import linked

SHARING, VOLUNTEER, EITHER = Wish


def hope(family: Family, hopes_for: str) -> None:
    """Let a family say whom it would like."""
    Family.objects.filter(pk=family.pk).update(hopes_for=hopes_for)
    family.refresh_from_db()


def pairs(made: Round) -> set[tuple[str, str, str]]:
    """Who is proposed to whom, for which wish."""
    return {(str(one.family), one.wish, str(one.supporter)) for one in made.proposals.all()}


def send(lived_in: Street, at: datetime) -> dict[str, Shortlist]:
    """Run, approve and send; give Amara's lists by wish."""
    made = opened(lived_in, at)
    rounds.approve_all(round=made, by=lived_in.ruth, at=at)
    rounds.send(round=made, by=lived_in.ruth, at=at)
    return {one.wish: one for one in Shortlist.objects.filter(family=lived_in.amara)}


def left(family: Family) -> tuple[Wish, ...]:
    """For whom a family still waits."""
    return wishes_left(with_wait(Family.objects.filter(pk=family.pk)).get())


@pytest.fixture
def both(lived_in: Street) -> Street:
    """The street, where Amara hopes for both and the Hollis family has paused."""
    hope(lived_in.amara, "both")
    Family.objects.filter(pk=lived_in.hollis.pk).update(standing="paused")
    return lived_in


def test_it_reads_both_of_a_familys_ids_and_sorts_them_beside_each_other():
    ids = [family_id(pk, wish) for pk in (12, 13) for wish in (SHARING, VOLUNTEER)]
    assert ids == sorted(ids)
    assert [row_id(one) for one in ids] == [12, 12, 13, 13]
    assert family_id(12) == family_id(12, SHARING)


@pytest.mark.parametrize(
    ("hopes_for", "wishes"),
    [("either", [EITHER]), ("sharing", [SHARING]), ("both", [SHARING, VOLUNTEER])],
)
def test_it_sees_a_family_once_for_each_wish(
    lived_in: Street, now: datetime, hopes_for: str, wishes: list[Wish]
):
    hope(lived_in.amara, hopes_for)
    seen = snapshot.of_area(lived_in.town.area, at=now)
    own = [one for one, family in seen.families.items() if family == lived_in.amara]
    assert [seen.wishes[one] for one in own] == wishes
    assert {seen.waiting[one] for one in own} == {50}


def test_it_places_both_wishes(both: Street, now: datetime):
    assert pairs(opened(both, now)) == {
        ("Amara and Joe", "sharing", "Denise and Mark"),
        ("Amara and Joe", "volunteer", "Stan"),
    }
    assert not Alternative.objects.exists()  # nobody of the other kind stands on a list


@pytest.mark.parametrize(
    ("hopes_for", "supporter"), [("sharing", "Denise and Mark"), ("volunteer", "Stan")]
)
def test_it_pairs_a_family_only_with_whom_it_hopes_for(
    both: Street, now: datetime, hopes_for: str, supporter: str
):
    hope(both.amara, hopes_for)
    assert pairs(opened(both, now)) == {("Amara and Joe", hopes_for, supporter)}


def test_it_lets_one_wish_wait_and_says_why(both: Street, now: datetime):
    linked(both.hollis, both.stan)
    made = opened(both, now)
    assert pairs(made) == {("Amara and Joe", "sharing", "Denise and Mark")}
    (unplaced,) = made.answer["unplaced"]
    assert unplaced["wish"] == "volunteer"
    assert "One is sharing, where a volunteer is hoped for" in unplaced["reason"]


def test_it_says_in_words_why_somebody_is_of_the_wrong_kind(both: Street):
    (blocker,) = against_kind(VOLUNTEER, both.denise)
    assert blocker.words == "They hope for a volunteer; this is a family."
    (blocker,) = against_kind(SHARING, both.stan)
    assert blocker.words.endswith("this is a volunteer.")
    assert not against_kind(EITHER, both.stan)


def test_it_takes_nothing_from_the_longer_wait_of_another_familys_wish(
    lived_in: Street, now: datetime
):
    hope(lived_in.amara, "both")
    hope(lived_in.hollis, "volunteer")
    assert pairs(opened(lived_in, now)) == {
        ("Amara and Joe", "sharing", "Denise and Mark"),
        ("Amara and Joe", "volunteer", "Stan"),  # Amara waited longer
    }


@pytest.mark.parametrize("n", range(4))
def test_it_proposes_no_supporter_twice_to_a_family(town: cast.Town, now: datetime, n: int):
    hopes = ("both", "either", "sharing", "volunteer")
    where = {"at": town.burntwood, "coach": town.ruth}
    for k in range(8):
        street.seeking(f"F{k}", guardian=f"F{k}", hopes_for=hopes[(k + n) % 4], **where)
    for k in range(3):
        street.sharing(f"S{k}", guardian=f"S{k}", capacity=k + 1, **where)
        street.volunteering(f"V{k}", capacity=2, **where)
    made = rounds.open_round(area=town.area, by=town.ruth, at=now)
    told = list(made.proposals.values_list("family", "wish", "supporter", "supporter__family"))
    further = Alternative.objects.values_list(
        "proposal__family", "proposal__wish", "supporter", "supporter__family"
    )
    told += list(further)
    assert len({(family, helper) for family, _wish, helper, _shares in told}) == len(told)
    for _family, wish, _helper, shares in told:
        assert wish == EITHER or (wish == SHARING) == (shares is not None)


def test_the_database_refuses_a_supporter_twice_and_a_second_list_for_a_wish(
    both: Street, now: datetime
):
    made = opened(both, now)
    one = made.proposals.get(wish="sharing")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=one.pk).update(supporter=both.stan)
    lists = {"family": both.amara, "offered_by": both.ruth, "offered_at": now}
    Shortlist.objects.create(wish="sharing", **lists)
    Shortlist.objects.create(wish="volunteer", **lists)
    with pytest.raises(IntegrityError), transaction.atomic():
        Shortlist.objects.create(wish="volunteer", **lists)


def test_it_still_waits_for_the_other_while_one_is_answered(both: Street, now: datetime):
    assert left(both.amara) == (SHARING, VOLUNTEER)
    there = linked(both.amara, both.denise)
    assert left(both.amara) == (VOLUNTEER,)
    assert list(seeking(Family.objects.all())) == [both.amara]
    Shortlist.objects.create(
        family=both.amara, wish="volunteer", offered_by=both.ruth, offered_at=now
    )
    assert left(both.amara) == ()
    assert not seeking(Family.objects.all()).exists()
    LinkUp.objects.filter(pk=there.pk).update(ended_on=date(2026, 11, 10), ending="stopped")
    assert left(both.amara) == (SHARING,)


def test_it_counts_a_good_end_only_for_the_wish_that_was_answered(both: Street, now: datetime):
    linked(both.amara, both.denise, ended_on=date(2026, 11, 10), ending="done")
    seen = snapshot.of_area(both.town.area, at=now)
    pk = both.amara.pk
    assert seen.waiting == {family_id(pk, SHARING): 10, family_id(pk, VOLUNTEER): 50}


def test_refusing_one_wishs_pair_leaves_the_other(both: Street, now: datetime):
    made = opened(both, now)
    one, other = made.proposals.get(wish="sharing"), made.proposals.get(wish="volunteer")
    rounds.refuse(proposal=one, why="They are cousins", by=both.ruth, at=now)
    rounds.approve(proposal=other, by=both.ruth, at=now)
    sent = rounds.send(round=made, by=both.ruth, at=now)
    assert [(one.wish, one.entries.get().supporter) for one in sent.shortlists] == [
        ("volunteer", both.stan)
    ]
    assert sent.fell_away == []
    again = opened(both, now + timedelta(minutes=1))
    assert not again.proposals.exists()
    assert [one["wish"] for one in again.answer["unplaced"]] == ["sharing"]


def test_it_sends_nothing_for_a_wish_that_changed_since(both: Street, now: datetime):
    made = opened(both, now)
    rounds.approve_all(round=made, by=both.ruth, at=now)
    hope(both.amara, "either")
    sent = rounds.send(round=made, by=both.ruth, at=now)
    assert (sent.shortlists, len(sent.fell_away)) == ([], 2)


def test_none_of_these_on_one_list_leaves_the_other(both: Street, now: datetime):
    lists = send(both, now)
    choose(lists["volunteer"], None, now, words="He is a neighbour")
    assert left(both.amara) == (VOLUNTEER,)
    lists["sharing"].refresh_from_db()
    assert lists["sharing"].standing == "offered"
    made = opened(both, now + timedelta(days=1))
    assert not made.proposals.exists()  # Stan was ruled out, and Denise is on her list already


def test_both_link_ups_start_one_after_the_other(both: Street, now: datetime):
    lists = send(both, now)
    first = choose(lists["sharing"], both.denise, now)
    second = choose(lists["volunteer"], both.stan, now)
    assert answer(first, True, now) is not None
    assert answer(second, True, now) is not None
    assert LinkUp.objects.going().filter(family=both.amara).count() == 2
    assert left(both.amara) == ()


def test_a_second_of_the_same_kind_is_refused(both: Street, now: datetime):
    lists = send(both, now)
    choice = choose(lists["volunteer"], both.stan, now)
    mavis = street.volunteering("Mavis", at=both.town.burntwood, coach=both.ruth)
    linked(both.amara, mavis)
    with pytest.raises(choices.NoLongerFreeError, match="found somebody meanwhile"):
        answer(choice, True, now)
