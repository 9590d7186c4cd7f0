"""Reading form bodies such as `shipping[address][line1]=…&expand[0]=…` into nested dictionaries.

Lists stay dictionaries with numbers as keys here; only the annotations know where a list is meant.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl

from deploy.demo.stripe_standin.errors import invalid

NAME = re.compile(r"^([^\[\]]+)((?:\[[^\[\]]*\])*)$")
DEPTH_LIMIT = 8


def decode_form(text: str) -> dict[str, Any]:
    """Decode a query string or form body. Raises ApiError 400 on a name that is not well formed or
    given twice.
    """
    fields: dict[str, Any] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=1000):
        _put(fields, _split(name), value)
    return fields


def _split(name: str) -> list[str]:
    found = NAME.match(name)
    parts = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])] if found else []
    if not parts or len(parts) > DEPTH_LIMIT:
        raise invalid(f"Invalid parameter name: {name}")
    return parts


def _put(fields: dict[str, Any], parts: list[str], value: str) -> None:
    target = fields
    for part in parts[:-1]:
        target = target.setdefault(part or str(len(target)), {})
        if not isinstance(target, dict):
            raise invalid(f"Parameter {parts[0]} is both a value and an object.", param=parts[0])
    last = parts[-1] or str(len(target))
    if last in target:
        raise invalid(f"Parameter {parts[0]} was given twice.", param=parts[0])
    target[last] = value
