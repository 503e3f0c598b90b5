"""Makes a fresh clone ready: the virtual environment, what Kith is built on, and a .env of its own.

Run by `make setup` with whatever python3 the machine has, so it uses the standard library only and is written so
that even an old Python can read it and say, in one sentence, what is missing.
"""

import hashlib
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = ROOT / "requirements" / "development.txt"
STAMP = VENV / "installed.sha256"


def main():
    """Do what has not been done yet; a second run does nothing."""
    if sys.version_info < (3, 11):
        stop(
            "Kith needs Python 3.11 or newer, and this is {}.{}. Install a newer one, or name it: "
            "make run PYTHON=/path/to/python3.".format(*sys.version_info[:2])
        )
    if not PYTHON.exists():
        make_environment()
    install()
    write_settings()


def make_environment():
    """Make the virtual environment, or say what the machine lacks for it."""
    say("Making a virtual environment in .venv ...")
    told = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if told.returncode or not PYTHON.exists():
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            "Python's venv module is missing or incomplete; on Debian or Ubuntu install it with: "
            "sudo apt install python3-venv."
        )


def install():
    """Install exactly what requirements/development.txt pins, unless that is what is installed."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    say("Installing what Kith is built on; this takes a minute the first time ...")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    pip += ["--require-hashes", "-r", str(REQUIREMENTS)]
    told = subprocess.run(pip, check=False)
    if told.returncode:
        stop("Installing failed; the lines above say why. Is this machine online?")
    STAMP.write_text(wanted)


def write_settings():
    """Write .env for this machine, with a secret of its own, unless there is one."""
    settings = ROOT / ".env"
    if settings.exists():
        return
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    settings.write_text(
        example.replace("SECRET_KEY=", "SECRET_KEY=" + secrets.token_urlsafe(50)), encoding="utf-8"
    )


def say(words):
    """Tell what is being done."""
    print(words, flush=True)


def stop(words):
    """End with one plain sentence."""
    sys.stderr.write(words + "\n")
    raise SystemExit(1)


if __name__ == "__main__":
    main()
