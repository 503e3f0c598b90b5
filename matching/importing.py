"""Whole importers of members: families with their goals and account, supporters and volunteers with what they offer.

This is the lowest floor that sees every part of such a row; each part lives on its own floor.
"""

from collections import defaultdict
from datetime import datetime
from typing import Any

from goals.importing import GoalPart
from goals.models import Theme
from matching.models import Supporter
from people.importing.columns import Column, code, list_of, whole_number, words
from people.importing.families import family_parts
from people.importing.faults import did_you_mean, shown
from people.importing.running import Importer
from people.importing.table import Row
from people.importing.volunteers import volunteer_parts
from people.models import User
from safeguarding.importing import CheckPart
from safeguarding.importing_steps import StepsPart
from timebank.importing import AccountPart
from timebank.models import Account

LIVED_THROUGH = Column("lived_through", list_of(code), empty=list, example="mornings;moving-home")
CAPACITY = Column("capacity", whole_number(1, 3), empty=1, example="2")
ABOUT = Column("about", words(1500, lines=True), example="Our mornings used to end in tears.")
OFFERS = Column("offers", words(280), example="Kick-abouts and chips")
SKILLS = Column("skills", words(280), example="bicycles;woodwork")


def families() -> Importer:
    """Give the importer of seeking families."""
    return Importer(
        one="family",
        many="families",
        parts=[
            *family_parts(seeking=True),
            GoalPart(),
            AccountPart(Account.Kind.FAMILY),
        ],
        called=lambda row: row.values["display_name"],
    )


def supporters(*, decided_by: User | None = None) -> Importer:
    """Give the importer of sharing families; `decided_by` answers for the checks in the file."""
    return Importer(
        one="sharing family",
        many="sharing families",
        parts=[
            *family_parts(seeking=False),
            GoalPart(),
            AccountPart(Account.Kind.FAMILY),
            SupporterPart("family", [LIVED_THROUGH, CAPACITY, ABOUT, OFFERS]),
            CheckPart(lambda row: row.pending["guardian"], decided_by=decided_by),
            StepsPart(lambda row: row.pending["guardian"], decided_by=decided_by),
        ],
        called=lambda row: row.values["display_name"],
    )


def volunteers(*, decided_by: User | None = None) -> Importer:
    """Give the importer of volunteers; `decided_by` answers for the checks in the file."""
    return Importer(
        one="volunteer",
        many="volunteers",
        parts=[
            *volunteer_parts(),
            AccountPart(Account.Kind.VOLUNTEER),
            SupporterPart("volunteer", [LIVED_THROUGH, SKILLS, CAPACITY, ABOUT]),
            CheckPart(lambda row: row.subject, decided_by=decided_by),
            StepsPart(lambda row: row.subject, decided_by=decided_by),
        ],
        called=lambda row: row.values["name"],
    )


class SupporterPart:
    """What a sharing family or a volunteer (`party`) can be for a seeking family."""

    def __init__(self, party: str, columns: list[Column]) -> None:
        self.party = party
        self.columns = columns
        self.fields = [column.name for column in columns if column is not LIVED_THROUGH]
        self._themes: dict[str, Theme] | None = None

    def look(self, rows: list[Row], at: datetime) -> None:
        """Find what each row's supporter offers so far, and compare it."""
        if self._themes is None:
            self._themes = {theme.slug: theme for theme in Theme.objects.all()}
        parties = [row.subject.pk for row in rows if not row.is_new]
        found = Supporter.objects.filter(**{f"{self.party}__in": parties})
        by_party = {
            getattr(supporter, f"{self.party}_id"): supporter
            for supporter in found.prefetch_related("lived_through")
        }
        for row in rows:
            self._compare(row, by_party.get(row.subject.pk))

    def write(self, rows: list[Row], at: datetime) -> None:
        """Write the supporters and what they have lived through."""
        for row in rows:
            setattr(row.pending["supporter"], self.party, row.subject)  # it has its number by now
        everybody = [row.pending["supporter"] for row in rows]
        Supporter.objects.bulk_create([one for one in everybody if one.pk is None])
        changed = [row.pending["supporter"] for row in rows if row.changes]
        if changed:
            Supporter.objects.bulk_update(changed, self.fields)
        self._write_themes([row for row in rows if "themes" in row.pending])

    def _compare(self, row: Row, supporter: Supporter | None) -> None:
        there = (
            set() if supporter is None else {theme.slug for theme in supporter.lived_through.all()}
        )
        if supporter is None:
            supporter = Supporter()
            row.note("capacity")  # a family that comes back to share is new as a supporter
        row.pending["supporter"] = supporter
        for name in self.fields:
            if name in row.values and getattr(supporter, name) != row.values[name]:
                setattr(supporter, name, row.values[name])
                row.note(name)
        if "lived_through" not in row.values:
            return
        for slug in row.values["lived_through"]:
            if slug not in self._known:
                hint = did_you_mean(slug, list(self._known))
                row.refuse("lived_through", f"{shown(slug)} is not one of your themes.{hint}")
        if there != set(row.values["lived_through"]):
            row.pending["themes"] = row.values["lived_through"]
            row.note("lived_through")

    @property
    def _known(self) -> dict[str, Theme]:
        assert self._themes is not None
        return self._themes

    def _write_themes(self, rows: list[Row]) -> None:
        link: Any = Supporter.lived_through.through
        wanted: dict[int, list[str]] = defaultdict(list)
        for row in rows:
            wanted[row.pending["supporter"].pk] = row.pending["themes"]
        link.objects.filter(supporter__in=wanted).delete()
        link.objects.bulk_create(
            link(supporter_id=supporter, theme_id=self._known[slug].pk)
            for supporter, slugs in wanted.items()
            for slug in slugs
        )
