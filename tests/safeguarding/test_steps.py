"""What is asked besides the check, one by one and in any set; exemptions, and who may say yes."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Family, Guardian, User, Volunteer
from safeguarding import approving, exempting, recording
from safeguarding.clearance import family_cleared, volunteer_cleared
from safeguarding.models import Approval, Exemption
from safeguarding.recording import RecordingError
from safeguarding.tasks import State, Turn, tasks_for
from tests import cast
from tests.safeguarding.cast import (
    EVERY_STEP,
    approved,
    check,
    cleared_on,
    everything,
    ready,
    steps,
    told_check,
    told_step,
)

ON = date(2026, 11, 20)
DAY = timedelta(days=1)


def test_a_volunteer_becomes_active_by_a_persons_yes_and_not_before(
    stan: Volunteer, town: cast.Town, now: datetime
):
    with pytest.raises(RecordingError, match="still missing"):
        approving.approve(member=stan, by=town.ruth, at=now)
    everything(stan, town.ruth, now)
    assert not cleared_on(stan, ON)
    assert volunteer_cleared(stan, on=ON, until_on=ON).reasons == (
        "nobody has said yes to them yet.",
    )
    approving.approve(member=stan, by=town.ruth, at=now)
    approving.approve(member=stan, by=town.ruth, at=now)
    stan.refresh_from_db()
    assert stan.standing == Volunteer.Standing.ACTIVE
    assert Approval.objects.get().requirements.version == 2
    assert cleared_on(stan, ON)


def test_nobody_decides_about_themselves_or_their_family(town: cast.Town, now: datetime):
    denise = cast.family("Denise and Mark", guardian="Denise", at=town.burntwood, coach=town.ruth)
    adult, mark = denise.guardians.get(), Guardian.objects.create(family=denise, name="Mark")
    own = cast.guardian_of(denise)
    for act in (
        lambda: told_check(mark, own, now),
        lambda: approving.approve(member=denise, by=own, at=now),
        lambda: told_step(adult, "interview", own, now),  # type: ignore[arg-type]
    ):
        with pytest.raises(RecordingError, match="own family"):
            act()
    volunteer = cast.volunteer("Ros", at=town.burntwood, coach=town.ruth)
    with pytest.raises(RecordingError, match="themselves"):
        approving.approve(member=volunteer, by=volunteer.user, at=now)


def test_a_family_waits_until_every_adult_has_everything(town: cast.Town, now: datetime):
    denise = cast.family("Denise and Mark", guardian="Denise", at=town.burntwood, coach=town.ruth)
    mark = Guardian.objects.create(family=denise, name="Mark")
    for adult in denise.guardians.all():
        check(adult, town.ruth)
        steps(adult, town.ruth, kinds=EVERY_STEP if adult != mark else EVERY_STEP[1:])
    with pytest.raises(RecordingError):
        approving.approve(member=denise, by=town.ruth, at=now)
    steps(mark, town.ruth, kinds=["reference"])
    approving.approve(member=denise, by=town.ruth, at=now)
    assert family_cleared(denise, on=ON, until_on=ON).ok
    # Somebody who moves in is nobody that anybody said yes to.
    new = Guardian.objects.create(family=denise, name="Lou")
    check(new, town.ruth)
    steps(new, town.ruth)
    found = family_cleared(denise, on=ON, until_on=ON)
    assert found.reasons == ("Lou: nobody has said yes to them yet.",)


@pytest.mark.parametrize("missing", [*dict.fromkeys(EVERY_STEP), "check", "approval"])
def test_each_thing_that_is_asked_is_asked(stan: Volunteer, town: cast.Town, missing: str):
    if missing != "check":
        check(stan, town.ruth)
    kinds = list(EVERY_STEP)
    if missing in kinds:
        kinds.remove(missing)
    steps(stan, town.ruth, kinds=kinds)
    if missing != "approval":
        approved(stan, town.ruth, on=date(2026, 11, 10))
    found = volunteer_cleared(stan, on=ON, until_on=ON)
    assert not found.ok
    assert len(found.reasons) == 1


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    many=st.integers(0, 3),
    others=st.sets(st.sampled_from(EVERY_STEP[2:])),
    checks=st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from(["cleared", "refused"]), st.integers(0, 9)),
        max_size=4,
    ),
    on=st.integers(0, 70),
)
def test_whatever_is_on_record_only_everything_in_date_today_clears(
    stan: Volunteer,
    town: cast.Town,
    many: int,
    others: set[str],
    checks: list[tuple[int, str, int]],
    on: int,
):
    with transaction.atomic():
        day = ON + timedelta(days=on)
        steps(stan, town.ruth, kinds=["reference"] * many + sorted(others))
        approved(stan, town.ruth, on=date(2026, 11, 10))
        for until, decision, hour in checks:
            check(
                stan,
                town.ruth,
                decision=decision,
                valid_until_on=ON + timedelta(days=until),
                decided_at=datetime(2026, 11, 5, hour, tzinfo=UTC),
            )
        newest = max(enumerate(checks), key=lambda one: (one[1][2], one[0]), default=None)
        expected = (
            many >= 2
            and others == set(EVERY_STEP[2:])
            and newest is not None
            and newest[1][1] == "cleared"
            and day <= ON + timedelta(days=newest[1][0])
        )
        assert cleared_on(stan, day) is expected
        transaction.set_rollback(True)


def test_it_flips_on_the_day_after_the_last(stan: Volunteer, town: cast.Town):
    check(stan, town.ruth, valid_until_on=ON)
    ready(stan, town.ruth)
    assert [cleared_on(stan, on) for on in (ON - DAY, ON, ON + DAY)] == [True, True, False]


def test_an_exemption_needs_two_people_and_ends(
    stan: Volunteer, town: cast.Town, morgan: User, now: datetime
):
    everything(stan, town.ruth, now)
    interview = stan.steps.get(kind="interview")
    recording.take_back(row=interview, by=town.ruth, at=now)
    until = ON + timedelta(days=30)
    asked = exempting.ask(
        person=stan,
        kind="interview",
        reason="no_date",
        until_on=until,
        by=town.ruth,
        at=now,
        client_id=uuid4(),
    )
    with pytest.raises(RecordingError):
        approving.approve(member=stan, by=town.ruth, at=now)
    with pytest.raises(RecordingError, match="somebody else"):
        exempting.grant(exemption=asked, by=town.ruth, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exemption.objects.filter(pk=asked.pk).update(granted_by=town.ruth, granted_at=now)
    exempting.grant(exemption=asked, by=morgan, at=now)
    exempting.grant(exemption=asked, by=morgan, at=now)
    approving.approve(member=stan, by=town.ruth, at=now)
    assert [cleared_on(stan, on) for on in (until, until + DAY)] == [True, False]
    recording.take_back(row=Exemption.objects.get(), by=morgan, at=now)
    assert not cleared_on(stan, ON)


@pytest.mark.parametrize("days_ahead", [-1, 93])
def test_an_exemption_is_for_a_season_at_most(
    stan: Volunteer, town: cast.Town, now: datetime, days_ahead: int
):
    with pytest.raises(RecordingError, match="three months"):
        exempting.ask(
            person=stan,
            kind="interview",
            reason="no_date",
            until_on=ON + timedelta(days=days_ahead),
            by=town.ruth,
            at=now,
            client_id=uuid4(),
        )


def test_the_list_says_how_each_step_stands_and_whose_turn_it_is(
    stan: Volunteer, town: cast.Town, now: datetime
):
    told_step(stan, "reference", town.ruth, now)
    told_check(stan, town.ruth, now, valid_until_on=ON + timedelta(days=60))
    (one,) = tasks_for(stan, on=ON)
    found = {task.kind: task for task in one.tasks}
    assert list(found) == ["reference", "interview", "check", "induction", "code"]
    assert (found["reference"].have, found["reference"].many) == (1, 2)
    assert found["check"].state == State.SOON
    assert found["code"].turn == Turn.THEM
    assert one.next_task == found["reference"]
    assert not one.is_ready
    (later,) = tasks_for(stan, on=ON + timedelta(days=61))
    ran_out = next(task for task in later.tasks if task.kind == "check")
    assert (ran_out.state, ran_out.ran_out_on) == (State.RAN_OUT, ON + timedelta(days=60))


def test_a_standing_family_that_left_is_not_made_active(town: cast.Town, now: datetime):
    gone = cast.family("The Lotts", guardian="Ann", at=town.burntwood, standing="left")
    assert gone.standing == Family.Standing.LEFT
    with pytest.raises(RecordingError, match="have left"):
        approving.approve(member=gone, by=town.ruth, at=now)
