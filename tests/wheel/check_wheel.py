"""The wheel alone: built, installed in an empty environment with its run-time dependencies, and used.

Runs the demo's commands there, then the tests that need no extra. Called by `make wheel-check`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
#: What the package may bring along, and nothing else.
RUN_TIME = {"kinerja", "pydantic", "numpy", "ruamel.yaml"}
#: What the tests themselves need.
TOOLS = ("pytest>=8.3", "hypothesis>=6.120", "pytest-xdist>=3.6", "jsonschema>=4.23")
#: Tests that check the checkout, its examples or the documentation, write workbooks with the extra `xlsx`,
#: or read frames and columns of files with the extra `frames`; draw pictures with the extra `plots`; draw
#: their records as the tests of tables do; or look at pure computation, which a wheel cannot change: what
#: is left imports every module and reads every file of the package.
LEFT_OUT = (
    "tests/cases",
    "tests/cli/test_cli_check_reports.py",
    "tests/cli/test_cli_check_tables.py",
    "tests/cli/test_cli_score.py",
    "tests/cli/test_cli_score_arrow.py",
    "tests/cli/test_cli_score_batches.py",
    "tests/columns",
    "tests/docs",
    "tests/examples",
    "tests/explore",
    "tests/formula",
    "tests/io/test_arrow.py",
    "tests/io/test_arrow_results.py",
    "tests/io/test_records.py",
    "tests/io/test_results.py",
    "tests/io/test_xlsx.py",
    "tests/mutants",
    "tests/plots",
    "tests/plugin",
    "tests/scorer",
    "tests/verify/test_affected.py",
    "tests/verify/test_goals.py",
    "tests/verify/test_soundness.py",
    "tests/wheel",
)


def run(*command: str | Path, **more: object) -> str:
    """Run a command; show it, and what it printed when it fails."""
    print("$", *command, flush=True)
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        **more,
    )
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        print(text)
        raise SystemExit(f"wheel check: {command[0]} ended with {done.returncode}")
    return text


def main() -> int:
    """Build, install, use."""
    base = os.environ.get("PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        pip = ["-m", "pip", "--disable-pip-version-check", "--quiet"]
        run(sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", work, ROOT)
        wheel = next(work.glob("kinerja-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            names = archive.namelist()
        assert "kinerja/py.typed" in names, "the wheel lacks py.typed"
        assert any(name.endswith("policies/skm-2017.yaml") for name in names), "no policies"
        assert not [name for name in names if name.startswith("tests/")], "tests in the wheel"

        run(base, "-m", "venv", work / "env")
        python = work / "env" / "bin" / "python"
        run(python, *pip, "install", "--upgrade", "pip>=25.1")
        run(python, *pip, "install", wheel)
        listed = run(python, "-m", "pip", "list", "--format", "freeze").lower()
        assert not {"openpyxl", "pyarrow"} & set(listed.replace("==", " ").split()), (
            "an extra came along"
        )
        for name in RUN_TIME:
            assert name in listed, f"{name} is missing"

        # Away from the checkout, so that only the installed package can be imported.
        away = work / "away"
        away.mkdir()
        where = run(python, "-c", "import kinerja; print(kinerja.__file__)", cwd=away).strip()
        assert str(work) in where, f"imported from {where}"
        run(python, ROOT / "examples" / "demo.py", cwd=away)

        run(python, *pip, "install", *TOOLS)
        ignored = [f"--ignore={ROOT / path}" for path in LEFT_OUT]
        quick = {**os.environ, "KINERJA_HYPOTHESIS": "quick"}
        tail = run(
            *(python, "-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", *ignored),
            *("-c", ROOT / "pyproject.toml", "--rootdir", ROOT, ROOT / "tests"),
            cwd=away,
            env=quick,
        )
        print(tail.strip().splitlines()[-1])
    print("wheel check: fine")
    return 0


if __name__ == "__main__":
    sys.exit(main())
