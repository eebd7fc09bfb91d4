"""Cases of family `02-pp30-2019`: nilai akhir and predikat of Pasal 41.

Each runner takes the inputs of a case and gives what the shipped policy says, in the terms of the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from running import NotRunError, Runners, load, read, title

from kinerja.errors import InputError
from kinerja.formula import nodes as n
from kinerja.formula.types import NumberType
from kinerja.result import Result

POLICY = "pp30-2019"


def _score(record: Mapping[str, Any]) -> Result | None:
    """Score, or give `None` for a record that the policy refuses."""
    try:
        return load(POLICY).score(record)
    except InputError:
        return None


def _of(record: Mapping[str, Any]) -> dict[str, Any]:
    result = _score(record)
    if result is None:
        return {"nilai_akhir": None, "predikat": None}
    return {
        "nilai_akhir": result["nilai_akhir"],
        "predikat": title(POLICY, "predikat", result["predikat"]),
    }


def bobot(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Read the weights off two persons who have 100 in one part and nothing in the other."""
    raters = {"memakai_rekan_dan_bawahan": inputs.get("memakai_rekan_dan_bawahan")}
    shares = {}
    for part, other in (("skp", "perilaku"), ("perilaku", "skp")):
        result = _score({f"nilai_{part}": 100, f"nilai_{other}": 0, **raters})
        whole = result and result["nilai_akhir"]
        shares[f"bobot_{part}"] = None if whole is None else whole / 100
    return shares


def nilai_akhir(inputs: Mapping[str, Any]) -> dict[str, Any]:
    known = (field.name for field in read(POLICY).program.inputs)
    return _of({name: inputs.get(name) for name in known})


def predikat(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if "nilai" not in inputs:
        return _table()
    value = inputs["nilai"]
    record = {"nilai_skp": value, "nilai_perilaku": value, "memakai_rekan_dan_bawahan": False}
    got = _of({**record, "ide_baru": inputs.get("ide_baru")})
    return {"predikat": got["predikat"]}


def _table() -> dict[str, Any]:
    """Give the bands as the policy has them, and the condition of the highest."""
    policy = read(POLICY)
    table: dict[str, Any] = {}
    for band in policy.rules["rentang"].bands:
        ends = {}
        low, high = band.interval.low, band.interval.high
        if low is not None:
            ends["min_exclusive" if band.interval.low_open else "min"] = low
        if high is not None:
            ends["max_exclusive" if band.interval.high_open else "max"] = high
        table[title(POLICY, "predikat", band.label)] = ends
    [skp] = [i.type for i in policy.program.inputs if i.name == "nilai_skp"]
    match policy.rules["predikat"].cases, skp:
        case (
            [
                (
                    n.And(args=(n.Compare(op=">=", right=n.Number(least)), n.Ref("ide_baru"))),
                    n.Label(highest),
                )
            ],
            NumberType(limits=limits),
        ):
            row = {"min": least, "max": limits.high, "ide_baru": True}
            table[title(POLICY, "predikat", highest)] = row
            return table
    raise NotRunError("the condition of the highest predikat is written another way")


RUNNERS: Runners = {
    "bobot": bobot,
    "nilai-akhir": nilai_akhir,
    "predikat": predikat,
}
