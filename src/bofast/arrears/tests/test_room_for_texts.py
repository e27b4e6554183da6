"""Whatever the reader of files lets through has room in the database: SQLite measures nothing, PostgreSQL does."""

from typing import Any

import pytest
from django.db.models import CharField, Model

from bofast.arrears.actions.tenancies import DWELLING, LEASE, RESIDENT
from bofast.arrears.models import AgencyCount, Claim, Dwelling, Household, RegisteredCase, Resident, Tenancy
from bofast.arrears.tests.conftest import a_list, take_in_named, take_in_rows
from bofast.domain.files import Kind
from bofast.domain.files.parsing import TABLES
from bofast.domain.files.values import CellError

KEPT: tuple[tuple[type[Model], dict[str, str], tuple[Kind, ...]], ...] = (
    (Tenancy, {"contract_no": "contract_no"} | LEASE, (Kind.ARREARS, Kind.REGISTER)),
    (Dwelling, DWELLING, (Kind.ARREARS, Kind.REGISTER)),
    (Resident, RESIDENT, (Kind.ARREARS, Kind.REGISTER)),
    (Claim, {"invoice_no": "key"}, (Kind.ARREARS,)),
    (RegisteredCase, {"case_no": "case_no", "district": "district"}, (Kind.CASES,)),
    (AgencyCount, {"source": "source", "indicator": "indicator"}, (Kind.COUNTS,)),
)
JUDGED_BY_THE_ROW = {"national_id"}  # a wrong one is never kept
TEXTS = [
    pytest.param(column.read, model._meta.get_field(names[column.key]), id=f"{kind} {column.key}")
    for model, names, kinds in KEPT
    for kind in kinds
    for column in TABLES[kind].columns
    if column.key in names and column.key not in JUDGED_BY_THE_ROW
]


@pytest.mark.parametrize(("read", "field"), [each for each in TEXTS if isinstance(each.values[1], CharField)])
def test_a_text_too_long_for_its_column_is_a_fault_of_its_row(read: Any, field: Any) -> None:
    with pytest.raises(CellError):
        read("1" * (field.max_length + 1))


@pytest.mark.django_db
def test_a_register_with_absurd_words_and_numbers_is_taken_in() -> None:
    long = "x" * 200
    header = "Kontraktsnr;Navn;Bydel;Poststed;Språk;Husstand;Barn"
    register = a_list(f"K1;Ola;{long};{long};{'y' * 40};999999999;999999999", header=header)
    file = take_in_named("leietakerregister.csv", register)
    assert (file.rows, file.accepted) == (1, 1)
    assert take_in_rows("2026-09-16", "K1;Ola;01.08.2026;5000;F1").accepted == 1
    assert Household.objects.get().children == 999_999_999
    assert len(Resident.objects.get().language) == 40
