"""What is drawn is what was found: lengths, places, numbers of shapes."""

from __future__ import annotations

from fractions import Fraction

import looking
import pictures
import pytest

import kinerja
from kinerja import plots
from kinerja.errors import InputError
from kinerja.plots.weights import WeightNode
from kinerja.words import Text


def widths(ax, begin):
    return {gid: one.get_width() for gid, one in looking.shapes_of(ax, begin).items()}


class TestWeights:
    def test_heights_are_shares_of_the_whole(self):
        ax = pictures.draw("weights", "ordinary")
        high = {gid: one.get_height() for gid, one in looking.shapes_of(ax, "weight-").items()}
        assert high["weight-0"] == pytest.approx(0.6)
        assert high["weight-1"] == pytest.approx(0.3)
        assert high["weight-4"] == pytest.approx(0.4)
        assert len(high) == 2 + 3 + 7
        leaves = [high[f"weight-{at}"] for at in (1, 2, 3, *range(5, 12))]
        assert sum(leaves) == pytest.approx(1)

    def test_every_leaf_bears_title_and_share(self):
        said = looking.words_of(pictures.draw("weights", "ordinary", lang="id"))
        assert "12 % Serapan anggaran" in said
        assert f"30 % {pictures.LONG.id}" in said

    def test_a_weight_too_thin_for_its_title_lends_it_to_its_parts(self):
        said = looking.words_of(pictures.draw("weights", "many", lang="id"))
        assert f"1 % Disiplin › {pictures.LONG.id}" in said

    def test_a_part_that_is_not_divided_reaches_through_all_columns(self):
        shapes = looking.shapes_of(pictures.draw("weights", "deep"), "weight-")
        right = {gid: one.get_x() + one.get_width() for gid, one in shapes.items()}
        assert right["weight-5"] == right["weight-3"]

    @pytest.mark.parametrize("shares", [("-1/10", "11/10"), ("1/2", "1/3")])
    def test_weights_that_no_area_shows_are_refused(self, shares):
        with pytest.raises(InputError, match="KNJ060"):
            pictures.node("x", 1, *(pictures.node("y", share) for share in shares))

    def test_the_words_give_the_tree(self):
        root = pictures.node(
            "Bobot", 1, pictures.node("A", "1/4", pictures.node("B", 1)), pictures.node("C", "3/4")
        )
        assert plots.weights_text(root, lang="id") == "Bobot. A 25 % (B 25 %); C 75 %."


class TestWaterfall:
    def test_bars_add_up_to_the_total(self):
        ax = pictures.draw("waterfall", "ordinary")
        shapes = looking.shapes_of(ax, "part-")
        ends = [(one.get_x(), one.get_x() + one.get_width()) for one in shapes.values()]
        assert ends[0] == pytest.approx((0, 55.213))
        assert ends[1] == pytest.approx((55.213, 85.613))
        assert ends[2] == pytest.approx((78.113, 85.613))
        assert widths(ax, "total")["total"] == pytest.approx(78.11)
        assert widths(ax, "rounding")["rounding"] == pytest.approx(0.003)

    def test_what_was_lost_reaches_to_the_best(self):
        lost = looking.shapes_of(pictures.draw("waterfall", "ordinary"), "lost-")
        assert lost["lost-0"].get_x() == pytest.approx(55.213)
        assert lost["lost-0"].get_width() == pytest.approx(60 - 55.213)
        assert lost["lost-1"].get_width() == pytest.approx(40 - 30.4)

    def test_without_rounding_there_is_no_bar_of_it(self):
        assert looking.shapes_of(pictures.draw("waterfall", "one"), "rounding") == {}

    def test_words(self):
        from kinerja.plots.waterfall import waterfall_text

        found = pictures.parts((Text("Hasil", "Results"), "40.5", 60), (None, 2, None))
        assert waterfall_text(found, lang="id") == (
            "Susunan nilai kinerja pegawai P-01: 42,50 poin. "
            "Hasil +40,5 (paling banyak 60); Angka tetap +2."
        )


class TestTornado:
    def test_bars_reach_from_the_base_to_each_end(self):
        shapes = looking.shapes_of(pictures.draw("tornado", "ordinary"), "")
        low, high = shapes["low-0"], shapes["high-0"]
        assert low.get_x() == pytest.approx(80)
        assert low.get_x() + low.get_width() == pytest.approx(82.4)
        assert high.get_x() + high.get_width() == pytest.approx(85.2)

    def test_the_weight_that_moves_most_stands_on_top(self):
        ax = pictures.draw("tornado", "ordinary", lang="en")
        shapes = looking.shapes_of(ax, "")
        spans = [
            shapes[f"low-{at}"].get_width() + shapes[f"high-{at}"].get_width() for at in range(3)
        ]
        assert spans == sorted(spans, reverse=True)

    def test_two_bars_that_share_a_side_lie_one_below_the_other(self):
        shapes = looking.shapes_of(pictures.draw("tornado", "one_side"), "")
        low, high = shapes["low-0"], shapes["high-0"]
        assert low.get_y() + low.get_height() == pytest.approx(high.get_y())
        assert (low.get_width(), high.get_width()) == (2, 4)

    def test_what_is_measured_is_named(self):
        assert pictures.draw("tornado", "changes", lang="id").get_title(loc="left") == (
            "Akibat bobot terhadap jumlah orang yang labelnya berubah"
        )


class TestBandHeatMap:
    def test_there_is_a_cell_for_each_unit_and_label(self):
        shapes = looking.shapes_of(pictures.draw("band_heat_map", "many"), "cell-")
        assert len(shapes) == 30 * 5

    def test_counts_and_shares_stand_in_the_cells(self):
        said = looking.words_of(pictures.draw("band_heat_map", "one_label", lang="id"))
        assert "9 (100 %)" in said
        assert "2 (100 %)" in said

    def test_a_greater_share_is_darker(self):
        from kinerja.plots.colours import grey_of

        found = plots.LabelCounts(
            title=Text.same("x"),
            labels=(Text.same("a"), Text.same("b"), Text.same("c")),
            rows=((Text.same("U"), 10, (1, 3, 6)),),
        )
        shapes = looking.shapes_of(plots.plot_band_heat_map(found), "cell-")
        from matplotlib.colors import to_hex

        greys = [grey_of(to_hex(one.get_facecolor())) for one in shapes.values()]
        assert greys == sorted(greys, reverse=True)

    def test_small_counts_are_hidden_as_the_publication_hides_them(self):
        ax = pictures.draw("band_heat_map", "minimum", lang="id")
        hatched = [one for one in looking.shapes_of(ax, "cell-").values() if one.get_hatch()]
        assert hatched
        cells = [text.split(" ")[0] for text in looking.words_of(ax) if text.endswith("%)")]
        assert all(int(cell) >= 5 for cell in cells)
        assert "tidak ditampilkan" in ax.get_label()
        assert any("di bawah 5 orang" in text for text in looking.words_of(ax))

    def test_people_without_a_label_have_a_column(self):
        said = looking.words_of(pictures.draw("band_heat_map", "missing", lang="id"))
        assert any("tanpa predikat kinerja" in text for text in said)


class TestAcceptability:
    def test_parts_are_shares_of_the_weightings(self):
        ax = pictures.draw("acceptability", "ordinary")
        assert widths(ax, "share-2-") == pytest.approx({"share-2-2": 0.12, "share-2-3": 0.88})

    def test_the_least_certain_come_first(self):
        ids = [
            text
            for text in looking.words_of(pictures.draw("acceptability", "ordinary"))
            if text.startswith("P-")
        ]
        assert ids == ["P-04", "P-03", "P-01", "P-02"]

    def test_how_many_are_not_drawn_is_said(self):
        for lang, text in (("id", "50 orang lain"), ("en", "50 others")):
            ax = pictures.draw("acceptability", "many", lang=lang)
            assert any(one.startswith(text) for one in looking.words_of(ax))
            assert len({gid.split("-")[1] for gid in looking.shapes_of(ax, "share-")}) == 30

    def test_a_mark_lies_below_the_label_at_present(self):
        ax = pictures.draw("acceptability", "ordinary")
        marks = [
            line.get_xdata() for line in ax.lines if line.get_linewidth() == pytest.approx(2.6)
        ]
        assert len(marks) == 4
        assert list(marks[2]) == pytest.approx([0.12, 1])

    def test_people_without_a_label_are_told(self):
        ax = pictures.draw("acceptability", "missing", lang="id")
        assert "tanpa predikat kinerja" in looking.words_of(ax)
        assert widths(ax, "share-1-") == {"share-1-5": 1.0}


class TestFlow:
    def test_there_is_a_ribbon_for_each_pair_that_somebody_has(self):
        shapes = looking.shapes_of(pictures.draw("flow", "ordinary"), "ribbon-")
        assert len(shapes) == 8

    def test_ribbons_and_columns_are_as_high_as_people_are_many(self):
        ax = pictures.draw("flow", "ordinary")
        scale = looking.shapes_of(ax, "before-baik")["before-baik"].get_height() / 56
        for gid, heads in (
            ("before-sangat_baik", 17),
            ("after-baik", 46),
            ("after-sangat_baik", 24),
        ):
            assert looking.shapes_of(ax, gid)[gid].get_height() == pytest.approx(heads * scale)
        points = (
            looking.shapes_of(ax, "ribbon-baik-sangat_baik")["ribbon-baik-sangat_baik"]
            .get_path()
            .vertices
        )
        assert points[7][1] - points[0][1] == pytest.approx(9 * scale)

    def test_moves_are_counted_by_their_way(self):
        said = looking.words_of(pictures.draw("flow", "ordinary", lang="id"))
        assert {"naik: 12", "tetap: 72", "turun: 8"} <= set(said)

    def test_an_impact_of_policies_is_accepted(self):
        from kinerja.verify import impact

        old = new = kinerja.load("pemalang-360")
        frame = {"id": ["P"], "posisi": ["kabid"], "bawahan_aktif": [1], "penilaian": [[]]}
        found = impact(old, new, frame)
        flow = plots.LabelFlow.of(found)
        assert flow is not None
        assert sum(flow.counts.values()) == 1
        assert flow.before[0][0] is None

    def test_moves_of_a_unit_are_accepted(self):
        from kinerja.cohort import Member, unit_moves
        from kinerja.values import Period

        before, after = Period.parse("2024"), Period.parse("2025")
        members = [
            Member(id="P", unit="U", period=period, values={"predikat": label})
            for period, label in ((before, "baik"), (after, "sangat_baik"))
        ]
        [moves] = unit_moves(members, before=before, after=after, labels=pictures.PREDIKAT)
        flow = plots.LabelFlow.between(moves, step=pictures.PREDIKAT)
        assert flow.counts == {("baik", "sangat_baik"): 1}
        assert flow.way("baik", "sangat_baik") == "up"

    def test_counts_of_labels_that_are_not_there_are_refused(self):
        with pytest.raises(ValueError, match="no such labels"):
            plots.LabelFlow(
                title=Text.same("x"), before=(), after=(), counts={("a", "b"): 1}, ordered=True
            )


class TestRadar:
    def test_groups_below_the_minimum_are_not_drawn_and_named(self):
        ax = pictures.draw("radar", "ordinary", lang="id")
        assert set(looking.shapes_of(ax, "group-")) == {
            "group-atasan langsung",
            "group-rekan kerja",
        }
        assert "Tidak digambar karena penilainya terlalu sedikit: bawahan" in looking.words_of(ax)
        assert "bawahan" in ax.get_label()
        assert "9" not in ax.get_label().split("bawahan")[1]

    def test_a_value_lies_as_far_out_as_it_is_high(self):
        ax = pictures.draw("radar", "ordinary")
        line = looking.shapes_of(ax, "group-atasan")["group-atasan langsung"]
        x, y = line.get_xdata()[0], line.get_ydata()[0]
        assert (x, y) == pytest.approx((0, 7 / 9))
        assert len(line.get_xdata()) == 8

    def test_a_missing_value_is_a_gap(self):
        lines = [
            line
            for line in pictures.draw("radar", "missing").lines
            if line.get_gid() == "group-atasan langsung"
        ]
        assert sorted(len(line.get_xdata()) for line in lines) == [1, 4]

    def test_two_aspects_span_no_area(self):
        with pytest.raises(InputError, match="KNJ062"):
            plots.PanelByAspect(title=Text.same("x"), aspects=(Text.same("a"),) * 2, groups=())

    def test_a_panel_is_taken_out_of_an_explanation(self):
        ratings = [
            {"penilai": f"{group}{at}", "kelompok": group, "aspek": aspect, "nilai": 6 + at}
            for group, raters in (("atasan", 1), ("rekan", 3))
            for at in range(raters)
            for aspect in (
                "berorientasi_pelayanan",
                "akuntabel",
                "kompeten",
                "harmonis",
                "loyal",
                "adaptif",
                "kolaboratif",
            )
        ]
        record = {"id": "P", "posisi": "kabid", "bawahan_aktif": 1, "penilaian": ratings}
        explanation = kinerja.load("pemalang-360").score(record).explanation
        panel = plots.PanelByAspect.of(explanation, step="panel_kabid")
        found = {group.id: (group.raters, set(group.values)) for group in panel.groups}
        assert found["atasan"] == (1, {Fraction(6)})
        assert found["rekan"] == (3, {Fraction(7)})
        assert found["bawahan"][1] == {None}
        assert panel.aspects[0].id == "Berorientasi Pelayanan"
        with pytest.raises(InputError, match="KNJ063"):
            plots.PanelByAspect.of(explanation, step="panel")


class TestDistribution:
    def test_bars_are_heads(self):
        ax = pictures.draw("distribution", "ordinary")
        assert list(widths(ax, "count-").values()) == [4, 9, 1, 0, 0, 1]
        assert looking.shapes_of(ax, "beyond-") == {}

    def test_people_beyond_a_limit_are_hatched(self):
        ax = pictures.draw("distribution", "one")
        beyond = looking.shapes_of(ax, "beyond-")["beyond-1"]
        assert (beyond.get_x(), beyond.get_width()) == (0, 1)
        assert beyond.get_hatch()
        assert widths(ax, "count-1") == {"count-1": 0}

    def test_places_to_be_filled_are_empty_and_hatched(self):
        lacking = looking.shapes_of(pictures.draw("distribution", "joint"), "lacking-")["lacking-4"]
        assert (lacking.get_x(), lacking.get_width()) == (2, 4)

    def test_the_verdict_is_said(self):
        for kind, text in (
            ("ordinary", "Semua batas dipatuhi"),
            ("one", "Ada batas yang tidak dipatuhi"),
            ("nobody", "Kebijakan tidak menilai unit ini"),
        ):
            assert text in looking.words_of(pictures.draw("distribution", kind, lang="id"))


class TestTrend:
    def test_a_gap_stays_a_gap(self):
        ax = pictures.draw("trend", "ordinary")
        runs = [list(line.get_xdata()) for line in ax.lines if line.get_gid() == "line"]
        assert runs == [[0, 1], [3, 4, 5]]
        assert looking.words_of(ax).count("×") == 1

    def test_heights_are_the_numbers(self):
        ax = pictures.draw("trend", "ordinary")
        [first, _] = [list(line.get_ydata()) for line in ax.lines if line.get_gid() == "line"]
        assert first == [78.25, 81]

    def test_the_bands_of_the_policy_stand_behind(self):
        ax = pictures.draw("trend", "ordinary", lang="id")
        bands = [one for one in ax.patches if one.get_gid() == "band"]
        assert [one.get_y() for one in bands][1:] == [76, 90]
        assert {"Cukup", "Baik", "Sangat Baik"} <= set(looking.words_of(ax))

    def test_why_there_is_no_value_is_told(self):
        assert "2022-Q3 tanpa hasil" in pictures.draw("trend", "ordinary", lang="id").get_label()


def test_a_node_knows_its_depth():
    assert WeightNode(title=Text.same("x")).depth == 0
