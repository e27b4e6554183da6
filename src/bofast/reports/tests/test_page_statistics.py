"""Statistikk: every table and figure with its definition and caveats, masked for everybody outside the case team."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bofast.access.models import AccessEntry, User
from bofast.access.tests.cast import Cast, cast
from bofast.cases.tests.factories import signed_in, text
from bofast.domain.tests.made_years import make
from bofast.reports.actions import put_caveat
from bofast.reports.figures import figures
from bofast.reports.sheets import sheets
from bofast.reports.tests.received import counts, reference_year, register, reported

__all__ = ["cast"]
pytestmark = pytest.mark.django_db
PAGE = "/statistics/?year=2006&compare=2005"
FILES = ("/statistics/file.csv?year=2006&compare=2005", "/statistics/file.xlsx?year=2006&compare=2005")
READERS = ("kari", "turid", "arne", "siv", "geir")
MASKED = ("turid", "arne", "siv", "geir")


def page(user: User, url: str = PAGE, status: int = 200) -> str:
    """The page as it is read: spaces plain, no markup."""
    found = text(signed_in(user), url, status)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.replace("\u00a0", " ")))


def row(user: User, block: str, name: str, url: str = PAGE) -> list[str]:
    """The cells of a row of a table or figure, as written."""
    found = text(signed_in(user), url).replace("\u00a0", " ")
    section = found.split(f'id="{block}"', 1)[1].split("</section>", 1)[0]
    line = section.split(f'<th scope="row">{name}</th>', 1)[1].split("</tr>", 1)[0]
    return [re.sub(r"<[^>]+>", "", re.sub(r'<span class="[^"]*"[^>]*>[^<]*</span>', "", cell)).strip()
            for cell in re.findall(r"<td.*?</td>", line, re.DOTALL)]  # fmt: skip


def test_what_the_team_has_entered_stands_beside_the_numbers_of_its_source_and_year(cast: Cast) -> None:
    reference_year()
    for source, words in (("Namsfogden", "kontorene ble slått sammen"), ("cases", "saker fra januar mangler")):
        put_caveat(year=2006, source=source, text=words)
    put_caveat(year=2003, source="cases", text="ingen førte saker")
    found = page(cast.kari, "/statistics/?year=2006")
    assert found.count("Namsfogden 2006: kontorene ble slått sammen") == 2, "in tables 3 and 4, not among our tenants'"
    assert found.count("Our own cases 2006: saker fra januar mangler") == 2, "in table 2 and where sources disagree"
    assert "ingen førte saker" not in found
    assert "saker fra januar mangler" in signed_in(cast.geir).get(FILES[0]).content.decode("utf-8-sig")


def test_beside_a_disagreement_stands_only_what_is_said_of_its_indicators(cast: Cast) -> None:
    reference_year()
    told = text(signed_in(cast.kari), "/statistics/?year=2006")
    section = told.split('id="disagreements"', 1)[1].split("</section>", 1)[0]
    assert "begjæringer 2006" not in section
    assert "utkastet 2006" in section


def test_what_is_recorded_of_no_case_is_said_in_words_and_not_as_a_nought(cast: Cast) -> None:
    register([{**each, "gender": "", "income_type": "ukjent"} for each in make(2022, 60)])
    found = page(cast.kari, "/statistics/?year=2022")
    assert "Not recorded in any of the cases: gender, income type." in found
    assert found.count("Not recorded in any of the cases of the period.") == 5
    told = text(signed_in(cast.kari), "/statistics/?year=2022")
    assert '<th scope="row">Women</th>' not in told
    assert '<th scope="row">Gender unknown</th>' in told
    assert "figure-1-title" not in told
    assert row(cast.kari, "table-2", "Income unknown", "/statistics/?year=2022")[0] == "60"


def test_a_part_without_the_recorded_thing_tells_nothing_masked_that_the_year_does_not() -> None:
    facts = [{**each, "gender": "", "district": "Fana"} for each in make(2022, 60)]
    facts += [{**each, "district": "Arna"} for each in make(2022, 9)]
    register([{**each, "case_no": f"2022-{place}"} for place, each in enumerate(facts)])
    assert reported(2022, district="Fana")["not_recorded"] == ["gender"]
    assert "not_recorded" not in reported(2022, district="Fana", masked=True)


def test_tables_of_the_agencies_say_that_nobody_has_given_the_numbers(cast: Cast) -> None:
    reference_year()
    register(make(2022, 60))
    found = page(cast.kari, "/statistics/?year=2022")
    assert found.count("No agency has given its numbers for this period.") == 3
    assert "endelig status" in page(cast.kari, "/statistics/?year=2006")
    assert "endelig status" not in found, "what is said of another year's numbers is not said here"


@pytest.mark.parametrize(
    ("block", "name", "cells"),
    [
        ("table-2", "All cases", ["407", "100", ""]),
        ("table-2", "Reinstated", ["3", "1", ""]),
        ("table-2", "Mean arrears", ["", "", "16 754 kr"]),
        ("table-2", "Mean age", ["", "", "41.4"]),
        ("table-3", "2006", ["110", "445", "25"]),
        ("table-3", "Change", ["−114", "−557", ""]),
        ("table-5", "2006", ["31", "8", "23"]),
        ("table-6", "All petitions", ["", "586 520 kr", "387 860 kr"]),
        ("table-6", "As it happened", ["", "300 914 kr", "248 540 kr"]),
        ("figure-2", "Work", ["6", "22", "0", "9", "4"]),
        ("figure-3", "Evicted", ["12 267 kr", "10 461 kr"]),
        ("figure-8", "Zero-share households", ["53", "13"]),
        ("costs", "Petition fees of zero-share households", ["95 718 kr", "95 718 kr"]),
        ("goals", "Petitions", ["2005", "BBB/kemneren", "−50", "−51"]),
        ("disagreements", "Evictions 2006", ["31", "29", "30"]),
    ],
)
def test_the_case_team_reads_the_report_of_2006(cast: Cast, block: str, name: str, cells: list[str]) -> None:
    reference_year()
    assert row(cast.kari, block, name) == cells


def test_every_table_and_figure_stands_on_the_page_with_definition_and_source(cast: Cast) -> None:
    reference_year()
    found = text(signed_in(cast.kari), PAGE)
    for number in range(2, 7):
        assert f'id="table-{number}"' in found
    assert [f'<title id="figure-{number}-title">' in found for number in range(1, 10)] == [True] * 9
    assert found.count("Source:") == 5 + 9 + 5
    assert "Couples are counted under the main tenant." in found


@pytest.mark.parametrize(
    "said",
    [
        "As printed, an eviction costs 3 526 kr; by the act 1 720 kr. The difference of 1 806 kr is the fee",
        "treats all 110 petitions as if they ended in eviction. As it happened, 29 did, and the fees by the act came "
        "to 248 540 kr instead of 387 860 kr",
        "The figure ends at 12 267 kr as printed and at 10 461 kr by the act",
        "Interest comes beside this: 9.25 percent a year",
        "The report of 2006 prints 9.75 percent.",
        "Evictions 2006, as counted on: BBB økonomi 31 January 2007, BBB/kemneren 31 January 2007, Our own cases",
        "There are no cases of our own to compare with in 2005.",
        "nevnt i teksten som et lavere tidligere år",
        "Both sums are hypothetical",
    ],
)
def test_each_difference_is_explained_beside_the_number(cast: Cast, said: str) -> None:
    reference_year()
    assert said in page(cast.kari)


@pytest.mark.parametrize("who", MASKED)
def test_a_number_below_five_is_nowhere_for_those_outside_the_case_team(cast: Cast, who: str) -> None:
    """Three were reinstated, and six figures hold the number or one it follows from."""
    reference_year()
    user = getattr(cast, who)
    assert row(user, "table-2", "Reinstated") == ["hidden", "hidden", ""]
    assert row(user, "figure-9", "Reinstated") == ["hidden", "hidden"]
    assert row(user, "figure-2", "Benefit") == ["8", "119", "hidden", "hidden", "35"]
    assert row(user, "disagreements", "Reinstated 2006") == ["8", "", "hidden"]
    drawing = text(signed_in(user), PAGE).split('id="figure-9-title"', 1)[1].split("</svg>", 1)[0]
    labels = re.findall(r"<text[^>]*>([^<]*)</text>", drawing)
    assert labels[labels.index("Reinstated") + 1] == "hidden"
    assert drawing.count("<rect x") == sum(label.isdigit() for label in labels)
    assert not {"3", "43"} & set(labels), "43 moved would give the 3 back"


def cells(user: User, url: str, tag: str) -> list[str]:
    """Every cell of every table (td), or every text of every figure (text)."""
    found = text(signed_in(user), url)
    written = re.findall(rf"<{tag}.*?</{tag}>", found)
    return [re.sub(r"<span class=.*?</span>|<[^>]+>", "", cell).strip() for cell in written]


@pytest.mark.parametrize("district", [None, "Fana", "Årstad"])
def test_the_page_differs_from_the_case_teams_only_in_what_it_hides(cast: Cast, district: str | None) -> None:
    """Cell by cell; and as much is hidden on it as in the report it was made of."""
    reference_year()
    url = PAGE + (f"&district={district}" if district else "")
    differing = differences(cells(cast.kari, url, "td"), cells(cast.geir, url, "td"))
    document = reported(2006, 2005, masked=True, district=district)
    assert len(differing) == sum(row.count("hidden") for sheet in sheets(document, "en") for row in sheet.rows) > 5


def test_the_figures_differ_from_the_case_teams_only_in_what_they_hide(cast: Cast) -> None:
    reference_year()
    differing = differences(cells(cast.kari, PAGE, "text"), cells(cast.geir, PAGE, "text"))
    pictures = figures(reported(2006, 2005, masked=True), "en").values()
    assert len(differing) == sum(picture.count(">hidden<") for picture in pictures) > 5


def differences(whole: list[str], masked: list[str]) -> list[str]:
    """What stands in the masked page where it is not as the whole one: the word hidden, and nothing else."""
    found = [theirs for mine, theirs in zip(whole, masked, strict=True) if mine != theirs]
    assert set(found) == {"hidden"}
    return found


@pytest.mark.parametrize("who", MASKED)
def test_the_files_hide_what_the_page_hides(cast: Cast, who: str) -> None:
    reference_year()
    client = signed_in(getattr(cast, who))
    lines = client.get(FILES[0]).content.decode().splitlines()
    assert "Table 2;Reinstated;Count;hidden" in lines
    book = load_workbook(BytesIO(client.get(FILES[1]).content))
    assert [cell.value for cell in next(r for r in book["Table 2"] if r[0].value == "Reinstated")][1] == "hidden"


def test_the_case_team_takes_out_every_number_and_that_is_logged(cast: Cast) -> None:
    reference_year()
    answer = signed_in(cast.kari).get(FILES[0])
    assert answer["Content-Disposition"] == 'attachment; filename="statistikk-2006.csv"'
    assert "Table 2;Reinstated;Count;3" in answer.content.decode().splitlines()
    entry = AccessEntry.objects.latest("pk")
    assert (entry.user, entry.action, entry.kind, entry.object_id) == (cast.kari, "export", "report", "2006")


def test_two_years_of_cases_stand_beside_each_other(cast: Cast) -> None:
    register(make(2018, 40), "a.csv")
    register(make(2019, 60), "b.csv")
    assert row(cast.kari, "table-2", "All cases", "/statistics/?year=2019")[:4] == ["60", "40", "100", "100"]
    found = text(signed_in(cast.kari), "/statistics/?year=2019&compare=")
    assert "Count 2018" not in found


def test_one_district_says_which_numbers_are_the_citys(cast: Cast) -> None:
    reference_year()
    found = page(cast.kari, f"{PAGE}&district=Fana")
    assert "Statistics 2006, Fana" in found
    assert "Numbers of the whole city, not of the district." in found


@pytest.mark.parametrize(("fees", "gone"), [("act", "As printed in 2006"), ("printed", "By the act")])
def test_one_reading_of_the_fees_leaves_the_other_out(cast: Cast, fees: str, gone: str) -> None:
    reference_year()
    found = text(signed_in(cast.kari), f"{PAGE}&fees={fees}")
    assert gone not in found.split("</form>", 3)[-1]


def test_an_empty_year_says_what_would_fill_it(cast: Cast) -> None:
    assert "Nothing is counted for 2026 yet" in page(cast.geir, "/statistics/?year=2026")


def test_agencies_counts_alone_make_a_page(cast: Cast) -> None:
    counts("2011;BBB/kemneren;begjæringer;70;2012-01-31")
    assert row(cast.geir, "table-3", "2011", "/statistics/") == ["70", "", ""]


@pytest.mark.parametrize(
    "query", ["year=1066", "year=x", "year=2006&compare=2007", "year=2006&district=Oslo", "fees=free"]
)
def test_what_cannot_be_asked_is_answered_with_the_form(cast: Cast, query: str) -> None:
    reference_year()
    counts("2007;B;begjæringer;70;2008-01-31")
    page(cast.kari, f"/statistics/?{query}", 422)
    assert signed_in(cast.kari).get(f"/statistics/file.csv?{query}").status_code == 404


@pytest.mark.parametrize("who", READERS)
def test_who_follows_results_finds_them_in_the_menu(cast: Cast, who: str) -> None:
    assert '<a href="/statistics/"' in text(signed_in(getattr(cast, who)), "/me/")


@pytest.mark.parametrize("who", ["astrid", "charlie"])
def test_without_an_agency_there_are_no_statistics(cast: Cast, who: str) -> None:
    reference_year()
    for url in (PAGE, *FILES, "/statistics/cases/?key=cases&year=2006", "/statistics/routines/?year=2006"):
        assert "407" not in text(signed_in(getattr(cast, who)), url, 403)
    assert '"/statistics/"' not in text(signed_in(getattr(cast, who)), "/me/")


def test_the_number_of_queries_does_not_grow_with_the_cases(cast: Cast, django_assert_max_num_queries: object) -> None:
    reference_year()
    client = signed_in(cast.kari)
    client.get(PAGE)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        client.get(PAGE)


def test_what_an_agency_says_stands_only_beside_its_own_numbers(cast: Cast) -> None:
    reference_year()
    found = text(signed_in(cast.kari), PAGE)
    table_5 = found.split('id="table-5"', 1)[1].split("</section>", 1)[0]
    assert "teller bare utkastelser på grunn av husleierestanse" in table_5
    assert "Namsfogden" not in table_5


def test_nothing_personal_stands_in_an_address_or_a_file_name(cast: Cast) -> None:
    reference_year()
    answer = signed_in(cast.kari).get("/statistics/file.xlsx?year=2006&district=%C3%85rstad")
    assert answer["Content-Disposition"] == 'attachment; filename="statistikk-2006-arstad.xlsx"'
