"""Runners of worked cases: weights from data, aggregation, normalisation, sensitivity.

Each takes the inputs of a case and gives what the library finds, under the names that cases use.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from running import NotRunError

from kinerja.explore.aggregation import Aggregation, aggregate, dispersion, orness
from kinerja.explore.capacity import choquet, moebius
from kinerja.explore.critic import critic_weights
from kinerja.explore.effective import effective_weights
from kinerja.explore.entropy import entropy_weights
from kinerja.explore.merec import merec_weights
from kinerja.explore.normalise import (
    between,
    distance_to,
    min_max,
    percentile,
    rank,
    ratio_to,
    shares,
    z_score,
)
from kinerja.explore.principal import pca_weights, principal_components
from kinerja.explore.rankings import kendall, ranks_of, spearman
from kinerja.explore.redundancy import find_redundancy
from kinerja.explore.sensitivity import sobol_indices
from kinerja.explore.spread import standard_deviation_weights
from kinerja.values import Weights

#: Programs that do not turn an indicator of which low is good before they correlate it.
UNTURNED = {
    "pymcdm": "correlates before turning costs",
    "pyrepo": "correlates before turning costs",
}


def take(inputs: Mapping[str, Any], *names: str) -> Any:
    """Give the first input that the case has; a case without any of them is not understood."""
    for name in names:
        if inputs.get(name) is not None:
            return inputs[name]
    raise NotRunError(f"the inputs have none of {', '.join(names)}")


def table(inputs: Mapping[str, Any]) -> list[list[float]]:
    """Give the matrix of a case, which may be told as that of another one."""
    named = (inputs.get(name) for name in ("matrix", "data", "x", "referred"))
    found = next((one for one in named if isinstance(one, (list, Mapping))), None)
    if isinstance(found, Mapping):
        found = found.get("data", found.get("matrix"))
    if not isinstance(found, list) or not found or not isinstance(found[0], list):
        raise NotRunError("the inputs have no matrix")
    return [[np.nan if value is None else float(value) for value in row] for row in found]


def directions(inputs: Mapping[str, Any], count: int) -> dict[str, str]:
    """Give the direction of each column: 1 or `max` where high is good; without, all are."""
    types = next(
        (
            inputs[name]
            for name in ("types", "directions", "criteria_types", "better", "objectives", "benefit")
            if name in inputs
        ),
        [1] * count,
    )
    low = {"-1", "min", "low", "cost", "lower", "false"}
    names = column_names(inputs, count)
    return {
        name: "low" if str(kind).strip().lower() in low else "high"
        for name, kind in zip(names, types, strict=True)
    }


def column_names(inputs: Mapping[str, Any], count: int) -> list[str]:
    """Give the names of the columns, numbers where the case has none."""
    for name in ("criteria", "indicators", "names"):
        given = inputs.get(name)
        if isinstance(given, list) and len(given) == count:
            return [str(one) for one in given]
    return [str(place) for place in range(1, count + 1)]


def weighed(
    method: Callable[..., Weights], **more: Any
) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Make a runner of a method that weighs the columns of a matrix."""

    def run(inputs: Mapping[str, Any]) -> dict[str, Any]:
        matrix = table(inputs)
        found = method(matrix, better=directions(inputs, len(matrix[0])), **more)
        return {"weights": found} | _facts(found)

    return run


def _facts(found: Weights) -> dict[str, Any]:
    """Give the figures of each column as lists: `entropy.a` and `entropy.b` as `entropy`."""
    told: dict[str, list[Any]] = {}
    for name, value in found.origin.facts.items():
        head, dot, _ = name.partition(".")
        if dot:
            told.setdefault(head, []).append(value)
    if "entropy" in told:
        told["divergence"] = [1 - value for value in told["entropy"]]
    return told


def critic(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Weigh by CRITIC; programs that turn no column are wrong where low is good somewhere."""
    matrix = table(inputs)
    better = directions(inputs, len(matrix[0]))
    found = critic_weights(matrix, better=better)
    mixed = len(set(better.values())) > 1
    return {"weights": found} | _facts(found) | ({"known_errors": UNTURNED} if mixed else {})


def critic_disagreement(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Weigh several sets by CRITIC."""
    sets = {name: critic(part) for name, part in inputs.items() if isinstance(part, Mapping)}
    if not sets:
        raise NotRunError("the inputs have no sets")
    found: dict[str, Any] = {name: part["weights"] for name, part in sets.items()}
    return found | {"known_errors": UNTURNED}


def entropy(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Weigh by entropy, in the form that the case names."""
    said = str(inputs.get("variant", inputs.get("form", inputs.get("normalisation", "")))).lower()
    form = "minmax" if "min" in said else "shares"
    return weighed(entropy_weights, form=form)(inputs)


def pca(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Weigh by principal components; the number kept is the case's, else those above 1."""
    matrix = table(inputs)
    kept = next(
        (
            int(inputs[name])
            for name in ("factors", "n_factors", "components", "n_components", "k")
            if name in inputs
        ),
        "eigenvalue_above_1",
    )
    better = directions(inputs, len(matrix[0]))
    found = principal_components(matrix, better=better, factors=kept)
    values = list(found.eigenvalues)
    return {
        "weights": pca_weights(matrix, better=better, factors=kept),
        "eigenvalues": values,
        "variance_pct": [100 * value / sum(values) for value in values],
        "explained": list(found.explained),
    }


def pca_eigenvalues(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Find the eigenvalues of the correlations."""
    found = pca({**inputs, "factors": 1})
    return {"value": found["eigenvalues"], "variance_pct": found["variance_pct"]}


def factor_weights(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Weigh the indicators of the handbook by as many components as the case explains variances of.

    The case names no data; they are those of the other cases of its file.
    """
    explained = [float(value) for value in take(inputs, "explained")]
    found: dict[str, Any] = {"factor_share": [value / sum(explained) for value in explained]}
    other = inputs.get("referred") or _handbook()
    if other is None:
        return found
    matrix = [[float(value) for value in row] for row in other["data"]]
    better = dict.fromkeys(other["indicators"], "high")
    weights = pca_weights(matrix, better=better, factors=len(explained))
    return found | {"weights_PC": weights}


def _handbook() -> Mapping[str, Any] | None:
    from run_weighting import HERE, read_cases

    path = HERE / "weighting" / "tai_oecd.json"
    if not path.is_file():
        return None
    return next(
        (case["inputs"] for case in read_cases(path) if "indicators" in case["inputs"]), None
    )


def _rows(inputs: Mapping[str, Any]) -> np.ndarray:
    """Give components, one row a person: the matrix, or the values of a single one."""
    if isinstance(inputs.get("matrix"), list):
        return np.array(table(inputs))
    values = take(inputs, "values", "x", "scores")
    if isinstance(values, Mapping):
        values = list(values.values())
    if isinstance(values[0], list):
        return np.array(table({"matrix": values}))
    return np.array([[np.nan if value is None else float(value) for value in values]])


def _weights(inputs: Mapping[str, Any], count: int) -> dict[str, Any]:
    given = inputs.get("weights", inputs.get("w", [1] * count))
    if isinstance(given, Mapping):
        given = list(given.values())
    return {str(place): value for place, value in enumerate(given)}


def mean(kind: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Make a runner of a way to aggregate."""

    def run(inputs: Mapping[str, Any]) -> dict[str, Any]:
        rows = _rows(inputs)
        power = float(take(inputs, "power", "p")) if kind == "power" else None
        by = Aggregation(kind=kind, power=power)
        dropped = "renormalise" if np.isnan(rows).any() else "missing"
        found = aggregate(rows, weights=_weights(inputs, rows.shape[1]), by=by, missing=dropped)
        return _one_or_all(found, inputs)

    return run


def _one_or_all(found: np.ndarray, inputs: Mapping[str, Any]) -> dict[str, Any]:
    value = float(found[0]) if len(found) == 1 and "matrix" not in inputs else found
    return {"score": value, "value": value, "scores": found}


def owa(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Weigh the places, best first."""
    rows = _rows(inputs)
    order = tuple(take(inputs, "weights", "order", "w"))
    equal = {str(place): 1 for place in range(rows.shape[1])}
    found = aggregate(rows, weights=equal, by=Aggregation(kind="owa", order=order))
    toward = orness(order)
    return _one_or_all(found, inputs) | {
        "orness": toward,
        "andness": 1 - toward,
        "dispersion": dispersion(order),
    }


def _turned(inputs: Mapping[str, Any]) -> tuple[np.ndarray, dict[str, Any]]:
    matrix = np.array(table(inputs))
    better = directions(inputs, matrix.shape[1])
    columns = [shares(matrix[:, place], better=how) for place, how in enumerate(better.values())]
    return np.array(columns).T, _weights(inputs, matrix.shape[1])


def of_shares(kind: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Make a runner that aggregates shares of column sums, weights as they are."""

    def run(inputs: Mapping[str, Any]) -> dict[str, Any]:
        rows, weights = _turned(inputs)
        return {"scores": aggregate(rows, weights=weights, by=Aggregation(kind=kind))}

    return run


def integral(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Take Choquet's integral, and what each set adds."""
    capacity = {frozenset(name): value for name, value in take(inputs, "capacity").items()}
    added = moebius(capacity)
    names = {frozenset(name): name for name in inputs["capacity"]}
    return {
        "score": choquet(take(inputs, "values"), capacity=capacity),
        "moebius": {names[one]: value for one, value in added.items()},
    }


def with_missing(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Aggregate what is there, by two rules: weights divided anew, or no score."""
    rows = _rows(inputs)
    weights = _weights(inputs, rows.shape[1])

    def score(kind: str, power: float | None, missing: str) -> float | None:
        by = Aggregation(kind=kind, power=power)
        found = float(aggregate(rows, weights=weights, by=by, missing=missing)[0])
        return None if np.isnan(found) else found

    return {
        "amean": score("arithmetic", None, "renormalise"),
        "gmean": score("geometric", None, "renormalise"),
        "hmean": score("harmonic", None, "renormalise"),
        "genmean_p_minus1": score("power", -1.0, "missing"),
        "genmean_p2": score("power", 2.0, "missing"),
    }


def normalisation(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Bring one column to many scales."""
    values = np.array([float(value) for value in take(inputs, "x", "values")])
    middle, high, low = (float(function(values)) for function in (np.mean, np.max, np.min))
    found: dict[str, Any] = {
        "rank": rank(values, better="low"),
        "zscore": z_score(values),
        "minmax": min_max(values),
        "dist_mean": ratio_to(values, reference=middle),
        "dist_best": ratio_to(values, reference=high),
        "dist_worst": ratio_to(values, reference=low),
        "diff_mean": distance_to(values, reference=middle),
        "diff_worst": distance_to(values, reference=low),
        "percentile": 100 * rank(values, better="low") / len(values),
    }
    if inputs.get("threshold_p") is not None:
        apart = distance_to(values, reference=middle)
        limit = float(inputs["threshold_p"])
        found["above_below_mean_p20"] = (apart > limit).astype(int) - (apart < -limit)
    return found


def normalisation_with_missing(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Bring one column to many scales; what is missing stays missing."""
    values = np.array([np.nan if v is None else float(v) for v in take(inputs, "x")])
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    third = float(values[2])

    def to(best: float, worst: float, held: str = "free") -> np.ndarray:
        return between(values, worst=worst, best=best, held=held)

    return {
        "n_minmax": 100 * min_max(values),
        "n_zscore": z_score(values),
        "n_dist2max": to(high, low),
        "n_dist2ref3": to(third, low),
        "n_dist2ref3cap": np.minimum(to(third, low), 1),
        "n_fracmax": ratio_to(values, reference=high),
        "n_prank": percentile(values),
        "n_rank": rank(values, better="low"),
        "n_borda": rank(values, better="low") - 1,
        "n_scaled": 100 * to(50, 0),
        "n_dist2targ40": to(40, low),
        "n_dist2targ40cap": np.minimum(to(40, low), 1),
        "n_dist2targ15neg": to(15, high),
        "n_dist2targ15negcap": np.minimum(to(15, high), 1),
        "goal": 100 * to(40, 15, "clip"),
        "goalneg": 100 * to(15, 40, "clip"),
        "goal_notrunc": 100 * to(40, 15),
    }


def scale_trap(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Divide by the leader of each year, in two units of one temperature."""
    found: dict[str, Any] = {}
    for unit, places in inputs.items():
        if not isinstance(places, Mapping):
            continue
        columns = np.array([[[float(v) for v in row] for row in rows] for rows in places.values()])
        years = [
            np.mean(
                [
                    ratio_to(columns[:, year, one], reference=float(columns[:, year, one].max()))
                    for one in range(columns.shape[2])
                ],
                axis=0,
            )
            for year in range(columns.shape[1])
        ]
        found[unit] = {
            place: [float(year[row]) for year in years] for row, place in enumerate(places)
        }
    return found


def composite(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Make a composite index of min-max and of z-scores, with each set of weights."""
    matrix = np.array(table(inputs))
    sets = take(inputs, "weights")
    columns = {
        "minmax": np.array([min_max(column) for column in matrix.T]).T,
        "zscore": np.array([z_score(column) for column in matrix.T]).T,
    }
    found: dict[str, Any] = {}
    for name, weights in sets.items():
        for how, rows in columns.items():
            by = Aggregation(kind="weighted_sum")
            score = aggregate(rows, weights=_weights({"weights": weights}, 0), by=by)
            found[f"{name}_{how}"] = {"score": score, "rank": ranks_of(score, best="highest")}
    # Each column was lifted by a hundredth, so that the worst does not make the product 0.
    lifted = 0.01 + 0.99 * columns["minmax"]
    equal = dict.fromkeys(inputs["indicators"], 1)
    geometric = aggregate(lifted, weights=equal, by=Aggregation(kind="geometric"))
    return found | {"geometric_EW_minmax_shifted": geometric}


def sobol_sum(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Find the indices of a weighted sum of independent uniform factors."""
    weights = np.array([float(weight) for weight in take(inputs, "weights")])
    factors = {str(place): (0.0, 1.0) for place in range(len(weights))}
    return _indices(lambda points: points @ weights, factors, 13)


def ishigami(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Find the indices of Ishigami's function."""
    a, b = float(inputs.get("a", 7)), float(inputs.get("b", 0.1))

    def function(points: np.ndarray) -> np.ndarray:
        one, two, three = points.T
        return np.sin(one) + a * np.sin(two) ** 2 + b * three**4 * np.sin(one)

    power = round(np.log2(float(inputs.get("N", 8192))))
    return _indices(function, dict.fromkeys("abc", (-np.pi, np.pi)), power)


def _indices(function: Any, factors: Mapping[str, Any], power: int) -> dict[str, Any]:
    found = sobol_indices(function, factors=factors, power=power, seed=1)
    return {"S1": [one.first for one in found.of], "ST": [one.total for one in found.of]}


def g_function(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Find the indices of Sobol's g-function."""
    a = np.array([float(value) for value in take(inputs, "a")])

    def function(points: np.ndarray) -> np.ndarray:
        return ((np.abs(4 * points - 2) + a) / (1 + a)).prod(axis=1)

    return _indices(function, {str(place): (0.0, 1.0) for place in range(len(a))}, 14)


def rank_correlation(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Correlate two orders."""
    one, other = _two(inputs)
    rho, tau = spearman(one, other), kendall(one, other)
    return {
        "spearman": rho, "rho": rho, "kendall": tau, "tau": tau, "tau_b": tau, "kendall_tau_b": tau,
        "spearman_rho": rho, "kendall_tau": tau,
    }  # fmt: skip


def _two(inputs: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    for one, other in (("x", "y"), ("a", "b"), ("first", "second"), ("rank_a", "rank_b")):
        if one in inputs and other in inputs:
            return [float(v) for v in inputs[one]], [float(v) for v in inputs[other]]
    pairs = [value for value in inputs.values() if isinstance(value, list)]
    if len(pairs) != 2:
        raise NotRunError("the inputs have no two orders")
    return [float(v) for v in pairs[0]], [float(v) for v in pairs[1]]


def named(what: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Make a runner of one of two correlations, which is its main value."""

    def run(inputs: Mapping[str, Any]) -> dict[str, Any]:
        found = rank_correlation(inputs)
        return found | {"value": found[what]}

    return run


def effective(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Share out the variance of a weighted mean."""
    rows = np.array(table(inputs))
    found = effective_weights(rows, weights=_weights(inputs, rows.shape[1]))
    told = [one.effective for one in found.of]
    return {
        "weights": told,
        "effective": told,
        "correlations": [one.correlation for one in found.of],
    }


def redundancy(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Correlate indicators, and find their overlap."""
    rows = np.array(table(inputs))
    found = find_redundancy(rows, names=column_names(inputs, rows.shape[1]))
    return {
        "correlations": found.correlations,
        "correlation": found.correlations,
        "vif": found.inflation,
        "condition": found.condition,
    }


def equal(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Weigh all alike."""
    count = int(inputs["n"]) if "n" in inputs else len(take(inputs, "criteria", "matrix", "names"))
    if isinstance(inputs.get("matrix"), list) and "n" not in inputs:
        count = len(inputs["matrix"][0])
    return {"weights": [Fraction(1, count)] * count}


def _known(names: Sequence[str], runner: Any) -> dict[str, Any]:
    return dict.fromkeys(names, runner)


RUNNERS: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
    **_known(
        (
            "entropy_weights",
            "entropy",
            "shannon_entropy_weights",
            "entropy_shares_weights",
            "entropy_raw_weights",
        ),
        entropy,
    ),
    **_known(
        ("entropy_minmax_weights", "entropy_minmax", "entropy_weights_minmax"),
        weighed(entropy_weights, form="minmax"),
    ),
    **_known(("critic_weights", "critic"), critic),
    "critic_weights_disagreement": critic_disagreement,
    **_known(
        ("std_weights", "standard_deviation_weights", "standard_deviation", "sd_weights"),
        weighed(standard_deviation_weights, form="minmax"),
    ),
    **_known(("merec_weights", "merec"), weighed(merec_weights)),
    **_known(("pca_weights", "pca"), pca),
    "pca_eigenvalues": pca_eigenvalues,
    "factor_weights": factor_weights,
    "equal_weights": equal,
    **_known(
        ("arithmetic_mean", "weighted_arithmetic_mean", "weighted_mean", "amean", "arithmetic"),
        mean("arithmetic"),
    ),
    **_known(
        ("geometric_mean", "weighted_geometric_mean", "gmean", "geometric"), mean("geometric")
    ),
    **_known(("harmonic_mean", "weighted_harmonic_mean", "hmean", "harmonic"), mean("harmonic")),
    **_known(("power_mean", "generalised_mean", "generalized_mean"), mean("power")),
    **_known(("minimum", "min_aggregation"), mean("minimum")),
    **_known(("weighted_sum",), mean("weighted_sum")),
    **_known(("weighted_product",), mean("weighted_product")),
    "owa": owa,
    **_known(("wpm", "wpm_sum_normalised"), of_shares("weighted_product")),
    **_known(("wsm", "wsm_sum_normalised"), of_shares("weighted_sum")),
    "choquet": integral,
    "aggregation_with_missing": with_missing,
    "normalisation_family": normalisation,
    "normalisation_family_with_missing": normalisation_with_missing,
    "scale_invariance_trap": scale_trap,
    "composite_index_end_to_end": composite,
    "sobol_first_order_weighted_sum": sobol_sum,
    "sobol_ishigami": ishigami,
    **_known(("sobol_g_function", "sobol_g"), g_function),
    **_known(("rank_correlation", "rank_correlations"), rank_correlation),
    **_known(("kendall", "kendall_tau", "kendall_tau_b"), named("kendall")),
    **_known(("spearman", "spearman_rho", "spearman_rank_correlation"), named("spearman")),
    **_known(("effective_weights",), effective),
    **_known(("redundancy", "correlation", "correlation_matrix"), redundancy),
}
