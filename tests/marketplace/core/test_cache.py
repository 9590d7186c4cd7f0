import os
import uuid

import pytest

from marketplace.core.cache import ForgivingRedisCache


@pytest.fixture
def away():
    return ForgivingRedisCache("redis://127.0.0.1:1/0", {})


def test_a_redis_that_is_away_is_a_miss_and_never_an_error(away):
    away.set("a", 1)

    assert away.get("a") is None
    assert away.get("a", "default") == "default"
    assert away.get_many(["a", "b"]) == {}
    assert away.set_many({"a": 1}) == ["a"]
    assert away.add("a", 1) is True
    assert away.incr("a") == 1
    assert away.delete("a") is False
    assert "a" not in away


@pytest.mark.redis
def test_a_redis_that_is_there_remembers():
    cache = ForgivingRedisCache(os.environ["TEST_REDIS_URL"], {})
    key = uuid.uuid4().hex

    cache.set(key, {"village": "บ้านดอยปุย"}, timeout=5)

    assert cache.get(key) == {"village": "บ้านดอยปุย"}
    assert cache.add(key, 1) is False
    assert cache.delete(key) is True
