"""Which languages the pages are offered in: those with words to show, so that lang="pl" never stands over English.

The languages that a family speaks are another thing; they stand in people/words.py. This runs while the settings are
read, so it may import nothing of Django's.
"""

from collections.abc import Iterable
from pathlib import Path

Language = tuple[str, str]  # a code, and its name in its own words


def translated(languages: Iterable[Language], *, written_in: str, folder: Path) -> list[Language]:
    """Give, of `languages`, the one that the code is `written_in` and those with a compiled catalogue in `folder`."""
    return [
        (code, name)
        for code, name in languages
        if code == written_in or (folder / code / "LC_MESSAGES" / "django.mo").is_file()
    ]
