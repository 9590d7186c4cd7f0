"""Columns worked out from a row's names whenever it is saved, so that nobody can forget them.

`QuerySet.update` and `bulk_update` do not save: a service that renames that way sets them itself,
and a save with `update_fields` names them.
"""

import re

from django.db import models

from marketplace.core import thai

_NOT_IN_KEYS = re.compile(r"[\s.,'’\-–()/]+")


def fold(name: str) -> str:
    """A name as typed or stored in the one form in which they are compared: Ko Pha-ngan and
    "ko phangan" are kophangan. Empty when nothing is left."""
    return _NOT_IN_KEYS.sub("", thai.arabic_digits(thai.normalise(name)).casefold())


def match_key(name_th: str, name_en: str = "") -> str:
    """Both names folded, each behind a space: " x" is found where a name begins, "x" anywhere."""
    return f" {fold(name_th)} {fold(name_en)}"


class SortKeyField(models.CharField):
    """`thai.sort_key` of `name_th`: lists are in dictionary order on every database."""

    def __init__(self, *args, **options) -> None:
        defaults = {"max_length": thai.SORT_KEY_MAX_LENGTH, "editable": False, "db_index": True}
        super().__init__(*args, **(defaults | options))

    def pre_save(self, instance: models.Model, add: bool) -> str:
        instance.sort_key = thai.sort_key(instance.name_th)
        return instance.sort_key


class MatchKeyField(models.CharField):
    """`match_key` of both names: what people type is compared with this, never with the names."""

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **({"max_length": 300, "editable": False} | options))

    def pre_save(self, instance: models.Model, add: bool) -> str:
        instance.match_key = match_key(instance.name_th, instance.name_en)
        return instance.match_key
