"""What callers may rely on, checked by mypy and never run."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal, assert_type

import kinerja
from kinerja import explore
from kinerja.values import Weights


def load_and_score() -> None:
    """A path or an id gives a scorer; a scorer gives a result."""
    scorer = kinerja.load("skm-2017", variant={"bobot": "tepat"})
    assert_type(scorer, kinerja.Scorer)
    assert_type(kinerja.load(Path("kebijakan.yaml")), kinerja.Scorer)
    result = scorer.score({"id": "a", "responden": [{"waktu": 4}]})
    assert_type(result, kinerja.Result)
    assert_type(result["ikm"], Decimal | Fraction | str | bool | None)
    assert_type(result.status, Literal["complete", "incomplete"])
    assert_type(result.values, Mapping[str, Decimal | Fraction | str | bool | None])
    assert_type(result.explanation, kinerja.Explanation)
    assert_type(result.explanation.to_text("en"), str)
    assert_type(kinerja.Result.from_dict(result.to_dict()), kinerja.Result)
    comparison = scorer.what_if({"nrr_waktu": "3.49"}, {"nrr_waktu": 4})
    assert_type(comparison, kinerja.WhatIf)
    assert_type(comparison.after, kinerja.Result)
    assert_type(comparison.to_html("en"), str)


def refusals() -> None:
    """Both refusals are ValueErrors and carry their issues."""
    try:
        kinerja.load("x").score({})
    except (kinerja.PolicyError, kinerja.InputError) as error:
        assert_type(error.issues, tuple[kinerja.Issue, ...])
        refused: ValueError = error
        raise refused from error


def numbers() -> None:
    """Exact numbers enter in five ways."""
    assert_type(kinerja.exact("60 %"), Fraction)
    assert_type(kinerja.exact(0.1), Fraction)
    assert_type(kinerja.exact(Decimal("0.1")), Fraction)


def explore_weights() -> None:
    """Weights come out of methods, and go into a policy as variables."""
    weights = explore.best_worst_weights({"b": 2}, others_to_worst={"a": 2}, best="a", worst="b")
    assert_type(weights, Weights)
    scorer = kinerja.load("pp30-2019")
    people = explore.read_people(scorer, {"nilai_skp": [90]}, step="nilai_tanpa_rekan")
    drawn = explore.draw_weightings(people.scheme, count=10, seed=1)
    found = explore.band_acceptability(people, drawn)
    assert_type(found.stays(0), Fraction)
    assert_type(found.current, tuple[str | None, ...])
    assert_type(explore.steady_weights(people), tuple[explore.SteadyWeight, ...])
    assert_type(explore.reweighted(scorer, drawn[0], step="nilai_tanpa_rekan"), kinerja.Scorer)
