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
from kinerja.policy.fields import Ends, Name, RoundModel, Section, Title, bilingual
from kinerja.values import BasisStatus

__all__ = [
    "BasisEntry",
    "BasisModel",
    "ChoiceModel",
    "FieldModel",
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


class BasisModel(Section):
    """Satu dasar hukum atau sumber."""

    title: str = Field(**bilingual("peraturan, sebagaimana dikutip", "regulation, as it is cited"))
    clause: str = Field("", **bilingual("pasal atau bagian", "clause or part"))
    status: BasisStatus = Field(
        **bilingual(
            "seberapa pasti: primary naskah dibaca, secondary dari sumber lain, practice dari aplikasi, "
            "unverified belum terverifikasi, own pilihan instansi sendiri",
            "how well it is known: primary, secondary, practice, unverified, or own (the agency's choice)",
        )
    )
    source: str = Field("", **bilingual("tempat dibaca", "where it was seen"))
    note: Title | None = Field(None, **bilingual("catatan", "note"))


class BasisEntry(Section):
    """Rujukan ke satu dasar hukum."""

    of: Name = Field(**bilingual("nama dasar hukum di bagian bases", "name of a basis in bases"))
    clause: str | None = Field(None, **bilingual("pasal yang lebih rinci", "a more exact clause"))
    status: BasisStatus | None = Field(
        None, **bilingual("bila lebih lemah dari dasar hukumnya", "when known less well")
    )
    note: Title | None = Field(None, **bilingual("catatan", "note"))


class InForceModel(Section):
    """Masa berlaku."""

    from_: Day = Field(alias="from", **bilingual("tanggal mulai berlaku", "first day"))
    until: Day | None = Field(
        None,
        **bilingual("tanggal terakhir berlaku; kosong bila masih berlaku", "last day, or empty"),
    )


class ScaleModel(Section):
    """Satu skala label."""

    ordered: bool = Field(
        **bilingual(
            "true bila labelnya berurutan dari yang terendah",
            "labels rise from the first to the last",
        )
    )
    labels: Annotated[dict[str, Title], Field(min_length=1, max_length=200)] = Field(
        **bilingual("label dan sebutannya", "labels and their titles")
    )


class FieldModel(Section):
    """Satu kolom daftar, atau satu masukan."""

    type: Literal["number", "label", "flag", "date", "text"] = Field(
        **bilingual(
            "number angka, label label, flag ya/tidak, date tanggal, text teks",
            "number, label, flag, date or text",
        )
    )
    title: Title | None = Field(None, **bilingual("sebutan", "as people read it"))
    limits: Ends | None = Field(
        None, **bilingual("batas angka yang boleh diisi", "limits that an input number must keep")
    )
    digits: Annotated[int, Field(ge=0, le=15)] | None = Field(
        None, **bilingual("desimal paling banyak; 0 untuk bilangan bulat", "most decimals")
    )
    scale: Name | None = Field(None, **bilingual("skala label", "scale of the label"))
    unit: Title | None = Field(None, **bilingual("satuan", "unit"))

    @model_validator(mode="after")
    def _fitting_keys(self) -> FieldModel:
        if self.type != "number" and (self.limits is not None or self.digits is not None):
            raise PydanticCustomError("KNJ124", "type", {"found": "limits, digits"})
        if (self.type == "label") != (self.scale is not None):
            raise PydanticCustomError("KNJ125", "type", {"found": self.type})
        return self


class InputModel(Section):
    """Satu masukan."""

    type: Literal["number", "label", "flag", "date", "text", "list"] = Field(
        **bilingual(
            "number angka, label label, flag ya/tidak, date tanggal, text teks, list daftar",
            "number, label, flag, date, text or list",
        )
    )
    title: Title = Field(**bilingual("sebutan", "as people read it"))
    required: bool = Field(
        True,
        **bilingual("false bila boleh kosong", "false where a record may lack it"),
    )
    limits: Ends | None = Field(
        None, **bilingual("batas angka yang boleh diisi", "limits that an input number must keep")
    )
    digits: Annotated[int, Field(ge=0, le=15)] | None = Field(
        None, **bilingual("desimal paling banyak; 0 untuk bilangan bulat", "most decimals")
    )
    scale: Name | None = Field(None, **bilingual("skala label", "scale of the label"))
    unit: Title | None = Field(None, **bilingual("satuan", "unit"))
    fields: dict[Name, FieldModel] | None = Field(
        None, **bilingual("kolom setiap butir daftar", "fields of a list's items")
    )
    key: list[Name] = Field(
        [],
        **bilingual(
            "kolom yang bersama-sama tidak boleh ganda", "fields that must differ together"
        ),
    )
    item_title: Name | None = Field(
        None,
        **bilingual(
            "kolom yang menyebut butir dalam rincian; kosongkan untuk penilaian",
            "field that names an item in explanations; leave out for ratings",
        ),
    )
    hidden: list[Name] = Field(
        [],
        **bilingual("kolom yang tidak pernah ditampilkan", "fields never shown, such as raters"),
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

    rule: str = Field(**bilingual("jenis aturan", "rule kind"))
    title: Title = Field(**bilingual("sebutan", "as people read it"))
    basis: list[BasisEntry] = Field([], **bilingual("dasar hukum", "legal bases"))
    round: RoundModel | None = Field(
        None, **bilingual("pembulatan langkah ini", "rounding of this step")
    )
    scale: Name | None = Field(
        None, **bilingual("skala label hasilnya", "scale of the labels it gives")
    )
    unit: Title | None = Field(None, **bilingual("satuan", "unit"))
    for_each: Name | None = Field(
        None,
        **bilingual(
            "dihitung untuk setiap butir daftar ini", "computed for each item of this list"
        ),
    )
    note: Title | None = Field(None, **bilingual("catatan", "note"))


class OptionModel(Section):
    """Satu pilihan."""

    title: Title = Field(**bilingual("sebutan", "as people read it"))
    basis: list[BasisEntry] = Field([], **bilingual("dasar hukum", "legal bases"))
    steps: dict[Name, dict[str, Any]] = Field(
        {},
        **bilingual(
            "perubahan langkah bila pilihan ini diambil", "changes of steps when this is chosen"
        ),
    )


class ChoiceModel(Section):
    """Satu hal yang sumbernya berbeda-beda, dan pilihannya."""

    title: Title = Field(**bilingual("sebutan", "as people read it"))
    default: str | None = Field(
        None,
        **bilingual(
            "pilihan bila tidak disebut; kosong berarti wajib disebut",
            "option when none is named; left out: one must be named",
        ),
    )
    options: Annotated[dict[Name, OptionModel], Field(min_length=1)] = Field(
        **bilingual("pilihan-pilihannya", "the options")
    )


class PolicyModel(Section):
    """Berkas kebijakan kinerja."""

    schema_: Literal["1"] = Field(alias="schema", **bilingual("nomor format: 1", "format: 1"))
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)] = Field(
        **bilingual("nama unik kebijakan", "unique name of the policy")
    )
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")] = Field(
        **bilingual("versi berkas, misalnya 1.0.0", "version of the file, such as 1.0.0")
    )
    title: Title = Field(**bilingual("judul", "title"))
    family: Name | None = Field(
        None, **bilingual("rumpun aturan, misalnya skm", "family of rules, such as skm")
    )
    in_force: InForceModel = Field(**bilingual("masa berlaku", "when it is in force"))
    note: Title | None = Field(None, **bilingual("catatan", "note"))
    bases: dict[Name, BasisModel] = Field(**bilingual("dasar hukum dan sumber", "legal bases"))
    basis: list[BasisEntry] = Field(
        [], **bilingual("dasar hukum kebijakan secara keseluruhan", "bases of the whole policy")
    )
    plugins: list[str] = Field(
        [], **bilingual("jenis aturan dari paket terpasang", "rule kinds of installed packages")
    )
    scales: dict[Name, ScaleModel] = Field({}, **bilingual("skala label", "scales of labels"))
    inputs: Annotated[dict[Name, InputModel], Field(min_length=1)] = Field(
        **bilingual("masukan", "inputs")
    )
    choices: dict[Name, ChoiceModel] = Field(
        {}, **bilingual("pilihan yang sumbernya berbeda", "named choices where sources differ")
    )
    steps: Annotated[dict[Name, dict[str, Any]], Field(min_length=1)] = Field(
        **bilingual("langkah perhitungan", "steps of the computation")
    )
    publish: Annotated[list[str], Field(min_length=1)] = Field(
        **bilingual("langkah yang menjadi hasil, berurutan", "steps that are results, in order")
    )
