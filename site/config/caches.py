"""A shared cache that may be away: then nothing is kept, and every page still works."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as Unreachable
from redis.exceptions import TimeoutError as TooSlow

logger = logging.getLogger(__name__)

#: After a failure nobody knocks for this long, so that pages do not each wait for an answer that does not come.
REST_SECONDS = 2.0

T = TypeVar("T")


class Client(RedisCacheClient):
    """Answers as an empty cache would, as long as Redis does not answer."""

    #: Of this whole process: until then (`time.monotonic`) Redis is left alone.
    rests_until = 0.0

    def ask(self, what: Callable[[], T], otherwise: T) -> T:
        """What Redis answers, or else `otherwise`."""
        if time.monotonic() < Client.rests_until:
            return otherwise
        try:
            return what()
        except (Unreachable, TooSlow):
            Client.rests_until = time.monotonic() + REST_SECONDS
            logger.exception("Redis does not answer: nothing is kept in the shared cache for now.")
            return otherwise

    def get(self, key: str, default: Any) -> Any:
        return self.ask(lambda: super(Client, self).get(key, default), default)

    def add(self, key: str, value: Any, timeout: int | None) -> bool:
        # "It was not there yet": whoever asks goes on alone.
        return self.ask(lambda: super(Client, self).add(key, value, timeout), otherwise=True)

    def set(self, key: str, value: Any, timeout: int | None) -> None:
        self.ask(lambda: super(Client, self).set(key, value, timeout), None)

    def touch(self, key: str, timeout: int | None) -> bool:
        return self.ask(lambda: super(Client, self).touch(key, timeout), otherwise=False)

    def delete(self, key: str) -> bool:
        return self.ask(lambda: super(Client, self).delete(key), otherwise=False)

    def get_many(self, keys: Any) -> dict[str, Any]:
        return self.ask(lambda: super(Client, self).get_many(keys), {})

    def has_key(self, key: str) -> bool:
        return self.ask(lambda: super(Client, self).has_key(key), otherwise=False)

    def incr(self, key: str, delta: int) -> int:
        found = self.ask(lambda: super(Client, self).incr(key, delta), None)
        if found is None:
            raise ValueError(f"Key {key!r} not found.")  # as Django's caches do for a key that is not there
        return found

    def set_many(self, data: Any, timeout: int | None) -> None:
        self.ask(lambda: super(Client, self).set_many(data, timeout), None)

    def delete_many(self, keys: Any) -> None:
        self.ask(lambda: super(Client, self).delete_many(keys), None)

    def clear(self) -> bool:
        return self.ask(lambda: super(Client, self).clear(), otherwise=False)


class Redis(RedisCache):
    """Redis as the shared cache. It never holds what must not be lost, so the site works without it too."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Client
