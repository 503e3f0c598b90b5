"""`python -m matching.engine FILE.json`: an instance in, a certified answer out.

A newcomer would let errors be tracebacks. Whoever runs this may never have seen Python: a bad
instance is one sentence on stderr and exit code 2, and an answer that fails its check is 1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from matching.engine.certificate import certify
from matching.engine.opening import content_of
from matching.engine.pairing import pair
from matching.engine.shortlist import shortlists
from matching.engine.speaking import read_instance, write_answer
from matching.engine.terms import Answer, Instance, InstanceError, shown
from matching.engine.whynot import WhyNot, why_not
from matching.engine.witness import explain

USAGE = (
    "usage: python -m matching.engine FILE.json [--explain SEEKING SUPPORTER] "
    "[--shortlist N] [--most M]   (FILE may be gzip; - reads standard input)"
)
USUAL_MOST = 4


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks for; None where it does not."""

    file: str
    explain: tuple[str, str] | None = None
    longest: int | None = None
    most: int = USUAL_MOST


def main(arguments: Sequence[str]) -> int:
    """Read, pair, check, print. Returns the exit code."""
    if _wants_help(arguments):
        return 0 if _print(USAGE) else 2
    try:
        asked = _asked(arguments)
        instance = read_instance(content_of(asked.file))
        answer = pair(instance)
        told = _explained(instance, answer, asked)
        lists = _lists(instance, answer, asked)
    except InstanceError as error:
        return _refuse(str(error))
    except MemoryError:
        return _refuse("The instance is larger than this computer’s memory.")
    certificate = certify(instance, answer)
    line = write_answer(answer, explain(instance, answer), certificate, lists=lists, why_not=told)
    if not _print(line):
        return 2
    if certificate.holds:
        return 0
    sys.stderr.write("The answer did not pass its own check; do not use it.\n")
    return 1


def _wants_help(arguments: Sequence[str]) -> bool:
    """Whether help is asked for anywhere, whatever else stands there; the two ids after `--explain` are ids."""
    at = 0
    while at < len(arguments):
        if arguments[at] in ("-h", "--help"):
            return True
        at += 3 if arguments[at] == "--explain" else 1
    return False


def _asked(arguments: Sequence[str]) -> _Asked:
    """What was asked for. Ids follow `--explain` as they are, even if they begin with a dash."""
    files: list[str] = []
    given: dict[str, list[str]] = {}
    wanted = {"--explain": 2, "--shortlist": 1, "--most": 1}
    left = list(arguments)
    while left:
        one = left.pop(0)
        if one in given:
            raise InstanceError(f"{one} is given twice; {USAGE}")
        if one in wanted:
            given[one], left = left[: wanted[one]], left[wanted[one] :]
            if len(given[one]) < wanted[one]:
                needs = "a family’s id and a supporter’s" if one == "--explain" else "a number"
                raise InstanceError(f"{one} needs {needs} after it; {USAGE}")
        elif one.startswith("-") and one != "-":
            raise InstanceError(f"“{shown(one)}” is not an option; {USAGE}")
        else:
            files.append(one)
    if len(files) != 1:
        raise InstanceError(f"Give exactly one file; {USAGE}")
    if "--most" in given and "--shortlist" not in given:
        raise InstanceError(f"--most says how often --shortlist may show somebody; {USAGE}")
    numbers: dict[str, int] = {
        one: _number(one, given[one][0]) for one in ("--shortlist", "--most") if one in given
    }
    family = given.get("--explain")
    return _Asked(
        files[0],
        (family[0], family[1]) if family else None,
        numbers.get("--shortlist"),
        numbers.get("--most", USUAL_MOST),
    )


def _number(option: str, text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= len(text) <= 9 and int(text):
        return int(text)
    raise InstanceError(f"{option} needs a whole number from 1 to 999999999, not “{shown(text)}”.")


def _explained(instance: Instance, answer: Answer, asked: _Asked) -> WhyNot | None:
    return why_not(instance, answer, *asked.explain) if asked.explain else None


def _lists(instance: Instance, answer: Answer, asked: _Asked) -> dict[str, list[str]] | None:
    if asked.longest is None:
        return None
    return shortlists(instance, answer, longest=asked.longest, most=asked.most)


def _print(line: str) -> bool:
    if sys.stdout is None:
        _refuse("The answer cannot be written: standard output is closed.")
        return False
    # Bytes, so that names keep their accents whatever the terminal's locale is.
    try:
        sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read us has had enough; stop Python from complaining again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _refuse(f"The answer cannot be written: {error.strerror}.")
        return False
    return True


def _refuse(sentence: str) -> int:
    if sys.stderr is None:
        return 2
    one_line = "".join(letter if letter.isprintable() else "?" for letter in sentence)
    sys.stderr.buffer.write(one_line.encode("utf-8", "replace") + b"\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
