"""A newcomer's machine may lack something; each lack gets one plain sentence."""

import hashlib
import os
import socket
import subprocess
from io import StringIO
from types import SimpleNamespace

import pytest
import uvicorn
from django.core.management import call_command
from django.core.management.base import CommandError

from config import newcomer
from config.management.commands.run import free_port
from tests.journeys import run as browser_tests


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A clone in an empty folder, with the real example settings."""
    example = (newcomer.ROOT / ".env.example").read_text(encoding="utf-8")
    (tmp_path / ".env.example").write_text(example, encoding="utf-8")
    monkeypatch.setattr(newcomer, "ROOT", tmp_path)
    monkeypatch.setattr(newcomer, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(newcomer, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(newcomer, "STAMP", tmp_path / ".venv" / "installed.sha256")
    return tmp_path


def test_it_names_the_python_it_needs_and_the_one_it_found(monkeypatch, capsys) -> None:
    monkeypatch.setattr(newcomer.sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit) as stopped:
        newcomer.main()
    assert stopped.value.code == 1
    assert capsys.readouterr().err.startswith("Kith needs Python 3.11 or newer, and this is 3.9.")


def test_it_says_how_to_get_a_missing_venv(elsewhere, monkeypatch, capsys) -> None:
    def without_ensurepip(*args, **kwargs):
        (elsewhere / ".venv" / "bin").mkdir(parents=True)
        return SimpleNamespace(returncode=1)

    monkeypatch.setattr(subprocess, "run", without_ensurepip)
    with pytest.raises(SystemExit):
        newcomer.make_environment()
    told = capsys.readouterr().err
    assert "sudo apt install python3-venv" in told
    assert told.count("\n") == 1
    assert not (elsewhere / ".venv").exists(), "half an environment would be taken for a whole one"


def test_it_installs_once(elsewhere, monkeypatch) -> None:
    asked: list[list[str]] = []

    def pip(command, **kwargs):
        asked.append(command)
        return SimpleNamespace(returncode=0)

    (elsewhere / ".venv").mkdir()
    monkeypatch.setattr(subprocess, "run", pip)
    newcomer.install()
    newcomer.install()
    assert len(asked) == 1
    assert "--require-hashes" in asked[0]
    wanted = hashlib.sha256(newcomer.REQUIREMENTS.read_bytes()).hexdigest()
    assert newcomer.STAMP.read_text() == wanted


def test_it_does_not_count_a_failed_installation(elsewhere, monkeypatch, capsys) -> None:
    (elsewhere / ".venv").mkdir()
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: SimpleNamespace(returncode=1))
    with pytest.raises(SystemExit):
        newcomer.install()
    assert not newcomer.STAMP.exists()
    assert "Is this machine online?" in capsys.readouterr().err


def test_it_writes_a_secret_of_its_own_and_keeps_it(elsewhere) -> None:
    newcomer.write_settings()
    first = (elsewhere / ".env").read_text(encoding="utf-8")
    secret = next(line for line in first.splitlines() if line.startswith("SECRET_KEY="))
    assert len(secret) > len("SECRET_KEY=") + 50
    newcomer.write_settings()
    assert (elsewhere / ".env").read_text(encoding="utf-8") == first


def test_it_says_that_a_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken .* make run PORT=8010"):
            free_port(str(port))


@pytest.mark.parametrize("port", ["70000", "0", "-1", "80.5", "abc", ""])
def test_it_says_that_something_is_no_port(port) -> None:
    with pytest.raises(CommandError, match=f"“{port}” is not a port"):
        free_port(port)


@pytest.mark.django_db
@pytest.mark.parametrize("said", [None, "https://kith.example.org"])
def test_it_writes_links_that_lead_to_the_port_it_serves(settings, monkeypatch, said) -> None:
    settings.DEBUG = True
    settings.SITE_ADDRESS = said or "http://localhost:8000"
    if said:
        monkeypatch.setenv("SITE_ADDRESS", said)
    else:
        monkeypatch.delenv("SITE_ADDRESS", raising=False)
    served: list[int] = []
    monkeypatch.setattr(uvicorn, "run", lambda _app, *, port, **_rest: served.append(port))
    call_command("run", "--port", "8377", "--empty", stdout=StringIO())
    assert served == [8377]
    assert (said or "http://localhost:8377") == settings.SITE_ADDRESS


def test_it_does_not_serve_a_server_by_hand() -> None:
    with pytest.raises(CommandError, match="DEBUG=true"):
        call_command("run")


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_it_says_what_it_left_out_without_a_browser(
    monkeypatch, capsys, ci: str, code: int
) -> None:
    monkeypatch.setattr(browser_tests, "chromium", lambda: None)
    monkeypatch.setitem(os.environ, "CI", ci)
    assert browser_tests.main() == code
    assert "Left out: tests/journeys" in capsys.readouterr().out
