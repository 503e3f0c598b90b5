"""Whom a concern is about: brought along from the page it was raised on, or said by the lead.

A page about somebody gives its footer a signed word for them, so that no address holds a name and nobody can make up
a word for a family whose page they couldn't open: it is good only for the reader it was made for.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet

from people.access import is_staff_member
from people.models import Family, User, Volunteer
from safeguarding.models import Concern, ConcernAbout

Whom = Family | Volunteer | User
SIGNER = Signer(salt="safeguarding.about")
FIELDS: dict[type[Whom], str] = {Family: "family", Volunteer: "volunteer", User: "user"}
MODELS: dict[str, type[Whom]] = {name: model for model, name in FIELDS.items()}
MOST_FOUND = 10


def word_for(*people: Whom | None, reader: User) -> str:
    """Give the signed word for whom a page is about; the reader and the reader's own family are left out."""
    home = _home_of(reader)
    named = [
        (FIELDS[type(one)], one.pk)
        for one in people
        if one is not None and one != reader and (home is None or _home_of(one) != home)
    ]
    return SIGNER.sign_object([reader.pk, named]) if named else ""


def people_in(word: str, *, reader: object) -> list[Whom]:
    """Give whom a signed word names; nobody for one that isn't ours or was made for somebody else."""
    try:
        made_for, named = SIGNER.unsign_object(word)
    except (BadSignature, ValueError):
        return []
    if made_for != getattr(reader, "pk", None):
        return []
    found = [MODELS[kind].objects.filter(pk=pk).first() for kind, pk in named]
    return [one for one in found if one is not None]


def note_whom(*, concern: Concern, whom: Whom, by: User | None, at: datetime) -> ConcernAbout:
    """Keep it from them and their household from now on. Said twice, it is noted once."""
    noted, _is_new = ConcernAbout.objects.get_or_create(
        concern=concern,
        **{FIELDS[type(whom)]: whom},
        defaults={"said_by": by, "said_at": at},
    )
    return noted


def look_for(words: str) -> list[Whom]:
    """Give the families, volunteers and colleagues whose names hold these words: some of each."""
    words = words.strip()
    if len(words) < 2:
        return []
    families = Family.objects.filter(
        Q(display_name__icontains=words) | Q(guardians__name__icontains=words)
    ).select_related("place")
    volunteers = Volunteer.objects.filter(name__icontains=words).select_related("place")
    colleagues = User.objects.filter(name__icontains=words, staff_roles__isnull=False)
    return [*_some(families), *_some(volunteers), *_some(colleagues)]


def named(kind: str, pk: int) -> Whom | None:
    """Give a family, volunteer or colleague that the lead chose from what was found."""
    model = MODELS.get(kind)
    found = model.objects.filter(pk=pk).first() if model else None
    return None if isinstance(found, User) and not is_staff_member(found) else found


def _home_of(one: Whom) -> int | None:
    if isinstance(one, Family):
        return one.pk
    guardian = getattr(one, "guardian", None) if isinstance(one, User) else None
    return guardian.family_id if guardian else None


def _some(found: QuerySet) -> list[Whom]:
    return list(found.distinct().order_by("pk")[:MOST_FOUND])
