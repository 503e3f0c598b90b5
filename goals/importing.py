"""Goals and themes by file: up to three goals a family, in its own words.

A goal is known by its words. Words that the family has not said before are a new goal, with where it stands that day;
a goal that is there already keeps its ratings, because a rating belongs to its moment.
"""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from goals.models import Goal, Rating, Theme
from goals.setting import MOST_ACTIVE
from people.importing.columns import Column, code, one_of, whole_number, words
from people.importing.faults import did_you_mean, shown
from people.importing.reading import MOST_ROWS
from people.importing.running import Importer
from people.importing.table import Row

HORIZONS = {horizon: horizon for horizon in Goal.Horizon.values}
EXAMPLES = {
    "": "Mornings without shouting",
    "_theme": "mornings",
    "_horizon": "short",
    "_rating": "2",
    "_hope": "8",
}


class GoalPart:
    """The goals of a family row; `most` of them."""

    def __init__(self, *, most: int = MOST_ACTIVE) -> None:
        self.numbers = range(1, most + 1)
        self.columns = [column for number in self.numbers for column in _columns(number)]
        self._themes: dict[str, Theme] | None = None

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find which goals of each row are new and which differ."""
        if self._themes is None:
            self._themes = {theme.slug: theme for theme in Theme.objects.all()}
        families = [row.subject.pk for row in rows if not row.is_new]
        there: dict[int, list[Goal]] = {}
        for goal in Goal.objects.filter(family__in=families):
            there.setdefault(goal.family_id, []).append(goal)
        for row in rows:
            self._look(row, there.get(row.subject.pk or 0, []))

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write new goals with their first rating, and what changed in the others."""
        new = [goal for row in rows for goal in row.pending.get("new goals", [])]
        for row in rows:
            for goal, _ in row.pending.get("new goals", []):
                goal.family = row.subject  # it has its number by now
                goal.set_at = min(_set_at(row), at)
                goal.set_by = _who(row)
        Goal.objects.bulk_create([goal for goal, _ in new])
        Rating.objects.bulk_create(
            Rating(
                goal=goal,
                value=rating,
                scorer=Rating.Scorer.GUARDIAN,
                at=goal.set_at,
                by=goal.set_by,
            )
            for goal, rating in new
            if rating is not None
        )
        changed = [goal for row in rows for goal in row.pending.get("changed goals", [])]
        if changed:
            Goal.objects.bulk_update(changed, ["theme", "horizon", "hope"])

    def _look(self, row: Row, there: list[Goal]) -> None:
        by_words = {goal.words: goal for goal in there}
        new, changed = [], []
        for number in self.numbers:
            told = _told(row, number)
            theme = self._theme(row, number)
            if told is None:
                continue
            goal = by_words.get(told["words"])
            if goal is None:
                goal = Goal(words=told["words"])
                new.append((goal, told["rating"]))
                by_words[told["words"]] = goal
                row.note(f"goal_{number}")
            fields = {"theme": theme, "horizon": told["horizon"], "hope": told["hope"]}
            different = [
                name
                for name, value in fields.items()
                if f"goal_{number}_{name}" in row.values and getattr(goal, name) != value
            ]
            for name in different:
                setattr(goal, name, fields[name])
                row.note(f"goal_{number}_{name}")
            if goal.pk and different:
                changed.append(goal)
        active = sum(goal.standing == Goal.Standing.ACTIVE for goal in there)
        if new and active + len(new) > MOST_ACTIVE:
            row.refuse(
                "goal_1",
                f"this family would have {active + len(new)} goals at once, and works on {MOST_ACTIVE} at "
                "the most. Take out one that is new.",
            )
        row.pending["new goals"], row.pending["changed goals"] = new, changed

    def _theme(self, row: Row, number: int) -> Theme | None:
        column = f"goal_{number}_theme"
        slug = row.get(column, "")
        assert self._themes is not None
        if slug and slug not in self._themes:
            hint = did_you_mean(slug, list(self._themes))
            row.refuse(column, f"{shown(slug)} is not one of your themes.{hint}")
        return self._themes.get(slug)


class ThemePart:
    """A theme, under its parent."""

    columns = [
        Column("slug", code, required=True, example="mornings"),
        Column("name", words(80), required=True, example="Mornings"),
        Column("parent", code, example="behaviour"),
        Column("shanarri", words(16), example="nurtured"),
        Column("outcome", words(80), example="family-relationships"),
    ]

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find the themes, and check every parent."""
        known = {theme.slug: theme for theme in Theme.objects.all()}
        for row in rows:
            row.subject = known.get(row.values["slug"])
            row.is_new = row.subject is None
            if row.is_new:
                row.subject = known[row.values["slug"]] = Theme(slug=row.values["slug"])
            row.settle("name", "shanarri", "outcome")
        for row in rows:
            slug = row.get("parent", "")
            parent = known.get(slug)
            if slug and (parent is None or parent is row.subject):
                hint = did_you_mean(slug, list(known))
                row.refuse("parent", f"{shown(slug)} is not another of your themes.{hint}")
            elif "parent" in row.values and (row.subject.parent_id or 0) != (
                parent.pk or -1 if parent else 0
            ):
                row.pending["parent"] = parent
                row.note("parent")

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the themes, then what each belongs to."""
        Theme.objects.bulk_create([row.subject for row in rows if row.is_new])
        for row in rows:
            if "parent" in row.pending:
                row.subject.parent = row.pending["parent"]
        changed = [row.subject for row in rows if row.changes]
        if changed:
            Theme.objects.bulk_update(changed, ["name", "shanarri", "outcome", "parent"])


def themes() -> Importer:
    """Give the importer of themes."""
    return Importer(
        one="theme",
        many="themes",
        parts=[ThemePart()],
        called=lambda row: row.values["name"],
        batch=MOST_ROWS,  # a parent may stand anywhere in the file
    )


def _columns(number: int) -> list[Column]:
    readers: dict[str, tuple[Any, Any]] = {
        "": (words(280), ""),
        "_theme": (code, ""),
        "_horizon": (one_of(HORIZONS), Goal.Horizon.MEDIUM),
        "_rating": (whole_number(0, 10), None),
        "_hope": (whole_number(0, 10), None),
    }
    return [
        Column(
            f"goal_{number}{name}",
            read,
            empty=empty,
            example=EXAMPLES[name] if number == 1 else "",
        )
        for name, (read, empty) in readers.items()
    ]


def _told(row: Row, number: int) -> dict[str, Any] | None:
    goal = {
        name: row.get(f"goal_{number}_{name}") for name in ("theme", "horizon", "rating", "hope")
    }
    goal["words"] = row.get(f"goal_{number}", "")
    goal["horizon"] = goal["horizon"] or Goal.Horizon.MEDIUM
    if goal["words"]:
        return goal
    if goal["theme"] or goal["rating"] is not None or goal["hope"] is not None:
        row.refuse(
            f"goal_{number}", "is empty, but the cells after it are not. Write the goal too."
        )
    return None


def _set_at(row: Row) -> datetime:
    day = row.get("applied_on") or row.subject.applied_on
    return timezone.make_aware(datetime.combine(day, time(12)))


def _who(row: Row) -> Any:
    guardian = row.pending.get("guardian")
    return guardian.user if guardian else None
