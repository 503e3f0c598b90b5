"""Whom a family would also choose from: shown to the coach before, left out or put back, and nobody else is offered."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from matching import rounds
from matching.models import Alternative, Proposal, Shortlist, Supporter
from people.models import Block, Family
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street, opened


def offered(family: Family) -> list[Supporter]:
    """Whom a family was sent, in order."""
    shortlist = Shortlist.objects.get(family=family)
    return [entry.supporter for entry in shortlist.entries.select_related("supporter")]


def test_it_keeps_whom_each_family_would_also_choose_from(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    for proposal in made.proposals.all():
        (further,) = proposal.alternatives.all()
        assert {proposal.supporter, further.supporter} == {lived_in.denise, lived_in.stan}
        assert further.place == 2
        assert further.score == sum(part["points"] for part in further.parts)
        assert further.out_of >= further.score


def test_it_offers_nobody_who_was_left_out(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    out, back = Alternative.objects.order_by("pk")
    for one in (out, back):
        rounds.leave_out(alternative=one, by=lived_in.ruth, at=now)
    rounds.put_back(alternative=back, by=lived_in.town.imran, at=now)
    back.refresh_from_db()
    assert (back.standing, back.decided_by) == ("listed", lived_in.town.imran)
    rounds.send(round=made, by=lived_in.ruth, at=now)
    assert offered(out.proposal.family) == [out.proposal.supporter]
    assert offered(back.proposal.family) == [back.proposal.supporter, back.supporter]


def test_it_offers_nobody_who_came_after_the_coach_looked(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    shown = {one.supporter for one in Alternative.objects.all()}
    new = street.volunteering("Olu", at=lived_in.town.burntwood, coach=lived_in.ruth)
    rounds.send(round=made, by=lived_in.ruth, at=now)
    for family in (lived_in.amara, lived_in.hollis):
        assert new not in offered(family)
        assert set(offered(family)) == shown


def test_it_takes_off_a_further_supporter_whom_the_family_blocked(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    mine = made.proposals.get(family=lived_in.amara)
    further = mine.alternatives.get().supporter
    other = further.volunteer.user if further.volunteer else cast.guardian_of(further.family)
    Block.objects.create(blocker=cast.guardian_of(lived_in.amara), blocked=other, at=now)
    sent = rounds.send(round=made, by=lived_in.ruth, at=now)
    assert sent.fell_away == []
    assert offered(lived_in.amara) == [mine.supporter]


def test_it_offers_a_pair_of_a_round_from_before_lists_were_kept_alone(
    lived_in: Street, now: datetime
):
    made = opened(lived_in, now)
    Alternative.objects.all().delete()
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    rounds.send(round=made, by=lived_in.ruth, at=now)
    assert offered(lived_in.amara) == [made.proposals.get(family=lived_in.amara).supporter]


@pytest.mark.parametrize("change", [rounds.leave_out, rounds.put_back])
def test_it_changes_no_list_after_sending_or_in_an_old_round(
    lived_in: Street, now: datetime, change: Callable[..., None]
):
    old = opened(lived_in, now)
    newer = opened(lived_in, now + timedelta(days=7))
    standing = "listed" if change is rounds.leave_out else "left_out"
    Alternative.objects.update(standing=standing)
    rounds.approve_all(round=newer, by=lived_in.ruth, at=now)
    rounds.send(round=newer, by=lived_in.ruth, at=now)
    for made, words in ((old, "newer round"), (newer, "are sent")):
        with pytest.raises(rounds.RoundError, match=words):
            change(alternative=made.proposals.first().alternatives.get(), by=lived_in.ruth, at=now)
    assert set(Alternative.objects.values_list("standing", flat=True)) == {standing}


def decided(ruth: Client, further: Alternative, button: str) -> str:
    """Press a button beside a further supporter, follow, and give what is read there."""
    address = reverse("matching:alternative", kwargs={"id": further.pk})
    response = ruth.post(address, {button: "1"}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_whom_each_family_would_also_choose_from(lived_in: Street, ruth: Client):
    made = opened(lived_in, timezone.now())
    address = reverse("matching:round", kwargs={"id": made.pk})
    page = ruth.get(address).content.decode()
    for further in Alternative.objects.select_related("proposal"):
        pair = page.split(f'id="pair-{further.proposal_id}"')[1].split("</li>")[0]
        assert f"They would also choose from: {further.supporter}" in pair
        assert f"How the {further.score:,} points are made" in pair
    assert "will choose from its list" not in page
    rounds.approve_all(round=made, by=lived_in.ruth, at=timezone.now())
    assert "Each family will choose from its list" in ruth.get(address).content.decode()


@pytest.mark.parametrize(
    ("score", "out_of", "marked"), [(599, 1800, True), (600, 1800, False), (0, 0, False)]
)
def test_it_marks_in_words_a_pair_of_whom_less_than_a_third_fits(
    lived_in: Street, ruth: Client, score: int, out_of: int, marked: bool
):
    made = opened(lived_in, timezone.now())
    Proposal.objects.update(score=score, out_of=out_of)
    Alternative.objects.update(score=score, out_of=out_of)
    page = ruth.get(reverse("matching:round", kwargs={"id": made.pk})).content.decode()
    shown = Proposal.objects.count() + Alternative.objects.count()
    assert page.count('<span class="standing ">Not much fits yet</span>') == marked * shown
    assert shown > 2


def test_it_leaves_out_and_puts_back(lived_in: Street, ruth: Client):
    opened(lived_in, timezone.now())
    further = Alternative.objects.select_related("proposal").first()
    words = f"They would also choose from: {further.supporter}"
    page = decided(ruth, further, "leave_out")
    pair = page.split(f'id="pair-{further.proposal_id}"')[1].split("</li>")[0]
    assert "<details open" in pair
    assert "Left out" in pair
    assert "Put back" in pair
    assert words not in page
    assert words in decided(ruth, further, "put_back")


def test_it_leaves_nobody_out_once_the_round_is_sent(lived_in: Street, ruth: Client):
    made = opened(lived_in, timezone.now())
    rounds.approve_all(round=made, by=lived_in.ruth, at=timezone.now())
    rounds.send(round=made, by=lived_in.ruth, at=timezone.now())
    further = Alternative.objects.first()
    page = decided(ruth, further, "leave_out")
    assert "A new round can change the rest" in page
    assert 'name="leave_out"' not in page
    further.refresh_from_db()
    assert further.standing == "listed"
