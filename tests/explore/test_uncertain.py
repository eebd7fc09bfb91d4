"""On which weight it hangs how many people change."""

import numpy as np
import pytest
from test_single import TABLE, two

from kinerja.errors import InputError
from kinerja.explore import read_people, weight_sensitivity
from kinerja.explore.weightings import weightings_near


class TestSensitivity:
    def test_two_weights_that_share_one_sum_matter_alike(self):
        """Both are uncertain by as much and scaled to one sum; the label hangs on their ratio alone."""
        people = read_people(two(), TABLE)
        found = weight_sensitivity(people, by="20 %", power=9, seed=1)
        assert {one.name for one in found.of} == {"skp", "perilaku"}
        assert all(one.total > 0.1 for one in found.of)
        assert found.mean > 0

    def test_weights_that_change_nobody_are_told(self):
        people = read_people(two(), {"id": ["A"], "skp": [90], "perilaku": [90]})
        with pytest.raises(InputError, match="KNJ037"):
            weight_sensitivity(people, by="10 %")

    def test_the_step_must_be_above_zero(self):
        with pytest.raises(InputError, match="KNJ057"):
            weight_sensitivity(read_people(two(), TABLE), by=0)


def test_shares_become_whole_parts_that_sum():
    scheme = read_people(two(), TABLE).scheme
    near = weightings_near(scheme, np.array([[1.0, 2.0], [0.3, 0.3], [5.0, 0.0]]))
    assert near.parts.tolist() == [[333333, 666667], [500000, 500000], [999999, 1]]
