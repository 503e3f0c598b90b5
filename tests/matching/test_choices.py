"""The family chooses, the supporter answers, and what happens when the world moved in between."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from matching import choices, linkups, rounds
from matching.models import Choice, LinkUp, Shortlist, ShortlistEntry, Supporter
from people.models import Block, Family, User
from safeguarding.models import Check
from tests import cast
from tests.matching import cast as street
from tests.matching.conftest import Street


@pytest.fixture
def offered(lived_in: Street, now: datetime) -> dict[str, Shortlist]:
    """Amara and the Hollis family can each choose between Denise and Stan, by guardian's name."""
    made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now)
    rounds.approve_all(round=made, by=lived_in.ruth, at=now)
    rounds.send(round=made, by=lived_in.ruth, at=now)
    return {
        "amara": Shortlist.objects.get(family=lived_in.amara),
        "craig": Shortlist.objects.get(family=lived_in.hollis),
    }


def entry(shortlist: Shortlist, supporter: Supporter) -> ShortlistEntry:
    """The line on a list that is about this supporter."""
    return shortlist.entries.get(supporter=supporter)


def choose(shortlist: Shortlist, supporter: Supporter | None, at: datetime, **said: str) -> Choice:
    """Choose as the family's guardian does."""
    return choices.choose(
        shortlist=shortlist,
        entry=entry(shortlist, supporter) if supporter else None,
        children_said=said.get("children_said", ""),
        words=said.get("words", ""),
        by=cast.guardian_of(shortlist.family),
        at=at,
    )


def helper_of(supporter: Supporter) -> User:
    """Somebody who answers for a supporter."""
    return cast.guardian_of(supporter.family) if supporter.family else supporter.volunteer.user


def answer(choice: Choice, yes: bool, at: datetime) -> LinkUp | None:
    """Answer as the supporter does."""
    return choices.answer(choice=choice, yes=yes, by=helper_of(choice.entry.supporter), at=at)


def test_it_asks_the_supporter_and_nobody_else(
    lived_in: Street,
    offered: dict[str, Shortlist],
    now: datetime,
    django_capture_on_commit_callbacks: object,
):
    with django_capture_on_commit_callbacks(execute=True):
        made = choose(offered["amara"], lived_in.stan, now, children_said="Joe likes bikes")
    offered["amara"].refresh_from_db()
    assert offered["amara"].standing == "chosen"
    assert (made.answer, made.children_said) == ("waiting", "Joe likes bikes")
    assert [letter.to for letter in mail.outbox] == [["stan@example.org"]]
    assert "Amara" not in mail.outbox[0].subject + mail.outbox[0].body
    assert not LinkUp.objects.exists()


def test_it_takes_the_same_choice_sent_twice_once(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    first = choose(offered["amara"], lived_in.stan, now)
    assert choose(offered["amara"], lived_in.stan, now + timedelta(seconds=1)) == first
    with pytest.raises(choices.ChoiceError, match="chosen already"):
        choose(offered["amara"], lived_in.denise, now)
    assert Choice.objects.count() == 1


def test_it_starts_the_link_up_on_a_yes(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    made = answer(choose(offered["amara"], lived_in.denise, now), True, now + timedelta(days=1))
    assert made is not None
    assert (made.family, made.supporter) == (lived_in.amara, lived_in.denise)
    assert made.started_on == date(2026, 11, 21)
    assert made.planned_end_on == date(2027, 4, 9)
    assert [goal.words for goal in made.goals.all()] == ["Mornings without shouting"]
    assert {one.user.email for one in made.conversation.participants.all()} == {
        "amara@example.org",
        "denise@example.org",
    }
    assert made.contacts.filter(side="family").count() == 4
    offered["amara"].refresh_from_db()
    assert offered["amara"].standing == "agreed"


def test_it_starts_one_link_up_for_two_clicks(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    choice = choose(offered["amara"], lived_in.denise, now)
    first = answer(choice, True, now)
    assert answer(choice, True, now) == first
    with pytest.raises(choices.ChoiceError, match="answered already"):
        answer(choice, False, now)
    assert LinkUp.objects.count() == 1


def test_it_asks_the_family_again_with_the_rest_on_a_no(
    lived_in: Street,
    offered: dict[str, Shortlist],
    now: datetime,
    django_capture_on_commit_callbacks: object,
):
    choice = choose(offered["amara"], lived_in.denise, now)
    with django_capture_on_commit_callbacks(execute=True):
        assert answer(choice, False, now) is None
    assert [letter.to for letter in mail.outbox] == [["amara@example.org"]]
    shortlist = Shortlist.objects.prefetch_related("choices").get(pk=offered["amara"].pk)
    assert shortlist.standing == "offered"
    why = choices.why_not_now(shortlist, entry(shortlist, lived_in.denise), at=now)
    assert why == "They can't just now."
    with pytest.raises(choices.ChoiceError, match="Choose one of the people"):
        choose(shortlist, lived_in.denise, now)
    assert answer(choose(shortlist, lived_in.stan, now), True, now) is not None


def test_it_goes_back_to_the_coach_when_all_have_said_no(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    for helper in (lived_in.denise, lived_in.stan):
        answer(choose(offered["amara"], helper, now), False, now)
    offered["amara"].refresh_from_db()
    assert offered["amara"].standing == "closed"


def test_it_refuses_somebody_whose_last_place_is_taken(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    choose(offered["amara"], lived_in.denise, now)
    with pytest.raises(choices.NoLongerFreeError, match="Somebody else asked them first"):
        choose(offered["craig"], lived_in.denise, now)
    offered["craig"].refresh_from_db()
    assert offered["craig"].standing == "offered"
    assert choose(offered["craig"], lived_in.stan, now).answer == "waiting"


def test_it_looks_at_the_room_again_before_a_yes_counts(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):

    choice = choose(offered["amara"], lived_in.denise, now)
    other = street.seeking("Bea", guardian="Bea", at=lived_in.town.burntwood, coach=lived_in.ruth)
    linkups.start(
        family=other,
        supporter=lived_in.denise,
        goals=[],
        weeks=10,
        on=date(2026, 11, 20),
        by=lived_in.ruth,
        at=now,
    )
    with pytest.raises(choices.NoLongerFreeError):
        answer(choice, True, now)
    choice.refresh_from_db()
    assert choice.answer == "waiting"
    assert LinkUp.objects.count() == 1


@pytest.mark.parametrize("change", ["check", "block", "pause", "consent"])
def test_it_asks_the_rules_again_and_does_not_say_which_one_stands_against_it(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime, change: str
):
    choice = choose(offered["amara"], lived_in.denise, now)
    if change == "check":
        Check.objects.filter(guardian__family=lived_in.denise.family).update(
            valid_until_on=date(2027, 3, 1)
        )
    elif change == "block":
        Block.objects.create(
            blocker=cast.guardian_of(lived_in.denise.family),
            blocked=cast.guardian_of(lived_in.amara),
            at=now,
        )
    elif change == "pause":
        Supporter.objects.filter(pk=lived_in.denise.pk).update(paused_until_on=date(2026, 12, 24))
    else:
        cast.guardian_of(lived_in.amara).consents.create(
            purpose="link_up", wording="1", given=False, at=now
        )
    with pytest.raises(choices.NoLongerFreeError, match="can't be chosen just now") as told:
        answer(choice, True, now)
    for secret in ("check", "block", "pause", "agree"):
        assert secret not in str(told.value)
    assert not LinkUp.objects.exists()


def test_it_will_not_start_a_second_link_up_for_a_family(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):

    choice = choose(offered["amara"], lived_in.denise, now)
    linkups.start(
        family=lived_in.amara,
        supporter=lived_in.stan,
        goals=[],
        weeks=20,
        on=date(2026, 11, 20),
        by=lived_in.ruth,
        at=now,
    )
    with pytest.raises(choices.NoLongerFreeError, match="found somebody"):
        answer(choice, True, now)


def test_it_takes_none_of_these_back_to_the_coach_and_keeps_the_place_in_the_queue(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    with pytest.raises(choices.ChoiceError, match="in a few words why"):
        choose(offered["amara"], None, now)
    choose(offered["amara"], None, now, words="Somebody with a baby")
    offered["amara"].refresh_from_db()
    assert offered["amara"].standing == "closed"
    # Somebody new moves in, and the next round has Amara first, with somebody she has not turned down.
    new = street.sharing("Grace", guardian="Grace", at=lived_in.town.burntwood, coach=lived_in.ruth)
    later = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=now + timedelta(days=7))
    proposal = later.proposals.get()
    assert (proposal.family, proposal.supporter) == (lived_in.amara, new)
    assert proposal.waiting_days == 57


def test_it_does_not_propose_a_no_again_this_season(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    for helper in (lived_in.denise, lived_in.stan):
        answer(choose(offered["amara"], helper, now), False, now)

    def proposed(at: datetime) -> bool:
        made = rounds.open_round(area=lived_in.town.area, by=lived_in.ruth, at=at)
        return made.proposals.filter(family=lived_in.amara).exists()

    assert not proposed(now + timedelta(weeks=1))
    assert proposed(now + timedelta(weeks=14))


def test_it_takes_no_entry_of_another_list(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    with pytest.raises(choices.ChoiceError, match="people on your page"):
        choices.choose(
            shortlist=offered["amara"],
            entry=entry(offered["craig"], lived_in.stan),
            children_said="",
            words="",
            by=cast.guardian_of(lived_in.amara),
            at=now,
        )


def test_it_waits_for_nobody_who_left(
    lived_in: Street, offered: dict[str, Shortlist], now: datetime
):
    choice = choose(offered["amara"], lived_in.denise, now)
    Family.objects.filter(pk=lived_in.amara.pk).update(standing="left")
    with pytest.raises(choices.NoLongerFreeError):
        answer(choice, True, now)
