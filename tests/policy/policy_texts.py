"""Small policies as text, and what is said of wrong ones."""

import string

import pytest

from kinerja.errors import PolicyError
from kinerja.policy import parse_policy
from kinerja.words import en
from kinerja.words import id as indonesian

SECTIONS = {
    "schema": "1",
    "id": "contoh",
    "version": "1.0.0",
    "title": "contoh",
    "in_force": "{from: 2024-01-01}",
    "bases": "{kami: {title: aturan kami, status: own}}",
    "inputs": "{a: {type: number, title: a}, b: {type: number, title: b}}",
    "steps": "{hasil: {rule: formula, title: hasil, is: a + b}}",
    "publish": "[hasil]",
}
#: Where the issue of a case is expected.
MARK = "«"


def policy(text=""):
    """Complete a policy from some of its sections, written as they stand in a file."""
    given = {line.lstrip(MARK).partition(":")[0] for line in text.splitlines() if line[:1] != " "}
    rest = [f"{key}: {value}\n" for key, value in SECTIONS.items() if key not in given]
    return "".join(rest) + text.lstrip("\n")


def issues_of(text, **more):
    """Give every issue of a policy that must be refused."""
    with pytest.raises(PolicyError) as error:
        parse_policy(text, file="kebijakan.yaml", **more)
    for issue in error.value.issues:
        assert unfilled(issue) == set(), issue
        assert issue.file == "kebijakan.yaml"
    return error.value.issues


def marked(text):
    """Take the marks out of a text; give it with line and column of each."""
    places = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        while MARK in lines[number]:
            column = lines[number].index(MARK)
            lines[number] = lines[number].replace(MARK, "", 1)
            places.append((number + 1, column + 1))
        del line
    return "\n".join(lines), places


def unfilled(issue):
    """Give the blanks of an issue's words that its details do not fill."""
    words = (f"{issue.code}.{part}" for part in ("message", "way_out"))
    texts = (catalogue.WORDS[key] for key in words for catalogue in (indonesian, en))
    blanks = {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}
    return blanks - set(issue.details)
