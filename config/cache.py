"""The cache that all processes share, and what it does when Redis is away: each process remembers for itself.

Only limits and short-lived copies live here, never anything that has to last. Without this, nobody could sign in or
raise a concern while Redis is down, because both are counted first. Limits then hold for each process apart: looser,
not off.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

SECONDS_BEFORE_ASKING_AGAIN = 10  # a frozen Redis would otherwise cost every request a time-out

log = logging.getLogger(__name__)


def _shared_or_own(name: str) -> Callable[..., Any]:
    def ask(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= SharedCache.away_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError:
                SharedCache.away_until = time.monotonic() + SECONDS_BEFORE_ASKING_AGAIN
                log.error("Redis does not answer; limits are counted in each process apart.")
        return getattr(self.own, name)(*args, **kwargs)

    ask.__doc__ = f"`{name}` in Redis, or in this process while Redis is away."
    return ask


class SharedCache(RedisCache):
    """Django's Redis cache, which falls back to this process's memory."""

    # Of the class, because Django makes a cache object for each request: one time-out should serve them all.
    away_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Take what RedisCache takes."""
        super().__init__(server, params)
        # OPTIONS are for the connection; the fallback has none.
        self.own = LocMemCache("while-redis-is-away", {**params, "OPTIONS": {}})

    add = _shared_or_own("add")
    get = _shared_or_own("get")
    set = _shared_or_own("set")
    touch = _shared_or_own("touch")
    delete = _shared_or_own("delete")
    has_key = _shared_or_own("has_key")
    incr = _shared_or_own("incr")
    get_many = _shared_or_own("get_many")
    set_many = _shared_or_own("set_many")
    delete_many = _shared_or_own("delete_many")
    clear = _shared_or_own("clear")
