"""How what was found is compared with what a case of weighting expects.

`expected` maps names to values. What a name means is looked up in this order:

1. the runner gives that name: the two are compared;
2. `published`, `computed`, `exact`, `analytic`, alone or before a name (`published_weights`): what
   stands there is compared with what was found, by names where it is a mapping, else with the main value;
3. `peers`, or the name of a program, alone or before a name: evidence of others. Where the notes say with
   whom the published value agrees, that is held to; who is said not to is a known error and only told.
   Where nothing is said, a peer that differs is told beside a value that is an oracle itself, and is a
   failure where peers are all that is expected, unless the runner tells it as a known error
   (`known_errors`);
4. anything else is told as not compared.

`tolerance` is the largest allowed difference (inclusive): a number for all, or by name, the innermost name
first, part of a name (`ranks` for `published_ranks`) last; `null` for a name means that it must not be
compared; a text means half a unit of the last decimal that is printed. Without any, a difference of 1e-9
is noise, and of a name that a mapping of tolerances leaves out two units of the last printed decimal are
allowed. Fractions as text are exact.

A runner that gives a set says that each of its values would be right, such as ratios by several tables of
which the case does not say which one was used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

__all__ = ["Comparison", "compare"]

#: Below this a difference from an exactly expected value is noise of the division that printed it.
NOISE = Fraction(1, 10**9)
#: What binary floats add to a difference that is just allowed.
SLACK = Fraction(1, 10**14)
ORACLES = ("published", "computed", "exact", "analytic")
PEERS = (
    "scikit-criteria",
    "skcriteria",
    "pymcdm",
    "pyrepo",
    "pydecision",
    "ahpy",
    "coinr",
    "mcda",
    "py-mcda",
    "promethee",
    "salib",
    "smaa",
    "numpy",
    "scipy",
    "sklearn",
    "scikit-learn",
    "pandas",
    "statsmodels",
    "factor_analyzer",
    "r ",
)
DEFAULTS = ("default", "all", "other")
MAIN = ("value", "weights", "scores", "score", "values", "target", "index")
ALSO_MAIN = ("fractions", "value", "weights", "scores", "result")

_AGREEMENT = re.compile(r"Agreement with the published value:\s*(\{[^}]*\})")
_FRACTION = re.compile(r"\s*-?\d+\s*/\s*\d+\s*")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_ABSENT = object()
_UNSTATED = object()


@dataclass
class Comparison:
    """What was compared, and how it ended.

    Attributes:
        compared: Values that were compared.
        differences: Those that differ by more than is allowed, each as a sentence.
        left_out: Names that were not compared, with the reason where it is not plain.
        known: Peers that differ and are known or said to.
    """

    compared: int = 0
    differences: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Evidence:
    """The value of a peer, to be judged when the oracles are compared."""

    peer: str
    path: tuple[str, ...]
    expected: Any
    found: Any


def compare(case: Mapping[str, Any], found: Mapping[str, Any]) -> Comparison:
    """Compare what a runner found with what its case expects."""
    expected = case["expected"]
    if not isinstance(expected, Mapping):
        expected = {"value": expected}
    result = {str(name): _plain(value) for name, value in found.items()}
    errors = result.pop("known_errors", {})
    allowed = _tolerances(case.get("tolerance"), expected)
    made = Comparison()
    evidence: list[_Evidence] = []
    for name, value in expected.items():
        _look_up(made, evidence, (name,), value, result, allowed)
    _judge(made, evidence, _agreement(case.get("notes")), errors, allowed)
    return made


def _look_up(  # noqa: C901, PLR0917 - one place to stand, what is carried along, one branch a rule
    made: Comparison,
    evidence: list[_Evidence],
    path: tuple[str, ...],
    expected: Any,
    result: Mapping[str, Any],
    allowed: Callable[[Sequence[str]], Any],
) -> None:
    name = path[-1]
    main = _main(result)
    oracle = _beginning(name, ORACLES)
    if name in result:
        beneath = result[name]
        if isinstance(expected, Mapping) and any(_is_peer(key) for key in expected):
            given = beneath if isinstance(beneath, Mapping) else {}
            evidence.extend(
                _Evidence(str(key), (*path, str(key)), value, beneath)
                for key, value in expected.items()
                if key not in given
            )
            expected = {key: value for key, value in expected.items() if key in given}
            if not expected:
                return
        _walk(made, path, expected, beneath, allowed)
    elif name == "peers" and isinstance(expected, Mapping):
        evidence.extend(
            _Evidence(str(peer), (*path, str(peer)), value, _meant(value, result))
            for peer, value in expected.items()
        )
    elif oracle and expected is None:
        made.left_out.append(f"{name} (none)")
    elif oracle and name[len(oracle) :].lstrip("_") in result:
        _walk(made, path, expected, result[name[len(oracle) :].lstrip("_")], allowed)
    elif oracle:
        _walk(made, path, expected, _meant(expected, result), allowed)
    elif name in ALSO_MAIN and main is not _ABSENT:
        _walk(made, path, expected, main, allowed)
    elif _is_peer(name):
        rest = name.partition("_")[2]
        value = result.get(rest, _meant(expected, result))
        evidence.append(_Evidence(name, path, expected, value))
    elif allowed(path) is None:
        made.left_out.append(f"{name} (the case says so)")
    else:
        made.left_out.append(name)


def _meant(expected: Any, result: Mapping[str, Any]) -> Any:
    """Give what a block of values without a name of its own is compared with."""
    if isinstance(expected, Mapping) and any(str(key) in result for key in expected):
        return result
    return _main(result)


def _main(result: Mapping[str, Any]) -> Any:
    for name in MAIN:
        if name in result:
            return result[name]
    return next(iter(result.values())) if len(result) == 1 else _ABSENT


def _judge(
    made: Comparison,
    evidence: Sequence[_Evidence],
    agreement: Mapping[str, bool],
    errors: Mapping[str, str],
    allowed: Callable[[Sequence[str]], Any],
) -> None:
    has_oracle = bool(made.compared)
    for one in evidence:
        trial = Comparison()
        said = agreement.get(one.peer)
        known = next((errors[name] for name in errors if one.peer.startswith(name)), None)
        if said is False:
            made.known.append(f"known error: {one.peer}")
            continue
        if known is not None and said is None:
            made.known.append(f"known error: {one.peer}: {known}")
            continue
        _walk(trial, one.path, one.expected, one.found, allowed)
        if trial.differences and said is None and has_oracle:
            made.known.append(f"differs: {one.peer}")
            continue
        made.compared += trial.compared
        made.differences += trial.differences
        made.left_out += trial.left_out


def _walk(
    made: Comparison,
    path: tuple[str, ...],
    expected: Any,
    found: Any,
    allowed: Callable[[Sequence[str]], Any],
) -> None:
    """Compare two values, and what is beneath them."""
    where = ".".join(path)
    limit = allowed(path)
    if limit is None:
        made.left_out.append(f"{where} (the case says so)")
    elif found is _ABSENT:
        made.left_out.append(where)
    elif isinstance(expected, Mapping):
        found = _by_name(expected, found)
        if not isinstance(found, Mapping):
            made.compared += 1
            made.differences.append(f"{where}: expected names, got {_shown(found)}")
            return
        for name, value in expected.items():
            _walk(made, (*path, str(name)), value, found.get(str(name), _ABSENT), allowed)
    else:
        _values(made, where, expected, found, _limit(limit, expected))


def _by_name(expected: Mapping[str, Any], found: Any) -> Any:
    """Name what was found in order only, as columns of a matrix without names are."""
    if isinstance(found, Mapping) and all(str(name).isdigit() for name in found):
        found = found if set(map(str, expected)) & set(found) else list(found.values())
    if isinstance(found, list) and len(found) == len(expected):
        return dict(zip(map(str, expected), found, strict=True))
    return found


def _values(made: Comparison, where: str, expected: Any, found: Any, limit: Any) -> None:
    if isinstance(expected, list):
        _list(made, where, expected, found, limit)
    elif isinstance(expected, Mapping):
        _walk(made, (where,), expected, found, lambda _: limit)
    elif isinstance(found, (set, frozenset)):
        made.compared += 1
        if all(_differs(expected, one, limit) for one in found):
            shown = ", ".join(map(_shown, found))
            made.differences.append(f"{where}: expected {expected}, got {shown}")
    else:
        made.compared += 1
        if _differs(expected, found, limit):
            made.differences.append(f"{where}: expected {expected}, got {_shown(found)}")


def _list(made: Comparison, where: str, expected: list[Any], found: Any, limit: Any) -> None:
    if isinstance(found, Mapping):
        found = list(found.values())
    if not isinstance(found, list) or len(found) != len(expected):
        made.compared += 1
        made.differences.append(f"{where}: expected {len(expected)}, got {_shown(found)}")
        return
    for place, (one, other) in enumerate(zip(expected, found, strict=True)):
        _values(made, f"{where}[{place}]", one, other, limit)


def _differs(expected: Any, found: Any, limit: Any) -> bool:
    wanted, given = _number(expected), _number(found)
    if wanted is None or given is None:
        return wanted is not None or given is not None or expected != found
    if isinstance(expected, str):
        largest = Fraction(0) if isinstance(found, Fraction) else NOISE
    else:
        largest = limit(wanted) if callable(limit) else limit
        largest += SLACK if largest else 0
    return abs(wanted - given) > largest


def _limit(limit: Any, expected: Any) -> Any:
    """Give the largest difference for the figures of one value."""
    if limit is _UNSTATED:
        return max(2 * _unit(expected), NOISE)
    if isinstance(limit, str):
        return _text_limit(limit, expected)
    return Fraction(limit)


def _text_limit(text: str, expected: Any) -> Any:
    figure = _FIGURE.search(text)
    if figure and "decimal" not in text and "digit" not in text:
        largest = Fraction(figure[0])
        if "rel" in text or "%" in text:
            share = largest / 100 if "%" in text else largest
            return lambda wanted: abs(wanted) * share
        return largest
    if "exact" in text or "equal" in text:
        return NOISE
    return max(_unit(expected) / 2, NOISE)


def _unit(expected: Any) -> Fraction:
    """Give a unit of the last decimal that a block of figures prints."""
    return Fraction(1, 10 ** max((_decimals(value) for value in _leaves(expected)), default=0))


def _decimals(value: Any) -> int:
    if not isinstance(value, Decimal):
        return 0
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _tolerances(tolerance: Any, expected: Mapping[str, Any]) -> Callable[[Sequence[str]], Any]:
    """Give what looks up the tolerance of a path: a number, a text, `None` (skip it), none stated."""
    if not isinstance(tolerance, Mapping):
        whole = NOISE if tolerance is None else tolerance
        return lambda _: whole
    names = set(_names(expected))
    if len(tolerance) == 1 and not any(_fits(key, name) for key in tolerance for name in names):
        whole = next(iter(tolerance.values()))
        return lambda _: whole

    def look_up(path: Sequence[str]) -> Any:
        for name in reversed(path):
            if name in tolerance:
                return tolerance[name]
        for name in reversed(path):
            for key in tolerance:
                if _fits(key, name):
                    return tolerance[key]
        return next((tolerance[key] for key in DEFAULTS if key in tolerance), _UNSTATED)

    return look_up


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, beneath in value.items():
            yield str(name)
            yield from _names(beneath)


def _fits(key: str, name: str) -> bool:
    """Tell whether the words of a tolerance's name stand in a name."""
    return set(str(key).lower().split("_")) <= set(name.lower().split("_"))


def _agreement(notes: Any) -> Mapping[str, bool]:
    told = _AGREEMENT.search(notes) if isinstance(notes, str) else None
    try:
        said = json.loads(told[1]) if told else {}
    except json.JSONDecodeError:
        return {}
    return said if isinstance(said, Mapping) else {}


def _beginning(name: str, of: Sequence[str]) -> str:
    return next((one for one in of if name == one or name.startswith(f"{one}_")), "")


def _is_peer(name: Any) -> bool:
    return str(name).lower().startswith(PEERS)


def _plain(value: Any) -> Any:
    """Give plain lists, mappings and numbers for arrays, weights and numbers of numpy."""
    if hasattr(value, "shares"):
        return {name: share for name, share in value.shares}  # noqa: C416 - shares are pairs
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(name): _plain(beneath) for name, beneath in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value != value:  # noqa: PLR0124 - the definition of NaN
        return None
    return value


def _number(value: Any) -> Fraction | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if isinstance(value, Decimal):
        return Fraction(value) if value.is_finite() else None
    if isinstance(value, float):
        return None if value in {float("inf"), float("-inf")} else Fraction(repr(value))
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        return Fraction(value.replace(" ", ""))
    return None


def _shown(value: Any) -> str:
    if value is _ABSENT:
        return "nothing"
    text = f"{float(value):.12g}" if isinstance(value, (float, Fraction)) else repr(value)
    return text if len(text) < 100 else f"{text[:99]}…"
