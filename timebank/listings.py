"""Listings: what people offer and ask for near by, and the talk that an answer opens.

A listing shows the owner's display name, place and a rough distance, never more; everything else is said in the talk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from messaging.models import Conversation
from messaging.posting import start_conversation
from people.models import Family, User, Volunteer
from people.nearness import CELL_LATITUDE, CELL_LONGITUDE, how_near
from timebank import accounts, ledger
from timebank.models import Account, Listing, ListingAnswer

PAGE = 20
# About 15 km: what a bus or a lift covers on an ordinary afternoon.
NEAR_CELLS = 15
# A form sent twice by an impatient thumb comes twice within this time; whoever means two writes two.
SENT_TWICE = timedelta(minutes=2)


class NotYet(ledger.Refused):
    """The member's coach hasn't said hello yet."""


class CannotAnswer(ledger.Refused):
    """A listing that this member can't answer: their own, or one with nobody behind it to talk to."""


@dataclass(frozen=True)
class Row:
    """One listing as another member sees it. `how_near` is a band in words, empty when not known.

    `talk` is the conversation that the viewer's own answer opened, if they answered.
    """

    listing: Listing
    who: str
    place: str
    how_near: str
    is_mine: bool
    talk: int | None


@dataclass(frozen=True)
class ListingPage:
    """A page of listings, newest first, and the id to ask for the next one with; None at the end."""

    rows: list[Row]
    next_before: int | None


@transaction.atomic
def post_listing(
    *,
    owner: Account,
    kind: str,
    title: str,
    words: str,
    minutes: int | None,
    at: datetime,
    reference: str | None = None,
) -> Listing:
    """Put an offer or a request on the board. With a `reference` (from a file) a second load changes nothing.

    The same words sent again at once give the listing that stands there already.
    """
    told = {
        "owner": owner,
        "kind": kind,
        "title": title,
        "words": words,
        "minutes": minutes,
        "posted_at": at,
    }
    if reference is None:
        ledger.lock([owner.pk])  # so that two at once come in turn
        same = {key: value for key, value in told.items() if key != "posted_at"}
        standing = Listing.objects.filter(**same, closed_at=None, posted_at__gt=at - SENT_TWICE)
        return standing.first() or Listing.objects.create(**told)
    listing, _ = Listing.objects.get_or_create(reference=reference, defaults=told)
    return listing


def close_listing(*, listing: Listing, by: User, at: datetime) -> Listing:
    """Take a listing off the board; only its owner's people may, and doing it twice changes nothing."""
    if not accounts.acts_for(by, listing.owner):
        raise CannotAnswer(_("Only whoever put this up can take it down."))
    Listing.objects.filter(pk=listing.pk, closed_at__isnull=True).update(closed_at=at)
    listing.refresh_from_db()
    return listing


def answer(*, listing: Listing, account: Account, by: User, at: datetime) -> Conversation:
    """Open the talk between `by` and whoever put the listing up; answering again gives the same talk."""
    if accounts.acts_for(by, listing.owner):
        raise CannotAnswer(_("This one is yours."))
    must_be_welcomed(account)
    owners = list(accounts.users_of(listing.owner))
    if not owners:
        raise CannotAnswer(
            _("Ask the time broker about this one: they have nobody signed in here.")
        )
    with transaction.atomic():
        # The listing's lock makes a double click wait, so that one talk is opened and not two.
        locked = Listing.objects.select_for_update().get(pk=listing.pk)
        if locked.closed_at is not None:
            raise CannotAnswer(_("This one has been taken down."))
        before = ListingAnswer.objects.filter(listing=listing, account=account).first()
        if before is not None:
            return before.conversation
        conversation = start_conversation(
            kind=Conversation.Kind.LISTING,
            people=[(person, str(person)) for person in [by, *owners]],
            at=at,
        )
        ListingAnswer.objects.create(
            listing=listing, account=account, conversation=conversation, at=at
        )
        return conversation


def must_be_welcomed(account: Account) -> None:
    """Refuse a family or volunteer who only just applied: a coach says hello before strangers can meet."""
    owner = account.family or account.volunteer
    if owner is not None and owner.standing == Family.Standing.APPLIED:
        raise NotYet(_("A coach says hello first. After that you can ask and offer."))


def board(
    *, viewer: Account | None, kind: str = "", before: int | None = None, most: int = PAGE
) -> ListingPage:
    """Give what is on the board near `viewer` (everything when None, for a broker), newest first, `most` a page."""
    found: QuerySet[Listing] = Listing.objects.open().select_related(
        "owner__family__place", "owner__volunteer__place", "owner__organisation__place"
    )
    found = found.filter(_owner_is_here())
    if kind:
        found = found.filter(kind=kind)
    if before is not None:
        found = found.filter(pk__lt=before)
    if viewer is not None:
        found = _near(found, viewer).exclude(owner__in=accounts.blocked_from(viewer).values("pk"))
    page = list(found.order_by("-pk")[: most + 1])
    talks = _talks(viewer, page)
    rows = [_row(listing, viewer, talks) for listing in page[:most]]
    return ListingPage(rows, page[most - 1].pk if len(page) > most else None)


def could_help_with(account: Account, *, most: int = 3) -> list[Row]:
    """Give a few requests near `account` that its people could answer: the kind word at nothing left."""
    page = board(viewer=account, kind=Listing.Kind.REQUEST, most=most + 1)
    return [row for row in page.rows if not row.is_mine][:most]


def visible_to(viewer: Account | None, listing_id: int) -> Listing | None:
    """Give one open listing that `viewer` may see; None for any other."""
    found = Listing.objects.open().filter(_owner_is_here(), pk=listing_id)
    if viewer is not None:
        found = found.exclude(owner__in=accounts.blocked_from(viewer).values("pk"))
    return found.select_related("owner__family", "owner__volunteer", "owner__organisation").first()


def answered_by(account: Account, listing_id: int) -> Listing | None:
    """Give a listing that `account` answered, so that time can be written down for it; None for any other."""
    return Listing.objects.filter(pk=listing_id, answers__account=account).first()


def _talks(viewer: Account | None, page: list[Listing]) -> dict[int, int]:
    """Give listing id → conversation id for those that `viewer` answered."""
    answers = ListingAnswer.objects.filter(account=viewer, listing__in=page)
    return dict(answers.values_list("listing", "conversation")) if viewer else {}


def _owner_is_here() -> Q:
    """Listings of a family or volunteer who paused or left are not shown."""
    away = [Family.Standing.PAUSED, Family.Standing.LEFT]
    gone = [Volunteer.Standing.PAUSED, Volunteer.Standing.LEFT]
    return ~Q(owner__family__standing__in=away) & ~Q(owner__volunteer__standing__in=gone)


def _near(found: QuerySet[Listing], viewer: Account) -> QuerySet[Listing]:
    """Keep what is from a neighbourhood near the viewer's.

    From middle to middle, never from home to home: who is on the board would tell, asked from many places, where
    they live.
    """
    here = viewer.place
    if here is None:
        return found
    up, along = CELL_LATITUDE * NEAR_CELLS, CELL_LONGITUDE * NEAR_CELLS
    box = [
        (here.latitude - up, here.latitude + up),
        (here.longitude - along, here.longitude + along),
    ]
    return found.filter(
        Q(
            owner__family__place__latitude__range=box[0],
            owner__family__place__longitude__range=box[1],
        )
        | Q(
            owner__volunteer__place__latitude__range=box[0],
            owner__volunteer__place__longitude__range=box[1],
        )
        | Q(
            owner__organisation__place__latitude__range=box[0],
            owner__organisation__place__longitude__range=box[1],
        )
        | Q(owner=viewer)
    )


def _row(listing: Listing, viewer: Account | None, talks: dict[int, int]) -> Row:
    place = listing.owner.place
    mine = viewer.place if viewer else None
    return Row(
        listing=listing,
        who=str(listing.owner),
        place=place.name if place else "",
        how_near=how_near(mine, place) if mine and place else "",
        is_mine=viewer is not None and viewer.pk == listing.owner_id,
        talk=talks.get(listing.pk),
    )
