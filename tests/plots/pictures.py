"""Data for the tests of pictures: ordinary, and hard.

What lives here: one function a picture that draws it from data of a named hardness, so that every test runs
over all pictures. Titles are as long as those of real indicators.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import numpy as np

import kinerja
from kinerja import plots
from kinerja.cohort import Member, check_distribution, trends
from kinerja.cohort.allowed import allowed_counts
from kinerja.explore.decomposition import Contribution, Contributions
from kinerja.scorer import LabelStep, NumberStep
from kinerja.values import Period
from kinerja.words import Text

F = Fraction
LONG = Text(
    "Persentase penyelesaian dokumen perencanaan pembangunan daerah yang ditetapkan tepat waktu",
    "Share of regional development planning documents that are adopted in time",
)
LONGER = Text(
    "Indeks kepuasan masyarakat terhadap pelayanan administrasi kependudukan dan pencatatan sipil",
    "Index of satisfaction with the services of population administration and civil registration",
)
UNIT = "Dinas Kependudukan, Pencatatan Sipil, Tenaga Kerja, dan Transmigrasi Kabupaten"
LABELS = (
    ("sangat_kurang", Text("Sangat Kurang", "Very poor")),
    ("kurang", Text("Kurang/Misconduct", "Poor/misconduct")),
    ("butuh_perbaikan", Text("Butuh Perbaikan", "Needs improvement")),
    ("baik", Text("Baik", "Good")),
    ("sangat_baik", Text("Sangat Baik", "Very good")),
)
PREDIKAT = LabelStep(
    name="predikat", title=Text("predikat kinerja", "rating"), labels=LABELS, ordered=True
)
ONE_LABEL = LabelStep(
    name="predikat", title=Text("predikat kinerja", "rating"), labels=LABELS[3:4], ordered=True
)
NILAI = NumberStep(
    name="nilai",
    title=Text("nilai kinerja pegawai", "performance score"),
    unit=Text("poin", "points"),
    digits=2,
)


def node(title, share, *children):
    text = title if isinstance(title, Text) else Text.same(title)
    return plots.WeightNode(title=text, share=F(share), children=children)


def weights(kind, **more):
    trees = {
        "ordinary": node(
            Text("Bobot penilaian kinerja", "Weights of the assessment"),
            1,
            node(
                Text("Hasil kerja", "Results"),
                "3/5",
                node(LONG, "1/2"),
                node(LONGER, "3/10"),
                node(Text("Serapan anggaran", "Budget absorbed"), "1/5"),
            ),
            node(
                Text("Perilaku kerja", "Behaviour"),
                "2/5",
                *(
                    node(name, "1/7")
                    for name in (
                        "Berorientasi Pelayanan",
                        "Akuntabel",
                        "Kompeten",
                        "Harmonis",
                        "Loyal",
                        "Adaptif",
                        "Kolaboratif",
                    )
                ),
            ),
        ),
        "one": node(LONG, 1),
        "flat": node(
            Text("Bobot", "Weights"), 1, node(LONG, "97/100"), node(LONGER, "3/100"), node("Nol", 0)
        ),
        "many": node(
            LONG,
            1,
            node(LONGER, "49/50", *(node(LONG, "1/16") for _ in range(16))),
            node(Text("Disiplin", "Discipline"), "1/50", node(LONG, "1/2"), node(LONGER, "1/2")),
        ),
        "deep": node(
            "Bobot",
            1,
            node(
                "A",
                "1/2",
                node("A1", "1/2", node("A1a", "1/3"), node(LONG, "2/3")),
                node("A2", "1/2"),
            ),
            node("B", "1/2"),
        ),
    }
    return plots.plot_weights(trees[kind], **more)


def parts(*given):
    found = [
        Contribution(
            name=f"p{at}",
            title=title,
            points=F(points),
            best=None if best is None else F(best),
        )
        for at, (title, points, best) in enumerate(given)
    ]
    exact = sum((part.points for part in found), F(0))
    value = F(round(exact * 100), 100)
    return Contributions(id="P-01", step=NILAI, parts=tuple(found), exact=exact, value=value)


def waterfall(kind, **more):
    found = {
        "ordinary": parts(
            (Text("Hasil kerja", "Results"), "55.213", 60),
            (Text("Perilaku kerja", "Behaviour"), "30.4", 40),
            (Text("Potongan disiplin", "Discipline"), "-7.5", 0),
        ),
        "one": parts((LONG, 80, None)),
        "many": parts(
            *((LONG if at % 2 else LONGER, F(100, 13), F(100, 12)) for at in range(12)),
            (None, 2, None),
        ),
        "zeros": parts((LONG, 0, 10), (LONGER, 0, 0)),
        "negative": parts((LONG, -5, 0), (LONGER, -10, None), (Text("Bonus", "Bonus"), 3, 3)),
    }[kind]
    return plots.plot_waterfall(found, **more)


def people(sizes, *, label=lambda at: LABELS[(at * 7 + at // 3) % 5][0]):
    return [
        Member(id=f"P-{unit}-{at}", unit=unit, values={"predikat": label(at)})
        for unit, size in sizes.items()
        for at in range(size)
    ]


def band_heat_map(kind, **more):
    step, minimum = PREDIKAT, None
    if kind == "ordinary":
        members = people({"Sekretariat": 12, "Bidang Arsip": 31, "Bidang Layanan": 8})
    elif kind == "many":
        members = people({f"{UNIT} {at}": 3 + at * 11 for at in range(30)})
    elif kind == "one":
        members = people({UNIT: 1})
    elif kind == "one_label":
        members, step = people({UNIT: 9, "B": 2}, label=lambda _: "baik"), ONE_LABEL
    elif kind == "missing":
        members = people({UNIT: 20, "B": 4}, label=lambda at: "baik" if at % 3 else None)
    else:
        members = people({"A": 40, "B": 23, "C": 3, "D": 60, UNIT: 17})
        minimum = 5
    found = plots.LabelCounts.of(members, step=step, minimum=minimum)
    return plots.plot_band_heat_map(found, **more)


@dataclass(frozen=True)
class Acceptable:
    label: LabelStep
    ids: tuple[str, ...]
    current: tuple[str | None, ...]
    rows: object
    weightings: int

    @property
    def counts(self):
        rows = np.array(self.rows, np.int64)
        return np.column_stack([rows, self.weightings - rows.sum(axis=1)])

    def kept(self):
        names = [*(label for label, _ in self.label.labels), None]
        places = [names.index(one) for one in self.current]
        return self.counts[np.arange(len(places)), places]

    def least_certain(self, count):
        return np.argsort(self.kept(), kind="stable")[:count].tolist()


def acceptability(kind, **more):
    if kind == "ordinary":
        rows = [(0, 0, 120, 880, 0), (0, 0, 0, 1000, 0), (0, 1, 2, 497, 500), (0, 300, 700, 0, 0)]
        current = ("baik", "baik", "sangat_baik", "sangat_kurang")
        found = Acceptable(PREDIKAT, ("P-01", "P-02", "P-03", "P-04"), current, rows, 1000)
    elif kind == "many":
        rows = [(at, 10, 20, 930 - at, 40) for at in range(80)]
        ids = tuple(f"1987{at:014d}" for at in range(80))
        found = Acceptable(PREDIKAT, ids, ("baik",) * 80, rows, 1000)
    elif kind == "one":
        found = Acceptable(ONE_LABEL, (UNIT,), ("baik",), [(7,)], 7)
    elif kind == "missing":
        found = Acceptable(
            PREDIKAT, ("P-01", "P-02"), (None, "kurang"), [(0, 0, 0, 0, 0), (0, 5, 5, 0, 0)], 10
        )
    else:
        step = LabelStep(name="kotak", title=LONG, labels=LABELS[:3], ordered=False)
        found = Acceptable(step, ("A", "B"), ("kurang", "kurang"), [(4, 4, 2), (0, 9, 1)], 10)
    return plots.plot_acceptability(found, **more)


@dataclass(frozen=True)
class Row:
    name: str
    title: Text
    weight_low: F
    weight_high: F
    at_low: F
    at_high: F


@dataclass(frozen=True)
class Storm:
    base: F
    rows: tuple[Row, ...]
    measure: str = "mean"
    label: str | None = None


def row(title, low, high, at_low, at_high):
    return Row("x", title, F(low), F(high), F(at_low), F(at_high))


def tornado(kind, **more):
    found = {
        "ordinary": Storm(
            F("82.4"),
            (
                row(Text("Perilaku kerja", "Behaviour"), "0.3", "0.5", "83.1", "81.7"),
                row(LONG, "0.1", "0.4", "80", "85.2"),
                row(LONGER, "0.05", "0.15", "82.4", "82.9"),
            ),
        ),
        "one": Storm(F(80), (row(LONGER, 0, 1, 80, 80),)),
        "nothing": Storm(F(80), ()),
        "changes": Storm(F(0), (row(LONG, "0.1", "0.3", 4, 7), row(LONGER, 0, 1, 2, 0)), "changes"),
        "one_side": Storm(
            F(80),
            (row(LONG, "0.1", "1/3", 82, 84), row(LONGER, 0, 1, 79, 78)),
        ),
        "many": Storm(
            F(80),
            tuple(
                row(LONG if at % 2 else LONGER, 0, F(1, 3), 80 - at, 80 + at) for at in range(14)
            ),
        ),
    }[kind]
    title = LONG if kind in ("one", "nothing") else NILAI.title if kind == "ordinary" else None
    return plots.plot_tornado(found, title=title, **more)


def flow(kind, **more):
    labels = tuple(LABELS)
    none = (None, Text("tanpa predikat", "no rating"))
    names = [one for one, _ in LABELS]
    counts = {
        "ordinary": {
            ("baik", "baik"): 41,
            ("baik", "sangat_baik"): 9,
            ("baik", "butuh_perbaikan"): 6,
            ("butuh_perbaikan", "baik"): 3,
            ("butuh_perbaikan", "butuh_perbaikan"): 12,
            ("kurang", "kurang"): 4,
            ("sangat_baik", "sangat_baik"): 15,
            ("sangat_baik", "baik"): 2,
        },
        "one": {("baik", "baik"): 1},
        "nobody": {},
        "missing": {(None, "baik"): 5, ("baik", None): 3, ("baik", "baik"): 20},
        "many": {
            (a, b): 1 + 13 * x * (5 - y) for x, a in enumerate(names) for y, b in enumerate(names)
        },
    }[kind]
    if kind == "missing":
        labels = (none, *labels)
    if kind == "one_label":
        labels = LABELS[3:4]
    found = plots.LabelFlow(
        title=PREDIKAT.title, before=labels, after=labels, counts=counts, ordered=True
    )
    return plots.plot_flow(found, **more)


ASPECTS = (
    "Berorientasi Pelayanan",
    "Akuntabel",
    "Kompeten",
    "Harmonis",
    "Loyal",
    "Adaptif",
    "Kolaboratif",
)


def group(name, raters, *values):
    return plots.PanelGroup(
        id=name,
        title=Text.same(name),
        raters=raters,
        values=tuple(None if value is None else F(value) for value in values),
    )


def radar(kind, **more):
    aspects = tuple(Text.same(one) for one in ASPECTS)
    title = Text("Panel 360°", "360° panel")
    if kind == "ordinary":
        groups = (
            group("atasan langsung", 1, 8, 7, 9, 8, 8, 7, 6),
            group("rekan kerja", 4, 7, "7.5", 8, 9, 8, 6, 7),
            group("bawahan", 2, 9, 9, 9, 9, 9, 9, 9),
        )
        more = {"minimum": {"rekan kerja": 3, "bawahan": 3}, **more}
    elif kind == "one":
        aspects = (LONG, LONGER, Text("Loyal", "Loyal"))
        groups = (group("atasan langsung", 1, 1, 10, 1),)
    elif kind == "missing":
        groups = (
            group("atasan langsung", 1, 8, None, 9, None, 8, 7, 6),
            group("rekan kerja", 4, *[None] * 7),
            group("masyarakat yang dilayani oleh unit penyelenggara pelayanan", 8, *[5] * 7),
        )
    else:
        aspects = tuple(LONG if at % 2 else LONGER for at in range(12))
        groups = tuple(group(f"kelompok {at}", 5, *[at + 4] * 12) for at in range(5))
    panel = plots.PanelByAspect(title=title, aspects=aspects, groups=groups)
    return plots.plot_radar(panel, scale=(F(1), F(10)), **more)


@cache
def policy():
    return kinerja.load("se-3-2023")


@cache
def panel_policy():
    return kinerja.load("pemalang-360")


@cache
def policy_step():
    from kinerja.scorer import label_step

    return label_step(kinerja.load("kuadran-6-2022").program)


def distribution(kind, **more):
    step = policy_step()
    order = [label for label, _ in step.labels]
    sizes = {
        "ordinary": (0, 0, 1, 9, 4),
        "one": (0, 0, 0, 1, 0),
        "nobody": (0, 0, 0, 0, 0),
        "many": (40, 0, 3, 1900, 1200),
        "joint": (2, 0, 0, 8, 0),
    }[kind]
    organisation = {"joint": "sangat_kurang", "many": "istimewa"}.get(kind, "baik")
    members = [
        Member(id=f"P-{label}-{at}", unit=UNIT, values={step.name: label})
        for label, size in zip(order, sizes, strict=True)
        for at in range(size)
    ]
    if kind == "nobody":
        members = [Member(id="P-01", unit=UNIT, status="incomplete")]
    [found] = check_distribution(members, scorer=policy(), step=step, organisation=organisation)
    allowed = allowed_counts(found, scorer=policy())
    return plots.plot_distribution(found, step=step, allowed=allowed, **more)


def _trend(numbers, each):
    months = {"quarter": 3, "month": 1}[each]
    periods, members = [], []
    for at, number in enumerate(numbers):
        month = at * months
        first = date(2022 + month // 12, month % 12 + 1, 1)
        name = f"{first.year}-Q{first.month // 3 + 1}" if months == 3 else f"{first:%Y-%m}"
        period = Period.parse(name)
        periods.append(period)
        if number is not None:
            values = {"skor": Decimal(number)}
            members.append(Member(id="P-01", unit=UNIT, period=period, values=values))
    return trends(members, periods=periods, number="skor")[0]


def trend(kind, **more):
    numbers = {
        "ordinary": (["78.25", "81", None, "84.5", "79.9", "91"], "quarter"),
        "one": (["80"], "quarter"),
        "many": ([str(70 + at * 7 % 23) for at in range(36)], "month"),
        "missing": (["80", None, "70", None, None, "90"], "quarter"),
        "flat": (["80", "80", "80"], "quarter"),
    }[kind]
    scorer = panel_policy()
    step = NumberStep(name="skor", title=Text("skor 360°", "360° score"), unit=None, digits=2)
    return plots.plot_trend(_trend(*numbers), step=step, scorer=scorer, **more)


DRAWN: dict[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "acceptability": (acceptability, ("ordinary", "one", "many", "missing", "unordered")),
    "band_heat_map": (
        band_heat_map,
        ("ordinary", "one", "many", "one_label", "missing", "minimum"),
    ),
    "distribution": (distribution, ("ordinary", "one", "nobody", "many", "joint")),
    "flow": (flow, ("ordinary", "one", "nobody", "missing", "many")),
    "radar": (radar, ("ordinary", "one", "missing", "many")),
    "tornado": (tornado, ("ordinary", "one", "nothing", "changes", "one_side", "many")),
    "trend": (trend, ("ordinary", "one", "many", "missing", "flat")),
    "waterfall": (waterfall, ("ordinary", "one", "many", "zeros", "negative")),
    "weights": (weights, ("ordinary", "one", "flat", "many", "deep")),
}
FEW = sorted((name, kind) for name, (_, kinds) in DRAWN.items() for kind in (kinds[0], kinds[-1]))
CASES = sorted((name, kind) for name, (_, kinds) in DRAWN.items() for kind in kinds)


def draw(name, kind, **more):
    return DRAWN[name][0](kind, **more)
