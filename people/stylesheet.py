"""One stylesheet for the browser, many small ones for us.

static/css/ holds tokens.css, base.css, components/*.css (one idea a file) and print.css. This staticfiles finder joins
them into css/kith.css and squeezes out comments and indentation, so that an old phone makes one request.
Nothing has to be run after an edit: the joined file is made again whenever a source is newer.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

JOINED = "css/kith.css"


def sources(folder: Path) -> list[Path]:
    """The sheets in the order they are read: tokens, base, components by name, print last so that paper wins."""
    return [
        folder / "tokens.css",
        folder / "base.css",
        *sorted((folder / "components").glob("*.css")),
        folder / "print.css",
    ]


def squeeze(css: str) -> str:
    """The same rules in fewer bytes. Spaces that carry meaning (calc, descendant selectors) stay."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)
    css = re.sub(r"(?<![\w.#-])0(\.\d)", r"\1", css)  # 0.5rem is .5rem
    return css.replace(";}", "}").strip() + "\n"


class StylesheetFinder(BaseFinder):
    """Finds css/kith.css for runserver, WhiteNoise and collectstatic alike."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.folder = Path(settings.BASE_DIR) / "static" / "css"
        self.storage = FileSystemStorage(location=Path(settings.VAR_DIR) / "joined")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure, so nothing to complain about."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """The joined file's place on disk when it is asked for, else nothing."""
        if path != JOINED:
            return []
        joined = str(self._join())
        return [joined] if find_all else joined

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, Storage]]:
        """The one file this finder adds."""
        self._join()
        return [(JOINED, self.storage)]

    def _join(self) -> Path:
        joined = Path(self.storage.path(JOINED))
        sheets = sources(self.folder)
        if not joined.exists() or joined.stat().st_mtime < max(s.stat().st_mtime for s in sheets):
            joined.parent.mkdir(parents=True, exist_ok=True)
            # Written aside and moved, so that two processes starting together never serve half a file.
            aside = joined.with_suffix(".part")
            aside.write_text(squeeze("\n".join(s.read_text() for s in sheets)))
            aside.replace(joined)
        return joined
