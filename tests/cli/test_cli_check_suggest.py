"""`kinerja check --suggest` writes examples for what none reaches."""

import sys
from pathlib import Path

import pytest

from kinerja.cli.main import main
from kinerja.policy import read_policy
from kinerja.verify import cover, read_examples

sys.path.insert(0, str(Path(__file__).parents[1] / "verify"))

from branch_samples import FULL, POLICY


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "uji.yaml").write_text(POLICY, encoding="utf-8")
    entries = "".join(
        f"  - {{id: e{place}, record: {record}, expect: {{lulus: {passed}}}}}\n"
        for place, (record, passed) in enumerate(zip(FULL, ("false", "true", "true"), strict=True))
    )
    (tmp_path / "contoh.yaml").write_text(f"examples:\n{entries}", encoding="utf-8")
    return tmp_path


def said(capsys, *arguments):
    code = main(["check", *map(str, arguments)])
    return code, capsys.readouterr().out


@pytest.mark.parametrize("lang", ["id", "en"])
def test_suggested_examples_pass_and_reach_everything(folder, capsys, lang):
    (folder / "contoh.yaml").unlink()
    code, out = said(capsys, folder / "uji.yaml", "--suggest", "--lang", lang)
    assert code == 0
    file = folder / "usulan.yaml"
    file.write_text(out, encoding="utf-8")
    code, out = said(capsys, folder / "uji.yaml", "--examples", file)
    assert code == 0, out
    policy = read_policy(folder / "uji.yaml")
    assert cover(policy, read_examples(file, policy)).unreached == ()


def test_nothing_to_suggest(folder, capsys):
    _, out = said(capsys, "kuadran-6-2022", "--suggest")
    assert out.startswith("# tidak ada yang perlu diusulkan")


def test_faults_are_told_instead_of_suggestions(folder, capsys):
    (folder / "contoh.yaml").write_text("examples: []\n", encoding="utf-8")
    code, out = said(capsys, folder / "uji.yaml", "--suggest")
    assert code == 1
    assert "KNJ602" in out
    (folder / "uji.yaml").write_text("schema: 1\n", encoding="utf-8")
    code, out = said(capsys, folder / "uji.yaml", "--suggest")
    assert code == 1
    assert "KNJ1" in out
