"""Cases of weights from judgement: ranks, ratings, pairwise comparison, best-worst.

Each runner takes the inputs of a case and gives what `kinerja.explore` says, by the names that cases use.
Peers' own methods that the library does not have (column means) are computed here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import sqrt
from typing import Any

from running import NotRunError

from kinerja.explore import (
    RANDOM_INDICES,
    ahp_group_weights,
    ahp_hierarchy_weights,
    ahp_incomplete_weights,
    ahp_weights,
    best_worst_weights,
    direct_weights,
    judgements_from_matrix,
    judges_agreement,
    rank_order_centroid_weights,
    rank_reciprocal_weights,
    rank_sum_weights,
    smart_weights,
    swing_weights,
)
from kinerja.values import Weights

#: Names that cases have for the tables of the random index.
TABLES = {
    "saaty_pyDecision": "saaty1980",
    "saaty2005_ahpy": "saaty2005",
    "donegan_dodd1991_ahpy": "donegan_dodd1991",
    "tummala_ling1998_pymcdm": "tummala_ling1998",
    "MCDA_R_0.0.24": "alonso_lamata2006",
}
#: Publications that take another table than Saaty's first one, by a part of their name.
OTHER_TABLES = {"R package MCDA": "alonso_lamata2006", "ahpy": "donegan_dodd1991"}
DEFAULT = "saaty1980"


def _ratio(value: Any) -> Any:
    """Read a judgement as it is printed: a rounded 0.333 is one third."""
    if isinstance(value, (int, str, Fraction)):
        return value
    number = Decimal(str(value))
    places = max(0, -number.as_tuple().exponent)
    for whole in range(2, 10):
        if places > 1 and round(Decimal(1) / whole, places) == number:
            return Fraction(1, whole)
    return float(number)


def _names(count: int) -> list[str]:
    return [f"c{place + 1}" for place in range(count)]


def _matrix(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> dict[tuple[str, str], Any]:
    ratios = [[_ratio(value) for value in row] for row in rows]
    return judgements_from_matrix(ratios, criteria=names)


def _criteria(inputs: Mapping[str, Any], count: int) -> list[str]:
    return [str(name) for name in inputs.get("criteria") or _names(count)]


def _table(inputs: Mapping[str, Any]) -> str | None:
    """Give the table that a publication takes; `None` where nothing tells."""
    named = inputs.get("random_index")
    if named is not None:
        return TABLES.get(named, named)
    source = inputs.get("source")
    if source is None:
        return None
    return next((table for part, table in OTHER_TABLES.items() if part in source), DEFAULT)


# Pairwise comparison.


def ahp_priority(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rows = inputs["matrix"]
    names = _criteria(inputs, len(rows))
    pairs = _matrix(rows, names)
    found = {
        table: ahp_weights(pairs, criteria=names, random_index=table) for table in RANDOM_INDICES
    }
    facts = found[DEFAULT].origin.facts
    means = ahp_weights(pairs, criteria=names, random_index=DEFAULT, method="geometric_mean")
    ratios = {case: found[table].origin.facts["cr"] for case, table in TABLES.items()}
    table = _table(inputs)
    return {
        "weights": dict(found[DEFAULT]),
        "lambda_max": facts["lambda_max"],
        "ci": facts["ci"],
        "geometric_weights": dict(means),
        "column_mean_weights": _column_means(rows),
        "cr_by_random_index": ratios,
        **({} if table is None else {"cr": found[table].origin.facts["cr"]}),
    }


def _column_means(rows: Sequence[Sequence[Any]]) -> list[float]:
    """Give the mean of each row after every column was divided by its sum, as some programs do."""
    values = [[float(Fraction(_ratio(value))) for value in row] for row in rows]
    sums = [sum(column) for column in zip(*values, strict=True)]
    return [
        sum(value / total for value, total in zip(row, sums, strict=True)) / len(row)
        for row in values
    ]


def ahp_random_index(_: Mapping[str, Any]) -> dict[str, Any]:
    return {
        case: {str(size): value for size, value in RANDOM_INDICES[table].values.items()}
        for case, table in TABLES.items()
    }


def ahp_hierarchy_case(inputs: Mapping[str, Any]) -> dict[str, Any]:
    names, groups, below = _hierarchy(inputs)
    leaves = ahp_hierarchy_weights(groups, random_index=DEFAULT)
    if not below:
        return {"weights": dict(leaves), "leaf_global_weights": dict(leaves)}
    found = ahp_hierarchy_weights(groups, random_index=DEFAULT, alternatives=below)
    target = {name: found[name] for name in names}
    return {"target": target, "leaf_global_weights": dict(leaves)}


def _hierarchy(inputs: Mapping[str, Any]) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    """Read the two shapes of cases: named pairs and upper triangles, or matrices."""
    if "criteria_matrix" in inputs:
        names = [str(name) for name in inputs["alternatives"]]
        reserved = {"criteria_matrix", "alternatives", "source", "criteria"}
        leaves = [key for key in inputs if key not in reserved]
        below = {leaf: _matrix(inputs[leaf], names) for leaf in leaves}
        return names, {"goal": _matrix(inputs["criteria_matrix"], leaves)}, below
    names = [str(name) for name in inputs.get("vehicles", inputs.get("alternatives", []))]
    triangles = inputs.get("upper_triangles", {})
    pairs = {
        key: {(first, second): _ratio(value) for first, second, value in rows}
        for key, rows in inputs.items()
        if isinstance(rows, list) and rows and isinstance(rows[0], list)
    }
    members = {name for one in pairs.values() for pair in one for name in pair}
    groups = {
        next((name for name in members if name.lower() == key.lower()), key): one
        for key, one in pairs.items()
    }
    below = {
        leaf: dict(zip(combinations(names, 2), map(_ratio, values), strict=True))
        for leaf, values in triangles.items()
    }
    return names, groups, below


def ahp_incomplete_case(inputs: Mapping[str, Any]) -> dict[str, Any]:
    rows = inputs["matrix"]
    names = _criteria(inputs, len(rows))
    pairs = {
        (names[i], names[j]): _ratio(rows[i][j])
        for i, j in combinations(range(len(rows)), 2)
        if rows[i][j]
    }
    found = ahp_incomplete_weights(pairs, criteria=names)
    vector = ahp_incomplete_weights(pairs, criteria=names, method="eigenvector")
    return {
        # Published examples complete the matrix; the least squares stand beside them.
        "weights": dict(vector),
        "least_squares_weights": dict(found),
        "eigenvector_weights": dict(vector),
        "lambda_max": vector.origin.facts["lambda_max"],
        "ci": vector.origin.facts["ci"],
    }


def ahp_group_case(inputs: Mapping[str, Any]) -> dict[str, Any]:
    matrices = inputs["matrices"]
    names = _criteria(inputs, len(matrices[0]))
    judges = {f"j{place + 1}": _matrix(rows, names) for place, rows in enumerate(matrices)}
    counts = inputs.get("judge_weights")
    by_way = {
        way: ahp_group_weights(
            judges,
            criteria=names,
            random_index=_table(inputs) or DEFAULT,
            aggregation=way,
            judge_weights=None
            if counts is None
            else dict(zip(judges, map(str, counts), strict=True)),
        )
        for way in ("judgements", "priorities_geometric", "priorities_arithmetic")
    }
    shares = {way: dict(found) for way, found in by_way.items()}
    facts = by_way["judgements"].origin.facts
    return {
        "weights": shares[inputs.get("aggregation", "judgements")],
        "aij": shares["judgements"],
        "aip_geometric": shares["priorities_geometric"],
        "aip_arithmetic": shares["priorities_arithmetic"],
        **{
            key: facts[key]
            for key in ("lambda_max", "ci", "cr", "kendall_w", "consensus")
            if key in facts
        },
    }


def kendall_w(inputs: Mapping[str, Any]) -> dict[str, Any]:
    ranks = inputs["ranks"]
    judges = {
        f"j{place + 1}": Weights(
            tuple(
                (f"c{k}", Fraction(len(row) + 1) - Fraction(str(rank)))
                for k, rank in enumerate(row)
            )
        )
        for place, row in enumerate(ranks)
    }
    return {"w": judges_agreement(judges).kendall_w, "value": judges_agreement(judges).kendall_w}


# Ranks and ratings.


def _ranks(method: Callable[..., Weights]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    def run(inputs: Mapping[str, Any]) -> dict[str, Any]:
        given = inputs.get("ranks")
        if given is None:
            names: Any = _names(int(inputs["n"]))
        elif isinstance(given, Mapping):
            names = {name: str(rank) for name, rank in given.items()}
        else:
            names = {f"c{place + 1}": str(rank) for place, rank in enumerate(given)}
        return _shares(method(names, ties="mean"))

    return run


def _points(
    method: Callable[..., Weights], *keys: str
) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    def run(inputs: Mapping[str, Any]) -> dict[str, Any]:
        given = next((inputs[key] for key in keys if key in inputs), None)
        if given is None:
            raise NotRunError(f"inputs have none of {', '.join(keys)}")
        if not isinstance(given, Mapping):
            given = dict(zip(_criteria(inputs, len(given)), given, strict=True))
        return _shares(method(given))

    return run


def _shares(weights: Weights) -> dict[str, Any]:
    return {"weights": dict(weights), "fractions": dict(weights)}


# Best-worst.


def bwm_linear(inputs: Mapping[str, Any]) -> dict[str, Any]:
    vectors = [inputs["best_to_others"], inputs["others_to_worst"]]
    if isinstance(vectors[0], Mapping):
        names = list(dict.fromkeys([*vectors[0], *vectors[1]]))
    else:
        names = _criteria(inputs, len(vectors[0]))
        vectors = [dict(zip(names, vector, strict=True)) for vector in vectors]
    best, worst = (
        names[one] if isinstance(one, int) else one for one in (inputs["best"], inputs["worst"])
    )
    found = best_worst_weights(vectors[0], others_to_worst=vectors[1], best=best, worst=worst)
    facts = found.origin.facts
    return {
        "weights": {name: found[name] for name in names},
        "xi": facts["xi"],
        "consistency_ratio_input_based": facts["input_cr"],
        # Without any contradiction both models agree; the library has the linear one alone.
        **({"nonlinear_xi": facts["xi"]} if facts["xi"] == 0 else {}),
    }


def bwm_consistency_index(_: Mapping[str, Any]) -> dict[str, Any]:
    """Give the largest deviation of the non-linear model, which the library does not have.

    It is the smaller root of x² - (1 + 2a)x + (a² - a) = 0 (Rezaei 2015), printed with two decimals.
    """
    roots = {a: ((1 + 2 * a) - sqrt(1 + 8 * a)) / 2 for a in range(1, 10)}
    return {str(a): Decimal(repr(root)).quantize(Decimal("0.01")) for a, root in roots.items()}


RUNNERS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "ahp_priority": ahp_priority,
    "ahp_random_index": ahp_random_index,
    "ahp_hierarchy": ahp_hierarchy_case,
    "ahp_incomplete": ahp_incomplete_case,
    "ahp_group": ahp_group_case,
    "kendall_w": kendall_w,
    "roc_weights": _ranks(rank_order_centroid_weights),
    "rank_sum_weights": _ranks(rank_sum_weights),
    "rank_reciprocal_weights": _ranks(rank_reciprocal_weights),
    "direct_weights": _points(direct_weights, "points", "ratings", "weights"),
    "smart_weights": _points(smart_weights, "ratings", "points"),
    "swing_weights": _points(swing_weights, "ratings", "swings", "points"),
    "bwm_linear": bwm_linear,
    "bwm_consistency_index": bwm_consistency_index,
}
