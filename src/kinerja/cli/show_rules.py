"""How the rule of a step is shown: what its formula in words does not say, or not well.

What lives here: weights, bands, tables, panels, conditions as rows and tables of text. What never comes in:
layout, gathering.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kinerja.cli.console import Console
from kinerja.exact import decimal_digits, exact
from kinerja.words import Language, number

__all__ = ["Names", "rule_rows", "rule_table", "says_it_all"]

Data = Mapping[str, Any]
Table = tuple[Sequence[str], Sequence[Sequence[str]]]

#: Rule kinds whose formula in words says less than what is shown in its place.
_INSTEAD: Final = frozenset(
    {"bands", "condition", "follow_up", "lookup", "matrix", "override", "piecewise", "raters"}
)


def says_it_all(step: Data) -> bool:
    """Tell whether the rows and the table of a step's rule say more than its formula."""
    return step["rule"] in _INSTEAD or "weights" in step["details"]


class Names:
    """Titles of what a described policy names, and its figures as people write them."""

    def __init__(self, data: Data) -> None:
        self._titles: dict[str, str] = {}
        self._labels: dict[str, Mapping[str, str]] = {
            scale["name"]: scale["labels"] for scale in data["scales"]
        }
        self._scales: dict[str, str] = {}
        for declared in data["inputs"]:
            self._take(declared, "")
            for field in declared.get("fields", ()):
                self._take(field, f"{declared['name']}.")
        for step in data["steps"]:
            self._take(step, "")
            self._titles |= {part["name"]: part["title"] for part in step["parts"]}

    def _take(self, named: Data, prefix: str) -> None:
        name = prefix + named["name"]
        self._titles[name] = named["title"]
        if named.get("scale"):
            self._scales[name] = named["scale"]

    def title(self, name: str) -> str:
        """Give the title of an input, step, part or `list.field`; an unknown name as it is."""
        return self._titles.get(name, name)

    def field(self, over: str, name: str) -> str:
        """Give the name by which a field of a list is known here; that of anything else as it is."""
        return f"{over}.{name}" if f"{over}.{name}" in self._titles else name

    def label(self, of: str, label: object) -> str:
        """Give the title of a label of an input, step or `list.field`."""
        titles = self._labels.get(self._scales.get(of, ""), {})
        return titles.get(str(label), str(label))

    def on_scale(self, scale: str | None, label: object) -> str:
        """Give the title of a label of a scale."""
        return self._labels.get(scale or "", {}).get(str(label), str(label))

    def ends(self, ends: Mapping[str, str], lang: Language) -> str:
        """Say the two ends of a range."""
        signs = {"from": "≥", "above": ">", "to": "≤", "below": "<"}
        return ", ".join(
            f"{signs[key]} {number(exact(ends[key]), lang)}" for key in signs if key in ends
        )

    def share(self, weight: str, lang: Language) -> str:
        """Say a weight as a percentage where that ends, else as a fraction."""
        value = exact(weight)
        if decimal_digits(value) is None:
            return weight
        return f"{number(value * 100, lang)} %"


def rule_rows(step: Data, names: Names, console: Console) -> Iterator[tuple[str, str]]:
    """Give what the rule of a step says beside its formula, as keys and texts."""
    say, details = _Say(console), step["details"]
    match step["rule"]:
        case "weighted_mean" | "weighted_sum":
            missing = details["missing"]
            yield say("missing"), "" if missing == "incomplete" else say(f"missing.{missing}")
        case "bands" | "piecewise":
            yield say("of"), details["of"]
            between = details["between"]
            yield say("between"), "" if between == "refuse" else say(f"between.{between}")
        case "condition":
            yield from _case_rows(step, names, say)
        case "override":
            for key in ("of", "by", "reason", "who"):
                yield say(f"override.{key}"), details[key]
        case "deduction":
            yield say("deduction"), say(f"deduction.{details['how']}")
        case "follow_up":
            yield say("choose"), say(f"choose.{details['choose']}")
        case "raters":
            yield from _panel_rows(details, names, console)


def rule_table(step: Data, names: Names, console: Console) -> Table | None:  # noqa: PLR0911 - one table a kind
    """Give what the rule of a step holds as a table: weights, bands, cells, actions."""
    say, details, lang = _Say(console), step["details"], console.lang
    match step["rule"]:
        case "weighted_mean" | "weighted_sum" if "weights" in details:
            rows = [
                [
                    weight["of"],
                    names.title(names.field(step["for_each"] or "", weight["of"])),
                    names.share(weight["weight"], lang),
                ]
                for weight in details["weights"]
            ]
            return [say("column.name"), say("column.title"), say("column.weight")], rows
        case "bands":
            rows = [
                [names.on_scale(step["scale"], band["label"]), names.ends(band, lang)]
                for band in details["bands"]
            ]
            return [say("column.label"), say("column.range")], rows
        case "piecewise":
            rows = [[names.ends(s, lang), s["value"]] for s in details["segments"]]
            return [say("column.range"), say("column.formula")], rows
        case "matrix" | "lookup":
            return _cells(step, names, say)
        case "deduction":
            rows = [[d["key"], d["title"], d["amount"], d["when"] or ""] for d in details["minus"]]
            columns = ["column.name", "column.title", "column.amount", "column.when"]
            return [say(key) for key in columns], rows
        case "follow_up":
            rows = [[a["id"], a["title"], a["when"]] for a in details["actions"]]
            return [say(key) for key in ("column.name", "column.title", "column.when")], rows
    return None


class _Say:
    def __init__(self, console: Console) -> None:
        self._console = console

    def __call__(self, key: str, **blanks: object) -> str:
        return self._console.say(f"show.{key}", **blanks)


def _case_rows(step: Data, names: Names, say: _Say) -> Iterator[tuple[str, str]]:
    def gives(value: object) -> str:
        return names.on_scale(step["scale"], value)

    for case in step["details"]["cases"]:
        key = "case_missing" if case["gives"] is None else "case"
        yield say("cases"), say(key, when=case["when"], gives=gives(case["gives"]))
    otherwise = step["details"]["otherwise"]
    key = "case_otherwise_missing" if otherwise is None else "case_otherwise"
    yield say("cases"), say(key, gives=gives(otherwise))


def _cells(step: Data, names: Names, say: _Say) -> Table:
    details = step["details"]
    cells = details["cells"] if step["rule"] == "matrix" else details["rows"]
    # A step per item reads the fields of its list.
    over = step["for_each"]
    keys = [names.field(over, key) if over else key for key in details["keys"]]
    rows = [
        [
            *(names.label(key, label) for key, label in zip(keys, cell["when"], strict=True)),
            "–" if cell["gives"] is None else names.on_scale(step["scale"], cell["gives"]),
        ]
        for cell in cells
    ]
    if details.get("otherwise") is not None:
        rows.append([say("otherwise"), *("" for _ in keys[1:]), str(details["otherwise"])])
    return [*(names.title(key) for key in keys), step["title"]], rows


def _panel_rows(details: Data, names: Names, console: Console) -> Iterator[tuple[str, str]]:
    say, lang, over = _Say(console), console.lang, details["over"]
    field = f"{over}.{details['group']}"

    def shares(weights: Sequence[Data], of: str) -> str:
        return ", ".join(
            f"{names.label(of, w['of'])} {names.share(w['weight'], lang)}" for w in weights
        )

    yield say("panel.over"), names.title(over)
    trim = names.share(details["trim"] or "0", lang)
    yield say("panel.within"), say(f"panel.within.{details['within']}", share=trim)
    if details["aspect"] is not None:
        aspect = f"{over}.{details['aspect']}"
        weights = details["aspects"]
        text = say("panel.aspects.equal") if weights is None else shares(weights, aspect)
        yield say("panel.aspects"), text
    for place, group in enumerate(details["groups"]):
        text = say(
            _group_key(group),
            group=names.label(field, group["id"]),
            minimum=group["minimum"],
            maximum=group["maximum"],
        )
        yield "" if place else say("panel.groups"), text
    compositions = [details["weights"]] if details["weights"] else details["compositions"]
    for place, weights in enumerate(compositions):
        yield "" if place else say("panel.weights"), shares(weights, field)
    yield say("panel.missing"), say(f"panel.missing.{details['missing_group']}")
    for giver, taker in details["assign"]:
        groups = {"giver": names.label(field, giver), "taker": names.label(field, taker)}
        yield "", say("panel.assign", **groups)
    yield say("panel.too_few"), say(f"panel.too_few.{details['too_few']}")
    yield say("panel.unanswered"), say(f"panel.unanswered.{details['unanswered']}")
    if details["coverage"] is not None:
        share = names.share(details["coverage"]["at_least"], lang)
        below = details["coverage"]["below"]
        yield say("panel.coverage"), say(f"panel.coverage.{below}", share=share)


def _group_key(group: Data) -> str:
    if group["maximum"] is None:
        return "panel.group_limits"
    return "panel.group_exact" if group["minimum"] == group["maximum"] else "panel.group_range"
