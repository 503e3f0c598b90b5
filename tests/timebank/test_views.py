"""A statement and an exchange, as the two sides meet them. Who may come in at all is in answers.py."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.timebank.deeds import as_user, confirmed, helped, told_by
from timebank import exchanges, ledger
from timebank.models import Transfer

pytestmark = pytest.mark.django_db


def test_it_shows_what_waits_and_takes_a_yes(neighbours) -> None:
    written = helped(neighbours)
    amara = as_user(neighbours.amara_user)
    assert "Denise’s family wrote down 45\u00a0min" in amara.get("/hours/").content.decode()
    amara.post(reverse("timebank:confirm", args=[written.pk]))
    page = amara.get("/hours/").content.decode()
    assert "Got from Denise’s family" in page
    assert "−45\u00a0min" in page


def test_it_takes_another_time_and_posts_the_agreed_part(neighbours) -> None:
    written = helped(neighbours)
    address = reverse("timebank:different", args=[written.pk])
    amara = as_user(neighbours.amara_user)
    assert "Write how long" in amara.post(address, {"how": "other"}).content.decode()
    amara.post(address, {"how": "other", "took": "30 min"})
    assert Transfer.objects.get().minutes == 30
    page = as_user(neighbours.denise_user).get(reverse("timebank:exchange", args=[written.pk]))
    assert "Leave it at 30\u00a0min" in page.content.decode()


@pytest.mark.parametrize(("took", "told"), [("30 min", "looks at the rest"), ("45 min", "settled")])
def test_it_says_what_becomes_of_what_was_said(neighbours, took, told) -> None:
    address = reverse("timebank:different", args=[helped(neighbours).pk])
    said = {"how": "other", "took": took}
    page = as_user(neighbours.amara_user).post(address, said, follow=True)
    assert told in page.content.decode()


@pytest.mark.parametrize("page", ["different", "take_back", "settle", "put_right"])
def test_it_asks_nothing_about_what_was_taken_back(neighbours, page) -> None:
    written = helped(neighbours)
    exchanges.withdraw(exchange=written, by=neighbours.denise_user, at=timezone.now())
    broker = page in {"settle", "put_right"}
    client = as_user(neighbours.bea if broker else neighbours.amara_user)
    response = client.get(reverse(f"timebank:{page}", args=[written.pk]), follow=True)
    assert response.redirect_chain == [(reverse("timebank:exchange", args=[written.pk]), 302)]
    assert "This was answered already." in told_by(response)


def test_it_settles_at_nobodys_figure_unless_a_broker_writes_it(neighbours) -> None:
    written = helped(neighbours)
    exchanges.dispute(exchange=written, minutes=20, by=neighbours.amara_user, at=timezone.now())
    address = reverse("timebank:settle", args=[written.pk])
    bea = as_user(neighbours.bea)
    assert 'name="took" value' not in bea.get(address).content.decode()
    assert "Write how long" in bea.post(address, {"took": ""}).content.decode()
    assert Transfer.objects.get().minutes == 20


def test_it_tells_in_words_why_a_yes_is_refused(neighbours) -> None:
    written = helped(neighbours)
    page = as_user(neighbours.denise_user).post(
        reverse("timebank:confirm", args=[written.pk]), follow=True
    )
    assert "The other side has to say" in page.content.decode()
    assert not Transfer.objects.exists()


def test_it_downloads_every_line_and_runs_no_formula(neighbours) -> None:
    confirmed(neighbours, words="=HYPERLINK(1)")
    confirmed(neighbours, words="Lift", pot_pays=True)
    response = as_user(neighbours.amara_user).get(reverse("timebank:download"))
    assert "Amara" not in response["Content-Disposition"]
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows] == ["What", "Lift", "'=HYPERLINK(1)"]
    assert [row[4:6] for row in rows[1:]] == [["0", "-45"], ["-45", "-45"]]


def test_it_pages_through_a_long_statement(neighbours) -> None:
    for n in range(23):
        confirmed(neighbours, words=f"Lift number {n:02d}", minutes=10)
    amara = as_user(neighbours.amara_user)
    first = amara.get("/hours/")
    assert "Lift number 22" in first.content.decode()
    assert "<caption>20 entries</caption>" in first.content.decode()
    assert "Lift number 02" not in first.content.decode()
    before = first.context["page"].next_before
    older = amara.get(f"/hours/?before={before}").content.decode()
    assert "Lift number 02" in older
    assert "<caption>3 entries</caption>" in older
    assert "Lift number 22" not in older


@pytest.mark.parametrize(
    "query", ["?before=x", "?before=-1", "?before=9" * 9, "?show=<b>", "?kind=x"]
)
def test_it_shrugs_at_an_odd_address(neighbours, query) -> None:
    assert as_user(neighbours.amara_user).get(f"/hours/{query}").status_code == 200
    assert as_user(neighbours.amara_user).get(f"/hours/board/{query}").status_code == 200


def test_it_puts_no_name_in_a_title_or_an_address(neighbours) -> None:
    written = confirmed(neighbours)
    amara = as_user(neighbours.amara_user)
    for address in ("/hours/", "/hours/board/", reverse("timebank:exchange", args=[written.pk])):
        title = amara.get(address).content.decode().split("<title>")[1].split("</title>")[0]
        assert "Denise" not in title
        assert "Lift" not in title


def test_it_fails_no_reader_when_the_ledger_refuses(neighbours) -> None:
    written = helped(neighbours, minutes=601)
    page = as_user(neighbours.amara_user).post(
        reverse("timebank:confirm", args=[written.pk]), follow=True
    )
    assert "can’t be counted just now" in page.content.decode()
    with pytest.raises(ledger.BelowFloor):
        exchanges.confirm(exchange=written, by=neighbours.amara_user, at=timezone.now())


def test_it_gives_the_other_time_back_when_the_exchange_was_answered_meanwhile(neighbours) -> None:
    written = confirmed(neighbours)
    address = reverse("timebank:different", args=[written.pk])
    page = as_user(neighbours.amara_user).post(address, {"how": "other", "took": "1h15"})
    assert "This was answered already" in page.content.decode()
    assert 'value="1h15"' in page.content.decode()
