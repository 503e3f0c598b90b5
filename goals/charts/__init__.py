"""Pictures of goals: the number line (one voice, start and now) and the goal lines (every voice, week by week).

Pure functions from plain dataclasses to a Picture. Nobody's scores are averaged: where people differ, both lines
stand.
"""

from goals.charts.goal_lines import goal_lines
from goals.charts.number_line import number_line
from goals.charts.scores import Line, Mark

__all__ = ["Line", "Mark", "goal_lines", "number_line"]
