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
from typing import Final, Literal, TypeAlias

from kinerja.errors import Issue, PolicyError, quoted, unknown_name
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
        base: The policy that the base extends itself, or `None`.
    """

    id: str
    version: str
    accepted: str
    origins: Mapping[tuple[str, str], Origin]
    changes: Mapping[tuple[str, str], tuple[str, ...]]
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
            chain (KNJ164), or the base cannot be read.
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
    below, its_base = extended(read_yaml(path), find, above=(*above, *own_name))
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
    whole: Tree = {k: part for k, part in merged.items() if part is not None or k not in base_tree}
    origins, changes = _told_apart(base_tree, tree)
    base = Base(
        id=str(base_tree.get("id")),
        version=version,
        accepted=accepted,
        origins=origins,
        changes=changes,
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
