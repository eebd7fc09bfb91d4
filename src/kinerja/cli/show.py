"""`kinerja show`: what a policy says.

What lives here: the printing of a described policy, section by section. What never comes in: gathering;
`kinerja.policy.describe` does that.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from kinerja.asn import catalog
from kinerja.cli.console import Console
from kinerja.cli.opening import variant_of
from kinerja.cli.policies import certainty, in_force
from kinerja.cli.show_rules import Names, rule_rows, rule_table, says_it_all
from kinerja.policy.describe import describe_policy
from kinerja.report.layout import heading, hung, pairs, table

__all__ = ["run"]

Data = Mapping[str, Any]
#: Digits of a fingerprint that are shown.
FINGERPRINT: Final = 12


def run(arguments: Namespace, console: Console) -> int:
    """Show a policy.

    Returns:
        0.

    Raises:
        PolicyError: There is no such policy, or it is wrong.
        UsageError: An option was typed wrongly.
    """
    policy = catalog.read(arguments.policy, variant=variant_of(arguments), unnamed="assume")
    data = describe_policy(policy, console.lang)
    if arguments.json:
        console.out(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        console.out(*_Page(data, console).lines())
    return 0


class _Page:
    def __init__(self, data: Data, console: Console) -> None:
        self.data = data
        self.console = console
        self.names = Names(data)

    def say(self, key: str, **blanks: object) -> str:
        return self.console.say(f"show.{key}", **blanks)

    def lines(self) -> Iterator[str]:
        yield from self._head()
        yield from self._inputs()
        yield from self._choices()
        yield from self._scales()
        yield from self._steps()
        yield from self._results()
        yield from self._accepted()
        yield from self._bases()

    def _head(self) -> Iterator[str]:
        data = self.data
        yield from hung("", data["title"])
        yield "─" * min(len(data["title"]), 100)
        fingerprint = data["fingerprint"]
        digits = (
            self.say("depends")
            if fingerprint is None
            else fingerprint.removeprefix("sha256:")[:FINGERPRINT]
        )
        yield from pairs(
            [
                (self.say("id"), self.say("version", id=data["id"], version=data["version"])),
                (self.say("in_force"), in_force(data["in_force"], self.console)),
                (self.say("certainty"), certainty(data["statuses"], self.console)),
                (self.say("fingerprint"), digits),
                (self.say("extends"), self._extends()),
                (self.say("removed"), ", ".join((data["extends"] or {}).get("removed", ()))),
                (self.say("plugins"), ", ".join(data["plugins"])),
                (self.say("note"), data["note"] or ""),
            ]
        )

    def _extends(self) -> str:
        base = self.data["extends"]
        if base is None:
            return ""
        chain = " ← ".join(base["chain"])
        return self.say("extends_text", chain=chain, accepted=base["accepted"])

    def _origin(self, part: Data) -> str:
        """Say whether a part is inherited, changed or own; nothing where the policy extends none."""
        if "origin" not in part:
            return ""
        return self.say(f"origin.{part['origin']}", keys=", ".join(part["changes"]))

    def _inputs(self) -> Iterator[str]:
        yield from heading(self.say("inputs"))
        rows: list[list[str]] = []
        for declared in self.data["inputs"]:
            needed = self.say("required" if declared["required"] else "optional")
            marks = ", ".join(filter(None, (needed, self._origin(declared))))
            rows.append([declared["name"], declared["title"], self._type(declared), marks])
            for field in declared.get("fields", ()):
                hidden = self.say("hidden") if field["hidden"] else ""
                rows.append([f"· {field['name']}", field["title"], self._type(field), hidden])
        columns = [self.say(f"column.{name}") for name in ("name", "title", "type", "needed")]
        yield from table(columns, rows, unbroken=(0,))
        if any(declared["type"] == "list" for declared in self.data["inputs"]):
            yield ""
            yield from hung("", self.say("list_help"))

    def _type(self, declared: Data) -> str:
        parts = [self.say(f"type.{declared['type']}")]
        if declared["type"] == "label":
            parts = [self.say("type.label_of", scale=declared["scale"])]
        if declared["type"] == "number":
            ends = self.names.ends(declared["limits"], self.console.lang)
            digits = declared["digits"]
            if ends:
                parts.append(ends)
            if digits is not None:
                key = "digits" if digits else "whole"
                parts.append(self.say(key, digits=digits))
        if declared.get("unit"):
            parts.append(declared["unit"])
        if declared.get("key"):
            parts.append(self.say("key", fields=" + ".join(declared["key"])))
        return ", ".join(parts)

    def _choices(self) -> Iterator[str]:
        if not self.data["choices"]:
            return
        yield from heading(self.say("choices"))
        for place, choice in enumerate(self.data["choices"]):
            if place:
                yield ""
            must = self.say("must_name") if choice["taken"] is None else ""
            marks = ", ".join(filter(None, (must, self._origin(choice))))
            text = f"{choice['name']}: {choice['title']}"
            yield from hung("", f"{text} ({marks})" if marks else text)
            if choice["figure"] is None:
                rows = [row for option in choice["options"] for row in self._option(option, choice)]
            else:
                rows = [self._figure(choice)]
            yield from pairs(rows, indent=2)
        named = [choice for choice in self.data["choices"] if choice["options"]]
        if named:
            yield ""
            option = f"{named[0]['name']}={_other(named[0])}"
            marked = any(choice["taken"] is not None for choice in named)
            key = "choices_help" if marked else "choices_help_open"
            yield from hung("", self.say(key, option=option))

    def _option(self, option: Data, choice: Data) -> Iterator[tuple[str, str]]:
        marks = []
        if option["name"] == choice["default"]:
            marks.append(self.say("default"))
        if option["name"] == choice["taken"] != choice["default"]:
            marks.append(self.say("taken"))
        mark = "*" if option["name"] == choice["taken"] else " "
        key = f"{mark} {option['name']}"
        yield key, option["title"] + (f" ({', '.join(marks)})" if marks else "")
        for basis in option["basis"]:
            yield key, self._citation({**basis, "clause": basis["clause"] or ""})

    def _figure(self, choice: Data) -> tuple[str, str]:
        text = self.say("figure", ends=self.names.ends(choice["figure"], self.console.lang))
        if choice["taken"] is None:
            return ("  …", text)
        mark = self.say("default" if choice["taken"] == choice["default"] else "taken")
        return (f"* {choice['taken']}", f"{text} ({mark})")

    def _scales(self) -> Iterator[str]:
        if not self.data["scales"]:
            return
        yield from heading(self.say("scales"))
        for place, scale in enumerate(self.data["scales"]):
            if place:
                yield ""
            key = "scale_ordered" if scale["ordered"] else "scale_unordered"
            origin = self._origin(scale)
            text = self.say(key, name=scale["name"])
            yield from hung("", f"{text} ({origin})" if origin else text)
            yield from pairs(scale["labels"].items(), indent=2)

    # Steps.

    def _steps(self) -> Iterator[str]:
        yield from heading(self.say("steps"))
        for place, step in enumerate(self.data["steps"]):
            if place:
                yield ""
            yield from self._step(place + 1, step)

    def _step(self, number: int, step: Data) -> Iterator[str]:
        head = f"{number}. "
        marks = [self.say("published")] if step["published"] else []
        marks += filter(None, [self._origin(step)])
        mark = "".join(f" [{text}]" for text in marks)
        yield from hung(head, f"{step['name']}: {step['title']}{mark}")
        indent = len(head)
        for_each = step["for_each"]
        rows = [
            (self.say("rule"), step["rule_title"]),
            (self.say("for_each"), self.names.title(for_each) if for_each else ""),
            *self._formula(step),
            *rule_rows(step, self.names, self.console),
            *((self.say("depends_on"), self._depends(name)) for name in step["depends_on"]),
            (self.say("round"), step["round"]["text"] if step["round"] else ""),
            (self.say("unit"), step["unit"] or ""),
            *((self.say("basis"), self._citation(basis)) for basis in step["basis"]),
            (self.say("note"), step["note"] or ""),
            *((self.say("parts"), text) for text in _parts(step["parts"])),
        ]
        yield from pairs(rows, indent=indent)
        found = rule_table(step, self.names, self.console)
        if found is not None:
            yield ""
            yield from table(*found, indent=indent)

    def _depends(self, name: str) -> str:
        choice = next(each for each in self.data["choices"] if each["name"] == name)
        return self.say("depends_on_text", choice=name, option=choice["options"][0]["name"])

    def _formula(self, step: Data) -> Sequence[tuple[str, str]]:
        return () if says_it_all(step) else [(self.say("formula"), step["formula"])]

    def _citation(self, basis: Data) -> str:
        words = self.console.say(f"status.{basis['status']}")
        citation = f"{basis['title']} {basis['clause']}".strip()
        note = f"; {basis['note']}" if basis["note"] else ""
        return f"{citation} ({words}{note})"

    # The end.

    def _results(self) -> Iterator[str]:
        yield from heading(self.say("results"))
        yield from pairs([(name, self.names.title(name)) for name in self.data["publish"]])
        if self.data["follow_ups"]:
            yield from heading(self.say("follow_ups"))
            yield from pairs([(f["id"], f["title"]) for f in self.data["follow_ups"]])

    def _accepted(self) -> Iterator[str]:
        if self.data["accepted"]:
            yield from heading(self.say("accepted"))
            yield from pairs(
                [
                    (f"{code} {name}", reason)
                    for code, places in self.data["accepted"].items()
                    for name, reason in places.items()
                ]
            )

    def _bases(self) -> Iterator[str]:
        yield from heading(self.say("bases"))
        for place, basis in enumerate(self.data["bases"]):
            if place:
                yield ""
            yield from pairs(
                [
                    (self.say("basis"), f"{basis['title']} {basis['clause']}".strip()),
                    (self.say("certainty"), self.console.say(f"status.{basis['status']}")),
                    (self.say("source"), basis["source"]),
                    (self.say("note"), basis["note"] or ""),
                ]
            )


def _other(choice: Data) -> str:
    """Give an option that is not taken, if there is one."""
    names = [str(option["name"]) for option in choice["options"]]
    return next((name for name in reversed(names) if name != choice["taken"]), names[0])


def _parts(parts: Sequence[Data]) -> Iterator[str]:
    """Name the parts of a step that formulas may refer to, those with the same beginning together."""
    groups: dict[str, list[str]] = {}
    for part in parts:
        stem, _, last = part["name"].rpartition(".")
        groups.setdefault(stem, []).append(last)
    for stem, lasts in groups.items():
        yield f"{stem}.{lasts[0]}" if len(lasts) == 1 else f"{stem}.( {' | '.join(lasts)} )"
