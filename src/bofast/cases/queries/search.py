"""Find a household by name, contract number, address or KID."""

from django.db.models import Q, QuerySet

from bofast.access.need_to_know import Viewer
from bofast.cases.models import Case
from bofast.cases.queries.reach import visible
from bofast.domain.findings import Part

SHORTEST = 3


def search(text: str, viewer: Viewer) -> QuerySet[Case]:
    """Cases of the households that fit, newest first; nothing for fewer than three characters.

    Only households with a case are found: without arrears nothing but the contract number is held.
    """
    words = text.strip()
    if len(words) < SHORTEST or not viewer.sees(Part.IDENTITY):
        return Case.objects.none()
    fits = Q(number__iexact=words) | Q(tenancy__contract_no__iexact=words) | Q(tenancy__kid=words)
    by_name = by_address = Q()
    for word in words.split():
        by_name &= _contains("tenancy__residents__name", word)
        by_address &= _contains("tenancy__dwelling__address", word)
    found = visible(Case.objects.all(), viewer).filter(fits | by_name | by_address).distinct()
    return found.select_related("tenancy__dwelling", "holder", "team").order_by("-opened_on", "number")


def _contains(column: str, word: str) -> Q:
    """Without regard to case, also for æ, ø and å, which SQLite compares byte by byte."""
    fits = Q()
    for spelling in {word, word.lower(), word.upper(), word.capitalize()}:
        fits |= Q(**{f"{column}__icontains": spelling})
    return fits
