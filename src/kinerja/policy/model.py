"""The policy file as a whole: its keys, their help, and their shape.

What lives here: the pydantic models of everything but the rule kinds. What never comes in: checks that
need more than one key; `build` has those.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from kinerja.errors import quoted
from kinerja.exact import decimal_digits, exact
from kinerja.policy.fields import (
    FINDING_PATTERN,
    ID_PATTERN,
    VERSION_PATTERN,
    Ends,
    Flag,
    Name,
    RoundModel,
    Section,
    Title,
    Whole,
    entry,
)
from kinerja.values import BasisStatus, Period
from kinerja.words import Text, number

__all__ = [
    "BasisEntry",
    "BasisModel",
    "ChoiceModel",
    "FieldModel",
    "HeadModel",
    "InputModel",
    "PolicyModel",
    "ScaleModel",
    "StepModel",
]


def _date(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if value is None or isinstance(value, date):
        return value
    raise PydanticCustomError("KNJ410", "date", {"found": quoted(str(value))})


Day = Annotated[date, BeforeValidator(_date)]
#: A code of a finding of the analysis; other issues must be mended.
FindingCode = Annotated[str, Field(pattern=FINDING_PATTERN)]


class BasisModel(Section):
    """Satu dasar hukum atau sumber."""

    title: str = entry("peraturan, sebagaimana dikutip", "regulation, as it is cited")
    clause: str = entry("pasal atau bagian", "clause or part", default="")
    status: BasisStatus = entry(
        "seberapa pasti: primary naskah dibaca, secondary dari sumber lain, practice dari aplikasi, "
        "unverified belum terverifikasi, own pilihan instansi sendiri",
        "how well it is known: primary, secondary, practice, unverified, or own (the agency's choice)",
    )
    source: str = entry("tempat dibaca", "where it was seen", default="")
    note: Title | None = entry("catatan", "note", default=None)


class BasisEntry(Section):
    """Rujukan ke satu dasar hukum."""

    of: Name = entry("nama dasar hukum di bagian bases", "name of a basis in bases")
    clause: str | None = entry("pasal yang lebih rinci", "a more exact clause", default=None)
    status: BasisStatus | None = entry(
        "bila lebih lemah dari dasar hukumnya", "when known less well", default=None
    )
    note: Title | None = entry("catatan", "note", default=None)


class InForceModel(Section):
    """Masa berlaku."""

    from_: Day = entry("tanggal mulai berlaku", "first day", alias="from")
    until: Day | None = entry(
        "tanggal terakhir berlaku; kosong bila masih berlaku", "last day, or empty", default=None
    )
    whole: Flag = entry(
        "true bila hanya untuk periode yang persis sepanjang masa ini, seperti tahun yang terbagi dua",
        "true where it judges only the period that is exactly this span, such as a year of two rules",
        default=False,
    )

    def covers(self, period: Period) -> bool:
        """Tell whether a period is judged by what is in force in this span."""
        if self.whole:
            return (self.from_, self.until) == (period.first, period.last)
        return self.from_ <= period.first and (self.until is None or period.last <= self.until)

    @model_validator(mode="after")
    def _whole_has_an_end(self) -> InForceModel:
        if self.whole and self.until is None:
            raise PydanticCustomError("KNJ142", "in_force", {"found": "whole"})
        return self


class ScaleModel(Section):
    """Satu skala label."""

    ordered: Flag = entry(
        "true bila labelnya berurutan dari yang terendah", "labels rise from the first to the last"
    )
    labels: Annotated[dict[str, Title], Field(min_length=1, max_length=200)] = entry(
        "label dan sebutannya", "labels and their titles"
    )


class FieldModel(Section):
    """Satu kolom daftar, atau satu masukan."""

    type: Literal["number", "label", "flag", "date", "text"] = entry(
        "number angka, label label, flag ya/tidak, date tanggal, text teks",
        "number, label, flag, date or text",
    )
    title: Title | None = entry("sebutan", "as people read it", default=None)
    limits: Ends | None = entry(
        "batas angka yang boleh diisi", "limits that an input number must keep", default=None
    )
    digits: Annotated[Whole, Field(ge=0, le=15)] | None = entry(
        "desimal paling banyak; 0 untuk bilangan bulat", "most decimals", default=None
    )
    scale: Name | None = entry("skala label", "scale of the label", default=None)
    unit: Title | None = entry("satuan", "unit", default=None)
    fixed: Flag = entry(
        "true bila ditetapkan dan tidak dapat diubah yang dinilai, seperti target dan bobot",
        "true where it is set and not in the hands of the person judged, such as targets and weights",
        default=False,
    )

    @model_validator(mode="after")
    def _fitting_keys(self) -> FieldModel:
        if self.type != "number" and (self.limits is not None or self.digits is not None):
            raise PydanticCustomError("KNJ124", "type", {"found": "limits, digits"})
        if (self.type == "label") != (self.scale is not None):
            raise PydanticCustomError("KNJ125", "type", {"found": self.type})
        return self


class InputModel(Section):
    """Satu masukan."""

    type: Literal["number", "label", "flag", "date", "text", "list"] = entry(
        "number angka, label label, flag ya/tidak, date tanggal, text teks, list daftar",
        "number, label, flag, date, text or list",
    )
    title: Title = entry("sebutan", "as people read it")
    required: Flag = entry(
        "false bila boleh kosong", "false where a record may lack it", default=True
    )
    limits: Ends | None = entry(
        "batas angka yang boleh diisi", "limits that an input number must keep", default=None
    )
    digits: Annotated[Whole, Field(ge=0, le=15)] | None = entry(
        "desimal paling banyak; 0 untuk bilangan bulat", "most decimals", default=None
    )
    scale: Name | None = entry("skala label", "scale of the label", default=None)
    unit: Title | None = entry("satuan", "unit", default=None)
    fixed: Flag = entry(
        "true bila ditetapkan dan tidak dapat diubah yang dinilai, seperti target dan bobot",
        "true where it is set and not in the hands of the person judged, such as targets and weights",
        default=False,
    )
    fields: dict[Name, FieldModel] | None = entry(
        "kolom setiap butir daftar", "fields of a list's items", default=None
    )
    key: list[Name] = entry(
        "kolom yang bersama-sama tidak boleh ganda", "fields that must differ together", default=[]
    )
    item_title: Name | None = entry(
        "kolom yang menyebut butir dalam rincian; kosongkan untuk penilaian",
        "field that names an item in explanations; leave out for ratings",
        default=None,
    )
    hidden: list[Name] = entry(
        "kolom yang tidak pernah ditampilkan", "fields never shown, such as raters", default=[]
    )

    @model_validator(mode="after")
    def _fitting_keys(self) -> InputModel:
        if self.type != "number" and (self.limits is not None or self.digits is not None):
            raise PydanticCustomError("KNJ124", "type", {"found": "limits, digits"})
        if (self.type == "label") != (self.scale is not None):
            raise PydanticCustomError("KNJ125", "type", {"found": self.type})
        if (self.type == "list") != (self.fields is not None):
            raise PydanticCustomError("KNJ126", "type", {"found": self.type})
        known = set(self.fields or ())
        wanted = {*self.key, *self.hidden, *([self.item_title] if self.item_title else [])}
        if foreign := sorted(wanted - known):
            details = {"found": ", ".join(foreign), "expected": ", ".join(sorted(known))}
            raise PydanticCustomError("KNJ127", "fields", details)
        return self


class StepModel(Section):
    """What every step says, whatever its rule kind."""

    rule: str = entry("jenis aturan", "rule kind")
    title: Title = entry("sebutan", "as people read it")
    basis: list[BasisEntry] = entry("dasar hukum", "legal bases", default=[])
    round: RoundModel | None = entry(
        "pembulatan langkah ini", "rounding of this step", default=None
    )
    scale: Name | None = entry("skala label hasilnya", "scale of the labels it gives", default=None)
    unit: Title | None = entry("satuan", "unit", default=None)
    lower_is_better: Flag = entry(
        "true bila angka yang kecil lebih baik, seperti potongan: rincian tidak menyebutnya berkurang",
        "true where a small number is better, such as a deduction: explanations do not call it lost",
        default=False,
    )
    for_each: Name | None = entry(
        "dihitung untuk setiap butir daftar ini",
        "computed for each item of this list",
        default=None,
    )
    note: Title | None = entry("catatan", "note", default=None)


class OptionModel(Section):
    """Satu pilihan."""

    title: Title = entry("sebutan", "as people read it")
    basis: list[BasisEntry] = entry("dasar hukum", "legal bases", default=[])
    steps: dict[Name, dict[str, Any]] = entry(
        "perubahan langkah bila pilihan ini diambil",
        "changes of steps when this is chosen",
        default={},
    )


class ChoiceModel(Section):
    """Satu hal yang sumbernya berbeda-beda, dan pilihannya."""

    title: Title = entry("sebutan", "as people read it")
    default: str | None = entry(
        "pilihan bila tidak disebut; kosong berarti wajib disebut",
        "option when none is named; left out: one must be named",
        default=None,
    )
    options: Annotated[dict[Name, OptionModel], Field(min_length=1)] | None = entry(
        "pilihan-pilihannya", "the options", default=None
    )
    figure: Ends | None = entry(
        "batas angka yang ditetapkan sendiri oleh pemakai; rumus memakainya dengan nama pilihan ini",
        "limits of a figure that whoever uses the policy names; formulas read it by the choice's name",
        default=None,
    )
    basis: list[BasisEntry] = entry("dasar hukum angkanya", "legal bases of the figure", default=[])

    @model_validator(mode="after")
    def _options_or_figure(self) -> ChoiceModel:
        if (self.options is None) == (self.figure is None):
            found = "options, figure" if self.options is not None else "–"
            raise PydanticCustomError("KNJ141", "choice", {"found": found})
        if self.options is not None and self.basis:
            raise PydanticCustomError("KNJ141", "choice", {"found": "options, basis"})
        return self

    @property
    def decides(self) -> frozenset[str]:
        """The steps that some option changes, so that each option decides them."""
        return frozenset(name for part in (self.options or {}).values() for name in part.steps)

    def title_of(self, taken: str) -> Text:
        """Give what stands for an option or figure that is taken, as people read it."""
        if self.options is not None:
            return self.options[taken].title
        figure = exact(taken)
        if decimal_digits(figure) is None:
            return Text.same(str(figure))
        return Text(number(figure, "id"), number(figure, "en"))


class HeadModel(Section):
    """Kepala berkas kebijakan: yang berdiri di atas `bases`."""

    schema_: Literal["1"] = entry("nomor format: 1", "format: 1", alias="schema")
    id: Annotated[str, Field(pattern=ID_PATTERN, max_length=60)] = entry(
        "nama unik kebijakan", "unique name of the policy"
    )
    version: Annotated[str, Field(pattern=VERSION_PATTERN)] = entry(
        "versi berkas, misalnya 1.0.0", "version of the file, such as 1.0.0"
    )
    title: Title = entry("judul", "title")
    family: Name | None = entry(
        "rumpun aturan, misalnya skm", "family of rules, such as skm", default=None
    )
    in_force: InForceModel = entry("masa berlaku", "when it is in force")
    extends: str | None = entry(
        "kebijakan dasar yang diturunkan: id kebijakan terpasang, atau nama berkas di samping berkas ini",
        "policy that this one extends: id of a shipped policy, or name of a file beside this one",
        default=None,
    )
    base_version: str | None = entry(
        "versi kebijakan dasar yang diterima: 1.0.0, atau kisaran seperti >=1.0.0, <2.0.0",
        "versions of that policy that are accepted: 1.0.0, or a range such as >=1.0.0, <2.0.0",
        default=None,
    )
    note: Title | None = entry("catatan", "note", default=None)


class PolicyModel(HeadModel):
    """Berkas kebijakan kinerja."""

    bases: dict[Name, BasisModel] = entry("dasar hukum dan sumber", "legal bases")
    basis: list[BasisEntry] = entry(
        "dasar hukum kebijakan secara keseluruhan", "bases of the whole policy", default=[]
    )
    plugins: list[str] = entry(
        "jenis aturan dari paket terpasang", "rule kinds of installed packages", default=[]
    )
    scales: dict[Name, ScaleModel] = entry("skala label", "scales of labels", default={})
    inputs: Annotated[dict[Name, InputModel], Field(min_length=1)] = entry("masukan", "inputs")
    choices: dict[Name, ChoiceModel] = entry(
        "pilihan yang sumbernya berbeda", "named choices where sources differ", default={}
    )
    steps: Annotated[dict[Name, dict[str, Any]], Field(min_length=1)] = entry(
        "langkah perhitungan", "steps of the computation"
    )
    reasons: dict[Name, Title] = entry(
        "kata-kata untuk sebab yang disebut kebijakan sendiri dengan missing('kode')",
        "words for the reasons that the policy states itself with missing('code')",
        default={},
    )
    accepted: dict[FindingCode, dict[Name, Title]] = entry(
        "temuan analisis yang diterima: kode, lalu langkah atau masukan, lalu alasannya",
        "findings of the analysis that are accepted: code, then step or input, then why",
        default={},
    )
    publish: Annotated[list[str], Field(min_length=1)] = entry(
        "langkah yang menjadi hasil, berurutan", "steps that are results, in order"
    )
