"""A round from opening to sending: what is proposed, what never is, and what happens when two people click at once."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from matching import rounds
from matching.engine import VERSION
from matching.engine.terms import Weights
from matching.models import Proposal, Round, Shortlist
from people.models import Block, Family
from safeguarding.models import Check as CheckRow
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street, opened


def pairs(round_: Round) -> dict[str, str]:
    """Who is proposed with whom, by name."""
    return {
        one.family.display_name: str(one.supporter)
        for one in round_.proposals.select_related("family", "supporter")
    }


def test_it_proposes_a_pair_for_each_family_with_its_arithmetic(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    assert set(pairs(made)) == {"Amara and Joe", "The Hollis family"}
    assert set(pairs(made).values()) == {"Denise and Mark", "Stan"}
    proposal = made.proposals.get(family=lived_in.amara)
    assert proposal.waiting_days == 50
    assert proposal.score == sum(part["points"] for part in proposal.parts)
    assert {part["code"] for part in proposal.parts} >= {"lived_through", "distance", "languages"}
    assert made.certificate["holds"] is True
    assert made.weights.weights == Weights()
    assert made.code_version == VERSION
    assert made.answer["placed"] == 2
    assert made.snapshot["planned_end_on"] == "2027-04-08"
    assert not mail.outbox


def test_it_sends_nothing_until_a_coach_says_so(lived_in: Street, now: datetime):
    opened(lived_in, now)
    assert not Shortlist.objects.exists()


def test_it_gives_each_unplaced_family_its_reason(lived_in: Street, now: datetime):
    lived_in.stan.delete()
    made = opened(lived_in, now)
    assert list(pairs(made)) == ["Amara and Joe"]
    unplaced = made.answer["unplaced"]
    assert [int(one["seeking"][1:]) for one in unplaced] == [lived_in.hollis.pk]
    assert "taken by somebody who waited longer" in unplaced[0]["reason"]
    assert len(made.answer["shortages"]) == 1


def test_it_never_proposes_somebody_who_is_not_cleared(lived_in: Street, now: datetime):
    CheckRow.objects.filter(volunteer__isnull=False).delete()
    CheckRow.objects.update(valid_until_on=date(2027, 4, 7))  # a day before the planned end
    made = opened(lived_in, now)
    assert pairs(made) == {}
    assert made.answer["unplaced"][0]["code"] == "nobody"
    assert "without valid checks until the end" in made.answer["unplaced"][0]["reason"]


def test_it_never_proposes_two_of_whom_one_blocked_the_other(lived_in: Street, now: datetime):
    for helper in (
        cast.guardian_of(lived_in.denise.family),
        lived_in.stan.volunteer.user,
    ):
        Block.objects.create(blocker=helper, blocked=cast.guardian_of(lived_in.amara), at=now)
    assert "Amara and Joe" not in pairs(opened(lived_in, now))


def test_it_never_proposes_a_family_to_itself(lived_in: Street, now: datetime):
    lived_in.stan.delete()
    lived_in.hollis.delete()
    lived_in.amara.delete()
    family = lived_in.denise.family
    family.wants_link_up = True
    family.save()
    assert pairs(opened(lived_in, now)) == {}


def test_it_opens_one_round_for_a_double_click(lived_in: Street, now: datetime):
    one = opened(lived_in, now)
    assert opened(lived_in, now + timedelta(seconds=2)) == one
    assert opened(lived_in, now + timedelta(minutes=5)) != one


def test_it_approves_once_whoever_clicks(lived_in: Street, now: datetime):
    proposal = opened(lived_in, now).proposals.first()
    rounds.approve(proposal=proposal, by=lived_in.ruth, at=now)
    again = rounds.approve(proposal=proposal, by=lived_in.town.imran, at=now + timedelta(minutes=1))
    assert (again.standing, again.decided_by, again.decided_at) == ("approved", lived_in.ruth, now)


def test_it_wants_to_know_why_not(lived_in: Street, now: datetime):
    proposal = opened(lived_in, now).proposals.first()
    with pytest.raises(rounds.RoundError, match="why not"):
        rounds.refuse(proposal=proposal, why="  ", by=lived_in.ruth, at=now)
    rounds.refuse(proposal=proposal, why="Their boys fell out", by=lived_in.ruth, at=now)
    proposal.refresh_from_db()
    assert (proposal.standing, proposal.why) == ("refused", "Their boys fell out")


def test_it_never_proposes_a_refused_pair_again(lived_in: Street, now: datetime):
    lived_in.stan.delete()
    lived_in.hollis.delete()
    proposal = opened(lived_in, now).proposals.get()
    rounds.refuse(proposal=proposal, why="They are cousins", by=lived_in.ruth, at=now)
    later = opened(lived_in, now + timedelta(days=7))
    assert pairs(later) == {}
    assert later.answer["unplaced"][0]["code"] == "ruled_out"


def test_it_approves_all_but_what_was_decided(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    refused = made.proposals.first()
    rounds.refuse(proposal=refused, why="Not now", by=lived_in.ruth, at=now)
    assert rounds.approve_all(round=made, by=lived_in.ruth, at=now) == 1
    assert rounds.approve_all(round=made, by=lived_in.ruth, at=now) == 0
    refused.refresh_from_db()
    assert refused.standing == "refused"


def test_it_will_not_send_before_a_pair_is_approved(lived_in: Street, now: datetime):
    with pytest.raises(rounds.RoundError, match="Approve a pair first"):
        rounds.send(round=opened(lived_in, now), by=lived_in.ruth, at=now)


def test_it_sends_up_to_three_to_each_approved_family_and_to_no_other(
    lived_in: Street, now: datetime, django_capture_on_commit_callbacks: object
):
    made = opened(lived_in, now)
    mine = made.proposals.get(family=lived_in.amara)
    rounds.approve(proposal=mine, by=lived_in.ruth, at=now)
    with django_capture_on_commit_callbacks(execute=True):
        sent = rounds.send(round=made, by=lived_in.ruth, at=now)
    shortlist = Shortlist.objects.get()
    assert sent.shortlists == [shortlist]
    assert shortlist.family == lived_in.amara
    entries = list(shortlist.entries.all())
    assert [entry.place for entry in entries] == [1, 2]
    assert entries[0].supporter_id == mine.supporter_id
    assert all(reason["tone"] in {"why", "ask", "no"} for reason in entries[0].parts)
    assert "km" not in str([entry.parts for entry in entries])
    letter = mail.outbox[0]
    assert letter.to == ["amara@example.org"]
    assert len(mail.outbox) == 1
    for secret in ("Amara", "Denise", "Stan", "Joe"):
        assert secret not in letter.subject
    assert "Denise" not in letter.body
    assert "/together/" in letter.body


def test_it_tells_who_had_approved_a_pair_that_is_refused(lived_in: Street, now: datetime):
    one, other = opened(lived_in, now).proposals.all()
    rounds.approve(proposal=one, by=lived_in.town.imran, at=now)
    told = [
        rounds.refuse(proposal=each, why="They are cousins", by=lived_in.ruth, at=now)
        for each in (one, one, other)
    ]
    assert told == [lived_in.town.imran, None, None]


def test_it_sends_once_whoever_clicks(
    lived_in: Street, now: datetime, django_capture_on_commit_callbacks: object
):
    made = opened(lived_in, now)
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    with django_capture_on_commit_callbacks(execute=True):
        first = rounds.send(round=made, by=lived_in.ruth, at=now)
        second = rounds.send(round=made, by=lived_in.ruth, at=now)
    assert {one.pk for one in first.shortlists} == {one.pk for one in second.shortlists}
    assert Shortlist.objects.count() == 2
    assert len(mail.outbox) == 2


def test_it_looks_again_before_it_sends(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    denise = made.proposals.get(supporter=lived_in.denise)
    CheckRow.objects.filter(guardian__family=lived_in.denise.family).update(decision="refused")
    sent = rounds.send(round=made, by=lived_in.ruth, at=now + timedelta(days=2))
    assert sent.fell_away == [denise]
    assert [one.family_id for one in sent.shortlists] == [
        made.proposals.get(supporter=lived_in.stan).family_id
    ]
    assert not Shortlist.objects.filter(entries__supporter=lived_in.denise).exists()


def test_it_decides_nothing_after_sending_or_in_an_old_round(lived_in: Street, now: datetime):
    old = opened(lived_in, now)
    newer = opened(lived_in, now + timedelta(days=7))
    with pytest.raises(rounds.RoundError, match="newer round"):
        rounds.approve(proposal=old.proposals.first(), by=lived_in.ruth, at=now)
    rounds.approve_all(round=newer, by=lived_in.ruth, at=now)
    rounds.send(round=newer, by=lived_in.ruth, at=now)
    with pytest.raises(rounds.RoundError, match="are sent"):
        rounds.refuse(proposal=newer.proposals.first(), why="Late", by=lived_in.ruth, at=now)


def test_it_spreads_the_offers(town: cast.Town, now: datetime):
    where = {"at": town.burntwood, "coach": town.ruth}
    for n in range(9):
        street.seeking(f"F{n}", guardian=f"F{n}", **where)
        street.sharing(f"S{n}", guardian=f"S{n}", **where)
    made = rounds.open_round(area=town.area, by=town.ruth, at=now)
    rounds.approve_all(round=made, by=town.ruth, at=now)
    sent = rounds.send(round=made, by=town.ruth, at=now)
    assert len(sent.shortlists) == 9
    shown: dict[int, int] = {}
    for shortlist in sent.shortlists:
        entries = list(shortlist.entries.all())
        assert len(entries) == 3
        for entry in entries:
            shown[entry.supporter_id] = shown.get(entry.supporter_id, 0) + 1
    assert max(shown.values()) <= 4


def test_it_does_not_offer_to_a_family_that_is_offered_to_already(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    Shortlist.objects.create(family=lived_in.amara, offered_by=lived_in.ruth, offered_at=now)
    sent = rounds.send(round=made, by=lived_in.ruth, at=now)
    assert [one.family for one in sent.shortlists] == [Family.objects.get(pk=lived_in.hollis.pk)]
    assert [one.family for one in sent.fell_away] == [lived_in.amara]


def test_it_keeps_the_words_of_every_decision(lived_in: Street, now: datetime):
    made = opened(lived_in, now)
    for proposal in made.proposals.all():
        rounds.refuse(proposal=proposal, why="Known to each other", by=lived_in.ruth, at=now)
    assert set(Proposal.objects.values_list("standing", "why", "decided_by__email")) == {
        ("refused", "Known to each other", "ruth@example.org")
    }
