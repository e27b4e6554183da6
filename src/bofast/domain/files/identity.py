"""Numbers that identify: Norwegian identity numbers and the KID of a payment, by their check digits.

Check digits are computed over the number as written; only the date is read with the additions of D-numbers (day + 40)
and synthetic numbers (month + 40, + 65 or + 80) taken off. Gender and age are never read from a number.
"""

import re
from datetime import date
from enum import StrEnum

from stdnum import luhn
from stdnum.no import fodselsnummer

_NOISE = re.compile(r"[\s.\-\u00a0\u202f]")
_NOISE_IN_KID = re.compile(r"[\s\u00a0\u202f]")
_KID = re.compile(r"[0-9]{1,24}[0-9-]")
_MONTH_ADDITIONS = (80, 65, 40)
_D_NUMBER = 40
_TEST_MONTHS = range(81, 93)


class Verdict(StrEnum):
    """What an identity number turned out to be."""

    GOOD = "good"
    WRONG = "wrong"
    TEST = "test"


def compact(text: str) -> str:
    """The number without spaces, and with the leading zero a spreadsheet took away put back."""
    number = _NOISE.sub("", text)
    return number.zfill(11) if len(number) == 10 and _digits(number) else number


def judge(number: str) -> Verdict:
    """Whether a compact identity number can be one: check digits as written, then the date. TEST is month + 80."""
    if len(number) != 11 or not _digits(number) or not _check_digits_agree(number) or not _has_a_day(number):
        return Verdict.WRONG
    return Verdict.TEST if int(number[2:4]) in _TEST_MONTHS else Verdict.GOOD


def kid_agrees(text: str) -> bool:
    """Whether a KID ends in a check digit of modulus 10 or 11, which may be `-` (Mastercard's OCR giro manual)."""
    kid = _NOISE_IN_KID.sub("", text)
    if not _KID.fullmatch(kid):
        return False
    return kid[-1] == _mod11(kid[:-1]) or (kid[-1] != "-" and luhn.is_valid(kid))


def _mod11(payload: str) -> str:
    weighted = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(payload)))
    check = (11 - weighted % 11) % 11
    return "-" if check == 10 else str(check)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _check_digits_agree(number: str) -> bool:
    first = fodselsnummer.calc_check_digit1(number)
    second = fodselsnummer.calc_check_digit2(number)
    return bool(number[9] == first and number[10] == second)


def _has_a_day(number: str) -> bool:
    day, month, year = (int(number[at : at + 2]) for at in (0, 2, 4))
    day -= _D_NUMBER if day > _D_NUMBER else 0
    month -= next((addition for addition in _MONTH_ADDITIONS if month > addition), 0)
    return any(_is_day(century + year, month, day) for century in (1900, 2000))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
