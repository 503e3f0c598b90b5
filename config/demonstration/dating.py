"""Moves the demonstration to today, by whole weeks, so that a Saturday stays a Saturday."""

import re
from datetime import date, timedelta

from config.demonstration.community import Community

WRITTEN_FOR = date(2026, 11, 20)  # the Friday that demo/ takes for today
BEGINS_WITH_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|T\d{2}:\d{2})")


def moved_to(community: Community, today: date) -> Community:
    """Give the community with its today on `today` or the Friday before it, so that nothing done lies ahead."""
    shift = timedelta(weeks=(today - WRITTEN_FOR).days // 7)
    return {
        name: [{column: _moved(cell, shift) for column, cell in row.items()} for row in rows]
        for name, rows in community.items()
    }


def _moved(cell: str, shift: timedelta) -> str:
    found = BEGINS_WITH_A_DATE.match(cell)
    if not found:
        return cell
    return (date.fromisoformat(found[0]) + shift).isoformat() + cell[found.end() :]
