"""Any sequence of what people do with hours, against a model of thirty lines; the books are checked at each step."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests import cast
from timebank import accounts, floors, gatherings, leaving, ledger
from timebank.limits import DEFAULT_FLOOR_MINUTES
from timebank.models import Account, Transfer
from timebank.reconcile import reconcile

WHO = st.integers(0, 2)
POT = 3
MINUTES = st.one_of(st.integers(1, 400), st.sampled_from([599, 600, 601, 900]))
SEQUENCES = 500  # on each of the two databases


class Model:
    """What the books should say: balances, how low each may go and until when, and who has closed."""

    def __init__(self, ids: list[int]) -> None:
        self.balance = dict.fromkeys(ids, 0)
        self.floor = dict.fromkeys(ids, DEFAULT_FLOOR_MINUTES) | {ids[POT]: -(10**9)}
        self.lower: dict[int, list] = {one: [] for one in ids}  # (granted, ends, floor)
        self.closed: set[int] = set()
        self.lines = 0

    def lowest(self, one: int, now) -> int:
        granted = [floor for since, ends, floor in self.lower[one] if since <= now < ends]
        return min([self.floor[one], *granted])

    def move(self, payer: int, payee: int, minutes: int, now, *, anyway: bool = False) -> str:
        """Move it, or say why it can't be."""
        if {payer, payee} & self.closed:
            return "closed"
        if self.balance[payer] - minutes < self.lowest(payer, now) and not anyway:
            return "floor"
        self.balance[payer] -= minutes
        self.balance[payee] += minutes
        self.lines += 1
        return ""


REFUSED = {"closed": ledger.AccountClosed, "floor": ledger.BelowFloor}


class Books(RuleBasedStateMachine):
    """The ledger on one side, the model on the other."""

    people = None
    other_broker = None
    began = None

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        mine = [self.people.amara, self.people.denise, self.people.nadia, accounts.pot()]
        self.ids = [account.pk for account in mine]
        self.model = Model(self.ids)
        self.now = self.began
        self.posted: list[dict] = []
        self.first_answers: dict[str, int] = {}
        self.put_right: set[str] = set()
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def account(self, who: int) -> Account:
        return Account.objects.get(pk=self.ids[who])

    def who_by(self) -> dict:
        return {"by": self.people.bea, "at": self.now}

    def send(self, body: dict) -> Transfer:
        return ledger.transfer(
            **body, kind="exchange", reason="", happened_at=self.began, **self.who_by()
        )

    def next_key(self) -> str:
        self.number += 1
        return f"key {self.number}"

    @rule(payer=st.integers(0, POT), payee=st.integers(0, POT), minutes=MINUTES)
    def post(self, payer: int, payee: int, minutes: int) -> None:
        body = {"payer_id": self.ids[payer], "payee_id": self.ids[payee], "minutes": minutes}
        body["key"] = self.next_key()
        if payer == payee:
            with pytest.raises(ledger.NoSuchPosting):
                self.send(body)
            return
        why_not = self.model.move(self.ids[payer], self.ids[payee], minutes, self.now)
        if why_not:
            with pytest.raises(REFUSED[why_not]):
                self.send(body)
            return
        self.first_answers[body["key"]] = self.send(body).pk
        self.posted.append(body)

    @precondition(lambda self: self.posted)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        body = data.draw(st.sampled_from(self.posted))
        assert self.send(body).pk == self.first_answers[body["key"]]

    @precondition(lambda self: self.posted)
    @rule(data=st.data(), more=st.integers(1, 9))
    def reuse_the_key(self, data: st.DataObject, more: int) -> None:
        body = data.draw(st.sampled_from(self.posted))
        with pytest.raises(ledger.KeyReused):
            self.send(body | {"minutes": body["minutes"] + more})

    @precondition(lambda self: self.posted)
    @rule(data=st.data(), again=st.booleans())
    def reverse(self, data: st.DataObject, again: bool) -> None:
        body = data.draw(st.sampled_from(self.posted))
        first = Transfer.objects.get(key=body["key"])
        undo = {"transfer": first, "reason": "Wrong day", **self.who_by()}
        if body["key"] in self.put_right and again:
            assert ledger.reverse(**undo, key=f"back {first.pk}").reverses_id == first.pk
        elif body["key"] in self.put_right:
            with pytest.raises(ledger.NotReversible):
                ledger.reverse(**undo, key=f"back {first.pk} again")
        elif self.model.move(
            body["payee_id"], body["payer_id"], body["minutes"], self.now, anyway=True
        ):
            with pytest.raises(ledger.AccountClosed):
                ledger.reverse(**undo, key=f"back {first.pk}")
        else:
            ledger.reverse(**undo, key=f"back {first.pk}")
            self.put_right.add(body["key"])

    @rule(who=WHO, floor=st.integers(-1_500, -500), weeks=st.integers(1, 26))
    def grant(self, who: int, floor: int, weeks: int) -> None:
        ends_at = self.now + timedelta(weeks=weeks)
        asked = {"account": self.account(who), "floor_minutes": floor, "reason": "Ill"}
        if floor >= DEFAULT_FLOOR_MINUTES:
            with pytest.raises(floors.NotGranted):
                floors.grant(**asked, ends_at=ends_at, **self.who_by())
            return
        floors.grant(**asked, ends_at=ends_at, **self.who_by())
        self.model.lower[self.ids[who]].append((self.now, ends_at, floor))

    @rule(who=WHO)
    def revoke(self, who: int) -> None:
        for granted in floors.active(self.account(who), at=self.now):
            floors.revoke(exception=granted, **self.who_by())
        self.model.lower[self.ids[who]] = [
            (since, min(ends, self.now) if since <= self.now else ends, floor)
            for since, ends, floor in self.model.lower[self.ids[who]]
        ]

    @rule(minutes=st.dictionaries(WHO, st.integers(1, 300), min_size=1))
    def gather(self, minutes: dict[int, int]) -> None:
        self.number += 1
        told = {self.account(who): long for who, long in minutes.items()}
        asked = {"words": "Tidied up", "held_on": self.now.date(), "minutes": told}
        asked["client_id"] = UUID(int=self.number)
        if {account.pk for account in told} & self.model.closed:
            with pytest.raises(ledger.AccountClosed):
                gatherings.record(**asked, **self.who_by())
            return
        gatherings.record(**asked, **self.who_by())
        for account, long in told.items():
            self.model.move(self.ids[POT], account.pk, long, self.now)

    @rule(who=WHO, to=st.integers(0, POT), share=st.sampled_from([1, 2]))
    def donate(self, who: int, to: int, share: int) -> None:
        has = self.model.balance[self.ids[who]]
        if who == to or has < share or {self.ids[who], self.ids[to]} & self.model.closed:
            return
        giver = [self.people.amara_user, self.people.denise_user, self.people.nadia_user][who]
        given = {"account": self.account(who), "to": self.account(to), "words": "For you"}
        with pytest.raises(leaving.CannotLeave):
            leaving.donate(**given, minutes=has + 1, by=giver, at=self.now, key=self.next_key())
        self.model.move(self.ids[who], self.ids[to], has // share, self.now, anyway=True)
        leaving.donate(**given, minutes=has // share, by=giver, at=self.now, key=self.next_key())

    @rule(who=WHO)
    def write_off(self, who: int) -> None:
        has = self.model.balance[self.ids[who]]
        if not has or self.ids[who] in self.model.closed:
            return
        asked = leaving.ask_to_write_off(account=self.account(who), reason="Moved", **self.who_by())
        with pytest.raises(leaving.CannotLeave):
            leaving.agree_to_write_off(write_off=asked, **self.who_by())
        leaving.agree_to_write_off(write_off=asked, by=self.other_broker, at=self.now)
        self.model.move(self.ids[who], self.ids[POT], has, self.now, anyway=True)

    @rule(who=WHO)
    def close(self, who: int) -> None:
        if self.model.balance[self.ids[who]]:
            with pytest.raises(leaving.CannotLeave):
                leaving.close(account=self.account(who), **self.who_by())
            return
        assert leaving.close(account=self.account(who), **self.who_by()).closed_at
        self.model.closed.add(self.ids[who])

    @rule(days=st.integers(-40, 90))
    def the_clock_jumps(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def the_books_are_as_the_model_says(self) -> None:
        if not hasattr(self, "model"):
            return
        held = Account.objects.filter(pk__in=self.ids).values_list("pk", "balance_minutes")
        assert dict(held) == self.model.balance
        assert reconcile(at=self.now).balances
        assert Transfer.objects.count() == self.model.lines


@pytest.mark.django_db
def test_it_does_what_the_model_does_in_any_order(neighbours, now) -> None:
    accounts.pot()
    Books.people, Books.began = neighbours, now
    Books.other_broker = cast.staff("ben@example.org", "Ben", "broker")
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
