"""Any sequence of posting, retrying and putting right, held against a dictionary of balances."""

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from timebank import accounts, ledger
from timebank.limits import DEFAULT_FLOOR_MINUTES
from timebank.models import Account, Transfer
from timebank.reconcile import reconcile

WHO = st.integers(0, 3)
MINUTES = st.one_of(st.integers(1, 400), st.sampled_from([599, 600, 601]))


class Books(RuleBasedStateMachine):
    """The ledger on one side, a dictionary of balances on the other."""

    people = None
    now = None

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.savepoint()
        self.ids = [self.people.amara.pk, self.people.denise.pk, self.people.nadia.pk]
        self.ids.append(accounts.pot().pk)
        self.floors = dict.fromkeys(self.ids, DEFAULT_FLOOR_MINUTES) | {self.ids[3]: None}
        self.balances = dict.fromkeys(self.ids, 0)
        self.posted: list[dict] = []
        self.first_answers: dict[str, int] = {}
        self.put_right: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.savepoint_rollback(self.savepoint)

    def send(self, body: dict) -> Transfer:
        return ledger.transfer(
            **body,
            kind="exchange",
            reason="",
            happened_at=self.now,
            by=self.people.bea,
            at=self.now,
        )

    def move(self, payer: int, payee: int, minutes: int) -> bool:
        """Move it in the model; say whether it may be."""
        floor = self.floors[payer]
        if floor is not None and self.balances[payer] - minutes < floor:
            return False
        self.balances[payer] -= minutes
        self.balances[payee] += minutes
        return True

    @rule(payer=WHO, payee=WHO, minutes=MINUTES)
    def post(self, payer: int, payee: int, minutes: int) -> None:
        key = f"key {len(self.first_answers)}-{len(self.posted)}-{payer}{payee}{minutes}"
        body = {
            "payer_id": self.ids[payer],
            "payee_id": self.ids[payee],
            "minutes": minutes,
            "key": key,
        }
        if payer == payee:
            with pytest.raises(ledger.NoSuchPosting):
                self.send(body)
        elif key in self.first_answers or self.move(body["payer_id"], body["payee_id"], minutes):
            self.first_answers[key] = self.send(body).pk
            self.posted.append(body)
        else:
            with pytest.raises(ledger.BelowFloor):
                self.send(body)

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
        known = f"back {first.pk}"
        undo = {"transfer": first, "reason": "", "by": self.people.bea, "at": self.now}
        if body["key"] in self.put_right and again:
            assert ledger.reverse(**undo, key=known).reverses_id == first.pk
        elif body["key"] in self.put_right:
            with pytest.raises(ledger.NotReversible):
                ledger.reverse(**undo, key=f"{known} again")
        elif self.move(body["payee_id"], body["payer_id"], body["minutes"]):
            ledger.reverse(**undo, key=known)
            self.put_right.add(body["key"])
        else:
            with pytest.raises(ledger.BelowFloor):
                ledger.reverse(**undo, key=known)

    @invariant()
    def the_books_are_as_the_model_says(self) -> None:
        if not hasattr(self, "ids"):
            return
        held = Account.objects.filter(pk__in=self.ids).values_list("pk", "balance_minutes")
        assert dict(held) == self.balances
        assert reconcile(at=self.now).balances
        written = len(self.first_answers) + len(self.put_right)
        assert Transfer.objects.count() == written


@pytest.mark.django_db
def test_it_does_what_the_model_does_in_any_order(neighbours, now) -> None:
    accounts.pot()
    Books.people, Books.now = neighbours, now
    run_state_machine_as_test(
        Books, settings=settings(max_examples=30, stateful_step_count=15, deadline=None)
    )
