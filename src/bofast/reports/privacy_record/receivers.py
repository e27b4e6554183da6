"""Who gets what: read off the need-to-know table, the doors, the kinds of file and the borders, as they run."""

from collections.abc import Iterator

from bofast.access.models import ROLE_CHOICES
from bofast.access.need_to_know import DOORS, FILES, NEED_TO_KNOW, OUTREACH_ORGANISED, ROLES, Door, Opens, Role, Sight
from bofast.arrears.models import FileKind
from bofast.domain.facts import Agency
from bofast.domain.rules_document import AGENCIES, BORDER_HEAD, PARTS, border_rows
from bofast.domain.sharing_facts import Organisation
from bofast.reports.document import Table
from bofast.reports.privacy_record.texts import texts

ROLE_NAMES = {Role(value): label for value, label in ROLE_CHOICES}


def tables(organisation: Organisation) -> tuple[Table, ...]:
    """All four, as the municipality is organised."""
    return _agencies(organisation), _doors(), _files(), borders()


def _agencies(organisation: Organisation) -> Table:
    sights = {**NEED_TO_KNOW, Agency.OUTREACH: OUTREACH_ORGANISED[organisation.outreach]}
    return Table(
        caption="Hva hver etat ser",
        header=("Etat", "Roller", "Hvilke saker", "Hva av dem"),
        rows=[(AGENCIES[agency], _roles(agency), _reach(sight), _parts(sight)) for agency, sight in sights.items()],
    )


def _roles(agency: Agency) -> str:
    return _role_names(ROLES.get(agency, frozenset())) or "–"


def _role_names(roles: frozenset[Role]) -> str:
    return ", ".join(str(name).lower() for role, name in ROLE_NAMES.items() if role in roles)


def _reach(sight: Sight) -> str:
    return ", ".join(words for key, words in texts().reach.items() if key in sight.reach) or "ingen"


def _parts(sight: Sight) -> str:
    return ", ".join(words for part, words in PARTS.items() if part in sight.parts) or "ingenting"


def _doors() -> Table:
    rows = [(texts().doors[door], ", ".join(_openers(DOORS[door]))) for door in Door]
    return Table(caption="Hvem som åpner hva", header=("Side", "Hvem"), rows=rows)


def _openers(opens: Opens) -> Iterator[str]:
    """In words: everybody, agencies with their roles, and the roles beside."""
    if opens.everybody:
        yield "alle som er pålogget"
    for agency in AGENCIES:
        if agency in opens.agencies:
            roles = opens.roles & ROLES[agency]
            yield AGENCIES[agency] if roles == ROLES[agency] else f"{AGENCIES[agency]} ({_role_names(roles)})"
    if opens.beside:
        yield _role_names(opens.beside)


def _files() -> Table:
    rows = [
        (AGENCIES[agency], ", ".join(str(FileKind(kind.value).label) for kind in sorted(kinds)))
        for agency, kinds in FILES.items()
    ]
    return Table(caption="Filer hver etat leverer og åpner", header=("Etat", "Filer"), rows=rows)


def borders() -> Table:
    """What may go over which border, on what ground."""
    return Table(caption="Deling mellom etater", header=BORDER_HEAD, rows=border_rows())
