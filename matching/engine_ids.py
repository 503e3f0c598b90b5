"""How rows are called in the engine, which knows text and nothing of a database.

A newcomer would give each wish a letter. Only the wish for a volunteer has one: a family that has a single place in the
queue keeps its id, and with it its turn among those who waited as long, when it says what it hopes for.
"""

from matching.models import Wish

FOR_A_VOLUNTEER = "v"


def family_id(pk: int, wish: str = Wish.EITHER) -> str:
    """Give what a family is called as it waits for one of its wishes.

    Padded, because the engine settles ties by the order of the text; of one family's two, the wish for a sharing
    family comes first.
    """
    return f"f{pk:08d}{FOR_A_VOLUNTEER if wish == Wish.VOLUNTEER else ''}"


def family_ids(pk: int) -> set[str]:
    """Give everything that a family may be called, whatever it hopes for."""
    return {family_id(pk, wish) for wish in Wish}


def supporter_id(pk: int) -> str:
    """Give a supporter's id for the engine."""
    return f"s{pk:08d}"


def row_id(engine_id: str) -> int:
    """Give the primary key back, of a family (whichever wish) or a supporter."""
    return int(engine_id[1:].removesuffix(FOR_A_VOLUNTEER))
