"""Writing down checks and steps: what the law and the day refuse, mistakes, retries, and no words about anybody."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, models, transaction

from people.models import Place, Volunteer
from safeguarding import approving, recording
from safeguarding.clearance import volunteer_cleared
from safeguarding.models import Approval, Check, EligibleLevel, Exemption, Step, TakenBack
from safeguarding.recording import RecordingError
from tests import cast
from tests.safeguarding.cast import approved, cleared_on, everything, steps, told_check, told_step

ON = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"activity": ""}, "activity"),
        ({"level": Check.Level.PVG}, "level"),
        ({"barred_lists": True}, "barred_lists"),
        ({"activity": Check.Activity.REGULATED}, "activity"),
        ({"issued_on": date(2026, 11, 21)}, "issued_on"),
        ({"valid_until_on": date(2026, 11, 1)}, "valid_until_on"),
        ({"valid_until_on": date(2999, 1, 1)}, "valid_until_on"),
    ],
)
def test_it_refuses_what_the_role_may_not_be_asked_for(
    stan: Volunteer, town: cast.Town, now: datetime, fields: dict[str, object], field: str
):
    with pytest.raises(RecordingError) as refused:
        told_check(stan, town.ruth, now, **fields)
    assert refused.value.field == field
    assert not Check.objects.exists()


def test_more_than_the_role_is_eligible_for_is_refused(
    stan: Volunteer, town: cast.Town, now: datetime
):
    EligibleLevel.objects.filter(role="volunteer").update(level="dbs_basic", activity="chance")
    with pytest.raises(RecordingError, match="Basic DBS at most"):
        told_check(stan, town.ruth, now)
    told_check(stan, town.ruth, now, decision="refused")  # what is known must not be lost
    with pytest.raises(IntegrityError), transaction.atomic():
        Check.objects.update(barred_lists=True)


def test_each_nation_has_its_own_scheme(stan: Volunteer, town: cast.Town, now: datetime):
    scotland = Place.objects.create(
        reference="scotland",
        name="Fife",
        kind="county",
        nation="scotland",
        latitude=56,
        longitude=-3,
    )
    Place.objects.filter(pk=town.burntwood.pk).update(parent=scotland)
    with pytest.raises(RecordingError, match="Scotland"):
        told_check(stan, town.ruth, now)
    told_check(
        stan, town.ruth, now, level="pvg", activity="regulated", barred_lists=True,
        valid_until_on=date(2032, 1, 1),
    )  # fmt: skip
    steps(stan, town.ruth)
    approved(stan, town.ruth, on=ON)
    # Membership ends after five years, whatever was written.
    assert volunteer_cleared(stan, on=ON, until_on=ON).until_on == date(2031, 11, 2)


def test_a_mistake_is_taken_back_by_a_row(stan: Volunteer, town: cast.Town, now: datetime):
    everything(stan, town.ruth, now)
    approving.approve(member=stan, by=town.ruth, at=now)
    wrong = told_check(stan, town.ruth, now + timedelta(hours=1), decision="refused")
    assert not cleared_on(stan, ON)
    for _twice in range(2):
        recording.take_back(row=wrong, by=town.ruth, at=now)
    assert cleared_on(stan, ON)
    assert TakenBack.objects.count() == 1
    assert Check.objects.count() == 2
    assert told_check(stan, town.ruth, now + timedelta(hours=2), decision="refused") != wrong


def test_a_second_press_writes_nothing_twice(stan: Volunteer, town: cast.Town, now: datetime):
    assert told_check(stan, town.ruth, now) == told_check(stan, town.ruth, now)
    one = uuid4()
    assert told_step(stan, "reference", town.ruth, now, client_id=one) == told_step(
        stan, "reference", town.ruth, now, client_id=one
    )
    with pytest.raises(RecordingError, match="up to today"):
        told_step(stan, "reference", town.ruth, now, done_on=ON + DAY)


def test_nothing_about_a_person_can_be_written_in_words_or_kept_as_a_file():
    for model in (Check, Step, Exemption, Approval, TakenBack):
        kinds = [field for field in model._meta.get_fields() if isinstance(field, models.Field)]
        assert not [one for one in kinds if isinstance(one, models.TextField | models.FileField)]
        free = [one for one in kinds if isinstance(one, models.CharField) and not one.choices]
        assert {one.name for one in free} <= {"number_last4"}
