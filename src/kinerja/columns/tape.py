"""A list of array operations, run again and again over scratch memory that is allocated once.

What lives here: registers, operations on them, and which scratch array holds which register when. What
never comes in: formulas, bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = ["ROWS", "Kind", "Register", "Scratch", "Shelf", "Tape"]

Array: TypeAlias = NDArray[Any]
Kind = Literal["f8", "?", "i2", "i8"]
#: The level of registers with one place a row; the name of a list is that of its items.
ROWS: Final = ""
#: Scratch that is kept between tables: how large, and for how many threads.
KEPT_BYTES: Final = 1 << 24
KEPT: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """A place for an array, or a constant.

    Attributes:
        kind: Type of the numbers in it.
        level: `ROWS`, or the list whose items it holds.
        constant: The constant, where it is one.
        given: It is an input or an output, not scratch.
        parts: It is a block of so many arrays, one after the other; 0: it is one array.
        block: The block it is an array of.
        part: Which one.
    """

    kind: Kind
    level: str = ROWS
    constant: float | np.int64 | None = None
    given: bool = False
    parts: int = 0
    block: Register | None = None
    part: int = 0

    @property
    def is_scratch(self) -> bool:
        """Whether its memory may serve another register when it is no longer read."""
        return not (self.given or self.parts or self.block) and self.constant is None


@dataclass(frozen=True, slots=True, eq=False)
class _Operation:
    run: Callable[..., object]
    reads: tuple[Register, ...]
    writes: Register
    elementwise: bool


class Tape:
    """Operations in their order.

    Attributes:
        ambiguous: For each level the register of rows, or items, about which floats cannot tell.
    """

    def __init__(self) -> None:
        self._operations: list[_Operation] = []
        self.ambiguous: dict[str, Register] = {}
        self._constants: dict[tuple[Kind, str], Register] = {}
        self._slots: dict[Register, int] = {}
        self._fixed: list[Register] = []
        self._shapes: list[tuple[Kind, str]] = []
        self._compiled: list[tuple[Callable[..., object], tuple[int, ...]]] = []

    def constant(self, value: float) -> Register:
        """Give the register of a constant."""
        return self._constant("f8", value)

    def constant_integer(self, value: np.int64) -> Register:
        """Give the register of a whole number."""
        return self._constant("i8", value)

    def _constant(self, kind: Kind, value: float | np.int64) -> Register:
        # NaN is not equal to itself, and 0.0 is to -0.0: told apart by what they print.
        key = (kind, repr(value))
        if key not in self._constants:
            self._constants[key] = Register(kind, constant=value)
        return self._constants[key]

    def given(self, kind: Kind, level: str = ROWS) -> Register:
        """Give a register that the caller fills, or reads, by itself."""
        register = Register(kind, level, given=True)
        self._fixed.append(register)
        return register

    def made_by(
        self, register: Register
    ) -> tuple[Callable[..., object] | None, tuple[Register, ...]]:
        """Give the operation that fills a register, and what it reads; none for what the caller fills."""
        for operation in reversed(self._operations):
            if operation.writes is register:
                return operation.run, operation.reads
        return None, ()

    def block(self, kind: Kind, parts: int) -> tuple[Register, tuple[Register, ...]]:
        """Give a register that one operation fills, and the arrays of rows in it."""
        whole = Register(kind, parts=parts)
        return whole, tuple(Register(kind, block=whole, part=part) for part in range(parts))

    def add(
        self,
        run: Callable[..., object],
        *reads: Register,
        kind: Kind = "f8",
        level: str | None = None,
        into: Register | None = None,
        elementwise: bool = True,
    ) -> Register:
        """Add an operation.

        Args:
            run: Called with the arrays of `reads` and last the array it fills.
            reads: What it reads.
            kind: Type of its result.
            level: Level of its result; by default that of what it reads.
            into: The register it fills; by default a new one.
            elementwise: The result may lie in the place of what is read.
        """
        if level is None:
            level = next((register.level for register in reads if register.constant is None), ROWS)
        writes = Register(kind, level) if into is None else into
        self._operations.append(_Operation(run, reads, writes, elementwise))
        return writes

    def doubt(self, run: Callable[..., object], *reads: Register) -> None:
        """Add an operation that marks ambiguous rows: called with the arrays and the marks."""
        level = next((register.level for register in reads if register.constant is None), ROWS)
        self._operations.append(_Operation(run, reads, self.marks(level), elementwise=False))

    def marks(self, level: str) -> Register:
        """Give the register of ambiguous rows, for an operation that marks some beside its result."""
        if level not in self.ambiguous:
            self.ambiguous[level] = Register("?", level, given=True)
            self._fixed.append(self.ambiguous[level])
        return self.ambiguous[level]

    # Making it ready.

    def finish(self) -> None:  # noqa: C901 - one walk over the operations
        """Leave out what nothing reads, and give every register a slot."""
        self._keep_needed()
        slots: list[Register | tuple[Kind, str]] = []

        def slot(register: Register) -> int:
            if register not in self._slots:
                self._slots[register] = len(slots)
                slots.append(register)
            return self._slots[register]

        for register in [*self._fixed, *self._constants.values()]:
            slot(register)
        last: dict[Register, int] = {}
        for place, operation in enumerate(self._operations):
            for register in operation.reads:
                last[register] = place
        free: dict[tuple[Kind, str], list[int]] = {}
        for place, operation in enumerate(self._operations):
            reads = tuple(slot(register) for register in operation.reads)
            dying = [
                register
                for register in dict.fromkeys(operation.reads)
                if last[register] == place and register.is_scratch
            ]
            target = operation.writes
            if not target.is_scratch:
                slot(target)
            if operation.elementwise:
                self._release(dying, free)
            if target not in self._slots:
                pool = free.setdefault((target.kind, target.level), [])
                if pool:
                    self._slots[target] = pool.pop()
                else:
                    self._slots[target] = len(slots)
                    slots.append((target.kind, target.level))
            if not operation.elementwise:
                self._release(dying, free)
            self._compiled.append((operation.run, (*reads, self._slots[target])))
        self._shapes = [
            (entry.kind, entry.level) if isinstance(entry, Register) else entry for entry in slots
        ]

    def _release(self, dying: Sequence[Register], free: dict[tuple[Kind, str], list[int]]) -> None:
        for register in dying:
            free.setdefault((register.kind, register.level), []).append(self._slots[register])

    def _keep_needed(self) -> None:
        wanted: set[Register] = {*self._fixed}
        kept: list[_Operation] = []
        for operation in reversed(self._operations):
            if operation.writes in wanted:
                kept.append(operation)
                wanted.update(operation.reads)
                wanted.update(r.block for r in operation.reads if r.block is not None)
        self._operations = kept[::-1]

    def __len__(self) -> int:
        """Give the number of operations."""
        return len(self._operations)

    # Running it.

    def run(
        self, given: Mapping[Register, Array], counts: Mapping[str, int], scratch: Scratch
    ) -> None:
        """Run the operations.

        Args:
            given: An array for each register that is not scratch.
            counts: Places of each level.
            scratch: Memory of this thread.
        """
        table: list[Any] = [None] * len(self._shapes)
        pools: dict[tuple[Kind, str], int] = {}
        for register, place in self._slots.items():
            if register.constant is not None:
                table[place] = register.constant
            elif register.given:
                table[place] = given[register]
            elif register.parts:
                size = register.parts * counts[ROWS]
                table[place] = scratch.array(register.kind, "blocks", place, size)
        for register, place in self._slots.items():
            if register.block is not None:
                start = register.part * counts[ROWS]
                whole = table[self._slots[register.block]]
                table[place] = whole[start : start + counts[ROWS]]
        for place, (kind, level) in enumerate(self._shapes):
            if table[place] is None:
                number = pools.get((kind, level), 0)
                pools[kind, level] = number + 1
                table[place] = scratch.array(kind, level, number, counts[level])
        for run, places in self._compiled:
            run(*[table[place] for place in places])


class Scratch:
    """Memory of one thread, as large as the largest chunk yet."""

    def __init__(self) -> None:
        self._arrays: dict[tuple[str, str, int], Array] = {}

    def array(self, kind: Kind, level: str, number: int, count: int) -> Array:
        """Give an array of some length; the same memory each time."""
        key = (kind, level, number)
        found = self._arrays.get(key)
        if found is None or len(found) < count:
            found = np.empty(max(count, 1), np.dtype(kind))
            self._arrays[key] = found
        return found if len(found) == count else found[:count]

    @property
    def size(self) -> int:
        """Count its bytes."""
        return sum(array.nbytes for array in self._arrays.values())


class Shelf:
    """Scratch that lies ready for the next table: fresh memory costs more than what is computed in it."""

    def __init__(self) -> None:
        self._free: list[Scratch] = []
        self._lock = Lock()

    def take(self) -> Scratch:
        """Give scratch that nobody else uses."""
        with self._lock:
            return self._free.pop() if self._free else Scratch()

    def put(self, scratch: Scratch) -> None:
        """Take scratch back; what is large, or more than a few threads need, is let go."""
        with self._lock:
            if scratch.size <= KEPT_BYTES and len(self._free) < KEPT:
                self._free.append(scratch)
