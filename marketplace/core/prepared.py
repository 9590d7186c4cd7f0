"""Reads whose statement is composed once: for a page of few rows from many tables Django spends
more time on composing SQL than the database on answering it.

    _shares = Prepared(lambda pk, day: Share.objects.filter(product=pk, valid_from__lte=day))
    rows = _shares(pk=7, day=thai.today())

The function is called once for a database connection, with a placeholder for each argument, which
it may only compare columns with. Whatever else it reads (the day, the language, a setting) would
stay as it was then: all of that must be an argument. No row is kept, every call reads anew.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Model, QuerySet, UUIDField
from django.db.models.sql.compiler import SQLCompiler


class _Given(NamedTuple):
    """A parameter of a composed statement that comes with each call."""

    name: str
    index: int | None = None

    def of(self, values: dict):
        value = values[self.name]
        return value if self.index is None else value[self.index]


class Placeholder(Expression):
    """Where an argument stands in a condition; for a list, as many places as it is long."""

    def __init__(self, *places: _Given) -> None:
        super().__init__()
        self.places = places

    def as_sql(self, compiler, connection):
        return ", ".join(["%s"] * len(self.places)), self.places


@dataclass
class _Statement:
    """A composed statement; stands in for a queryset and its query, of which Django's iterables
    ask no more than this."""

    rows_of: type
    model: type[Model]
    db: str
    compiler: SQLCompiler
    sql: str
    params: tuple
    _known_related_objects: dict = field(default_factory=dict)

    @classmethod
    def of(cls, queryset: QuerySet) -> "_Statement":
        compiler = queryset.query.get_compiler(queryset.db)
        sql, params = compiler.as_sql()
        statement = cls(
            queryset._iterable_class, queryset.model, queryset.db, compiler, sql, tuple(params)
        )
        return statement._without_repetition()

    def _without_repetition(self) -> "_Statement":
        compiler = self.compiler
        converters = compiler.get_converters([one[0] for one in compiler.select])
        compiler.get_converters = lambda expressions: converters
        return self

    @property
    def query(self) -> "_Statement":
        return self

    def get_compiler(self, using: str) -> SQLCompiler:
        return self.compiler

    def rows(self, values: dict) -> list:
        connection = self.compiler.connection
        params = tuple(
            _adapted(one.of(values), connection) if isinstance(one, _Given) else one
            for one in self.params
        )
        self.compiler.as_sql = lambda: (self.sql, params)
        return list(self.rows_of(self))


def _adapted(value, connection):
    if isinstance(value, UUID):  # the one kind that Django adapts by column only
        return UUIDField().get_db_prep_value(value, connection)
    return connection.ops.adapt_unknown_value(value)


class Prepared:
    """A queryset with arguments. What is passed by position (a limit, a class) is part of the
    statement: one is kept for each, so they must be few. Lists are for `IN`; their last value is
    repeated up to the next power of two, so that a statement serves lists of many lengths.

    Numbers must fit their column: that nothing equals a larger one Django finds in composing.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self._build = build

    def __call__(self, *parts, **values) -> list:
        """Read the rows with these values, in one statement. No list may be empty."""
        values = {name: _filled_up(name, one) for name, one in values.items()}
        shape = tuple((name, isinstance(one, list) and len(one)) for name, one in values.items())
        # Kept with the connection, which is one thread's own.
        known = vars(connections[DEFAULT_DB_ALIAS]).setdefault("prepared_statements", {})
        statement = known.get((self, parts, shape))
        if statement is None:
            statement = known[self, parts, shape] = self._composed(parts, values)
        return statement.rows(values)

    def first(self, *parts, **values):
        """The first row of such a read; None where there is none. Limit the statement itself."""
        return next(iter(self(*parts, **values)), None)

    def _composed(self, parts: tuple, values: dict) -> _Statement:
        places = {name: _placeholder(name, one) for name, one in values.items()}
        return _Statement.of(self._build(*parts, **places))


def _filled_up(name: str, value):
    """A list with its last value repeated until its length is a power of two."""
    if not isinstance(value, list):
        return value
    if not value:
        raise ValueError(f"{name} is empty: no statement can be composed for it")
    length = 1 << (len(value) - 1).bit_length()
    return value + value[-1:] * (length - len(value))


def _placeholder(name: str, value) -> Placeholder:
    if isinstance(value, list):
        return Placeholder(*(_Given(name, index) for index in range(len(value))))
    return Placeholder(_Given(name))
