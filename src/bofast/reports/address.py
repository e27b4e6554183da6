"""The same question once more, as an address asks it."""

from bofast.domain.statistics import Period


def of_period(period: Period) -> dict[str, str]:
    """A period as the form of the statistics reads it."""
    year = {"year": str(period.first.year)}
    if period.year is not None:
        return year
    if period.half is not None:
        return {**year, "half": str(period.half)}
    return {**year, "from": period.first.isoformat(), "to": period.last.isoformat()}


def narrowed(*, district: str | None, agency: str | None) -> dict[str, str]:
    """Which cases only."""
    return {name: value for name, value in (("district", district), ("agency", agency)) if value}
