import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from bofast.domain.files.identity import Verdict, compact, judge, kid_agrees
from bofast.domain.files.tests.making import identity_number


@pytest.mark.parametrize(
    ("what", "day", "month", "verdict"),
    [
        ("born 14 August", 14, 8, Verdict.GOOD),
        ("D-number", 54, 8, Verdict.GOOD),
        ("synthetic, month + 80", 14, 88, Verdict.TEST),
        ("synthetic D-number, month + 80", 54, 88, Verdict.TEST),
        ("synthetic, month + 65", 14, 73, Verdict.GOOD),
        ("synthetic, month + 40", 14, 48, Verdict.GOOD),
        ("29 February in a leap year", 29, 2, Verdict.GOOD),
        ("31 February", 31, 2, Verdict.WRONG),
        ("day 0", 0, 8, Verdict.WRONG),
        ("month 13", 14, 13, Verdict.WRONG),
        ("month 93", 14, 93, Verdict.WRONG),
        ("day 72", 72, 8, Verdict.WRONG),
    ],
)
def test_the_date_is_read_with_the_additions_taken_off(what, day, month, verdict):
    assert judge(identity_number(day, month, 88)) is verdict


def test_every_other_last_digit_is_wrong_because_check_digits_are_over_the_number_as_written():
    number = identity_number(14, 88, 88)
    others = {f"{number[:10]}{digit}" for digit in range(10)} - {number}
    assert {judge(other) for other in others} == {Verdict.WRONG}


@pytest.mark.parametrize("number", ["", "1484882193", "148488219355", "1484882193A", "١٤٨٤٨٨٢١٩٣٥"])
def test_what_is_not_eleven_digits_is_no_identity_number(number: str):
    assert judge(number) is Verdict.WRONG


@pytest.mark.parametrize(
    ("sent", "read"),
    [("148488 21935", "14848821935"), ("148488-21935", "14848821935"), ("7835501595", "07835501595"), ("12", "12")],
)
def test_spaces_go_and_the_leading_zero_a_spreadsheet_took_comes_back(sent: str, read: str):
    assert compact(sent) == read


@pytest.mark.parametrize(
    ("kid", "agrees"),
    [
        ("2345676", True),  # modulus 10
        ("123456785", True),  # modulus 11
        ("2345 676", True),
        ("2345675", False),
        ("234567-", False),
        ("6", False),
        ("-", False),
        ("1" * 26, False),
        ("٢٣٤٥٦٧٦", False),
        ("KID2345676", False),
    ],
)
def test_a_kid_agrees_by_modulus_10_or_11(kid: str, agrees: bool):
    assert kid_agrees(kid) is agrees


def test_one_kid_in_eleven_ends_in_a_dash():
    dashed = [payload for payload in range(10_000, 11_100) if kid_agrees(f"{payload}-")]
    assert len(dashed) == 100


@given(st.from_regex(r"[0-9]{1,24}", fullmatch=True))
def test_every_number_with_its_modulus_10_digit_agrees(payload: str):
    assert kid_agrees(payload + luhn.calc_check_digit(payload))


@given(st.text())
def test_no_text_raises(text: str):
    judge(compact(text))
    kid_agrees(text)
