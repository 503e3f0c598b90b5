"""The family chooses, the supporter answers. Nothing is automatic, and nobody is told that they were not chosen.

A newcomer would trust the shortlist. Between offer and choice, and between choice and answer, somebody may fill the
last place, pause, block or lose a check; so both steps ask the rules again, with the supporter's row locked.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goals.models import Goal
from matching import linkups, notices
from matching.comparing import USUAL_WEEKS, against
from matching.engine.eligibility import Blocker
from matching.engine.rules import TOO_FAR
from matching.models import Choice, LinkUp, Shortlist, ShortlistEntry, Supporter
from matching.waiting import going_for
from people.letters import tell
from people.models import User


class ChoiceError(Exception):
    """The choice can't be taken as it is; the message is for the person who made it."""


class NoLongerFreeError(ChoiceError):
    """The supporter can't be chosen, or can't say yes, any more."""


@transaction.atomic
def choose(
    *,
    shortlist: Shortlist,
    entry: ShortlistEntry | None,
    children_said: str,
    words: str,
    by: User,
    at: datetime,
    children: Mapping[int, str] | None = None,
    passes_on: bool = False,
) -> Choice:
    """Take the family's choice from its shortlist, or "none of these" (`entry` None) with why.

    "None of these" closes the shortlist and goes back to the coach; the family keeps its place in the queue, because
    its wait is counted from when it applied. Sending the same choice twice gives the first one.

    `children` is what the children say of each, by the entry's number: a no is kept and shown, and decides nothing.
    `passes_on` says whether the one who is chosen may read `children_said`.
    """
    if entry is not None:
        Supporter.objects.select_for_update().get(pk=entry.supporter_id)
    locked = Shortlist.objects.select_for_update().get(pk=shortlist.pk)
    again = _same_again(locked, entry)
    if again is not None:
        return again
    if locked.standing != Shortlist.Standing.OFFERED:
        raise ChoiceError(
            _("You have chosen already. We'll tell you as soon as there's an answer.")
        )
    if entry is None:
        return _none_of_these(locked, children_said, words, by=by, at=at)
    if entry.shortlist_id != locked.pk or has_said_no(locked, entry):
        raise ChoiceError(_("Choose one of the people on your page."))
    _must_be_free(locked, entry, at=at, chosen_counts=True)
    made = Choice.objects.create(
        shortlist=locked,
        entry=entry,
        children_said=children_said,
        passes_on=passes_on,
        words=words,
        chosen_by=by,
        chosen_at=at,
    )
    _keep_what_children_say(locked, children or {})
    _move(locked, Shortlist.Standing.CHOSEN)
    tell(
        notices.helpers_of(entry.supporter),
        about="matching/chosen",
        page=notices.to("choice", id=made.pk),
    )
    return made


@transaction.atomic
def answer(*, choice: Choice, yes: bool, by: User, at: datetime) -> LinkUp | None:
    """Take the supporter's answer. A yes starts the link-up and gives it; a no gives None and asks the family again.

    The same answer twice changes nothing. Raises ChoiceError when it was answered differently, and NoLongerFreeError
    when a yes can't be kept: the supporter has no room left, or is no longer cleared until the planned end.
    """
    assert choice.entry is not None, "nobody is asked about none of these"
    Supporter.objects.select_for_update().get(pk=choice.entry.supporter_id)
    shortlist = Shortlist.objects.select_for_update().get(pk=choice.shortlist_id)
    locked = Choice.objects.select_related("entry__supporter").get(pk=choice.pk)
    wanted = Choice.Answer.YES if yes else Choice.Answer.NO
    if locked.answer == wanted:
        return LinkUp.objects.filter(choice=locked).first()
    if locked.answer != Choice.Answer.WAITING:
        raise ChoiceError(_("This was answered already. Ask your coach if that was a mistake."))
    made = _start(shortlist, locked, by=by, at=at) if yes else None
    locked.answer, locked.answered_by, locked.answered_at = wanted, by, at
    locked.save(update_fields=["answer", "answered_by", "answered_at"])
    if made is None:
        _ask_again(shortlist)
    page = notices.to("link_up", id=made.pk) if made else notices.to("shortlist")
    tell(notices.adults_of([shortlist.family]), about="matching/answered", page=page)
    return made


def why_not_now(shortlist: Shortlist, entry: ShortlistEntry, *, at: datetime) -> str:
    """Give what a family reads beside somebody it can't choose any more; empty while it can."""
    if has_said_no(shortlist, entry):
        return _("They can't just now.")
    return _in_words(_found_against(shortlist, entry, at=at, chosen_counts=True))


def has_said_no(shortlist: Shortlist, entry: ShortlistEntry) -> bool:
    """Say whether this supporter answered this shortlist with a no."""
    return any(
        choice.entry_id == entry.pk and choice.answer == Choice.Answer.NO
        for choice in shortlist.choices.all()
    )


# --- The steps --------------------------------------------------------------------------------


def _none_of_these(
    shortlist: Shortlist, children_said: str, words: str, *, by: User, at: datetime
) -> Choice:
    if not words.strip():
        raise ChoiceError(_("Tell us in a few words why, so that we can look better."))
    _move(shortlist, Shortlist.Standing.CLOSED)
    return Choice.objects.create(
        shortlist=shortlist,
        entry=None,
        children_said=children_said,
        words=words,
        chosen_by=by,
        chosen_at=at,
    )


def _keep_what_children_say(shortlist: Shortlist, children: Mapping[int, str]) -> None:
    """Write it beside each entry; where nobody asked them this time, what they said before stands."""
    entries = list(shortlist.entries.filter(pk__in=[pk for pk, says in children.items() if says]))
    for entry in entries:
        entry.children = children[entry.pk]
    ShortlistEntry.objects.bulk_update(entries, ["children"])


def _start(shortlist: Shortlist, choice: Choice, *, by: User, at: datetime) -> LinkUp:
    assert choice.entry is not None, "checked by answer"
    _must_be_free(shortlist, choice.entry, at=at, chosen_counts=False)
    family = shortlist.family
    if going_for(family, shortlist.wish).exists():
        raise NoLongerFreeError(
            _("The family has found somebody meanwhile. Thank you for saying yes.")
        )
    _move(shortlist, Shortlist.Standing.AGREED)
    return linkups.start(
        family=family,
        supporter=choice.entry.supporter,
        goals=Goal.objects.active().filter(family=family),
        weeks=USUAL_WEEKS,
        on=timezone.localdate(at),
        by=by,
        at=at,
        choice=choice,
    )


def _ask_again(shortlist: Shortlist) -> None:
    """Offer the rest of the list; when everybody on it has said no, it goes back to the coach."""
    asked = set(
        shortlist.choices.filter(answer=Choice.Answer.NO).values_list("entry_id", flat=True)
    )
    left = shortlist.entries.exclude(pk__in=asked).exists()
    _move(shortlist, Shortlist.Standing.OFFERED if left else Shortlist.Standing.CLOSED)


def _must_be_free(
    shortlist: Shortlist, entry: ShortlistEntry, *, at: datetime, chosen_counts: bool
) -> None:
    found = _found_against(shortlist, entry, at=at, chosen_counts=chosen_counts)
    if found:
        raise NoLongerFreeError(_in_words(found))


def _found_against(
    shortlist: Shortlist, entry: ShortlistEntry, *, at: datetime, chosen_counts: bool
) -> list[Blocker]:
    """Ask the rules again, save for how far: the coach looked at that before the list was sent.

    It is measured from home to home. A card that goes when a family says it travels a kilometre less would tell where
    the other home is.
    """
    found = against(
        family=shortlist.family, supporter=entry.supporter, at=at, chosen_counts=chosen_counts
    )
    return [one for one in found if one.code != TOO_FAR]


def _in_words(found: list[Blocker]) -> str:
    """Say that it can't be, and not why: a check, a block or a pause is nobody else's business."""
    if not found:
        return ""
    if {one.code for one in found} == {"full"}:
        return _("Somebody else asked them first. Please choose another, or ask us to look again.")
    return _("They can't be chosen just now. Please choose another, or ask us to look again.")


def _same_again(shortlist: Shortlist, entry: ShortlistEntry | None) -> Choice | None:
    newest = shortlist.choices.order_by("-pk").first()
    if newest is None or newest.answer != Choice.Answer.WAITING:
        return None
    return newest if newest.entry_id == (entry.pk if entry else None) else None


def _move(shortlist: Shortlist, standing: str) -> None:
    shortlist.standing = standing
    shortlist.save(update_fields=["standing"])
