"""A coach may overrule what is a person's to decide, with a reason; a rule about safety stands whatever they say."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from matching import overruling
from matching.comparing import against
from matching.models import Overruling, Proposal, Supporter
from matching.overruling import OverrulingError
from people.models import Block, Family
from tests import cast
from tests.matching import cast as street
from tests.matching.browser import as_, post, read
from tests.matching.conftest import Street, opened

WHY = "They have a car now."


@pytest.fixture
def far(lived_in: Street) -> Family:
    """A family who travel no further than 1 km and live further out, longest in waiting."""
    made = street.seeking(
        "Far",
        guardian="Far",
        at=lived_in.town.burntwood,
        coach=lived_in.ruth,
        applied_on=street.date(2026, 1, 5),
        travel_km=1,
    )
    Family.objects.filter(pk=made.pk).update(cell_latitude="52.7200")
    made.refresh_from_db()
    return made


def with_denise(far: Family, lived_in: Street, now: datetime) -> dict:
    return {"family": far, "supporter": lived_in.denise, "by": lived_in.ruth, "at": now}


def stands(far: Family, helper: Supporter, now: datetime) -> list[str]:
    found = against(family=far, supporter=helper, at=now, chosen_counts=True)
    return [one.code for one in found]


def test_what_is_overruled_lets_the_next_round_propose_them(
    lived_in: Street, far: Family, now: datetime
):
    assert stands(far, lived_in.denise, now) == ["too_far"]
    assert not opened(lived_in, now).proposals.filter(family=far).exists()
    assert overruling.overrule(**with_denise(far, lived_in, now), why=WHY) == 1
    assert stands(far, lived_in.denise, now) == []  # and a list of theirs holds them, too
    assert stands(far, lived_in.stan, now) == ["too_far"]
    again = opened(lived_in, now + timedelta(minutes=5))
    assert Proposal.objects.get(round=again, family=far).supporter == lived_in.denise
    assert overruling.overrule(**with_denise(far, lived_in, now), why=WHY) == 0  # nothing stands


def test_it_is_taken_back_and_the_row_stays(lived_in: Street, far: Family, now: datetime):
    overruling.overrule(**with_denise(far, lived_in, now), why=WHY)
    assert overruling.take_back(**with_denise(far, lived_in, now)) == 1
    assert overruling.take_back(**with_denise(far, lived_in, now)) == 0
    assert stands(far, lived_in.denise, now) == ["too_far"]
    row = Overruling.objects.get()
    assert (row.code, row.why, row.taken_back_by) == ("too_far", WHY, lived_in.ruth)
    assert overruling.overrule(**with_denise(far, lived_in, now), why="Really.") == 1
    assert Overruling.objects.count() == 2


def test_a_round_asked_for_at_once_is_another_one_then(
    lived_in: Street, far: Family, now: datetime
):
    """Two presses within half a minute are one round; not when a rule was overruled, or put back, in between."""
    soon = [now + timedelta(seconds=seconds) for seconds in range(1, 6)]
    first = opened(lived_in, now)
    assert opened(lived_in, soon[0]) == first
    overruling.overrule(**with_denise(far, lived_in, soon[1]), why=WHY)
    second = opened(lived_in, soon[2])
    assert second.proposals.filter(family=far).exists()
    overruling.take_back(**with_denise(far, lived_in, soon[3]))
    third = opened(lived_in, soon[4])
    assert third not in (first, second)
    assert not third.proposals.filter(family=far).exists()


def test_nobody_overrules_somebodys_own_no(lived_in: Street, far: Family, now: datetime):
    Block.objects.create(
        blocker=cast.guardian_of(far),
        blocked=cast.guardian_of(lived_in.denise.family),
        at=now,
    )
    with pytest.raises(OverrulingError):
        overruling.overrule(**with_denise(far, lived_in, now), why=WHY)
    assert not Overruling.objects.exists()


def test_a_no_that_comes_later_stands(lived_in: Street, far: Family, now: datetime):
    overruling.overrule(**with_denise(far, lived_in, now), why=WHY)
    Block.objects.create(
        blocker=cast.guardian_of(lived_in.denise.family),
        blocked=cast.guardian_of(far),
        at=now,
    )
    assert stands(far, lived_in.denise, now) == ["blocked"]


def test_it_needs_a_reason_on_the_page_and_in_the_books(
    lived_in: Street, far: Family, now: datetime
):
    with pytest.raises(OverrulingError):
        overruling.overrule(**with_denise(far, lived_in, now), why="  ")
    row = {"family": far, "supporter": lived_in.denise, "code": "too_far", "at": now}
    with pytest.raises(IntegrityError), transaction.atomic():
        Overruling.objects.create(**row, by=lived_in.ruth, why="")


def test_a_coach_overrules_on_the_page_reads_who_did_and_takes_it_back(
    lived_in: Street, far: Family, now: datetime
):
    made = opened(lived_in, now)
    where = {"id": made.pk, "family_id": far.pk, "supporter_id": lived_in.denise.pk}
    ruth = as_(lived_in.ruth)
    assert "Let them be proposed all the same, and why" in read(ruth, "why_not", **where)
    assert "Say in a few words why" in post(ruth, "overrule", {"why": ""}, **where)
    assert not Overruling.objects.exists()
    told = post(ruth, "overrule", {"why": WHY}, **where)
    assert "although they were too far away" in told
    assert WHY in told
    told = post(ruth, "overrule", {"why": "Twice."}, **where)  # a second press
    assert Overruling.objects.count() == 1
    assert "Twice." not in told
    again = opened(lived_in, now + timedelta(minutes=5))
    assert WHY in read(ruth, "round", id=again.pk)  # beside the pair that it let through
    assert WHY not in read(ruth, "round", id=made.pk)
    told = post(ruth, "overrule", {"take_back": "1"}, **where)
    assert "although they were" not in told
    assert not Overruling.objects.standing().exists()


def test_what_nobody_may_overrule_gives_the_words_back(
    lived_in: Street, far: Family, now: datetime
):
    made = opened(lived_in, now)
    Block.objects.create(
        blocker=cast.guardian_of(far),
        blocked=cast.guardian_of(lived_in.denise.family),
        at=now,
    )
    where = {"id": made.pk, "family_id": far.pk, "supporter_id": lived_in.denise.pk}
    told = post(as_(lived_in.ruth), "overrule", {"why": WHY}, **where)
    assert "nobody may overrule that" in told
    assert WHY in told


def test_nobody_else_overrules(lived_in: Street, far: Family, now: datetime):
    made = opened(lived_in, now)
    where = {"id": made.pk, "family_id": far.pk, "supporter_id": lived_in.denise.pk}
    address = reverse("matching:overrule", kwargs=where)
    family = as_(cast.guardian_of(lived_in.amara))
    assert family.post(address, {"why": WHY}).status_code == 403
    assert as_(lived_in.town.imran).post(address, {"why": WHY}).status_code == 404
    assert as_(lived_in.ruth).get(address).status_code == 405
    assert not Overruling.objects.exists()
