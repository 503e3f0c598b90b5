"""`python -m matching.engine FILE.json`: an instance in, a certified answer out.

A newcomer would let errors be tracebacks. Whoever runs this may never have seen Python: a bad
instance is one sentence on stderr and exit code 2, and an answer that fails its check is 1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from matching.engine.certificate import certify
from matching.engine.pairing import pair
from matching.engine.speaking import read_instance, write_answer
from matching.engine.terms import InstanceError
from matching.engine.witness import explain

USAGE = "usage: python -m matching.engine FILE.json   (or - to read from standard input)"


def main(arguments: Sequence[str]) -> int:
    """Read, pair, check, print. Returns the exit code."""
    if list(arguments) in (["-h"], ["--help"]):
        _print(USAGE)
        return 0
    if len(arguments) != 1:
        return _refuse(f"Give exactly one file; {USAGE}")
    try:
        instance = read_instance(_read(arguments[0]))
    except InstanceError as error:
        return _refuse(str(error))
    answer = pair(instance)
    certificate = certify(instance, answer)
    _print(write_answer(answer, explain(instance, answer), certificate))
    if certificate.holds:
        return 0
    sys.stderr.write("The answer did not pass its own check; do not use it.\n")
    return 1


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        with open(name, "rb") as file:
            return file.read()
    except OSError as error:
        raise InstanceError(f"Cannot read “{name}”: {error.strerror}.") from None
    except ValueError:
        raise InstanceError("That is not the name of a file.") from None


def _print(line: str) -> None:
    # Bytes, so that names keep their accents whatever the terminal's locale is.
    try:
        sys.stdout.buffer.write(line.encode() + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read us has had enough; stop Python from complaining again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(sentence: str) -> int:
    one_line = "".join(letter if letter.isprintable() else "?" for letter in sentence)
    sys.stderr.buffer.write(one_line.encode("utf-8", "replace") + b"\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
