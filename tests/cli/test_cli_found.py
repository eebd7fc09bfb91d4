"""Issues keep their order, however many there are."""

import pytest

from kinerja.cli import found
from kinerja.cli.found import Found
from kinerja.errors import Issue


def issue(number):
    return Issue(
        code="KNJ404", path=f"a{number}", details={"found": str(number)}, cell=f"#{number}"
    )


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 17, 24])
def test_issues_that_went_to_a_file_come_back(monkeypatch, count):
    monkeypatch.setattr(found, "HELD", 4)
    issues = Found([issue(-1)])
    for number in range(count):
        issues.extend([issue(number)])
    issues.put_first(issue(-2))
    expected = [issue(number) for number in range(-2, count)]
    for _ in range(2):
        assert list(issues) == expected
    assert len(issues) == count + 2
    assert issues.first(3) == expected[:3]
    issues.extend([issue(count)])
    assert list(issues) == [*expected, issue(count)]
    issues.close()


def test_none_is_nothing():
    assert not Found()
