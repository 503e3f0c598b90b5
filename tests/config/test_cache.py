"""The shared cache goes on without Redis, and goes back to it."""

import pytest
from redis.exceptions import ConnectionError as RedisIsAway

from config.cache import SECONDS_BEFORE_ASKING_AGAIN, RedisCache, SharedCache

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def away(monkeypatch) -> SharedCache:
    monkeypatch.setattr(SharedCache, "away_until", 0.0)
    cache = SharedCache(NOBODY_LISTENS, {})
    cache.clear()
    return cache


def test_it_still_counts_when_redis_is_away(away) -> None:
    assert away.add("tries", 1)
    assert not away.add("tries", 1)
    assert away.incr("tries") == 2
    assert away.get("tries") == 2
    away.set_many({"one": 1, "two": 2})
    assert away.get_many(["one", "two", "three"]) == {"one": 1, "two": 2}
    away.delete_many(["one"])
    assert not away.has_key("one")
    assert away.delete("two")
    assert not away.touch("two")


def test_it_asks_redis_again_only_after_a_while(away, monkeypatch) -> None:
    clock = 1000.0
    asked = []
    monkeypatch.setattr("config.cache.time.monotonic", lambda: clock)
    SharedCache.away_until = 0.0

    def refuse(self, key: str, *args: object, **kwargs: object) -> None:
        asked.append(key)
        raise RedisIsAway

    monkeypatch.setattr(RedisCache, "get", refuse)
    away.get("first")
    away.get("second")
    clock += SECONDS_BEFORE_ASKING_AGAIN
    away.get("third")
    assert asked == ["first", "third"]


def test_it_uses_what_redis_says_once_it_is_back(away, monkeypatch) -> None:
    SharedCache.away_until = 0.0
    monkeypatch.setattr(RedisCache, "get", lambda self, key, *args, **kwargs: f"{key} of all")
    assert away.get("tries") == "tries of all"
