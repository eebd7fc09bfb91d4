"""Reading a record: from what the caller has to exact values, or every issue at once.

What lives here: the conversion and the limits of each input type. What never comes in: files, and any
repair of a value; text that is not a number is refused, not guessed.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Final, SupportsIndex, cast

from kinerja.errors import Issue, nearest, quoted
from kinerja.exact import ExactInput, NotANumberError, decimal_digits, exact, plain_decimal
from kinerja.formula.evaluate import Item, Value
from kinerja.formula.types import (
    DateType,
    FlagType,
    ItemType,
    LabelType,
    ListType,
    NumberType,
    TextType,
)
from kinerja.scorer.program import Input
from kinerja.values import Interval, Missing

__all__ = ["Reading", "plain_value", "read_record", "read_value"]

#: Longest text value that a record may carry.
MAX_TEXT: Final = 10_000
#: Undeclared keys that are looked at when a declared one is missing.
MAX_STRANGERS: Final = 200

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Reading = dict[str, "Value | Sequence[Item]"]


def read_record(
    record: Mapping[str, object], inputs: Iterable[Input]
) -> tuple[Reading, list[Issue], list[Issue]]:
    """Read every declared input of a record.

    Args:
        record: Input name to value. A key the policy does not declare is passed over; when it looks
            like a misspelt name of an input that is missing, a warning says so.
        inputs: The declared inputs.

    Returns:
        The values, the issues (empty when the record may be scored), and the warnings.
    """
    values: Reading = {}
    issues: list[Issue] = []
    warnings: list[Issue] = []
    declared = list(inputs)
    names = {"id", *(i.name for i in declared)}
    strange = (key for key in record if isinstance(key, str) and key not in names)
    strangers = list(islice(strange, MAX_STRANGERS))
    for declaration in declared:
        name, kind = declaration.name, declaration.type
        raw = record.get(name)
        if isinstance(kind, ListType):
            values[name] = _read_list(raw, kind, name, issues)
        else:
            values[name] = read_value(raw, kind, name, issues)
        if isinstance(values[name], Missing) and declaration.required:
            near = nearest(name, strangers)
            if near is not None:
                details = {"found": quoted(near), "expected": quoted(name)}
                warnings.append(
                    Issue(code="KNJ430", path=near, details=details, severity="warning")
                )
    return values, issues, warnings


def _read_list(
    raw: object, kind: ListType, name: str, issues: list[Issue]
) -> Value | Sequence[Item]:
    to_list = getattr(raw, "tolist", None)
    if to_list is not None:
        raw = to_list()
    if raw is None or _is_nan(raw):
        return Missing.because("input_missing", name)
    if isinstance(raw, (str, bytes, Mapping)) or not isinstance(raw, Iterable):
        issues.append(Issue(code="KNJ407", path=name, details={"found": quoted(raw)}))
        return Missing.because("input_missing", name)
    items: list[Item] = []
    seen: dict[tuple[object, ...], int] = {}
    for place, entry in enumerate(raw):
        path = f"{name}[{place}]"
        if not isinstance(entry, Mapping):
            issues.append(Issue(code="KNJ408", path=path, details={"found": quoted(entry)}))
            continue
        item = {
            field: read_value(entry.get(field), field_kind, f"{path}.{field}", issues)
            for field, field_kind in kind.fields.items()
        }
        items.append(item)
        if kind.key:
            _check_key(kind.key, item, path, seen, place, issues)
    return items


def _check_key(  # noqa: PLR0913, PLR0917 - all of one place
    key: tuple[str, ...],
    item: Item,
    path: str,
    seen: dict[tuple[object, ...], int],
    place: int,
    issues: list[Issue],
) -> None:
    identity = tuple(item[field] for field in key)
    if any(isinstance(part, Missing) for part in identity):
        return
    if identity in seen:
        shown = ", ".join(f"{field} {quoted(str(item[field]))}" for field in key)
        details = {"found": shown, "first": str(seen[identity] + 1)}
        issues.append(Issue(code="KNJ409", path=path, details=details))
    else:
        seen[identity] = place


def read_value(  # noqa: PLR0911 - one line a type
    raw: object, kind: ItemType, path: str, issues: list[Issue]
) -> Value:
    """Read one value; what refuses it is added to `issues`.

    Args:
        raw: The value, as the caller has it.
        kind: Its declared type.
        path: Where it stands, for the issue and the reason.
        issues: The issue of a value that cannot be used is added here.

    Returns:
        The exact value, or missing: `input_missing`, or `input_refused` where there is an issue.
    """
    if raw is None or _is_nan(raw) or (isinstance(raw, str) and not raw.strip()):
        return Missing.because("input_missing", path)
    try:
        match kind:
            case NumberType():
                return _number(raw, kind)
            case LabelType():
                return _label(raw, kind)
            case FlagType():
                return _flag(raw)
            case DateType():
                return _date(raw)
            case TextType():
                return _text(raw)
    except _RefusedError as refused:
        issues.append(Issue(code=refused.code, path=path, details=refused.details))
        return Missing.because("input_refused", path)


class _RefusedError(Exception):
    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def _is_nan(raw: object) -> bool:
    # NaN, NaT and the like are not equal to themselves; pandas.NA refuses to be a truth value, a
    # signalling NaN to be compared.
    if isinstance(raw, Decimal):
        return raw.is_nan()
    try:
        return bool(raw != raw)  # noqa: PLR0124 - the definition of NaN
    except Exception:  # noqa: BLE001 - whatever a foreign value raises when it is compared
        return type(raw).__name__ == "NAType"


def _number(raw: object, kind: NumberType) -> Fraction:
    if not isinstance(raw, (str, int, float, Decimal, Fraction)) and hasattr(raw, "dtype"):
        raw = str(raw)  # a scalar of an array library, as printed
    try:
        # `60 %` may mean 60 or 0.6: in the data of a person nothing says which.
        if isinstance(raw, str) and "%" in raw:
            raise NotANumberError(raw)  # noqa: TRY301 - refused like any other text
        value = exact(cast("ExactInput", raw))
    except NotANumberError:
        raise _RefusedError("KNJ401", found=quoted(raw)) from None
    if value not in kind.limits:
        raise _RefusedError("KNJ402", found=_figure(value), expected=_limits(kind.limits))
    if kind.digits is not None:
        digits = decimal_digits(value)
        if digits is None or digits > kind.digits:
            raise _RefusedError("KNJ403", found=_figure(value), expected=str(kind.digits))
    return value


def _figure(value: Fraction) -> str:
    return str(value) if decimal_digits(value) is None else plain_decimal(value)


def _limits(limits: Interval) -> str:
    low = "" if limits.low is None else f"{'>' if limits.low_open else '≥'} {_figure(limits.low)}"
    high = (
        "" if limits.high is None else f"{'<' if limits.high_open else '≤'} {_figure(limits.high)}"
    )
    return ", ".join(part for part in (low, high) if part)


def _label(raw: object, kind: LabelType) -> str:
    label = kind.scale.find(raw.strip()) if isinstance(raw, str) else None
    if label is not None:
        return label
    known = kind.scale.ids
    titles = (label.title.id for label in kind.scale.labels)
    near = nearest(raw, [*known, *titles]) if isinstance(raw, str) else None
    suggestion = kind.scale.find(near) if near is not None else None
    shown = ", ".join(known[:9]) + (", …" if len(known) > 9 else "")  # noqa: PLR2004 - a line's worth
    if suggestion is None:
        raise _RefusedError("KNJ404", found=quoted(raw), expected=shown)
    raise _RefusedError("KNJ405", found=quoted(raw), expected=shown, nearest=quoted(suggestion))


def _flag(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if type(raw).__name__ in ("bool", "bool_") and hasattr(raw, "dtype"):
        return bool(raw)
    raise _RefusedError("KNJ406", found=quoted(raw))


def _date(raw: object) -> Fraction:
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return Fraction(raw.toordinal())
    text = raw.strip() if isinstance(raw, str) else ""
    if not text and hasattr(raw, "dtype"):
        text = str(raw).partition("T")[0]  # a scalar of an array library, as printed
    if _DAY.fullmatch(text):
        try:
            return Fraction(date.fromisoformat(text).toordinal())
        except ValueError:
            pass
    raise _RefusedError("KNJ410", found=quoted(raw))


def _text(raw: object) -> str:
    if isinstance(raw, str):
        if len(raw) <= MAX_TEXT:
            return raw.strip()
    elif not isinstance(raw, (bool, float)):
        try:
            return plain_decimal(exact(operator.index(cast("SupportsIndex", raw))))
        except (TypeError, NotANumberError):
            pass
    raise _RefusedError("KNJ411", found=quoted(raw))


def plain_value(value: Value, kind: ItemType) -> object:
    """Give a value as plain data: numbers as decimal text (or a ratio), dates as ISO text."""
    if isinstance(value, Missing):
        return None
    if isinstance(value, Fraction):
        if isinstance(kind, DateType):
            return date.fromordinal(int(value)).isoformat()
        return _figure(value)
    return value
