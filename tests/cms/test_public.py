"""What the public site shows, with something and with nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from cms.models import EventPage
from cms.reading import coming_events
from cms.writing import UnreadablePage, blocks_of, publish
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    """Somebody to publish as."""
    return cast.user("ellis@example.org", "Ellis")


def an_event(editor, now, **fields: object) -> EventPage:
    """Give a published event of this afternoon, or as the fields say."""
    told = {
        "kind": "event",
        "title": "Soup",
        "slug": "soup",
        "place": "burntwood",
        "starts_in_days": 0,
        "starts_at": "14:00",
        "ends_at": "16:30",
        "venue": "The hall; back door, left",
        **fields,
    }
    return publish(front_matter=told, body="Come in.", at=now, by=editor)


@pytest.mark.parametrize(
    "path", ["/", "/stories/", "/events/", "/guides/", "/services/", "/places/"]
)
def test_it_answers_before_anybody_has_written(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_it_gives_a_calendar_file_that_calendars_accept(client: Client, editor, now) -> None:
    page = an_event(editor, now)
    answer = client.get(f"/events/{page.pk}/calendar.ics")
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert (event["SUMMARY"], event.decoded("DTSTART"), event.decoded("DTEND")) == (
        "Soup",
        page.starts_at,
        page.ends_at,
    )
    assert event["LOCATION"] == "The hall; back door, left"


def test_it_knows_no_event_with_a_number_too_long_to_be_one(client: Client, db) -> None:
    assert client.get(f"/events/{'9' * 23}/calendar.ics").status_code == 404


def test_it_gives_no_calendar_file_of_a_draft(client: Client, editor, now) -> None:
    page = an_event(editor, now)
    page.unpublish()
    assert client.get(f"/events/{page.pk}/calendar.ics").status_code == 404


def test_it_drops_an_event_that_is_over(editor, now) -> None:
    page = an_event(editor, now)
    assert list(EventPage.objects.coming(at=page.ends_at)) == [page]
    assert list(EventPage.objects.coming(at=page.ends_at + timedelta(seconds=1))) == []


def test_it_takes_what_is_near_before_what_is_far_in_two_queries(
    editor, now, town, django_assert_num_queries
) -> None:
    far = an_event(editor, now, slug="far", place="rugeley")
    near = an_event(editor, now, slug="near", starts_in_days=3)
    with django_assert_num_queries(2):
        assert coming_events(place=town.burntwood, at=now, most=1) == [near]
    assert coming_events(place=town.burntwood, at=now, most=2) == [far, near]  # soonest first


def test_it_publishes_once(editor, now) -> None:
    assert an_event(editor, now).pk == an_event(editor, now).pk


def test_it_refuses_a_kind_it_does_not_know(editor, now) -> None:
    with pytest.raises(UnreadablePage, match="not a kind of page"):
        publish(front_matter={"kind": "poem", "slug": "x"}, body="", at=now, by=editor)


def test_it_reads_the_marks_and_escapes_the_rest() -> None:
    body = "## Hello\n\nOne\ntwo <b>three</b>.\n\n> It helped.\n> — Amara\n\n- a lift\n- a meal"
    assert blocks_of(body) == [
        ("heading", "Hello"),
        ("words", "<p>One two &lt;b&gt;three&lt;/b&gt;.</p>"),
        ("quote", {"words": "It helped.", "who": "Amara"}),
        ("words", "<ul><li>a lift</li><li>a meal</li></ul>"),
    ]


def test_it_uses_as_many_queries_for_many_events_as_for_few(
    client: Client, editor, now, django_assert_max_num_queries
) -> None:
    client.get("/events/")  # fills the caches of sites and content types
    counts = []
    for extra in range(2):
        for number in range(2 + extra * 14):
            an_event(editor, now, slug=f"e{extra}-{number}", starts_in_days=400 + number)
        with django_assert_max_num_queries(30) as counted:
            client.get("/events/")
        counts.append(len(counted))
    assert counts[0] == counts[1]
