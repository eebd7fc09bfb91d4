"""What is wrong in a table is told once for each column, with the first rows and how many there are."""

from __future__ import annotations

from itertools import permutations
from threading import Thread

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.columns.cells import Refusal
from kinerja.columns.findings import Findings, reasons_of
from kinerja.errors import Issue


def issue(code="KNJ402", path="x", **details):
    return Issue(code=code, path=path, details=details)


def rows(*places):
    return np.array(places, np.intp)


def told(findings):
    return [(i.code, i.path, i.cell) for i in findings.issues()]


class TestRows:
    @pytest.mark.parametrize(
        ("places", "cell"),
        [
            ((4,), "#4"),
            ((4, 7), "#4, #7"),
            ((4, 7, 9), "#4, #7, #9"),
            ((4, 7, 9, 11), "#4, #7, #9, … (4)"),
            ((4, 4, 4, 4, 4, 4, 4, 7), "#4, #7, … (8)"),
            ((0, 0), "#0, … (2)"),
        ],
    )
    def test_the_first_rows_and_how_many_cells(self, places, cell):
        findings = Findings()
        findings.add(issue(), rows(*places))
        assert told(findings) == [("KNJ402", "x", cell)]

    def test_rows_are_counted_from_the_beginning_of_the_table(self):
        findings = Findings()
        findings.add(issue(), rows(1, 2), 100)
        findings.add(issue(), rows(0), 50)
        assert told(findings) == [("KNJ402", "x", "#50, #101, #102")]

    def test_no_rows_are_no_finding(self):
        findings = Findings()
        findings.add(issue(), rows())
        assert findings.issues() == ()

    @given(
        st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=9), min_size=1, max_size=5),
        st.randoms(),
    )
    def test_the_order_in_which_parts_come_changes_nothing(self, parts, random):
        parts = [sorted(part) for part in parts]
        found = []
        for _ in range(2):
            findings = Findings()
            for part in parts:
                findings.add(issue(), rows(*part))
            found.append(told(findings))
            random.shuffle(parts)
        assert found[0] == found[1]
        every = sorted({row for part in parts for row in part})[:3]
        count = sum(map(len, parts))
        more = f", … ({count})" if count > len(every) else ""
        assert found[0] == [("KNJ402", "x", ", ".join(f"#{row}" for row in every) + more)]


class TestIssues:
    def test_each_code_and_column_is_told_apart(self):
        findings = Findings()
        findings.add(issue("KNJ402", "x"), rows(5))
        findings.add(issue("KNJ403", "x"), rows(2))
        findings.add(issue("KNJ402", "y"), rows(2))
        findings.add(issue("KNJ402", "x"), rows(6))
        assert told(findings) == [
            ("KNJ403", "x", "#2"),
            ("KNJ402", "y", "#2"),
            ("KNJ402", "x", "#5, #6"),
        ]

    def test_what_the_table_as_a_whole_lacks_comes_first(self):
        findings = Findings()
        findings.add(issue(), rows(0))
        general = Issue(code="KNJ553", path="y", severity="warning")
        findings.say(general)
        assert findings.issues()[0] == general
        assert findings.issues()[1].severity == "error"

    def test_the_issue_is_that_of_the_first_row(self):
        """Whatever order the parts of a table come in."""
        parts = [
            (issue(found="a"), rows(3)),
            (issue(found="b"), rows(0)),
            (issue(found="c"), rows(9)),
        ]
        for order in permutations(parts):
            findings = Findings()
            for one, places in order:
                findings.add(one, places)
            assert findings.issues()[0].details == {"found": "b"}

    def test_two_codes_of_one_cell_are_told_in_one_order(self):
        parts = [issue("KNJ403"), issue("KNJ402"), issue("KNJ401")]
        found = set()
        for order in permutations(parts):
            findings = Findings()
            for one in order:
                findings.add(one, rows(0))
            found.add(tuple(told(findings)))
        assert len(found) == 1

    def test_issues_of_a_record_stand_in_the_column_of_their_path(self):
        findings = Findings()
        paths = ["x", "r[3].n", "r[0].n", "r[12]", "r"]
        findings.add_record([issue(path=path) for path in paths], 7)
        findings.add_record([issue(path="r[1].n")], 2)
        assert sorted(told(findings)) == [
            ("KNJ402", "r", "#7, … (2)"),
            ("KNJ402", "r.n", "#2, #7, … (3)"),
            ("KNJ402", "x", "#7"),
        ]

    def test_several_threads_may_add(self):
        findings = Findings()

        def work(start):
            for row in range(start, start + 500):
                findings.add(issue(), rows(0), row)

        threads = [Thread(target=work, args=(500 * number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert told(findings) == [("KNJ402", "x", "#0, #1, #2, … (2000)")]


def test_reasons_name_code_and_path_of_every_cell_of_a_row():
    refusals = [
        Refusal(rows(0, 2), "x", issue("KNJ402")),
        Refusal(rows(2, 2, 3), "r.n", issue("KNJ401"), rows(0, 4, 1)),
        Refusal(rows(3), "r", issue("KNJ409"), rows(1)),
    ]
    assert reasons_of(refusals) == {
        0: ["KNJ402: x"],
        2: ["KNJ402: x", "KNJ401: r[0].n", "KNJ401: r[4].n"],
        3: ["KNJ401: r[1].n", "KNJ409: r[1]"],
    }
