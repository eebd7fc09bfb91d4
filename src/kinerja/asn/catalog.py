"""The catalogue of shipped policies, and the way from a name or path to a scorer.

What lives here: listing, finding and loading policies. What never comes in: what a policy says.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from os import PathLike, fspath
from pathlib import Path
from typing import Final

from kinerja.errors import Issue, PolicyError, quoted, unknown_name
from kinerja.policy import Policy, Unnamed, Variant, read_policy
from kinerja.policy.extend import beside
from kinerja.policy.model import HeadModel
from kinerja.policy.shape import shape
from kinerja.policy.source import parse_yaml
from kinerja.scorer import Scorer
from kinerja.values import Period

__all__ = [
    "examples_paths",
    "find_base",
    "for_period",
    "ids",
    "load",
    "path_of",
    "policies",
    "read",
    "read_period",
]

#: A policy is `<id>.yaml`, its examples are `<id>.contoh.yaml` beside it.
EXAMPLES: Final = ".contoh.yaml"
#: Forms in which examples stand beside a policy.
EXAMPLES_SUFFIXES: Final = (".yaml", ".csv", ".xlsx")


def ids() -> tuple[str, ...]:
    """Give the ids of the shipped policies, sorted.

    Examples:
        >>> "skm-2017" in ids()
        True
    """
    folder = Path(str(files("kinerja.asn") / "policies"))
    return tuple(
        sorted(
            path.name.removesuffix(".yaml")
            for path in folder.glob("*.yaml")
            if not path.name.endswith(EXAMPLES)
        )
    )


def policies() -> Iterator[Policy]:
    """Read every shipped policy, in the order of `ids`; what must be named is assumed."""
    for name in ids():
        yield read(name, unnamed="assume")


def for_period(family: str, period: str) -> tuple[str, ...]:
    """Find the policies whose rules judge an assessment period.

    The period that is judged decides, never the day on which it is judged: July to December 2021 stays
    under PermenPANRB 8/2021 although that was revoked before those months were assessed (PermenPANRB
    6/2022 Pasal 39).

    Args:
        family: Family of rules, such as `skp`; `kinerja policies` lists them.
        period: `2021`, `2021-H2` (half-year), `2021-Q3` (quarter) or `2021-07` (month).

    Returns:
        Ids, sorted: one or more, where a family has rules for several kinds of posts.

    Raises:
        PolicyError: The family is unknown (KNJ150), the text is no period (KNJ151), or no rule of the
            family covers the whole period (KNJ152).

    Examples:
        >>> "kuadran-6-2022" in for_period("skp", "2023-Q1")
        True
    """
    heads = {name: _head(name) for name in ids()}
    families = sorted({head.family for head in heads.values() if head.family is not None})
    if family not in families:
        raise PolicyError([unknown_name("KNJ150", "", family, families)])
    span = read_period(period)
    members = {name: head.in_force for name, head in heads.items() if head.family == family}
    found = tuple(name for name, in_force in members.items() if in_force.covers(span))
    if found:
        return found
    spans = sorted((span.from_, span.until, name) for name, span in members.items())
    known = "; ".join(f"{name}: {first} … {last or ''}".rstrip() for first, last, name in spans)
    details = {"found": quoted(period), "family": quoted(family), "expected": known}
    raise PolicyError([Issue(code="KNJ152", details=details)])


def read_period(text: str) -> Period:
    """Read a period as it is written.

    Raises:
        PolicyError: The text is no period (KNJ151).
    """
    try:
        return Period.parse(text)
    except (TypeError, ValueError):
        details = {"found": quoted(text)}
        raise PolicyError([Issue(code="KNJ151", details=details)]) from None


def _head(name: str) -> HeadModel:
    """Read what stands above the bases of a shipped policy, which is quick."""
    text = path_of(name).read_text(encoding="utf-8").partition("\nbases:")[0]
    head = shape(HeadModel, parse_yaml(text, file=name).tree, ())
    if isinstance(head, list):
        raise PolicyError(head)
    return head


def path_of(policy: str | PathLike[str]) -> Path:
    """Find the file of a policy.

    Args:
        policy: Path of a policy file, or id of a shipped policy. A file that exists wins over an id.

    Raises:
        PolicyError: There is neither such a file nor such an id (KNJ101, KNJ100).
    """
    text = fspath(policy)
    path = Path(text)
    looks_like_path = not isinstance(policy, str) or path.suffix in (".yaml", ".yml")
    if looks_like_path or _is_file(path):
        return path
    if text in ids():
        return Path(str(files("kinerja.asn") / "policies" / f"{text}.yaml"))
    raise PolicyError([unknown_name("KNJ100", "", text, ids())])


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no name of a file: too long, say, as the text of a policy is
        return False


def examples_paths(policy: str | PathLike[str]) -> tuple[Path, ...]:
    """Find the examples beside a policy: `<name>.contoh`, or else `contoh` in its folder.

    Args:
        policy: Path or id.

    Returns:
        The files of that name that are there, of `.yaml`, `.csv` and `.xlsx`, in this order.

    Raises:
        PolicyError: There is no such policy (KNJ101, KNJ100).
    """
    path = path_of(policy)
    for name in (f"{path.stem}.contoh", "contoh"):
        candidates = [path.parent / f"{name}{suffix}" for suffix in EXAMPLES_SUFFIXES]
        found = tuple(c for c in candidates if c != path and _is_file(c))
        if found:
            return found
    return ()


def read(
    policy: str | PathLike[str],
    *,
    variant: Variant | None = None,
    unnamed: Unnamed = "refuse",
) -> Policy:
    """Read a policy file, or a shipped policy by its id.

    Args:
        policy: Path or id.
        variant: Option or figure for each choice that is not to take its default.
        unnamed: What becomes of a choice without default that is not named: `"assume"` puts something in
            its place, for looking at a policy that is not used to score.

    Raises:
        PolicyError: There is no such policy, or it is wrong; every issue at once.
    """
    return read_policy(path_of(policy), variant=variant, unnamed=unnamed, find=find_base)


def find_base(name: str, file: str | None) -> Path:
    """Find a policy that another extends: a shipped one by its id, or a file beside the other.

    Raises:
        PolicyError: There is no such policy (KNJ160).
    """
    if name in ids():
        return path_of(name)
    if not name.endswith((".yaml", ".yml")):
        raise PolicyError([unknown_name("KNJ160", "extends", name, ids())])
    return beside(name, file)


def load(policy: str | PathLike[str], *, variant: Variant | None = None) -> Scorer:
    """Load a policy and make its scorer.

    Args:
        policy: Path of a policy file, or id of a shipped policy.
        variant: Option or figure for each choice that is not to take its default; `kinerja show` lists
            them. A choice without default must be named.

    Raises:
        PolicyError: There is no such policy, or it is wrong; every issue at once.

    Examples:
        >>> scorer = load("kuadran-6-2022")
        >>> ratings = {"hasil_kerja": "sesuai_ekspektasi", "perilaku_kerja": "di_atas_ekspektasi"}
        >>> scorer.score(ratings)["predikat"]
        'baik'
    """
    return Scorer(read(policy, variant=variant).program)
