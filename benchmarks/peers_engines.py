"""The policy of six ratios on rule engines, and in plain fractions.

OpenFisca computes columns, with floats of 32 bits as it is delivered. zen-engine and the plain fractions
take one record at a time; their time is that of a loop over the records of the frame.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from contender import LABELS, Answer, Contender, codes_of_texts
from numpy.typing import NDArray
from truth_ratios import by_fractions

__all__ = ["by_openfisca", "by_plain_fractions", "by_zen"]

EDGES = (50, 70, 90, 110)
WEIGHTS = (25, 20, 15, 15, 15, 10)
RATERS = ("atasan", "rekan_1", "rekan_2", "rekan_3")
PERIOD = "2025"
LOOPED = 10_000


def by_openfisca(columns: dict[str, NDArray[np.float64]]) -> list[Contender]:
    """Give OpenFisca-Core: the inputs, one variable for the score and one for the label."""
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    entity = build_entity(key="pegawai", plural="para_pegawai", label="pegawai", is_person=True)
    system = TaxBenefitSystem([entity])

    def nilai(person: Any, period: Any) -> Any:
        total = 0.18 * person("atasan", period)
        total += 0.04 * sum(person(name, period) for name in RATERS[1:])
        for place, weight in enumerate(WEIGHTS, start=1):
            ratio = person(f"realisasi_{place}", period) / person(f"target_{place}", period)
            if place > 5:
                ratio = 1 - np.abs(ratio - 1)
            elif place > 3:
                ratio = 2 - ratio
            total += 0.7 * weight * np.clip(ratio, 0, 1.2)
        return np.round(total, 2)

    def predikat(person: Any, period: Any) -> Any:
        score = person("nilai", period)
        return sum((score >= edge).astype(np.int32) for edge in EDGES)

    variables = dict.fromkeys(columns, (float, None))
    variables |= {"nilai": (float, nilai), "predikat": (int, predikat)}
    for name, (kind, formula) in variables.items():
        parts = {
            "value_type": kind,
            "entity": entity,
            "definition_period": DateUnit.YEAR,
            "label": name,
        }
        if formula is not None:
            parts["formula"] = formula
        system.add_variable(type(name, (Variable,), parts))

    def run() -> Answer:
        simulation = SimulationBuilder().build_default_simulation(system, len(columns["atasan"]))
        for name, values in columns.items():
            simulation.set_input(name, PERIOD, values)
        return simulation.calculate("nilai", PERIOD), simulation.calculate("predikat", PERIOD)

    return [Contender("OpenFisca-Core", run, lambda answer: answer, "pandas")]


def by_zen(frame: Any) -> list[Contender]:
    """Give zen-engine: one graph, compiled once, evaluated for each record of the polars frame."""
    import zen

    terms = []
    for place, weight in enumerate(WEIGHTS, start=1):
        actual, target = f"realisasi_{place}", f"target_{place}"
        ratio = f"{actual} / {target} * 100"
        if place <= 3:
            held = f"{actual} >= 1.2 * {target} ? 120 : {ratio}"
        elif place <= 5:
            held = (
                f"{actual} <= 0.8 * {target} ? 120 : {actual} >= 2 * {target} ? 0 : 200 - {ratio}"
            )
        else:
            held = f"{actual} >= 2 * {target} ? 0 : {actual} > {target} ? 200 - {ratio} : {ratio}"
        terms.append(f"{weight / 100} * ({held})")
    total = f"0.7 * ({' + '.join(terms)}) + 0.3 * (0.6 * atasan + 0.4 * (rekan_1 + rekan_2 + rekan_3) / 3)"
    ladder = list(zip(EDGES, LABELS[1:], strict=True))[::-1]
    label = "".join(f"$.nilai >= {edge} ? '{name}' : " for edge, name in ladder) + f"'{LABELS[0]}'"
    place = {"x": 0, "y": 0}
    rules = {
        "id": "rules",
        "type": "expressionNode",
        "name": "rules",
        "position": place,
        "content": {
            "passThrough": False,
            "expressions": [
                {"id": "n", "key": "nilai", "value": f"round({total}, 2)"},
                {"id": "p", "key": "predikat", "value": label},
            ],
        },
    }
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": place},
            rules,
            {"id": "out", "type": "outputNode", "name": "out", "position": place},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
            {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
        ],
    }
    evaluate = zen.ZenEngine({"loader": {"type": "static", "content": {"policy": graph}}}).evaluate

    def run() -> tuple[list[float], list[str]]:
        results = [evaluate("policy", record)["result"] for record in frame.iter_rows(named=True)]
        return [found["nilai"] for found in results], [found["predikat"] for found in results]

    def read(answer: tuple[list[float], list[str]]) -> Answer:
        return np.array(answer[0], dtype=float), codes_of_texts(answer[1])

    return [Contender("zen-engine", run, read, "polars", most_rows=LOOPED)]


def by_plain_fractions(frame: Any) -> list[Contender]:
    """Give the policy in plain Python fractions, each float as it prints."""
    names = [(f"target_{place}", f"realisasi_{place}") for place in range(1, 7)]

    def run() -> list[tuple[int, int]]:
        return [
            by_fractions(
                [Fraction(str(record[target])) for target, _ in names],
                [Fraction(str(record[actual])) for _, actual in names],
                [Fraction(str(record[rater])) for rater in RATERS],
            )
            for record in frame.iter_rows(named=True)
        ]

    def read(answer: list[tuple[int, int]]) -> Answer:
        found = np.array(answer)
        return found[:, 0] / 100.0, found[:, 1]

    return [Contender("plain Python, Fraction", run, read, "polars", most_rows=LOOPED)]
