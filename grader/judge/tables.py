"""Which tables of an array are shown, and the view made of them: the same for got, expected and their difference."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import numpy as np

from grader.judge import pictures
from grader.judge.verdict import ArrayView, BlockView, Picture

SIDE = 8  # rows and columns of a table
TABLES, LARGE_TABLES = 8, 4  # of one array; the lesser number where they have more than 16 rows or columns
DIGITS = 5

Block = tuple[int, ...]
Window = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Layout:
    """The tables that are shown of arrays of one shape; the first of them is to be looked at first."""

    wrong: np.ndarray
    blocks: tuple[Block, ...]
    centres: tuple[tuple[int, int], ...]  # row and column that each table must show

    @classmethod
    def of(cls, shape: Block, wrong: np.ndarray | None = None, worst: Block | None = None) -> "Layout":
        """Choose the table of the worst element, then others with wrong ones, then the first of the rest."""
        if wrong is None:
            wrong = np.zeros(shape, dtype=bool)
        if not wrong.size:
            return cls(wrong, (), ())
        leading = shape[:-2]
        first = worst[: len(leading)] if worst else (0,) * len(leading)
        faulty: Iterable[Any] = np.argwhere(wrong.any(axis=(-2, -1))) if leading else ()
        candidates = chain([first], (tuple(map(int, block)) for block in faulty), np.ndindex(leading))
        most = TABLES if max(shape[-2:], default=1) <= 2 * SIDE else LARGE_TABLES
        blocks = tuple(dict.fromkeys(islice(candidates, 3 * TABLES)))[:most]
        centres = [_first(np.atleast_2d(wrong[block])) for block in blocks]
        if worst:
            row, column = (0, 0, *worst)[-2:]
            centres[0] = row, column
        return cls(wrong, blocks, tuple(centres))

    def view(
        self,
        array: np.ndarray,
        scale: float,
        *,
        texts: Callable[[Block], str] | None = None,
        digits: int = DIGITS,
        with_series: bool = False,
        is_difference: bool = False,
    ) -> ArrayView:
        """Return the view of an array of this shape; `texts` gives the text of a wrong element."""
        tables = [self._table(array, place, texts, digits) for place in range(len(self.blocks))]
        first = tables[0] if tables else BlockView([0] * (array.ndim - 2), [])
        shown = sum(len(row) for table in tables for row in table.cells)
        is_image = pictures.is_image(array)
        return ArrayView(
            list(array.shape),
            str(array.dtype),
            first.block,
            first.cells,
            first.wrong,
            truncated=shown < array.size,
            corner=first.corner,
            others=tables[1:],
            picture=self._picture(array, scale, only_wrong=is_difference) if is_image else None,
            series=pictures.series(array) if with_series else None,
        )

    def _table(self, array: np.ndarray, place: int, texts: Callable[[Block], str] | None, digits: int) -> BlockView:
        block = self.blocks[place]
        rows, columns = self._window(array.shape, place, SIDE)
        cells = [[number(cell, digits) for cell in row] for row in np.atleast_2d(array[block])[rows, columns]]
        marked = np.argwhere(np.atleast_2d(self.wrong[block])[rows, columns])
        wrong = [(int(row), int(column)) for row, column in marked]
        if texts is not None:
            for row, column in wrong:
                index = (*block, rows.start + row, columns.start + column)
                cells[row][column] = texts(index[len(index) - array.ndim :])
        return BlockView(list(block), cells, wrong, (rows.start, columns.start))

    def _picture(self, array: np.ndarray, scale: float, *, only_wrong: bool) -> Picture:
        drawn = self.wrong if only_wrong else np.ones(array.shape, dtype=bool)
        tables, corners = [], []
        for place, block in enumerate(self.blocks):
            window = rows, columns = self._window(array.shape, place, pictures.SIDE)
            tables.append(pictures.letters(array[block][window], scale, drawn[block][window]))
            corners.append((rows.start, columns.start))
        return Picture(scale, tables, corners)

    def _window(self, shape: Block, place: int, most: int) -> Window:
        """Return at most `most` rows and columns of a table: the first ones, if what must be shown is among them."""
        sizes = (1, 1, *shape)[-2:]
        starts = [
            0 if at < most else min(at - most // 2, size - most)
            for at, size in zip(self.centres[place], sizes, strict=True)
        ]
        row, column = (slice(start, min(start + most, size)) for start, size in zip(starts, sizes, strict=True))
        return row, column


def number(value: Any, digits: int = DIGITS) -> str:
    """Return a number in a few significant digits."""
    kind = np.asarray(value).dtype.kind
    if kind in "biu":
        return str(value)
    if kind == "c":
        return f"{complex(value):.{digits}g}"
    return f"{float(value):.{digits}g}"


def told_apart(got: Any, want: Any) -> tuple[str, str]:
    """Return two numbers with as many digits as it takes to see that they differ."""
    for digits in range(DIGITS, 18):
        texts = number(got, digits), number(want, digits)
        if texts[0] != texts[1]:
            break
    return texts


def _first(wrong: np.ndarray) -> tuple[int, int]:
    row, column = np.unravel_index(int(np.argmax(wrong)), wrong.shape)
    return int(row), int(column)
