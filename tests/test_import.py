"""What the package promises by its names, and what loading it must not load."""

from __future__ import annotations

import subprocess
import sys

import pytest

import kinerja

HEAVY = ("numpy", "pydantic", "ruamel.yaml", "openpyxl")


def loaded_after(statement):
    code = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_import_loads_no_heavy_package():
    assert not loaded_after("import kinerja").intersection(HEAVY)


def test_numbers_and_results_load_no_heavy_package():
    statement = "import kinerja; kinerja.exact('60 %'); kinerja.Result; kinerja.InputError"
    assert not loaded_after(statement).intersection(HEAVY)


def test_loading_a_policy_loads_the_reader_but_no_arrays():
    modules = loaded_after("import kinerja; kinerja.load('kuadran-6-2022')")
    assert {"pydantic", "ruamel.yaml"} <= modules
    assert "numpy" not in modules


def test_public_names_are_sorted_and_all_there():
    assert list(kinerja.__all__) == sorted(kinerja.__all__)
    assert dir(kinerja) == kinerja.__all__
    for name in kinerja.__all__:
        assert getattr(kinerja, name) is not None


def test_a_module_never_takes_the_place_of_a_public_name():
    code = (
        "import kinerja.exact, kinerja.errors; from kinerja.exact import Rounding;"
        "import kinerja; kinerja.load('kuadran-6-2022'); print(kinerja.exact('60 %'))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "3/5"


def test_names_and_homes_are_the_same():
    assert {*kinerja._HOMES, "__version__"} == set(kinerja.__all__)


def test_unknown_names_are_attribute_errors():
    with pytest.raises(AttributeError, match="skor"):
        _ = kinerja.skor
