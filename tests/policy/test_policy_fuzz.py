"""Whatever a file holds, reading it gives a policy or issues, soon, and nothing else."""

import contextlib
import json
import time
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from policy_texts import policy, unfilled
from ruamel.yaml import YAML
from test_fingerprint import TEXT

from kinerja.asn import catalog
from kinerja.errors import PolicyError
from kinerja.policy import parse_policy
from kinerja.policy.source import parse_yaml, read_yaml
from kinerja.words import LANGUAGES

TEXTS = [
    TEXT,
    policy(),
    *(
        catalog.path_of(name).read_text(encoding="utf-8")
        for name in ("kuadran-6-2022", "sikap-360")
    ),
]
TREES = [parse_yaml(text).tree for text in TEXTS]
#: A machine that is busy with other tests may take its time; a file of a stranger may not take minutes.
SECONDS = 20
ODD = [
    None, True, False, "", " ", [], {}, "0", "-1", "1/0", "1e999", "x" * 500, "a + b", "a.b", "none",
    "nan", "60 %", ["a"], {"a": "b"}, "[²]", "\x00", "[99999999999999999999]", "a[²]", "__class__",
    "true", "null", "2024-02-30", "1.5", "10", "[key]", "<range>", "a\nb", "{found}", "%s", "é",
    {"id": "x"}, [[[]]], "missing", "hasil", "steps", "(" * 50, "sum(a for b)", "'baik'",
]  # fmt: skip


def keys_and_values(tree):
    if isinstance(tree, dict):
        for key, part in tree.items():
            yield key, part
            yield from keys_and_values(part)
    elif isinstance(tree, list):
        for part in tree:
            yield "", part
            yield from keys_and_values(part)


PAIRS = [pair for tree in TREES for pair in keys_and_values(tree)]
KEYS = sorted({key for key, _ in PAIRS if key}) + [odd for odd in ODD if isinstance(odd, str)]
VALUES = [value for _, value in PAIRS] + ODD


def read(text, **more):
    """Read a policy; check everything that is said of it."""
    start = time.perf_counter()
    try:
        issues = parse_policy(text, file="kebijakan.yaml", **more).warnings
    except PolicyError as error:
        issues = error.issues
        assert issues
    assert time.perf_counter() - start < SECONDS
    for issue in issues:
        assert unfilled(issue) == set(), issue
        assert issue.file == "kebijakan.yaml"
        assert issue.line is not None, issue
        for lang in LANGUAGES:
            assert all(line.isprintable() for line in issue.to_text(lang).split("\n"))
    places = [(issue.line, issue.column) for issue in issues]
    assert places == sorted(places)
    return issues


def holders(tree):
    """Give every mapping and list of a tree that holds something."""
    found = [tree] if isinstance(tree, (dict, list)) and tree else []
    for part in found and (tree.values() if isinstance(tree, dict) else tree):
        found = [*found, *holders(part)]
    return found


@st.composite
def mutated_trees(draw):
    """A sound policy with some keys and values deleted, moved, doubled or replaced."""
    tree = json.loads(json.dumps(draw(st.sampled_from(TREES))))
    for _ in range(draw(st.integers(1, 5))):
        places = holders(tree)
        if not places:
            break
        holder = draw(st.sampled_from(places))
        key = draw(
            st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder)))
        )
        value = json.loads(json.dumps(draw(st.sampled_from(VALUES))))
        match draw(st.integers(0, 5)):
            case 0:
                del holder[key]
            case 1:
                holder[key] = value
            case 2 if isinstance(holder, dict):
                holder[draw(st.sampled_from(KEYS))] = holder.pop(key)
            case 3 if isinstance(holder, dict):
                holder[draw(st.sampled_from(KEYS))] = value
            case 4:
                other = draw(st.sampled_from(places))
                taken = json.dumps(holder[key])
                if isinstance(other, list):
                    other.append(json.loads(taken))
                else:
                    other[draw(st.sampled_from(sorted(other) or KEYS))] = json.loads(taken)
            case 5 if isinstance(holder[key], str):
                text = holder[key]
                place = draw(st.integers(0, len(text)))
                piece = draw(st.sampled_from(["+", "(", "'", ".", " ", "1", "a", "²", "\n", ""]))
                holder[key] = text[:place] + piece + text[place + draw(st.integers(0, 2)) :]
    return tree


def dumped(tree):
    stream = StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.dump(tree, stream)
    return stream.getvalue()


@st.composite
def mutated_texts(draw):
    """A sound policy with lines deleted, doubled, swapped or indented anew, and signs put in."""
    lines = draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        match draw(st.integers(0, 5)):
            case 0:
                lines[place : place + 2] = [""]
            case 1:
                lines.insert(place, lines[other])
            case 2:
                lines[place] = " " * draw(st.integers(1, 4)) + lines[place]
            case 3:
                lines[place] = lines[place].lstrip()
            case 4:
                lines[place], lines[other] = lines[other], lines[place]
            case 5:
                line = lines[place]
                column = draw(st.integers(0, len(line)))
                sign = draw(st.sampled_from("{}[]:,&*!|>'\"%@`#-?\t\x00\x01é²\u2028\ufeff"))
                lines[place] = line[:column] + sign + line[column:]
    return "\n".join(lines)


signs = st.sampled_from(
    ["a", "b", " ", "  ", "\n", "\n  ", ": ", "- ", "? ", "{", "}", "[", "]", ", ", "'", '"', "#", "|\n",
     ">\n", "&x ", "*x ", "!t ", "---\n", "...\n", "%YAML 1.2\n", "\t", "<<", "~", "1", "\\", "\ufeff"]
)  # fmt: skip


class TestFuzz:
    @given(st.text(max_size=200))
    def test_any_text(self, text):
        read(text)

    @given(st.lists(signs, max_size=40).map("".join))
    def test_any_signs_of_yaml(self, text):
        read(text)

    @given(mutated_trees())
    def test_policies_with_parts_moved_and_replaced(self, tree):
        read(json.dumps(tree, ensure_ascii=False))

    @given(mutated_trees())
    def test_the_same_written_as_blocks(self, tree):
        text = dumped(tree)
        read(text)

    @given(mutated_texts())
    def test_policies_with_lines_and_signs_moved(self, text):
        read(text)

    @given(st.binary(max_size=200))
    def test_any_bytes(self, tmp_path_factory, data):
        path = tmp_path_factory.getbasetemp() / "bytes.yaml"
        path.write_bytes(data)
        with contextlib.suppress(PolicyError):
            read_yaml(path)

    @given(st.dictionaries(st.text(max_size=8), st.text(max_size=30), max_size=6))
    def test_any_choice_of_variants(self, variant):
        read(TEXTS[3], variant=variant)


def formula(text):
    return {"rule": "formula", "title": "t", "is": text}


LARGE = {
    "a long chain": {f"s{i}": formula(f"s{i - 1} + 1" if i else "a + b") for i in range(800)},
    "a chain backwards": {
        f"s{i}": formula(f"s{i + 1} + 1" if i < 799 else "a + b") for i in range(800)
    },
    "many circles": {f"s{i}": formula(f"s{i ^ 1}") for i in range(800)},
    "everything needs everything": {
        f"s{i}": formula("+".join(f"s{j}" for j in range(80))) for i in range(80)
    },
    "doubling": {f"s{i}": formula(f"s{i - 1} * s{i - 1}" if i else "a + b") for i in range(100)},
    "unknown names": {f"s{i}": formula(f"z{i}") for i in range(1000)},
    "unknown kinds": {f"s{i}": {"rule": f"r{i}", "title": "t"} for i in range(1000)},
    "deep parentheses": {f"s{i}": formula("(" * 60 + "a" + ")" * 60) for i in range(200)},
    "huge figures": {f"s{i}": formula("*".join(["1e99"] * 100)) for i in range(50)},
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_large_files_are_read_in_the_time_of_their_size(name):
    text = policy(f"steps: {json.dumps(LARGE[name])}\npublish: [s0]\n")
    read(text)


def test_a_panel_of_many_groups_and_aspects_is_read_in_the_time_of_its_size():
    groups = {f"g{i}": f"G{i}" for i in range(8)}
    aspects = {f"a{i}": f"A{i}" for i in range(40)}
    step = {
        "rule": "raters",
        "title": "t",
        "over": "r",
        "group": "g",
        "score": "n",
        "rater": "w",
        "aspect": "p",
        "groups": {name: {"minimum": "1"} for name in groups},
        "within": "mean",
        "unanswered": "incomplete",
        "too_few": "incomplete",
        "missing_group": "assign_to",
        "weights": dict.fromkeys(groups, "1/8"),
        "assign_to": {f"g{i}": f"g{(i + 1) % 8}" for i in range(8)},
        "round": {"digits": "2", "mode": "half_up"},
    }
    fields = {
        "g": {"type": "label", "scale": "g"},
        "p": {"type": "label", "scale": "p"},
        "w": {"type": "text"},
        "n": {"type": "number"},
    }
    sections = {
        "scales": {
            "g": {"ordered": False, "labels": groups},
            "p": {"ordered": False, "labels": aspects},
        },
        "inputs": {"r": {"type": "list", "title": "r", "fields": fields}},
        "steps": {"hasil": step},
    }
    text = policy("".join(f"{key}: {json.dumps(part)}\n" for key, part in sections.items()))
    assert read(text) == ()
