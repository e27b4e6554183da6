"""Innsyn: who has looked at whom, when and why; quick however long the log is."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection

from bofast.access.models import AccessAction, AccessEntry, AccessReason
from bofast.access.tests.cast import Cast, cast
from bofast.arrears.models import QuarantinedRow, ReceivedFile
from bofast.cases.tests.factories import household, on_the_day, signed_in, text
from bofast.reports.access_log import queries
from bofast.reports.access_log.queries import Asked
from bofast.reports.tests.looking import NOON, looked

__all__ = ["cast"]
LOG = "/access-log/"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with on_the_day():
        yield


def shown(asked: Asked) -> list[tuple[str, str, str]]:
    return [(str(entry.user), entry.kind, number) for entry, number in queries.page(asked).rows]


@pytest.mark.parametrize("who", ["kari", "ingrid", "turid", "siv", "geir", "astrid", "charlie"])
@pytest.mark.parametrize("url", [LOG, f"{LOG}file.csv", f"{LOG}person/", f"{LOG}unusual/", f"{LOG}unusual/review/"])
def test_only_the_auditor_reads_it_and_the_try_is_logged(cast: Cast, who: str, url: str) -> None:
    text(signed_in(getattr(cast, who)), url, 403)
    entry = AccessEntry.objects.get(action=AccessAction.REFUSED)
    assert (entry.user, entry.kind, entry.object_id) == (getattr(cast, who), "door", "access_log")


def test_it_tells_who_when_what_whom_and_why_and_no_name_of_the_household(cast: Cast) -> None:
    case = household("K1")
    looked(cast.kari, case.number, reason=AccessReason.HOLDER)
    page = text(signed_in(cast.asbjorn), f"{LOG}?case={case.number}")
    for said in (
        "20.11.2026 12:00",
        "Kari Nordmann",
        "Outreach team",
        "Looked at a case",
        case.number,
        "Has the case",
    ):
        assert said in page, said
    names = case.tenancy.residents.values_list("name", flat=True)
    assert names and not any(name in page for name in names)


def test_whoever_reads_it_is_in_it(cast: Cast) -> None:
    text(signed_in(cast.asbjorn), LOG)
    entry = AccessEntry.objects.get(kind="access_log")
    assert (entry.user, entry.action, entry.reason) == (cast.asbjorn, AccessAction.LOOK, AccessReason.DUTY)


def test_a_household_is_found_by_its_case_wherever_it_was_seen(cast: Cast) -> None:
    case, other = household("K1"), household("K2")
    file = ReceivedFile.objects.filter(kind="arrears").latest("pk")
    row = QuarantinedRow.objects.create(file=file, line=99, cells=[["Kontrakt", "K1"]], faults=[])
    unlike = QuarantinedRow.objects.create(file=file, line=98, cells=[["Kontrakt", "K12"]], faults=[])
    looked(cast.turid, case.tenancy_id, other.tenancy_id, kind="tenancy", action=AccessAction.LIST)
    looked(cast.turid, row.pk, unlike.pk, kind="quarantined_row", action=AccessAction.LIST)
    looked(cast.kari, case.number, other.number)
    found = shown(Asked(case=case.number.lower()))
    assert sorted(kind for _, kind, _ in found) == ["case", "quarantined_row", "tenancy"]
    assert {number for _, kind, number in found if kind != "quarantined_row"} == {case.number}


def test_a_row_in_quarantine_that_was_put_right_is_shown_by_its_case(cast: Cast) -> None:
    case = household("K1")
    entry = case.tenancy.claims.first().entries.first()
    row = QuarantinedRow.objects.create(file=entry.file, line=entry.line, cells=[], faults=[], state="corrected")
    looked(cast.turid, row.pk, kind="quarantined_row", action=AccessAction.LIST)
    assert ("Turid Utleier", "quarantined_row", case.number) in shown(Asked())
    assert ("Turid Utleier", "quarantined_row", case.number) in shown(Asked(case=case.number))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 4),
        ({"user": "kari"}, 2),
        ({"user": "operator"}, 1),
        ({"action": "export"}, 1),
        ({"first": "2026-11-20"}, 3),
        ({"last": "2026-11-19"}, 1),
        ({"first": "2026-11-20", "last": "2026-11-20", "user": "kari"}, 1),
        ({"case": "2026-0099"}, 1),
    ],
)
def test_it_is_asked_by_person_action_day_and_case(cast: Cast, asked: dict[str, str], found: int) -> None:
    looked(cast.kari, "2026-0001")
    looked(cast.kari, "2026-0099", at=NOON - timedelta(days=1))
    looked(cast.turid, "1", kind="tenancy", action=AccessAction.EXPORT)
    AccessEntry.objects.create(operator="drift", action=AccessAction.COMMAND, kind="command", at=NOON)
    given = {key: str(cast.kari.pk) if value == "kari" else value for key, value in asked.items()}
    page = signed_in(cast.asbjorn).get(LOG, given).content.decode()
    assert page.count('<th scope="row">') == found


@pytest.mark.parametrize("wrong", ["first=2026-11-02&last=2026-11-01", "user=nobody", "action=steal", "first=igår"])
def test_a_question_that_cannot_be_read_is_said_so_and_shows_nothing(cast: Cast, wrong: str) -> None:
    looked(cast.kari, "2026-0001")
    assert '<th scope="row">' not in text(signed_in(cast.asbjorn), f"{LOG}?{wrong}", 422)


def test_pages_follow_each_other_without_a_gap_even_within_one_second(cast: Cast) -> None:
    for _ in range(120):
        looked(cast.kari, "2026-0001")
    seen: list[int] = []
    shown = queries.page(Asked())
    while True:
        seen += [entry.pk for entry, _ in shown.rows]
        if shown.older is None:
            break
        shown = queries.page(Asked(), shown.older)
    assert seen == list(AccessEntry.objects.order_by("-at", "-pk").values_list("pk", flat=True))


@pytest.mark.parametrize("shape", ["csv", "xlsx"])
def test_the_file_holds_what_was_asked_for_and_taking_it_out_is_logged(cast: Cast, shape: str) -> None:
    looked(cast.kari, "2026-0001", "2026-0002")
    looked(cast.turid, "2026-0003")
    answer = signed_in(cast.asbjorn).get(f"{LOG}file.{shape}?user={cast.kari.pk}")
    assert f"innsynslogg-2026-11-23.{shape}" in answer["Content-Disposition"]
    cells = answer.content.decode() if shape == "csv" else written(answer.content)
    assert "2026-0001" in cells and "2026-0002" in cells and "2026-0003" not in cells
    assert AccessEntry.objects.filter(kind="access_log", action=AccessAction.EXPORT, user=cast.asbjorn).count() == 1
    assert signed_in(cast.asbjorn).get(f"{LOG}file.exe").status_code == 404


def written(content: bytes) -> str:
    sheet: Any = openpyxl.load_workbook(BytesIO(content)).active
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.fixture
def long_log(cast: Cast) -> Cast:
    """Fifty thousand looks, a minute apart."""
    entries = (
        AccessEntry(
            user=cast.kari if place % 100 else cast.turid,
            action=AccessAction.LOOK if place % 1000 else AccessAction.REFUSED,
            kind="case",
            object_id=f"2026-{place % 900:04}",
            at=NOON - timedelta(minutes=place),
        )
        for place in range(50_000)
    )
    AccessEntry.objects.bulk_create(entries, batch_size=5000)
    return cast


def test_a_long_log_is_read_by_its_indexes_and_never_counted(
    long_log: Cast, django_assert_max_num_queries: Any
) -> None:
    asks = (
        Asked(),
        Asked(user=str(long_log.turid.pk)),
        Asked(action="refused"),
        Asked(first=NOON.date() - timedelta(days=20), last=NOON.date() - timedelta(days=10)),
        Asked(case="2026-0007"),
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    for asked in asks:
        plan = queries.entries(asked)[:51].explain()
        assert "SCAN access_accessentry\n" not in plan + "\n", plan
        assert "Seq Scan on access_accessentry" not in plan, plan
    client = signed_in(long_log.asbjorn)
    with django_assert_max_num_queries(9) as asked_of:
        assert text(client, LOG).count('<th scope="row">') == queries.A_PAGE
    assert not [
        query for query in asked_of.captured_queries if "COUNT(" in query["sql"] and "accessentry" in query["sql"]
    ]
