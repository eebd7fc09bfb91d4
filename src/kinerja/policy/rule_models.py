"""How each built-in rule kind is written in a policy file.

What lives here: one pydantic model a rule kind, with its help in Indonesian and English, and the
building of the rule. What never comes in: checks that need other steps; those are the rule's own.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from kinerja import rules as r
from kinerja.errors import quoted
from kinerja.exact import NotANumberError, exact
from kinerja.formula import nodes as n
from kinerja.formula.rule import Rule
from kinerja.policy.fields import (
    Ends,
    Figure,
    Formula,
    Name,
    Operand,
    Section,
    Title,
    Whole,
    entry,
    shown,
)
from kinerja.values import Band, Between, RaterGroup, Weights

__all__ = ["BUILT_IN_MODELS", "RuleModel"]

#: A reason that a cell of a table states, written as in a formula.
_STATED: Final = re.compile(r"""missing\(\s*(?:'([a-z][a-z0-9_]*)'|"([a-z][a-z0-9_]*)")\s*\)""")

Cells: TypeAlias = "dict[str, Cells] | str | bool | None"


class RuleModel(Section):
    """What a rule kind says; `rule` names the kind."""

    kind: ClassVar[str]

    def build(self) -> Rule:
        """Build the rule."""
        raise NotImplementedError


class LimitModel(Section):
    """An end of the scale."""

    at: Formula = entry("letak batas", "where the limit lies")
    beyond: Literal["clip", "refuse"] = entry(
        "clip: nilai ditahan di batas; refuse: nilai di luar batas dianggap tidak ada",
        "clip: the value is held at the limit; refuse: a value beyond it is missing",
    )

    def limit(self) -> r.Limit:
        """Give the limit."""
        return r.Limit(at=self.at, beyond=self.beyond)


class TargetRangeModel(Section):
    """A target that is a range."""

    low: Formula = entry("batas bawah target", "lower end of the target")
    high: Formula = entry("batas atas target", "upper end of the target")


def _none(value: object) -> object:
    return None if value == "none" else value


def _missing(value: object) -> object:
    return n.Absent("zero_target") if value == "missing" else value


def _no_none(value: object) -> object:
    if value is None:
        raise PydanticCustomError("KNJ134", "limit", {"found": "null", "expected": "none, {…}"})
    return value


#: An end of a scale that must be said, if only to say that there is `none`.
End = Annotated[LimitModel | None, BeforeValidator(_none), BeforeValidator(_no_none)]


def _range_or_formula(value: object) -> str:
    return "<range>" if isinstance(value, (dict, TargetRangeModel)) else "<formula>"


def _equal_or_weights(value: object) -> str:
    return "<weights>" if isinstance(value, dict) else "<equal>"


class EfficiencyModel(Section):
    """The figures of the efficiency formula."""

    constant: Figure = entry("konstanta, misalnya 1.76", "constant, such as 1.76")
    jump_above: Figure = entry(
        "efisiensi (persen) yang bila dilampaui memakai rumus kedua",
        "efficiency (percent) above which the second formula applies",
    )


class AchievementModel(RuleModel):
    """Capaian: realisasi dibanding target, dalam persen."""

    kind = "achievement"

    actual: Formula = entry("realisasi", "actual value")
    target: Annotated[
        Annotated[TargetRangeModel, Tag("<range>")] | Annotated[Formula, Tag("<formula>")],
        Discriminator(_range_or_formula),
    ] = entry("target, atau rentang {low, high}", "target, or a range {low, high}")
    better: Literal["higher", "lower", "stable", "efficient"] = entry(
        "arah yang baik: higher makin tinggi, lower makin rendah, stable tepat target, "
        "efficient rumus efisiensi",
        "which direction is good",
    )
    lower_is: Literal["two_minus_ratio", "target_over_actual"] | None = entry(
        "rumus bila lower: two_minus_ratio = (2 × target − realisasi) ÷ target × 100; "
        "target_over_actual = target ÷ realisasi × 100",
        "formula of lower: two_minus_ratio = (2 × target − actual) / target × 100; "
        "target_over_actual = target / actual × 100",
        default=None,
    )
    zero_target: Annotated[Formula | None, BeforeValidator(_missing)] = entry(
        "nilai bila target nol: missing, angka, atau rumus",
        "value for a target of zero: missing, a figure, or a formula",
        default=None,
    )
    negative_target: Literal["missing", "mirrored"] = entry(
        "bila target negatif: missing, atau mirrored = 200 − realisasi ÷ target × 100",
        "for a negative target: missing, or mirrored = 200 − actual / target × 100",
        default="missing",
    )
    cap: End = entry("batas atas, atau none", "upper end, or none")
    floor: End = entry("batas bawah, atau none", "lower end, or none")
    attained_maximum: Formula | None = entry(
        "syarat: target sudah yang tertinggi yang dapat dicapai",
        "condition: the target is the highest that can be attained",
        default=None,
    )
    maximum_gives: Figure | None = entry(
        "nilai bila target itu tercapai", "value when such a target is met", default=None
    )
    efficiency: EfficiencyModel | None = entry(
        "angka untuk efficient", "figures of efficient", default=None
    )

    def build(self) -> Rule:
        """Build the rule."""
        target: n.Node | r.TargetRange
        if isinstance(self.target, TargetRangeModel):
            target = r.TargetRange(low=self.target.low, high=self.target.high)
        else:
            target = self.target
        efficiency = None
        if self.efficiency is not None:
            figures = self.efficiency
            efficiency = r.Efficiency(constant=figures.constant, jump_above=figures.jump_above)
        zero = self.zero_target
        return r.Achievement(
            actual=self.actual,
            target=target,
            better=self.better,
            lower_is=self.lower_is,
            zero_target=zero,
            zero_target_named=zero is not None,
            negative_target=self.negative_target,
            cap=None if self.cap is None else self.cap.limit(),
            floor=None if self.floor is None else self.floor.limit(),
            attained_maximum=self.attained_maximum,
            maximum_gives=self.maximum_gives,
            efficiency=efficiency,
        )


class _WeightedModel(RuleModel):
    weights: Annotated[dict[str, Figure], Field(min_length=1)] | None = entry(
        "bobot setiap langkah atau masukan", "weight of each step or input", default=None
    )
    over: Name | None = entry(
        "daftar yang butirnya dirata-rata", "list whose items are taken", default=None
    )
    value: Formula | None = entry("nilai setiap butir", "value of each item", default=None)
    weight: Formula | None = entry("bobot setiap butir", "weight of each item", default=None)
    where: Formula | None = entry("butir mana yang ikut", "which items count", default=None)
    total: Figure | None = entry(
        "jumlah bobot yang diwajibkan", "what the weights must sum to", default=None
    )

    @model_validator(mode="after")
    def _steps_or_items(self) -> _WeightedModel:
        items = (self.over, self.value)
        extra = (self.weight, self.where, self.total)
        if self.weights is not None and any(part is not None for part in (*items, *extra)):
            raise PydanticCustomError("KNJ118", "weights", {"found": "weights, over"})
        if self.weights is None and any(part is None for part in items):
            raise PydanticCustomError("KNJ118", "weights", {"found": "–"})
        return self

    def taken(self) -> r.ItemWeights | tuple[tuple[n.Node, Any], ...]:
        """Give the steps or items with their weights."""
        if self.weights is not None:
            return tuple((n.Ref(name), share) for name, share in self.weights.items())
        if self.over is None or self.value is None:
            raise TypeError
        return r.ItemWeights(
            over=self.over,
            value=self.value,
            weight=self.weight,
            where=self.where,
            total=self.total,
        )


class WeightedMeanModel(_WeightedModel):
    """Rata-rata tertimbang langkah, atau butir daftar."""

    kind = "weighted_mean"

    missing: Literal["incomplete", "renormalise", "zero"] = entry(
        "bila ada yang kosong: incomplete hasil tidak lengkap, renormalise bobot dibagi ulang, "
        "zero dihitung nol",
        "when a part is missing: incomplete, renormalise the weights, or count it zero",
        default="incomplete",
    )

    def build(self) -> Rule:
        """Build the rule."""
        return r.WeightedMean(of=self.taken(), missing=self.missing)


class WeightedSumModel(_WeightedModel):
    """Jumlah tertimbang langkah, atau butir daftar."""

    kind = "weighted_sum"

    missing: Literal["incomplete", "zero"] = entry(
        "bila ada yang kosong: incomplete atau zero", "when a part is missing", default="incomplete"
    )

    def build(self) -> Rule:
        """Build the rule."""
        return r.WeightedSum(of=self.taken(), missing=self.missing)


class BandModel(Ends):
    """Satu rentang nilai."""

    label: str = entry("label yang diperoleh", "label that is earned")


class BandsModel(RuleModel):
    """Rentang nilai: angka menjadi label."""

    kind = "bands"

    of: Formula = entry("angka yang dinilai", "number that is judged")
    bands: Annotated[list[BandModel], Field(min_length=1)] = entry(
        "rentang dari yang terendah; from/above batas bawah, to/below batas atas",
        "bands from the lowest; from/above lower ends, to/below upper ends",
    )
    between: Between = entry(
        "angka di antara dua rentang: refuse tidak boleh ada, missing tanpa label, "
        "lower_bounds hanya batas bawah yang berlaku, upper_bounds hanya batas atas",
        "a number between two bands: refuse, missing, lower_bounds, upper_bounds",
        default="refuse",
    )

    def build(self) -> Rule:
        """Build the rule."""
        bands = tuple(Band(label=band.label, interval=band.interval()) for band in self.bands)
        return r.BandsRule(of=self.of, bands=bands, between=self.between)


def _flatten(cells: Cells, depth: int, path: tuple[str | bool, ...] = ()) -> list[tuple[Any, Any]]:
    if len(path) == depth:
        if isinstance(cells, (dict, list)) or cells is None:
            raise PydanticCustomError("KNJ119", "cells", {"found": " × ".join(map(str, path))})
        return [(path, shown(cells))]
    if not isinstance(cells, dict):
        raise PydanticCustomError("KNJ119", "cells", {"found": " × ".join(map(str, path)) or "–"})
    return [row for key, below in cells.items() for row in _flatten(below, depth, (*path, key))]


class MatrixModel(RuleModel):
    """Matriks: dua label atau lebih menjadi satu label."""

    kind = "matrix"

    keys: Annotated[list[Operand], Field(min_length=2, max_length=4)] = entry(
        "label yang menentukan, dari tingkat terluar", "labels that decide, outermost first"
    )
    cells: dict[str, Any] = entry(
        "isi setiap sel, bertingkat menurut keys", "every cell, nested as keys"
    )

    @model_validator(mode="after")
    def _nested(self) -> MatrixModel:
        _flatten(self.cells, len(self.keys))
        return self

    def build(self) -> Rule:
        """Build the rule."""
        cells = _flatten(self.cells, len(self.keys))
        return r.Matrix(keys=tuple(self.keys), cells=tuple(cells))


class LookupModel(RuleModel):
    """Tabel: label menjadi angka atau label lain."""

    kind = "lookup"

    keys: Annotated[list[Operand], Field(min_length=1, max_length=4)] = entry(
        "label yang menentukan", "labels that decide"
    )
    gives: Literal["number", "label"] = entry(
        "isi tabel: number angka, label label", "what the table holds"
    )
    rows: dict[str, Any] = entry(
        "isi tabel, bertingkat menurut keys; missing('kode') berarti tidak ada nilai",
        "the table, nested as keys; missing('code') for none",
    )
    otherwise: str | None = entry(
        "nilai bila tidak ada barisnya; missing atau missing('kode') berarti tidak ada nilai",
        "value of a combination without a row; missing or missing('code') for none",
        default=None,
    )

    @model_validator(mode="after")
    def _cells(self) -> LookupModel:
        for _, cell in _flatten(self.rows, len(self.keys)):
            self._cell(cell)
        if self.otherwise not in (None, "missing"):
            self._cell(self.otherwise)
        return self

    def _cell(self, cell: str) -> n.Number | n.Label | n.Absent:
        stated = _STATED.fullmatch(cell)
        if stated is not None:
            return n.Absent(stated[1] or stated[2])
        if self.gives == "label":
            return n.Label(cell)
        try:
            return n.Number(exact(cell))
        except NotANumberError:
            raise PydanticCustomError("KNJ112", "figure", {"found": quoted(cell)}) from None

    def build(self) -> Rule:
        """Build the rule."""
        cells = _flatten(self.rows, len(self.keys))
        otherwise: n.Number | n.Label | n.Absent | None = None
        if self.otherwise == "missing":
            otherwise = n.Absent("not_in_table")
        elif self.otherwise is not None:
            otherwise = self._cell(self.otherwise)
        return r.LookupTable(
            keys=tuple(self.keys),
            rows=tuple((key, self._cell(cell)) for key, cell in cells),
            otherwise=otherwise,
        )


class SegmentModel(Ends):
    """Satu ruas."""

    is_: Formula = entry("rumus di ruas ini", "formula in this segment", alias="is")


class PiecewiseModel(RuleModel):
    """Rumus per ruas: rumus bergantung pada letak angka."""

    kind = "piecewise"

    of: Formula = entry("angka yang menentukan ruas", "number that decides")
    segments: Annotated[list[SegmentModel], Field(min_length=1)] = entry(
        "ruas dari yang terendah", "segments from the lowest"
    )
    between: Between = entry(
        "angka di antara dua ruas", "a number between two segments", default="refuse"
    )

    def build(self) -> Rule:
        """Build the rule."""
        segments = tuple(
            r.Segment(interval=segment.interval(), value=segment.is_) for segment in self.segments
        )
        return r.Piecewise(of=self.of, segments=segments, between=self.between)


class CaseModel(Section):
    """Satu kemungkinan."""

    when: Formula = entry("syarat", "condition")
    is_: Formula = entry("nilai bila syarat terpenuhi", "value then", alias="is")


class ConditionModel(RuleModel):
    """Nilai menurut syarat pertama yang terpenuhi."""

    kind = "condition"

    cases: Annotated[list[CaseModel], Field(min_length=1)] = entry(
        "syarat dan nilai, diperiksa berurutan", "conditions and values, in order"
    )
    otherwise: Formula = entry("nilai bila tidak ada yang terpenuhi", "value when none holds")

    def build(self) -> Rule:
        """Build the rule."""
        cases = tuple((case.when, case.is_) for case in self.cases)
        return r.Condition(cases=cases, otherwise=self.otherwise)


class LimitRuleModel(RuleModel):
    """Batas bawah dan atas sebuah angka."""

    kind = "limit"

    of: Formula = entry("angka yang dibatasi", "number that is limited")
    at_least: Formula | None = entry("batas bawah", "lower limit", default=None)
    at_most: Formula | None = entry("batas atas", "upper limit", default=None)
    beyond: Literal["clip", "refuse"] = entry(
        "clip: ditahan di batas; refuse: dianggap tidak ada",
        "clip: held at the limit; refuse: missing",
    )
    when: Formula | None = entry(
        "batas hanya berlaku bila", "the limits apply only when", default=None
    )

    def build(self) -> Rule:
        """Build the rule."""
        return r.LimitRule(
            of=self.of,
            at_least=self.at_least,
            at_most=self.at_most,
            beyond=self.beyond,
            when=self.when,
        )


class DeductModel(Section):
    """Satu potongan."""

    title: Title = entry("nama potongan", "name of the deduction")
    amount: Formula = entry("besar potongan", "what is taken off")
    when: Formula | None = entry("hanya bila", "only when", default=None)


class DeductionModel(RuleModel):
    """Potongan dari sebuah angka."""

    kind = "deduction"

    of: Formula = entry("angka sebelum dipotong", "number before deductions")
    minus: Annotated[dict[Name, DeductModel], Field(min_length=1)] = entry(
        "potongan-potongan", "the deductions"
    )
    how: Literal["sum", "highest"] = entry(
        "sum: dijumlahkan; highest: hanya yang terbesar", "sum, or highest only"
    )
    at_most: Formula | None = entry(
        "potongan paling banyak", "most that is taken off", default=None
    )
    not_below: Formula | None = entry("hasil paling rendah", "lowest result", default=None)

    def build(self) -> Rule:
        """Build the rule."""
        minus = tuple(
            r.Deduct(key=key, title=part.title, amount=part.amount, when=part.when)
            for key, part in self.minus.items()
        )
        return r.Deduction(
            of=self.of, minus=minus, how=self.how, at_most=self.at_most, not_below=self.not_below
        )


class FormulaModel(RuleModel):
    """Rumus bebas."""

    kind = "formula"

    is_: Formula = entry("rumusnya", "the formula", alias="is")

    def build(self) -> Rule:
        """Build the rule."""
        return r.FormulaRule(value=self.is_)


class OverPeriodsModel(RuleModel):
    """Beberapa periode menjadi satu nilai."""

    kind = "over_periods"

    over: Name = entry("daftar periode", "list of periods")
    value: Formula = entry("nilai setiap periode", "value of each period")
    how: Literal["mean", "sum", "last", "by_months", "by_days"] = entry(
        "mean rata-rata, sum jumlah, last yang terakhir, by_months menurut bulan, "
        "by_days menurut hari",
        "mean, sum, last, or in proportion to months or days",
    )
    order: Formula | None = entry(
        "urutan periode, untuk last", "order of the periods, for last", default=None
    )
    share: Formula | None = entry(
        "banyaknya bulan atau hari", "months or days, for by_months and by_days", default=None
    )
    expected: Annotated[Whole, Field(ge=1)] | None = entry(
        "banyaknya periode yang harus ada", "how many periods there must be", default=None
    )
    missing: Literal["incomplete", "skip"] = entry(
        "periode tanpa nilai", "a period without value", default="incomplete"
    )

    def build(self) -> Rule:
        """Build the rule."""
        return r.OverPeriods(
            over=self.over,
            value=self.value,
            how=self.how,
            order=self.order,
            share=self.share,
            expected=self.expected,
            missing=self.missing,
        )


class OverrideModel(RuleModel):
    """Keputusan pejabat penilai yang beralasan menggantikan label hasil hitungan."""

    kind = "override"

    of: Operand = entry("label hasil hitungan", "the computed label")
    by: Operand = entry("masukan keputusan", "input with the decision")
    reason: Operand = entry("masukan alasan", "input with the reason")
    who: Operand = entry("masukan jabatan yang memutuskan", "input with the office of who decided")

    def build(self) -> Rule:
        """Build the rule."""
        return r.Override(of=self.of, by=self.by, reason=self.reason, who=self.who)


class ActionModel(Section):
    """Satu tindak lanjut."""

    title: Title = entry("tindak lanjutnya", "what follows")
    when: Formula = entry("syarat", "condition")


class FollowUpModel(RuleModel):
    """Tindak lanjut dari hasil."""

    kind = "follow_up"

    actions: Annotated[dict[Name, ActionModel], Field(min_length=1)] = entry(
        "tindak lanjut, berurutan", "the actions, in order"
    )
    choose: Literal["all", "first"] = entry(
        "all: semua yang terpenuhi; first: hanya yang pertama", "all or first"
    )

    def build(self) -> Rule:
        """Build the rule."""
        actions = tuple(
            r.Action(id=key, title=action.title, when=action.when)
            for key, action in self.actions.items()
        )
        return r.FollowUpRule(actions=actions, choose=self.choose)


class GroupModel(Section):
    """Satu kelompok penilai."""

    minimum: Annotated[Whole, Field(ge=1)] = entry(
        "paling sedikit penilai (anonimitas)", "fewest raters (anonymity)"
    )
    maximum: Annotated[Whole, Field(ge=1)] | None = entry(
        "paling banyak penilai", "most raters", default=None
    )

    @model_validator(mode="after")
    def _ordered(self) -> GroupModel:
        if self.maximum is not None and self.maximum < self.minimum:
            raise PydanticCustomError("KNJ117", "ends", {})
        return self


class CoverageModel(Section):
    """Ambang ketersediaan jawaban per aspek."""

    at_least: Figure = entry(
        "bagian penilai yang harus menjawab", "share of raters who must answer"
    )
    below: Literal["incomplete", "renormalise"] = entry(
        "bila kurang: incomplete atau renormalise", "when fewer did"
    )


class RatersModel(RuleModel):
    """Panel 360 derajat."""

    kind = "raters"

    over: Name = entry("daftar penilaian", "list of ratings")
    group: Name = entry("kolom kelompok penilai", "field with the rater group")
    score: Name = entry("kolom nilai", "field with the rating")
    rater: Name | None = entry(
        "kolom yang membedakan penilai", "field that tells raters apart", default=None
    )
    aspect: Name | None = entry("kolom aspek", "field with the aspect", default=None)
    groups: Annotated[dict[Name, GroupModel], Field(min_length=1, max_length=8)] = entry(
        "kelompok penilai", "the rater groups"
    )
    aspects: Annotated[
        Annotated[dict[str, Figure], Tag("<weights>")]
        | Annotated[Literal["equal"] | None, Tag("<equal>")],
        Discriminator(_equal_or_weights),
    ] = entry("bobot aspek, atau equal", "weights of the aspects, or equal", default=None)
    within: Literal["mean", "median", "trimmed_mean"] = entry(
        "cara menggabung nilai dalam kelompok", "how ratings of a group are joined"
    )
    trim: Figure | None = entry(
        "bagian yang dipotong di tiap ujung", "share cut off at each end", default=None
    )
    unanswered: Literal["incomplete", "skip"] = entry("baris tanpa nilai", "a row without rating")
    too_few: Literal["incomplete", "missing_group"] = entry(
        "kelompok di bawah minimum", "a group below its minimum"
    )
    coverage: CoverageModel | None = entry(
        "ambang ketersediaan per aspek", "availability threshold per aspect", default=None
    )
    missing_group: Literal["incomplete", "zero", "renormalise", "composition", "assign_to"] = entry(
        "kelompok yang tidak ada: incomplete, zero, renormalise, composition (tabel bobot), "
        "assign_to (bobot pindah)",
        "what a missing group does; there is no default",
    )
    weights: dict[str, Figure] | None = entry(
        "bobot kelompok", "weights of the groups", default=None
    )
    compositions: list[dict[str, Figure]] = entry(
        "bobot untuk setiap susunan kelompok", "weights of each set of groups", default=[]
    )
    assign_to: dict[str, str] = entry(
        "kelompok dan penerima bobotnya", "group and the taker of its weight", default={}
    )

    @model_validator(mode="after")
    def _shares(self) -> RatersModel:
        for shares in (self.weights, *self.compositions):
            if shares is not None:
                _weights(shares)
        if isinstance(self.aspects, dict):
            _weights(self.aspects)
        if self.trim is not None and not 0 <= self.trim * 2 < 1:
            raise PydanticCustomError("KNJ254", "trim", {"found": str(self.trim)})
        if self.coverage is not None and not 0 < self.coverage.at_least <= 1:
            raise PydanticCustomError("KNJ117", "ends", {})
        return self

    def build(self) -> Rule:
        """Build the rule."""
        coverage = None
        if self.coverage is not None:
            coverage = r.Coverage(at_least=self.coverage.at_least, below=self.coverage.below)
        return r.Raters(
            over=self.over,
            group=self.group,
            score=self.score,
            rater=self.rater,
            aspect=self.aspect,
            groups=tuple(
                RaterGroup(id=key, minimum=group.minimum, maximum=group.maximum)
                for key, group in self.groups.items()
            ),
            aspects=_weights(self.aspects) if isinstance(self.aspects, dict) else None,
            within=self.within,
            trim=self.trim,
            unanswered=self.unanswered,
            too_few=self.too_few,
            coverage=coverage,
            missing_group=self.missing_group,
            weights=_weights(self.weights) if self.weights is not None else None,
            compositions=tuple(_weights(shares) for shares in self.compositions),
            assign=tuple(self.assign_to.items()),
        )


def _weights(shares: dict[str, Any]) -> Weights:
    try:
        return Weights(tuple(shares.items()))
    except ValueError:
        raise PydanticCustomError("KNJ202", "weights", {}) from None


#: The model of each built-in rule kind, by its name.
BUILT_IN_MODELS: dict[str, type[RuleModel]] = {
    model.kind: model
    for model in (
        AchievementModel,
        BandsModel,
        ConditionModel,
        DeductionModel,
        FollowUpModel,
        FormulaModel,
        LimitRuleModel,
        LookupModel,
        MatrixModel,
        OverPeriodsModel,
        OverrideModel,
        PiecewiseModel,
        RatersModel,
        WeightedMeanModel,
        WeightedSumModel,
    )
}
