"""Idempotency keys: the same request twice gets the first answer again, a different one under the
same key is refused.
"""

from __future__ import annotations

import json
import threading
from typing import Any

from deploy.demo.stripe_standin.errors import ApiError
from deploy.demo.stripe_standin.store import Store
from deploy.demo.stripe_standin.wire import Answer


class Idempotency:
    """Answers live in the store, by API key and idempotency key; like Stripe's, a key belongs to
    one address.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._running: set[str] = set()
        self._lock = threading.Lock()

    def begin(self, scope: str, path: str, fields: dict[str, Any]) -> Answer | None:
        """The saved answer, or None when the caller must now act and then call `finish`.

        Raises ApiError 409 while the first request still runs, and 400 on another address or
        another body.
        """
        with self._lock:
            if scope in self._running:
                raise _in_use(scope)
            saved = self._store.saved_answers.get(scope)
            if saved is None:
                self._running.add(scope)
                return None
        _check_same(saved, scope, path, fields)
        return Answer(
            saved["status"], saved["body"].encode(), headers={"Idempotent-Replayed": "true"}
        )

    def finish(self, scope: str, path: str, fields: dict[str, Any], answer: Answer | None) -> None:
        """Keep the answer; None (the request failed before it took effect) frees the key."""
        with self._lock:
            self._running.discard(scope)
            if answer is not None:
                self._store.saved_answers[scope] = {
                    "path": path,
                    "fields": _fingerprint(fields),
                    "status": answer.status,
                    "body": answer.body.decode(),
                }

    def forget(self) -> None:
        """As after a day, when Stripe no longer knows its keys."""
        with self._lock:
            self._store.saved_answers.clear()


def _fingerprint(fields: dict[str, Any]) -> str:
    return json.dumps(fields, sort_keys=True, ensure_ascii=False)


def _name_of(scope: str) -> str:
    return scope.partition(":")[2]


def _in_use(scope: str) -> ApiError:
    message = f"Another request with this Idempotency Key is still in progress: {_name_of(scope)}."
    return ApiError(409, "idempotency_error", message, code="idempotency_key_in_use")


def _check_same(saved: dict[str, Any], scope: str, path: str, fields: dict[str, Any]) -> None:
    if saved["path"] != path:
        problem = f"for the same endpoint they were first used for ('{path}' vs '{saved['path']}')"
    elif saved["fields"] != _fingerprint(fields):
        problem = "with the same parameters they were first used with"
    else:
        return
    advice = f"Try using a key other than '{_name_of(scope)}' for a different request."
    raise ApiError(
        400,
        "idempotency_error",
        f"Keys for idempotent requests can only be used {problem}. {advice}",
    )
