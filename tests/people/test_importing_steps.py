"""What a supporter did elsewhere, by file; files from before these columns still bring in who is at work."""

from datetime import date

import pytest

from people.models import Volunteer
from safeguarding.clearance import volunteer_cleared
from safeguarding.models import Approval, Step
from tests.people.importing import DECIDED, SHARING, VOLUNTEER, bring, programme

__all__ = ["bring", "programme"]  # fixtures

pytestmark = pytest.mark.usefixtures("programme")
EVERYTHING = {
    **VOLUNTEER,
    "references_on": "2026-03-01",
    "interview_on": "2026-03-02",
    "induction_on": "2026-03-03",
    "code_on": "2026-03-03",
    "approved_on": "2026-11-10",
}
ON = date(2026, 11, 20)


def cleared() -> object:
    return volunteer_cleared(Volunteer.objects.get(), on=ON, until_on=ON)


def test_it_brings_in_what_was_done_elsewhere_once(bring, programme):
    assert "1 new" in bring("import_volunteers", EVERYTHING, options=DECIDED)
    assert "1 unchanged" in bring("import_volunteers", EVERYTHING, options=DECIDED)
    assert Step.objects.filter(kind="reference").count() == 2
    assert Step.objects.count() == 5
    assert Approval.objects.get().requirements.version == 2
    assert {step.decided_by for step in Step.objects.all()} == {programme.ruth}
    assert cleared().ok
    assert cleared().until_on == date(2029, 3, 9)


def test_a_file_from_before_has_until_the_day_that_the_next_version_gives(bring):
    bring("import_volunteers", VOLUNTEER, options=DECIDED)
    assert Approval.objects.get().requirements.version == 1
    assert cleared().until_on == date(2027, 4, 30)
    bring("import_supporters", {**SHARING, "standing": "active"}, options=DECIDED)
    assert Approval.objects.filter(guardian__isnull=False).count() == 1


def test_nobody_is_approved_by_a_file_that_says_they_are_not_active(bring):
    bring("import_volunteers", {**VOLUNTEER, "standing": "welcomed"}, options=DECIDED)
    bring(
        "import_volunteers", {**EVERYTHING, "reference": "V02", "approved_on": ""}, options=DECIDED
    )
    assert not Approval.objects.exists()


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [("interview_on", "2030-01-01", "has not come yet"), ("code_on", "soon", "year-month-day")],
)
def test_it_refuses_what_cannot_be(bring, column, cell, says):
    assert says in bring("import_volunteers", {**EVERYTHING, column: cell}, options=DECIDED)
    assert not Step.objects.exists()
