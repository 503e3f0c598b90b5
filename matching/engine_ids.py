"""How rows are called in the engine, which knows text and nothing of a database."""


def family_id(pk: int) -> str:
    """Give a family's id for the engine; padded, because the engine settles ties by the order of the text."""
    return f"f{pk:08d}"


def supporter_id(pk: int) -> str:
    """Give a supporter's id for the engine."""
    return f"s{pk:08d}"


def row_id(engine_id: str) -> int:
    """Give the primary key back."""
    return int(engine_id[1:])
