"""Nobody is forgotten: every family that waits stands in Today, in a round or in what is coming, however long the day.

The list of standings is the model's own, so that a new one fails here until somebody says where it stands.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from matching import choices, linkups, rounds
from matching.models import LinkUp, Round, Shortlist
from matching.reading import coach_today
from matching.reading.folding import REASONS, SHOWN
from matching.reading.quiet import SILENCE, SILENCE_IN_A_PAUSE
from matching.reading.today import Today
from matching.views.today import ON_A_PAGE
from messaging.coaching import talk_with_coach
from messaging.posting import post
from people.models import Family, Volunteer
from people.welcoming import people_of
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_
from tests.matching.conftest import Street

ON = date(2026, 11, 20)
# A family waits longest for a hello that nobody says; nothing of a day is further off than this.
AFTER = SILENCE_IN_A_PAUSE + timedelta(days=1)


def stands_in(day: Today, family: Family) -> bool:
    """Whether a day names a family, now or coming, or a round that has somebody for it."""
    page = reverse("matching:family", kwargs={"id": family.pk})
    urls = {one.url.partition("#")[0] for one in [*day.all_needs, *day.all_coming]}
    names = " ".join([one.who for one in day.all_needs] + [one.title for one in day.all_coming])
    rounds_told = {one.url for one in day.all_needs if "/rounds/" in one.url}
    found = Round.objects.filter(proposals__family=family)
    in_round = any(reverse("matching:round", args=[one.pk]) in rounds_told for one in found)
    return page in urls or str(family) in names or in_round


@pytest.mark.parametrize("wants", [True, False])
@pytest.mark.parametrize("standing", [*Family.Standing])
def test_every_standing_stands_somewhere(town: cast.Town, standing: str, wants: bool):
    family = cast.family(
        "Nadia",
        guardian="Nadia",
        at=town.burntwood,
        coach=town.ruth,
        standing=standing,
        wants_link_up=wants,
    )
    day = coach_today(town.ruth, family.applied_on + AFTER)
    assert stands_in(day, family) == (standing != Family.Standing.LEFT)
    waits_now = standing == "applied" or (wants and standing in {"welcomed", "active"})
    if waits_now:
        assert stands_in(coach_today(town.ruth, family.applied_on), family)


def test_a_family_stands_somewhere_on_every_day_of_its_way(lived_in: Street, now: datetime):
    """From the first day to the link-up's last: in the round, choosing, chosen, refused, linked, and quiet again."""
    amara, ruth = lived_in.amara, lived_in.ruth

    def days(first: int, last: int) -> set[bool]:
        seen = (coach_today(ruth, ON + timedelta(days=n)) for n in range(first, last))
        return {stands_in(day, amara) for day in seen}

    assert days(0, 3) == {True}
    made = rounds.open_round(area=lived_in.town.area, by=ruth, at=now)
    assert days(0, 9) == {True}
    rounds.approve_all(round=made, by=ruth, at=now)
    rounds.send(round=made, by=ruth, at=now)
    assert days(0, 9) == {True}
    shortlist = Shortlist.objects.get(family=amara)
    user = cast.guardian_of(amara)
    entry = shortlist.entries.first()
    chosen = choices.choose(
        shortlist=shortlist, entry=entry, children_said="", words="", by=user, at=now
    )
    assert days(0, 9) == {True}
    choices.answer(choice=chosen, yes=False, by=lived_in.denise.family.guardians.get().user, at=now)
    assert days(0, 9) == {True}


def linked(lived_in: Street, on: date, now: datetime) -> LinkUp:
    return linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=[],
        weeks=30,
        on=on,
        by=lived_in.ruth,
        at=now,
    )


def silent(lived_in: Street, on: date) -> list[str]:
    return [one.reason for one in coach_today(lived_in.ruth, on).all_needs if one.kind == "silent"]


def test_a_link_up_of_which_nothing_is_heard_for_four_weeks_is_named(lived_in, now):
    made = linked(lived_in, ON - timedelta(weeks=4), now)
    assert silent(lived_in, ON) == []  # calls are due, and say so themselves
    made.contacts.filter(due_on__lte=ON).delete()
    assert silent(lived_in, ON - timedelta(days=1)) == []
    assert silent(lived_in, ON) == ["Nothing heard for 4 weeks"]


@pytest.mark.parametrize("sign", ["said", "met", "noted"])
def test_any_sign_of_it_makes_it_heard(lived_in, now, sign):
    made = linked(lived_in, ON - timedelta(weeks=4), now)
    by = lived_in.denise.family.guardians.get().user
    if sign == "said":
        post(conversation=made.conversation, author=by, words="Hi", client_id=uuid4(), at=now)
    elif sign == "met":
        linkups.record_together(
            link_up=made,
            minutes=60,
            happened_on=ON,
            words="Park",
            side="supporter",
            by=by,
            at=now,
            client_id=uuid4(),
        )
    else:
        first = made.contacts.first()
        first.done_on, first.done_by = ON, lived_in.ruth
        first.save()
    made.contacts.filter(due_on__lte=ON, done_on=None).delete()
    assert silent(lived_in, ON) == []
    assert silent(lived_in, ON + SILENCE - timedelta(days=1)) in ([], silent(lived_in, ON))


def quiet(town: cast.Town, on: date) -> list[tuple[str, str]]:
    found = coach_today(town.ruth, on).all_needs
    return [(one.who, one.reason) for one in found if one.kind == "quiet"]


def test_a_family_nobody_talked_with_since_it_was_welcomed_is_named(town, now):
    family = cast.family(
        "Nadia", guardian="Nadia", at=town.burntwood, coach=town.ruth, standing="welcomed"
    )
    on = family.applied_on + SILENCE
    assert quiet(town, on - timedelta(days=1)) == []
    assert quiet(town, on) == [("Nadia", "Not talked with for 4 weeks")]
    talk = talk_with_coach(coach=town.ruth, people=people_of(family), at=now)
    assert quiet(town, on) != []  # an empty talk is no word
    post(conversation=talk, author=town.ruth, words="How are you?", client_id=uuid4(), at=now)
    assert quiet(town, ON + SILENCE - timedelta(days=1)) == []
    assert quiet(town, ON + SILENCE) != []


def test_whoever_takes_a_break_is_left_alone_longer(town):
    family = cast.family(
        "Nadia", guardian="Nadia", at=town.burntwood, coach=town.ruth, standing="paused"
    )
    assert quiet(town, family.applied_on + SILENCE) == []
    assert quiet(town, family.applied_on + SILENCE_IN_A_PAUSE) != []


def grown(town: cast.Town, many: int) -> None:
    """So many new families, new volunteers and families in a link-up whose calls are due."""
    today = timezone.localdate()
    like = {"at": town.burntwood, "coach": town.ruth}
    for n in range(many):
        cast.family(f"New {many} {n}", guardian=f"New{many}x{n}", standing="applied", **like)
        family = street.seeking(f"Met {many} {n}", guardian=f"Met{many}x{n}", **like)
        linkups.start(
            family=family,
            supporter=street.sharing(f"Shares {many} {n}", guardian=f"S{many}x{n}", **like),
            goals=[],
            weeks=20,
            on=today - timedelta(weeks=3),
            by=town.ruth,
            at=timezone.now(),
        )


def test_a_long_day_is_folded_by_reason_and_everybody_is_reached(town):
    grown(town, 40)
    ruth = as_(town.ruth)
    page = ruth.get("/home/").content.decode()
    day = coach_today(town.ruth, timezone.localdate())
    assert len(day.needs) == SHOWN
    assert len(day.needs) + sum(one.count for one in day.more) == len(day.all_needs) == 80
    for one in day.more:
        address = f"{reverse('matching:today')}?why={one.kind}"
        assert address in page
    for kind in ("new", "due"):
        reached = set()
        for first in (0, ON_A_PAGE):
            told = ruth.get(reverse("matching:today"), {"why": kind, "from": first})
            reached |= {one.url for one in told.context["needs"]}
        assert reached == {one.url for one in day.all_needs if one.kind == kind}
        assert len(reached) == 40


def test_the_coachs_page_asks_at_most_25_questions_whatever_the_caseload(town):
    def costs() -> list[int]:
        ruth, found = as_(town.ruth), []
        for address in ("/home/", reverse("matching:today")):
            ruth.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert ruth.get(address).status_code == 200
            found.append(len(queries))
        return found

    grown(town, 2)
    few = costs()
    grown(town, 20)
    cast.volunteer("Stan", at=town.burntwood, coach=town.ruth, standing=Volunteer.Standing.APPLIED)
    assert costs() == few
    assert few[0] <= 25


def test_every_kind_has_a_reason(town):
    grown(town, 1)
    kinds = {one.kind for one in coach_today(town.ruth, timezone.localdate()).all_needs}
    assert kinds - {""} <= set(REASONS)
    assert kinds & set(REASONS)
