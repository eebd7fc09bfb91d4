"""A rule kind of an agency's own package: opt-in by name, and named in everything it touches."""

from datetime import date, timedelta
from importlib.metadata import entry_points

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.errors import PolicyError
from kinerja.policy import parse_policy
from kinerja.registry import GROUP
from kinerja.result import Result
from kinerja.scorer import Scorer

if not [point for point in entry_points(group=GROUP) if point.name == "contoh"]:
    pytest.skip(
        "the example plug-in is not installed (make env installs it)", allow_module_level=True
    )

LABEL = "contoh (kinerja-contoh 0.1.0): ketepatan_waktu"
TEXT = """schema: 1
id: laporan
version: 1.0.0
title: ketepatan laporan
in_force: {from: 2024-01-01}
bases: {}
plugins: [contoh]
inputs:
  selesai: {type: date, title: tanggal selesai}
  batas: {type: date, title: batas waktu}
steps:
  ketepatan:
    rule: ketepatan_waktu
    title: ketepatan waktu laporan
    selesai: selesai
    batas: batas
    potongan: 5
    per: hari
    toleransi: 2
    paling_rendah: 40
publish: [ketepatan, ketepatan.hari_terlambat]
"""
DUE = date(2024, 3, 31)


def score(days, text=TEXT):
    record = {"selesai": DUE + timedelta(days=days), "batas": DUE}
    return Scorer(parse_policy(text).program).score(record)


def refused(text):
    with pytest.raises(PolicyError) as error:
        parse_policy(text, file="kebijakan.yaml")
    return [(i.code, i.line, i.column) for i in error.value.issues if i.severity == "error"]


class TestValues:
    @given(st.integers(-30, 60))
    def test_it_scores_as_its_readme_says(self, days):
        result = score(days)
        late = max(0, days - 2)
        assert result["ketepatan"] == max(100 - 5 * late, 40)
        assert result["ketepatan.hari_terlambat"] == late

    @given(st.integers(-30, 60))
    def test_a_week_that_has_begun_counts_whole(self, days):
        result = score(days, TEXT.replace("per: hari", "per: minggu"))
        late = max(0, days - 2)
        assert result["ketepatan"] == max(100 - 5 * -(-late // 7), 40)

    def test_figures_are_exact(self):
        result = score(4, TEXT.replace("potongan: 5", "potongan: 0.1"))
        assert str(result["ketepatan"]) == "99.8"

    def test_defaults_may_be_left_out(self):
        text = TEXT.replace("    toleransi: 2\n", "").replace("    paling_rendah: 40\n", "")
        assert score(30, text)["ketepatan"] == 0

    def test_dates_may_be_formulas(self):
        assert score(7, TEXT.replace("batas: batas", 'batas: "batas + 5"'))["ketepatan"] == 100


class TestReceipt:
    def test_it_is_named_in_the_result_and_in_what_is_stored(self):
        result = score(3)
        assert result.plugins == (LABEL,)
        assert Result.from_dict(result.to_dict()) == result

    def test_it_is_named_in_the_explanation(self):
        explanation = score(3).explanation
        assert explanation.policy.plugins == (LABEL,)
        assert "kinerja-contoh" in str(explanation)
        assert "kinerja-contoh" in explanation.to_text("en")

    def test_its_formula_is_explained_without_a_word_of_its_own(self):
        text = str(score(3).explanation)
        assert "hari terlambat" in text
        assert "100 − hari terlambat × 5" in text

    def test_it_counts_in_the_fingerprint(self):
        plain = TEXT.replace("plugins: [contoh]\n", "")
        steps = plain.index("steps:")
        own = plain[:steps] + (
            "steps:\n  ketepatan:\n    rule: formula\n    title: t\n"
            '    is: "max(100 - max(selesai - batas - 2, 0) * 5, 40)"\npublish: [ketepatan]\n'
        )
        alike = TEXT.replace(", ketepatan.hari_terlambat", "")
        prints = {parse_policy(text).program.note.fingerprint for text in (own, alike)}
        assert len(prints) == 2
        other = TEXT.replace("potongan: 5", "potongan: 6")
        assert len({parse_policy(t).program.note.fingerprint for t in (TEXT, other)}) == 2

    def test_a_policy_that_names_it_but_uses_none_of_its_kinds_is_as_without(self):
        body = TEXT[: TEXT.index("steps:")] + (
            'steps: {ketepatan: {rule: formula, title: t, is: "selesai - batas"}}\n'
            "publish: [ketepatan]\n"
        )
        bare = body.replace("plugins: [contoh]\n", "")
        notes = [parse_policy(text).program.note for text in (body, bare)]
        assert notes[0] == notes[1]
        assert notes[0].plugins == ()


class TestRefusals:
    def test_without_being_named_it_is_unknown(self):
        text = TEXT.replace("plugins: [contoh]\n", "")
        assert refused(text)[0] == ("KNJ128", 12, 5)

    def test_a_name_that_is_not_installed_is_told(self):
        assert refused(TEXT.replace("[contoh]", "[contohh]"))[0] == ("KNJ120", 7, 11)

    @pytest.mark.parametrize(
        ("old", "new", "found"),
        [
            ("potongan: 5", "potongan: lima", ("KNJ112", 17, 5)),
            ("per: hari", "per: bulan", ("KNJ133", 18, 5)),
            ("per: hari", "", ("KNJ132", 12, 3)),
            ("toleransi: 2", "tolerans: 2", ("KNJ131", 19, 5)),
            ("selesai: selesai", "selesai: selesaai", ("KNJ230", 12, 3)),
            ("batas: batas", "batas: 5", ("KNJ233", 12, 3)),
        ],
    )
    def test_its_keys_are_checked_like_those_of_built_in_kinds(self, old, new, found):
        assert refused(TEXT.replace(f"\n    {old}", f"\n    {new}" if new else "")) == [found]


BROKEN = """
from dataclasses import dataclass, field
from fractions import Fraction
from typing import ClassVar, Literal
from kinerja.formula import nodes as n
from kinerja.words import Text

@dataclass(frozen=True, slots=True, kw_only=True)
class Aturan:
    kind: ClassVar[str] = "{kind}"
    {fields}
    def formula(self, known):
        {body}

RULES = (Aturan,)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    def installed(name, fields="x: n.Node", body="return self.x", kind=None):
        package = f"aturan_{name}"
        folder = tmp_path / f"{package}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n")
        (folder / "entry_points.txt").write_text(f"[{GROUP}]\n{name} = {package}:RULES\n")
        code = BROKEN.format(kind=kind or name, fields=fields, body=body)
        (tmp_path / f"{package}.py").write_text(code)
        monkeypatch.syspath_prepend(str(tmp_path))

    return installed


def policy(name, rest="x: selesai - batas", kind=None):
    return TEXT[: TEXT.index("plugins")] + (
        f"plugins: [{name}]\n"
        "inputs: {selesai: {type: date, title: s}, batas: {type: date, title: b}}\n"
        f"steps:\n  hasil:\n    rule: {kind or name}\n    title: hasil\n    {rest}\n"
        "publish: [hasil]\n"
    )


class TestOtherPackages:
    def test_one_that_claims_a_built_in_kind_is_refused(self, install):
        install("perebut", kind="formula")
        found = refused(policy("perebut", rest="is: selesai - batas", kind="formula"))
        assert found == [("KNJ121", 7, 11)]

    def test_one_that_claims_the_kind_of_another_is_refused(self, install):
        install("kembaran", kind="ketepatan_waktu")
        text = TEXT.replace("[contoh]", "[contoh, kembaran]")
        assert refused(text) == [("KNJ121", 7, 19)]

    @pytest.mark.parametrize(
        ("name", "fields"),
        [
            ("judul", "title: str"),
            ("pecahan", "x: float"),
            ("tak_kenal", "x: 'TidakAda'"),
        ],
    )
    def test_fields_that_no_file_can_hold_are_told_once(self, install, name, fields):
        install(name, fields, "return n.Number(Fraction(1))")
        text = policy(name).replace(
            "publish: [hasil]", f"  lain: {{rule: {name}, title: l}}\npublish: [hasil]"
        )
        assert refused(text) == [("KNJ137", 7, 1)]

    @pytest.mark.parametrize(
        ("name", "body"),
        [
            ("lempar", "raise RuntimeError('rusak')"),
            ("bukan_rumus", "return 5"),
            ("tanpa_hasil", "return None"),
            ("simpul_asing", "return type('Asing', (n.Node,), {})()"),
        ],
    )
    def test_a_formula_that_cannot_be_built_is_told_at_the_step(self, install, name, body):
        install(name, "x: n.Node", body)
        assert refused(policy(name)) == [("KNJ129", 10, 3)]

    def test_a_rule_that_refuses_its_values_is_told_at_the_step(self, install):
        fields = "x: int\n    def __post_init__(self):\n        raise ValueError('terlalu kecil')"
        install("penolak", fields, "return n.Number(Fraction(self.x))")
        assert refused(policy("penolak", rest="x: 3")) == [("KNJ129", 10, 3)]

    def test_fields_of_every_kind_are_written_as_they_are(self, install):
        fields = (
            "dari: tuple[Fraction, ...]\n    sebut: Text\n    berapa: int\n    ya: bool\n"
            "    cara: Literal['a', 'b'] = 'a'\n"
            "    bobot: dict[str, Fraction] = field(default_factory=dict)\n"
            "    schema: n.Node | None = None\n    json: str = 'x'"
        )
        body = (
            "return n.Named('bagian', self.sebut, n.Number(sum(self.dari) + self.berapa"
            " + sum(self.bobot.values()) + (100 if self.ya and self.schema else 0)))"
        )
        install("serba", fields, body)
        rest = (
            "dari: [1, 0.5]\n    sebut: {id: bagian, en: part}\n    berapa: 2\n    ya: true\n"
            "    bobot: {a: 25 %}\n    schema: selesai\n    json: apa saja"
        )
        program = parse_policy(policy("serba", rest)).program
        record = {"selesai": DUE, "batas": DUE}
        assert str(Scorer(program).score(record)["hasil"]) == "103.75"
        assert program.step("hasil.bagian").title.en == "part"
        for wrong, code in (("ya: ya", "KNJ134"), ("berapa: 2.5", "KNJ134"), ("cara: c", "KNJ133")):
            key = wrong.partition(":")[0]
            lines = [line for line in rest.split("\n") if not line.strip().startswith(f"{key}:")]
            broken = "\n".join([*lines, f"    {wrong}"])
            assert [found[0] for found in refused(policy("serba", broken.strip()))] == [code]
