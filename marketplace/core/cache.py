"""Redis as a cache only: when it is away every read is a miss and every write is forgotten.

Sessions, baskets, jobs and money live in the database, so losing Redis loses nothing. Rate limits
count in the cache: while it is away they do not hold, and the log says so.
"""

import logging
from functools import wraps

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _forgiving(method, when_away):
    @wraps(method)
    def forgiven(self, *args, **kwargs):
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            logger.warning("cache is away: %s", type(error).__name__)
            return when_away(*args, **kwargs)

    return forgiven


def _default(key, default=None, **options):
    return default


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache that never fails a request."""

    get = _forgiving(RedisCache.get, _default)
    add = _forgiving(RedisCache.add, lambda *args, **options: True)
    set = _forgiving(RedisCache.set, lambda *args, **options: None)
    touch = _forgiving(RedisCache.touch, lambda *args, **options: False)
    delete = _forgiving(RedisCache.delete, lambda *args, **options: False)
    has_key = _forgiving(RedisCache.has_key, lambda *args, **options: False)
    # The number an absent counter would have after this step: its first.
    incr = _forgiving(RedisCache.incr, lambda key, delta=1, **options: delta)
    get_many = _forgiving(RedisCache.get_many, lambda *args, **options: {})
    set_many = _forgiving(RedisCache.set_many, lambda data, **options: list(data))
    delete_many = _forgiving(RedisCache.delete_many, lambda *args, **options: None)
    clear = _forgiving(RedisCache.clear, lambda *args, **options: False)
