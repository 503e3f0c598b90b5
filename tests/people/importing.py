"""Rows of files that are right, and a way to import them; the tests of importing change one cell at a time."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from goals.models import Theme
from people.importing.command import NothingWritten
from tests import cast

Bring = Callable[..., str]

FAMILY = {
    "reference": "F001",
    "display_name": "Amara and Joe",
    "place": "Burntwood",
    "languages": "en;Polish",
    "access_needs": "step-free",
    "free_times": "tue-evening;sat-morning",
    "travel_km": "8",
    "children": "8-10: football, drawing | 11–13:",
    "guardian_name": "Amara",
    "guardian_email": "Amara@Example.org",
    "coach_email": "",
    "applied_on": "2026-09-01",
    "standing": "welcomed",
    "agreed_on": "2026-09-02",
    "goal_1": "Mornings without shouting",
    "goal_1_theme": "mornings",
    "goal_1_horizon": "short",
    "goal_1_rating": "2",
    "goal_1_hope": "8",
    "no_to": "Dogs",
}
SHARING = {
    **{name: FAMILY[name] for name in FAMILY if name not in {"agreed_on", "no_to"}},
    "reference": "S01",
    "display_name": "Denise and Mark",
    "guardian_name": "Denise",
    "guardian_email": "denise@example.org",
    "lived_through": "mornings",
    "capacity": "2",
    "about": "Two\nlines",
    "offers": "Chips",
    "has": "garden",
    "check_level": "enhanced",
    "check_issued_on": "2026-03-09",
    "check_valid_until": "2029-03-09",
    "check_last4": "4471",
}
VOLUNTEER = {
    "reference": "V01",
    "name": "Stan",
    "place": "burntwood",
    "email": "stan@example.org",
    "applied_on": "2025-09-22",
    "standing": "active",
    "lived_through": "mornings",
    "skills": "bicycles",
    "capacity": "2",
    **{name: SHARING[name] for name in SHARING if name.startswith("check_")},
}
DECIDED = ("--decided-by", "ruth@example.org")


@pytest.fixture
def programme(town: cast.Town) -> cast.Town:
    """A town with its coaches, and one theme."""
    Theme.objects.create(slug="mornings", name="Mornings")
    return town


@pytest.fixture
def bring(tmp_path: Path, programme: cast.Town) -> Bring:
    """Write rows to a file and import it; give what was said, ending in REFUSED if it was."""

    def importing(command: str, *rows: dict[str, str], options: tuple[str, ...] = ()) -> str:
        path = tmp_path / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        said = StringIO()
        try:
            call_command(command, str(path), *options, stdout=said, stderr=said)
        except NothingWritten:
            said.write("REFUSED")
        return said.getvalue()

    return importing
