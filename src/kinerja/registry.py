"""Which rule kind a name means.

What lives here: the immutable registry, and the rule kinds of installed plug-ins that a policy asks for
by name. What never comes in: a process-wide registry; nothing is found by guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Final

from kinerja.errors import Issue, PolicyError, quoted
from kinerja.formula.rule import Rule
from kinerja.rules import BUILT_IN

__all__ = ["GROUP", "RegisteredRule", "Registry", "built_in"]

#: Entry-point group in which an installed package offers rule kinds: the name of the entry point is the
#: name of the plug-in, its value a tuple of rule kinds.
GROUP: Final = "kinerja.rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredRule:
    """A rule kind and where it comes from.

    Attributes:
        rule: The class.
        plugin: `name (package version)` for a plug-in, or `None` for a built-in kind.
    """

    rule: type[Rule]
    plugin: str | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """An immutable table of rule kinds."""

    rules: Mapping[str, RegisteredRule] = field(default_factory=dict)

    def with_rules(self, rules: Iterable[type[Rule]], *, plugin: str | None = None) -> Registry:
        """Give a registry with more rule kinds.

        Raises:
            PolicyError: A name is taken already, or something is not a rule kind (KNJ121, KNJ122).
        """
        table = dict(self.rules)
        issues = []
        for rule in rules:
            kind = _kind(rule)
            if kind is None:
                name = getattr(rule, "__name__", rule)
                details = {"found": quoted(name), "plugin": plugin or "kinerja"}
                issues.append(Issue(code="KNJ122", path="plugins", details=details))
            elif kind in table:
                first = table[kind].plugin or "kinerja"
                details = {"found": quoted(kind), "first": first, "plugin": plugin or "kinerja"}
                issues.append(Issue(code="KNJ121", path="plugins", details=details))
            else:
                table[kind] = RegisteredRule(rule=rule, plugin=plugin)
        if issues:
            raise PolicyError(issues)
        return Registry(MappingProxyType(table))

    def with_plugins(self, names: Iterable[str]) -> Registry:
        """Give a registry with the rule kinds of installed plug-ins.

        Args:
            names: Names of plug-ins, as their packages declare them.

        Raises:
            PolicyError: A plug-in is not installed or cannot be loaded, is named twice or offered by two
                packages, or a rule kind clashes (KNJ120 to KNJ123, KNJ135, KNJ136).
        """
        registry = self
        issues: list[Issue] = []
        installed: dict[str, list[EntryPoint]] = {}
        for point in entry_points(group=GROUP):
            installed.setdefault(point.name, []).append(point)
        seen: set[str] = set()
        for place, name in enumerate(names):
            path = f"plugins[{place}]"
            points = installed.get(name, [])
            if name in seen:
                issues.append(Issue(code="KNJ136", path=path, details={"found": quoted(name)}))
            elif not points:
                shown = ", ".join(sorted(installed)) or "–"
                details = {"found": quoted(name), "expected": shown}
                issues.append(Issue(code="KNJ120", path=path, details=details))
            elif len(points) > 1:
                labels = sorted(_label(point) for point in points)
                details = {"found": quoted(name), "expected": ", ".join(labels)}
                issues.append(Issue(code="KNJ135", path=path, details=details))
            else:
                registry = registry._with_plugin(points[0], path, issues)
            seen.add(name)
        if issues:
            raise PolicyError(issues)
        return registry

    def _with_plugin(self, point: EntryPoint, path: str, issues: list[Issue]) -> Registry:
        try:
            return self.with_rules(tuple(point.load()), plugin=_label(point))
        except PolicyError as error:
            issues.extend(issue.at(path=path) for issue in error.issues)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a foreign package raises on import
            details = {
                "found": quoted(point.name),
                "error": quoted(f"{type(error).__name__}: {error}"),
            }
            issues.append(Issue(code="KNJ123", path=path, details=details))
        return self


def _kind(rule: object) -> str | None:
    """Give the name of a rule kind; `None` for what is no rule kind."""
    kind = getattr(rule, "kind", None)
    sound = (
        isinstance(rule, type) and is_dataclass(rule) and callable(getattr(rule, "formula", None))
    )
    return kind if sound and isinstance(kind, str) and kind else None


def _label(point: EntryPoint) -> str:
    package = point.dist
    return f"{point.name} ({package.name} {package.version})" if package else point.name


def built_in() -> Registry:
    """Give the registry of the rule kinds that every policy may use."""
    return Registry().with_rules(BUILT_IN)
