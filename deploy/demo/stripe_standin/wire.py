"""A request and an answer as plain values, so that nothing but server.py knows about sockets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str:
        return self.headers.get(name.lower(), "")


@dataclass
class Answer:
    status: int
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


class ConnectionCut(Exception):
    """Hang up without an answer."""


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False, indent=2).encode())


def text_answer(text: str, status: int, content_type: str = "text/plain; charset=utf-8") -> Answer:
    return Answer(status, text.encode(), content_type)


def redirect(to: str) -> Answer:
    return Answer(HTTPStatus.SEE_OTHER, b"", "text/plain; charset=utf-8", {"Location": to})
