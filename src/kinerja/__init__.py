"""Exact, explainable performance scoring from written policies.

`load` reads a policy, `Scorer.score` judges one record, and the `Result` carries the values, their
status and a complete explanation. Names are loaded on first use, so that importing the package loads
neither numpy nor pydantic nor the YAML reader.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kinerja.asn import catalog, load
    from kinerja.columns.table import InputWarning, TableResult
    from kinerja.errors import InputError, Issue, KinerjaError, PolicyError
    from kinerja.exact import exact
    from kinerja.result import Explanation, Result, WhatIf
    from kinerja.scorer import Scorer

__version__ = "0.1.0"

__all__ = [
    "Explanation",
    "InputError",
    "InputWarning",
    "Issue",
    "KinerjaError",
    "PolicyError",
    "Result",
    "Scorer",
    "TableResult",
    "WhatIf",
    "__version__",
    "catalog",
    "exact",
    "load",
]

_HOMES: Final = {
    "Explanation": "kinerja.result",
    "InputError": "kinerja.errors",
    "InputWarning": "kinerja.columns.table",
    "Issue": "kinerja.errors",
    "KinerjaError": "kinerja.errors",
    "PolicyError": "kinerja.errors",
    "Result": "kinerja.result",
    "Scorer": "kinerja.scorer",
    "TableResult": "kinerja.columns.table",
    "WhatIf": "kinerja.result",
    "catalog": "kinerja.asn",
    "exact": "kinerja.exact",
    "load": "kinerja.asn",
}


class _Package(ModuleType):
    """The package, whose public names stay what they are whichever of its modules is loaded.

    Loading the module `kinerja.exact` would put it in the place of the function `kinerja.exact`.
    """

    def __setattr__(self, name: str, value: object) -> None:
        """Set a name, unless a module of the package would hide a public name."""
        hides = isinstance(value, ModuleType) and value.__name__ == f"{__name__}.{name}"
        if not (hides and name in _HOMES):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    """Load a public name from its home on first use."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return __all__
