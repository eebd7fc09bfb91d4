"""The command line, run in this process or as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from kinerja.cli.main import main


class Answer(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def kinerja(capsys):
    """Run a command in this process; give exit code and what was printed."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return run


@pytest.fixture
def process():
    """Run a command as a process of its own."""

    def run(*arguments: object, env=None, cwd=None) -> Answer:
        done = subprocess.run(
            [sys.executable, "-m", "kinerja", *map(str, arguments)],
            capture_output=True,
            check=False,
            cwd=cwd,
            env=None if env is None else {**os.environ, **env},
        )
        return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run


@pytest.fixture
def put(tmp_path):
    """Write a file and give its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def data():
    """Give the folder of files that several tests read."""
    return Path(__file__).parent / "data"
