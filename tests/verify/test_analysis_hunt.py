"""What the analysis must not say: a record or a panel that it would be wrong of."""

from __future__ import annotations

import pytest
from test_analysis import codes, found, of, scored

from kinerja.asn import catalog
from kinerja.scorer import Scorer
from kinerja.verify import analyse, cover, read_examples, suggest

TWO = """inputs:
  a: {{type: number, title: a, limits: {{from: 0, to: 100}}}}
  b: {{type: number, title: b, limits: {{from: 0, to: 100}}}}
steps:
  hasil: {{rule: formula, title: hasil, is: "{formula}"}}
publish: [hasil]
"""


class TestRecordsWithGaps:
    """What is proved of every record holds for one that lacks what is required: it is scored too."""

    def test_an_input_that_matters_where_another_is_missing(self):
        policy, analysis = found(TWO.format(formula="where(is_missing(a), b, 50)"))
        score = Scorer(policy.program).score
        assert score({"b": "40"})["hasil"] == 40
        assert "inputs.b" not in {f.issue.path for f in of(analysis, "KNJ730")}

    def test_a_direction_that_turns_where_another_is_missing(self):
        _, analysis = found(TWO.format(formula="where(is_missing(a), 100 - b, b)"))
        verdicts = {law.subject: law.verdict for law in analysis.laws}
        assert verdicts["b"] != "proved"

    def test_a_weight_that_decides_where_another_is_missing(self):
        body = TWO.format(formula="0.1 * a + 0.2 * b").replace(
            "publish: [hasil]",
            """  predikat:
    rule: condition
    title: p
    scale: predikat
    cases: [{when: "is_missing(a) and b >= 50", is: "'baik'"}]
    otherwise: "where(hasil >= 100, 'baik', 'kurang')"
publish: [predikat]""",
        )
        parts = {f.issue.details["found"] for f in of(found(body)[1], "KNJ732")}
        assert parts == {'"a"'}


class TestWeights:
    def test_what_a_panel_counts_with_is_no_weight(self):
        policy = catalog.read("pemalang-360", unnamed="assume")
        parts = [f.issue.details["found"] for f in of(analyse(policy), "KNJ733")]
        assert not [part for part in parts if ".raters." in part or ".mean." in part]
        assert len(parts) == len(set(parts))

    @pytest.mark.parametrize("formula", ["a * 100", "(2 * a - b) / max(b, 1)"])
    def test_a_factor_of_what_stands_alone_is_no_weight(self, formula):
        body = TWO.format(formula=formula).replace(
            "publish: [hasil]",
            """  predikat:
    rule: bands
    title: p
    scale: predikat
    of: hasil * 0
    bands: [{label: kurang, below: 60}, {label: baik, from: 60}]
publish: [predikat]""",
        )
        assert not {"KNJ732", "KNJ733"} & codes(body)


class TestRoundings:
    BODY = """inputs:
  butir:
    type: list
    title: butir
    fields:
      a: {type: number, title: a, limits: {from: 0, to: 100}, digits: 3}
steps:
  capaian: {rule: formula, title: c, for_each: butir, is: a, round: {digits: 2, mode: half_up}}
  nilai: {rule: formula, title: n, for_each: butir, is: capaian, round: {digits: 1, mode: half_up}}
  hasil: {rule: formula, title: h, is: sum(nilai for butir)}
publish: [hasil]
"""

    def test_items_that_are_rounded_twice(self):
        policy, analysis = found(self.BODY)
        (finding,) = of(analysis, "KNJ740")
        assert finding.issue.path == "steps.nilai"
        scored(policy, finding)
        assert finding.witnesses[0].values["nilai"] != finding.issue.details["expected"]


class TestFollowUps:
    def test_an_input_that_decides_only_what_follows(self):
        body = TWO.format(formula="a").replace(
            "publish: [hasil]",
            """  tindak:
    rule: follow_up
    title: t
    actions: {teguran: {title: teguran, when: b == 12.34 + 0.005}}
    choose: all
publish: [hasil]""",
        )
        assert "KNJ730" not in codes(body)


class TestWithoutExamples:
    """A policy without any example is looked at in records that its rules are made for."""

    def test_what_a_decision_takes_the_place_of_matters(self):
        body = """inputs:
  a: {type: label, title: a, scale: predikat}
  putusan: {type: label, title: p, scale: predikat, required: false}
  alasan: {type: text, title: a, required: false}
  jabatan: {type: text, title: j, required: false}
steps:
  akhir:
    {rule: override, title: o, scale: predikat, of: a, by: putusan, reason: alasan, who: jabatan}
publish: [akhir]
"""
        assert "KNJ731" not in codes(body)

    @pytest.mark.parametrize("how", ["mean", "last, order: ke"])
    def test_periods_of_which_there_must_be_four(self, how):
        body = f"""inputs:
  periode:
    type: list
    title: p
    key: [ke]
    fields:
      ke: {{type: number, title: k, limits: {{from: 1, to: 4}}, digits: 0}}
      v: {{type: number, title: v, limits: {{from: 0, to: 100}}}}
steps:
  hasil:
    rule: over_periods
    title: h
    over: periode
    value: v
    how: {how.replace(", ", chr(10) + "    ")}
    expected: 4
    missing: incomplete
    round: {{digits: 2, mode: half_up}}
publish: [hasil]
"""
        assert "KNJ731" not in codes(body)

    YEARS = """inputs:
  masuk: {type: date, title: m}
  acuan: {type: date, title: a, fixed: true}
steps:
  masa: {rule: formula, title: m, is: (acuan - masuk) / 365}
  poin:
    rule: condition
    title: p
    cases: [{when: masa >= 10, is: 3}, {when: masa >= 5, is: 2}]
    otherwise: 1
publish: [poin]
"""

    def test_years_of_service(self):
        policy, _ = found(self.YEARS)
        analysis = analyse(policy, coverage=cover(policy, ()))
        assert not {"KNJ731", "KNJ750"} & {f.issue.code for f in analysis.findings}

    @pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
    def test_the_ends_of_the_calendar(self, day, tmp_path):
        policy, _ = found(self.YEARS)
        path = tmp_path / "contoh.yaml"
        path.write_text(
            "examples: [{id: a, record: {masuk: 2020-01-01, acuan: DAY}, expect: {poin: 1}}]".replace(
                "DAY", day
            ),
            encoding="utf-8",
        )
        examples = read_examples(path, policy)
        assert analyse(policy, examples).tried
        assert suggest(policy, examples)
