"""Operations on scratch memory that is used again give what they give when each has memory of its own."""
# ruff: noqa: S311 - random tapes guard no secret

from __future__ import annotations

from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import kinerja.columns.tape
from kinerja.columns.tape import ROWS, Register, Scratch, Shelf, Tape

SEEDS = st.integers(0, 2**32)
KINDS = ("f8", "i8", "i2", "?")


def joined(*arrays):
    """Fill the result at once: it may lie where an argument lies."""
    *read, out = arrays
    total = sum(np.asarray(array).astype(np.float64) * place for place, array in enumerate(read, 2))
    np.copyto(out, total % 97 > 48 if out.dtype == np.bool_ else total % 97, casting="unsafe")


def spoiling(*arrays):
    """Spoil the result before the arguments are read."""
    *read, out = arrays
    out.fill(1)
    total = sum(np.asarray(array).astype(np.float64) * place for place, array in enumerate(read, 3))
    np.copyto(out, total % 89 > 44 if out.dtype == np.bool_ else total % 89, casting="unsafe")


def spread(values, offsets, out):
    """From rows to items."""
    out.fill(0)
    out[:] = np.repeat(np.asarray(values), np.diff(offsets))


def summed(values, offsets, out):
    """From items to rows."""
    out.fill(0)
    for row in range(len(out)):
        out[row] = np.asarray(values[offsets[row] : offsets[row + 1]]).sum() % 97


def blocks(values, out):
    """Fill several arrays at once."""
    size = len(values)
    out.fill(0)
    for part in range(len(out) // max(size, 1)):
        out[part * size : (part + 1) * size] = values * (part + 2) % 83


def mark(values, marks):
    """Mark some rows beside those that are marked."""
    marks |= np.asarray(values) > 60


class Naive:
    """Runs the same operations, each into an array of its own."""

    def __init__(self):
        self.operations = []

    def run(self, given, counts):
        held = dict(given)
        for run, reads, target in self.operations:
            arrays = [self.value(register, held, counts) for register in reads]
            if target not in held:
                size = counts[target.level] * (target.parts or 1)
                held[target] = np.empty(size, target.kind)
            run(*arrays, held[target])

    def value(self, register, held, counts):
        if register.constant is not None:
            return register.constant
        if register.block is not None:
            rows = counts[ROWS]
            return held[register.block][register.part * rows : (register.part + 1) * rows]
        return held[register]


class Drawn:
    """A random tape, beside the same operations run one after the other."""

    def __init__(self, seed):
        self.random = random = Random(seed)
        self.tape, self.naive = Tape(), Naive()
        self.offsets = self.tape.given("i8")
        self.inputs = [
            self.tape.given(random.choice(KINDS), level) for level in (ROWS, ROWS, "r", "r")
        ]
        self.outputs = [self.tape.given("f8") for _ in range(2)]
        self.known = {ROWS: self.inputs[:2], "r": self.inputs[2:]}
        for _ in range(random.randint(3, 25)):
            self._operation()
        for output in self.outputs:
            self._add(spoiling, self.pick(ROWS), self.pick(ROWS), into=output, elementwise=False)
        self.tape.finish()

    def pick(self, level):
        # Those that were made last more often: long chains, with some that live long.
        known = self.known[level]
        return self.random.choice((self.random.choice(known), known[-1]))

    def _add(self, run, *reads, **named):
        target = self.tape.add(run, *reads, **named)
        self.naive.operations.append((run, reads, target))
        return target

    def _operation(self):
        random = self.random
        level = random.choice((ROWS, ROWS, "r"))
        kind = random.choice(KINDS)
        match random.randrange(8):
            case 0 if level == ROWS:
                made = self._add(
                    spread, self.pick(ROWS), self.offsets, kind=kind, level="r", elementwise=False
                )
                self.known["r"].append(made)
            case 1:
                made = self._add(
                    summed, self.pick("r"), self.offsets, kind="f8", level=ROWS, elementwise=False
                )
                self.known[ROWS].append(made)
            case 2:
                whole, parts = self.tape.block("f8", random.randint(1, 4))
                values = self.pick(ROWS)
                self._add(blocks, values, into=whole, elementwise=False)
                self.known[ROWS] += random.sample(parts, random.randint(0, len(parts)))
            case 3:
                read = self.pick(level)
                self.tape.doubt(mark, read)
                self.naive.operations.append((mark, (read,), self.tape.ambiguous[level]))
            case _:
                reads = [self.pick(level) for _ in range(random.randint(1, 3))]
                if random.randrange(3) == 0:
                    reads.insert(random.randrange(2), self.tape.constant(random.choice((0.0, 3.0))))
                if random.randrange(5) == 0:
                    reads.append(self.tape.constant_integer(np.int64(11)))
                same = random.random() < 0.6
                run = joined if same else spoiling
                made = self._add(run, *reads, kind=kind, elementwise=same)
                if made.level == level:
                    self.known[level].append(made)

    def run(self, scratch, rows):
        random = self.random
        lengths = [random.randrange(4) for _ in range(rows)]
        counts = {ROWS: rows, "r": sum(lengths)}
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        results = []
        inputs = [
            np.array(
                [random.randrange(2 if r.kind == "?" else 90) for _ in range(counts[r.level])],
                r.kind,
            )
            for r in self.inputs
        ]
        for own in (False, True):
            given = {
                register: values.copy()
                for register, values in zip(self.inputs, inputs, strict=True)
            }
            given[self.offsets] = offsets
            given |= {register: np.zeros(rows) for register in self.outputs}
            marks = {
                r: np.zeros(counts[level], np.bool_) for level, r in self.tape.ambiguous.items()
            }
            given |= marks
            if own:
                self.naive.run(given, counts)
            else:
                self.tape.run(given, counts, scratch)
            assert all((given[r] == v).all() for r, v in zip(self.inputs, inputs, strict=True))
            found = [given[register].tolist() for register in self.outputs]
            results.append((found, [m.tolist() for m in marks.values()]))
        assert results[0] == results[1]


class TestAnyTape:
    @given(SEEDS)
    def test_scratch_used_again_gives_the_same(self, seed):
        drawn = Drawn(seed)
        scratch = Scratch()
        for rows in (5, 2, 9, 0, 9, 1):
            drawn.run(scratch, rows)

    @given(SEEDS, SEEDS)
    def test_tapes_that_share_scratch_do_not_disturb_each_other(self, one, other):
        tapes = [Drawn(one), Drawn(other)]
        scratch = Scratch()
        for rows in (3, 7, 2):
            for drawn in tapes:
                drawn.run(scratch, rows)


class TestMemory:
    def test_a_chain_needs_one_array(self):
        tape = Tape()
        last = tape.given("f8")
        for _ in range(50):
            last = tape.add(joined, last)
        out = tape.given("f8")
        tape.add(joined, last, into=out)
        tape.finish()
        scratch = Scratch()
        tape.run({tape._fixed[0]: np.ones(4), out: np.zeros(4)}, {ROWS: 4}, scratch)
        assert len(scratch._arrays) == 1

    def test_a_result_that_may_not_lie_on_its_argument_needs_two(self):
        tape = Tape()
        start = last = tape.given("f8")
        for _ in range(50):
            last = tape.add(spoiling, last, elementwise=False)
        out = tape.given("f8")
        tape.add(joined, last, into=out)
        tape.finish()
        scratch = Scratch()
        tape.run({start: np.ones(4), out: np.zeros(4)}, {ROWS: 4}, scratch)
        assert len(scratch._arrays) == 2

    def test_arrays_of_other_types_and_levels_are_not_mixed(self):
        tape = Tape()
        start, offsets = tape.given("f8"), tape.given("i8")
        flags = tape.add(joined, start, kind="?")
        codes = tape.add(joined, flags, kind="i2")
        items = tape.add(spread, codes, offsets, kind="i2", level="r", elementwise=False)
        out = tape.given("f8")
        tape.add(summed, items, offsets, into=out, elementwise=False)
        tape.finish()
        scratch = Scratch()
        given = {start: np.ones(2), offsets: np.array([0, 3, 5]), out: np.zeros(2)}
        tape.run(given, {ROWS: 2, "r": 5}, scratch)
        kinds = sorted(
            (kind, level, len(array)) for (kind, level, _), array in scratch._arrays.items()
        )
        assert kinds == [("?", ROWS, 2), ("i2", ROWS, 2), ("i2", "r", 5)]
        assert all(array.dtype == kind for (kind, _, _), array in scratch._arrays.items())

    def test_memory_grows_and_is_kept(self):
        scratch = Scratch()
        small = scratch.array("f8", ROWS, 0, 3)
        again = scratch.array("f8", ROWS, 0, 2)
        assert np.shares_memory(small, again)
        assert len(again) == 2
        large = scratch.array("f8", ROWS, 0, 10)
        assert len(large) == 10
        assert np.shares_memory(large, scratch.array("f8", ROWS, 0, 4))
        assert not np.shares_memory(large, scratch.array("f8", ROWS, 1, 4))
        assert len(scratch.array("?", ROWS, 0, 0)) == 0


class TestShelf:
    def test_scratch_is_used_again_by_one_at_a_time(self):
        shelf = Shelf()
        one, other = shelf.take(), shelf.take()
        assert one is not other
        shelf.put(one)
        assert shelf.take() is one
        assert shelf.take() is not one

    def test_what_is_large_or_much_is_let_go(self, monkeypatch):
        monkeypatch.setattr(kinerja.columns.tape, "KEPT_BYTES", 100)
        shelf, small, large = Shelf(), Scratch(), Scratch()
        small.array("f8", ROWS, 0, 12)
        large.array("f8", ROWS, 0, 10)
        large.array("?", ROWS, 0, 21)
        assert (small.size, large.size) == (96, 101)
        shelf.put(large)
        assert shelf._free == []
        for scratch in (small, Scratch(), Scratch()):
            shelf.put(scratch)
        assert shelf._free[0] is small
        assert len(shelf._free) == 2


class TestWhatIsLeftOut:
    def test_what_no_result_needs_is_not_run(self):
        ran = []

        def noted(name):
            def run(*arrays):
                ran.append(name)
                joined(*arrays)

            return run

        tape = Tape()
        start, out = tape.given("f8"), tape.given("f8")
        one = tape.add(noted("one"), start)
        tape.add(noted("unread"), one)
        dead = tape.add(noted("dead"), one)
        tape.add(noted("dead too"), dead, one)
        whole, parts = tape.block("f8", 2)
        tape.add(noted("block"), one, one, into=whole)
        two = tape.add(noted("two"), one, tape.constant(2.0))
        tape.add(noted("out"), two, into=out)
        tape.doubt(lambda values, marks: ran.append("doubt"), two)
        tape.finish()
        given = {start: np.ones(2), out: np.zeros(2), tape.ambiguous[ROWS]: np.zeros(2, np.bool_)}
        tape.run(given, {ROWS: 2}, Scratch())
        assert ran == ["one", "two", "out", "doubt"]
        assert len(tape) == 4
        assert len(parts) == 2

    def test_a_block_is_filled_where_one_of_its_arrays_is_read(self):
        tape = Tape()
        start, out = tape.given("f8"), tape.given("f8")
        whole, parts = tape.block("f8", 3)
        tape.add(blocks, start, into=whole, elementwise=False)
        tape.add(joined, parts[2], into=out)
        tape.finish()
        given = {start: np.array([5.0, 7.0]), out: np.zeros(2)}
        for _ in range(2):
            scratch = Scratch()
            tape.run(given, {ROWS: 2}, scratch)
            tape.run(given, {ROWS: 2}, scratch)
            assert given[out].tolist() == [5 * 4 % 83 * 2 % 97, 7 * 4 % 83 * 2 % 97]


class TestConstants:
    def test_equal_constants_are_one_register_and_zeros_of_either_sign_are_two(self):
        tape = Tape()
        assert tape.constant(2.5) is tape.constant(2.5)
        assert tape.constant(0.0) is not tape.constant(-0.0)
        assert tape.constant(float("nan")) is tape.constant(float("nan"))
        assert tape.constant_integer(np.int64(1)) is not tape.constant(1.0)
        assert tape.constant_integer(np.int64(1)) is tape.constant_integer(np.int64(1))

    def test_the_level_of_a_result_is_that_of_what_is_no_constant(self):
        tape = Tape()
        items = tape.given("f8", "r")
        assert tape.add(joined, tape.constant(1.0), items).level == "r"
        assert tape.add(joined, tape.constant(1.0), tape.constant(2.0)).level == ROWS
        tape.doubt(mark, tape.constant(1.0), items)
        assert list(tape.ambiguous) == ["r"]

    def test_what_is_scratch(self):
        whole = Register("f8", parts=2)
        assert Register("f8").is_scratch
        for register in (
            Register("f8", given=True),
            Register("f8", constant=0.0),
            whole,
            Register("f8", block=whole),
        ):
            assert not register.is_scratch
