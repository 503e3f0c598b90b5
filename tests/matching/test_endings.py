"""An end is moved for a reason, looked back on, and talked about before; coming back always works."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from matching import ending, linkups, words
from matching.models import Contact, Extension, LinkUp, LookBack, Word
from matching.waiting import waiting_days, with_wait
from people.models import Family
from safeguarding.models import Check
from tests import cast
from tests.matching.conftest import Street
from tests.matching.test_linkups import ended, started

Kind = Word.Kind


@pytest.fixture
def link_up(lived_in: Street, now: datetime) -> LinkUp:
    """Amara's family and Denise's, for twelve weeks since 5 October."""
    return started(lived_in, now, weeks=12)


def longer(link_up: LinkUp, lived_in: Street, at: datetime, **fields: object) -> Extension:
    """Four more weeks."""
    return ending.extend(
        **{
            "link_up": link_up,
            "weeks": 4,
            "why": "The move was put off",
            "by": lived_in.ruth,
            "at": at,
            **fields,
        }
    )


def test_it_gives_more_weeks_with_calls_in_them(
    lived_in: Street, link_up: LinkUp, now: datetime, mailoutbox, django_capture_on_commit_callbacks
):
    before = list(link_up.contacts.values_list("pk", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        made = longer(link_up, lived_in, now, weeks=8)
    link_up.refresh_from_db()
    assert made.from_on == date(2026, 12, 27)
    assert made.to_on == link_up.planned_end_on == date(2027, 2, 21)
    assert list(link_up.contacts.values_list("pk", flat=True)[: len(before)]) == before
    later = link_up.contacts.exclude(pk__in=before)
    assert [(one.side, one.due_on) for one in later] == [
        (Contact.Side.FAMILY, date(2027, 2, 8)),
        (Contact.Side.SUPPORTER, date(2027, 2, 8)),
        (Contact.Side.CHILD, date(2027, 2, 8)),
    ]
    assert {letter.to[0] for letter in mailoutbox} == {"amara@example.org", "denise@example.org"}
    assert "move" not in mailoutbox[0].body.replace("moved", "")


def test_a_second_press_moves_nothing_more(lived_in: Street, link_up: LinkUp, now: datetime):
    seen = LinkUp.objects.get(pk=link_up.pk)
    first = longer(link_up, lived_in, now)
    assert longer(seen, lived_in, now) == first
    with pytest.raises(linkups.LinkUpError, match="moved meanwhile"):
        longer(seen, lived_in, now, weeks=2)
    assert LinkUp.objects.get(pk=link_up.pk).planned_end_on == date(2027, 1, 24)


def test_it_grows_to_thirty_weeks_and_no_further(lived_in: Street, link_up: LinkUp, now: datetime):
    assert ending.more_weeks(link_up) == list(range(1, 19))
    with pytest.raises(linkups.LinkUpError, match="30 weeks"):
        longer(link_up, lived_in, now, weeks=19)
    with pytest.raises(linkups.LinkUpError, match="30 weeks"):
        longer(link_up, lived_in, now, weeks=-2)
    longer(link_up, lived_in, now, weeks=18)
    assert ending.more_weeks(LinkUp.objects.get(pk=link_up.pk)) == []


def test_it_needs_a_reason_and_a_link_up_that_goes(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    with pytest.raises(linkups.LinkUpError, match="why"):
        longer(link_up, lived_in, now, why="  ")
    ended(link_up, lived_in, now)
    with pytest.raises(linkups.LinkUpError, match="has ended"):
        longer(link_up, lived_in, now)
    assert not Extension.objects.exists()


@pytest.mark.parametrize(("spare", "may"), [(0, True), (-1, False)])
def test_it_moves_no_end_past_a_check(
    lived_in: Street, link_up: LinkUp, now: datetime, spare: int, may: bool
):
    new_end = date(2027, 1, 24)
    Check.objects.update(valid_until_on=new_end + timedelta(days=spare))
    if may:
        assert longer(link_up, lived_in, now).to_on == new_end
        return
    with pytest.raises(linkups.LinkUpError, match="isn’t cleared until 24 January 2027"):
        longer(link_up, lived_in, now)


def test_the_database_refuses_an_end_that_moves_back_or_says_not_why(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    told = {"link_up": link_up, "by": lived_in.ruth, "at": now}
    for wrong in (
        {"from_on": date(2026, 12, 27), "to_on": date(2026, 12, 27), "why": "Why not"},
        {"from_on": date(2026, 12, 27), "to_on": date(2027, 1, 3), "why": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Extension.objects.create(**told, **wrong)


def test_each_side_leaves_lines_and_all_of_them_stay(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    amara, denise = cast.guardian_of(lived_in.amara), cast.guardian_of(lived_in.denise.family)
    said = {"link_up": link_up, "at": now}
    for by, side, voice, line in (
        (amara, "family", "family", "We laugh at breakfast"),
        (amara, "family", "family", "We laugh at breakfast "),  # pressed twice
        (amara, "family", "child", "the drums"),
        (denise, "supporter", "supporter", "Callum has a friend"),
        (amara, "family", "family", "And we have a spare key with somebody"),
    ):
        ending.look_back(side=side, voice=voice, words=line, by=by, **said)
    assert [(one.side, one.voice, one.words) for one in link_up.looks_back.all()] == [
        ("family", "family", "We laugh at breakfast"),
        ("family", "child", "the drums"),
        ("supporter", "supporter", "Callum has a friend"),
        ("family", "family", "And we have a spare key with somebody"),
    ]
    with pytest.raises(linkups.LinkUpError, match="whose line"):
        ending.look_back(side="family", voice="supporter", words="Hm", by=amara, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        LookBack.objects.create(side="family", voice="supporter", words="Hm", by=amara, **said)


def test_it_is_time_to_look_back_in_the_last_fortnight(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    first = date(2026, 12, 13)
    assert not ending.may_look_back(link_up, on=first - timedelta(days=1))
    assert ending.may_look_back(link_up, on=first)
    early = ended(link_up, lived_in, now)
    assert ending.may_look_back(early, on=date(2026, 11, 20))


# --- A word to the coach ----------------------------------------------------------------------


def would_like(
    link_up: LinkUp, lived_in: Street, at: datetime, kind: str, **fields: object
) -> Word:
    """What Amara would like for the end."""
    return words.about_the_end(
        **{
            "link_up": link_up,
            "side": "family",
            "kind": kind,
            "words": "",
            "by": cast.guardian_of(lived_in.amara),
            "at": at,
            **fields,
        }
    )


def test_a_word_reaches_the_coach_once_and_ends_nothing(
    lived_in: Street, link_up: LinkUp, now: datetime, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        said = would_like(link_up, lived_in, now, Kind.STOP, words="It is too much just now")
        assert (
            would_like(link_up, lived_in, now, Kind.STOP, words="It is too much just now") == said
        )
    assert [letter.to for letter in mailoutbox] == [["ruth@example.org"]]
    assert "too much" not in mailoutbox[0].body
    link_up.refresh_from_db()
    assert link_up.ended_on is None
    heard = words.hear(word=said, by=lived_in.ruth, at=now)
    again = words.hear(word=said, by=lived_in.ruth, at=now + timedelta(hours=1))
    assert (again.heard_at, again.heard_by) == (heard.heard_at, lived_in.ruth)


def test_thinking_again_takes_the_place_of_what_was_not_heard(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    would_like(link_up, lived_in, now, Kind.STOP)
    second = would_like(link_up, lived_in, now, Kind.LONGER)
    denise = cast.guardian_of(lived_in.denise.family)
    other = would_like(link_up, lived_in, now, Kind.FINISH, side="supporter", by=denise)
    assert list(Word.objects.unheard()) == [second, other]
    assert link_up.words.count() == 3


def test_nothing_is_said_about_the_end_of_what_has_ended(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    with pytest.raises(linkups.LinkUpError, match="Choose"):
        would_like(link_up, lived_in, now, Kind.SHARE)
    with pytest.raises(linkups.LinkUpError, match="when a link-up has ended"):
        words.next_step(link_up=link_up, kind=Kind.SHARE, words="", by=lived_in.ruth, at=now)
    ended(link_up, lived_in, now)
    with pytest.raises(linkups.LinkUpError, match="ended already"):
        would_like(link_up, lived_in, now, Kind.LONGER)


def test_the_next_step_waits_for_the_coach_only_when_it_needs_one(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    ended(link_up, lived_in, now)
    amara = cast.guardian_of(lived_in.amara)
    step = {"link_up": link_up, "words": "", "by": amara, "at": now}
    words.next_step(kind=Kind.NEITHER, **step)
    assert not Word.objects.unheard().exists()
    words.next_step(kind=Kind.SHARE, **step)
    assert Word.objects.unheard().get().kind == Kind.SHARE
    lived_in.amara.refresh_from_db()
    assert lived_in.amara.standing == Family.Standing.ACTIVE  # proposed, never flipped


# --- Coming back ------------------------------------------------------------------------------


def wait_of(family: Family, on: date) -> int:
    """How many days it has waited."""
    return waiting_days(with_wait(Family.objects.filter(pk=family.pk)).get(), on=on)


def back(lived_in: Street, at: datetime) -> Word | None:
    """Amara presses the button."""
    family = Family.objects.get(pk=lived_in.amara.pk)
    return words.come_back(family=family, words="", by=cast.guardian_of(family), at=at)


def test_whoever_comes_back_waits_from_that_day(lived_in: Street, link_up: LinkUp, now: datetime):
    ended(link_up, lived_in, now, looks_on=False)
    later = now + timedelta(weeks=30)
    first = back(lived_in, later)
    assert first is not None
    assert first.kind == Kind.BACK
    assert back(lived_in, later) == first
    lived_in.amara.refresh_from_db()
    assert lived_in.amara.wants_link_up
    assert wait_of(lived_in.amara, later.date() + timedelta(days=3)) == 3


@pytest.mark.parametrize(
    ("standing", "kind", "days"), [("paused", Kind.GO_ON, 51), ("left", Kind.BACK, 1)]
)
def test_a_break_costs_nobody_their_place(
    lived_in: Street, now: datetime, standing: str, kind: str, days: int
):
    Family.objects.filter(pk=lived_in.amara.pk).update(standing=standing)
    said = back(lived_in, now)
    assert said is not None
    assert said.kind == kind
    lived_in.amara.refresh_from_db()
    assert lived_in.amara.standing == Family.Standing.WELCOMED
    assert wait_of(lived_in.amara, now.date() + timedelta(days=1)) == days


def test_who_waits_already_keeps_its_place_and_says_nothing(lived_in: Street, now: datetime):
    assert back(lived_in, now) is None
    assert not Word.objects.exists()
    assert wait_of(lived_in.amara, now.date()) == 50


def test_a_link_up_that_stopped_costs_nobody_their_place(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    ended(link_up, lived_in, now, ending="stopped", looks_on=True)
    assert wait_of(lived_in.amara, now.date()) == 50
