"""From the file's models to a program: the checks that need more than one key.

What lives here: choices, references, circles, types, and the building of steps. What never comes in:
YAML, and the shape of single keys. Every fault that can be found is found in one go: a step that
cannot be built is left out of sight, and faults that only follow from it are not reported.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kinerja.errors import Issue, PolicyError, quoted, unknown_name
from kinerja.exact import Rounding
from kinerja.formula import nodes as n
from kinerja.formula.bind import bind_fields, bind_item
from kinerja.formula.check import check_types
from kinerja.formula.rule import Known, Rule, RuleWithParts
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
    ValueType,
)
from kinerja.policy.fingerprint import fingerprint
from kinerja.policy.model import (
    BasisEntry,
    FieldModel,
    InputModel,
    PolicyModel,
    StepModel,
)
from kinerja.policy.names import name_issues
from kinerja.policy.order import circles, knots, mentioned, ordered
from kinerja.policy.review import review_program
from kinerja.policy.scales import follow_up_scale, scale_of, title_issues
from kinerja.policy.steps import StepShape, refusal_of, shape_steps
from kinerja.registry import Registry
from kinerja.result import PolicyNote
from kinerja.rules import FollowUpRule
from kinerja.scorer import FollowUp, Input, Program, Step
from kinerja.scorer.program import unfold
from kinerja.values import Interval, LegalBasis, Scale
from kinerja.words import Text

__all__ = ["Built", "build_program"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What building gives."""

    program: Program
    steps: Mapping[str, StepModel]
    rules: Mapping[str, Rule]
    warnings: tuple[Issue, ...]


def build_program(
    model: PolicyModel,
    variant: Mapping[str, str],
    registry: Registry,
    *,
    absent: frozenset[str] = frozenset(),
) -> Built:
    """Build the program of a policy.

    Args:
        model: The file's keys.
        variant: Option taken for each choice, complete.
        registry: The rule kinds that the policy may use.
        absent: Names that were taken out because their shape is wrong; what needs them is left out of
            sight, and nothing is usable.

    Raises:
        PolicyError: Something does not fit together; every issue at once, without file and line.
    """
    return _Builder(model, variant, registry, absent).build()


@dataclass(slots=True)
class _Builder:
    model: PolicyModel
    variant: Mapping[str, str]
    registry: Registry
    absent: frozenset[str]
    issues: list[Issue] = field(default_factory=list)
    types: dict[str, ValueType] = field(default_factory=dict)
    titles: dict[str, Text] = field(default_factory=dict)
    roundings: dict[str, Rounding] = field(default_factory=dict)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)

    def build(self) -> Built:
        scales = {name: scale_of(part) for name, part in self.model.scales.items()}
        for name, scale in scales.items():
            self.issues.extend(title_issues(name, scale))
        self.broken |= self.absent
        inputs = self._inputs(scales)
        shapes, shape_issues = shape_steps(self.model, self.variant, self.registry)
        self.issues.extend(shape_issues)
        all_steps = dict.fromkeys([*self.model.steps, *shapes])
        self.broken |= all_steps.keys() - shapes.keys()
        self.issues.extend(name_issues(self.model, all_steps))
        for name, choice in self.model.choices.items():
            for option, part in (choice.options or {}).items():
                self._basis(part.basis, f"choices.{name}.options.{option}.basis")
            if choice.options is None and name in self.model.steps:
                details = {"found": quoted(name)}
                self.issues.append(Issue(code="KNJ213", path=f"choices.{name}", details=details))
        needs = self._needs(shapes, set(all_steps))
        for circle in circles(needs):
            details = {"found": " → ".join(circle)}
            self.issues.append(Issue(code="KNJ211", path=f"steps.{circle[0]}", details=details))
        turning = {name for knot in knots(needs) for name in knot}
        self.broken |= turning
        if "inputs" in self.absent:  # every name would be unknown
            self.broken |= all_steps.keys()
        for name in ordered({k: set() if k in turning else v for k, v in needs.items()}):
            if needs[name] & self.broken or name in self.broken:
                self.broken.add(name)
            else:
                self._build_step(name, shapes[name], scales)
        self._check_publish(all_steps)
        program = self._program(inputs, shapes)
        warnings, errors = review_program(program, self.model, whole=not self.broken)
        if self.issues or errors:
            raise PolicyError([*self.issues, *errors, *warnings])
        return Built(
            program=program,
            steps={name: shape.common for name, shape in shapes.items()},
            rules={name: shape.rule for name, shape in shapes.items()},
            warnings=tuple(warnings),
        )

    def _needs(self, shapes: Mapping[str, StepShape], steps: set[str]) -> dict[str, set[str]]:
        """Give the steps that each step reads."""
        lists = {name: set(part.fields or ()) for name, part in self.model.inputs.items()}
        per_item = {name: shape.common.for_each for name, shape in shapes.items()}
        return {
            name: mentioned(
                shape.rule,
                lists=lists,
                item=lists.get(shape.common.for_each or "", ()),
                per_item=per_item,
            )
            & (steps | self.broken)
            for name, shape in shapes.items()
        }

    # Inputs.

    def _inputs(self, scales: Mapping[str, Scale]) -> list[Input]:
        inputs = []
        for name, part in self.model.inputs.items():
            kind = self._input_type(name, part, scales)
            self.titles[name] = part.title
            if kind is None:
                self.broken.add(name)
                continue
            self.types[name] = kind
            fields = {key: f.title or Text.same(key) for key, f in (part.fields or {}).items()}
            self.titles.update({f"{name}.{key}": title for key, title in fields.items()})
            inputs.append(
                Input(
                    name=name,
                    title=part.title,
                    type=kind,
                    required=part.required,
                    unit=part.unit,
                    fields=fields,
                    item_title=part.item_title,
                    hidden=frozenset(part.hidden),
                    fixed=frozenset(
                        [*([name] if part.fixed else []), *_fixed_fields(part)],
                    ),
                )
            )
        return inputs

    def _input_type(
        self, name: str, part: InputModel, scales: Mapping[str, Scale]
    ) -> ValueType | None:
        if part.fields is None:
            return self._item_type(f"inputs.{name}", part, scales)
        fields = {
            key: self._item_type(f"inputs.{name}.fields.{key}", field_part, scales)
            for key, field_part in part.fields.items()
        }
        if any(kind is None for kind in fields.values()):
            return None
        known = {key: kind for key, kind in fields.items() if kind is not None}
        return ListType(fields=known, key=tuple(part.key))

    def _item_type(
        self, path: str, part: InputModel | FieldModel, scales: Mapping[str, Scale]
    ) -> ItemType | None:
        match part.type:
            case "number":
                limits = Interval() if part.limits is None else part.limits.interval()
                return NumberType(limits=limits, digits=part.digits)
            case "flag":
                return FlagType()
            case "date":
                return DateType()
            case "text":
                return TextType()
        scale = scales.get(part.scale or "")
        if scale is None:
            self._note_unknown("KNJ212", f"{path}.scale", part.scale or "", scales)
            return None
        return LabelType(scale=scale)

    def _note_unknown(self, code: str, path: str, name: str, known: Collection[str]) -> None:
        """Note a name that does not exist, unless it was taken out, or its whole section."""
        if not {name, _SECTIONS[code]} & self.absent and name not in self.broken:
            self.issues.append(unknown_name(code, path, name, known))

    # Steps.

    def _build_step(self, name: str, shape: StepShape, scales: Mapping[str, Scale]) -> None:
        common = shape.common
        path = f"steps.{name}"
        basis = self._basis(common.basis, f"{path}.basis")
        taken = self._basis(self._of_options(name), f"{path}.basis")
        basis = tuple(dict.fromkeys((*basis, *taken)))
        scale = None
        if common.scale is not None:
            scale = scales.get(common.scale)
            if scale is None:
                self._note_unknown("KNJ212", f"{path}.scale", common.scale, scales)
                self.broken.add(name)
                return
        fields: Mapping[str, ItemType] = {}
        declared: Collection[str] = ()
        if common.for_each is not None:
            over = self.types.get(common.for_each)
            if not isinstance(over, ListType):
                lists = [key for key, kind in self.types.items() if isinstance(kind, ListType)]
                self._note_unknown("KNJ215", f"{path}.for_each", common.for_each, lists)
                self.broken.add(name)
                return
            fields = over.fields
            declared = self.model.inputs[common.for_each].fields or ()
            if name in fields:
                details = {"found": quoted(name)}
                self.issues.append(Issue(code="KNJ213", path=path, details=details))
                self.broken.add(name)
                return
        if isinstance(shape.rule, FollowUpRule):
            scale = follow_up_scale(shape.rule)
        known = Known(
            types=self.types,
            titles=self.titles,
            # A field hides a step of the same name, and its rounding.
            roundings={k: r for k, r in self.roundings.items() if k not in declared},
            scale=scale,
            item=fields,
        )
        try:
            self.steps[name] = self._unfolded(name, shape, known, basis)
        except PolicyError as error:
            self.broken.add(name)
            self.issues.extend(
                issue.at(path=f"{path}.{issue.path}".rstrip(".")) for issue in error.issues
            )
        except Exception as error:
            if self.registry.rules[shape.rule.kind].plugin is None:
                raise
            self.broken.add(name)
            self.issues.append(refusal_of(shape.rule.kind, path, error))

    def _of_options(self, step: str) -> list[BasisEntry]:
        """Give the bases of the options taken that decide what a step says."""
        return [
            basis
            for name, choice in self.model.choices.items()
            if choice.options is not None and step in choice.decides
            for basis in choice.options[self.variant[name]].basis
        ]

    def _unfolded(
        self, name: str, shape: StepShape, known: Known, basis: tuple[LegalBasis, ...]
    ) -> list[Step]:
        common, rule = shape.common, shape.rule
        node = rule.formula(known)
        if common.round is not None:
            node = n.Round(node, common.round.rounding())
        parts = list(unfold(name, node))
        seen = {part for part, _, _ in parts}
        if isinstance(rule, RuleWithParts):
            for extra in rule.parts(known):
                hidden = n.Named(extra.key, extra.title, extra.value)
                parts[-1:-1] = [
                    part
                    for part in unfold(name, hidden)
                    if part[1] is not None and part[0] not in seen
                ]
                seen = {part for part, _, _ in parts}
        made: list[Step] = []
        for part, title, formula in parts:
            whole = part == name
            # Looked up anew: a part of a step per item is a field that the next part may read.
            lists = {k: kind.fields for k, kind in self.types.items() if isinstance(kind, ListType)}
            fields = None if common.for_each is None else lists[common.for_each]
            bound = bind_fields(formula, lists)
            if fields is not None:
                bound = bind_item(bound, fields)
            checked = check_types(
                bound,
                self.types,
                fields=fields,
                expected_scale=known.scale if whole else None,
            )
            step = Step(
                name=part,
                title=common.title if title is None else title,
                node=checked.node,
                type=checked.type,
                kind=rule.kind if whole else "",
                parent=None if whole else name,
                over=common.for_each,
                published=part in self.model.publish,
                unit=common.unit if whole else None,
                basis=basis if whole else (),
            )
            self._learn(step)
            made.append(step)
        return made

    def _learn(self, step: Step) -> None:
        self.titles[step.name] = step.title
        if step.rounding is not None:
            self.roundings[step.name] = step.rounding
        if step.over is None:
            self.types[step.name] = step.type
            return
        items = self.types[step.over]
        if isinstance(items, ListType):
            self.types[step.over] = replace(items, fields={**items.fields, step.name: step.type})
            self.titles[f"{step.over}.{step.name}"] = step.title

    def _basis(self, entries: Collection[BasisEntry], path: str) -> tuple[LegalBasis, ...]:
        found = []
        for place, entry in enumerate(entries):
            basis = self.model.bases.get(entry.of)
            if basis is None:
                where = f"{path}[{place}].of"
                self._note_unknown("KNJ216", where, entry.of, self.model.bases)
                continue
            found.append(
                LegalBasis(
                    title=basis.title,
                    clause=basis.clause if entry.clause is None else entry.clause,
                    status=entry.status or basis.status,
                    source=basis.source,
                    note=entry.note or basis.note,
                )
            )
        return tuple(found)

    # The whole.

    def _check_publish(self, steps: Collection[str]) -> None:
        if "publish" in self.absent:
            return
        known = {*steps, *self.types}
        seen = set()
        for place, name in enumerate(self.model.publish):
            path = f"publish[{place}]"
            root = name.partition(".")[0]
            if name in seen:
                details = {"found": quoted(name)}
                self.issues.append(Issue(code="KNJ217", path=path, details=details))
            seen.add(name)
            if root in self.broken or "steps" in self.absent:
                continue
            if name in self.model.inputs or name not in known:
                self.issues.append(unknown_name("KNJ218", path, name, [*steps]))
            elif isinstance(step := self._step(name), Step) and step.over is not None:
                details = {"found": quoted(name), "list": quoted(step.over)}
                self.issues.append(Issue(code="KNJ219", path=path, details=details))

    def _step(self, name: str) -> Step | None:
        for step in self.steps.get(name.split(".", maxsplit=1)[0], ()):
            if step.name == name:
                return step
        return None

    def _program(self, inputs: list[Input], shapes: Mapping[str, StepShape]) -> Program:
        steps = tuple(step for made in self.steps.values() for step in made)
        by_name = {step.name: step for step in steps}
        follow_ups = tuple(
            FollowUp(id=action.id, title=action.title, step=f"{name}.{action.id}")
            for name, shape in shapes.items()
            if isinstance(shape.rule, FollowUpRule)
            for action in shape.rule.actions
        )
        published = [by_name[name] for name in self.model.publish if name in by_name]
        ladders = [
            step
            for step in published
            if isinstance(step.type, LabelType)
            and step.type.scale.ordered
            and step.kind != FollowUpRule.kind
        ]
        totals = [
            step
            for step in published
            if isinstance(step.type, NumberType)
            and not shapes[step.parent or step.name].common.lower_is_better
        ]
        note = PolicyNote(
            id=self.model.id,
            version=self.model.version,
            title=self.model.title,
            fingerprint="",
            basis=self._basis(self.model.basis, "basis"),
            choices=tuple(
                (choice.title, choice.title_of(self.variant[name]))
                for name, choice in self.model.choices.items()
            ),
            plugins=tuple(
                sorted(
                    {
                        f"{entry.plugin}: {shape.rule.kind}"
                        for shape in shapes.values()
                        if (entry := self.registry.rules[shape.rule.kind]).plugin is not None
                    }
                )
            ),
        )
        program = Program(
            note=note,
            inputs=tuple(inputs),
            steps=steps,
            published=tuple(step.name for step in published),
            follow_ups=follow_ups,
            ladder=ladders[0].name if ladders else None,
            total=totals[0].name if totals else None,
            reasons=dict(self.model.reasons),
        )
        return replace(program, note=replace(note, fingerprint=fingerprint(program)))


#: Section that declares what an issue misses.
_SECTIONS: Final = {"KNJ212": "scales", "KNJ215": "inputs", "KNJ216": "bases"}


def _fixed_fields(part: InputModel) -> list[str]:
    return [key for key, field_part in (part.fields or {}).items() if field_part.fixed]
