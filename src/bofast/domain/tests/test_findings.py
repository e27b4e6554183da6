import re
from datetime import date
from pathlib import Path

import pytest
import yaml

import bofast.domain
from bofast.domain.facts import Stage
from bofast.domain.findings import Finding, Outcome, catalogue, finding
from bofast.domain.next_step import FOLLOW_UP_MONTHS

D = date
DOMAIN = Path(bofast.domain.__file__).parent
PLACEHOLDER = re.compile(r"{(\w+)}")
USED = re.compile(r'(?:[fF]inding\(\s*(?:code=)?|otherwise(?:: str)?\s*=\s*|_projected\(\s*)"([a-z0-9_]+)"')
STEPS = re.compile(r'(?:_step\(|NextStep\(code=)"([a-z_]+)"')


def sources() -> str:
    return "\n".join(path.read_text("utf-8") for path in DOMAIN.glob("*.py"))


def test_every_code_the_rules_use_has_an_entry() -> None:
    text = sources()
    used = set(USED.findall(text)) | {f"step_{code}" for code in STEPS.findall(text)}
    assert len(used) > 60
    assert used <= set(catalogue())


def test_every_stage_that_can_be_a_reason_has_an_entry() -> None:
    climbing = {Stage.DUE, Stage.PETITIONED, Stage.SCHEDULED}
    assert {f"stage_{stage}" for stage in Stage if stage not in climbing} <= set(catalogue())


@pytest.mark.parametrize("code", catalogue())
def test_the_three_languages_use_the_same_facts_and_end_alike(code: str) -> None:
    texts = catalogue()[code].texts
    facts = {language: set(PLACEHOLDER.findall(text)) for language, text in texts.items()}
    assert facts["nb"] == facts["nn"] == facts["en"]
    assert len({text[-1] in ".?" for text in texts.values()}) == 1


@pytest.mark.parametrize("code", catalogue())
def test_bokmaal_words_do_not_slip_into_nynorsk(code: str) -> None:
    words = set(re.findall(r"\w+", catalogue()[code].texts["nn"].lower()))
    bokmaal = (
        "ikke jeg hvem hva hvor hvordan hvorfor er_ble ble fra noe noen kommer uke husleien leien leier varslet nå"
    )
    assert not words & set(bokmaal.split())


@pytest.mark.parametrize(
    ("months", "language", "said"),
    [
        (1, "nb", "Én hel månedsleie på 8\u00a0212\u00a0kr er ubetalt."),
        (3, "nb", "3 hele månedsleier på 8\u00a0212\u00a0kr er ubetalt."),
        (1, "nn", "Éi heil månadsleige på 8\u00a0212\u00a0kr er ubetalt."),
        (3, "en", "3 whole months of rent at 8\u00a0212\u00a0kr are unpaid."),
    ],
)
def test_one_month_and_several_are_said_as_people_say_them(months: int, language: str, said: str) -> None:
    assert finding("owes_months", months=months, monthly_rent_ore=821_200).text(language) == said


@pytest.mark.parametrize("code", [code for code, entry in catalogue().items() if entry.one])
def test_what_is_said_of_one_month_is_said_in_three_languages_of_the_same_facts(code: str) -> None:
    entry = catalogue()[code]
    assert set(entry.one) == set(entry.texts)
    facts = [set(PLACEHOLDER.findall(text)) for text in entry.one.values()]
    assert all(each == facts[0] and each <= set(PLACEHOLDER.findall(entry.texts["nb"])) for each in facts)


def test_no_code_stands_twice_in_the_catalogue() -> None:
    lines = (DOMAIN / "findings.yaml").read_text("utf-8").splitlines()
    codes = [line.rstrip(":") for line in lines if re.fullmatch(r"[a-z0-9_]+:", line)]
    assert len(codes) == len(set(codes)) == len(yaml.safe_load((DOMAIN / "findings.yaml").read_text("utf-8")))


def test_no_reason_speaks_of_gender_age_origin_or_income() -> None:
    said = " ".join(text.lower() for entry in catalogue().values() for text in entry.texts.values())
    for word in (
        "kvinne",
        "mann ",
        "kjønn",
        "gender",
        "alder",
        "innvandr",
        "trygd",
        "sosialhjelp",
        "income",
        "inntekt",
    ):
        assert word not in said


def test_a_finding_says_its_facts_in_the_manner_of_the_language() -> None:
    owed = finding("owes_since", oldest_due_on=D(2026, 4, 7), outstanding_ore=1_675_450)
    assert owed.text("nb") == "Husstanden har skyldt leie siden 7. april 2026, nå 16\u00a0754,50\u00a0kr."
    assert owed.text("nn") == "Husstanden har vore skuldig leige sidan 7. april 2026, no 16\u00a0754,50\u00a0kr."
    assert owed.text("en") == "The household has owed rent since 7 April 2026, now 16\u00a0754.50\u00a0kr."


def test_a_stored_finding_comes_back_the_same() -> None:
    found = finding("clause_unknown", outcome=Outcome.UNCLEAR, hard=True, sent_on=D(2026, 3, 2))
    assert Finding.from_json(found.as_json()) == found


def test_a_closed_case_is_followed_for_a_year() -> None:
    assert FOLLOW_UP_MONTHS == (1, 3, 6, 12)
