"""Types of columns in the history store: what a field of a row class becomes in DuckDB."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Sql:
    """The type of a column in DuckDB."""

    name: str


BigInt = Annotated[int, Sql("BIGINT")]
Integer = Annotated[int, Sql("INTEGER")]
Text = Annotated[str, Sql("VARCHAR")]
Flag = Annotated[bool, Sql("BOOLEAN")]
Money = Annotated[Decimal, Sql("DECIMAL(38,12)")]
Price = Annotated[Decimal, Sql("DECIMAL(38,12)")]
Size = Annotated[Decimal, Sql("DECIMAL(38,12)")]
Whole = Annotated[Decimal, Sql("DECIMAL(38,0)")]
"""An integer that may exceed 64 bits."""
Time = Annotated[int, Sql("TIMESTAMP_NS")]
"""Unix nanoseconds here, a timestamp without zone, in UTC, in the table."""
