"""What two policies say differently is told, all of it, and nothing else."""

import copy
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kinerja.asn import catalog
from kinerja.errors import InputError, PolicyError
from kinerja.exact import NotANumberError, exact
from kinerja.policy import fields, model, parse_policy, rule_models
from kinerja.policy.read import fit_policy
from kinerja.scorer import Scorer
from kinerja.verify import compare_policies, read_examples
from kinerja.words import has_words

POLICY = """
schema: 1
id: contoh
version: 1.0.0
title: Contoh
in_force: {from: 2024-01-01}
bases:
  kami: {title: aturan kami, status: own}
  lain: {title: aturan lain, status: own}
basis: [{of: kami}]
scales:
  predikat: {ordered: true, labels: {kurang: Kurang, baik: Baik}}
  arah: {ordered: true, labels: {turun: Turun, naik: Naik}}
inputs:
  mutu: {type: number, title: mutu kerja, limits: {from: 0, to: 100}}
  waktu: {type: number, title: waktu, limits: {from: 0, to: 100}}
  arah: {type: label, title: arah, scale: arah}
  penilaian:
    type: list
    title: penilaian
    fields:
      kelompok: {type: label, title: kelompok, scale: arah}
      nilai: {type: number, title: nilai, limits: {from: 0, to: 100}}
choices:
  desimal:
    title: banyaknya desimal
    default: dua
    options:
      dua: {title: dua desimal, steps: {total: {round: {digits: 2}}}}
      bulat: {title: tanpa desimal, steps: {total: {round: {digits: 0}}}}
  ambang: {title: ambang, default: 50, figure: {from: 0, to: 100}}
steps:
  panel:
    rule: raters
    title: panel
    over: penilaian
    group: kelompok
    score: nilai
    groups: {turun: {minimum: 1}, naik: {minimum: 1}}
    within: mean
    unanswered: skip
    too_few: incomplete
    missing_group: renormalise
    weights: {turun: 40 %, naik: 60 %}
    round: {digits: 2, mode: half_even}
  dibatasi: {rule: limit, title: mutu yang dibatasi, of: mutu, at_most: 90, beyond: clip}
  total:
    rule: weighted_sum
    title: total
    weights: {dibatasi: 60 %, waktu: 40 %}
    round: {digits: 1, mode: half_up}
    basis: [{of: kami, clause: Pasal 1}]
  lulus: {rule: formula, title: lulus, is: total >= ambang}
  predikat:
    rule: bands
    title: predikat
    scale: predikat
    of: total
    bands: [{label: kurang, below: 60}, {label: baik, from: 60}]
  hasil:
    rule: matrix
    title: hasil akhir
    scale: predikat
    keys: [predikat, arah]
    cells:
      kurang: {turun: kurang, naik: kurang}
      baik: {turun: kurang, naik: baik}
  tak_dipakai: {rule: formula, title: tak dipakai, is: waktu * 2}
publish: [panel, total, lulus, predikat, hasil]
"""
FLIPPED = {"added": "removed", "removed": "added", "changed": "changed"}


def changed(*pairs, start=POLICY):
    text = start
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return parse_policy(text)


def told(old, new):
    """Give path, kind, values and effect of each change, and check that the other way round mirrors it."""
    there, back = compare_policies(old, new), compare_policies(new, old)
    mirrored = {(c.path, FLIPPED[c.kind], c.new, c.old, c.affects) for c in back.changes}
    assert {(c.path, c.kind, c.old, c.new, c.affects) for c in there.changes} == mirrored
    return {
        c.path: (c.kind, c.old and c.old.id, c.new and c.new.id, c.affects) for c in there.changes
    }


@pytest.fixture(scope="module")
def policy():
    return parse_policy(POLICY)


class TestWhatIsTold:
    @pytest.mark.parametrize(
        ("edit", "path", "said"),
        [
            (
                ("dibatasi: 60 %", "dibatasi: 55 %"),
                "steps.total.weights.dibatasi",
                ("60 %", "55 %", True),
            ),
            (
                ("dibatasi: 60 %", "dibatasi: 1/3"),
                "steps.total.weights.dibatasi",
                ("60 %", "1/3", True),
            ),
            (("at_most: 90", "at_most: 95.5"), "steps.dibatasi.at_most", ("90", "95,5", True)),
            (
                ("baik: {turun: kurang,", "baik: {turun: baik,"),
                "steps.hasil.cells.baik.turun",
                ("Kurang", "Baik", True),
            ),
            (
                ("mode: half_up", "mode: half_down"),
                "steps.total.round.mode",
                ("half_up", "half_down", True),
            ),
            (("renormalise", "zero"), "steps.panel.missing_group", ("renormalise", "zero", True)),
            (
                ("naik: {minimum: 1}", "naik: {minimum: 3}"),
                "steps.panel.groups.naik.minimum",
                ("1", "3", True),
            ),
            (("default: 50", "default: 55"), "choices.ambang.default", ("50", "55", True)),
            (("waktu * 2", "waktu * 3"), "steps.tak_dipakai.is", ("waktu × 2", "waktu × 3", False)),
            (("title: total", "title: jumlah"), "steps.total.title", ("total", "jumlah", False)),
            (
                ("Pasal 1", "Pasal 2"),
                "steps.total.basis[kami].clause",
                ("Pasal 1", "Pasal 2", False),
            ),
            (("2024-01-01", "2025-01-01"), "in_force.from", ("2024-01-01", "2025-01-01", False)),
            (("version: 1.0.0", "version: 1.1.0"), "version", ("1.0.0", "1.1.0", False)),
            (
                ("baik: Baik}", "baik: Bagus}"),
                "scales.predikat.labels.baik",
                ("Baik", "Bagus", False),
            ),
            (
                ("turun: Turun", "turun: Menurun"),
                "scales.arah.labels.turun",
                ("Turun", "Menurun", True),
            ),
            (
                ("{digits: 0}", "{digits: -1}"),
                "choices.desimal.options.bulat.steps.total.round.digits",
                ("0", "−1", False),
            ),
            (
                ("round: {digits: 1,", "round: {digits: 3,"),
                "steps.total.round.digits",
                ("1", "3", False),
            ),
            (
                ("{digits: 2}", "{digits: 4}"),
                "choices.desimal.options.dua.steps.total.round.digits",
                ("2", "4", True),
            ),
        ],
    )
    def test_one_change_is_one_change(self, policy, edit, path, said):
        assert told(policy, changed(edit)) == {path: ("changed", *said)}

    def test_an_edge_is_told_with_its_sign_and_by_its_label(self, policy):
        other = changed(("below: 60}", "to: 61}"), ("from: 60}", "above: 61}"))
        assert told(policy, other) == {
            "steps.predikat.bands[kurang].to": ("changed", "< 60", "≤ 61", True),
            "steps.predikat.bands[baik].from": ("changed", "≥ 60", "> 61", True),
        }
        what = {c.path: c.what for c in compare_policies(policy, other).changes}
        assert what["steps.predikat.bands[baik].from"].id == "batas bawah Baik"
        assert what["steps.predikat.bands[baik].from"].en == "lower end of Baik"

    def test_accepted_findings_are_told_one_by_one_and_change_no_result(self):
        both = (
            "accepted: {KNJ722: {predikat: begitu, total: {id: dua, en: two}}, KNJ740: {total: a}}"
        )
        one = parse_policy(f"{POLICY}{both}\n")
        two = parse_policy(
            f"{POLICY}accepted: {{KNJ722: {{predikat: lain}}, KNJ740: {{total: a}}}}\n"
        )
        assert one.program.note.fingerprint == two.program.note.fingerprint
        assert told(one, two) == {
            "accepted.KNJ722.predikat": ("changed", "begitu", "lain", False),
            "accepted.KNJ722.total": ("removed", "dua", None, False),
        }
        assert told(parse_policy(POLICY), two) == {
            "accepted.KNJ722.predikat": ("added", None, "lain", False),
            "accepted.KNJ740.total": ("added", None, "a", False),
        }
        found = compare_policies(one, two)
        assert {(c.part, c.name, c.title.id) for c in found.changes} == {
            ("accepted", "KNJ722", "KNJ722")
        }
        assert [(k.same, k.total) for k in found.kept if k.part == "accepted"] == [(1, 2)]

    def test_what_is_changed_is_said_by_titles(self, policy):
        found = {
            old: next(iter(compare_policies(policy, changed((old, new))).changes)).what.id
            for old, new in [
                ("dibatasi: 60 %", "dibatasi: 50 %"),
                ("turun: 40 %, naik: 60 %", "turun: 30 %, naik: 70 %"),
                ("baik: {turun: kurang,", "baik: {turun: baik,"),
                ("title: Contoh", "title: Contoh baru"),
            ]
        }
        assert list(found.values()) == [
            "bobot mutu yang dibatasi",
            "bobot Turun",
            "sel Baik × Turun",
            "sebutan",
        ]

    def test_a_new_input_step_and_result_are_one_change_each(self, policy):
        other = changed(
            ("  arah: {type", "  baru: {type: number, title: masukan baru}\n  arah: {type"),
            (
                "  tak_dipakai:",
                "  ganda: {rule: formula, title: ganda, is: baru * 2}\n  tak_dipakai:",
            ),
            ("publish: [panel,", "publish: [ganda, panel,"),
        )
        found = told(policy, other)
        assert set(found) == {"inputs.baru", "steps.ganda", "publish[ganda]"}
        assert found["steps.ganda"] == ("added", None, "rumus: masukan baru × 2", True)
        assert found["publish[ganda]"] == ("added", None, "ganda", True)
        assert {
            kept.part: (kept.same, kept.total) for kept in compare_policies(policy, other).kept
        } == {
            "inputs": (4, 5),
            "choices": (2, 2),
            "scales": (2, 2),
            "steps": (7, 8),
            "publish": (5, 6),
            "bases": (2, 2),
        }

    def test_a_new_basis_is_said_in_words_and_without_what_it_leaves_out(self, policy):
        there = "  lain: {title: aturan lain, status: own}"
        more = [
            "  baru: {title: aturan baru, status: own}",
            "  surat: {title: surat, clause: butir 2, status: practice}",
        ]
        other = changed((there, "\n".join([there, *more])))
        assert told(policy, other) == {
            "bases.baru": ("added", None, "kepastian pilihan sendiri", False),
            "bases.surat": (
                "added", None, "pasal butir 2, kepastian dari aplikasi yang dipakai", False,
            ),
        }  # fmt: skip
        weaker = changed((there, there.replace("own", "unverified")))
        assert told(policy, weaker) == {
            "bases.lain.status": ("changed", "pilihan sendiri", "belum terverifikasi", False)
        }

    def test_figures_that_are_new_are_told_one_by_one(self, policy):
        other = changed(("title: waktu, limits: {from: 0, to: 100}", "title: waktu"))
        assert told(policy, other) == {
            "inputs.waktu.limits.from": ("removed", "≥ 0", None, True),
            "inputs.waktu.limits.to": ("removed", "≤ 100", None, True),
        }

    def test_another_rule_kind_is_told_as_a_whole(self, policy):
        other = changed(
            ("{rule: limit, title: mutu yang dibatasi, of: mutu, at_most: 90, beyond: clip}",
             "{rule: formula, title: mutu yang dibatasi, is: mutu * 2}"),
        )  # fmt: skip
        found = told(policy, other)
        assert list(found) == ["steps.dibatasi.rule"]
        assert found["steps.dibatasi.rule"][2] == "rumus: mutu kerja × 2"
        assert found["steps.dibatasi.rule"][1].startswith("batas: mutu kerja")

    def test_order_is_told_where_it_says_something(self, policy):
        assert told(policy, changed(("publish: [panel, total,", "publish: [total, panel,"))) == {
            "publish": ("changed", "panel, total, lulus, predikat, hasil akhir",
                        "total, panel, lulus, predikat, hasil akhir", True),
        }  # fmt: skip
        turned = changed(("{kurang: Kurang, baik: Baik}", "{baik: Baik, kurang: Kurang}"))
        assert "scales.predikat.labels" in told(policy, turned)

    def test_another_default_is_told_with_what_it_does(self, policy):
        assert told(policy, changed(("default: dua", "default: bulat"))) == {
            "choices.desimal.default": ("changed", "dua", "bulat", True),
            "steps.total.round.digits": ("changed", "2", "0", True),
        }

    def test_a_title_in_one_language_is_shown_in_both(self, policy):
        old = changed(("title: waktu,", "title: {id: waktu, en: time},"))
        new = changed(("title: waktu,", "title: {id: waktu, en: speed},"))
        [change] = compare_policies(old, new).changes
        assert (change.old.id, change.new.id) == ("waktu / time", "waktu / speed")

    def test_formulas_that_read_alike_are_shown_as_they_are_written(self, policy):
        old = changed(("title: waktu,", "title: mutu kerja,"))
        new = changed(("is: waktu * 2", "is: mutu * 2"), ("title: waktu,", "title: mutu kerja,"))
        [change] = compare_policies(old, new).changes
        assert (change.old.id, change.new.id) == ("waktu * 2", "mutu * 2")

    def test_sections_that_only_one_policy_has_are_told_part_by_part(self, policy):
        start = POLICY.index("choices:")
        without = POLICY[:start] + POLICY[POLICY.index("steps:\n  panel") :]
        found = told(policy, parse_policy(without.replace("total >= ambang", "total >= 50")))
        assert {"choices.desimal", "choices.ambang", "steps.lulus.is"} <= set(found)
        assert found["steps.total.round.digits"] == ("changed", "2", "1", True)

    def test_cases_keep_their_places(self, policy):
        step = "tak_dipakai: {rule: formula, title: tak dipakai, is: waktu * 2}"
        cases = "tak_dipakai: {rule: condition, title: tak dipakai, cases: [%s], otherwise: 0}"
        first, second, third = (f"{{when: waktu > {n}, is: {n}}}" for n in (90, 80, 70))
        two = changed((step, cases % f"{first}, {third}"))
        three = changed((step, cases % f"{first}, {second}, {third}"))
        assert told(two, three) == {
            "steps.tak_dipakai.cases[2]": ("added", None, "syarat waktu > 80, rumus 80", False)
        }
        other = changed((step, cases % f"{first}, {second.replace('is: 80', 'is: 8')}, {third}"))
        assert told(three, other) == {
            "steps.tak_dipakai.cases[2].is": ("changed", "80", "8", False)
        }


class TestWhatIsNoDifference:
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("dibatasi: 60 %", "dibatasi: 0.6"),
            ("weights: {dibatasi: 60 %, waktu: 40 %}", "weights: {waktu: 2/5, dibatasi: 3/5}"),
            ("is: total >= ambang", 'is: "(total  >=  ambang)"'),
            ("title: mutu kerja,", "title: mutu kerja, required: true,"),
            ("bands: [{label: kurang, below: 60}", "bands: [{below: 60.0, label: kurang}"),
        ],
    )
    def test_the_same_written_otherwise(self, policy, old, new):
        assert told(policy, changed((old, new))) == {}

    @pytest.mark.parametrize("name", catalog.ids())
    def test_a_policy_does_not_differ_from_itself(self, name):
        policy = catalog.read(name, unnamed="assume")
        difference = compare_policies(policy, policy)
        assert difference.changes == difference.affecting == ()
        assert all(kept.same == kept.total for kept in difference.kept)


def sections():
    for module in (model, rule_models, fields):
        for part in vars(module).values():
            if isinstance(part, type) and issubclass(part, fields.Section):
                yield part


@pytest.mark.parametrize(
    "section",
    sorted(set(sections()), key=lambda section: section.__qualname__),
    ids=lambda section: section.__name__,
)
def test_every_key_of_the_format_has_words(section):
    keys = {field.alias or name for name, field in section.model_fields.items()}
    # The ends of a range are told as lower and upper ends.
    assert {key for key in keys - {"above"} if not has_words(f"diff.key.{key}")} == set()


def leaves(tree, path=()):
    if isinstance(tree, dict):
        for key, part in tree.items():
            yield from leaves(part, (*path, key))
    elif isinstance(tree, list):
        for place, part in enumerate(tree):
            yield from leaves(part, (*path, place))
    else:
        yield path, tree


def is_figure(text):
    if not isinstance(text, str):
        return False
    try:
        exact(text)
    except NotANumberError:
        return False
    return True


def outcomes(policy, records):
    scorer = Scorer(policy.program)
    found = []
    for record in records:
        try:
            result = scorer.score(record)
        except InputError as error:
            found.append(sorted(issue.code for issue in error.issues))
        else:
            found.append((result.status, result.reasons, dict(result.values), result.follow_ups))
    return found


class TestEveryFigure:
    """Whatever figure of a policy file is changed, the change is told; what can change nothing does not."""

    @settings(max_examples=60, deadline=None)
    @given(data=st.data())
    def test_of_shipped_policies(self, data):
        name = data.draw(st.sampled_from(catalog.ids()))
        policy = catalog.read(name, unnamed="assume")
        figures = [
            (path, text)
            for path, text in leaves(policy.source.tree)
            if is_figure(text) and path[0] not in ("schema", "base_version", "version")
        ]
        assume(figures)
        path, text = data.draw(st.sampled_from(figures))
        figure = exact(text) + data.draw(st.sampled_from([1, -1, exact("0.5"), exact("0.01")]))
        tree = copy.deepcopy(policy.source.tree)
        part = tree
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = str(figure)
        try:
            other = fit_policy(replace(policy.source, tree=tree), {}, unnamed="assume")
        except PolicyError:
            assume(False)
        difference = compare_policies(policy, other)
        assert difference.changes
        fingerprints = {policy.program.note.fingerprint, other.program.note.fingerprint}
        if not policy.assumed and len(fingerprints) == 1:
            assert difference.affecting == ()
        if not policy.assumed and not other.assumed and not difference.affecting:
            paths = catalog.examples_paths(name)
            examples = [one for path in paths for one in read_examples(path, policy)]
            own = [one.record for one in examples if one.variant == policy.variant]
            assert outcomes(policy, own) == outcomes(other, own)
        back = compare_policies(other, policy)
        assert {(c.path, c.old, c.new) for c in difference.changes} == {
            (c.path, c.new, c.old) for c in back.changes
        }


def test_two_policies_that_have_little_in_common_can_be_compared():
    old, new = (catalog.read(name, unnamed="assume") for name in ("skm-2017", "sikap-360"))
    difference = compare_policies(old, new)
    assert {change.kind for change in difference.changes} == {"added", "removed", "changed"}
    assert all(change.title.id and (change.old or change.new) for change in difference.changes)
    assert (difference.old.id, difference.new.id) == ("skm-2017", "sikap-360")
