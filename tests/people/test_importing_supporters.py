"""Sharing families and volunteers by file, with what they offer and their checks."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from goals.models import Goal, Rating
from matching.models import Supporter
from people.models import Family, Guardian
from safeguarding.models import Check
from tests.people.importing import DECIDED, FAMILY, SHARING, VOLUNTEER, bring, programme
from timebank.models import Account

__all__ = ["bring", "programme"]  # fixtures

pytestmark = pytest.mark.usefixtures("programme")


def test_it_brings_in_a_sharing_family_and_a_volunteer_with_their_checks(bring, programme):
    assert "1 new" in bring("import_supporters", SHARING, options=DECIDED)
    assert "1 new" in bring("import_volunteers", VOLUNTEER, options=DECIDED)
    sharing = Supporter.objects.get(family__reference="S01")
    assert (sharing.capacity, sharing.about, sharing.offers) == (2, "Two\nlines", "Chips")
    assert not sharing.family.wants_link_up
    stan = Supporter.objects.get(volunteer__reference="V01")
    assert [theme.slug for theme in stan.lived_through.all()] == ["mornings"]
    assert {check.decided_by for check in Check.objects.all()} == {programme.ruth}
    assert {check.level for check in Check.objects.all()} == {Check.Level.DBS_ENHANCED}
    assert Check.objects.filter(volunteer=stan.volunteer, number_last4="4471").exists()
    assert Account.objects.filter(volunteer=stan.volunteer).exists()


def test_it_changes_nothing_the_second_time(bring):
    rows = {"import_families": FAMILY, "import_supporters": SHARING, "import_volunteers": VOLUNTEER}
    for command, row in rows.items():
        options = () if command == "import_families" else DECIDED
        bring(command, row, options=options)
        assert "0 new, 0 changed, 1 unchanged" in bring(command, row, options=options)
    assert Goal.objects.count() == Rating.objects.count() == 2
    assert Guardian.objects.count() == 2
    assert Check.objects.count() == Account.objects.count() - 1 == 2


def test_a_family_that_was_helped_comes_back_to_share(bring):
    bring("import_families", FAMILY)
    back = {**SHARING, **{n: FAMILY[n] for n in FAMILY if n in SHARING}}
    said = bring("import_supporters", back, options=DECIDED)
    assert "0 new, 1 changed" in said
    assert Family.objects.get().supporter.capacity == 2
    assert Account.objects.filter(kind="family").count() == 1


def test_a_check_needs_somebody_who_answers_for_it(bring):
    assert "Say who, with --decided-by" in bring("import_supporters", SHARING)
    with pytest.raises(CommandError, match="does not work for the programme"):
        bring("import_volunteers", VOLUNTEER, options=("--decided-by", "stan@example.org"))


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("check_last4", "001234564471", "should be the last four figures"),
        ("check_last4", "", "A check needs its level"),
        ("check_valid_until", "2025-01-01", "is before the check was issued"),
        ("check_issued_on", "2027-01-01", "has not come yet"),
        ("lived_through", "evenings", "is not one of your themes"),
        ("capacity", "9", "a whole number from 1 to 3"),
    ],
)
def test_it_refuses_what_a_supporter_cannot_be(bring, column, cell, says):
    said = bring("import_supporters", {**SHARING, column: cell}, options=DECIDED)
    assert says in said
    assert "001234564471" not in said  # a certificate's number is not even shown
    assert not Supporter.objects.exists()
    assert not Check.objects.exists()


@pytest.mark.parametrize("command", ["import_families", "import_supporters", "import_volunteers"])
def test_each_template_can_be_read_back(command, tmp_path):
    said = StringIO()
    call_command(command, "--template", stdout=said)
    path = tmp_path / "template.csv"
    path.write_text(
        said.getvalue().replace("chase-terrace", "burntwood").replace("mornings;moving-home", "")
    )
    options = () if command == "import_families" else DECIDED
    call_command(command, str(path), *options, stdout=said)
    assert "1 new" in said.getvalue()
