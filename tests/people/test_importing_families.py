"""Families by file, with their goals, account and coach; safe to run twice."""

import csv
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goals.models import Goal
from matching.importing import families
from people.importing.running import run
from people.models import Consent, Family, User, Volunteer
from tests import cast
from tests.people.importing import FAMILY, bring, programme
from timebank.models import Account

__all__ = ["bring", "programme"]  # fixtures

pytestmark = pytest.mark.usefixtures("programme")


def test_it_brings_in_whom_a_family_hopes_for(bring):
    bring("import_families", FAMILY)
    assert Family.objects.get(reference="F001").hopes_for == "either"
    assert "changed: hopes_for" in bring("import_families", {**FAMILY, "hopes_for": "Both"})
    assert Family.objects.get(reference="F001").hopes_for == "both"
    assert "1 unchanged" in bring("import_families", FAMILY)  # a file without the column
    assert "is not one of" in bring("import_families", {**FAMILY, "hopes_for": "a dog"})
    bring("import_families", {**FAMILY, "hopes_for": ""})
    assert Family.objects.get(reference="F001").hopes_for == "either"


def test_it_brings_in_a_family_with_all_that_belongs_to_it(bring, programme):
    assert "1 new" in bring("import_families", FAMILY)
    family = Family.objects.get(reference="F001")
    assert (family.place, family.coach) == (programme.burntwood, programme.ruth)
    assert family.languages == ["en", "pl"]
    assert family.no_to == ["dogs"]
    assert family.wants_link_up
    assert (family.cell_latitude, family.cell_longitude) != (
        programme.burntwood.latitude,
        programme.burntwood.longitude,
    )
    amara = User.objects.get(email="amara@example.org")
    assert amara.guardian.family == family
    assert not amara.has_usable_password()
    assert not amara.emailaddress_set.get().verified
    told = list(family.children.order_by("id").values_list("age_band", "interests"))
    assert told == [("8-10", ["football", "drawing"]), ("11-13", [])]
    goal = family.goals.get()
    assert (goal.words, goal.theme.slug, goal.hope, goal.set_by) == (
        "Mornings without shouting",
        "mornings",
        8,
        amara,
    )
    assert goal.ratings.get().value == 2
    assert family.account.balance_minutes == 0
    noon = datetime(2026, 9, 2, 12, tzinfo=UTC)
    assert Consent.objects.holds(user=amara, purpose="link_up", at=noon)


def test_it_changes_what_differs_and_says_which_columns(bring, programme):
    bring("import_families", FAMILY)
    child = Family.objects.get().children.get(age_band="8-10")
    child.first_name = "Joe"
    child.save()
    changed = {
        **FAMILY,
        "travel_km": "3",
        "place": "rugeley",
        "children": "8-10: chess",
        "goal_1_hope": "9",
        "goal_1_rating": "7",
        "guardian_name": "Amara O.",
    }
    said = bring("import_families", changed)
    assert "1 changed" in said
    assert "changed: travel_km, place, guardian_name, children, goal_1_hope" in said
    family = Family.objects.get()
    assert (family.travel_km, family.place) == (3, programme.rugeley)
    assert family.coach == programme.ruth  # a move does not take a family from its coach
    only = family.children.get()
    assert (only.first_name, only.interests) == ("Joe", ["chess"])
    assert family.goals.get().hope == 9
    assert family.goals.get().ratings.get().value == 2  # a rating belongs to its moment
    assert family.guardians.get().name == "Amara O."


def test_columns_that_are_missing_are_left_alone(bring):
    bring("import_families", FAMILY)
    needed = ("reference", "display_name", "place", "guardian_name", "applied_on")
    assert "1 unchanged" in bring("import_families", {name: FAMILY[name] for name in needed})
    assert Family.objects.get().access_needs == ["step-free"]


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("place", "Burntwod", "“Burntwod” is not one of your places. Did you mean Burntwood?"),
        ("languages", "polsh", "“polsh” is no language we know."),
        ("access_needs", "step free", "“step free” is not one of step-free,"),
        ("free_times", "sat-mornin", "Did you mean sat-morning?"),
        ("travel_km", "about 5", "“about 5” should be a whole number from 0 to 100."),
        ("children", "05-Jul: lego", "A spreadsheet may have turned 5-7 into a date"),
        ("children", "5-7: lego, =cmd()", "a spreadsheet runs as a formula"),
        ("no_to", "dogs;@cats", "a spreadsheet runs as a formula"),
        ("guardian_email", "amara", "“amara” is not an email address."),
        ("guardian_email", "ruth@example.org", "somebody who works for the programme"),
        ("coach_email", "rut@example.org", "Did you mean ruth@example.org?"),
        ("applied_on", "01/09/2026", "a date written year-month-day: 2026-09-01."),
        ("applied_on", "2999-01-01", "has not come yet"),
        ("standing", "activ", "Did you mean active?"),
        ("goal_1_theme", "morning", "“morning” is not one of your themes. Did you mean mornings?"),
        ("goal_1_rating", "11", "“11” should be a whole number from 0 to 10."),
        ("goal_1", "", "is empty, but the cells after it are not."),
        ("goal_1", "-no more shouting", "a spreadsheet runs as a formula"),
        ("display_name", "x" * 5_000, "is 5,000 letters long. Write 80 at the most."),
    ],
)
def test_it_says_what_to_write_instead(bring, column, cell, says):
    said = bring("import_families", {**FAMILY, column: cell})
    assert said.startswith(f"Line 2, {column}: ")
    assert says in said
    assert "REFUSED" in said
    assert not Family.objects.exists()
    assert not Account.objects.exists()


def test_a_windows_path_in_a_cell_is_only_words(bring):
    row = {**FAMILY, "goal_1": r"Find C:\Users\Amara\photos again"}
    assert "1 new" in bring("import_families", row)
    assert Goal.objects.get().words == r"Find C:\Users\Amara\photos again"


def test_one_wrong_line_undoes_all(bring):
    wrong = {
        **FAMILY,
        "reference": "F003",
        "guardian_email": "",
        "agreed_on": "",
        "place": "Atlantis",
    }
    rows = [
        {**FAMILY, "reference": f"A{n}", "guardian_email": f"a{n}@example.org"} for n in range(600)
    ]
    said = bring("import_families", *rows, wrong)
    assert "Line 602, place: “Atlantis” is not one of your places." in said
    assert not Family.objects.exists()
    assert not User.objects.filter(email__startswith="a").exists()


def test_a_family_works_on_three_goals_at_most(bring):
    bring("import_families", {**FAMILY, "goal_2": "Two", "goal_3": "Three"})
    said = bring("import_families", {**FAMILY, "goal_2": "Two", "goal_3": "Four"})
    assert "this family would have 4 goals at once" in said
    assert Goal.objects.count() == 3


def test_a_dry_run_says_what_would_happen_and_writes_nothing(bring):
    said = bring("import_families", FAMILY, options=("--dry-run",))
    assert "Line 2: Amara and Joe, new" in said
    assert "1 new" in said
    assert not Family.objects.exists()
    assert not User.objects.filter(email="amara@example.org").exists()
    bring("import_families", FAMILY)
    said = bring("import_families", {**FAMILY, "travel_km": "3"}, options=("--dry-run",))
    assert "changed: travel_km" in said
    assert Family.objects.get().travel_km == 8


def test_newcomers_are_shared_out_among_the_coaches_of_their_area(bring, programme):
    olive = cast.staff("olive@example.org", "Olive", "coach")
    programme.area.coaches.add(olive)
    rows = [
        {**FAMILY, "reference": f"F{n}", "guardian_email": f"f{n}@example.org"} for n in range(6)
    ]
    bring("import_families", *rows)
    assert programme.ruth.coached_families.count() == olive.coached_families.count() == 3


def test_ten_thousand_rows_take_a_fixed_number_of_queries_a_batch(tmp_path, now):
    path = tmp_path / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FAMILY.keys())
        writer.writeheader()
        for n in range(10_000):
            address = f"f{n}@example.org"
            writer.writerow({**FAMILY, "reference": f"F{n}", "guardian_email": address})
    heard: list[int] = []
    with CaptureQueriesContext(connection) as queries:
        report = run(
            families(), path, at=now, progress=lambda rows, read, in_all: heard.append(rows)
        )
    assert (report.new, report.refused, report.faults.count) == (10_000, "", 0)
    assert Goal.objects.count() == Account.objects.count() == Volunteer.objects.count() + 10_000
    # 20 batches; SQLite splits a long INSERT into several.
    assert len(queries) < 20 * 60
    assert heard == list(range(500, 10_001, 500))
