"""Loads the demonstration into an empty database: all of it, or nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from cms.writing import publish
from config.demonstration import community as files
from config.demonstration import worries
from config.demonstration.cast import Cast
from config.demonstration.community import Community
from config.demonstration.dating import moved_to
from config.demonstration.growing import grown
from config.demonstration.history import History
from goals.importing import themes
from matching.importing import families, supporters, volunteers
from matching.importing_ideas import ideas
from people.importing.places import places
from people.importing.running import Importer, run
from people.importing.staff import staff
from people.models import Family, Organisation, Place, StaffRole, User, Volunteer
from timebank.importing import organisations

Say = Callable[[str], object]

ENDED_WELL = {"done", "early_done"}
BETWEEN_PAGES = timedelta(days=5)


class NotEmpty(Exception):
    """There are other people in this database; a demonstration among them would be a lie in their books."""


class NotRight(Exception):
    """The files of demo/ don't go in; the message says which line."""


@transaction.atomic
def load(*, size: int, at: datetime, say: Say) -> None:
    """Load a community of `size` seeking families as it stands at `at`. Raises NotEmpty and NotRight."""
    if not is_empty():
        raise NotEmpty
    community = moved_to(grown(_agreed(files.read()), size), timezone.localdate(at))
    say(f"Bringing in {len(community['families']):,} families and whoever stands beside them…")
    _bring_in(community, at=at)
    say("Playing their year…")
    cast = Cast(community)
    events = History(community, cast, at).play(say)
    worries.play(cast, at)
    say(f"{events:,} things happened. Publishing the pages…")
    _publish(at=at)
    EmailAddress.objects.update(verified=True)  # their mail reaches nobody who could prove it


def is_empty() -> bool:
    """Say whether nobody is here yet. Somebody who may open the admin is not a member, and may be here before."""
    models = (Family, Volunteer, Organisation, Place, StaffRole)
    return not any(model.objects.exists() for model in models)


def is_loaded() -> bool:
    """Say whether the people of this database are this demonstration."""
    written = files.read()
    first = written["families"][0]
    staff_addresses = {row["email"] for row in written["staff"]}
    return Family.objects.filter(
        reference=first["reference"], display_name=first["display_name"]
    ).exists() and User.objects.filter(email__in=staff_addresses).count() == len(staff_addresses)


def _agreed(community: Community) -> Community:
    """Add two columns that follow from the others: a yes on paper, and who still looks for a link-up."""
    going = {row["family"] for row in community["linkups"] if not row["ended_on"]}
    helped = {row["family"] for row in community["linkups"] if row["ending"] in ENDED_WELL}
    settled = helped - going
    with_yes = {
        name: [{**row, "agreed_on": row["applied_on"]} for row in community[name]]
        for name in ("families", "supporters", "volunteers")
    }
    for row in with_yes["families"]:
        row["wants_link_up"] = "no" if row["reference"] in settled else "yes"
    return {**community, **with_yes}


def _bring_in(community: Community, *, at: datetime) -> None:
    with TemporaryDirectory() as folder:
        files.write(community, Path(folder))
        _import(places(), Path(folder) / "places.csv", at=at)
        _import(themes(), Path(folder) / "themes.csv", at=at)
        _import(ideas(), Path(folder) / "ideas.csv", at=at)
        _import(staff(), Path(folder) / "staff.csv", at=at)
        _import(organisations(), Path(folder) / "organisations.csv", at=at)
        _import(families(), Path(folder) / "families.csv", at=at)
        lead = User.objects.filter(staff_roles__role=StaffRole.Role.SAFEGUARDING).first()
        for importer in (supporters(decided_by=lead), volunteers(decided_by=lead)):
            name = "supporters.csv" if importer.one == "sharing family" else "volunteers.csv"
            _import(importer, Path(folder) / name, at=at)


def _import(importer: Importer, path: Path, *, at: datetime) -> None:
    report = run(importer, path, at=at)
    if not report.is_good:
        faults = "; ".join(str(fault) for fault in report.faults.in_order())
        raise NotRight(f"{path.name}: {report.refused} {faults}")


def _publish(*, at: datetime) -> None:
    editor = User.objects.filter(staff_roles__role=StaffRole.Role.EDITOR).order_by("id").first()
    assert editor is not None, "demo/staff.csv has an editor"
    for number, (front_matter, body) in enumerate(files.pages()):
        # Events count their days from today; whatever else there is was written over the last months.
        ago = timedelta() if front_matter["kind"] == "event" else BETWEEN_PAGES * number
        publish(front_matter=front_matter, body=body, at=at - ago, by=editor)
