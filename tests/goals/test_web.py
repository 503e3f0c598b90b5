"""The wellbeing web: all eight or nothing, never changed, unknown is unknown, and two moments of one person."""

from datetime import timedelta
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from goals.charts import Shape, Spoke, wellbeing_web
from goals.domains import DOMAINS
from goals.models import WebDomain, WebMark, WellbeingWeb
from goals.web_reading import web_of
from goals.wellbeing import NotWholeError, fill_in
from tests import cast

EIGHT = WebDomain.values
SPOKES = [Spoke(str(one.name), one.term) for one in DOMAINS]
THEN = Shape("Amara", "5 October", (6, 5, 4, 6, 3, 5, 6, 2))
NOW = Shape("Amara", "16 November", (8, 6, 6, 7, 7, 6, 6, 6))
JOE = Shape("Our child", "16 November", (8, 6, 6, 7, 7, 6, 4, 6))


@pytest.fixture
def family(town):
    return cast.family("the A. family", guardian="Amara", at=town.burntwood, coach=town.ruth)


@pytest.fixture
def amara(family):
    return cast.guardian_of(family)


def a_web(family, by, at, value=5, *, scorer="guardian", client_id=None, **marks):
    return fill_in(
        family=family,
        scorer=scorer,
        marks={**dict.fromkeys(EIGHT, value), **marks},
        words="",
        by=by,
        at=at,
        client_id=client_id or uuid4(),
    )


def drawn(picture, kind):
    """The marks and lines of one class."""
    return [e for e in ElementTree.fromstring(picture.svg).iter() if e.get("class") == kind]  # noqa: S314


def told(**changed):
    return {
        **dict.fromkeys(EIGHT, "5"),
        "scorer": "guardian",
        "words": "",
        "client_id": str(uuid4()),
        **changed,
    }


# --- Filling in -------------------------------------------------------------------------------


def test_it_keeps_all_eight_with_what_nobody_knew(family, amara, now):
    web = a_web(family, amara, now, safe=1, included=10, achieving=None)
    marks = {mark.domain: mark.value for mark in web.marks.all()}
    assert list(marks) == EIGHT
    assert (marks["safe"], marks["included"], marks["achieving"]) == (1, 10, None)


@pytest.mark.parametrize("value", [0, 11, -1])
def test_it_keeps_none_when_one_is_off_the_line(family, amara, now, value):
    with pytest.raises(NotWholeError):
        a_web(family, amara, now, safe=value)
    assert not WellbeingWeb.objects.exists()


def test_it_keeps_none_when_one_is_missing(family, amara, now):
    with pytest.raises(NotWholeError):
        fill_in(
            family=family,
            scorer="guardian",
            marks={"safe": 3},
            words="",
            by=amara,
            at=now,
            client_id=uuid4(),
        )


def test_it_keeps_the_first_of_two_presses(family, amara, now):
    client_id = uuid4()
    first = a_web(family, amara, now, 5, client_id=client_id)
    assert a_web(family, amara, now, 9, client_id=client_id) == first
    assert {mark.value for mark in first.marks.all()} == {5}
    assert WellbeingWeb.objects.count() == 1


def test_the_database_changes_no_mark(family, amara, now):
    mark = a_web(family, amara, now).marks.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        WebMark.objects.filter(pk=mark.pk).update(value=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        WebMark.objects.create(web=mark.web, domain=mark.domain, value=3)
    family.webs.all().delete()  # a family that goes takes its webs along
    assert not WebMark.objects.exists()


# --- Reading ----------------------------------------------------------------------------------


def test_it_shows_the_first_and_the_latest_of_one_person(town, family, amara, now):
    for days, value, scorer, by in [
        (0, 2, "guardian", amara),
        (20, 4, "guardian", amara),
        (40, 6, "guardian", amara),
        (41, 9, "coach", town.ruth),
    ]:
        a_web(family, by, now + timedelta(days=days), value, scorer=scorer)
    read = web_of(family, viewer=amara)
    assert (read.then.marks[0], read.now.marks[0], read.now.name) == (2, 6, "Me")
    assert [card.name for card in read.voices] == ["Me", "Ruth"]
    of_ruth = web_of(family, viewer=amara, now_id=read.cards[0].id, then_id=read.then.id)
    assert (of_ruth.now.marks[0], of_ruth.then) == (9, None)  # nobody else's past is hers


def test_it_takes_the_two_moments_that_were_picked_in_either_order(family, amara, now):
    webs = [a_web(family, amara, now + timedelta(days=7 * n), n + 1) for n in range(4)]
    for now_id, then_id in [(webs[2].pk, webs[1].pk), (webs[1].pk, webs[2].pk)]:
        read = web_of(family, now_id=now_id, then_id=then_id)
        assert (read.then.id, read.now.id) == (webs[1].pk, webs[2].pk)
    same = web_of(family, now_id=webs[2].pk, then_id=webs[2].pk)
    assert (same.then.id, same.now.id) == (webs[0].pk, webs[2].pk)


def test_it_sets_only_a_childs_view_of_that_time_beside_it(family, amara, now):
    a_web(family, amara, now, scorer="child")
    late = a_web(family, amara, now + timedelta(weeks=10))
    assert web_of(family, now_id=late.pk).child is None
    near = a_web(family, amara, now + timedelta(weeks=9), 3, scorer="child")
    assert web_of(family, now_id=late.pk).child.id == near.pk
    assert web_of(family, now_id=near.pk).child is None


def test_it_reads_a_hundred_webs_in_the_same_number_of_queries(
    family, amara, now, django_assert_num_queries
):
    for week in range(10):
        a_web(family, amara, now + timedelta(weeks=week))
    with django_assert_num_queries(2):
        assert web_of(family, viewer=amara).picture.rows


def test_it_reads_nobody_elses(town, family, amara, now):
    other = cast.family("the N. family", guardian="Nadia", at=town.burntwood)
    web = a_web(other, cast.guardian_of(other), now)
    assert web_of(family) is None
    own = a_web(family, amara, now)
    assert web_of(family, now_id=web.pk, then_id=web.pk).now.id == own.pk


# --- The picture ------------------------------------------------------------------------------


def test_it_draws_two_shapes_and_where_the_child_differs():
    picture = wellbeing_web(SPOKES, now=NOW, then=THEN, child=JOE)
    assert len(drawn(picture, "web-now")) == len(drawn(picture, "web-then")) == 1
    assert len(drawn(picture, "m-1")) == len(drawn(picture, "m-web")) == 8
    assert len(drawn(picture, "m-2")) == 1
    assert "On the move from 3 to 7, Belonging from 2 to 6" in picture.sentence
    assert "Our child sees 1 of 8 differently" in picture.sentence
    assert "Amara answered 8 of 8 on 5 October, 8 of 8 on 16 November." in picture.caption
    assert picture.rows[6] == ("Trusted (responsible)", 6, 6, 4)
    assert picture.rows[0][3] == "same"
    assert [line.words for line in picture.key][-1] == "Our child sees it differently"


def test_it_draws_what_nobody_knows_as_not_known():
    now = Shape("Amara", "16 November", (8, None, 6, 7, 7, 6, 6, 6))
    picture = wellbeing_web(SPOKES, now=now, then=THEN)
    assert drawn(picture, "web-now") == []  # an open line, and no area across the gap
    assert len(drawn(picture, "m-1")) == 7
    assert len(drawn(picture, "c-mid")) == 1
    assert "Keeping well ?" in picture.svg
    assert picture.rows[1] == ("Keeping well (healthy)", 5, "not sure")
    assert "7 of 8 on 16 November" in picture.caption
    nobody = Shape("Amara", "16 November", (None,) * 8)
    assert "nobody was sure" in wellbeing_web(SPOKES, now=nobody).sentence
    assert (
        "no side has a number both times" in wellbeing_web(SPOKES, now=nobody, then=THEN).sentence
    )


def test_it_tells_the_first_time_and_no_change_apart():
    first = wellbeing_web(SPOKES, now=THEN).sentence
    assert "highest: Feeling safe, Looked after, Trusted, 6. Lowest: Belonging, 2." in first
    assert "no number has changed" in wellbeing_web(SPOKES, now=NOW, then=NOW).sentence
    level = Shape("Amara", "16 November", (4,) * 8)
    assert "every number is 4" in wellbeing_web(SPOKES, now=level).sentence


def test_it_is_mirrored_with_its_words():
    def places(picture):
        return {
            e.text: (float(e.get("x")), e.get("class"))
            for e in ElementTree.fromstring(picture.svg).iter("text")  # noqa: S314
        }

    left, right = (
        places(wellbeing_web(SPOKES, now=NOW, mirrored=mirrored)) for mirrored in (False, True)
    )
    assert left.keys() == right.keys()
    for said, (x, kind) in left.items():
        assert abs(x + right[said][0] - 384) < 0.2
        assert (kind, right[said][1]) in {("", "t-end"), ("t-end", ""), ("t-mid", "t-mid")}


def test_nobodys_name_breaks_out_of_it():
    evil = Shape('<script>"', "16 November", NOW.marks)
    assert "<script>" not in wellbeing_web(SPOKES, now=NOW, then=THEN, child=evil).svg


# --- The pages --------------------------------------------------------------------------------


def test_it_asks_for_each_one_that_is_missing_and_loses_nothing(client, family, amara):
    client.force_login(amara)
    said = told(words="A hard week", safe="7", scorer="child")
    said.pop("nurtured")
    page = client.post(reverse("goals:fill_in"), {**said, "active": "11"}).content.decode()
    assert "Pick a number for “Looked after”" in page
    assert "Pick a number for “On the move”" in page
    assert "Pick a number for “Feeling safe”" not in page
    assert "A hard week" in page
    assert page.count(" checked") == 7  # six numbers and whose view it is
    assert not WellbeingWeb.objects.exists()


def test_it_is_filled_in_and_shown_whole(client, family, amara):
    client.force_login(amara)
    assert "Nothing on the web yet" in client.get(reverse("goals:web")).content.decode()
    said = told(achieving="unsure", words="A good week")
    for _ in range(2):
        answer = client.post(reverse("goals:fill_in"), said)
        assert answer.url == reverse("goals:web")
    assert WellbeingWeb.objects.count() == 1
    page = client.get(reverse("goals:web")).content.decode()
    for shown in ("Getting on ?", "A good week", "7 of 8", "See it as a table"):
        assert shown in page
    home = client.get(reverse("home")).content.decode()
    assert "Getting on ?" in home


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 30, "²", "\0", ""])
def test_it_shows_the_usual_for_an_address_that_asks_for_nonsense(
    client, family, amara, now, asked
):
    client.force_login(amara)
    a_web(family, amara, now)
    assert client.get(reverse("goals:web"), {"now": asked, "then": asked}).status_code == 200


def test_no_family_speaks_as_its_coach(client, family, amara):
    client.force_login(amara)
    page = client.post(reverse("goals:fill_in"), told(scorer="coach")).content.decode()
    assert "Choose who says so" in page
    assert not WellbeingWeb.objects.exists()
