"""Two cores at once: the next parts are worked out while this one is read.

A newcomer would start a process for each core and send the parts to and fro. NumPy lets other
threads run while it calculates, and threads share the tables.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")
Made = TypeVar("Made")

MOST_THREADS = 4  # more would wait for memory, and each holds a part of its own


def in_order(work: Callable[[Part], Made], parts: Iterable[Part]) -> Iterator[Made]:
    """Give `work(part)` for each part in order; no more parts are begun than there are threads."""
    threads = min(MOST_THREADS, os.cpu_count() or 1)
    begun: deque[Future[Made]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for part in parts:
            begun.append(pool.submit(work, part))
            if len(begun) > threads:
                yield begun.popleft().result()
        while begun:
            yield begun.popleft().result()
