"""From goals and ratings to the pictures of goals.charts: the one place where weeks are counted from moments."""

from datetime import datetime

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from goals.charts import Line, Mark, goal_lines, number_line
from goals.models import Goal
from goals.reading import GoalRead, Voice, weeks_since
from people.pictures import Picture

SHORTEST_WEEKS = 12  # a new goal's picture shows the time still to come
ROOM_AHEAD_WEEKS = 4


def where_it_stands(read: GoalRead) -> Picture:
    """Give the number line of whoever spoke last; an empty line where nobody has."""
    voice = read.newest_voice
    line = Line("", ()) if voice is None else _line(read.goal, voice)
    return number_line(line, mirrored=get_language_bidi())


def every_voice(read: GoalRead, *, at: datetime) -> Picture:
    """Give the goal lines: each person's, week by week, never a mean."""
    week = weeks_since(read.goal, at)
    return goal_lines(
        [_line(read.goal, voice) for voice in read.voices],
        weeks=max(SHORTEST_WEEKS, week + ROOM_AHEAD_WEEKS),
        week=week,
        along=_("weeks since I set it"),
        mirrored=get_language_bidi(),
    )


def _line(goal: Goal, voice: Voice) -> Line:
    return Line(
        voice.name,
        tuple(
            Mark(max(0, (rating.at - goal.set_at).days / 7), rating.value)
            for rating in voice.ratings
        ),
    )
