"""A policy that extends another: an agency's own figures over a rule that it takes as it is.

What lives here: finding the base, checking its version, laying the own file over it, and keeping what is
inherited apart from what is own. What never comes in: what the keys mean; the merged file is read like any
other.

Mappings are merged key by key; every other value replaces the base's, and `null` takes the base's key
out. A step that names another rule kind replaces the base's step. The head of the file (id, version, title,
in_force, note) is always its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast

from kinerja.errors import Issue, PolicyError, nearest, quoted, sort_issues, unknown_name
from kinerja.policy.fields import VERSION_PATTERN
from kinerja.policy.source import Place, Source, Tree, read_yaml

__all__ = ["Base", "Find", "Origin", "beside", "extended"]

#: Finds the file of a base by what `extends` says and the file that says it.
Find: TypeAlias = Callable[[str, str | None], Path]
#: Where a part of a policy comes from: the file itself, the base, or the base changed by the file.
Origin: TypeAlias = Literal["own", "inherited", "changed"]

#: What never comes from the base.
_OWN: Final = ("schema", "id", "version", "title", "in_force", "note", "extends", "base_version")
#: Sections whose named parts are told apart as inherited, changed or own.
_NAMED: Final = ("bases", "scales", "inputs", "choices", "steps", "reasons")
#: Keys of a step that change no value.
_TOLD: Final = ("title", "basis", "note", "unit")
#: What a part that is new must say, by section; any of the keys.
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "bases": ("title",),
    "scales": ("labels", "ordered"),
    "inputs": ("type",),
    "choices": ("options", "figure"),
    "steps": ("rule",),
}
#: Longest chain of policies that extend each other.
MAX_CHAIN: Final = 5

_COMPARED: Final = re.compile(r"(>=|<=|>|<)\s*([0-9]+\.[0-9]+\.[0-9]+)")
_EXACT: Final = re.compile(VERSION_PATTERN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The policy that another extends.

    Attributes:
        id: Its id.
        version: Its version.
        accepted: The versions that the file accepts, as it writes them.
        origins: Where each named part comes from, by section and name.
        changes: Keys that the file changes in a part of the base, by section and name: `weights.skp`.
        removed: Paths that the file takes out of the base.
        source: The base's file, laid over its own base.
        base: The policy that the base extends itself, or `None`.
    """

    id: str
    version: str
    accepted: str
    origins: Mapping[tuple[str, str], Origin]
    changes: Mapping[tuple[str, str], tuple[str, ...]]
    removed: tuple[str, ...]
    source: Source
    base: Base | None = None

    @property
    def chain(self) -> tuple[str, ...]:
        """The base and what it extends in turn, nearest first: `permenpanrb-6-2022 1.0.0`."""
        return (f"{self.id} {self.version}", *(() if self.base is None else self.base.chain))


def beside(name: str, file: str | None) -> Path:
    """Find a base that is named by its file: relative to the policy that extends it.

    Raises:
        PolicyError: The name is no file name (KNJ160).
    """
    if not name.endswith((".yaml", ".yml")):
        raise PolicyError([unknown_name("KNJ160", "extends", name, ())])
    return (Path() if file is None else Path(file).parent) / name


def extended(
    source: Source, find: Find, *, above: tuple[str, ...] = ()
) -> tuple[Source, Base | None]:
    """Lay a policy over the policy that it extends, if it extends one.

    Args:
        source: The file.
        find: Finds the file of a base.
        above: Files that extend this one, to find circles.

    Returns:
        The merged file, with the places of both, and its base; or the file unchanged and `None`.

    Raises:
        PolicyError: The base is not there (KNJ160), its version is not stated, not written rightly or not
            accepted (KNJ161, KNJ162, KNJ163), policies extend each other in a circle or in too long a
            chain (KNJ164), the base cannot be read, or the file changes what an inherited option decides
            (KNJ166), is empty where it would take out (KNJ167), has the id of its base (KNJ168), or
            changes or takes out what the base does not have (KNJ169, KNJ170).
    """
    tree = source.tree
    if not isinstance(tree, dict) or not {"extends", "base_version"} & tree.keys():
        return source, None
    own_name = () if source.file is None else (source.file,)
    try:
        path, accepted = _named(tree, source.file, find)
        here = str(path)
        _refuse_circle((*above, *own_name), here)
    except PolicyError as error:
        raise PolicyError([source.locate(issue) for issue in error.issues]) from None
    try:
        below, its_base = extended(read_yaml(path), find, above=(*above, *own_name))
    except PolicyError as error:
        if any(issue.code != "KNJ101" for issue in error.issues):
            raise
        issue = Issue(code="KNJ171", path="extends", details={"found": quoted(tree["extends"])})
        raise PolicyError([source.locate(issue)]) from None
    base_tree = below.tree if isinstance(below.tree, dict) else {}
    version = base_tree.get("version")
    if not isinstance(version, str) or not _accepts(accepted, version):
        details = {"found": quoted(version), "expected": accepted, "base": quoted(tree["extends"])}
        issue = Issue(code="KNJ163", path="base_version", details=details)
        raise PolicyError([source.locate(issue)])
    merged = {
        **{key: part for key, part in base_tree.items() if key not in _OWN and key not in tree},
        **{k: part if k in _OWN else _merged(base_tree.get(k), part) for k, part in tree.items()},
    }
    whole: dict[str, Tree] = {
        k: part for k, part in merged.items() if part is not None or k not in base_tree
    }
    origins, changes = _told_apart(base_tree, tree)
    if issues := list(_misfits(base_tree, source, whole, changes)):
        raise PolicyError(sort_issues(source.locate_own(issue) for issue in issues))
    base = Base(
        id=str(base_tree.get("id")),
        version=version,
        accepted=accepted,
        origins=origins,
        changes=changes,
        removed=tuple(_removed(base_tree, tree)),
        source=below,
        base=its_base,
    )
    return _with_places(whole, source, below), base


def _named(tree: Mapping[str, Tree], file: str | None, find: Find) -> tuple[Path, str]:
    """Give the file of the base and the versions that are accepted, both as they should be written."""
    name, accepted = tree.get("extends"), tree.get("base_version")
    if name is None:
        raise PolicyError([Issue(code="KNJ165", path="base_version")])
    if not isinstance(name, str):
        details = {"found": quoted(name), "expected": "“…”"}
        raise PolicyError([Issue(code="KNJ134", path="extends", details=details)])
    path = find(name, file)
    if accepted is None:
        details = {"found": quoted(name), "expected": _version_of(path)}
        raise PolicyError([Issue(code="KNJ161", path="extends", details=details)])
    if not isinstance(accepted, str) or _range(accepted) is None:
        details = {"found": quoted(accepted)}
        raise PolicyError([Issue(code="KNJ162", path="base_version", details=details)])
    return path, accepted


def _refuse_circle(above: tuple[str, ...], here: str) -> None:
    if here in above or len(above) > MAX_CHAIN:
        details = {"found": " → ".join(Path(file).stem for file in (*above, here))}
        raise PolicyError([Issue(code="KNJ164", path="extends", details=details)])


def _version_of(path: Path) -> str:
    tree = read_yaml(path).tree
    return str(tree.get("version")) if isinstance(tree, dict) else "…"


# Versions.


def _range(text: str) -> list[tuple[str, tuple[int, ...]]] | None:
    if _EXACT.match(text.strip()):
        return [("==", _numbers(text.strip()))]
    found = [_COMPARED.fullmatch(part.strip()) for part in text.split(",")]
    return [(m[1], _numbers(m[2])) for m in found if m] if all(found) else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _accepts(accepted: str, version: str) -> bool:
    if not _EXACT.match(version):
        return False
    found = _numbers(version)
    compare = {
        "==": found.__eq__,
        ">=": found.__ge__,
        "<=": found.__le__,
        ">": found.__gt__,
        "<": found.__lt__,
    }
    return all(compare[sign](wanted) for sign, wanted in _range(accepted) or ())


# Merging.


def _merged(base: Tree, own: Tree) -> Tree:
    if not isinstance(base, dict) or not isinstance(own, dict):
        return own
    if "rule" in own and own["rule"] != base.get("rule"):
        return own
    found = dict(base)
    for key, part in own.items():
        if part is None and key in base:
            del found[key]
        else:
            found[key] = _merged(base.get(key), part)
    return found


def _told_apart(
    base: Mapping[str, Tree], own: Mapping[str, Tree]
) -> tuple[dict[tuple[str, str], Origin], dict[tuple[str, str], tuple[str, ...]]]:
    origins: dict[tuple[str, str], Origin] = {}
    changes: dict[tuple[str, str], tuple[str, ...]] = {}
    for section in _NAMED:
        inherited, written = base.get(section), own.get(section)
        inherited = inherited if isinstance(inherited, dict) else {}
        written = written if isinstance(written, dict) else {}
        for name in (*inherited, *(name for name in written if name not in inherited)):
            keys = tuple(_differences(inherited.get(name), written.get(name)))
            if name not in inherited:
                origins[section, name] = "own"
            elif name in written and keys:
                origins[section, name] = "changed"
                changes[section, name] = keys
            else:
                origins[section, name] = "inherited"
    return origins, changes


def _differences(base: Tree, own: Tree, path: str = "") -> Iterator[str]:
    """Give the keys that the own file changes, where the change begins."""
    if isinstance(base, dict) and isinstance(own, dict):
        if "rule" in own and own["rule"] != base.get("rule"):
            yield "rule"
            return
        for key, part in own.items():
            yield from _differences(base.get(key), part, f"{path}.{key}".lstrip("."))
    elif own != base:
        yield path


def _removed(base: Tree, own: Tree, path: str = "") -> Iterator[str]:
    if isinstance(base, dict) and isinstance(own, dict):
        for key, part in own.items():
            if key in base and not (path == "" and key in _OWN):
                yield from _removed(base[key], part, f"{path}.{key}".lstrip("."))
    elif own is None and base is not None:
        yield path


# What does not fit the base.


def _misfits(
    base: Mapping[str, Tree],
    source: Source,
    merged: Mapping[str, Tree],
    changes: Mapping[tuple[str, str], tuple[str, ...]],
) -> Iterator[Issue]:
    own = source.tree if isinstance(source.tree, dict) else {}
    if own.get("id") == base.get("id"):
        yield Issue(code="KNJ168", path="id", details={"found": quoted(own.get("id"))})
    for path in sorted(source.blank, key=str):
        if path[0] not in _OWN and _at(base, path) is not None:
            yield Issue(code="KNJ167", path=".".join(map(str, path)))
    for section, needed in _NEEDED.items():
        yield from _strangers(section, needed, _section(base, section), _section(own, section))
    yield from _overruled(own, merged, changes)


def _section(tree: Mapping[str, Tree], name: str) -> Mapping[str, Tree]:
    found = tree.get(name)
    return found if isinstance(found, dict) else {}


def _at(tree: object, path: tuple[str | int, ...]) -> Tree:
    for part in path:
        tree = tree.get(str(part)) if isinstance(tree, dict) else None
    return cast("Tree", tree)


def _strangers(
    section: str, needed: tuple[str, ...], base: Mapping[str, Tree], own: Mapping[str, Tree]
) -> Iterator[Issue]:
    """Find parts that change what the base does not have: a new part says everything itself."""
    for name, part in own.items():
        if name in base or not (part is None or isinstance(part, dict)):
            continue
        if part is not None and any(key in part for key in needed):
            continue
        near = nearest(name, base)
        if part is not None and near is None:
            continue  # a new part that lacks something; its own check says what
        details = {
            "found": quoted(name),
            "expected": needed[0],
            "nearest": ", ".join(base) if near is None else quoted(near),
        }
        code = "KNJ170" if part is None else "KNJ169"
        yield Issue(code=code, path=f"{section}.{name}", details=details)


def _overruled(
    own: Mapping[str, Tree],
    merged: Mapping[str, Tree],
    changes: Mapping[tuple[str, str], tuple[str, ...]],
) -> Iterator[Issue]:
    """Find what the file changes and inherited options would change back."""
    for choice, part in _section(merged, "choices").items():
        options = _section(part, "options") if isinstance(part, dict) else {}
        found: dict[str, list[str]] = {}
        for option, taken in options.items():
            steps = _section(taken, "steps") if isinstance(taken, dict) else {}
            for step, change in steps.items():
                if _at(own, ("choices", choice, "options", option, "steps", step)) is not None:
                    continue
                decided = list(_leaves(change))
                for key in changes.get(("steps", step), ()):
                    told = key.partition(".")[0] in _TOLD
                    if not key or (not told and any(_overlap(key, o) for o in decided)):
                        found.setdefault(f"steps.{step}.{key}".rstrip("."), []).append(option)
        for path, names in found.items():
            details = {"found": quoted(path), "choice": choice, "option": ", ".join(names)}
            yield Issue(code="KNJ166", path=path, details=details)


def _leaves(tree: Tree, path: str = "") -> Iterator[str]:
    if isinstance(tree, dict) and tree:
        for key, part in tree.items():
            yield from _leaves(part, f"{path}.{key}".lstrip("."))
    else:
        yield path


def _overlap(one: str, other: str) -> bool:
    first, second = one.split("."), other.split(".")
    shorter = min(len(first), len(second))
    return "rule" in (one, other) or first[:shorter] == second[:shorter]


def _with_places(tree: Tree, own: Source, base: Source) -> Source:
    def joined(
        mine: Mapping[tuple[str | int, ...], Place], others: Mapping[tuple[str | int, ...], Place]
    ) -> dict[tuple[str | int, ...], Place]:
        return {
            **{path: place for path, place in others.items() if path and path[0] not in _OWN},
            **mine,
        }

    files = {
        path: base.file_of(path)
        for path in (*base.keys, *base.values)
        if path and path[0] not in _OWN and path not in own.keys and path not in own.values
    }
    return Source(
        tree=tree,
        file=own.file,
        keys=joined(own.keys, base.keys),
        values=joined(own.values, base.values),
        files=files,
    )
