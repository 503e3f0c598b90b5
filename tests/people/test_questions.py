"""Every question: left empty, answered wrongly, answered hugely, skipped by address, picked up elsewhere."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people import joining, words
from people.asking import order
from people.models import Family, Place
from tests import cast
from tests.people.answers_told import KEPT, SENT

SLUGS = [question.slug for question in order()]
HUGE = "x" * 20_000

WRONG = {
    "you": [{"name": HUGE}, {"name": "Amara", "family_name": HUGE}, {"name": "  "}],
    "place": [{"place": "atlantis"}, {"place": HUGE}, {"place": "\x00"}],
    "children": [
        {"count": "1", "age_0": "99"},
        {"count": "1", "likes_0": "lego"},
        {"count": "1", "age_0": "5-7", "likes_0": HUGE},
        {"count": "1", "age_0": "5-7", "none": "on"},
        {"count": "9" * 5000},
        {"count": "-1", "age_0": "99"},
    ],
    "languages": [{"languages": ["tlh"]}, {"languages": [HUGE]}],
    "times": [{"free_times": ["mon-midnight"]}, {"free_times": [HUGE]}],
    "meeting": [
        {"travel_km": "900"},
        {"travel_km": "5", "access_needs": ["wings"]},
        {"travel_km": "5", "no_to": ["people"]},
    ],
    "beside": [{"hopes_for": "a dog"}, {"hopes_for": "either"}, {"hopes_for": HUGE}],
    "goal": [{"words": HUGE}, {"words": "   "}],
    "about": [{"horizon": "never"}, {"horizon": "short", "theme": "no-such-theme"}],
    "line": [{"rating": "11"}, {"rating": "-1"}, {"rating": "two"}, {"rating": "2", "hope": "12"}],
    "showing": [{"showing": "perhaps"}],
}
UNSURE = {
    "children": {"count": "1", "none": "on"},
    "languages": {"languages": ["unsure"]},
    "times": {"unsure": "on"},
    "meeting": {"travel_km": "unsure"},
    "beside": {"hopes_for": "unsure"},
    "about": {"horizon": "unsure", "theme": ""},
    "line": {"unsure": "on"},
    "showing": {"showing": "no"},
}


@pytest.fixture
def newcomer(town):
    return cast.user("new@example.org", "")


@pytest.fixture
def asked(client, newcomer):
    client.force_login(newcomer)
    return client


def at(slug: str) -> str:
    return reverse("people:question", args=[slug])


def told_until(user, slug: str) -> None:
    """Answer everything before a question."""
    for before in SLUGS[: SLUGS.index(slug)]:
        joining.keep(by=user, slug=before, kept=KEPT[before], at=timezone.now())


def test_it_asks_in_the_order_that_people_think_in():
    assert list(KEPT) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_it_says_what_to_do_when_left_empty(asked, newcomer, slug):
    told_until(newcomer, slug)
    page = asked.post(at(slug), {})
    assert page.status_code == 200
    text = page.content.decode()
    assert "<title>Error: " in text
    assert 'role="alert"' in text
    (target,) = set(re.findall(r'<li><a href="#([^"]+)">', text))
    assert f'id="{target}"' in text
    assert slug not in joining.answers_of(newcomer)


@pytest.mark.parametrize(("slug", "data"), [(s, d) for s, wrong in WRONG.items() for d in wrong])
def test_it_refuses_what_is_wrong_or_huge(asked, newcomer, slug, data):
    told_until(newcomer, slug)
    page = asked.post(at(slug), data)
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert slug not in joining.answers_of(newcomer)


@pytest.mark.parametrize("slug", SLUGS)
def test_it_keeps_a_right_answer_and_fills_it_in_again(asked, newcomer, slug):
    told_until(newcomer, slug)
    page = asked.post(at(slug), SENT[slug])
    assert page.status_code == 302
    assert joining.answers_of(newcomer)[slug] == KEPT[slug]
    form = asked.get(at(slug)).context["form"]
    sent = {name: str(value) for name, value in SENT[slug].items() if isinstance(value, str)}
    held = {name: str(form[name].value()) for name in sent if name in form.fields}
    assert held == {name: value for name, value in sent.items() if name in form.fields}


@pytest.mark.parametrize(("slug", "data"), UNSURE.items())
def test_it_takes_not_sure_for_an_answer(asked, newcomer, slug, data):
    told_until(newcomer, slug)
    assert asked.post(at(slug), data).status_code == 302
    assert slug in joining.answers_of(newcomer)


def test_it_makes_a_family_of_somebody_sure_of_nothing(asked, newcomer):
    for slug in SLUGS:
        asked.post(at(slug), UNSURE.get(slug, SENT[slug]))
    check = asked.get(reverse("people:check"))
    assert "Not sure yet" in check.content.decode()
    asked.post(reverse("people:check"))
    family = Family.objects.get()
    assert (family.free_times, family.languages, family.travel_km) == (0, [], 5)
    assert not family.goals.get().ratings.exists()


@pytest.mark.parametrize("slug", SLUGS[1:])
def test_it_leads_somebody_who_skips_to_the_first_open_question(asked, newcomer, slug):
    assert asked.get(at(slug)).url == at("you")
    assert asked.post(at(slug), SENT[slug]).url == at("you")
    assert asked.get(reverse("people:check")).url == at("you")
    assert asked.post(reverse("people:check")).url == at("you")
    assert not Family.objects.exists()


def test_it_knows_no_other_questions(asked):
    assert asked.get(at("shoe-size")).status_code == 404


def test_it_goes_on_where_another_phone_stopped(asked, newcomer):
    asked.post(at("you"), SENT["you"])
    asked.post(at("place"), SENT["place"])
    phone = Client()
    phone.force_login(newcomer)
    assert phone.get(reverse("people:join")).url == at("children")
    assert phone.get(at("you")).context["form"]["name"].value() == "Amara"


def test_it_saves_and_stops(asked, newcomer):
    answer = asked.post(at("you"), {**SENT["you"], "stop": "1"})
    assert answer.url == reverse("people:stopped")
    assert joining.answers_of(newcomer) == {"you": KEPT["you"]}
    assert asked.post(at("place"), {"stop": "1"}).url == reverse("people:stopped")


def test_it_shows_a_wrong_answer_rather_than_losing_it_on_stopping(asked):
    assert asked.post(at("you"), {"family_name": "us", "stop": "1"}).status_code == 200


def test_it_returns_to_the_check_page_after_a_change(asked, newcomer):
    told_until(newcomer, "showing")
    asked.post(at("showing"), SENT["showing"])
    assert asked.post(at("you"), {"name": "Ama"}).url == reverse("people:check")


def test_it_adds_and_takes_away_children_without_losing_words(asked, newcomer):
    told_until(newcomer, "children")
    page = asked.post(at("children"), {"count": "1", "age_0": "5-7", "likes_0": "lego", "add": "1"})
    form = page.context["form"]
    assert form.count == 2
    assert form["likes_0"].value() == "lego"
    two = {"count": "2", "age_0": "5-7", "likes_0": "lego", "age_1": "0-1", "likes_1": "bath"}
    form = asked.post(at("children"), {**two, "remove": "0"}).context["form"]
    assert (form.count, form["age_0"].value(), form["likes_0"].value()) == (1, "0-1", "bath")
    assert "children" not in joining.answers_of(newcomer)


def test_it_never_asks_for_a_childs_name_or_birthday(asked, newcomer):
    told_until(newcomer, "children")
    form = asked.get(at("children")).context["form"]
    assert set(form.fields) == {"age_0", "likes_0", "none"}


def test_it_makes_one_family_of_two_presses(asked, newcomer):
    for slug in SLUGS:
        asked.post(at(slug), SENT[slug])
    assert asked.post(reverse("people:check")).url == reverse("people:welcome")
    assert asked.post(reverse("people:check")).url == reverse("people:welcome")
    assert Family.objects.count() == 1
    page = asked.get(reverse("people:welcome"))
    assert "Ruth" in page.content.decode()
    assert "Ruth" not in re.search("<title>.*</title>", page.content.decode()).group()


def test_it_asks_again_for_a_place_that_went_away_meanwhile(asked, newcomer, town):
    for slug in SLUGS:
        asked.post(at(slug), SENT[slug])
    Place.objects.filter(reference="burntwood").update(reference="elsewhere")
    assert asked.post(reverse("people:check")).url == at("place")
    assert not Family.objects.exists()
    assert asked.get(at("place")).status_code == 200


def test_it_shows_what_people_wrote_as_words_not_as_markup(asked, newcomer):
    told_until(newcomer, "showing")
    asked.post(at("showing"), SENT["showing"])
    asked.post(at("you"), {"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in asked.get(reverse("people:check")).content.decode()


def languages_of(page: str) -> list[str]:
    return re.findall(r'name="languages" value="(\w+)"', page)


@pytest.mark.parametrize("address", ["languages", "volunteer"])
def test_it_lists_the_languages_most_heard_first_and_the_others_from_a_to_z(
    asked, newcomer, address
):
    told_until(newcomer, "languages")
    page = asked.get(
        reverse("people:volunteer") if address == "volunteer" else at(address)
    ).content.decode()
    listed = languages_of(page)
    assert listed[:7] == list(words.MOST_HEARD)
    assert listed[-1] == "unsure"
    names = [str(words.LANGUAGES[code]) for code in listed[7:-1]]
    assert names == sorted(names)
    assert sorted(listed[:-1]) == sorted(words.LANGUAGES)
    assert "The ones we hear most come first" in page


def test_it_lets_a_volunteer_in_by_one_page(asked, newcomer):
    address = reverse("people:volunteer")
    empty = asked.post(address, {})
    assert empty.status_code == 200
    assert len(re.findall(r'<li><a href="#', empty.content.decode())) == 4
    right = {
        "name": "Stan",
        "place": "burntwood",
        "languages": ["en"],
        "free_times": ["tue-evening"],
        "skills": "bicycles",
    }
    assert asked.post(address, right).url == reverse("people:welcome")
    assert asked.post(address, right).url == reverse("people:welcome")
    newcomer.refresh_from_db()
    assert newcomer.volunteer.name == newcomer.name == "Stan"
    assert asked.get(reverse("people:welcome")).status_code == 200


@pytest.mark.parametrize("kept", ["you", "place"])
def test_it_asks_each_page_in_few_queries_however_many_places(
    asked, newcomer, kept, django_assert_max_num_queries
):
    for n in range(200):
        cast.place(f"Town {n}", latitude="52.6", longitude="-1.9")
    told_until(newcomer, kept)
    with django_assert_max_num_queries(9):
        asked.get(at(kept))
