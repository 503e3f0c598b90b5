"""What is asked besides the check, one by one and in any set; exemptions, refusals, mistakes, and who may say yes."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.models import Family, Guardian, Place, User, Volunteer
from safeguarding import approving, exempting, recording, requiring
from safeguarding.clearance import family_cleared, volunteer_cleared
from safeguarding.models import Approval, Check, EligibleLevel, Exemption, Step, TakenBack
from safeguarding.recording import RecordingError
from safeguarding.tasks import State, Turn, tasks_for
from tests import cast
from tests.safeguarding.cast import EVERY_STEP, approved, check, ready, steps

ON = date(2026, 11, 20)
DAY = timedelta(days=1)


@pytest.fixture
def stan(town: cast.Town) -> Volunteer:
    """A volunteer who has said hello, and nothing more."""
    return cast.volunteer(
        "Stan", at=town.burntwood, coach=town.ruth, standing=Volunteer.Standing.WELCOMED
    )


@pytest.fixture
def morgan(db: None) -> User:
    """The safeguarding lead."""
    return cast.staff("morgan@example.org", "Morgan", "safeguarding")


def cleared_on(stan: Volunteer, on: date) -> bool:
    return volunteer_cleared(stan, on=on, until_on=on).ok


def told_check(stan: Volunteer | Guardian, by: User, at: datetime, **fields: object) -> Check:
    """A check as a page records it."""
    return recording.record_check(
        **{
            "person": stan,
            "level": Check.Level.DBS_ENHANCED,
            "activity": Check.Activity.CLOSE,
            "barred_lists": False,
            "issued_on": date(2026, 11, 2),
            "valid_until_on": date(2029, 11, 2),
            "number_last4": "4471",
            "decision": Check.Decision.CLEARED,
            "by": by,
            "at": at,
            **fields,
        }
    )


def told_step(stan: Volunteer, kind: str, by: User, at: datetime, **fields: object) -> Step:
    """A step as a page records it."""
    return recording.record_step(
        **{
            "person": stan,
            "kind": kind,
            "done_on": date(2026, 11, 3),
            "by": by,
            "at": at,
            "client_id": uuid4(),
            **fields,
        }
    )


def everything(stan: Volunteer, by: User, at: datetime) -> None:
    """All that version 2 asks, recorded through the pages' own functions."""
    told_check(stan, by, at)
    for kind in EVERY_STEP:
        told_step(stan, kind, by, at)


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


def test_who_was_at_work_before_steps_were_kept_stays_so_for_a_while(
    stan: Volunteer, town: cast.Town
):
    check(stan, town.ruth)
    mavis = cast.volunteer("Mavis", at=town.burntwood, coach=town.ruth)
    check(mavis, town.ruth)
    migration = import_module("safeguarding.migrations.0004_the_first_requirements")
    migration.keep_the_approved(apps, None)
    assert Approval.objects.get().volunteer == mavis  # Stan isn't active yet
    assert volunteer_cleared(mavis, on=ON, until_on=ON).until_on == date(2027, 4, 30)
    assert not cleared_on(stan, ON)


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


class TestANewVersion:
    """Set on the page of requirements."""

    @staticmethod
    def set_(by: User, at: datetime, *, base: int = 2, **fields: object) -> object:
        """Version 3, which asks a third reference and nothing of the code."""
        on = at.date()
        asking = requiring.asking_of(requiring.newest())
        told = {"references": 3, "code_version": 1, "induction_months": 12}
        return requiring.set_requirements(
            **{
                "base": base,
                "asking": requiring.Asking(**{**vars(asking), **told}),
                "counts_from_on": on,
                "existing_until_on": on + timedelta(days=90),
                "why": "Two were too few.",
                "by": by,
                "at": at,
                **fields,
            }
        )

    def test_it_gives_the_approved_their_days_and_asks_newcomers_at_once(
        self, stan: Volunteer, town: cast.Town, morgan: User, now: datetime
    ):
        everything(stan, town.ruth, now)
        approving.approve(member=stan, by=town.ruth, at=now)
        mavis = cast.volunteer("Mavis", at=town.burntwood, coach=town.ruth, standing="welcomed")
        everything(mavis, town.ruth, now)
        self.set_(morgan, now)
        assert volunteer_cleared(stan, on=ON, until_on=ON).until_on == ON + timedelta(days=90)
        (one,) = tasks_for(stan, on=ON)
        assert {task.state for task in one.tasks if task.kind == "reference"} == {State.COMING}
        with pytest.raises(RecordingError):
            approving.approve(member=mavis, by=town.ruth, at=now)
        told_step(stan, "reference", town.ruth, now)
        assert volunteer_cleared(stan, on=ON, until_on=ON).until_on == date(2029, 11, 2)

    def test_it_is_refused_where_it_would_hurry_people_or_follows_another(
        self, town: cast.Town, morgan: User, now: datetime
    ):
        for fields, says in (
            ({"counts_from_on": ON - DAY}, "from today"),
            ({"existing_until_on": ON + timedelta(days=89)}, "ninety days"),
            ({"base": 1}, "while you wrote"),
            ({"asking": requiring.asking_of(requiring.newest())}, "already"),
        ):
            with pytest.raises(RecordingError, match=says):
                self.set_(morgan, now, **fields)
        made = self.set_(morgan, now)
        with pytest.raises(ValueError, match="never changed"):
            made.save()  # type: ignore[attr-defined]


def test_a_standing_family_that_left_is_not_made_active(town: cast.Town, now: datetime):
    gone = cast.family("The Lotts", guardian="Ann", at=town.burntwood, standing="left")
    assert gone.standing == Family.Standing.LEFT
    with pytest.raises(RecordingError, match="have left"):
        approving.approve(member=gone, by=town.ruth, at=now)
