"""Runs the browser tests, apart from the rest, because Playwright and pytest-asyncio cannot share a process.

Without Chromium it says what it leaves out; where CI=true that is an error, so that no build is green unseen.
"""

import os
import shutil
import sys

import pytest


def chromium() -> str | None:
    """Give the path of the distribution's Chromium, or None."""
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


def main() -> int:
    """Give pytest's exit code, or 0 or 1 where there is no browser."""
    if chromium() is None:
        print("Left out: tests/journeys, which need Chromium (on Debian: apt install chromium).")
        return 1 if os.environ.get("CI") == "true" else 0
    # Each process loads a community of its own, so more than a few would load longer than they walk.
    return int(
        pytest.main(
            [
                "-m",
                "browser",
                "-n",
                "auto",
                "--maxprocesses",
                "4",
                "--dist",
                "worksteal",
                "tests/journeys",
            ]
        )
    )


if __name__ == "__main__":
    sys.exit(main())
