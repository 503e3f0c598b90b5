"""What went wrong in other time banks and nothing else here tries. docs/algorithms/ledger.md names every test."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import Sum

from tests.timebank.test_database_refuses import insert
from tests.timebank.test_races import at_once, crowd, posting
from timebank import accounts, exchanges, floors, ledger
from timebank.models import Account, Exchange, Transfer

GUARANTEES = Path(settings.BASE_DIR) / "docs" / "algorithms" / "ledger.md"
LOCKS = re.compile(
    r"Account\.objects\.select_for_update|FROM timebank_account[^;]*FOR (NO KEY )?UPDATE"
)


@pytest.mark.django_db
def test_it_counts_in_whole_minutes_in_every_column() -> None:
    counting = [
        field
        for model in apps.get_app_config("timebank").get_models()
        for field in model._meta.get_fields()
        if "minutes" in field.name or "balance" in field.name
    ]
    assert len(counting) >= 10
    assert {isinstance(field, models.IntegerField) for field in counting} == {True}


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [2**31, 2**63, 10**40])
def test_it_says_that_an_immense_time_is_too_much(neighbours, now, minutes) -> None:
    with (
        pytest.raises(ledger.Refused, match=r"can’t be counted|can be counted"),
        transaction.atomic(),
    ):
        posting(
            neighbours,
            now,
            key="immense",
            payer=neighbours.amara,
            payee=neighbours.denise,
            minutes=minutes,
        )()
    assert not Transfer.objects.exists()


@pytest.mark.django_db
def test_it_begins_with_hours_out_of_an_account_and_sums_to_nothing(neighbours, now) -> None:
    for payer, payee in ((accounts.mint(), accounts.pot()), (accounts.pot(), neighbours.amara)):
        posting(neighbours, now, key=str(payee), payer=payer, payee=payee, minutes=120)()
    assert Account.objects.get(pk=neighbours.amara.pk).balance_minutes == 120
    assert Account.objects.aggregate(sum=Sum("balance_minutes"))["sum"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [None, 10**9])
def test_it_writes_no_line_that_nobody_answers_for(neighbours, now, actor) -> None:
    assert re.search("by_id|FOREIGN KEY|invalid foreign key", insert(neighbours, now, by_id=actor))
    assert not Transfer.objects.exists()


@pytest.mark.django_db
def test_it_knows_a_key_after_the_cache_is_emptied(neighbours, now) -> None:
    job = posting(neighbours, now, key="one", payer=neighbours.amara, payee=neighbours.denise)
    first = job()
    cache.clear()
    assert job() == first
    assert Transfer.objects.count() == 1


def test_it_locks_accounts_in_one_place_of_the_code_and_one_of_the_database() -> None:
    places = [
        path.relative_to(settings.BASE_DIR).as_posix()
        for path in sorted((Path(settings.BASE_DIR) / "timebank").rglob("*.py"))
        if LOCKS.search(path.read_text(encoding="utf-8"))
    ]
    assert places == ["timebank/ledger.py", "timebank/migrations/0005_post_in_the_database.py"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_it_decides_a_payment_before_or_after_a_limit_is_taken_back(people, now) -> None:
    for turn in range(5):
        granted = floors.grant(
            account=people.amara,
            floor_minutes=-2_000 - turn,
            reason="A new baby",
            ends_at=now + timedelta(days=9),
            by=people.bea,
            at=now,
        )

        pay = posting(
            people, now, key=f"{turn}", payer=people.amara, payee=people.denise, minutes=700
        )
        end = lambda granted=granted: floors.revoke(exception=granted, by=people.bea, at=now)  # noqa: E731
        paid, ended = at_once([pay, end])
        assert isinstance(paid, Transfer | ledger.BelowFloor)
        assert ended.revoked_at == now
        if isinstance(paid, Transfer):
            ledger.reverse(transfer=paid, reason="Again", by=people.bea, at=now, key=f"back {turn}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrent
def test_it_never_deadlocks_between_a_yes_and_a_transfer(people, now) -> None:
    written = [
        Exchange.objects.create(
            giver=giver,
            receiver=receiver,
            claimed_minutes=5,
            happened_on=now.date(),
            words="Lift",
            recorded_side="giver",
            recorded_by=user,
            recorded_at=now,
            client_id=f"7b4d4a6e-0000-4000-8000-00000000000{number}",
        )
        for number, (giver, receiver, user) in enumerate(
            [
                (people.denise, people.amara, people.denise_user),
                (people.amara, people.denise, people.amara_user),
            ]
            * (crowd() // 4)
        )
    ]
    yes = {people.denise_user.pk: people.amara_user, people.amara_user.pk: people.denise_user}
    jobs = [
        lambda one=one: exchanges.confirm(exchange=one, by=yes[one.recorded_by_id], at=now)
        for one in written
    ]
    pairs = [(people.amara, people.denise), (people.denise, people.amara)] * (crowd() // 4)
    jobs += [
        posting(people, now, key=f"beside {n}", payer=payer, payee=payee, minutes=5)
        for n, (payer, payee) in enumerate(pairs)
    ]
    answers = at_once(jobs)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert Transfer.objects.count() == len(jobs)


def test_every_trap_that_is_told_has_a_test_of_that_name() -> None:
    told = GUARANTEES.read_text(encoding="utf-8").partition("## What went wrong elsewhere")[2]
    rows = [line for line in told.splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) >= 30
    written = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py")
    )
    missing = [
        name
        for row in rows
        for name in re.findall(r"`(test_\w+)`", row)
        if f"def {name}(" not in written
    ]
    assert missing == []
    assert all(re.search(r"`test_\w+`", row) for row in rows)
