"""What a link-up that has ended still takes, and that its pages offer that and nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from matching import linkups
from matching.models import LinkUp, Together
from tests import cast
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street


@pytest.fixture
def link_up(lived_in: Street) -> LinkUp:
    """Five weeks that ended four days ago."""
    today, at = timezone.localdate(), timezone.now()
    made = linkups.start(
        family=lived_in.amara,
        supporter=lived_in.denise,
        goals=[],
        weeks=20,
        on=today - timedelta(weeks=5),
        by=lived_in.ruth,
        at=at,
    )
    return linkups.end(
        link_up=made,
        ending="early_done",
        words="They got there",
        on=today - timedelta(days=4),
        by=lived_in.ruth,
        at=at,
    )


def test_a_supporter_writes_down_a_day_before_it_ended_and_none_after(
    lived_in: Street, link_up: LinkUp
):
    denise = as_(cast.guardian_of(lived_in.denise.family))
    where = reverse("matching:together", kwargs={"id": link_up.pk})
    assert where in read(denise, "link_up", id=link_up.pk)
    response = denise.get(where)
    page = response.content.decode()
    assert "Your link-up ended on" in page
    assert reverse("timebank:record") in page
    offered = response.context["form"]["happened_on"].value()
    assert offered == link_up.ended_on
    told = {
        "happened_on": offered + timedelta(days=1),
        "minutes": "1h",
        "words": "Park",
        "client_id": response.context["form"]["client_id"].value(),
    }
    refused = post(denise, "together", told, id=link_up.pk)
    assert "up to the day it ended." in refused
    assert 'value="Park"' in refused
    post(denise, "together", {**told, "happened_on": offered}, id=link_up.pk)
    assert Together.objects.get().exchange.happened_on == offered


def test_it_offers_a_coach_no_second_end(lived_in: Street, link_up: LinkUp):
    ruth = as_(lived_in.ruth)
    page = read(ruth, "end", id=link_up.pk)
    assert "This link-up has ended" in page
    assert "<textarea" not in page
    late = post(
        ruth,
        "end",
        {"ending": "early_done", "words": "Another story", "looks_on": "no"},
        id=link_up.pk,
    )
    assert "ended already" in late
    assert "Another story" in late
    link_up.refresh_from_db()
    assert link_up.ending_words == "They got there"


def test_it_says_that_nobody_waits_for_a_call_and_takes_one_that_was_made(
    lived_in: Street, link_up: LinkUp
):
    ruth = as_(lived_in.ruth)
    contact = link_up.contacts.first()
    assert "nobody waits for this call" in read(ruth, "contact", id=contact.pk)
    noted = {"kind": "call", "on": link_up.ended_on.isoformat(), "words": "All is well"}
    post(ruth, "contact", noted, id=contact.pk)
    contact.refresh_from_db()
    assert contact.words == "All is well"
