"""Who lives in the demo: given names as people have them, family names that nobody has.

Every person is invented, and meant to be seen to be: family names are words of nature, streets are words for
make-believe, telephone numbers begin with the international prefix 00, which no subscriber's number does, and identity
numbers are test numbers (month + 80).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum import luhn
from stdnum.no import fodselsnummer

INVENTED = "Alle personer, adresser og numre her er oppdiktet."
GIVEN_NAMES = (
    "Aisha", "Amina", "Anders", "Anita", "Arvid", "Astri", "Bente", "Bjørn", "Dagny", "Daniel", "Eirik", "Elin", "Emil",
    "Eva", "Fatima", "Frode", "Gunnar", "Hanna", "Hassan", "Hilde", "Inger", "Jan", "Johanne", "Kjell", "Lars", "Leila",
    "Liv", "Magnus", "Marek", "Maria", "Mehmet", "Mona", "Nils", "Olena", "Per", "Ragnhild", "Reidun", "Rune", "Sara",
    "Selam", "Simen", "Sofia", "Stig", "Sunniva", "Tomasz", "Torill", "Trond", "Unni", "Vera", "Yusuf", "Åse",
)  # fmt: skip
FAMILY_NAMES = (
    "Blåklokke", "Blåveis", "Bringebær", "Brisling", "Duggdråpe", "Fuglekvitter", "Gaupespor", "Granbar", "Gråspurv",
    "Hestehov", "Humlesurr", "Kråkebolle", "Kveldsbris", "Lavendel", "Linerle", "Lyngblom", "Løvetann", "Maurtue",
    "Morgendis", "Multebær", "Måneskinn", "Nordlys", "Nøtteskrike", "Ospeløv", "Piggsvin", "Polarrev", "Prestekrage",
    "Regnbue", "Reinlav", "Rognebær", "Sildring", "Sjøstjerne", "Smørblomst", "Snøfonn", "Solgløtt", "Solsikke",
    "Stjerneskudd", "Stormsvale", "Tyttebær", "Vinterfrost",
)  # fmt: skip
STREETS = (
    "Bløffeveien", "Drømmestien", "Eksempelgaten", "Eventyrbakken", "Fantasigaten", "Innbilningsveien", "Liksomgaten",
    "Låtsebakken", "Oppdiktsveien", "Påfunnsgaten", "Prøvestien", "Skrønebakken",
)  # fmt: skip


@dataclass(frozen=True)
class District:
    """A district of Bergen with its share of the municipal dwellings and a postal place in it."""

    name: str
    weight: int
    postal_code: str
    city: str


DISTRICTS = (
    District("Arna", 6, "5260", "Indre Arna"),
    District("Bergenhus", 20, "5003", "Bergen"),
    District("Fana", 10, "5231", "Paradis"),
    District("Fyllingsdalen", 12, "5146", "Fyllingsdalen"),
    District("Laksevåg", 16, "5161", "Laksevåg"),
    District("Ytrebygda", 6, "5254", "Sandsli"),
    District("Årstad", 20, "5053", "Bergen"),
    District("Åsane", 10, "5116", "Ulset"),
)
LANGUAGES = ("nb", "nn", "en", "pl", "uk", "so", "ar", "ti")
LANGUAGE_WEIGHTS = (66, 5, 5, 6, 6, 4, 5, 3)


def district(name: str) -> District:
    """The district of that name."""
    return next(each for each in DISTRICTS if each.name == name)


def street(chance: Random) -> str:
    """An address that no map has."""
    return f"{chance.choice(STREETS)} {chance.randint(1, 149)}"


def phone(chance: Random) -> str:
    """A number nobody can be reached on: 00 is the international prefix, and no country begins with 0."""
    return f"00 00 {chance.randint(0, 99):02d} {chance.randint(0, 99):02d}"


def national_id(born_on: date, chance: Random) -> str:
    """A test number: 80 added to the month, check digits right."""
    low, high = (0, 499) if born_on.year < 2000 else (500, 999)
    while True:
        payload = f"{born_on:%d}{born_on.month + 80}{born_on:%y}{chance.randint(low, high):03d}"
        first = fodselsnummer.calc_check_digit1(payload + "00")
        second = fodselsnummer.calc_check_digit2(payload + first + "0")
        if len(first + second) == 2:  # either may come out as 10, which no number has
            return f"{payload}{first}{second}"


def kid(contract_no: str) -> str:
    """The KID of a contract: its digits, and a check digit by modulus 10."""
    digits = "".join(filter(str.isdigit, contract_no))
    return f"{digits}{luhn.calc_check_digit(digits)}"


def born(age: int, today: date, chance: Random) -> date:
    """A birthday of somebody of that age."""
    return date(today.year - age, 1, 1) - timedelta(days=chance.randint(1, 300))
