"""From goals and ratings to the pictures of goals.charts: the one place where weeks are counted from moments."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from goals.charts import Line, Mark, goal_lines, number_line
from goals.models import Goal, Rating
from goals.reading import GoalRead, Voice, read, weeks_since
from people.models import User
from people.pictures import Picture

SHORTEST_WEEKS = 12  # a new goal's picture shows the time still to come
ROOM_AHEAD_WEEKS = 4


def where_it_stands(told: GoalRead) -> Picture:
    """Give the number line of whoever spoke last; an empty line where nobody has."""
    voice = told.newest_voice
    line = Line("", ()) if voice is None else _line(told.goal, voice)
    return number_line(line, mirrored=get_language_bidi())


def every_voice(told: GoalRead, *, at: datetime, ours: bool = True) -> Picture:
    """Give the goal lines: each person's, week by week, never a mean. `ours` is false for a coach who reads them."""
    week = weeks_since(told.goal, at)
    return goal_lines(
        [_line(told.goal, voice) for voice in told.voices],
        weeks=max(SHORTEST_WEEKS, week + ROOM_AHEAD_WEEKS),
        week=week,
        along=_("weeks since I set it") if ours else _("weeks since they set it"),
        mirrored=get_language_bidi(),
    )


def since_hello(
    goals: Iterable[Goal],
    *,
    viewer: User,
    started_on: date,
    weeks: int,
    week: int,
    until_on: date | None = None,
) -> list[tuple[Goal, Picture]]:
    """Give the goal lines of a link-up, every voice in weeks since its first day; three queries for all.

    What somebody said before hello counts as the start, and nothing is shown from after `until_on`: whoever stood
    beside a family doesn't look over its shoulder for ever.
    """

    def along(rating: Rating) -> float:
        return max(0, (localdate(rating.at) - started_on).days / 7)

    shown = []
    for goal in goals:
        voices = read(goal, viewer=viewer).voices
        lines = [_of_link_up(voice, started_on, until_on, along) for voice in voices]
        shown.append(
            (goal, goal_lines(lines, weeks=weeks, week=week, mirrored=get_language_bidi()))
        )
    return shown


def _of_link_up(
    voice: Voice, started_on: date, until_on: date | None, along: Callable[[Rating], float]
) -> Line:
    before = [one for one in voice.ratings if localdate(one.at) < started_on]
    since = [
        one
        for one in voice.ratings
        if started_on <= localdate(one.at) and (until_on is None or localdate(one.at) <= until_on)
    ]
    # Of what was said before hello the last word counts, unless something was said on the day itself.
    start = before[-1:] if not since or along(since[0]) else []
    return Line(voice.name, tuple(Mark(along(one), one.value) for one in [*start, *since]))


def _line(goal: Goal, voice: Voice) -> Line:
    return Line(
        voice.name,
        tuple(
            Mark(max(0, (rating.at - goal.set_at).days / 7), rating.value)
            for rating in voice.ratings
        ),
    )
