"""What a handler is given: the store, the settings, who asks, and a place to note events."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from deploy.demo.stripe_standin.settings import API_VERSION, Settings
from deploy.demo.stripe_standin.store import Store, new_id


@dataclass
class Act:
    store: Store
    settings: Settings
    request_id: str | None = None
    idempotency_key: str | None = None
    from_browser: bool = False
    events: list[dict[str, Any]] = field(default_factory=list)

    def note(self, kind: str, thing: dict[str, Any], before: dict[str, Any] | None = None) -> None:
        """Make an event with a snapshot of the object as it is now, for delivery after the act."""
        data: dict[str, Any] = {"object": copy.deepcopy(thing)}
        if before is not None:
            data["previous_attributes"] = before
        self.events.append(self.store.add(self._event(kind, data)))

    def _event(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": new_id("evt"),
            "object": "event",
            "api_version": API_VERSION,
            "created": self.store.now(),
            "data": data,
            "livemode": False,
            "pending_webhooks": 1 if self.settings.webhook_url else 0,
            "request": {"id": self.request_id, "idempotency_key": self.idempotency_key},
            "type": kind,
        }
