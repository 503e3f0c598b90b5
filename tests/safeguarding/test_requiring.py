"""A new version of what is asked: for whom it counts when, and what it may not do."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from people.models import User, Volunteer
from safeguarding import approving, requiring
from safeguarding.clearance import volunteer_cleared
from safeguarding.models import Approval
from safeguarding.recording import RecordingError
from safeguarding.tasks import State, tasks_for
from tests import cast
from tests.safeguarding.cast import check, cleared_on, everything, told_step

ON = date(2026, 11, 20)
DAY = timedelta(days=1)


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
