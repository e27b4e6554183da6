"""A protected address and a shielded case, looked for everywhere: nobody finds what the table does not give them.

Two households among others. One has a protected address, one is shielded as a whole; Kari alone is named for both.
Every page there is a link to, every hidden page, file, search and command is fetched as every seat, and what must not
be found is looked for in all of it: pages, headers, file names, titles, texts of errors, spreadsheets.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from openpyxl import load_workbook

from bofast.access.models import AccessEntry, User
from bofast.access.need_to_know import Role
from bofast.access.tests.cast import Cast, gather, seat
from bofast.arrears import queries
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.actions.shields import shield
from bofast.arrears.models import QuarantinedRow, ReceivedFile, Shield, ShieldedAddress, Tenancy
from bofast.cases.actions.assess import assess
from bofast.cases.models import Case
from bofast.config.cli import main
from bofast.domain.facts import Agency
from tests.test_every_page import counted

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TODAY = date(2026, 11, 23)
HEADER = "Kontraktsnr;Navn;Telefon;Adresse;Postnr;Poststed;Bydel;Månedsleie;KID;Fakturanr;Forfall;Restanse"
REGISTER = "Kontraktsnr;Navn;Telefon;Adresse;Postnr;Poststed;Bydel;Bolignr;Månedsleie;Barn;Adressesperre"
SEPTEMBER = (
    "A-100;Astri Avskjermet;90110011;Skjultveien 17;5098;Gjemmestad;Lønnborg;6000;;F1;01.08.2026;12000",
    "C-200;Katharinus Cameleon;90220022;Kjentgata 5;5012;Bergen;Fana;7000;;F2;01.08.2026;13131",
    "K-300;Knut Kjent;90330033;Åpenveien 3;5013;Bergen;Fana;5000;;F3;01.08.2026;10000",
    "K-400;Kine Kjent;90440044;Åpenveien 4;5014;Bergen;Årstad;5000;;F4;01.08.2026;10000",
)
BROKEN = (
    "A-100;Astri Avskjermet;90110011;Skjultveien 17;5098;Gjemmestad;Lønnborg;6000;;F5;01.09.2026;mye",
    ";Astri Avskjermet;90110011;Skjultveien 17;5098;Gjemmestad;Lønnborg;6000;;F6;01.09.2026;500",
    "C-200;Katharinus Cameleon;90220022;Kjentgata 5;5012;Bergen;Fana;7000;;F7;01.09.2026;mye",
    ";Katharinus Cameleon;90220022;Kjentgata 5;5012;Bergen;Fana;7000;;F8;01.09.2026;500",
)
REGISTERED = (
    "A-100;Astri Avskjermet;90110011;Skjultveien 17;5098;Gjemmestad;Lønnborg;H0717;6000;2;ja",
    "K-300;Knut Kjent;90330033;Åpenveien 3;5013;Bergen;Fana;H0103;5000;mange;nei",
)
OF_THE_PLACE = ("Skjultveien", "5098", "Gjemmestad", "Lønnborg", "lonnborg", "H0717")
OF_THE_HOME = (*OF_THE_PLACE, "90110011")
OF_THE_CASE = ("C-200", "c-200", "Cameleon", "Katharinus", "90220022", "Kjentgata", "13131", "13\u00a0131", "13 131")
LINK = re.compile(r'(?:href|action)="(/[^"#]*)')
SEATS = ("ola", "ingrid", "turid", "arne", "siv", "hanne", "didrik", "geir", "astrid", "asbjorn", "charlie")
LEADERS = {"landlord": Agency.LANDLORD, "collector": Agency.COLLECTOR}


def received(name: str, header: str, *rows: str) -> ReceivedFile:
    return receive_file(Delivery(data="\n".join([header, *rows]).encode(), name=name))[0]


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with time_machine.travel("2026-11-23 09:00+01:00", tick=True):
        found = gather()
        received("restanseliste-2026-09-16.csv", HEADER, *SEPTEMBER)
        received("leietakerregister.csv", REGISTER, *REGISTERED)
        assess(on=TODAY)
        protect(found, "A-100", Shield.Kind.ADDRESS)
        protect(found, "C-200", Shield.Kind.CASE)
        received("restanseliste-2026-10-16.csv", HEADER, *SEPTEMBER, *BROKEN)
        assess(on=TODAY)
        yield found


def protect(cast: Cast, contract: str, kind: Shield.Kind) -> None:
    tenancy = Tenancy.objects.get(contract_no=contract)
    shield(tenancy_id=tenancy.pk, kind=kind, named=[cast.kari], by=cast.ingrid, today=TODAY)


def person(cast: Cast, who: str) -> User:
    """One of the cast, or a leader of an agency that has only clerks in it."""
    if who not in LEADERS:
        found: User = getattr(cast, who)
        return found
    seat(cast.charlie, Role.LEADER, LEADERS[who])
    return cast.charlie


def read_by(user: User) -> dict[str, str]:
    """Every page and file the person can fetch, by address, with its headers; spreadsheets cell by cell."""
    client = Client(raise_request_exception=True)
    client.force_login(user)
    waiting, read, met = dict.fromkeys([*every_address(), *searches()]), dict[str, str](), dict[str, int]()
    while waiting:
        asked = next(iter(waiting))
        del waiting[asked]
        method, path, data = asked
        answer = client.get(path) if method == "get" else client.post(path, dict(data))
        said = content(answer)
        read[f"{method} {path} {dict(data)}"] = f"{answer.headers} {said}".replace(path, "")  # it was asked for
        links = [html.unescape(link) for link in LINK.findall(said)]
        waiting |= {("get", link, ()): None for link in links if not link.startswith("/static/") and counted(link, met)}
    return read


def content(answer: Any) -> str:
    if "spreadsheet" in answer.headers.get("Content-Type", ""):
        book = load_workbook(BytesIO(answer.content))
        return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    said: bytes = answer.getvalue()
    return said.decode("utf-8", "replace")


Asked = tuple[str, str, tuple[tuple[str, str], ...]]


def every_address() -> Iterator[Asked]:
    """Every pattern of the project, filled in with every object there is; posting only what reads."""
    for pattern, names in patterns(get_resolver()):
        for given in filled_in(names):
            path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", pattern).format_map(given)
            if "sign-out" not in path and "<" not in path:
                yield "get", path, ()


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        elif isinstance(entry, URLPattern) and "^" not in route and "(" not in route:
            yield route, tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))


def filled_in(names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    values = {"number": case_numbers(), "slug": ["uten-bydel", "fana", "arstad", "lonnborg"], "verb": ["write_note"]}
    ids = sorted({*ReceivedFile.objects.values_list("pk", flat=True), *range(1, 9)})
    given: list[dict[str, Any]] = [{}]
    for name in names:
        given = [known | {name: value} for known in given for value in values.get(name, ids)]
    return iter(given)


def case_numbers() -> list[str]:
    return list(Case.objects.values_list("number", flat=True))


def searches() -> Iterator[Asked]:
    """What is asked by POST and changes nothing."""
    named = ("Skjultveien", "Astri Avskjermet", "A-100", "Katharinus", "Cameleon", "C-200", "Kjentgata")
    wanted = (*named, *case_numbers())
    yield from (("post", reverse("cases:search"), (("text", text),)) for text in wanted)
    yield from (("post", reverse("cases:privacy_find"), (("number", text),)) for text in ("A-100", "C-200"))
    yield from (("post", reverse("cases:privacy_extract", args=[pk]), ()) for pk in range(1, 5))


def found_in(read: Mapping[str, str], marks: tuple[str, ...], *, told: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Where the marks stand; what a person has searched for stands in their own search field, and only there."""
    return [
        (place, mark)
        for place, said in read.items()
        for mark in marks
        if mark in without_own_words(said) and mark not in told
    ]


def without_own_words(said: str) -> str:
    """The page without the field a person wrote in themselves."""
    return re.sub(r'<input type="(?:search|text)" name="(?:text|number)"[^>]*>', "", said)


@pytest.mark.slow
@pytest.mark.parametrize("who", [*SEATS, *LEADERS])
def test_nobody_who_is_not_named_finds_the_address_or_the_shielded_case_anywhere(cast: Cast, who: str) -> None:
    read = read_by(person(cast, who))
    assert len(read) > 100
    assert not found_in(read, OF_THE_HOME)
    assert not found_in(read, OF_THE_CASE)


@pytest.mark.slow
def test_the_named_find_both_so_that_the_test_above_can_fail(cast: Cast) -> None:
    read = read_by(cast.kari)
    places = {place for place, _mark in found_in(read, OF_THE_PLACE)}
    protected = Case.objects.get(tenancy__contract_no="A-100").number
    assert f"get /cases/{protected}/address/ {{}}" in places
    assert all(re.search("/(address|quarantine)/", place) for place in places)
    assert {mark for _place, mark in found_in(read, OF_THE_CASE)} >= {"C-200", "Cameleon", "Kjentgata", "90220022"}
    assert AccessEntry.objects.filter(reason="named", user=cast.kari).exists()


def test_the_address_stands_in_no_table_but_its_own_and_in_the_files_as_sent(cast: Cast) -> None:
    assert ShieldedAddress.objects.get().address == "Skjultveien 17"
    assert tables_with("Skjultveien") == {"arrears_shieldedaddress", "arrears_filecontent", "arrears_quarantinedrow"}
    assert tables_with("Lønnborg") == {"arrears_shieldedaddress", "arrears_filecontent", "arrears_quarantinedrow"}
    assert tables_with("H0717") == {"arrears_shieldedaddress", "arrears_filecontent"}


def tables_with(text: str) -> set[str]:
    """Every table of the database with that text in any column of any row, as JSON or as bytes too."""
    found = set()
    for model in apps.get_models():
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(text in readable(value) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def readable(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    said = str(value)
    try:
        return said + json.dumps(json.loads(said), ensure_ascii=False)
    except ValueError:
        return said


COMMANDS = (
    ("worklist", "--on", "2026-11-23"),
    ("worklist", "--on", "2026-11-23", "--json"),
    ("explain", "A-100", "--on", "2026-11-23"),
    ("explain", "A-100", "--on", "2026-11-23", "--json"),
    ("explain", "C-200", "--on", "2026-11-23"),
    ("explain", "C-200", "--on", "2026-11-23", "--json"),
    ("worklist", "--on", "2026-11-23", "--district", "Lønnborg"),
    ("report", "2026", "--json"),
)


def said_by(*command: str) -> str:
    answer = CliRunner().invoke(main, command)
    said: str = answer.output
    return said.replace(" ".join(command), "")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("who", ["ola", "turid", "siv"])
def test_a_command_in_the_name_of_somebody_who_is_not_named_tells_no_more_than_the_pages(
    cast: Cast, who: str, command: tuple[str, ...]
) -> None:
    said = said_by(*command, *(("--as", who) if command[0] != "report" else ()))
    typed = tuple(part for part in command if part in ("C-200", "Lønnborg"))
    assert not found_in({"said": said}, OF_THE_HOME, told=typed)
    assert not found_in({"said": said}, OF_THE_CASE, told=typed)


def test_the_refusal_for_a_shielded_case_is_the_one_for_a_contract_nobody_knows(cast: Cast) -> None:
    asked = [said_by("explain", contract, "--on", "2026-11-23", "--as", "turid") for contract in ("C-200", "X-999")]
    assert asked[0] == asked[1]
    client = Client()
    client.force_login(cast.turid)
    shielded = Case.objects.get(tenancy__contract_no="C-200").number
    pages = [client.get(f"/cases/{number}/") for number in (shielded, "2026-9999")]
    assert [page.status_code for page in pages] == [404, 404]
    told = [page.content.partition(b"<main")[2].partition(b"</main>")[0] for page in pages]
    assert told[0] == told[1] != b""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_operator_goes_on_as_before_and_reads_neither_name_nor_address_of_the_shielded(
    cast: Cast, command: tuple[str, ...]
) -> None:
    said = said_by(*command)
    assert not found_in({"said": said}, (*OF_THE_HOME, "Avskjermet", "Cameleon", "Kjentgata"), told=("Lønnborg",))


def test_the_nightly_run_and_the_operators_list_go_on_as_before(cast: Cast) -> None:
    said = json.loads(said_by("worklist", "--on", "2026-11-23", "--json"))
    assert {item["contract_no"] for item in said["items"]} == {"A-100", "C-200", "K-300", "K-400"}
    assert {item["contract_no"]: item["district"] for item in said["items"]}["A-100"] == ""


def test_the_counts_above_the_worklist_leave_the_shielded_case_out(cast: Cast) -> None:
    counts = {}
    for user in (cast.kari, cast.ola, cast.turid):
        client = Client()
        client.force_login(user)
        counts[user] = [figure["value"] for figure in client.get("/?whose=all").context["figures"]]
    assert counts[cast.ola] != counts[cast.kari]
    assert sum(counts[cast.kari]) > sum(counts[cast.ola])


def test_the_receipt_of_a_file_stays_whole_and_the_districts_leave_the_household_out(cast: Cast) -> None:
    file = queries.files_received().get(as_of=date(2026, 10, 16))
    client = Client()
    client.force_login(cast.turid)
    page = client.get(f"/lists/{file.pk}/")
    assert (file.outstanding, file.continuing) == (4_513_100, 4)
    assert sum(district.owed for district in page.context["districts"]) == 3_200_000
    assert {row.record.contract_no for row in page.context["table"].rows} == {"A-100", "K-300", "K-400"}


def test_rows_in_quarantine_are_kept_as_sent(cast: Cast) -> None:
    kept = [dict(row.cells) for row in QuarantinedRow.objects.filter(file__as_of=date(2026, 10, 16))]
    assert [row["Adresse"] for row in kept] == ["Skjultveien 17", "Skjultveien 17", "Kjentgata 5", "Kjentgata 5"]
