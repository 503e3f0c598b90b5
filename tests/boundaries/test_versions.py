"""The oldest versions that we may run on: below them stand known holes (trust.md 2.3).

This stands in for an audit that works offline. Raise a floor when a notice says so, with the reason beside it.
"""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = {
    "django": "5.2.19",  # five notices in November 2026; header spoofing under ASGI before 5.2.13
    "wagtail": "8.0.1",  # permission gaps in preview, history, copy and compare
    "django-allauth": "65.21.1",  # rate limit races; a second factor skipped by an inactive user's passkey
    "channels": "4.3.2",
    "channels-redis": "4.3.0",
    "daphne": "4.2.3",  # unbounded websocket messages, smuggled handshake headers before 4.2.2
    "fido2": "2.2.1",
    "twisted": "26.10.0",
    "autobahn": "26.10.2",
}
CEILINGS = {"django-tasks": "0.13"}  # Wagtail 8 needs the line below it
PINS = ("requirements/production.txt", "requirements/development.txt")


def pinned(name: str) -> dict[str, str]:
    """Give package → version as a requirements file pins them."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[^]]*\])?==([^\s;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_what_is_installed_is_new_enough(package: str, floor: str) -> None:
    assert Version(version(package)) >= Version(floor)


@pytest.mark.parametrize("name", PINS)
def test_what_is_pinned_is_new_enough(name: str) -> None:
    pins = pinned(name)
    assert {"django", "wagtail", "django-allauth", "channels", "channels-redis"} <= set(pins)
    for package, floor in FLOORS.items():
        if package in pins:
            assert Version(pins[package]) >= Version(floor), package
    for package, ceiling in CEILINGS.items():
        assert Version(pins[package]) < Version(ceiling), package


@pytest.mark.parametrize("name", PINS)
def test_every_pin_carries_its_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    for pin in re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)):
        assert not pin.strip() or "--hash=sha256:" in pin, pin.splitlines()[0]
