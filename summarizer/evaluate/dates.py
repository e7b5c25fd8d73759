"""Compare EDTF dates: is one borne out by another that is known to be right?"""

from __future__ import annotations

import calendar
import re

_DATE = re.compile(r"([0-9]{4}|XXXX)(?:-([0-9]{2}|XX))?(?:-([0-9]{2}|XX))?[?~%]?")
# Northern seasons as months, the widest that a reporter may mean.
_SEASONS = {"21": (3, 6), "22": (6, 9), "23": (9, 12), "24": (1, 12)}
_ANY_YEAR = 2000  # a leap year stands for XXXX
_Bounds = tuple[tuple[int, int, int], tuple[int, int, int]]


def is_borne_out(edtf: str, right: str) -> bool:
    """Whether *edtf* says nothing that *right* doesn't: the same time, or a wider one around it.

    A year in *edtf* is not borne out by XXXX; XXXX in *edtf* is borne out by any year.
    """
    if edtf == right:
        return True
    if has_year(edtf) and not has_year(right):
        return False
    if not has_year(edtf):
        right = re.sub(r"[0-9]{4}(?=-|/|$)", "XXXX", right)
    outer, inner = _bounds(edtf), _bounds(right)
    return bool(outer and inner and outer[0] <= inner[0] and inner[1] <= outer[1])


def has_year(edtf: str) -> bool:
    """Whether *edtf* gives a year."""
    return bool(years_in(edtf))


def years_in(edtf: str) -> frozenset[str]:
    """Return the years that *edtf* gives."""
    return frozenset(re.findall(r"(?:^|[/\[{,. ])([0-9]{4})", edtf))


def _bounds(edtf: str) -> _Bounds | None:
    ends = edtf.strip("[]{}").replace("..", "/" if "/" not in edtf else "").split("/")
    first, last = ends[0], ends[-1]
    lower = _date_bounds(first) if first else ((0, 1, 1), (0, 1, 1))
    upper = _date_bounds(last) if last else ((9999, 12, 31), (9999, 12, 31))
    return (lower[0], upper[1]) if lower and upper else None


def _date_bounds(text: str) -> _Bounds | None:
    found = _DATE.fullmatch(text)
    if not found:
        return None
    year = _ANY_YEAR if found[1] == "XXXX" else int(found[1])
    if found[2] in _SEASONS:
        first, last = _SEASONS[found[2]]
    elif found[2] in (None, "XX"):
        first, last = 1, 12
    else:
        first = last = int(found[2])
    if not 1 <= first <= 12 or year < 1:
        return None
    if found[3] not in (None, "XX"):
        day = int(found[3])
        return ((year, first, day), (year, last, day))
    return ((year, first, 1), (year, last, calendar.monthrange(year, last)[1]))
