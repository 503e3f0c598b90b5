"""Pictures of goals and wellbeing: the number line (one voice, start and now), the goal lines (every voice, week by
week) and the web (eight sides of a child's life, then and now).

Pure functions from plain dataclasses to a Picture. Nobody's scores are averaged: where people differ, both lines
stand.
"""

from goals.charts.goal_lines import goal_lines
from goals.charts.number_line import number_line
from goals.charts.scores import Line, Mark
from goals.charts.web import Shape, Spoke, wellbeing_web

__all__ = ["Line", "Mark", "Shape", "Spoke", "goal_lines", "number_line", "wellbeing_web"]
