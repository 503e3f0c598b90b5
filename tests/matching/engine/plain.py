"""The rules once more with Python's own sets, one pair at a time: slow, and easy to believe.

A newcomer would import this elsewhere. It is only what the arrays are held against.
"""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from matching.engine.terms import Child, Point, SeekingProfile, SupporterProfile, Term
from tests.matching.engine.people import END, ON

# Enough that their bits fill more than two words of 64.
MANY = tuple(Term(f"t{n:03d}", f"term {n}", f"t{n // 10:03d}" if n % 3 else "") for n in range(150))


def standing(seeking: SeekingProfile, supporter: SupporterProfile) -> list[str]:
    """The codes of the rules against linking these two from ON to END."""
    until, metres = supporter.cleared_until, seeking.metres_to(supporter)
    spoken = seeking.languages, supporter.languages
    travels = [one for one in (seeking.travel_m, supporter.travel_m) if one is not None]
    found = {
        "not_cleared": until is None or until < ON or until < END,
        "not_trained": not supporter.trained,
        "family_no_consent": not seeking.consents,
        "supporter_no_consent": not supporter.consents,
        **{
            code: supporter.id in getattr(seeking, name) or seeking.id in getattr(supporter, name)
            for code, name in (
                ("blocked", "blocked"),
                ("ended_badly", "ended_badly"),
                ("known", "knows"),
            )
        },
        "family_paused": seeking.paused,
        "supporter_paused": supporter.paused,
        "full": supporter.linked >= supporter.capacity,
        "no_shared_language": all(spoken) and spoken[0].isdisjoint(spoken[1]),
        "too_far": metres is not None and any(metres > one for one in travels),
    }
    return [code for code, stands in found.items() if stands]


def values(one: SeekingProfile, two: SupporterProfile) -> list[int | None]:
    """The values of the seven parts, None for not known."""
    return [
        lived_through(one.goal_themes, two.lived_through),
        free_times(one.free_times, two.free_times),
        distance(one, two),
        children(one.children, two.children),
        languages(one.languages, two.languages),
        access(one.access_needs, two.meets, two.lacks),
        wishes(one, two),
    ]


def lived_through(goals, lived):
    if not goals or not lived:
        return None
    close = {one for one in goals - lived if any(one.close_to(other) for other in lived)}
    return (100 * len(goals & lived) + 50 * len(close)) // len(goals)


def free_times(mine, theirs):
    return min(100, 30 * (mine & theirs).bit_count()) if mine and theirs else None


def distance(one, two):
    metres, travels = one.metres_to(two), (one.travel_m, two.travel_m)
    limit = min((travel for travel in travels if travel is not None), default=None)
    if metres is None or limit is None:
        return None
    return max(0, 100 * (limit - metres) // limit) if limit else 100 * (metres == 0)


def children(mine, theirs):
    if not mine or not theirs:
        return None
    return sum(max(likeness(one, other) for other in theirs) for one in mine) // len(mine)


def likeness(one, other):
    gap = max(0, one.youngest - other.oldest, other.youngest - one.oldest)
    nearness = 100 if gap == 0 else 70 if gap == 1 else 40 if gap <= 4 else 0
    mine, theirs = (
        {like.strip().casefold() for like in child.interests} - {""} for child in (one, other)
    )
    return (70 * nearness + 3000 * bool(mine & theirs)) // 100 if mine and theirs else nearness


def languages(mine, theirs):
    if not mine or not theirs:
        return None
    shared = len(mine & theirs)
    return max(60, 100 * shared // len(mine)) if shared else 0


def access(needs, meets, lacks):
    if not needs:
        return None if needs is None else 100
    met, unmet = len(needs & (meets - lacks)), len(needs & lacks)
    return 100 * met // (met + unmet) if met + unmet else None


def wishes(one, two):
    nothing: frozenset[Term] = frozenset()
    if (one.no_to or nothing) & (two.has or nothing) or (two.no_to or nothing) & (
        one.has or nothing
    ):
        return 0
    if (one.no_to is None and one.wishes is None) or (one.no_to and two.has is None):
        return None
    if not one.wishes:
        return 100
    if two.has is None and two.offers is None:
        return None
    return (
        100 * len(one.wishes & ((two.has or nothing) | (two.offers or nothing))) // len(one.wishes)
    )


# --- Anybody ----------------------------------------------------------------------------------

FEW_TERMS = st.frozensets(st.sampled_from(MANY[::13]), max_size=4)
TERMS = st.one_of(FEW_TERMS, st.frozensets(st.sampled_from(MANY), max_size=8))
CHILDREN = st.lists(
    st.builds(
        lambda age, more, likes: Child(age, age + more, likes),
        st.integers(0, 17),
        st.integers(0, 3),
        st.frozensets(st.sampled_from(["lego", " Lego", "music", "", "chess"]), max_size=2),
    ),
    max_size=5,
).map(tuple)


def somebody(
    kind: type, names: str, others: str, **columns: st.SearchStrategy
) -> st.SearchStrategy:
    """Profiles of either side; ids of a few `names`, and histories with a few `others`."""
    some = st.frozensets(st.sampled_from(list(others)), max_size=2)
    return st.builds(
        kind,
        id=st.sampled_from(list(names)),
        point=st.one_of(
            st.none(),
            st.builds(Point, st.sampled_from([52.6, 52.61, 52.62]), st.sampled_from([-1.9, -1.93])),
            st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)),
        ),
        travel_m=st.one_of(
            st.none(), st.sampled_from([0, 1, 1_500, 3_000]), st.integers(0, 10**12)
        ),
        languages=FEW_TERMS,
        free_times=st.one_of(st.none(), st.integers(0, (1 << 21) - 1)),
        children=st.one_of(st.none(), CHILDREN),
        has=st.one_of(st.none(), FEW_TERMS),
        no_to=st.one_of(st.none(), FEW_TERMS),
        paused=st.sampled_from([False, False, True]),
        consents=st.sampled_from([True, True, False]),
        blocked=some,
        knows=some,
        ended_badly=some,
        **columns,
    )


FAMILIES = st.lists(
    somebody(
        SeekingProfile,
        "abcdef",
        "uvwxyz",
        goal_themes=TERMS,
        access_needs=st.one_of(st.none(), FEW_TERMS),
        wishes=st.one_of(st.none(), FEW_TERMS),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
SUPPORTERS = st.lists(
    somebody(
        SupporterProfile,
        "uvwxyz",
        "abcdef",
        lived_through=st.one_of(st.none(), TERMS),
        offers=st.one_of(st.none(), FEW_TERMS),
        meets=FEW_TERMS,
        lacks=FEW_TERMS,
        capacity=st.integers(0, 3),
        linked=st.integers(0, 2),
        cleared_until=st.one_of(
            st.none(), st.dates(date(2026, 11, 1), date(2027, 5, 1)), st.just(END)
        ),
        trained=st.sampled_from([True, True, False]),
    ),
    max_size=5,
    unique_by=lambda one: one.id,
)
