"""The parts of the reference that are made from the code.

What lives here: tables of keys from the models of the policy file, the sections of error codes from the
words, the lines of policies, and the example explanation. A made part stands on its page between
`<!-- dibuat: name -->` and `<!-- akhir -->`; `refresh.py` writes it, and a test compares. What never comes
in: prose; it stands on the pages.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import types
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from docs_pages import DOCS
from pydantic.fields import FieldInfo

from kinerja.asn import catalog
from kinerja.cli.console import Console
from kinerja.cli.main import main
from kinerja.cli.policies import in_force, weakest_first
from kinerja.formula import nodes as n
from kinerja.policy import model as m
from kinerja.policy import rule_models as r
from kinerja.policy.describe import summarise_policy
from kinerja.policy.fields import Ends, RoundModel, Section
from kinerja.words import Text
from kinerja.words.en import WORDS as ENGLISH
from kinerja.words.id import WORDS as INDONESIAN

POLICY_PAGE = DOCS / "rujukan" / "berkas-kebijakan.md"
RULES_PAGE = DOCS / "rujukan" / "jenis-aturan.md"
SHIPPED_PAGE = DOCS / "peraturan" / "index.md"
CODES_PAGE = DOCS / "rujukan" / "kode-kesalahan.md"

#: Name of a made part, and the model whose keys it lists.
POLICY_MODELS: dict[str, type[Section]] = {
    "kebijakan": m.PolicyModel,
    "in_force": m.InForceModel,
    "bases": m.BasisModel,
    "basis": m.BasisEntry,
    "scales": m.ScaleModel,
    "inputs": m.InputModel,
    "fields": m.FieldModel,
    "limits": Ends,
    "choices": m.ChoiceModel,
    "options": m.OptionModel,
    "steps": m.StepModel,
    "round": RoundModel,
}
RULE_MODELS: dict[str, type[Section]] = {
    **r.BUILT_IN_MODELS,
    "achievement-cap": r.LimitModel,
    "achievement-target": r.TargetRangeModel,
    "achievement-efficiency": r.EfficiencyModel,
    "bands-bands": r.BandModel,
    "condition-cases": r.CaseModel,
    "deduction-minus": r.DeductModel,
    "follow_up-actions": r.ActionModel,
    "piecewise-segments": r.SegmentModel,
    "raters-groups": r.GroupModel,
    "raters-coverage": r.CoverageModel,
}

#: Pages about shipped policies.
POLICY_PAGES = tuple(DOCS / "peraturan" / f"{name}.md" for name in catalog.ids())

#: A whole explanation, linked from the home page.
EXAMPLE_PAGE = DOCS / "contoh" / "rincian.html"

_LINE = re.compile(r"`(?P<path>[a-z_0-9.\[\]]+)` \(baris \d+\)")
_PART = re.compile(r"(<!-- dibuat: (?P<name>[\w-]+) -->\n)(?P<body>.*?)(<!-- akhir -->)", re.DOTALL)


def write_all() -> None:
    """Write every made part to its page."""
    for page, make in PARTS.items():
        if page.exists():
            page.write_text(rewritten(page, make), encoding="utf-8")
    for page in POLICY_PAGES:
        page.write_text(with_lines(page), encoding="utf-8")
    EXAMPLE_PAGE.write_text(example_page(), encoding="utf-8")


def rewritten(page: Path, make: Callable[[str, str], str]) -> str:
    """Give the text of a page with its parts made anew."""
    text = page.read_text(encoding="utf-8")
    return _PART.sub(lambda part: part[1] + make(part["name"], part["body"]) + part[4], text)


def with_lines(page: Path) -> str:
    """Give the text of a page about a shipped policy, with the line of every key that it names."""
    source = catalog.read(page.stem, unnamed="assume").source

    def placed(match: re.Match[str]) -> str:
        parts = _parts(match["path"])
        place = source.keys.get(parts) or source.values.get(parts)
        if place is None:
            raise KeyError(match["path"])
        return f"`{match['path']}` (baris {place[0]})"

    return _LINE.sub(placed, page.read_text(encoding="utf-8"))


def _parts(path: str) -> tuple[str | int, ...]:
    """Cut a path such as `steps.mutu.bands[0]`."""
    pieces = re.findall(r"[^.\[\]]+", path)
    return tuple(int(piece) if piece.isdigit() else piece for piece in pieces)


def parts_of(page: Path) -> list[str]:
    """Name the made parts of a page."""
    return [part["name"] for part in _PART.finditer(page.read_text(encoding="utf-8"))]


def example_page() -> str:
    """Explain one person of the starter folder as a page."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        files = Path(folder) / "contoh"
        main(["new", str(files)])
        table = [str(files / "kebijakan.yaml"), str(files / "data.csv")]
        with contextlib.redirect_stderr(io.StringIO()):
            main(["explain", *table, "--id", "petugas-2", "-o", str(files / "rincian.html")])
        return (files / "rincian.html").read_text(encoding="utf-8")


# Tables of keys.


def _table_of_policy(name: str, _: str) -> str:
    return key_table(POLICY_MODELS[name])


def _table_of_rule(name: str, _: str) -> str:
    return key_table(RULE_MODELS[name])


def key_table(model: type[Section]) -> str:
    """List the keys of a model: how each is written, and what it means in both languages."""
    lines = ["", "| kunci | isi | arti |", "|---|---|---|"]
    for key, field in keys_of(model):
        form = _form(field.annotation, field.metadata)
        extra = field.json_schema_extra
        english = extra["x-description-en"] if isinstance(extra, dict) else ""
        meaning = f"{field.description}<br>*{english}*".replace("|", "\\|")
        lines.append(f"| `{key}` | {form}{_need(field)} | {meaning} |")
    return "\n".join([*lines, "", ""])


def keys_of(model: type[Section]) -> Iterator[tuple[str, FieldInfo]]:
    """Give the keys of a model as they are written."""
    for name, field in model.model_fields.items():
        yield field.alias or name, field


def _need(field: FieldInfo) -> str:
    if field.is_required():
        return "; **wajib**"
    if field.default in (None, "", [], {}):
        return ""
    return f"; bila tidak ditulis `{str(field.default).lower()}`"


def _form(kind: Any, extras: list[Any] | tuple[Any, ...] = ()) -> str:  # noqa: C901, PLR0911, PLR0912 - one kind a case
    readers = {getattr(getattr(extra, "func", None), "__name__", "") for extra in extras}
    if get_origin(kind) is Annotated:
        return _form(get_args(kind)[0], [*get_args(kind)[1:], *extras])
    if "_no_none" in readers:
        return "`none` atau `{at, beyond}`"
    if kind is Fraction:
        return "angka"
    if isinstance(kind, type) and issubclass(kind, n.Node):
        return "nama" if "_operand" in readers else "rumus"
    if kind is Text:
        return "judul"
    if kind is bool:
        return "`true` atau `false`"
    if kind is int:
        return "bilangan bulat"
    if kind is date:
        return "tanggal"
    if kind is Any:
        return "…"
    if kind is str:
        return "nama" if any("a-z" in str(extra) for extra in extras) else "teks"
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in args)
    if origin in (Union, types.UnionType):
        forms = [_form(arg) for arg in args if arg is not type(None)]
        return " atau ".join(dict.fromkeys(forms))
    if origin is list:
        return f"daftar: {_form(args[0])}"
    if origin is dict and (args[1] is Any or get_origin(args[1]) is dict):
        return "nama → …"
    if origin is dict:
        return f"{_form(args[0])} → {_form(args[1])}"
    if isinstance(kind, type) and issubclass(kind, Section):
        keys = [key for key, _ in keys_of(kind)]
        shown = ", ".join(keys[:4]) + (", …" if len(keys) > 4 else "")
        return f"`{{{shown}}}`"
    raise TypeError(kind)


# Error codes.

#: What the first digit of a code says.
AREAS = {
    "1": "berkas kebijakan: bentuknya",
    "2": "kebijakan: artinya",
    "3": "rumus",
    "4": "nilai masukan dan hasil tersimpan",
    "5": "berkas data",
    "6": "contoh",
    "9": "perintah",
}
#: Stands where the cause of a code is not on the page yet.
UNWRITTEN = ("belum ditulis", "not written yet")
_SECTION = re.compile(
    r"^### (?P<code>KNJ\d{3})\n(?P<body>.*?)(?=^### |\Z)", re.DOTALL | re.MULTILINE
)
_CAUSE = re.compile(r"^\*\*Sebabnya\.\*\* (?P<id>.*?)<br>\*(?P<en>.*)\*$", re.MULTILINE)


def codes() -> list[str]:
    """Give every code that has words."""
    return sorted(key.removesuffix(".message") for key in INDONESIAN if key.endswith(".message"))


def causes() -> dict[str, tuple[str, str]]:
    """Give the causes that stand on the page, in both languages."""
    text = CODES_PAGE.read_text(encoding="utf-8")
    found = {}
    for section in _SECTION.finditer(text):
        cause = _CAUSE.search(section["body"])
        if cause:
            found[section["code"]] = (cause["id"], cause["en"])
    return found


def _codes_of_area(name: str, _: str) -> str:
    known = causes()
    area = name.removeprefix("knj")
    sections = [_code_section(code, known.get(code)) for code in codes() if code[3] == area]
    return "\n" + "\n".join(sections) + "\n"


def _code_section(code: str, cause: tuple[str, str] | None) -> str:
    first, second = cause or UNWRITTEN
    said = {lang: words[f"{code}.message"] for lang, words in LANGUAGES.items()}
    ways = {lang: words[f"{code}.way_out"] for lang, words in LANGUAGES.items()}
    return "\n".join(
        [
            f"### {code}",
            "",
            f"> {_plain(said['id'])}<br>*{_plain(said['en'])}*",
            "",
            f"**Sebabnya.** {first}<br>*{second}*",
            "",
            f"**Jalan keluar.** {_sentence(ways['id'])}<br>*{_sentence(ways['en'])}*",
            "",
        ]
    )


LANGUAGES = {"id": INDONESIAN, "en": ENGLISH}
_ESCAPED = re.compile(r"([*_<>\[\]#|`])")


def _sentence(text: str) -> str:
    plain = _plain(text)
    return plain[0].upper() + plain[1:] + ("" if plain.endswith(("…", ".")) else ".")


def _plain(text: str) -> str:
    """Write words so that Markdown leaves them as they are; blanks become examples."""
    filled = text.replace("{{", "\1").replace("}}", "\2")
    filled = _ESCAPED.sub(r"\\\1", filled)
    filled = re.sub(r"\{(\w+)\}", r"‹\1›", filled.replace("\\_", "_"))
    return filled.replace("\1", "{").replace("\2", "}")


# The list of shipped policies.


#: What each family of policies is about, in the order of the page.
FAMILIES = {
    "skp": "SKP dan predikat kinerja",
    "skp_tugas_belajar": "Pegawai tugas belajar",
    "distribusi_predikat": "Distribusi predikat sebuah unit",
    "angka_kredit": "Angka kredit",
    "angka_kredit_guru": "Angka kredit guru",
    "kinerja_kemenkeu": "Kementerian Keuangan",
    "skm": "Survei kepuasan masyarakat",
    "skm_unsur_lain": "Survei dengan unsur lain",
    "skm_instansi": "Survei kepuasan, tingkat instansi",
    "perilaku_360": "Skema 360°",
    "tpp": "Tambahan penghasilan pegawai (TPP)",
    "tukin": "Tunjangan kinerja dan disiplin",
    "ip_asn": "Indeks profesionalitas ASN",
    "talenta": "Manajemen talenta",
    "talenta_bkn": "Manajemen talenta, Kepka BKN",
    "potensial_brin": "Potensi, BRIN",
    "capaian": "Rumus dan rentang capaian",
}


def _shipped(_: str, __: str) -> str:
    """List the shipped policies by family and first day: page, title, periods, the weakest certainty."""
    console = Console(lang="id")
    found = [summarise_policy(policy, "id") for policy in catalog.policies()]
    order = list(FAMILIES)
    found.sort(key=lambda p: (order.index(p["family"]), p["in_force"]["from"], p["id"]))
    lines = [""]
    family = None
    for policy in found:
        if policy["family"] != family:
            family = policy["family"]
            lines += ["", f"### {FAMILIES[family]}", "", f"Rumpun `{family}`.", ""]
            lines += ["| kebijakan | periode yang dinilai | kepastian sumber |", "|---|---|---|"]
        name = policy["id"]
        span = in_force(policy["in_force"], console).replace("-", "\N{NON-BREAKING HYPHEN}")
        known = ", ".join(console.say(f"status_short.{name}") for name in weakest_first(policy))
        lines.append(f"| [{policy['title']}]({name}.md)<br>`{name}` | {span} | {known} |")
    return "\n".join([*lines[1:], "", ""])


PARTS: dict[Path, Callable[[str, str], str]] = {
    POLICY_PAGE: _table_of_policy,
    RULES_PAGE: _table_of_rule,
    CODES_PAGE: _codes_of_area,
    SHIPPED_PAGE: _shipped,
}
