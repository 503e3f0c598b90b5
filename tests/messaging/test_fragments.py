"""What the script is answered, and that words stay words wherever they are shown."""

import re
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.urls import reverse

from messaging.models import LONGEST_MESSAGE, Message
from tests.messaging.conftest import Talk
from tests.messaging.test_pages import page_of, signed_in
from tests.messaging.test_reading import place_of

# Words that would do harm if any page took them for markup, an attribute, a template or a script.
NASTY = [
    "<script>alert(1)</script>",
    "</p></li></ol><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>here</a>",
    "{{ request.user.email }}{% csrf_token %}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "</textarea><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<style>*{display:none}</style>",
    "<template><img src=x onerror=alert(1)></template>",
    "\u202e<iframe srcdoc='<script>alert(1)</script>'>",
]


def test_the_script_is_answered_with_everything_since_its_last_message(talk: Talk) -> None:
    first, second = talk.say("One"), talk.say("Two")
    answer = signed_in(talk.amara).post(
        f"{page_of(talk)}?after={first.pk}",
        {"words": "Three", "client_id": uuid4()},
        headers={"Accept": "application/json"},
    )
    news = answer.json()
    third = Message.objects.order_by("id").last()
    assert re.findall(r'data-message="(\d+)"', news["html"]) == [str(second.pk), str(third.pk)]
    assert (news["last"], news["more"], news["closed"]) == (third.pk, False, False)


def test_the_script_is_told_what_to_put_right_and_given_a_fresh_id(talk: Talk) -> None:
    answer = signed_in(talk.amara).post(
        page_of(talk),
        {"words": "a" * (LONGEST_MESSAGE + 1), "client_id": uuid4()},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json().keys() == {"problem", "client_id"}


@pytest.mark.parametrize(
    "after", ["", "abc", "-1", "1.5", "1_000", " 1", "١", "0x10", "null", "1'--"]
)
def test_it_refuses_what_is_not_the_id_of_a_message(talk: Talk, after: str) -> None:
    address = reverse("messaging:since", args=[talk.conversation.pk])
    assert signed_in(talk.amara).get(address, {"after": after}).status_code == 400


def test_an_id_beyond_every_message_gives_nothing(talk: Talk) -> None:
    talk.say("Hello")
    client, address = signed_in(talk.amara), reverse("messaging:since", args=[talk.conversation.pk])
    for after in ("9223372036854775807", "9999999999999999999"):
        assert "data-message" not in client.get(address, {"after": after}).json()["html"]


def test_only_a_page_in_front_of_somebody_marks_messages_as_seen(talk: Talk) -> None:
    message = talk.say("Hello")
    client, address = signed_in(talk.amara), reverse("messaging:since", args=[talk.conversation.pk])
    client.get(address, {"after": 0})
    assert place_of(talk).seen_id == 0
    client.get(address, {"after": 0, "seen": "1"})
    assert place_of(talk).seen_id == message.pk


def markup_of(html: str) -> list[tuple[str, ...]]:
    """Give every element of a page with the names of its attributes: what a browser would build from it."""
    found: list[tuple[str, ...]] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.append((tag, *(name for name, _ in attrs)))  # type: ignore[method-assign]
    parser.feed(html)
    return found


def test_whatever_somebody_writes_stays_words(talk: Talk) -> None:
    client = signed_in(talk.amara)

    def pages_with(words: str) -> list[list[tuple[str, ...]]]:
        Message.objects.all().delete()
        message = talk.say(words)
        since = reverse("messaging:since", args=[talk.conversation.pk])
        report = reverse("messaging:report", args=[talk.conversation.pk, message.pk])
        refused = {"words": words + "a" * LONGEST_MESSAGE, "client_id": uuid4()}
        pages = [client.get(address) for address in (page_of(talk), report)]
        pages += [
            client.get(reverse("messaging:conversations")),
            client.post(page_of(talk), refused),
        ]
        htmls = [page.content.decode() for page in pages]
        htmls.append(client.get(since, {"after": 0}).json()["html"])
        assert not any(talk.amara.email in html for html in htmls)
        return [markup_of(html) for html in htmls]

    client.get(page_of(talk))
    harmless = pages_with("Hello")
    for words in NASTY:
        assert pages_with(words) == harmless, words
