"""Any sequence of what happens in the life of link-ups, against a small model of what must never be.

Three families who seek (one hopes for both kinds), three who help, two coaches and a clock (tests/matching/village.py).
After every step everything is looked at that must hold whatever happened before.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import Http404
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from matching import access, choices, ending, linkups, resting, rounds, words
from matching.models import Choice, LinkUp, Shortlist, Supporter, Word
from matching.reading import coach_today
from matching.waiting import seeking
from people import handing
from people.models import Block, Family
from safeguarding.models import Check
from tests import cast
from tests.matching import cast as street
from tests.matching.village import Village

SEQUENCES = 12  # on each of the two databases
FAMILIES, HELPERS = st.integers(0, 2), st.integers(0, 2)
WAITS, ANSWERED = Choice.Answer.WAITING, (Choice.Answer.YES, Choice.Answer.NO)


class Life(Village):
    """What may happen to them, and what must never be."""

    # --- What happens -------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 6, 13, 40]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        resting.keep_to_clearance(self.now)  # as the clock does
        handing.take_turns(self.now)

    @rule()
    def a_round_is_run_and_sent(self) -> None:
        made = rounds.open_round(area=self.town.area, by=self.ruth, at=self.now)
        if made.sent_at is None and rounds.approve_all(round=made, by=self.ruth, at=self.now):
            rounds.send(round=made, by=self.ruth, at=self.now)

    @rule(n=FAMILIES, data=st.data())
    def a_family_chooses(self, n: int, data: st.DataObject) -> None:
        lists = access.own_shortlists(self.adult(n))
        if not lists:
            return
        mine = self.some(data, lists)
        entry = self.some(data, [*mine.entries.all(), None])
        told = {"children_said": "", "words": "" if entry else "Nobody with a dog, please"}
        try:
            made = choices.choose(
                shortlist=mine, entry=entry, by=self.adult(n), at=self.now, **told
            )
        except choices.ChoiceError:
            return
        if entry is not None and made.answer == WAITS:
            self.must_be_allowed(self.families[n], entry.supporter_id)

    @precondition(lambda self: Choice.objects.filter(answer=WAITS, entry__isnull=False).exists())
    @rule(data=st.data(), yes=st.booleans())
    def a_supporter_answers(self, data: st.DataObject, yes: bool) -> None:
        waiting = list(
            Choice.objects.filter(answer=WAITS, entry__isnull=False)
            .select_related("entry__supporter", "shortlist")
            .order_by("pk")
        )
        asked = self.some(data, waiting)
        by = self.user_of(self.helper(self.helpers.index(asked.entry.supporter_id)))
        try:
            made = choices.answer(choice=asked, yes=yes, by=by, at=self.now)
        except choices.ChoiceError:
            return
        if made is not None:
            self.must_be_allowed(made.family_id, made.supporter_id, until_on=made.planned_end_on)
            assert made.planned_end_on > made.started_on

    @rule(n=HELPERS, again=st.booleans())
    def a_supporter_pauses_or_goes_on(self, n: int, again: bool) -> None:
        until_on = None if again else self.on + timedelta(days=3650)
        Supporter.objects.filter(pk=self.helpers[n]).update(paused_until_on=until_on)
        (self.model.paused.discard if again else self.model.paused.add)(self.helpers[n])

    @rule(n=HELPERS, weeks=st.sampled_from([0, 8, 40, 150]))
    def a_check_is_decided(self, n: int, weeks: int) -> None:
        """Cleared for some weeks, or refused."""
        helper = self.helper(n)
        person = helper.family.guardians.get() if helper.family else helper.volunteer
        until_on = self.on + timedelta(weeks=weeks)
        made = street.checked(person, self.ruth, valid_until_on=until_on)
        refused = Check.Decision.REFUSED if not weeks else Check.Decision.CLEARED
        Check.objects.filter(pk=made.pk).update(
            issued_on=self.on, decided_at=self.now, decision=refused
        )
        self.model.cleared_until[helper.pk] = until_on if weeks else date.min
        resting.keep_to_clearance(self.now)

    @rule(n=FAMILIES, m=HELPERS, by_family=st.booleans())
    def somebody_blocks(self, n: int, m: int, by_family: bool) -> None:
        two = [self.adult(n), self.user_of(self.helper(m))]
        blocker, blocked = two if by_family else reversed(two)
        Block.objects.get_or_create(blocker=blocker, blocked=blocked, defaults={"at": self.now})
        self.model.blocked.add((self.families[n], self.helpers[m]))

    @precondition(lambda self: LinkUp.objects.going().exists())
    @rule(data=st.data(), weeks=st.integers(1, 12))
    def a_coach_gives_it_longer(self, data: st.DataObject, weeks: int) -> None:
        link_up = self.some(data, list(LinkUp.objects.going().order_by("pk")))
        try:
            made = ending.extend(
                link_up=link_up, weeks=weeks, why="The move", by=self.ruth, at=self.now
            )
        except linkups.LinkUpError:
            return
        assert self.model.cleared_until[link_up.supporter_id] >= made.to_on
        assert (made.to_on - link_up.started_on).days < 30 * 7

    @precondition(lambda self: LinkUp.objects.going().exists())
    @rule(data=st.data(), how=st.sampled_from(["done", "early_done", "moved", "stopped"]))
    def a_link_up_ends(self, data: st.DataObject, how: str) -> None:
        link_up = self.some(data, list(LinkUp.objects.going().order_by("pk")))
        looks_on = data.draw(st.booleans())
        told = {"ending": how, "words": "That was it", "looks_on": looks_on}
        try:
            linkups.end(link_up=link_up, on=self.on, by=self.ruth, at=self.now, **told)
        except linkups.LinkUpError:
            assert how == "done"
            return
        if how == "stopped":
            self.model.parted.add((link_up.family_id, link_up.supporter_id))
        assert Family.objects.get(pk=link_up.family_id).wants_link_up == looks_on

    @rule(n=FAMILIES, standing=st.sampled_from(["paused", "left"]))
    def a_family_rests_or_leaves(self, n: int, standing: str) -> None:
        if not LinkUp.objects.going().filter(family=self.families[n]).exists():
            Family.objects.filter(pk=self.families[n]).update(standing=standing)

    @rule(n=FAMILIES)
    def a_family_comes_back(self, n: int) -> None:
        words.come_back(family=self.family(n), words="", by=self.adult(n), at=self.now)
        assert self.family(n).wants_link_up

    @precondition(lambda self: Word.objects.unheard().exists())
    @rule()
    def the_coach_hears(self) -> None:
        words.hear(word=Word.objects.unheard().first(), by=self.ruth, at=self.now)

    @rule(away=st.booleans(), back=st.sampled_from([None, 5, 30]))
    def a_coach_hands_everybody_over(self, away: bool, back: int | None) -> None:
        two = (self.ruth, self.town.imran)
        giver, to = two if away else tuple(reversed(two))
        back_on = self.on + timedelta(days=back) if back else None
        days = {"from_on": self.on, "back_on": back_on}
        told = {"why": "", "client_id": uuid4(), "by": giver, "at": self.now}
        try:
            handing.hand_over(giver=giver, to=to, reach=handing.Reach(), **days, **told)
        except handing.HandingError:
            return
        assert not Family.objects.filter(coach=giver).exists()

    def must_be_allowed(self, family: int, helper: int, until_on: date | None = None) -> None:
        assert self.model.may_meet(family, helper, self.on, until_on or self.on)

    # --- What must never be -------------------------------------------------------------------

    @invariant()
    def nobody_has_more_link_ups_than_wishes(self) -> None:
        for n, pk in enumerate(self.families):
            going = list(LinkUp.objects.going().filter(family=pk).select_related("supporter"))
            kinds = [one.supporter.family_id is not None for one in going]
            assert len(going) <= (2 if self.family(n).hopes_for == Family.Hope.BOTH else 1)
            assert len(set(kinds)) == len(kinds)
        for pk in self.helpers:
            helper = Supporter.objects.get(pk=pk)
            assert LinkUp.objects.going().filter(supporter=pk).count() <= helper.capacity

    @invariant()
    def nobody_can_choose_whom_they_must_not_meet(self) -> None:
        offered = Shortlist.objects.filter(standing=Shortlist.Standing.OFFERED)
        for mine in offered.select_related("family").prefetch_related("entries", "choices"):
            for entry in mine.entries.all():
                if not choices.why_not_now(mine, entry, at=self.now):
                    self.must_be_allowed(mine.family_id, entry.supporter_id)

    @invariant()
    def who_is_not_cleared_stands_beside_nobody(self) -> None:
        """Their link-ups rest, and nobody writes in them."""
        for link_up in LinkUp.objects.going().select_related("conversation"):
            if self.model.cleared_until[link_up.supporter_id] < self.on:
                assert resting.rests_on(link_up, self.on)
                assert link_up.conversation.paused_at is not None

    @invariant()
    def nobody_reaches_anybody_before_both_said_yes(self) -> None:
        """No link-up, and so no conversation and no name to write to, without the supporter's yes."""
        for link_up in LinkUp.objects.select_related("choice"):
            assert link_up.choice is not None
            assert link_up.choice.answer == Choice.Answer.YES
        linked = set(LinkUp.objects.values_list("family", "supporter"))
        for n, pk in enumerate(self.families):
            for m, helper in enumerate(self.helpers):
                if (pk, helper) not in linked:
                    one, other = self.adult(n), self.user_of(self.helper(m))
                    assert not one.talks.filter(conversation__participants__user=other).exists()
                    for link_up in LinkUp.objects.filter(supporter=helper).exclude(family=pk):
                        with pytest.raises(Http404):
                            access.link_up_for(one, link_up.pk)

    @invariant()
    def nobody_is_forgotten(self) -> None:
        """Whoever looks for somebody is seen by the next round, or has a list or somebody; and by their coach."""
        here = Family.objects.filter(
            pk__in=self.families, wants_link_up=True, standing__in=["applied", "welcomed", "active"]
        )
        next_round = set(seeking(here).values_list("pk", flat=True))
        for family in here:
            has_list = family.shortlists.filter(standing__in=["offered", "chosen"]).exists()
            has_somebody = LinkUp.objects.going().filter(family=family).exists()
            assert family.pk in next_round or has_list or has_somebody
            if family.pk in next_round and not has_list and not has_somebody:
                assert family.coach is not None
                day = {need.who for need in coach_today(family.coach, self.on).all_needs}
                assert family.display_name in day or self.in_an_open_round(family)

    def in_an_open_round(self, family: Family) -> bool:
        """Whether a round that is still to be sent holds a pair for it: the round itself stands in the coach's day."""
        return family.proposals.filter(round__sent_at=None).exists()


@pytest.mark.django_db
def test_no_sequence_of_events_breaks_what_must_hold(town: cast.Town, now: datetime) -> None:
    Life.town, Life.began = town, now
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
