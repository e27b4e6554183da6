"""Norwegian kroner as whole øre: every rounding has a name, every written form one function.

Amounts are `int` øre everywhere; `Decimal` and `Fraction` appear only inside a calculation, before a named rounding.
"""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

ORE_PER_KRONE = 100

_SPACES = re.compile("[\u00a0\u202f\u2009\t]")
_AMOUNT = re.compile(
    r"""(?:(?:kr\.?|NOK)\ *)?
        (?P<before>[-\u2212+])?\ *
        (?P<whole>[1-9]\d{0,2}(?P<mark>[ .'])\d{3}(?:(?P=mark)\d{3}){0,2} | \d{1,12})
        (?:(?!(?P=mark))[.,](?P<part>\d{1,2}|-))?   # never the thousands mark again
        \ *(?P<after>[-\u2212])?
        (?:\ *(?:kr\.?|NOK))?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class AmountError(ValueError):
    """Text that is not an amount of money."""


def half_up(kroner: Fraction | Decimal) -> int:
    """Øre out of exact kroner, half an øre rounded away from zero."""
    ore = Fraction(kroner) * ORE_PER_KRONE
    return _round_half_up(ore)


def down_to_krone(kroner: Fraction | Decimal) -> int:
    """Øre of a whole-krone fee, the rest dropped (rettsgebyrloven § 6 a)."""
    return int(Fraction(kroner) // 1) * ORE_PER_KRONE


def nearest_krone(kroner: Fraction | Decimal) -> int:
    """Øre of a whole-krone fee, half a krone up (inkassoforskriften § 1-2, from 2026; earlier fees are whole)."""
    return _round_half_up(Fraction(kroner)) * ORE_PER_KRONE


def _round_half_up(value: Fraction) -> int:
    sign = -1 if value < 0 else 1
    return sign * int((abs(value) + Fraction(1, 2)) // 1)


def whole_percent(part: int, whole: int) -> int:
    """`part` of `whole` in whole percent, half up; 0 of 0 is 0."""
    return _round_half_up(Fraction(100 * part, whole)) if whole else 0


def parse_amount(text: str) -> int:
    """Øre out of an amount as Norwegian offices write it, of at most twelve digits of kroner.

    Decimal comma or point; thousands by space, no-break space, thin space, point or apostrophe; a minus before or
    after. One separator with one or two digits behind is the decimal mark, a point with three a thousands mark.
    Raises AmountError for anything else, also for a comma with three digits, which nobody can tell from thousands.
    """
    plain = _SPACES.sub(" ", text).replace("\u2019", "'").strip(" ")
    match = _AMOUNT.fullmatch(plain)
    if not match or (match["before"] and match["after"]):
        raise AmountError(text)
    return _ore(match)


def _ore(match: "re.Match[str]") -> int:
    whole = int(re.sub(r"[ .']", "", match["whole"]))
    decimals = (match["part"] or "").strip("-").ljust(2, "0")
    sign = -1 if (match["before"] or match["after"] or "+") in "-\u2212" else 1
    return sign * (whole * ORE_PER_KRONE + int(decimals))


def as_kroner(ore: int) -> str:
    """The contract's decimal string: 124635000 is "1246350.00"."""
    sign = "-" if ore < 0 else ""
    kroner, rest = divmod(abs(ore), ORE_PER_KRONE)
    return f"{sign}{kroner}.{rest:02d}"


def format_kr(ore: int, language: str = "nb") -> str:
    """The amount as a reader sees it: `16 754 kr`, with øre only where there are any."""
    sign = "\u2212" if ore < 0 else ""
    kroner, rest = divmod(abs(ore), ORE_PER_KRONE)
    mark = "." if language == "en" else ","
    grouped = f"{kroner:,}".replace(",", "\u00a0")
    decimals = f"{mark}{rest:02d}" if rest else ""
    return f"{sign}{grouped}{decimals}\u00a0kr"


def months_of(outstanding: int, monthly_rent: int | None) -> Decimal | None:
    """Arrears in months of rent, one decimal half up; None when the rent is unknown or nil."""
    if not monthly_rent:
        return None
    return (Decimal(outstanding) / Decimal(monthly_rent)).quantize(Decimal("0.1"), ROUND_HALF_UP)
