"""What stripe-python's own annotations allow: the schema of the pinned API version, read from the
installed package.

Parameters are TypedDicts and resources annotated classes, both generated from Stripe's OpenAPI
description. Many names in them are imported for type checkers only, so they are resolved when a
value first needs them, not before. An enum written open, as `Union[Literal[…], str]`, is read as
closed: a word not in the list is a mistake.
"""

from __future__ import annotations

import functools
import importlib
import re
import sys
import types
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import (
    Any,
    ForwardRef,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
)

from stripe import StripeObject
from stripe._request_options import RequestOptions
from typing_extensions import is_typeddict

UNIONS = (Union, types.UnionType)
WRAPPERS = (NotRequired, Required)
CHECKING_IMPORT = re.compile(r"^\s+from (stripe[\w.]*) import (\([^)]*\)|[^\n]+)$", re.MULTILINE)


@dataclass(frozen=True)
class Reference:
    """A class that is known by name only until a value needs it."""

    name: str
    module: str


@dataclass(frozen=True)
class Field:
    annotation: Any
    required: bool


def choices(annotation: Any, module: str) -> list[Any]:
    """Flatten an annotation into the plain types it allows; `None` stands for null."""
    found = list(_flatten(annotation, module))
    if any(is_enum(choice) for choice in found):
        found = [choice for choice in found if choice is not str]
    return found


def is_literal(choice: Any) -> bool:
    return get_origin(choice) is Literal


def is_enum(choice: Any) -> bool:
    """True for a list of words; `Literal['']` alone only says that a value may be emptied."""
    return is_literal(choice) and any(isinstance(word, str) and word for word in get_args(choice))


def _flatten(annotation: Any, module: str) -> typing.Iterator[Any]:
    origin = get_origin(annotation)
    if isinstance(annotation, (str, ForwardRef)):
        yield from _flatten_name(annotation, module)
    elif origin in UNIONS or origin in WRAPPERS:
        for part in get_args(annotation):
            yield from _flatten(part, module)
    else:
        yield None if annotation is type(None) else annotation


def _flatten_name(annotation: str | ForwardRef, module: str) -> typing.Iterator[Any]:
    text = annotation if isinstance(annotation, str) else annotation.__forward_arg__
    evaluated = _evaluate(text, module)
    if isinstance(evaluated, Reference):
        yield evaluated
    else:
        yield from _flatten(evaluated, module)


@functools.cache
def _evaluate(text: str, module: str) -> Any:
    names = {**vars(typing), **vars(importlib.import_module(module))}
    try:
        return eval(
            text, names
        )  # as typing.get_type_hints does; the text is stripe-python's own source
    except NameError:
        return Reference(text, module)


@functools.cache
def resolve(reference: Reference) -> Any:
    """Import the class a reference names, as the type checker would. Raises LookupError when there
    is none.
    """
    home = _checking_imports(reference.module).get(reference.name)
    if home is None:
        raise LookupError(f"{reference.module} does not say where {reference.name} comes from")
    return getattr(importlib.import_module(home[0]), home[1])


@functools.cache
def _checking_imports(module: str) -> dict[str, tuple[str, str]]:
    source = Path(str(sys.modules[module].__file__)).read_text(encoding="utf-8")
    found = {}
    for home, names in CHECKING_IMPORT.findall(source):
        for name in names.strip("()\n ").split(","):
            original, _, alias = name.strip().partition(" as ")
            found[(alias or original).strip()] = (home, original.strip())
    return found


@functools.cache
def fields_of(kind: Any) -> dict[str, Field]:
    """The fields of a TypedDict of parameters or of a resource class, without the client's own
    options.
    """
    if is_typeddict(kind):
        return _typeddict_fields(kind)
    found: dict[str, Field] = {}
    for base in reversed(_resource_bases(kind)):
        for name, annotation in vars(base).get("__annotations__", {}).items():
            if not name.startswith("_") and "ClassVar" not in str(annotation):
                found[name] = Field(annotation, None not in choices(annotation, kind.__module__))
    return found


def _typeddict_fields(kind: Any) -> dict[str, Field]:
    own = {name: a for name, a in kind.__annotations__.items() if not _is_client_option(name)}
    return {name: Field(a, name in kind.__required_keys__) for name, a in own.items()}


def _is_client_option(name: str) -> bool:
    return name in RequestOptions.__annotations__


def _resource_bases(kind: type) -> list[type]:
    return [
        base for base in kind.__mro__ if issubclass(base, StripeObject) and base is not StripeObject
    ]


@functools.cache
def params_class(operation: str) -> Any:
    """The TypedDict of an operation such as `payment_intent_create`."""
    module = importlib.import_module(f"stripe.params._{operation}_params")
    return getattr(module, "".join(word.title() for word in operation.split("_")) + "Params")
