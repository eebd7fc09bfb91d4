"""No shipped policy has a finding that it does not explain."""

from __future__ import annotations

import pytest

from kinerja.asn import catalog
from kinerja.policy import read_policy
from kinerja.verify import analyse, cover, read_examples


@pytest.mark.parametrize("name", catalog.ids())
def test_every_finding_is_accepted_with_a_reason_and_found_again(name):
    policy = read_policy(catalog.path_of(name), unnamed="assume")
    examples = [
        example for path in catalog.examples_paths(name) for example in read_examples(path, policy)
    ]
    coverage = cover(policy, examples)
    assert not coverage.unreached
    analysis = analyse(policy, examples, coverage=coverage)
    assert [finding.issue.to_text("en") for finding in analysis.open] == []
    told = {(finding.issue.code, finding.issue.path.split(".")[1]) for finding in analysis.findings}
    accepted = {(code, name) for code, names in policy.model.accepted.items() for name in names}
    assert told == accepted
