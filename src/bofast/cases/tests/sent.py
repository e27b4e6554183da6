"""Lists as a sender sends them, in one line of a test."""

from collections.abc import Mapping
from datetime import date

from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.models import ReceivedFile
from bofast.domain.files import Kind

HEADER = (
    "Kontraktsnr;Navn;Adresse;Bydel;Månedsleie;Fakturanr;Forfall;Restanse;"
    "Purret dato;Betalingsvarsel sendt;Begjært dato"
)
RENT = 5_000


def arrears_list(
    day: str, owing: Mapping[str, int], *, reminded: str = "", demanded: str = "", petitioned: str = ""
) -> ReceivedFile:
    """A list of that day: contract → whole months owing, the oldest due furthest back; 5,000 kroner a month."""
    rows = [HEADER]
    for contract, months in owing.items():
        for back in range(months):
            due = _first_of_month(date.fromisoformat(day), back)
            told = ";".join((reminded, demanded, petitioned))
            who = f"{contract};Tenant {contract};Gate {contract[1:]};Fana"
            rows.append(f"{who};{RENT};F{due:%y%m}{contract};{due};{RENT};{told}")
    return _received("\n".join(rows), f"restanseliste-{day}.csv", Kind.ARREARS)


def register(rows: Mapping[str, str]) -> ReceivedFile:
    """A register: contract → `children;lease end;clause` (ja, nei or blank)."""
    lines = ["Kontraktsnr;Navn;Adresse;Bydel;Månedsleie;Husstand;Barn;Kontrakt til;Utkastelsesklausul"]
    for contract, said in rows.items():
        children, lease_to, clause = said.split(";")
        lines.append(f"{contract};Tenant {contract};Gate {contract[1:]};Fana;{RENT};4;{children};{lease_to};{clause}")
    return _received("\n".join(lines), "leietakerregister.csv", Kind.REGISTER)


def _received(text: str, name: str, kind: Kind) -> ReceivedFile:
    return receive_file(Delivery(data=text.encode(), name=name, kind=kind))[0]


def _first_of_month(day: date, back: int) -> date:
    year, month0 = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month0 + 1, 1)
