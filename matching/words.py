"""A member's word to the coach, and the coach's having heard it.

A newcomer would act on it at once. It is said, kept and seen by the coach; only coming back does something by itself:
the family waits again from that day, because a coach on leave must not cost it weeks.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.linkups import LinkUpError
from matching.models import LinkUp, Word
from matching.notices import to
from people.letters import tell
from people.models import Family, User

ABOUT_THE_END = (Word.Kind.FINISH, Word.Kind.LONGER, Word.Kind.STOP)
NEXT_STEPS = (Word.Kind.SHARE, Word.Kind.TIME_BANK, Word.Kind.NEITHER)


@transaction.atomic
def about_the_end(
    *, link_up: LinkUp, side: str, kind: str, words: str, by: User, at: datetime
) -> Word:
    """Keep what one side would like for the end; a word the coach hasn't heard yet is taken back for the new one.

    Said twice, it is one. Raises LinkUpError once it has ended.
    """
    locked = (
        LinkUp.objects.select_for_update(of=("self",))
        .select_related("family__coach")
        .get(pk=link_up.pk)
    )
    if locked.ended_on is not None:
        raise LinkUpError(_("This link-up has ended already."))
    if kind not in ABOUT_THE_END:
        raise LinkUpError(_("Choose what you would like."))
    return _say(
        family=locked.family, link_up=locked, side=side, kind=kind, words=words, by=by, at=at
    )


@transaction.atomic
def next_step(*, link_up: LinkUp, kind: str, words: str, by: User, at: datetime) -> Word:
    """Keep what a seeking family would like after a link-up that has ended. Said twice, it is one."""
    locked = (
        LinkUp.objects.select_for_update(of=("self",))
        .select_related("family__coach")
        .get(pk=link_up.pk)
    )
    if locked.ended_on is None:
        raise LinkUpError(_("This is asked when a link-up has ended."))
    if kind not in NEXT_STEPS:
        raise LinkUpError(_("Choose what you would like."))
    return _say(
        family=locked.family,
        link_up=locked,
        side="family",
        kind=kind,
        words=words,
        by=by,
        at=at,
        heard=kind != Word.Kind.SHARE,  # the other two need nothing from a coach
    )


@transaction.atomic
def come_back(*, family: Family, words: str, by: User, at: datetime) -> Word | None:
    """Let a family wait for somebody again: it says so itself, whenever it likes. None where it waits already.

    Its wait begins today (matching.waiting); after a break it goes on where it stood, because nobody who rests a while
    should lose their place.
    """
    locked = (
        Family.objects.select_for_update(of=("self",)).select_related("coach").get(pk=family.pk)
    )
    had_left = locked.standing == Family.Standing.LEFT
    if not had_left and locked.wants_link_up and locked.standing != Family.Standing.PAUSED:
        return Word.objects.unheard().filter(family=locked, link_up=None).first()
    kind = Word.Kind.BACK if had_left or not locked.wants_link_up else Word.Kind.GO_ON
    if locked.standing in (Family.Standing.PAUSED, Family.Standing.LEFT):
        locked.standing = Family.Standing.WELCOMED
    locked.wants_link_up = True
    locked.save(update_fields=["standing", "wants_link_up"])
    return _say(family=locked, link_up=None, side="family", kind=kind, words=words, by=by, at=at)


@transaction.atomic
def hear(*, word: Word, by: User, at: datetime) -> Word:
    """Note that the coach heard it. Twice changes nothing."""
    locked = Word.objects.select_for_update().get(pk=word.pk)
    if locked.heard_at is None:
        locked.heard_at, locked.heard_by = at, by
        locked.save(update_fields=["heard_at", "heard_by"])
    return locked


def _say(
    *,
    family: Family,
    link_up: LinkUp | None,
    side: str,
    kind: str,
    words: str,
    by: User,
    at: datetime,
    heard: bool = False,
) -> Word:
    said = words.strip()
    before = Word.objects.filter(family=family, link_up=link_up, side=side)
    newest = before.last()
    if link_up is not None and newest is not None and (newest.kind, newest.words) == (kind, said):
        return newest
    # Whoever thinks again before it was heard means the new word; the old one stays, as heard by themselves.
    before.unheard().update(heard_at=at, heard_by=by)
    made = Word.objects.create(
        family=family,
        link_up=link_up,
        side=side,
        kind=kind,
        words=said,
        by=by,
        at=at,
        heard_at=at if heard else None,
        heard_by=by if heard else None,
    )
    if family.coach and not heard:
        tell([family.coach], about="matching/word", page=to("family", id=family.pk))
    return made
