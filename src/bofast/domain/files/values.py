"""One cell of text → one typed value, or why not.

A reader takes the text as sent, already trimmed and not empty, and raises CellError with a code of `faults.yaml`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from bofast.domain import money
from bofast.domain.files import identity

Reader = Callable[[str], Any]

MOST_ORE = 100_000_000_000
"""A billion kroner: above it a figure is a slip of the hand, and it would not fit a database's counters."""

_YEARS = range(1900, 2101)
_NORWEGIAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_YES = frozenset({"ja", "j", "yes", "y", "true", "sann", "1", "x"})
_NO = frozenset({"nei", "n", "no", "false", "usann", "0"})
_NOT_PROTECTED = _NO | {"ingen", "ugradert"}


class CellError(ValueError):
    """A cell that cannot be read; `code` and `facts` say why."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Mapping[str, str] = facts


@lru_cache(maxsize=4096)
def amount(text: str) -> int:
    """Øre, of either sign."""
    try:
        ore = money.parse_amount(text)
    except ValueError:  # AmountError, or more digits than Python will turn into a number
        raise CellError("not_an_amount", value=text) from None
    if abs(ore) > MOST_ORE:
        raise CellError("amount_too_large", value=text)
    return ore


def amount_not_negative(text: str) -> int:
    """Øre, 0 or more."""
    ore = amount(text)
    if ore < 0:
        raise CellError("negative_amount", value=text)
    return ore


def amount_above_zero(text: str) -> int:
    """Øre, more than 0: what is not owed does not belong on an arrears list."""
    ore = amount(text)
    if ore <= 0:
        raise CellError("not_above_zero", value=text)
    return ore


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """A day as DD.MM.YYYY, D.M.YY (70 to 99 is the last century) or ISO; a time of day behind it is dropped."""
    if found := _NORWEGIAN_DAY.fullmatch(text):
        dd, mm, yyyy = found.groups()
    elif found := _ISO_DAY.fullmatch(text):
        yyyy, mm, dd = found.groups()
    else:
        raise CellError("not_a_day", value=text)
    try:
        read = date(_whole_year(yyyy), int(mm), int(dd))
    except ValueError:
        raise CellError("no_such_day", value=text) from None
    if read.year not in _YEARS:
        raise CellError("no_such_day", value=text)
    return read


def _whole_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= 70 else 2000)


def whole(text: str) -> int:
    """A whole number, 0 or more."""
    if not _WHOLE.fullmatch(text):
        raise CellError("not_a_whole_number", value=text)
    return int(text)


def year(text: str) -> int:
    """A year of four digits."""
    read = whole(text)
    if read not in _YEARS:
        raise CellError("not_a_year", value=text)
    return read


def yes_or_no(text: str) -> bool:
    """True for ja, False for nei; blank never gets here and stays unknown."""
    word = text.casefold()
    if word not in _YES | _NO:
        raise CellError("not_yes_or_no", value=text)
    return word in _YES


def protected(text: str) -> bool:
    """Whether an address is protected: every word but a plain no means it is, so that nobody is exposed by a code."""
    return text.casefold() not in _NOT_PROTECTED


def text_of(most: int = 200) -> Reader:
    """Text of at most `most` characters, runs of space made one."""

    def read(text: str) -> str:
        if len(text) > most:
            raise CellError("text_too_long", most=str(most))
        return " ".join(text.split())

    return read


def one_of(*words: str) -> Reader:
    """One word of a list, whatever its case."""

    def read(text: str) -> str:
        word = " ".join(text.casefold().split())
        if word not in words:
            raise CellError("unknown_word", value=text, words=", ".join(words))
        return word

    return read


def postal_code(text: str) -> str:
    """A postal code, with the leading zero a spreadsheet took away put back; foreign codes as they are."""
    read: str = text_of(20)(text)
    return read.zfill(4) if len(read) == 3 and read.isascii() and read.isdigit() else read


def kid(text: str) -> str:
    """A KID without spaces; its check digit is judged by the row, as a warning."""
    read: str = text_of(40)(text)
    return read.replace(" ", "")


def national_id(text: str) -> str:
    """An identity number without spaces; it is judged by the row, because what is wrong depends on the contract."""
    return identity.compact(text)
