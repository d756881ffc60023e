"""Questions that many pages ask: Django puts each into SQL once, not again for every page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

#: So many times a connection asks before PostgreSQL keeps the plan.
PLANNED_AFTER = 3

# Values that stand where a blank is while the question is put into SQL; the number tells one blank from another.
_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda number: 2_000_000_000 + number,
    str: lambda number: f"blank {number}",
    UUID: lambda number: UUID(int=number),
    datetime: lambda number: datetime(9000, 1, 1, tzinfo=UTC) + timedelta(days=number),
}


class Prepared:
    """One question with blanks, as a queryset that is put into SQL at its first use.

    Putting a question into SQL costs Django many times what the database needs to answer it. `build` is an ordinary
    function from the values of the blanks to a queryset. It only compares with its arguments, and never looks at a
    clock: a moment is a blank too. Both are checked at the first use. A blank takes no None and no list: they would
    make it another question.

    Example:
        >>> _in_space = Prepared(lambda space: Topic.objects.filter(space=space))
        >>> _in_space.objects(space.pk)
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], *, unused: int = 0, uneven: bool = False) -> None:
        """What the question is, and what it is like.

        Args:
            build: see the class.
            unused: so many of the first blanks need not be in the question.
            uneven: one value finds a row and another half of the table, so the database plans for each anew.
        """
        self._build = build
        self._unused = unused
        self._uneven = uneven
        # A compiler belongs to a connection, and a connection to a thread.
        self._local = threading.local()

    def rows(self, *values: Any) -> Sequence[Sequence[Any]]:
        """Ask with these values; a row for each result, with the columns in the order of the queryset.

        Raises TypeError for a value that cannot stand in a blank, ValueError when `build` does not keep its rules.
        """
        return self._question(values).ask(values)

    def objects(self, *values: Any) -> Iterator[Any]:
        """Ask with these values; yields model instances, with the queryset's annotations."""
        question = self._question(values)
        names = question.names
        annotations = (question.compiler.annotation_col_map or {}).items()
        for row in question.ask(values):
            found = question.model.from_db(DEFAULT_DB_ALIAS, names, row[: len(names)])
            for name, position in annotations:
                setattr(found, name, row[position])
            yield found

    def first(self, *values: Any) -> Any:
        """The first instance, or None."""
        return next(self.objects(*values), None)

    def _question(self, values: Sequence[Any]) -> _Question:
        database = connections[DEFAULT_DB_ALIAS]
        question: _Question | None = getattr(self._local, "question", None)
        if question is None or question.database is not database:
            types = [type(value) for value in values]
            question = self._local.question = _Question(database, self._build, types, self._unused, self._uneven)
        return question


class _Question:
    """The SQL of one question on one connection, and which of its parameters are blanks."""

    def __init__(
        self,
        database: BaseDatabaseWrapper,
        build: Callable[..., QuerySet[Any]],
        types: Sequence[type],
        unused: int,
        uneven: bool,
    ) -> None:
        self.database = database
        self._planned_once = database.vendor == "postgresql" and not uneven
        # Put into SQL twice: what differs is a blank, and whatever else differs was taken from a clock.
        stand_ins = _stand_ins(types, 0), _stand_ins(types, len(types))
        queryset = build(*stand_ins[0])
        self.blanks: list[tuple[int, int]] = []
        self.model = queryset.model
        self.compiler: SQLCompiler = queryset.query.get_compiler(connection=database)
        try:
            self.sql, self.fixed = self.compiler.as_sql()
        except EmptyResultSet:  # nobody could get an answer: without any space, for one
            self.sql = ""
            return
        self.converters = self.compiler.get_converters([column[0] for column in self.compiler.select])
        sql, again = build(*stand_ins[1]).query.get_compiler(connection=database).as_sql()
        pairs = zip(*([self.adapt(value) for value in values] for values in stand_ins), strict=True)
        blanks = {pair: number for number, pair in enumerate(pairs)}
        for position, pair in enumerate(zip(self.fixed, again, strict=True)):
            if pair in blanks:
                self.blanks.append((position, blanks[pair]))
            elif pair[0] != pair[1]:
                raise ValueError(f"A prepared question holds {pair[0]!r}, which is another value each time.")
        used = {blank for _position, blank in self.blanks}
        if sql != self.sql or not used.issuperset(range(unused, len(types))):
            raise ValueError("The value of a blank changes the question, or is not in it.")

    @cached_property
    def names(self) -> list[str]:
        """The fields that are loaded; Django knows the others as deferred."""
        found = (self.compiler.klass_info or {}).get("select_fields", [])
        return [self.compiler.select[position][0].target.attname for position in found]

    def ask(self, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        if not self.sql:
            return []
        adapted = [self.adapt(value) for value in values]
        parameters = list(self.fixed)
        for position, blank in self.blanks:
            parameters[position] = adapted[blank]
        # Whoever writes down what is asked, such as the debug toolbar, can only do so with the values in it.
        kept = self._planned_once and not self.database.queries_logged
        with _plans_kept(self.database) if kept else nullcontext(), self.database.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        return list(self.compiler.apply_converters(rows, self.converters)) if self.converters else rows

    def adapt(self, value: Any) -> Any:
        """A value as this database wants it, as Django's fields do."""
        if isinstance(value, datetime):
            return self.database.ops.adapt_datetimefield_value(value)
        if isinstance(value, UUID) and not self.database.features.has_native_uuid_field:
            return value.hex
        return value


@contextmanager
def _plans_kept(database: BaseDatabaseWrapper) -> Iterator[None]:
    """PostgreSQL keeps its plan for what is asked on this connection, and gets the values apart from it.

    Not for all that Django asks: some of its questions do not survive values that stand apart (decision 0185).
    """
    from psycopg import Cursor

    database.ensure_connection()
    raw: Any = database.connection
    before = raw.cursor_factory, raw.prepare_threshold
    raw.cursor_factory, raw.prepare_threshold = Cursor, PLANNED_AFTER
    try:
        yield
    finally:
        raw.cursor_factory, raw.prepare_threshold = before


def _stand_ins(types: Sequence[type], start: int) -> list[Any]:
    try:
        return [_STAND_INS[kind](start + number) for number, kind in enumerate(types)]
    except KeyError as error:
        raise TypeError(f"A blank takes {', '.join(kind.__name__ for kind in _STAND_INS)}, not {error}.") from None
