"""Home: each person finds the parts of their own work, in a fixed number of queries."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from config.home import waiting_words
from goals.reviewing import rate
from goals.setting import set_goal
from matching import linkups
from matching.models import Choice, Shortlist, ShortlistEntry, Supporter
from messaging.posting import post
from people.consenting import answer
from people.models import Family
from safeguarding.concerns import act, raise_concern
from safeguarding.deciding import say_whom
from tests import cast
from tests.boundaries.access import scene
from timebank import exchanges
from timebank.models import Exchange

HOME = "/home/"


@pytest.fixture
def stage(db):
    return scene()


def page_of(client, user) -> str:
    client.force_login(user)
    response = client.get(HOME)
    assert response.status_code == 200
    return response.content.decode()


def test_it_leads_somebody_who_is_nothing_yet_to_joining(client, db):
    client.force_login(cast.user("new@example.org", ""))
    assert client.get(HOME).url == reverse("people:join")


def test_it_shows_a_family_its_path_goals_hours_and_messages(client, stage):
    page = page_of(client, stage.users["owner"])
    for shown in (
        "Hello, Amara",
        "Our path with Denise and Mark",
        "Mornings without shouting",
        "to spend",
        reverse("messaging:conversation", args=[stage.link_up.conversation_id]),
        reverse("people:details"),
    ):
        assert shown in page


def test_it_shows_the_other_side_its_own_path_and_not_the_others_goals(client, stage):
    page = page_of(client, stage.users["partner"])
    assert "Our path with Amara and Joe" in page
    assert "Mornings without shouting" not in page


def test_it_shows_a_stranger_nothing_of_either(client, stage):
    page = page_of(client, stage.users["stranger"])
    assert "Amara" not in page
    assert "Denise" not in page


def test_it_shows_one_next_thing_at_most(client, stage):
    for who in ("owner", "partner", "stranger"):
        assert page_of(client, stage.users[who]).count('class="ahead"') <= 1


def test_it_asks_a_family_without_a_goal_for_one(client, stage):
    assert "Set a goal" in page_of(client, stage.users["stranger"])


def test_it_greets_a_volunteer(client, stage):
    stan = cast.volunteer("Stan", at=stage.town.burntwood)
    page = page_of(client, stan.user)
    assert "Hello, Stan" in page


def test_it_offers_to_write_an_hour_down_once_there_is_somebody_to_write_it_with(client, stage):
    stan = cast.volunteer("Stan", at=stage.town.burntwood)
    for newcomer in (stage.users["stranger"], stan.user):
        page = page_of(client, newcomer)
        assert reverse("timebank:record") not in page
        assert "See what people near you need" in page
        assert reverse("timebank:listings") in page
    linkups.start(
        family=stage.users["stranger"].guardian.family,
        supporter=Supporter.objects.create(volunteer=stan),
        goals=[],
        weeks=10,
        on=timezone.localdate(),
        by=stage.users["coach"],
        at=timezone.now(),
    )
    for met in (stage.users["stranger"], stan.user):
        assert "Write down an hour" in page_of(client, met)


@pytest.mark.parametrize(
    ("role", "desk"),
    [
        ("broker", "Hours"),
        ("editor", "Pages"),
        ("manager", "Numbers"),
        ("safeguarding", "Concerns"),
    ],
)
def test_it_shows_staff_where_their_work_is(client, db, role, desk):
    page = page_of(client, cast.staff("kemi@example.org", "Kemi", role))
    assert "Hello, Kemi" in page
    assert f"<b>{desk}</b>" in page


def together(stage, now, words: str = "Park, then chips") -> Exchange:
    """An afternoon that the partner wrote down, so that the owner is asked about it."""
    told = linkups.record_together(
        link_up=stage.link_up,
        minutes=90,
        happened_on=now.date() - timedelta(days=1),
        words=words,
        side="supporter",
        by=stage.users["partner"],
        at=now,
        client_id=uuid4(),
    )
    return told.exchange


def test_it_tells_a_broker_how_much_waits_and_not_for_whom(client, stage, now):
    bea = cast.staff("bea@example.org", "Bea", "broker")
    assert "for somebody" not in page_of(client, bea)
    together(stage, now)
    page = page_of(client, bea)
    assert "1 exchange waits for somebody" in page
    assert f'href="{reverse("timebank:desk")}"' in page
    assert "chips" not in page
    cast.StaffRole.objects.create(user=stage.users["owner"], role="broker")
    assert "for somebody" not in page_of(client, stage.users["owner"])


def test_it_tells_the_lead_how_many_concerns_nobody_acted_on(client, stage, now):
    lead = cast.staff("grace@example.org", "Grace", "safeguarding")
    told = {"about": "", "reach": "", "by": None, "at": now}
    first = raise_concern(words="Next door", **told)
    raise_concern(words="Across the road", **told)
    page = page_of(client, lead)
    assert "2 concerns nobody has acted on yet" in page
    assert f'href="{reverse("safeguarding:concerns")}"' in page
    assert "Next door" not in page
    act(concern=first, words="Rang the school", level="bronze", by=lead, at=now)
    assert "1 concern nobody has acted on yet" in page_of(client, lead)


def test_it_counts_no_concern_about_a_leads_own_family(client, stage, now):
    lead = stage.users["stranger"]
    cast.StaffRole.objects.create(user=lead, role="safeguarding")
    concern = raise_concern(words="Nadia", about="", reach="", by=None, at=now)
    assert "nobody has acted on yet" in page_of(client, lead)
    say_whom(concern=concern, whom=lead.guardian.family, by=lead, at=now)
    assert "nobody has acted on yet" not in page_of(client, lead)


def test_it_says_that_time_is_not_agreed_until_somebody_settles_it(client, stage, now):
    exchange = together(stage, now)
    partner = stage.users["partner"]
    assert "Not agreed yet" not in page_of(client, partner)
    exchanges.dispute(exchange=exchange, minutes=30, by=stage.users["owner"], at=now)
    page = page_of(client, partner)
    assert "Not agreed yet" in page
    assert reverse("timebank:exchange", args=[exchange.pk]) in page
    assert "Not agreed yet" not in page_of(client, stage.users["stranger"])
    bea = cast.staff("bea@example.org", "Bea", "broker")
    exchanges.settle(exchange=exchange, minutes=90, by=bea, at=now)
    assert "Not agreed yet" not in page_of(client, partner)


def test_it_names_nobody_in_the_title(client, stage):
    assert "Amara" not in page_of(client, stage.users["owner"]).split("</title>")[0]


def test_it_costs_the_same_in_the_first_week_and_the_fifth_year(
    client, stage, now, django_assert_max_num_queries
):
    owner = stage.users["owner"]
    for n in range(2):
        goal = set_goal(
            family=stage.family,
            words=f"Goal {n}",
            theme=None,
            horizon="",
            hope=None,
            rating=1,
            by=owner,
            at=now,
        )
        for week in range(40):
            at = now + timedelta(weeks=week)
            rate(goal=goal, value=5, scorer="guardian", words="", by=owner, at=at)
    client.force_login(owner)
    client.get(HOME)  # opens the account, which happens once
    with django_assert_max_num_queries(36):
        client.get(HOME)


def test_it_says_what_a_family_waits_for(client, stage, now):
    nadia = stage.users["stranger"]
    family = nadia.guardian.family
    family.wants_link_up = True
    family.save()
    assert "Ruth is looking" in waiting_words(family)[0]
    assert "Say yes when you’re ready" in page_of(client, nadia)
    answer(by=nadia, purpose="link_up", given=True, at=now - timedelta(days=900))
    assert "Say yes when you’re ready" not in page_of(client, nadia)
    for standing, said in [
        (Family.Standing.APPLIED, "get in touch with you first"),
        (Family.Standing.PAUSED, "taking a break"),
    ]:
        family.standing = standing
        assert said in waiting_words(family)[0]


def test_it_asks_the_other_side_whether_an_hour_is_right(client, stage, now):
    together(stage, now)
    page = page_of(client, stage.users["owner"])
    (exchange,) = Exchange.objects.all()
    assert reverse("timebank:exchange", args=[exchange.pk]) in page
    assert "Park, then chips" in page
    assert "1\u00a0h\u00a030" in page


def test_it_never_says_that_nobody_is_found_while_somebody_is(client, stage, now):
    """Nadia may choose Stan, then Stan is asked: neither reads that they wait to be found."""
    nadia = stage.users["stranger"]
    Family.objects.filter(pk=nadia.guardian.family_id).update(wants_link_up=True)
    answer(by=nadia, purpose="link_up", given=True, at=now - timedelta(days=900))
    stan = cast.volunteer("Stan", at=stage.town.burntwood)
    supporter = Supporter.objects.create(volunteer=stan)
    assert "Ruth is looking" in page_of(client, nadia)
    assert "Nobody just now" in page_of(client, stan.user)
    shortlist = Shortlist.objects.create(
        family_id=nadia.guardian.family_id, offered_by=stage.town.ruth, offered_at=now
    )
    entry = ShortlistEntry.objects.create(
        shortlist=shortlist, supporter=supporter, place=1, score=1, parts=[]
    )
    page = page_of(client, nadia)
    assert "Somebody could walk with you" in page
    assert "Ruth is looking" not in page
    Choice.objects.create(shortlist=shortlist, entry=entry, chosen_by=nadia, chosen_at=now)
    page = page_of(client, stan.user)
    assert "A family would like to meet you" in page
    assert "Nobody just now" not in page
    Shortlist.objects.update(standing=Shortlist.Standing.CHOSEN)
    page = page_of(client, nadia)
    assert "You’ve chosen." in page
    assert "Ruth is looking" not in page


def test_it_says_who_said_the_last_words(client, stage, now):
    def last_words(who: str, words: str) -> None:
        post(
            conversation=stage.link_up.conversation,
            author=stage.users[who],
            words=words,
            client_id=uuid4(),
            at=now,
        )

    assert "Nobody has said anything yet" in page_of(client, stage.users["owner"])
    last_words("owner", "Saturday? <3")
    assert "You: Saturday? &lt;3" in page_of(client, stage.users["owner"])
    assert "Amara: Saturday? &lt;3" in page_of(client, stage.users["partner"])
