"""CSV as it comes: encodings, separators, quotation marks, cut and spoilt files."""

import codecs

import pytest

from bofast.domain.files import Kind, ParsedFile, parse
from bofast.domain.files.tests.making import GOOD, HEADER, arrears_csv, csv_of

TWO = ("K2", "Åse Østby", "02.09.2026", "1 000,00")


def _arrears(data: bytes) -> ParsedFile:
    return parse(data, "", Kind.ARREARS)


def _states(data: bytes) -> list[str]:
    return [row.state for row in _arrears(data).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_encoding_separator_and_line_end_gives_the_same_rows(encoding: str, separator: str, end: str):
    rows = [[f'"{cell}"' for cell in row] for row in (HEADER, GOOD, TWO)]
    parsed = _arrears(csv_of(*rows, separator=separator, encoding=encoding, end=end))
    assert parsed.columns == HEADER
    assert [row.values["name"] for row in parsed.rows] == ["Kari Prøve", "Åse Østby"]
    assert [row.line for row in parsed.rows] == [2, 3]


def test_utf_16_of_either_byte_order_is_read():
    text = arrears_csv(GOOD).decode()
    for data in (codecs.BOM_UTF16_BE + text.encode("utf-16-be"), codecs.BOM_UTF16_LE + text.encode("utf-16-le")):
        assert _states(data) == ["accepted"]


def test_one_broken_byte_in_utf_8_spoils_its_own_row_only():
    data = arrears_csv(TWO, GOOD, TWO).replace(b"Kari", b"K\xe5ri")
    rows = _arrears(data).rows
    assert [row.state for row in rows] == ["accepted", "quarantined", "doubled"]
    assert [(fault.column, fault.code) for fault in rows[1].faults] == [("Navn", "unreadable_character")]


def test_a_line_break_in_quotation_marks_belongs_to_its_cell_and_the_row_has_the_line_it_starts_on():
    rows = _arrears(arrears_csv(("K1", '"Kari\r\nPrøve"', "01.09.2026", "100"), TWO)).rows
    assert [(row.line, row.values["name"]) for row in rows] == [(2, "Kari Prøve"), (4, "Åse Østby")]


@pytest.mark.parametrize("cell", ['"Kari', 'Kari "Kalle" Prøve', '5" rør', '"Kari" Prøve', '"'])
def test_a_stray_quotation_mark_never_swallows_the_next_row(cell: str):
    states = _states(arrears_csv(("K1", cell, "01.09.2026", "100"), *[TWO] * 2, ("K3", "Ola", "1.9.26", "1")))
    assert states[1:] == ["accepted", "doubled", "accepted"]


def test_two_stray_quotation_marks_do_not_join_their_rows():
    rows = _arrears(arrears_csv(("K1", '"Kari', "01.09.2026", "100"), ("K2", 'Ola"', "01.09.2026", "100"))).rows
    assert [row.state for row in rows] == ["quarantined", "accepted"]
    assert rows[0].faults[0].code == "broken_quotes"


def test_blank_lines_and_lines_of_separators_are_not_rows():
    assert _states(csv_of(HEADER, (), GOOD, ("", "", "", ""), (" ",), TWO)) == ["accepted", "accepted"]


def test_a_file_cut_in_its_last_row_quarantines_that_row_and_keeps_the_others():
    whole = arrears_csv(GOOD, TWO)
    for cut in range(len(arrears_csv(GOOD)) + 1, len(whole) - len(";1 000,00\r\n") + 1):
        rows = _arrears(whole[:cut]).rows
        assert [row.state for row in rows] == ["accepted", "quarantined"]
        assert rows[1].faults[0].code == "row_ends_early"


def test_a_file_cut_at_any_byte_never_raises_once_its_header_is_whole():
    whole = arrears_csv(GOOD, TWO)
    for cut in range(len(csv_of(HEADER)), len(whole)):
        assert len(_arrears(whole[:cut]).rows) in (0, 1, 2)


def test_a_short_row_within_the_file_only_lacks_what_it_lacks():
    data = csv_of((*HEADER, "Telefon"), GOOD, TWO)
    assert _states(data) == ["accepted", "accepted"]


def test_a_row_with_too_many_cells_is_quarantined_because_nobody_knows_which_is_which():
    (row,) = _arrears(csv_of(HEADER, ("K1", "Kari", "01.09.2026", "1", "234,50"), separator=",")).rows
    assert row.faults[0].message("nb") == (
        "Linje 2: raden har 6 celler, overskriften 4; sett tekst med skilletegn i anførselstegn"
    )


def test_the_header_may_stand_below_title_rows_and_columns_in_any_order():
    titles = [("Bergen Bolig",), ("Restanseliste pr. 16.09.2026",), ()]
    parsed = _arrears(csv_of(*titles, ("RESTANSE", " forfall ", "navn", "kontrakts-nr."), GOOD[::-1]))
    assert [(row.line, row.state) for row in parsed.rows] == [(5, "accepted")]


@pytest.mark.parametrize(
    "name",
    [
        "Fødselsnummer",
        "FØDSELSNUMMER",
        "Fodselsnummer",
        "Foedselsnummer",
        "fødsels-nummer",
        "national_id",
        "Fnr.",
        "Fødselsnr. (11 siffer)",
    ],
)
def test_a_header_is_known_in_every_disguise(name: str):
    (row,) = _arrears(csv_of((*HEADER, name), (*GOOD, "14848821935"))).rows
    assert row.values["national_id"] == "14848821935"


def test_a_saved_profile_goes_before_the_synonyms():
    data = csv_of(("Avtale", "Navn", "Forfall", "Restanse", "Saldo i dag"), ("K1", "Kari", "01.09.2026", "1", "2"))
    profile = {"AVTALE": "contract_no", "Saldo i dag": "outstanding", "Navn": ""}
    (row,) = parse(data, "", Kind.ARREARS, profile=profile, known={"K1"}).rows
    assert (row.state, row.values["outstanding"], "name" in row.values) == ("accepted", 200, False)


def test_unknown_columns_are_kept_as_sent_and_otherwise_let_be():
    (row,) = _arrears(csv_of((*HEADER, "Saksbehandler", "Navn"), (*GOOD, "Kari", "Et annet navn"))).rows
    assert row.cells["Saksbehandler"] == "Kari"
    assert row.cells["Navn (6)"] == "Et annet navn"
    assert row.values["name"] == "Kari Prøve"


def test_a_list_with_a_header_and_no_rows_is_an_empty_list():
    assert _arrears(csv_of(HEADER)).rows == ()
