"""A larger community of the same kind: further families who live elsewhere and are free at other times.

There is no chance in it: what varies follows from the reference, so that every load of the same size is the same. What
the copies wrote, did and rated is what the sixty families wrote, did and rated.
"""

from math import ceil
from random import Random

from config.demonstration.community import Community, Rows, references
from people.availability import SLOTS

# fmt: off
SURNAMES = (
    "Abbott", "Ansah", "Bailey", "Baxter", "Begum", "Bird", "Brough", "Cartwright", "Chaudhry",
    "Clewlow", "Colclough", "Deakin", "Dyson", "Farooq", "Fellows", "Garbett", "Goodall",
    "Hackett", "Hollins", "Ikin", "Jeavons", "Kaur", "Lovatt", "Machin", "Mensah", "Nicholls",
    "Okoro", "Parton", "Rashid", "Salt", "Shaw", "Tunnicliffe", "Underhill", "Venables",
    "Wilkes", "Yates",
)
# fmt: on
FROM_FAMILIES = ("ratings", "webs")
FROM_LINK_UPS = ("contacts", "togethers", "lookbacks", "words", "howwasits", "plans")


def grown(community: Community, families: int) -> Community:
    """Give a community of `families` seeking families, with supporters, volunteers and coaches in proportion."""
    once = len(community["families"])
    larger: Community = {name: [] for name in community}
    for number in range(ceil(families / once)):
        share = min(1.0, (families - number * once) / once)
        copy = _share(community, share)
        if number:
            copy = _copy(copy, number + 1)
        for name, rows in copy.items():
            larger[name] += rows
    return larger


def _share(community: Community, share: float) -> Community:
    """Give the first part of a community, with what belongs to whoever is in it."""
    if share == 1.0:
        return community
    part = {
        name: rows[: ceil(len(rows) * share)]
        if name in {"families", "supporters", "volunteers"}
        else rows
        for name, rows in community.items()
    }
    families = references(part["families"])
    others = references(part["supporters"]) | references(part["volunteers"])
    here = families | others | references(part["organisations"])
    part["linkups"] = [
        row for row in part["linkups"] if row["family"] in families and row["supporter"] in others
    ]
    part["ratings"] = [row for row in part["ratings"] if row["family"] in families]
    part["webs"] = [row for row in part["webs"] if row["family"] in families | others]
    part["listings"] = [row for row in part["listings"] if row["owner"] in here]
    listed = references(part["listings"])
    part["exchanges"] = [
        row
        for row in part["exchanges"]
        if {row["giver"], row["receiver"]} <= here
        and (not row["listing"] or row["listing"] in listed)
    ]
    linked = references(part["linkups"])
    for name in FROM_LINK_UPS:
        part[name] = [row for row in part[name] if row["linkup"] in linked]
    talks = linked | {f"coach:{reference}" for reference in families}
    part["messages"] = [row for row in part["messages"] if row["conversation"] in talks]
    return part


def _copy(community: Community, number: int) -> Community:
    """Give a community of other people; places, themes and organisations stay the ones there are."""
    coaches = [row for row in community["staff"] if row["roles"] == "coach"]
    organisations = references(community["organisations"])
    listings = [row for row in community["listings"] if row["owner"] not in organisations]
    listed = references(listings)
    copy = {
        **{name: [] for name in ("places", "themes", "ideas", "organisations")},
        "staff": [{**row, "email": _address(row["email"], number)} for row in coaches],
        "linkups": _named(community["linkups"], number, "reference", "family", "supporter"),
        "listings": _named(listings, number, "reference", "owner"),
        # An organisation's hours would grow with every copy until it met its floor.
        "exchanges": _named(
            [
                row
                for row in community["exchanges"]
                if not {row["giver"], row["receiver"]} & organisations
                and (not row["listing"] or row["listing"] in listed)
            ],
            number,
            "listing",
            "giver",
            "receiver",
        ),
        "messages": [_message(row, number) for row in community["messages"]],
    }
    for name in FROM_FAMILIES:
        copy[name] = _named(community[name], number, "family")
    for name in FROM_LINK_UPS:
        copy[name] = _named(community[name], number, "linkup")
    areas = {row["reference"]: row["area"] for row in community["places"]}
    for name in ("families", "supporters", "volunteers"):
        copy[name] = [_person(row, number, areas) for row in community[name]]
    return copy


def _named(rows: Rows, number: int, *columns: str) -> Rows:
    return [
        {
            **row,
            **{column: f"{row[column]}-{number}" for column in columns if row[column]},
        }
        for row in rows
    ]


def _message(row: dict[str, str], number: int) -> dict[str, str]:
    author = row["author"]
    author = _address(author, number) if "@" in author else f"{author}-{number}"
    return {**row, "conversation": f"{row['conversation']}-{number}", "author": author}


def _person(row: dict[str, str], number: int, areas: dict[str, str]) -> dict[str, str]:
    """Give somebody else: the same reference always gives the same person, in whichever file it stands."""
    reference = f"{row['reference']}-{number}"
    chance = Random(reference)  # noqa: S311  # not a secret: it must come out the same every time
    near = sorted(place for place, area in areas.items() if area and area == areas[row["place"]])
    person = {
        **row,
        "reference": reference,
        "place": chance.choice(near),
        "free_times": _other_times(row["free_times"], chance),
        "travel_km": str(max(3, int(row["travel_km"]) + chance.randint(-2, 4))),
        "coach_email": _address(row["coach_email"], number),
    }
    surname = chance.choice(SURNAMES)
    if "guardian_name" in row:
        person["guardian_email"] = _address(row["guardian_email"], number)
        person["display_name"] = f"{row['guardian_name']} and the {surname} family"
    else:
        person["email"] = _address(row["email"], number)
        person["name"] = f"{row['name']} {surname}"
    return person


def _other_times(times: str, chance: Random) -> str:
    """Give as many free times, each kept, or moved by a day."""
    moved = {
        SLOTS[(SLOTS.index(slot) + 3 * chance.choice((0, 0, 1, 6))) % len(SLOTS)]
        for slot in times.split(";")
        if slot
    }
    return ";".join(slot for slot in SLOTS if slot in moved)


def _address(email: str, number: int) -> str:
    name, _, host = email.partition("@")
    return f"{name}.{number}@{host}" if email else ""
