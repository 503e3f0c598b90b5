"""Publishing a page from a file of words: front matter and a few marks. For the demonstration and for moving in.

The marks: "## " a heading, "> " somebody's words (and "> — who"), "- " a list, an empty line between paragraphs.
"""

from datetime import date, datetime, time, timedelta
from html import escape
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.models import (
    EventIndexPage,
    EventPage,
    GuideIndexPage,
    GuidePage,
    HomePage,
    PlaceIndexPage,
    PlacePage,
    ServiceIndexPage,
    ServicePage,
    StoryIndexPage,
    StoryPage,
)
from people.drawings import DRAWINGS
from people.models import Place, User

KINDS: dict[str, tuple[type[Page], type[Page]]] = {
    "story": (StoryPage, StoryIndexPage),
    "event": (EventPage, EventIndexPage),
    "guide": (GuidePage, GuideIndexPage),
    "service": (ServicePage, ServiceIndexPage),
    "place": (PlacePage, PlaceIndexPage),
}
OF_THE_FOOTER = ("help", "privacy", "accessibility")


class UnreadablePage(Exception):
    """The file can't be made into a page; the words say what to mend."""


def publish(*, front_matter: dict[str, Any], body: str, at: datetime, by: User) -> Page:
    """Give a published page made of `front_matter` and `body`; raises UnreadablePage for what can't be read.

    It is for those who run the server: whether `by` may publish in the editor is not asked.
    A page of the same slug in the same list is given back as it stands, so publishing twice is safe.
    """
    kind = str(front_matter.get("kind", ""))
    if kind not in KINDS:
        raise UnreadablePage(f"“{kind}” is not a kind of page. Write one of: {', '.join(KINDS)}.")
    model, index = KINDS[kind]
    slug = str(front_matter["slug"])
    parent = HomePage.objects.get() if slug in OF_THE_FOOTER else index.objects.get()
    standing = model.objects.child_of(parent).filter(slug=slug).first()
    if standing is not None:
        return standing
    page = model(
        title=front_matter["title"],
        slug=slug,
        owner=by,
        lead=str(front_matter.get("teaser", "")),
        drawing=_drawing(front_matter),
        body=blocks_of(body),
        **_fields_of(kind, front_matter, at=at),
    )
    parent.add_child(instance=page)
    page.save_revision(user=by, clean=False).publish(user=by, skip_permission_checks=True)
    model.objects.filter(pk=page.pk).update(first_published_at=at, last_published_at=at)
    page.refresh_from_db()
    return page


def blocks_of(body: str) -> list[tuple[str, Any]]:
    """Give the blocks of a body written with the marks of this module."""
    blocks: list[tuple[str, Any]] = []
    for part in (part.strip() for part in body.strip().split("\n\n")):
        if not part:
            continue
        if part.startswith("## "):
            heading, _, rest = part[3:].partition("\n")
            blocks.append(("heading", heading.strip()))
            if rest.strip():
                blocks.append(("words", f"<p>{escape(_one_line(rest), quote=False)}</p>"))
        elif part.startswith("> "):
            blocks.append(("quote", _quote(part)))
        elif part.startswith("- "):
            lines = " ".join(part.split("\n")).split("- ")
            items = "".join(
                f"<li>{escape(item.strip(), quote=False)}</li>" for item in lines if item.strip()
            )
            blocks.append(("words", f"<ul>{items}</ul>"))
        else:
            blocks.append(("words", f"<p>{escape(_one_line(part), quote=False)}</p>"))
    return blocks


def _quote(part: str) -> dict[str, str]:
    lines = [line.removeprefix(">").strip() for line in part.split("\n")]
    who = next((line.lstrip("—– ").strip() for line in lines if line.startswith(("—", "–"))), "")
    words = " ".join(line for line in lines if not line.startswith(("—", "–")))
    return {"words": words.strip('“”" '), "who": who}


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _drawing(front_matter: dict[str, Any]) -> str:
    name = str(front_matter.get("drawing") or "")
    if name and name not in DRAWINGS:
        raise UnreadablePage(f"“{name}” is not a drawing. Write one of: {', '.join(DRAWINGS)}.")
    return name


def _fields_of(kind: str, front_matter: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if kind in ("story", "event", "service", "place"):
        fields["place"] = Place.objects.filter(reference=front_matter.get("place")).first()
    if kind == "event":
        day = timezone.localdate(at) + timedelta(days=int(front_matter["starts_in_days"]))
        fields["starts_at"] = _moment(day, front_matter["starts_at"])
        fields["ends_at"] = _moment(day, front_matter["ends_at"])
        fields["venue"] = str(front_matter.get("venue", ""))
        fields["cost"] = str(front_matter.get("cost") or "Free")
    if kind == "service":
        for name in ("organisation", "phone", "opening", "cost"):
            fields[name] = str(front_matter.get(name) or "")
    return fields


def _moment(day: date, clock: Any) -> datetime:
    hours, _, minutes = str(clock).partition(":")
    return timezone.make_aware(datetime.combine(day, time(int(hours), int(minutes or 0))))
