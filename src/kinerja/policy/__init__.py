"""The policy file: read, fitted, checked, and turned into a program.

What lives here: pydantic and the YAML reader, and nowhere else. What never comes in: data of people.
"""

from kinerja.policy.choices import Unnamed, Variant
from kinerja.policy.policy import Policy
from kinerja.policy.read import parse_policy, read_policy

__all__ = ["Policy", "Unnamed", "Variant", "parse_policy", "read_policy"]
