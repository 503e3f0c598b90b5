"""`python -m bench.pages`: every page that needs no argument, with 60 families and with 1,200.

Budget: the number of queries stays the same when the data grow. The list of pages comes from the URL configuration,
so a new page is measured without being named here.
"""

import logging
from collections.abc import Iterator
from functools import partial
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from bench.database import temporary_database
from bench.table import parser, seconds, tell
from config.checks import our_views
from people.models import User

FEW, MANY = 60, 1200
MOST_TOLD = 30  # rows in the table; --json gives all
PUBLIC = ("/", "/stories/", "/events/", "/guides/", "/services/", "/places/")
# One of each kind; demo/README.md says who they are.
PEOPLE = ("amara", "stan", "ruth", "bea", "morgan")


def pages() -> list[str]:
    """Addresses of our own views that take no argument, and the public lists."""
    found = set(PUBLIC)
    for name, _path, _view in our_views():
        try:
            found.add(reverse(name))
        except NoReverseMatch:
            continue  # it is about one thing, not a list
    return sorted(found)


def visits() -> Iterator[tuple[str, str, Client]]:
    """(who, address, a client signed in as them) for every page that answers them with 200."""
    for who in ("", *PEOPLE):
        client = Client()
        if who:
            client.force_login(User.objects.get(email=f"{who}@example.org"))
        for address in pages():
            if client.get(address).status_code == 200:
                yield who or "nobody", address, client


def measured(families: int) -> dict[tuple[str, str], tuple[int, float]]:
    """(who, address) → (queries, seconds) in a temporary demonstration of so many families."""
    found = {}
    with temporary_database():
        call_command(
            "demo", "--force", "--families", str(families), stdout=StringIO(), stderr=StringIO()
        )
        # After the demonstration, which switches its own logging back on. A page that is not for somebody is expected.
        logging.disable(logging.ERROR)
        for who, address, client in visits():
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            found[who, address] = len(queries), seconds(partial(client.get, address))
    return found


def main() -> None:
    """Measure both sizes and tell the pages, those that grew most first."""
    arguments = parser(__doc__.split("\n")[0]).parse_args()
    few, many = measured(FEW), measured(MANY)
    rows = [
        {
            "page": address,
            "as": who,
            f"queries, {FEW}": few[who, address][0],
            f"queries, {MANY}": many[who, address][0],
            "queries grew": many[who, address][0] / max(1, few[who, address][0]),
            f"ms, {FEW}": few[who, address][1] * 1000,
            f"ms, {MANY}": many[who, address][1] * 1000,
            "time grew": many[who, address][1] / few[who, address][1],
        }
        for who, address in sorted(set(few) & set(many))
    ]
    rows.sort(key=lambda row: (-row["queries grew"], -row["time grew"]))
    ratios = {
        "most that any page's queries grew (budget: 1)": max(row["queries grew"] for row in rows),
        "most that any page's time grew": max(row["time grew"] for row in rows),
        "pages": len(rows),
    }
    if not arguments.json:
        rows = rows[:MOST_TOLD]
    tell(f"bench.pages, {MANY / FEW:.0f} times the families", rows, ratios, as_json=arguments.json)


if __name__ == "__main__":
    main()
