"""Ideas by file: what two families could do, for a theme of goals. The programme's own list, changed as it likes."""

from datetime import datetime

from goals.models import Theme
from matching.models import Idea
from people.importing.columns import Column, code, list_of, one_of, whole_number, words
from people.importing.faults import did_you_mean, shown
from people.importing.running import Importer
from people.importing.table import Row

FIELDS = ("words", "cost", "place", "youngest", "oldest", "likes")


class IdeaPart:
    """An idea, under its theme."""

    columns = [
        Column("reference", code, required=True, example="pancakes"),
        Column("theme", code, required=True, example="eating"),
        Column("words", words(120), required=True, example="Make pancakes, one each to toss"),
        Column(
            "cost", one_of({one: one for one in Idea.Cost.values}), empty="free", example="little"
        ),
        Column(
            "place",
            one_of({one: one for one in Idea.Place.values}),
            empty="either",
            example="indoors",
        ),
        Column("youngest", whole_number(0, 17), empty=0, example="3"),
        Column("oldest", whole_number(0, 17), empty=17, example="12"),
        Column("likes", list_of(words(40)), empty=list, example="cooking;chips"),
    ]

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find the ideas, and check every theme and the ages."""
        themes = {theme.slug: theme for theme in Theme.objects.all()}
        known = Idea.objects.in_bulk(
            [row.values["reference"] for row in rows], field_name="reference"
        )
        for row in rows:
            there = known.get(row.values["reference"])
            row.is_new = there is None
            row.subject = there or Idea(reference=row.values["reference"])
            if "likes" in row.values:
                row.values["likes"] = [like.casefold() for like in row.values["likes"]]
            row.settle(*FIELDS)
            theme = themes.get(row.values["theme"])
            if theme is None:
                hint = did_you_mean(row.values["theme"], list(themes))
                row.refuse(
                    "theme", f"{shown(row.values['theme'])} is not one of your themes.{hint}"
                )
            elif row.subject.theme_id != theme.pk:
                row.subject.theme = theme
                row.note("theme")
            if row.subject.oldest < row.subject.youngest:
                row.refuse("oldest", "the oldest is younger than the youngest.")

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the ideas."""
        Idea.objects.bulk_create([row.subject for row in rows if row.is_new])
        changed = [row.subject for row in rows if row.changes and not row.is_new]
        if changed:
            Idea.objects.bulk_update(changed, ["theme", *FIELDS])


def ideas() -> Importer:
    """Give the importer of ideas."""
    return Importer(
        one="idea", many="ideas", parts=[IdeaPart()], called=lambda row: row.values["words"]
    )
