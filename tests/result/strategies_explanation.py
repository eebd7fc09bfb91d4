"""Any explanation, and any plain data, for properties."""

from dataclasses import replace

from hypothesis import strategies as st

from kinerja.result import Explanation, InputLine, ItemTable, Lever, Line, Loss, PolicyNote
from kinerja.values import LegalBasis
from kinerja.words import Text

characters = st.text(max_size=8)
texts = st.builds(Text, characters, characters) | characters.map(Text.same)
maybe = st.none() | texts
names = st.text(max_size=5)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=3)
fractions = st.fractions()
scalars = st.one_of(decimals, fractions, characters, st.booleans(), st.none())
values_of_steps = st.dictionaries(names, scalars, max_size=4)


def few(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


bases = st.builds(
    LegalBasis,
    title=characters,
    clause=characters,
    status=st.sampled_from(["primary", "secondary", "practice", "unverified", "own"]),
    source=characters,
    note=maybe,
)


def tables_of(columns):
    row = st.tuples(*[maybe] * columns)
    return st.builds(
        ItemTable,
        name=names,
        title=texts,
        columns=st.tuples(*[texts] * columns),
        rows=few(row),
    )


tables = st.integers(1, 3).flatmap(tables_of)


def lines_with(parts):
    return st.builds(
        Line,
        name=names,
        title=texts,
        value=maybe,
        unrounded=maybe,
        formula=maybe,
        figures=maybe,
        applied=few(texts),
        basis=few(bases),
        unit=maybe,
        published=st.booleans(),
        uses=few(names),
        parts=parts,
        items=st.none() | tables,
    )


lines = lines_with(few(lines_with(st.just(()))))
unreasoned = st.builds(
    Explanation,
    policy=st.builds(
        PolicyNote,
        id=names,
        version=names,
        title=texts,
        fingerprint=names,
        basis=few(bases),
        choices=few(st.tuples(texts, texts)),
        plugins=few(names),
    ),
    id=st.none() | names,
    status=st.sampled_from(["complete", "incomplete"]),
    reasons=few(texts),
    lines=few(lines),
    inputs=few(st.builds(InputLine, name=names, title=texts, value=maybe, unit=maybe, note=maybe)),
    losses=few(
        st.builds(Loss, name=names, title=texts, value=texts, best=texts, points=texts, total=names)
    ),
    target=st.none() | st.tuples(texts, texts),
    levers=few(
        st.builds(
            Lever,
            name=names,
            title=texts,
            value=maybe,
            needed=maybe,
            gives=maybe,
            proof=st.sampled_from(["exact", "search"]),
            grid=st.none() | st.integers(0, 9),
            items=maybe,
        )
    ),
    warnings=few(texts),
    follow_ups=few(texts),
    values=values_of_steps,
)
#: With a reason for each thing that follows, or without any, as older versions stored them.
explanations = unreasoned | unreasoned.map(lambda e: replace(e, follow_up_reasons=e.follow_ups))

# Lines that are often alike, so that tables form.

words = st.sampled_from(["nilai", "rata-rata", "atasan", "rekan kerja", "kolaboratif", "12", ""])
phrases = st.lists(words, max_size=3).map(" ".join).map(Text.same)
figures = st.sampled_from(["3 ÷ 20", "4 ÷ 20", "12,3", "rentang dari 3"]).map(Text.same)
values = st.sampled_from(["3", "12,3", "4,3333333333…", "Baik"]).map(Text.same)
keys = st.lists(st.sampled_from("ab"), min_size=1, max_size=3).map(".".join)


def alike_lines(parts):
    return st.builds(
        Line,
        name=keys,
        title=phrases,
        value=st.none() | values,
        unrounded=st.none() | values,
        formula=st.none() | phrases,
        figures=st.none() | figures,
        applied=few(figures),
        basis=st.just(()),
        unit=st.none() | phrases,
        published=st.booleans(),
        uses=few(keys),
        parts=parts,
    )


def renamed(lines, prefix=""):
    """Give lines names that differ, the same key where it can be."""
    taken = set()
    for line in lines:
        name = f"{prefix}{line.name}"
        if name not in taken:
            taken.add(name)
            parts = tuple(renamed(line.parts, f"{name}."))
            yield replace(line, name=name, parts=parts)


def numbered(lines):
    return tuple(
        replace(line, name=f"s{place}", parts=tuple(renamed(line.parts, f"s{place}.")))
        for place, line in enumerate(lines)
    )


alike_parts = st.lists(alike_lines(st.just(())), max_size=6).map(tuple)
alike_explanations = st.lists(alike_lines(st.just(()) | alike_parts), max_size=6).map(
    lambda lines: Explanation(
        policy=PolicyNote(id="p", version="1", title=Text.same("p"), fingerprint="sha256:0"),
        id=None,
        status="complete",
        reasons=(),
        lines=numbered(lines),
        inputs=(),
    )
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)
