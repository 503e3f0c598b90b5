"""The bytes behind a file's name, unpacked if they are gzip, and never more than fit.

A newcomer would go by the ending of the name. Standard input has no name, and files are
renamed, so gzip is known by its first two bytes (RFC 1952).
"""

from __future__ import annotations

import contextlib
import sys
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from matching.engine.terms import InstanceError, shown

# A million pairs are about 70 MB, so this is room for more than ten million.
MOST_BYTES = 2**30
PIECE = 2**20
_GZIP = b"\x1f\x8b"


def content_of(name: str) -> bytes:
    """What the file called `name` holds, or standard input for "-"; at most `MOST_BYTES`.

    Raises `InstanceError` when it cannot be read, is damaged, is packed twice or is too large. It
    is read and unpacked piece by piece, so that a small file that unpacks to a huge one fills no
    memory.
    """
    try:
        with _opened(name) as file:
            pieces = iter(lambda: file.read(PIECE), b"")
            first = file.read(2)
            if first == _GZIP:
                return _packed_once(_joined(_unpacked(first, pieces), "unpacks to"))
            return _joined(_after(first, pieces), "is")
    except InstanceError:
        raise
    except OSError as error:
        raise InstanceError(f"Cannot read “{shown(name)}”: {error.strerror}.") from None
    except ValueError:
        raise InstanceError("That is not the name of a file.") from None
    except MemoryError:
        raise InstanceError("The file is larger than this computer’s memory.") from None


def _opened(name: str) -> contextlib.AbstractContextManager[BinaryIO]:
    if name != "-":
        return open(name, "rb")
    if sys.stdin is None:
        raise InstanceError("Nothing can be read from standard input: it is closed.")
    return contextlib.nullcontext(sys.stdin.buffer)


def _after(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def _joined(pieces: Iterator[bytes], what: str) -> bytes:
    whole = bytearray()
    for piece in pieces:
        whole += piece
        if len(whole) > MOST_BYTES:
            most = f"{MOST_BYTES // 2**20} MiB"
            raise InstanceError(f"The file {what} more than {most}, the most that is read.")
    return bytes(whole)


def _packed_once(content: bytes) -> bytes:
    if content.startswith(_GZIP):
        raise InstanceError("The file is packed twice; unpack it once and try again.")
    return content


def _unpacked(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Each member of a gzip file in turn; one file may hold several, and zeros after the last."""
    packed = first + next(pieces, b"")
    while packed:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                yield member.decompress(packed, PIECE)
            except zlib.error:
                raise InstanceError("The gzip file is damaged; pack it again.") from None
            packed = member.unconsumed_tail or (b"" if member.eof else next(pieces, b""))
            if not packed and not member.eof:
                raise InstanceError("The gzip file ends too early; pack it again.")
        packed = (member.unused_data or next(pieces, b"")).lstrip(b"\0")
