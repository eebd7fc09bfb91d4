"""The Indonesian pack: the shipped policies and how they are found.

What lives here: the catalogue and `policies/*.yaml`, the only place with names of Indonesian rules. What
never comes in: rule kinds and arithmetic.
"""

from kinerja.asn import catalog
from kinerja.asn.catalog import load

__all__ = ["catalog", "load"]
