"""A link-up rests while its supporter is not cleared, tells nobody why, and goes on by itself."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching import linkups, resting
from matching.comparing import against, planned_end_on
from matching.models import LinkUp, Rest
from messaging.posting import ConversationRests, post
from people.models import Volunteer
from safeguarding import recording
from safeguarding.models import Check
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_
from tests.matching.conftest import Street, opened
from tests.matching.test_linkups import started, told

DAY = timedelta(days=1)
LAST = date(2026, 12, 2)


@pytest.fixture
def link_up(lived_in: Street, now: datetime) -> LinkUp:
    """Amara's family and Denise's, whose check runs out on 2 December."""
    made = started(lived_in, now)
    Check.objects.filter(guardian__family=lived_in.denise.family).update(valid_until_on=LAST)
    return made


def day(now: datetime, on: date) -> datetime:
    """The same hour of another day."""
    return now + (on - now.date())


def refused(lived_in: Street, at: datetime) -> Check:
    """A refusal for Denise, as a page records it."""
    assert lived_in.denise.family is not None
    return recording.record_check(
        person=lived_in.denise.family.guardians.get(),
        level=Check.Level.DBS_ENHANCED,
        activity=Check.Activity.CLOSE,
        barred_lists=False,
        issued_on=date(2026, 11, 2),
        valid_until_on=date(2029, 11, 2),
        number_last4="4471",
        decision=Check.Decision.REFUSED,
        by=lived_in.ruth,
        at=at,
    )


def say(link_up: LinkUp, at: datetime) -> None:
    """Amara writes."""
    amara = cast.guardian_of(link_up.family)
    post(conversation=link_up.conversation, author=amara, words="Hi", client_id=uuid4(), at=at)


@pytest.mark.parametrize(("days", "rests"), [(-1, False), (0, False), (1, True)])
def test_it_rests_from_the_day_after_the_last(
    link_up: LinkUp, now: datetime, days: int, rests: bool
):
    at = day(now, LAST + days * DAY)
    resting.keep_to_clearance(at)
    assert resting.rests_on(link_up, at.date()) is rests
    assert not resting.rests_on(link_up, LAST)
    if rests:
        with pytest.raises(ConversationRests, match="resting"):
            say(link_up, at)
    else:
        say(link_up, at)


def test_a_refusal_lets_it_rest_at_once_and_a_mistake_lets_it_go_on(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    row = refused(lived_in, now)
    assert resting.rests_on(link_up, now.date())
    recording.take_back(row=row, by=lived_in.ruth, at=now)
    assert not resting.rests_on(link_up, now.date())
    say(link_up, now)


def test_no_time_of_resting_days_is_written_down_not_even_later(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    denise = cast.guardian_of(lived_in.denise.family)
    began, over = LAST + DAY, LAST + 5 * DAY
    resting.keep_to_clearance(day(now, began))
    Check.objects.update(valid_until_on=date(2029, 1, 1))
    resting.keep_to_clearance(day(now, over))
    assert Rest.objects.get().went_on_on == over
    for on in (began, over - DAY):
        with pytest.raises(linkups.LinkUpError, match="rested that day"):
            told(link_up, denise, day(now, over), happened_on=on)
    for on in (LAST, over):
        told(link_up, denise, day(now, over), happened_on=on)
    say(link_up, day(now, over))


def test_the_coach_is_told_once_and_reads_what_to_do(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    for n in range(1, 4):
        resting.keep_to_clearance(day(now, LAST + n * DAY))
    assert [letter.to for letter in mail.outbox] == [["ruth@example.org"]]
    assert "Denise" not in mail.outbox[0].subject + mail.outbox[0].body
    refused(lived_in, now)
    today = as_(lived_in.ruth).get(reverse("home")).content.decode()
    assert "rests until they are cleared again" in today
    assert reverse("safeguarding:clearance", args=["families", lived_in.denise.family_id]) in today


def test_both_sides_read_that_it_rests_and_not_why(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    refused(lived_in, now)
    for family in (lived_in.amara, lived_in.denise.family):
        client = as_(cast.guardian_of(family))
        page = client.get(reverse("matching:link_up", args=[link_up.pk])).content.decode()
        talk = reverse("messaging:conversation", args=[link_up.conversation_id])
        words = client.get(talk).content.decode()
        assert "Your link-up is resting. Ruth will ring you." in page
        assert "resting" in words
        assert "<textarea" not in words
        for secret in ("cleared", "check", "refus"):
            assert secret not in page.split("<main")[1].lower().split("</main")[0]
        sent = client.post(talk, {"words": "Are you there?", "client_id": uuid4()})
        assert sent.status_code == 400
        assert "Are you there?" in sent.content.decode()


def test_the_supporter_is_neither_offered_nor_chosen_while_it_rests(
    lived_in: Street, link_up: LinkUp, now: datetime
):
    refused(lived_in, now)
    found = against(family=lived_in.hollis, supporter=lived_in.denise, at=now, chosen_counts=True)
    assert "not_cleared" in {one.code for one in found}


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (1, True)])
def test_somebody_is_offered_only_who_is_cleared_until_the_planned_end(
    lived_in: Street, now: datetime, days: int, may: bool
):
    ends = planned_end_on(now.date()) + days * DAY
    Check.objects.filter(guardian__family=lived_in.denise.family).update(valid_until_on=ends)
    found = against(family=lived_in.hollis, supporter=lived_in.denise, at=now, chosen_counts=True)
    assert (not found) is may
    proposed = opened(lived_in, now).proposals.values_list("supporter", flat=True)
    assert (lived_in.denise.pk in proposed) is may


def test_an_ended_link_up_is_left_alone(lived_in: Street, link_up: LinkUp, now: datetime):
    linkups.end(
        link_up=link_up, ending="early_done", words="Done", on=now.date(), by=lived_in.ruth, at=now
    )
    refused(lived_in, now)
    resting.keep_to_clearance(day(now, LAST + DAY))
    assert not Rest.objects.exists()
    assert not mail.outbox


def test_the_clock_asks_the_same_however_many_go_well(town: cast.Town, now: datetime):
    asked = []
    for n in range(6):
        where = {"at": town.burntwood, "coach": town.ruth}
        family = street.seeking(f"F{n}", guardian=f"F{n}", **where)
        helper = street.volunteering(f"V{n}", **where)
        linkups.start(
            family=family, supporter=helper, goals=[], weeks=20, on=date(2026, 11, 2),
            by=town.ruth, at=now,
        )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            resting.keep_to_clearance(now)
        asked.append(len(queries))
    assert len(set(asked)) == 1
    assert Volunteer.objects.count() == 6
