"""The files of demo/ as plain rows, so that a larger or later community can be made before anything is loaded."""

import csv
from pathlib import Path

from django.conf import settings

Rows = list[dict[str, str]]
Community = dict[str, Rows]

FOLDER = settings.BASE_DIR / "demo"
FILES = (
    "places",
    "themes",
    "ideas",
    "staff",
    "organisations",
    "families",
    "supporters",
    "volunteers",
    "linkups",
    "ratings",
    "webs",
    "contacts",
    "togethers",
    "lookbacks",
    "words",
    "howwasits",
    "plans",
    "listings",
    "exchanges",
    "messages",
)


def read() -> Community:
    """Give the rows of every file of demo/."""
    community: Community = {}
    for name in FILES:
        with (FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            community[name] = list(csv.DictReader(file))
    return community


def write(community: Community, folder: Path) -> None:
    """Write a file for each kind of row, as demo/ has them."""
    for name, rows in community.items():
        if not rows:
            continue
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)


def references(rows: Rows) -> set[str]:
    """Give the references of rows."""
    return {row["reference"] for row in rows}


def pages() -> list[tuple[dict[str, str], str]]:
    """Give (front matter, body) of every page of demo/pages, in the order of their names."""
    found = []
    for path in sorted((FOLDER / "pages").glob("*.md")):
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        # Not YAML: it would read 18:00 as the number 1080.
        lines = (line.partition(":") for line in front.splitlines() if line.strip())
        found.append(({name.strip(): value.strip() for name, _, value in lines}, body))
    return found
