"""What the reader of the statistics can choose between."""

from bofast.arrears.models import AgencyCount, Dwelling, RegisteredCase
from bofast.cases.models import Case


def years_told() -> list[int]:
    """The years there is anything for, newest first: a case opened, or a number some agency has given."""
    years = {day.year for model in (RegisteredCase, Case) for day in model.objects.dates("opened_on", "year")}
    years |= set(AgencyCount.objects.values_list("year", flat=True).distinct())
    return sorted(years, reverse=True)


def districts_told() -> list[str]:
    """The districts some case or dwelling lies in."""
    of_cases = RegisteredCase.objects.values_list("district", flat=True)
    of_dwellings = Dwelling.objects.values_list("district", flat=True)
    return sorted({*of_cases.distinct(), *of_dwellings.distinct()} - {""})
