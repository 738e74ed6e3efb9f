"""A cohort's table as CSV or Parquet: encoded chunk by chunk, put together without holding it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from endotune_desktop import __version__
from endotune_desktop.clinic.errors import EnvironmentFailed
from endotune_desktop.exchange.cohort_file import dump_cohort
from endotune_desktop.physiology.registry import axis as axis_by_id
from endotune_desktop.tuning.cohort import Cohort
from endotune_desktop.tuning.cohort_run import Rows, column_names, computed

ENDINGS = ("parquet", "csv")
_TEXTS = ("arm", "sex", "failed")
_PARTS_A_GROUP = 40
"""Chunks in one row group: ten thousand persons, as many as readers of Parquet like to take at once."""


@dataclass(frozen=True)
class EncodedChunk:
    """A chunk as its file's bytes.

    Attributes
    ----------
    data : bytes
    persons : int
    rows : int
    failed : int
        Rows without an answer.
    """

    data: bytes
    persons: int
    rows: int
    failed: int


def encoded_chunk(cohort: Cohort, ending: str, index: int) -> EncodedChunk:
    """Return a chunk, computed and encoded: what a worker does, wherever it runs.

    Parameters
    ----------
    cohort : Cohort
    ending : str
        One of `ENDINGS`.
    index : int
        Of the chunk.
    """
    rows = computed(axis_by_id(cohort.scenario.axis), cohort, index)
    data = _csv_bytes(rows) if ending == "csv" else _parquet_bytes(cohort, rows)
    return EncodedChunk(data, len(cohort.chunk_of(index)), len(rows.columns["arm"]), rows.failed)


def assemble(cohort: Cohort, ending: str, parts: Sequence[Path], out: BinaryIO) -> None:
    """Write the whole table from its chunks, in order; memory does not grow with their number.

    Parameters
    ----------
    cohort : Cohort
    ending : str
    parts : sequence of Path
        One file a chunk, as `encoded_chunk` made it.
    out : binary file
    """
    if ending == "csv":
        out.write(_csv_line(column_names(axis_by_id(cohort.scenario.axis), cohort)))
        for part in parts:
            out.write(part.read_bytes())
        return
    parquet = _pyarrow("pyarrow.parquet")
    arrow = _pyarrow("pyarrow")
    with parquet.ParquetWriter(out, _schema(cohort)) as writer:
        for group in _groups(parts):
            table = arrow.concat_tables(
                [parquet.read_table(io.BytesIO(p.read_bytes()), use_threads=False) for p in group]
            )
            writer.write_table(table, row_group_size=table.num_rows)


def need_encoder(ending: str) -> None:
    """Raise EnvironmentFailed with the line that helps when what writes this format is not installed."""
    if ending == "parquet":
        _pyarrow("pyarrow.parquet")


def _pyarrow(module: str) -> Any:  # noqa: ANN401  (a module that may be absent)
    try:
        return import_module(module)
    except ImportError:
        raise EnvironmentFailed(
            "Parquet needs pyarrow: pip install 'endotune-desktop[cohort]'; without it, name a .csv file"
        ) from None


def _groups(parts: Iterable[Path]) -> Iterator[list[Path]]:
    rest = iter(parts)
    while group := list(islice(rest, _PARTS_A_GROUP)):
        yield group


def _csv_bytes(rows: Rows) -> bytes:
    columns = [
        values if isinstance(values, list) else ["" if math.isnan(value) else value for value in values.tolist()]
        for values in rows.columns.values()
    ]
    return b"".join(map(_csv_line, zip(*columns, strict=True)))


def _csv_line(cells: Iterable[object]) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="\n").writerow(cells)
    return held.getvalue().encode("utf-8")


def _schema(cohort: Cohort) -> Any:  # noqa: ANN401  (pyarrow.Schema)
    """Return names and types; the file carries the cohort that it was made from."""
    arrow = _pyarrow("pyarrow")
    kinds = {"id": arrow.int64(), **dict.fromkeys(_TEXTS, arrow.string())}
    names = column_names(axis_by_id(cohort.scenario.axis), cohort)
    made = {"endotune.cohort": dump_cohort(cohort), "endotune.version": __version__}
    return arrow.schema([(name, kinds.get(name, arrow.float64())) for name in names], metadata=made)


def _parquet_bytes(cohort: Cohort, rows: Rows) -> bytes:
    arrow, parquet = _pyarrow("pyarrow"), _pyarrow("pyarrow.parquet")
    arrays = []
    for entry in _schema(cohort):
        values = rows.columns[entry.name]
        plain = [text or None for text in values] if isinstance(values, list) else values
        arrays.append(arrow.array(plain, type=entry.type, from_pandas=True))
    held = io.BytesIO()
    parquet.write_table(arrow.Table.from_arrays(arrays, schema=_schema(cohort)), held)
    return held.getvalue()
