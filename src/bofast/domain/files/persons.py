"""Checks of a row's KID and identity number, the same wherever a person is named."""

from bofast.domain.files import identity
from bofast.domain.files.columns import Circumstances, Draft


def check_kid(draft: Draft) -> None:
    """Warn of a KID whose check digit fits neither modulus 10 nor 11; it stays as sent."""
    kid = draft.values.get("kid")
    if kid is not None and not identity.kid_agrees(kid):
        draft.warn("kid", "kid_check_digit", value=kid)


def check_test_number(draft: Draft, circumstances: Circumstances) -> None:
    """Keep a test person out where the setting for real work says so."""
    number = draft.values.get("national_id")
    if number is None or circumstances.allow_test_numbers:
        return
    if identity.judge(number) is identity.Verdict.TEST:
        draft.fault("national_id", "test_number")
