import pytest
from policies_samples import JUMP, SKP

import kinerja
from kinerja.policy import parse_policy
from kinerja.scorer import Scorer

SKP_SCORER = Scorer(parse_policy(SKP).program)
ASPEK = [
    "berorientasi_pelayanan",
    "akuntabel",
    "kompeten",
    "harmonis",
    "loyal",
    "adaptif",
    "kolaboratif",
]


def lines(explanation):
    found = {}
    for line in explanation.lines:
        found[line.name] = line
        found.update({part.name: part for part in line.parts})
    return found


def panel(**groups):
    return [
        {"penilai": f"{group}-{place}", "kelompok": group, "aspek": aspek, "nilai": value}
        for group, values in groups.items()
        for place, value in enumerate(values)
        for aspek in ASPEK
    ]


def record(**more):
    items = [
        {"nama": "laporan", "target": 10, "realisasi": 8, "bobot": 60},
        {"nama": "layanan", "target": 200, "realisasi": 150, "bobot": 40},
    ]
    return {"id": "p1", "butir": items, "perilaku": 80, **more}


def test_a_step_shows_formula_figures_and_value():
    line = lines(SKP_SCORER.score(record()).explanation)["nilai"]
    assert line.value.id == "78,80"
    assert line.formula.id == "60 % × hasil kerja + 40 % × nilai perilaku"
    assert line.figures.id == "60 % × 78 + 40 % × 80"
    assert line.basis[0].status == "own"
    assert line.published


def test_a_step_per_item_shows_a_table_with_the_names_of_the_items():
    table = lines(SKP_SCORER.score(record()).explanation)["capaian"].items
    assert table.columns[0].id == "indikator"
    assert [[cell.id for cell in row] for row in table.rows] == [
        ["laporan", "8", "10", "80"],
        ["layanan", "150", "200", "75"],
    ]


def test_losses_name_the_item():
    loss = SKP_SCORER.score(record()).explanation.losses[0]
    assert loss.title.id == "capaian: laporan"
    assert loss.points.id == "14,40"


def test_the_rounding_shows_the_exact_value_before_it():
    scorer = Scorer(parse_policy(JUMP).program)
    line = lines(scorer.score({"target": 7, "realisasi": 6}).explanation)["nilai"]
    assert line.unrounded.id == "90,2857142857…"
    assert line.value.en == "90.29"


def test_no_single_rating_of_a_hidden_rater_stands_in_the_explanation():
    scorer = kinerja.load("sikap-360")
    rated = panel(atasan=[5], rekan=[1, 2, 5], bawahan=[3, 3, 4])
    explanation = scorer.score({"penilaian": rated}).explanation
    found = lines(explanation)
    assert found["panel.mean.rekan.loyal"].figures.id.startswith("8 ÷ 3")
    for lang in ("id", "en"):
        assert "rekan-" not in explanation.to_text(lang)
    assert "rekan-0" not in str(explanation.to_dict())


def test_reasons_carry_titles_not_names():
    scorer = kinerja.load("sikap-360")
    explanation = scorer.score({"penilaian": panel(atasan=[5], rekan=[4, 4])}).explanation
    assert explanation.status == "incomplete"
    assert "rekan setingkat" in explanation.reasons[0].id
    assert "peers" in explanation.reasons[0].en


def test_follow_ups_are_named():
    best = record(perilaku=100, ide_baru=True)
    for item in best["butir"]:
        item["realisasi"] = item["target"] * 2
    result = SKP_SCORER.score(best)
    assert result["predikat"] == "sangat_baik"
    assert result.follow_ups == ("penghargaan",)
    assert [text.id for text in result.explanation.follow_ups] == ["penghargaan"]


def test_input_lines_say_what_was_not_given():
    explanation = SKP_SCORER.score({"perilaku": 80}).explanation
    shown = {line.name: line for line in explanation.inputs}
    assert shown["butir"].value is None
    assert shown["butir"].note.id == "tidak diisi"
    assert shown["ide_baru"].note.id == "boleh kosong"
    assert shown["perilaku"].value.id == "80"


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("policy", kinerja.catalog.ids())
def test_every_shipped_policy_explains_an_empty_record(policy, lang):
    program = kinerja.catalog.read(policy, unnamed="assume").program
    explanation = Scorer(program).score({}).explanation
    assert explanation.reasons
    assert "{" not in explanation.to_text(lang)


def test_explanation_values_equal_the_result():
    result = SKP_SCORER.score(record())
    values = result.explanation.values
    assert {name: values[name] for name in result.values} == dict(result.values)
    assert values["hasil"] == 78
    assert "capaian" not in values


SAME_NAMES = """schema: 1
id: senama
version: 1.0.0
title: senama
in_force: {from: 2024-01-01}
bases: {}
inputs:
  bobot: {type: number, title: bobot unit, limits: {from: 0}}
  r:
    type: list
    title: rincian
    item_title: nama
    fields: {nama: {type: text}, skor: {type: number}, bobot: {type: number}}
steps:
  jumlah: {rule: formula, title: jumlah, is: sum(skor * bobot for r)}
  skor: {rule: formula, title: skor, is: "where(bobot > 0, jumlah * 2, lain)"}
  lain: {rule: formula, title: langkah lain, is: bobot * 3}
publish: [skor]
"""


def test_a_field_is_neither_the_step_nor_the_input_of_its_name():
    scorer = Scorer(parse_policy(SAME_NAMES).program)
    record = {"bobot": 1, "r": [{"nama": "a", "skor": 3, "bobot": 2}]}
    first, second = scorer.score(record).explanation.lines
    assert first.uses == ("r",)
    assert second.uses == ("bobot", "jumlah", "lain")


def test_steps_that_a_record_does_not_need_are_named_and_not_told():
    scorer = Scorer(parse_policy(SAME_NAMES).program)
    explanation = scorer.score({"bobot": 1, "r": []}).explanation
    assert [line.name for line in explanation.lines] == ["jumlah", "skor"]
    assert [title.id for title in explanation.unused] == ["langkah lain"]
    for text in (explanation.to_text(), explanation.to_markdown(), explanation.to_html()):
        assert "Tidak diperlukan untuk data ini: langkah lain." in text
    other = scorer.score({"bobot": 0, "r": []}).explanation
    assert {line.name for line in other.lines} == {"skor", "lain"}
    assert [title.id for title in other.unused] == ["jumlah"]
    assert other.values["jumlah"] == 0


def test_a_condition_on_a_whole_list_is_told_by_its_number_of_items():
    text = SAME_NAMES.replace("where(bobot > 0", "where(is_missing(r) or bobot == 0")
    scorer = Scorer(parse_policy(text).program)
    explanation = scorer.score({"bobot": 1, "r": []}).explanation
    assert "0 butir" in explanation.to_text("id")
    assert "0 items" in explanation.to_text("en")


def test_the_rounding_of_a_step_per_item_is_said():
    text = SAME_NAMES.replace(
        "steps:\n",
        "steps:\n  bulat:\n    rule: formula\n    title: bulat\n    "
        "for_each: r\n    is: r_skor\n    round: {digits: 0, mode: half_up}\n",
    ).replace("r_skor", "skor / 3")
    text = text.replace("sum(skor * bobot for r)", "sum(bulat for r)")
    scorer = Scorer(parse_policy(text).program)
    record = {"bobot": 1, "r": [{"nama": "a", "skor": "4.5", "bobot": 2}]}
    line = scorer.score(record).explanation.lines[0]
    assert line.formula.id.endswith(", dibulatkan ke bilangan bulat, setengah ke atas")
    assert line.formula.en.endswith(", rounded to a whole number, half up")


def test_a_day_outside_the_calendar_is_no_value():
    text = """
schema: 1
id: tanggal
version: 1.0.0
title: tanggal
in_force: {from: 2024-01-01}
bases: {}
inputs:
  mulai: {type: date, title: mulai}
  hari: {type: number, title: hari}
steps:
  selesai: {rule: formula, title: selesai, is: mulai + hari}
publish: [selesai]
"""
    scorer = Scorer(parse_policy(text).program)
    explanation = scorer.score({"mulai": "2024-01-01", "hari": 10**9}).explanation
    assert lines(explanation)["selesai"].value.id == "tidak ada nilai"
    assert "di luar kalender" in explanation.reasons[0].id
    whole = scorer.what_if({"mulai": "2024-01-01", "hari": 10**9}, {"hari": 5})
    assert (whole.results[0].before.en, whole.results[0].after.en) == ("no value", "2024-01-06")


FOLLOWING = """
schema: 1
id: lanjut-contoh
version: 1.0.0
title: lanjut
in_force: {from: 2025-01-01}
bases: {sk: {title: SK, status: own}}
scales:
  p: {ordered: true, labels: {kurang: Kurang, cukup: Cukup, baik: Baik}}
inputs:
  tepat: {type: number, title: ketepatan, limits: {from: 0, to: 100}, required: false}
  ikm: {type: number, title: IKM, limits: {from: 0, to: 100}, required: false}
  hukuman: {type: flag, title: hukuman disiplin, required: false}
steps:
  nilai: {rule: weighted_mean, title: nilai, weights: {tepat: 50 %, ikm: 50 %}}
  predikat:
    rule: bands
    title: predikat
    scale: p
    of: nilai
    bands:
      - {label: kurang, below: 60}
      - {label: cukup, from: 60, below: 76}
      - {label: baik, from: 76}
  lanjut:
    rule: follow_up
    title: tindak lanjut
    choose: CHOOSE
    actions:
      lengkapi: {title: data dilengkapi, when: is_missing(nilai)}
      ringan: {title: pembinaan ringan, when: "predikat == 'baik' and (tepat < 80 or ikm < 76.61)"}
      bina: {title: pembinaan, when: predikat <= 'cukup'}
      antre: {title: "bimbingan: antrean", when: tepat < 80}
publish: [nilai, predikat, lanjut]
"""


def following(choose, **given):
    text = FOLLOWING.replace("CHOOSE", choose)
    return Scorer(parse_policy(text).program).score(given).explanation


class TestWhatFollows:
    def test_each_says_why_with_the_figures_of_the_record(self):
        found = following("all", tepat=50, ikm=70)
        assert [text.id for text in found.follow_ups] == ["pembinaan", "bimbingan: antrean"]
        assert [text.id for text in found.follow_up_reasons] == [
            "predikat = Cukup",
            "ketepatan (50) < 80",
        ]
        assert found.follow_up_reasons[1].en == "ketepatan (50) < 80"

    def test_an_alternative_that_does_not_hold_is_no_reason(self):
        found = following("all", tepat=90, ikm=70)
        assert [text.id for text in found.follow_up_reasons] == [
            "predikat = Baik dan IKM (70) < 76,61"
        ]

    def test_what_is_missing_is_the_reason_where_that_is_asked(self):
        found = following("first", ikm=70)
        assert [text.id for text in found.follow_up_reasons] == ["nilai tidak ada"]

    def test_that_those_before_it_do_not_follow_is_no_reason(self):
        found = following("first", tepat=50, ikm=70)
        assert [text.id for text in found.follow_ups] == ["pembinaan"]
        assert [text.id for text in found.follow_up_reasons] == ["predikat = Cukup"]

    def test_the_step_names_all_that_follow_and_why(self):
        line = lines(following("all", tepat=50, ikm=70))["lanjut"]
        assert line.value.id == "pembinaan; bimbingan: antrean"
        assert [text.id for text in line.applied] == [
            "“pembinaan” karena predikat = Cukup",
            "“bimbingan: antrean” karena ketepatan (50) < 80",
        ]

    def test_the_step_of_one_that_follows_says_why(self):
        line = lines(following("first", tepat=50, ikm=70))["lanjut"]
        assert line.value.id == "pembinaan"
        assert [text.id for text in line.applied] == ["karena predikat = Cukup"]

    def test_nothing_that_follows_does_not_read_like_nothing_known(self):
        found = following("all", tepat=90, ikm=90)
        assert (found.follow_ups, found.follow_up_reasons) == ((), ())
        line = lines(found)["lanjut"]
        assert (line.value.id, line.value.en) == ("tidak ada tindak lanjut", "no follow-up")
        assert [text.id for text in line.applied] == ["tidak satu pun syaratnya terpenuhi"]

    def test_results_carry_the_first_alone_as_before(self):
        text = FOLLOWING.replace("CHOOSE", "all")
        result = Scorer(parse_policy(text).program).score({"tepat": 50, "ikm": 70})
        assert result["lanjut"] == "bina"
        assert result.explanation.values["lanjut"] == "bina"
        assert result.follow_ups == ("bina", "antre")

    def test_a_what_if_names_all_that_follow(self):
        scorer = Scorer(parse_policy(FOLLOWING.replace("CHOOSE", "all")).program)
        found = scorer.what_if({"tepat": 50, "ikm": 70}, {"tepat": 81, "ikm": 60})
        shown = {change.path: change for change in found.results}["lanjut"]
        assert (shown.before.id, shown.after.id) == ("pembinaan; bimbingan: antrean", "pembinaan")
        assert not shown.same
        step = next(change for change in found.steps if change.name == "lanjut")
        assert step.stops is None


FAULTS = """
schema: 1
id: berkas-contoh
version: 1.0.0
title: berkas
in_force: {from: 2025-01-01}
bases: {sk: {title: SK, status: own}}
inputs:
  standar: {type: number, title: standar, limits: {above: 0}}
  berkas:
    type: list
    title: berkas
    key: [nomor]
    item_title: nomor
HIDDEN
    fields:
      nomor: {type: text, title: nomor}
      masuk: {type: number, title: masuk, limits: {from: 0}}
      selesai: {type: number, title: selesai, limits: {from: 0}}
steps:
  lama:
    rule: condition
    title: lama
    for_each: berkas
    cases: [{when: selesai < masuk, is: missing('terbalik')}]
    otherwise: (selesai - masuk) / standar
  rata: {rule: formula, title: rata-rata, is: mean(lama for berkas)}
  dua: {rule: formula, title: dua kali, is: rata * 2, round: {digits: 2, mode: half_up}}
reasons: {terbalik: {id: selesai sebelum masuk, en: finished before it came in}}
publish: [dua]
"""


def faults(rows, *, hidden="", standar=1):
    text = FAULTS.replace("HIDDEN\n", hidden)
    items = [
        {"nomor": f"B-{place}", "masuk": start, "selesai": end}
        for place, (start, end) in enumerate(rows, 1)
    ]
    record = {"standar": standar, "berkas": items}
    return Scorer(parse_policy(text).program).score(record).explanation


class TestItemsAtFault:
    def test_a_reason_names_its_items(self):
        found = faults([(1, 2), (3, 2), (1, 4)])
        assert [text.id for text in found.reasons] == ["selesai sebelum masuk (B-2)"]
        assert [text.en for text in found.reasons] == ["finished before it came in (B-2)"]
        shown = lines(found)
        assert shown["rata"].applied == shown["dua"].applied == found.reasons

    def test_of_many_items_the_first_are_named_and_the_others_counted(self):
        some = faults([(3, 2)] * 4 + [(1, 2)])
        assert some.reasons[0].id == "selesai sebelum masuk (B-1; B-2; B-3; dan 1 butir lain)"
        many = faults([(3, 2)] * 9)
        assert many.reasons[0].en == "finished before it came in (B-1; B-2; B-3; and 6 other items)"

    def test_what_is_not_given_for_several_items_is_said_once(self):
        found = faults([(1, None), (1, 2), (1, None)])
        assert [text.id for text in found.reasons] == ["selesai pada berkas tidak diisi (B-1; B-3)"]

    def test_items_that_must_not_be_told_apart_are_not_named(self):
        for hidden in ("    hidden: [nomor]\n", "    hidden: [masuk]\n"):
            found = faults([(1, 2), (3, 2), (1, 4)], hidden=hidden)
            assert [text.id for text in found.reasons] == ["selesai sebelum masuk"]
            for line in lines(found).values():
                assert "B-2" not in str(line.applied)

    def test_what_is_missing_for_all_items_is_no_fault_of_theirs(self):
        found = faults([(1, 2), (1, 4)], standar=None)
        assert [text.id for text in found.reasons] == ["standar tidak diisi"]

    def test_figures_that_say_nothing_are_left_out(self):
        assert lines(faults([(3, 2)] * 13))["rata"].figures is None


TWO_PANELS = """schema: 1
id: dua
version: 1.0.0
title: dua panel
in_force: {from: 2026-01-01}
bases: {}
scales:
  kelompok:
    ordered: false
    labels: {rekan: rekan}
  lulus:
    ordered: true
    labels: {belum: belum, ya: ya}
inputs:
  isian:
    type: list
    title: isian
    key: [penilai]
    hidden: [penilai]
    fields:
      penilai: {type: text, title: penilai}
      kelompok: {type: label, scale: kelompok, title: kelompok}
      a: {type: number, limits: {from: 1, to: 5}, title: a}
      b: {type: number, limits: {from: 1, to: 5}, title: b}
steps:
  panel_a:
    rule: raters
    title: panel a
    over: isian
    group: kelompok
    score: a
    rater: penilai
    groups: {rekan: {minimum: 3}}
    within: mean
    unanswered: skip
    too_few: incomplete
    missing_group: incomplete
    weights: {rekan: 100 %}
  panel_b:
    rule: raters
    title: panel b
    over: isian
    group: kelompok
    score: b
    rater: penilai
    groups: {rekan: {minimum: 3}}
    within: mean
    unanswered: skip
    too_few: incomplete
    missing_group: incomplete
    weights: {rekan: 100 %}
  nilai:
    rule: formula
    title: nilai
    is: panel_a + panel_b
    round: {digits: 2, mode: half_up}
  lulus:
    rule: bands
    title: lulus
    of: nilai
    scale: lulus
    bands:
      - {label: belum, below: 9}
      - {label: ya, from: 9}
publish: [nilai, lulus]
"""


def test_parts_of_two_steps_by_one_title_name_their_step():
    answers = [{"penilai": f"r{n}", "kelompok": "rekan", "a": 3, "b": 4} for n in range(3)]
    scorer = Scorer(parse_policy(TWO_PANELS).program)
    explanation = scorer.score({"isian": answers}).explanation
    wanted = ["panel a: rata-rata rekan", "panel b: rata-rata rekan"]
    assert [loss.title.id for loss in explanation.losses] == wanted
    assert {lever.title.id for lever in explanation.levers} == {*wanted}
    # With b at its best only a is listed, and still says whose it is.
    best = scorer.score({"isian": [{**one, "b": 5} for one in answers]}).explanation
    assert [loss.title.id for loss in best.losses] == wanted[:1]
