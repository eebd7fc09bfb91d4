"""Each finding of the analysis: a policy with the fault is told, the same without it is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kinerja.asn import catalog
from kinerja.exact import exact
from kinerja.policy import parse_policy, read_policy
from kinerja.scorer import Scorer
from kinerja.scorer.read import read_record
from kinerja.scorer.run import run_steps
from kinerja.verify import analyse, cover, read_examples
from kinerja.verify.coverage import taken
from kinerja.verify.exhaustive import every_branch, every_record, goes_one_way

HEAD = """schema: 1
id: uji
version: 1.0.0
title: uji
in_force: {from: 2024-01-01}
bases: {}
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, baik: Baik, unggul: Unggul}}
  jenis: {ordered: false, labels: {x: X, y: Y, z: Z}}
"""


def found(body, *, accepted="", **options):
    policy = parse_policy(HEAD + body + accepted)
    return policy, analyse(policy, **options)


def of(analysis, code):
    return [finding for finding in analysis.findings if finding.issue.code == code]


def codes(body, **options):
    return {finding.issue.code for finding in found(body, **options)[1].findings}


def scored(policy, finding):
    """Score every witness anew: what a finding says of it is what the exact scorer gives."""
    program = policy.program
    results = []
    for witness in finding.witnesses:
        result = Scorer(program).score(witness.record)
        reading, issues, _ = read_record(witness.record, program.inputs)
        assert not issues
        state = run_steps(program, reading)
        for name, value in witness.values.items():
            if name == "status":
                assert value == "; ".join(map(str, result.reasons))
                continue
            over = program.step(name).over
            known = [state[name]] if over is None else [item[name] for item in state[over]]
            if value.startswith("≈ "):
                near = exact(value.removeprefix("≈ "))
                assert any(abs(number - near) <= Fraction(1, 20000) for number in known)
            else:
                number = value if isinstance(known[0], str) else exact(value)
                assert number in known
        results.append(result)
    return results


BANDS = """inputs:
  nilai: {{type: number, title: nilai, limits: {{from: 0, to: {top}}}}}
steps:
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai
    bands:
      - {{label: kurang, from: 0, below: 60}}
      - {{label: baik, from: 60, below: 110}}
      - {{label: unggul, from: 110}}
publish: [predikat]
"""


class TestUnreachable:
    def test_a_band_above_the_cap(self):
        policy, analysis = found(BANDS.format(top=108))
        (finding,) = of(analysis, "KNJ701")
        assert finding.issue.path == "steps.predikat"
        assert finding.issue.line == policy.source.keys["steps", "predikat"][0]
        assert finding.issue.details["found"] == '"unggul" ≥ 110'
        assert not finding.witnesses
        assert not of(found(BANDS.format(top=110))[1], "KNJ701")

    ROW = """inputs:
  nilai: {{type: number, title: nilai, limits: {{from: 0, to: 100}}}}
steps:
  kelas: {{rule: formula, title: kelas, scale: jenis, is: "where(nilai > 50, 'x', '{other}')"}}
  angka:
    rule: lookup
    title: angka
    keys: [kelas]
    gives: number
    rows: {{x: 1, y: 2, z: 3}}
    otherwise: missing
publish: [angka]
"""

    @pytest.mark.parametrize(("other", "dead"), [("y", '"z"'), ("z", '"y"')])
    def test_a_row_of_a_table(self, other, dead):
        (finding,) = of(found(self.ROW.format(other=other))[1], "KNJ702")
        assert finding.issue.details["found"] == dead

    def test_a_table_that_is_met_in_full(self):
        full = self.ROW.format(other="y").replace(", z: 3", "")
        assert "KNJ702" not in codes(full)

    CASES = """inputs:
  nilai: {{type: number, title: nilai, limits: {{from: 0, to: 100}}}}
steps:
  poin:
    rule: condition
    title: poin
    cases:
      - {{when: nilai >= {first}, is: 2}}
      - {{when: nilai >= {second}, is: 1}}
    otherwise: 0
publish: [poin]
"""

    def test_a_case_behind_one_that_holds_before(self):
        (finding,) = of(found(self.CASES.format(first=60, second=80))[1], "KNJ703")
        assert finding.issue.details["found"] == "nilai >= 80"
        assert "KNJ703" not in codes(self.CASES.format(first=80, second=60))

    def test_an_otherwise_behind_a_case_that_always_holds(self):
        assert "KNJ704" in codes(self.CASES.format(first=60, second=0))
        assert "KNJ704" not in codes(self.CASES.format(first=60, second=1))

    def test_a_case_for_a_missing_value_is_met_by_records_with_gaps(self):
        body = self.CASES.format(first=60, second=50).replace("nilai >= 60", "is_missing(nilai)")
        assert "KNJ703" not in codes(body)

    FLAG = """inputs:
  nilai: {{type: number, title: nilai, limits: {{from: 0, to: 100}}}}
steps:
  lulus: {{rule: formula, title: lulus, is: nilai >= {edge}}}
publish: [lulus]
"""

    @pytest.mark.parametrize(("edge", "never"), [("101", "true"), ("0", "false")])
    def test_a_condition_that_never_changes(self, edge, never):
        (finding,) = of(found(self.FLAG.format(edge=edge))[1], "KNJ705")
        assert finding.issue.details["found"] == never

    def test_a_condition_that_goes_both_ways(self):
        assert "KNJ705" not in codes(self.FLAG.format(edge=100))

    LIMIT = """inputs:
  nilai: {{type: number, title: nilai, limits: {{from: 0, to: 100}}}}
steps:
  dibatasi: {{rule: limit, title: dibatasi, of: nilai, at_most: {most}, beyond: clip}}
publish: [dibatasi]
"""

    def test_a_limit_that_never_bites(self):
        (finding,) = of(found(self.LIMIT.format(most=100))[1], "KNJ706")
        assert finding.issue.severity == "note"
        assert finding.issue.details["found"] == "100"
        assert "KNJ706" not in codes(self.LIMIT.format(most=99))

    def test_what_an_option_reaches_is_no_fault(self):
        choice = """choices:
  cara:
    title: cara
    default: biasa
    options:
      biasa: {title: biasa}
      tinggi: {title: tinggi, steps: {dibatasi: {at_most: 90}}}
"""
        assert "KNJ706" in codes(choice + self.LIMIT.format(most=100))
        body = choice + BANDS.format(top=120).replace("of: nilai", "of: dibatasi").replace(
            "steps:",
            "steps:\n  dibatasi: {rule: limit, title: d, of: nilai, at_most: 108, beyond: clip}",
        )
        assert "KNJ701" in codes(body)
        assert "KNJ701" not in codes(body.replace("at_most: 90", "at_most: 115"))


class TestEscapes:
    HOLE = """inputs:
  nilai: {{type: number, title: nilai, limits: {{from: 0, to: {top}}}{digits}}}
steps:
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai
    between: missing
    bands:
      - {{label: kurang, from: 0, to: 69}}
      - {{label: baik, from: 70, to: 100}}
publish: [predikat]
"""

    def test_a_number_between_two_bands(self):
        policy, analysis = found(self.HOLE.format(top=100, digits=""))
        (finding,) = of(analysis, "KNJ710")
        (result,) = scored(policy, finding)
        assert result["predikat"] is None
        assert 69 < exact(finding.witnesses[0].record["nilai"]) < 70
        assert "KNJ710" not in codes(self.HOLE.format(top=100, digits=", digits: 0"))

    def test_a_number_beyond_the_last_band(self):
        policy, analysis = found(self.HOLE.format(top=120, digits=", digits: 0"))
        (finding,) = of(analysis, "KNJ710")
        assert finding.issue.details["found"] == "> 100"
        (result,) = scored(policy, finding)
        assert result["predikat"] is None

    def test_room_that_no_record_is_found_for_is_told_as_that(self):
        body = self.HOLE.format(top=100, digits=", digits: 0").replace(
            "of: nilai", "of: nilai + sisa"
        )
        body = body.replace(
            "steps:", "steps:\n  sisa: {rule: formula, title: sisa, is: 100 - nilai}"
        )
        (finding,) = of(
            found(body.replace("to: 69", "to: 70").replace("from: 70", "above: 70"))[1], "KNJ711"
        )
        assert finding.issue.details["found"] == "> 100"
        assert finding.issue.severity == "note"
        assert not finding.witnesses
        assert finding.tried >= 10

    def test_what_something_takes_the_place_of_is_no_fault(self):
        body = self.HOLE.format(top=100, digits="").replace(
            "publish: [predikat]", "publish: [hasil]"
        )
        formula = "coalesce(predikat, 'kurang')"
        step = f'  hasil: {{rule: formula, title: hasil, scale: predikat, is: "{formula}"}}'
        assert "KNJ710" not in codes(body.replace("publish:", f"{step}\npublish:"))


class TestLaws:
    SUM = """inputs:
  kerja: {{type: number, title: kerja, limits: {{from: 0, to: 100}}}}
  perilaku: {{type: number, title: perilaku, limits: {{from: 0, to: 100}}}}
steps:
  nilai: {{rule: formula, title: nilai, is: "{formula}"}}
publish: [nilai]
"""

    def test_a_sum_is_proved(self):
        _, analysis = found(self.SUM.format(formula="0.6 * kerja + 0.4 * perilaku"))
        assert {(law.subject, law.verdict) for law in analysis.laws} == {
            ("kerja", "proved"),
            ("perilaku", "proved"),
        }
        assert not analysis.findings

    def test_a_bonus_that_is_lost_is_shown_by_two_pairs(self):
        text = "0.6 * kerja + 0.4 * perilaku + where(kerja < 80, 10, 0)"
        policy, analysis = found(self.SUM.format(formula=text))
        (finding,) = of(analysis, "KNJ720")
        assert finding.issue.details["found"] == "kerja"
        one, two, three, four = scored(policy, finding)
        records = [exact(witness.record["kerja"]) for witness in finding.witnesses]
        assert records[0] < records[1]
        assert records[2] < records[3]
        assert one["nilai"] < two["nilai"]
        assert three["nilai"] > four["nilai"]
        verdicts = {law.subject: law.verdict for law in analysis.laws}
        assert verdicts == {"kerja": "broken", "perilaku": "proved"}

    def test_a_rule_that_says_which_way_is_good_needs_one_pair(self):
        body = """inputs:
  target: {type: number, title: target, limits: {above: 0, to: 100}, fixed: true}
  realisasi: {type: number, title: realisasi, limits: {from: 0, to: 100}}
steps:
  capaian:
    {rule: achievement, title: c, actual: realisasi, target: target, better: WAY, LOWER CAPS}
  nilai: {rule: formula, title: nilai, is: "FORMULA", round: {digits: 2, mode: half_up}}
publish: [nilai]
"""
        bad = "where(capaian > 100, 200 - capaian - 1, capaian)"

        def written(way, formula):
            lower = "lower_is: two_minus_ratio," if way == "lower" else ""
            return (
                body.replace("WAY", way)
                .replace("LOWER", lower)
                .replace("CAPS", "cap: none, floor: none")
                .replace("FORMULA", formula)
            )

        policy, analysis = found(written("higher", bad))
        (finding,) = of(analysis, "KNJ721")
        low, high = scored(policy, finding)
        assert low["nilai"] > high["nilai"]
        _, lower = found(written("lower", "where(capaian > 100, 300 - capaian, capaian)"))
        assert {f.issue.code for f in lower.findings} & {"KNJ720", "KNJ721"} == {"KNJ721"}
        fine = found(written("higher", "capaian"))[1]
        assert not of(fine, "KNJ721")
        assert not of(fine, "KNJ720")

    def test_another_kind_of_indicator_is_another_matter(self):
        body = self.SUM.format(formula="where(jenis == 'x', kerja, 100 - kerja) + perilaku")
        body = body.replace("inputs:", "inputs:\n  jenis: {type: label, scale: jenis, title: j}")
        _, analysis = found(body)
        assert not of(analysis, "KNJ720")
        (law,) = [law for law in analysis.laws if law.subject == "kerja"]
        assert law.verdict == "not_found"
        assert law.tried > 20

    def test_an_input_that_is_read_and_never_matters(self):
        (finding,) = of(found(self.SUM.format(formula="kerja + 0 * perilaku"))[1], "KNJ730")
        assert finding.issue.path == "inputs.perilaku"
        assert finding.issue.severity == "warning"
        assert not finding.tried

    def test_an_input_that_no_record_is_found_for(self):
        text = "kerja + where(perilaku == 12.345678, 1, 0)"
        (finding,) = of(
            found(self.SUM.format(formula=text.replace("12.345678", "perilaku + 1")))[1], "KNJ731"
        )
        assert finding.issue.severity == "note"
        assert finding.tried > 20
        assert not {"KNJ730", "KNJ731"} & codes(self.SUM.format(formula=text))


class TestJumps:
    TIME = """inputs:
  target: {{type: number, title: target, limits: {{above: 0}}, fixed: true}}
  realisasi: {{type: number, title: realisasi, limits: {{from: 0}}}}
steps:
  nilai:
    rule: achievement
    title: nilai waktu
    actual: realisasi
    target: target
    better: efficient
    efficiency: {{constant: 1.76, jump_above: {edge}}}
    cap: none
    floor: none
  hasil: {{rule: formula, title: hasil, is: nilai, round: {{digits: 2, mode: half_up}}}}
publish: [hasil]
"""
    EXAMPLE = "{{id: a, record: {{target: 12, realisasi: {realisasi}}}, expect: {{hasil: 100}}}}"

    def analysed(self, tmp_path, edge="24", realisasi="9.12", **options):
        policy = parse_policy(HEAD + self.TIME.format(edge=edge))
        path = tmp_path / "contoh.yaml"
        path.write_text(
            f"examples:\n  - {self.EXAMPLE.format(realisasi=realisasi)}\n", encoding="utf-8"
        )
        return policy, analyse(policy, read_examples(path, policy), **options)

    def test_the_efficiency_that_falls_from_100_to_76(self, tmp_path):
        """Perka BKN 1/2013 as secondary sources give it: just past 24 % the score falls by 24 points."""
        policy, analysis = self.analysed(tmp_path)
        (finding,) = of(analysis, "KNJ722")
        low, high = scored(policy, finding)
        assert [w.record["realisasi"] for w in finding.witnesses] == ["9.11", "9.12"]
        assert high["nilai"] == 100
        assert Fraction(75) < low["nilai"] < Fraction(77)
        assert finding.issue.details["found"] == "≈ 24.0833"

    def test_what_is_too_much_can_be_stated(self, tmp_path):
        _, analysis = self.analysed(tmp_path, jump=Fraction(25))
        assert not of(analysis, "KNJ722")
        _, analysis = self.analysed(tmp_path, jump=Fraction(24))
        assert of(analysis, "KNJ722")

    def test_an_edge_that_is_met_from_both_sides_is_no_jump(self, tmp_path):
        # At 38 % both formulas of the constant 1.76 give 114 and 62: a jump; at 12 % 88 from either side.
        assert of(self.analysed(tmp_path, edge="38", realisasi="7.44")[1], "KNJ722")
        assert not of(self.analysed(tmp_path, edge="12", realisasi="10.56")[1], "KNJ722")

    def test_a_steep_slope_is_no_jump(self):
        body = """inputs:
  angka: {type: number, title: angka, limits: {from: 0, to: 4}, digits: 0}
steps:
  nilai: {rule: formula, title: nilai, is: "where(angka >= 2, 25 * angka, 25 * angka)"}
publish: [nilai]
"""
        assert "KNJ722" not in codes(body)
        assert "KNJ722" in codes(body.replace("25 * angka, 25", "25 * angka + 150, 25"))


class TestWeights:
    BODY = """inputs:
  kerja: {{type: number, title: kerja, limits: {{from: 0, to: 100}}}}
  hadir: {{type: number, title: hadir, limits: {{from: 0, to: 100}}}}
steps:
  nilai: {{rule: weighted_sum, title: nilai, weights: {{kerja: {kerja}, hadir: {hadir}}}{rounding}}}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: nilai
    bands: [{{label: kurang, below: 60}}, {{label: baik, from: 60, below: 90}}, {{label: unggul, from: 90}}]
publish: [nilai, predikat]
"""

    def test_a_weight_of_nothing_is_proved(self):
        body = self.BODY.format(kerja="100 %", hadir="0 %", rounding="")
        (finding,) = of(found(body)[1], "KNJ732")
        assert finding.issue.details["found"] == '"hadir"'
        assert finding.issue.severity == "warning"

    def test_a_weight_that_decides(self):
        body = self.BODY.format(kerja="60 %", hadir="40 %", rounding="")
        assert not {"KNJ732", "KNJ733"} & codes(body)

    def test_a_weight_that_the_rounding_swallows_is_not_seen_to_matter(self):
        body = self.BODY.format(
            kerja="100 %", hadir="0.001 %", rounding=", round: {digits: 0, mode: floor}"
        )
        (finding,) = of(found(body)[1], "KNJ733")
        assert finding.tried > 1
        assert finding.issue.severity == "note"


class TestRoundings:
    BODY = """inputs:
  a: {{type: number, title: a, limits: {{from: 0, to: 100}}}}
  b: {{type: number, title: b, limits: {{from: 0, to: 100}}}}
steps:
  rata: {{rule: formula, title: rata, is: "(a + b) / 2"{first}}}
  nilai: {{rule: formula, title: nilai, is: rata, round: {{digits: 1, mode: half_up}}}}
publish: [nilai]
"""

    def test_rounded_to_two_places_and_then_to_one(self):
        first = ", round: {digits: 2, mode: half_up}"
        policy, analysis = found(self.BODY.format(first=first))
        (finding,) = of(analysis, "KNJ740")
        (result,) = scored(policy, finding)
        once = exact(finding.issue.details["expected"])
        a, b = (exact(finding.witnesses[0].record[name]) for name in ("a", "b"))
        assert result["nilai"] != once
        assert abs((a + b) / 2 - once) <= Fraction(1, 20)
        assert "KNJ740" not in codes(self.BODY.format(first=""))

    def test_a_rounding_that_changes_nothing_is_no_finding(self):
        body = self.BODY.format(first=", round: {digits: 3, mode: half_up}")
        assert "KNJ740" not in codes(
            body.replace("limits: {from: 0, to: 100}", "limits: {from: 0, to: 100}, digits: 0")
        )

    def test_a_rounded_number_that_only_chooses_is_not_rounded_twice(self):
        body = self.BODY.format(first=", round: {digits: 0, mode: half_up}")
        assert "KNJ740" not in codes(body.replace("is: rata,", 'is: "where(rata > 50, a, b)",'))


class TestAccepted:
    REASON = "accepted: {KNJ701: {predikat: {id: begitu peraturannya, en: so says the rule}}}\n"

    def test_a_reason_closes_a_finding_and_keeps_it(self):
        policy, analysis = found(BANDS.format(top=108), accepted=self.REASON)
        (finding,) = analysis.findings
        assert finding.accepted.id == "begitu peraturannya"
        assert not analysis.open
        plain = parse_policy(HEAD + BANDS.format(top=108))
        assert policy.program.note.fingerprint == plain.program.note.fingerprint

    def test_what_is_not_found_again_is_told(self):
        policy, analysis = found(BANDS.format(top=110), accepted=self.REASON)
        (finding,) = analysis.open
        assert finding.issue.code == "KNJ760"
        assert finding.issue.line == policy.source.keys["accepted", "KNJ701", "predikat"][0]

    def test_only_findings_can_be_accepted(self):
        with pytest.raises(ValueError, match=r"KNJ134|KNJ138"):
            found(BANDS.format(top=108), accepted=self.REASON.replace("KNJ701", "KNJ203"))


class TestNeverMet:
    def test_a_band_that_neither_ranges_nor_search_meet(self, tmp_path):
        # The ranges take both as independent; together they cannot be above 100.
        body = """inputs:
  a: {type: number, title: a, limits: {from: 0, to: 100}}
steps:
  b: {rule: formula, title: b, is: 100 - a}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: a + b
    bands: [{label: kurang, below: 60}, {label: baik, from: 60, to: 100}, {label: unggul, above: 100}]
publish: [predikat]
"""
        from kinerja.verify import cover

        policy = parse_policy(HEAD + body)
        analysis = analyse(policy, (), coverage=cover(policy, ()))
        never = of(analysis, "KNJ750")
        assert [f.issue.details["found"].split()[0] for f in never] == ['"kurang"', '"unggul"']
        assert all(f.tried > 10 for f in never)


@pytest.mark.parametrize(
    "name", ["pp46-2011", "akhlak-bumn-grade", "tpp-balangan", "kuadran-6-2022"]
)
def test_witnesses_of_shipped_policies_are_what_they_say(name):
    policy = read_policy(catalog.path_of(name), unnamed="assume")
    examples = [
        example for path in catalog.examples_paths(name) for example in read_examples(path, policy)
    ]
    analysis = analyse(policy, examples)
    for finding in analysis.findings:
        scored(policy, finding)
    assert analysis == analyse(policy, examples)


class TestExhaustive:
    """Few labels and flags can all be tried: what neither ranges nor slopes see is proved by that."""

    BODY = """inputs:
  kerja: {type: label, scale: predikat, title: kerja}
  ide: {type: flag, title: ide}
steps:
  sisi: {rule: formula, title: sisi, scale: jenis, is: "where(kerja == 'baik', 'x', ide, 'y', 'z')"}
  lagi: {rule: formula, title: lagi, scale: jenis, is: "where(kerja == 'baik', 'x', ide, 'z', 'y')"}
  hasil:
    rule: matrix
    title: hasil
    scale: predikat
    keys: [sisi, lagi]
    cells:
      x: {x: baik, y: kurang, z: kurang}
      y: {x: kurang, y: kurang, z: unggul}
      z: {x: kurang, y: kurang, z: unggul}
publish: [hasil]
"""

    def test_cells_that_only_chains_of_labels_rule_out(self):
        policy = parse_policy(HEAD + self.BODY)
        covered = cover(policy, ())
        met = {("x", "x"), ("y", "z"), ("z", "y")}
        dead = of(analyse(policy, (), coverage=covered), "KNJ702")
        cells = {tuple(f.issue.details["found"].replace('"', "").split(", ")) for f in dead}
        assert cells == {(a, b) for a in "xyz" for b in "xyz"} - met
        assert not of(analyse(policy, (), coverage=covered), "KNJ750")

    def test_another_option_leaves_it_a_search(self):
        choice = """choices:
  cara:
    title: cara
    default: satu
    options: {satu: {title: satu}, dua: {title: dua, steps: {sisi: {is: "'y'"}}}}
"""
        policy = parse_policy(HEAD + choice + self.BODY)
        analysis = analyse(policy, (), coverage=cover(policy, ()))
        assert not of(analysis, "KNJ702")
        assert of(analysis, "KNJ750")

    @pytest.mark.parametrize(("cell", "verdict"), [("baik", "proved"), ("unggul", "broken")])
    def test_a_direction_through_two_tables(self, cell, verdict):
        body = f"""inputs:
  kerja: {{type: label, scale: predikat, title: kerja}}
steps:
  satu:
    {{rule: lookup, title: s, keys: [kerja], gives: label, scale: jenis, rows: {{kurang: z, baik: x,
      unggul: y}}}}
  hasil:
    {{rule: lookup, title: h, keys: [satu], gives: label, scale: predikat, rows: {{z: kurang, x: {cell},
      y: baik}}}}
publish: [hasil]
"""
        _, analysis = found(body)
        assert [law.verdict for law in analysis.laws] == [verdict]

    def test_all_records_of_a_step_and_what_they_take(self):
        program = parse_policy(HEAD + self.BODY).program
        records = every_record(program, "hasil")
        assert len(records) == 4 * 3  # a label or none, a flag or none
        walked = {b for record in records for b in taken(program, record) if b.step == "hasil"}
        assert every_branch(program, "hasil") == walked

    def test_numbers_have_no_end(self):
        program = parse_policy(HEAD + BANDS.format(top=110)).program
        assert every_record(program, "predikat") is None
        assert every_branch(program, "predikat") is None
        assert not goes_one_way(program, "nilai", "predikat")

    def test_an_input_that_is_not_read_goes_no_way(self):
        body = self.BODY.replace("inputs:", "inputs:\n  lain: {type: flag, title: lain}")
        assert goes_one_way(parse_policy(HEAD + body).program, "lain", "hasil")
