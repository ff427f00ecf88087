"""The rows of a query: a list of dicts that knows its columns and becomes a table."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.stores import Result

if TYPE_CHECKING:
    import pandas as pd


class Records(list[dict[str, Any]]):
    """Rows by column: plain values, a node as its properties with "labels", a relationship as its properties with "type", a path as a list.

    `columns`: in the order of the query; `cut`: there were more rows than the limit.
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, cut: bool = False) -> None:
        super().__init__(dict(zip(columns, row, strict=True)) for row in rows)
        self.columns = tuple(columns)
        self.cut = cut

    @classmethod
    def of(cls, result: Result) -> "Records":
        """What a store answered."""
        return cls(result.columns, result.rows, cut=result.cut)

    def to_pandas(self) -> "pd.DataFrame":
        """One row a row (needs the extra `notebook`)."""
        from kg.views import frame

        return frame(self.columns, [tuple(row.values()) for row in self])

    def to_json(self) -> list[dict[str, Any]]:
        """The rows as JSON knows them: dates as ISO text, numbers that are none as text."""
        return [{name: as_json(value) for name, value in row.items()} for row in self]


def as_json(value: Any) -> Any:
    """A value of a row as JSON knows it.

    >>> as_json({"claimed": dt.date(2021, 9, 2)})
    {'claimed': '2021-09-02'}
    """
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value
