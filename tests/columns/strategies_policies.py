"""Random policies, written the way policy files are: rule kinds, roundings, scales, published steps.

`policies()` draws the text of a policy (JSON, which is YAML) and the program read from it. Steps build on
each other: achievements with caps and floors, per record and per item; weighted sums and means; panels of
raters with every treatment of a missing group; periods; medians, trimmed means and quantiles; bands,
segments, conditions, limits, deductions, tables, matrices, decisions and follow-ups.
"""
# ruff: noqa: S311 - random policies guard no secret

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import strategies as st

from kinerja.policy import parse_policy
from kinerja.scorer.program import Program

SEEDS = st.integers(0, 2**32)
MODES = ("half_up", "half_up", "half_even", "half_down", "down", "up", "floor", "ceiling")
GROUPS = ("atasan", "rekan", "bawahan")
ASPECTS = ("kualitas", "sikap")
LADDER = ("kurang", "cukup", "baik", "sangat_baik")
LEVELS = ("di_bawah", "sesuai", "di_atas")
FIGURES = (
    "0",
    "1",
    "5",
    "10",
    "24",
    "50",
    "76",
    "76.5",
    "90",
    "100",
    "110",
    "120",
    "0.5",
    "1/3",
    "86.625",
)


class _Policy:
    """Writes one policy."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.steps: dict[str, dict[str, Any]] = {}
        #: Names that formulas may read.
        self.numbers: list[str] = []
        self.item_numbers: list[str] = ["target_butir", "realisasi_butir", "bobot"]
        self.labels: list[str] = ["keputusan"]
        self.levels: list[str] = ["hasil", "perilaku"]
        self.flags: list[str] = ["ada_ide", "dihukum"]
        self.inputs = self._inputs()
        self.count = 0

    def pick(self, options):
        return self.random.choice(options)

    def often(self, share: float = 0.5) -> bool:
        return self.random.random() < share

    def limits(self) -> dict[str, Any]:
        return self.pick(
            (
                {},
                {"limits": {"from": "0"}},
                {"limits": {"from": "0"}},
                {"limits": {"above": "0"}},
                {"limits": {"from": "0", "to": "100"}},
                {"limits": {"from": "0", "to": "100"}, "digits": "2"},
                {"limits": {"from": "1", "to": "5"}, "digits": "0"},
                {"limits": {"above": "-10", "below": "120.5"}},
            )
        )

    def number(self, title: str) -> dict[str, Any]:
        required = {} if self.often(0.7) else {"required": False}
        return {"type": "number", "title": title, **required, **self.limits()}

    def _inputs(self) -> dict[str, Any]:
        inputs: dict[str, Any] = {}
        for name in ("target", "realisasi", "skp", "sikap", "nilai_lain"):
            inputs[name] = self.number(name)
            self.numbers.append(name)
        for name in self.flags:
            inputs[name] = {"type": "flag", "title": name, "required": self.often()}
        for name in self.levels:
            inputs[name] = {
                "type": "label",
                "scale": "tingkat",
                "title": name,
                "required": self.often(0.8),
            }
        inputs["keputusan"] = {
            "type": "label",
            "scale": "predikat",
            "title": "keputusan",
            "required": False,
        }
        for name in ("alasan", "jabatan"):
            inputs[name] = {"type": "text", "title": name, "required": False}
        score = {"type": "number", "limits": {"from": "0", "to": self.pick(("4", "10", "100"))}}
        inputs["penilaian"] = {
            "type": "list",
            "title": "penilaian",
            "required": self.often(0.8),
            "fields": {
                "kelompok": {"type": "label", "scale": "kelompok"},
                "aspek": {"type": "label", "scale": "aspek"},
                "penilai": {"type": "text"},
                "nilai": score,
            },
            **({"key": ["kelompok", "aspek", "penilai"]} if self.often(0.3) else {}),
        }
        inputs["indikator"] = {
            "type": "list",
            "title": "indikator",
            "required": self.often(0.8),
            "fields": {
                "target_butir": {"type": "number", **self.limits()},
                "realisasi_butir": {"type": "number", **self.limits()},
                "bobot": {"type": "number", "limits": {"from": "0"}},
            },
        }
        inputs["periode"] = {
            "type": "list",
            "title": "periode",
            "required": self.often(0.8),
            "fields": {
                "nilai_periode": {"type": "number", **self.limits()},
                "bulan": {"type": "number", "limits": {"from": "0", "to": "12"}},
                "mulai": {"type": "date"},
                "predikat_periode": {"type": "label", "scale": "predikat"},
            },
        }
        return inputs

    # Small formulas.

    def judged(self) -> str:
        """Give a number that is decided on: most often one that was computed."""
        computed = [name for name in self.numbers if name in self.steps]
        return self.pick(computed) if computed and self.often(0.8) else self.pick(self.numbers)

    def figure(self) -> str:
        return self.pick(FIGURES)

    def value(self) -> str:
        return self.pick(self.numbers) if self.often(0.85) else self.figure()

    def formula(self, names: list[str], depth: int = 2) -> str:
        """Write a number over names."""
        if depth == 0:
            return self.pick(names) if self.often(0.75) else self.figure()
        a, b = self.formula(names, depth - 1), self.formula(names, depth - 1)
        condition = self.condition(names)
        return self.pick(
            (
                f"({a} + {b})",
                f"({a} - {b})",
                f"({a} * {b})",
                f"({a} / {b})",
                f"min({a}, {b})",
                f"max({a}, {b})",
                f"clip({a}, 0, 120)",
                f"coalesce({a}, {b})",
                f"where({condition}, {a}, {b})",
                f"where(is_missing({a}), {b}, {a})",
                f"round({a}, {self.pick((0, 1, 2))}, {self.pick(MODES)})",
                f"(2 * {a} - {b}) / {a} * 100",
            )
        )

    def condition(self, names: list[str]) -> str:
        simple = (
            f"{self.pick(names)} {self.pick(('<', '<=', '>', '>=', '==', '!='))} {self.figure()}",
            f"is_missing({self.pick(names)})",
            self.pick(self.flags),
            f"{self.pick(self.labels)} in ('baik', 'sangat_baik')",
            f"{self.pick(self.levels)} >= 'sesuai'",
        )
        one = self.pick(simple)
        if self.often(0.3):
            return f"({one} {self.pick(('and', 'or'))} not {self.pick(simple)})"
        return f"({one})"

    # Steps.

    def add(
        self, step: dict[str, Any], *, kind: str = "number", rounded: bool | None = None
    ) -> str:
        self.count += 1
        name = f"langkah_{self.count}"
        step = {"title": name, **step}
        if kind == "number" and (self.often() if rounded is None else rounded):
            step["round"] = {
                "digits": self.pick(("0", "1", "2", "2", "3")),
                "mode": self.pick(MODES),
            }
        self.steps[name] = step
        if step.get("for_each"):
            self.item_numbers.append(name)
        elif kind == "number":
            self.numbers.append(name)
        elif kind == "predikat":
            self.labels.append(name)
        elif kind == "tingkat":
            self.levels.append(name)
        else:
            self.flags.append(name)
        return name

    def end(self) -> Any:
        if self.often(0.4):
            return "none"
        return {
            "at": self.pick(("100", "110", "120", "150")),
            "beyond": self.pick(("clip", "refuse")),
        }

    def floor(self) -> Any:
        return "none" if self.often() else {"at": "0", "beyond": self.pick(("clip", "refuse"))}

    def achievement(self) -> None:
        each = self.often()
        actual, target = ("realisasi_butir", "target_butir") if each else ("realisasi", "target")
        if not each and self.often(0.3):
            actual, target = self.value(), self.pick(self.numbers)
        step: dict[str, Any] = {"rule": "achievement", "actual": actual, "target": target}
        better = self.pick(("higher", "higher", "lower", "stable", "efficient"))
        step["better"] = better
        if better == "lower":
            step["lower_is"] = self.pick(("two_minus_ratio", "target_over_actual"))
        if better == "efficient":
            step["efficiency"] = {"constant": "1.76", "jump_above": "24"}
        if better == "higher" and self.often(0.3):
            step["negative_target"] = "mirrored"
        ranged = better == "higher" or step.get("lower_is") == "two_minus_ratio"
        if ranged and "negative_target" not in step and self.often(0.2):
            step["target"] = {"low": target, "high": f"{target} + {self.pick(('0', '5', '0.5'))}"}
        else:
            step["zero_target"] = self.pick(("missing", "0", "100", actual))
            if self.often(0.2):
                step["attained_maximum"] = self.pick(self.flags)
                step["maximum_gives"] = "120"
        step["cap"], step["floor"] = self.end(), self.floor()
        if each:
            step["for_each"] = "indikator"
        self.add(step)

    def shares(self, names: list[str]) -> dict[str, str]:
        """Give weights that sum to 1, some of them without a finite decimal."""
        if len(names) == 3 and self.often(0.3):
            return dict.fromkeys(names, "1/3")
        cuts = sorted(self.random.sample(range(1, 100), len(names) - 1))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
        return {name: f"{part} %" for name, part in zip(names, parts, strict=True)}

    def weighted(self) -> None:
        if self.often(0.6):
            names = self.random.sample(
                self.numbers, self.random.randint(2, min(4, len(self.numbers)))
            )
            if self.often():
                missing = self.pick(("incomplete", "renormalise", "zero"))
                self.add(
                    {"rule": "weighted_mean", "weights": self.shares(names), "missing": missing}
                )
            else:
                weights = {
                    name: self.pick(("0.27", "0.35", "1", "1.5", "2/3", "-0.5")) for name in names
                }
                missing = self.pick(("incomplete", "zero"))
                self.add({"rule": "weighted_sum", "weights": weights, "missing": missing})
            return
        step: dict[str, Any] = {"over": "indikator", "value": self.pick(self.item_numbers)}
        if self.often(0.7):
            step["weight"] = "bobot"
        if self.often(0.3):
            step["where"] = self.pick(
                ("bobot > 0", "not is_missing(target_butir)", "target_butir >= 50")
            )
        if self.often(0.3):
            step["total"] = self.pick(("100", "1"))
        kinds = {
            "weighted_mean": ("incomplete", "renormalise", "zero"),
            "weighted_sum": ("incomplete", "zero"),
        }
        kind = self.pick(tuple(kinds))
        self.add({"rule": kind, **step, "missing": self.pick(kinds[kind])})

    def raters(self) -> None:
        treatment = self.pick(("incomplete", "zero", "renormalise", "composition", "assign_to"))
        step: dict[str, Any] = {
            "rule": "raters",
            "over": "penilaian",
            "group": "kelompok",
            "score": "nilai",
            "groups": {name: self.group() for name in GROUPS},
            "within": self.pick(("mean", "mean", "median", "trimmed_mean")),
            "unanswered": self.pick(("incomplete", "skip")),
            "too_few": self.pick(("incomplete", "missing_group")),
            "missing_group": treatment,
        }
        if step["within"] == "trimmed_mean":
            step["trim"] = self.pick(("10 %", "25 %", "0.4", "1/3"))
        if self.often(0.7):
            step["rater"] = "penilai"
            if self.often(0.6):
                step["aspect"] = "aspek"
                step["aspects"] = "equal" if self.often() else self.shares(list(ASPECTS))
        if "aspect" in step and self.often(0.4):
            step["coverage"] = {
                "at_least": self.pick(("1/2", "0.6", "1")),
                "below": self.pick(("incomplete", "renormalise")),
            }
        if treatment == "composition":
            sets = [GROUPS, GROUPS[:2], GROUPS[:1], GROUPS[1:]]
            some = self.random.sample(sets, self.random.randint(1, 4))
            step["compositions"] = [
                self.shares(list(names)) if len(names) > 1 else {names[0]: "1"} for names in some
            ]
        else:
            step["weights"] = self.shares(list(GROUPS))
        if treatment == "assign_to":
            step["assign_to"] = self.pick(
                ({"bawahan": "rekan"}, {"bawahan": "rekan", "rekan": "atasan"}, {"atasan": "rekan"})
            )
        self.add(step)

    def group(self) -> dict[str, str]:
        group = {"minimum": self.pick(("1", "1", "2", "3"))}
        return {**group, "maximum": "3"} if self.often(0.2) else group

    def periods(self) -> None:
        how = self.pick(("mean", "sum", "last", "by_months", "by_days"))
        step: dict[str, Any] = {"rule": "over_periods", "over": "periode", "value": "nilai_periode"}
        step["how"] = how
        kind = "number"
        if how == "last":
            step["order"] = self.pick(("mulai", "bulan"))
            if self.often():
                step["value"], step["scale"], kind = "predikat_periode", "predikat", "predikat"
        if how in ("by_months", "by_days"):
            step["share"] = "bulan"
        if self.often(0.3):
            step["expected"] = self.pick(("2", "4"))
        step["missing"] = self.pick(("incomplete", "skip"))
        self.add(step, kind=kind)

    def reduction(self) -> None:
        over, names, conditions = self.pick(
            (
                ("penilaian", ["nilai"], ("kelompok == 'rekan'", "aspek == 'sikap' and nilai > 1")),
                ("indikator", self.item_numbers, ("bobot > 0", "realisasi_butir >= target_butir")),
                (
                    "periode",
                    ["nilai_periode", "bulan"],
                    ("bulan > 2", "predikat_periode >= 'baik'"),
                ),
            )
        )
        value = self.pick(names) if self.often(0.7) else self.formula(names, 1)
        chosen = f" if {self.pick(conditions)}" if self.often(0.4) else ""
        skip = ", missing: skip" if self.often(0.4) else ""
        share = {
            "trimmed_mean": ("10%", "0.25", "0.4"),
            "quantile": ("25%", "0.9", "0.5", "1/3", "1"),
        }
        op = self.pick(
            (
                "sum",
                "mean",
                "min",
                "max",
                "median",
                "median",
                "trimmed_mean",
                "quantile",
                "count_distinct",
            )
        )
        extra = f", share: {self.pick(share[op])}" if op in share else ""
        text = f"{op}({value} for {over}{chosen}{skip}{extra})"
        if self.often(0.2):
            text = f"count(for {over}{chosen})"
        self.add({"rule": "formula", "is": text})

    def free(self) -> None:
        if self.often(0.2):
            names = [*self.item_numbers, *self.numbers[:2]]
            self.add({"rule": "formula", "for_each": "indikator", "is": self.formula(names, 1)})
        elif self.often(0.2):
            self.add({"rule": "formula", "is": self.condition(self.numbers)}, kind="flag")
        else:
            self.add({"rule": "formula", "is": self.formula(self.numbers, self.pick((1, 2, 2, 3)))})

    def edges(self, count: int) -> list[str]:
        pool = ("0", "1", "2.5", "50", "60", "76", "76.61", "90", "91", "99.99", "100", "110", "24")
        return sorted(self.random.sample(pool, count), key=float)

    def parts(self, count: int) -> list[dict[str, str]]:
        """Give the ends of neighbouring ranges without gaps, over all numbers."""
        edges = self.edges(count - 1)
        ends: list[dict[str, str]] = [{} for _ in range(count)]
        for place, edge in enumerate(edges):
            low, high = self.pick((("from", "below"), ("above", "to")))
            ends[place][high] = edge
            ends[place + 1][low] = edge
        return ends

    def bands(self) -> None:
        ends = self.parts(self.random.randint(2, 4))
        step: dict[str, Any] = {"rule": "bands", "scale": "predikat", "of": self.judged()}
        if self.often(0.3):
            # Whole numbers as they are printed, with gaps between the bands.
            ends = [
                {"to": "50"},
                {"from": "51", "to": "75"},
                {"from": "76", "to": "90"},
                {"from": "91"},
            ]
            step["between"] = self.pick(("missing", "lower_bounds", "upper_bounds"))
        step["bands"] = [
            {"label": label, **parts} for label, parts in zip(LADDER, ends, strict=False)
        ]
        self.add(step, kind="predikat")

    def piecewise(self) -> None:
        ends = self.parts(self.random.randint(2, 3))
        segments = [{**parts, "is": self.formula(self.numbers, 1)} for parts in ends]
        self.add({"rule": "piecewise", "of": self.judged(), "segments": segments})

    def conditions(self) -> None:
        cases = [
            {"when": self.condition(self.numbers), "is": self.formula(self.numbers, 1)}
            for _ in range(self.random.randint(1, 3))
        ]
        otherwise = self.pick((self.value(), "missing('belum_dinilai')"))
        self.add({"rule": "condition", "cases": cases, "otherwise": otherwise})

    def limit(self) -> None:
        step = {
            "rule": "limit",
            "of": self.judged(),
            "beyond": self.pick(("clip", "refuse")),
        }
        if self.often(0.7):
            step["at_least"] = self.pick(("0", "50"))
        step["at_most"] = self.pick(("100", "120", "86.625"))
        if self.often(0.3):
            step["when"] = self.condition(self.numbers)
        self.add(step)

    def deduction(self) -> None:
        minus = {
            f"potongan_{place}": {
                "title": "potongan",
                "amount": self.formula(self.numbers, 1),
                **({"when": self.condition(self.numbers)} if self.often() else {}),
            }
            for place in range(self.random.randint(1, 3))
        }
        step = {"rule": "deduction", "of": self.judged(), "minus": minus}
        step["how"] = self.pick(("sum", "highest"))
        if self.often():
            step["at_most"] = self.pick(("25", "100"))
        if self.often():
            step["not_below"] = "0"
        self.add(step)

    def lookup(self) -> None:
        scale = self.pick(("predikat", "tingkat"))
        key = self.pick(self.labels if scale == "predikat" else self.levels)
        labels = LADDER if scale == "predikat" else LEVELS
        rows = {label: self.figure() for label in labels}
        step: dict[str, Any] = {"rule": "lookup", "keys": [key], "gives": "number", "rows": rows}
        if self.often(0.3):
            rows.pop(self.pick(labels))
            step["otherwise"] = self.pick(("missing", "missing('tanpa_nilai')", "12.5"))
        elif self.often(0.3):
            step["rows"] = {
                label: {"true": self.figure(), "false": self.figure()} for label in labels
            }
            step["keys"] = [key, self.pick(self.flags)]
        self.add(step)

    def matrix(self) -> None:
        keys = self.random.sample(self.levels, 2)
        cells = {one: {other: self.pick(LADDER) for other in LEVELS} for one in LEVELS}
        self.add(
            {"rule": "matrix", "scale": "predikat", "keys": keys, "cells": cells}, kind="predikat"
        )

    def override(self) -> None:
        step = {
            "rule": "override",
            "scale": "predikat",
            "of": self.pick(self.labels[1:] or self.labels),
        }
        step |= {"by": "keputusan", "reason": "alasan", "who": "jabatan"}
        self.add(step, kind="predikat")

    def follow_up(self) -> None:
        actions = {
            f"tindak_{self.count}_{place}": {
                "title": "tindak",
                "when": self.condition(self.numbers),
            }
            for place in range(2)
        }
        step = {"rule": "follow_up", "actions": actions, "choose": self.pick(("all", "first"))}
        self.count += 1
        self.steps[f"langkah_{self.count}"] = {"title": "tindak lanjut", **step}

    def text(self) -> str:
        """Write the whole policy."""
        shapes = [
            *(
                self.achievement,
                self.achievement,
                self.weighted,
                self.weighted,
                self.raters,
                self.raters,
            ),
            *(
                self.periods,
                self.reduction,
                self.reduction,
                self.free,
                self.free,
                self.bands,
                self.bands,
            ),
            *(
                self.piecewise,
                self.conditions,
                self.limit,
                self.deduction,
                self.lookup,
                self.matrix,
            ),
            *(self.override, self.follow_up),
        ]
        for _ in range(self.random.randint(1, 9)):
            self.pick(shapes)()
        if self.often(0.7):
            self.bands()
        candidates = [
            name
            for name, step in self.steps.items()
            if "for_each" not in step and step["rule"] != "follow_up"
        ]
        if not candidates:
            self.bands()
            candidates = list(self.steps)[-1:]
        most = 1 if self.often(0.4) else min(len(candidates), 5)
        publish = self.random.sample(candidates, self.random.randint(1, most))
        for name in publish:
            if name in self.numbers:
                # A published number whose decimal may never end has a rounding.
                self.steps[name].setdefault("round", {"digits": "2", "mode": self.pick(MODES)})
        return json.dumps(self._whole(publish), indent=1)

    def _whole(self, publish: list[str]) -> dict[str, Any]:
        def scale(labels: tuple[str, ...], *, ordered: bool) -> dict[str, Any]:
            return {"ordered": ordered, "labels": {label: label.title() for label in labels}}

        steps = {name: {**step, "basis": [{"of": "uji"}]} for name, step in self.steps.items()}
        return {
            "schema": "1",
            "id": "acak",
            "version": "1.0.0",
            "title": "acak",
            "in_force": {"from": "2024-01-01"},
            "bases": {"uji": {"title": "uji", "status": "own"}},
            "scales": {
                "predikat": scale(LADDER, ordered=True),
                "tingkat": scale(LEVELS, ordered=True),
                "kelompok": scale(GROUPS, ordered=False),
                "aspek": scale(ASPECTS, ordered=False),
            },
            "inputs": self._used(),
            "steps": steps,
            "reasons": {"belum_dinilai": "belum dinilai", "tanpa_nilai": "tanpa nilai"},
            "publish": publish,
        }

    def _used(self) -> dict[str, Any]:
        """Give the inputs that steps read, so that frames stay narrow; one that nothing reads is kept."""
        text = json.dumps(self.steps)
        fields = {name: tuple(i.get("fields", ())) for name, i in self.inputs.items()}
        used = {
            name: declared
            for name, declared in self.inputs.items()
            if name in text or any(field in text for field in fields[name])
        }
        return used or {"skp": self.inputs["skp"]}


def policy_text(seed: int) -> str:
    """Write the policy of a seed."""
    return _Policy(Random(seed)).text()


def program_of(text: str, *, unrounded: bool = False) -> Program:
    """Read the program of a policy.

    Args:
        text: The policy.
        unrounded: Publish every step of the record, also those that a file must round before.
    """
    program = parse_policy(text).program
    if not unrounded:
        return program
    return replace(program, published=tuple(s.name for s in program.steps if s.over is None))


def policies() -> st.SearchStrategy[str]:
    """Draw the text of a policy."""
    return SEEDS.map(policy_text)
