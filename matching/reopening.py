"""A round that is kept, as the engine's own question and answer again, so that more can be asked of it.

A newcomer would run the round again to ask "and if?". People have moved on since then: what is asked of a round is
answered by what the round saw.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from matching.engine.terms import Answer, Instance, Pair, Seeking
from matching.engine.terms import Supporter as Helper
from matching.engine_ids import family_id, row_id, supporter_id
from matching.models import Round, Supporter, Wish
from people.models import Family


def question_of(round_: Round) -> Instance:
    """Give the question of a round that is done; one query where the row came without its snapshot."""
    told = round_.snapshot["instance"]
    return Instance(
        seeking=tuple(Seeking(**one) for one in told["seeking"]),
        supporters=tuple(Helper(**one) for one in told["supporters"]),
        pairs=tuple(Pair(**one) for one in told["pairs"]),
    )


def answer_of(kept: dict[str, Any]) -> Answer:
    """Give the engine's answer; the reasons stay where they are.

    Rounds of before 22 November 2026 kept no `closed`; a newcomer's search takes longer without, and finds the same.
    """
    pairs = tuple(Pair(told["seeking"], told["supporter"], told["score"]) for told in kept["pairs"])
    return Answer(
        pairs,
        kept["score"],
        unplaced=tuple(told["seeking"] for told in kept["unplaced"]),
        prices=tuple((one, price) for one, price in kept["prices"]),
        closed=tuple((one, family) for one, family in kept.get("closed", ())),
    )


class Called(Mapping[str, str]):
    """What everybody in a round is called, by the engine's ids; `told` are those whose name was asked for.

    A name that was asked for is a name that is shown, so `told` is whose records a page opens. Of a family with two
    wishes it is said which one is meant: what happens to one need not happen to the other.
    """

    def __init__(self, question: Instance) -> None:
        """Look them up, in two queries however many they are."""
        families = [row_id(one.id) for one in question.seeking]
        helpers = [row_id(one.id) for one in question.supporters]
        self.told: set[str] = set()
        # The names alone: a county has thousands of people, and a page shows a few.
        seeking = Family.objects.filter(pk__in=families).values_list("pk", "display_name")
        names = dict(seeking)
        wishes = Counter(families)
        self._names = {
            one.id: _for_one_wish(names[row], one.id) if wishes[row] > 1 else names[row]
            for one in question.seeking
            if (row := row_id(one.id)) in names
        }
        helping = Supporter.objects.filter(pk__in=helpers)
        for pk, *either in helping.values_list("pk", "family__display_name", "volunteer__name"):
            self._names[supporter_id(pk)] = next(name for name in either if name)

    def __getitem__(self, one: str) -> str:
        """Give a name; whoever was erased since has none."""
        self.told.add(one)
        return self._names.get(one) or _("somebody who has left")

    def __iter__(self) -> Iterator[str]:
        """Give the ids of everybody who is still there."""
        return iter(self._names)

    def __len__(self) -> int:
        """Say how many those are."""
        return len(self._names)

    def families(self) -> list[Family]:
        """Give the families whose names were told, on either side, in two queries."""
        seeking = {row_id(one) for one in self.told if one.startswith("f")}
        helping = [row_id(one) for one in self.told if one.startswith("s")]
        sharing = Supporter.objects.filter(pk__in=helping, family__isnull=False)
        seeking.update(sharing.values_list("family_id", flat=True))
        return list(Family.objects.filter(pk__in=seeking).order_by("pk"))


def _for_one_wish(name: str, engine_id: str) -> str:
    row = row_id(engine_id)
    wish = Wish.VOLUNTEER if engine_id == family_id(row, Wish.VOLUNTEER) else Wish.SHARING
    return _("%(name)s (for %(whom)s)") % {"name": name, "whom": wish.label}


def stands_as(question: Instance, family: Family, supporter: Supporter | None = None) -> list[str]:
    """Give what a family is called in a question: once for each of its wishes; with a supporter, for that kind's."""
    ids = [one.id for one in question.seeking if row_id(one.id) == family.pk]
    if supporter is None or len(ids) < 2:
        return ids
    wish = Wish.SHARING if supporter.family_id is not None else Wish.VOLUNTEER
    return [one for one in ids if one == family_id(family.pk, wish)]
