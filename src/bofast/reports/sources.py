"""Whose numbers play which part in the statistics, by year: what the team has entered, else the packaged default."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bofast.domain.statistics import Profile
from bofast.domain.statistics.agencies import INDICATORS
from bofast.reports.models import SourceProfile

Part = SourceProfile.Part
WORDS: Mapping[str, tuple[str, ...]] = {
    Part.OWN: (*INDICATORS["petitions"], *INDICATORS["evictions"]),
    Part.CITY: (*INDICATORS["petitions"], *INDICATORS["evictions"]),
    Part.BOOKS: (*INDICATORS["evictions"], *INDICATORS["reinstated"]),
    Part.WITHDRAWN: INDICATORS["withdrawn"],
}
"""The indicators a part can be played with, as the agencies' files call them."""


@dataclass(frozen=True, kw_only=True)
class Playing:
    """Who plays a part from a year on; `entered` None for the packaged default, which no year begins."""

    part: Part
    source: str
    words: tuple[str, ...]
    entered: SourceProfile | None = None


@cache
def default_profile() -> Profile:
    """The sources of `sources.yaml`: the reference's."""
    return Profile(**yaml.safe_load(files(__package__).joinpath("sources.yaml").read_text("utf-8")))


def profile_in_force() -> Profile:
    """Who plays which part in every year: the packaged default until a line entered takes a part over."""
    return profile_of(list(SourceProfile.objects.order_by("since")))


def profile_of(lines: Sequence[SourceProfile]) -> Profile:
    """The lines, oldest first, as one dated profile."""
    now, later = default_profile(), []
    for since in dict.fromkeys(line.since for line in lines):
        for line in (line for line in lines if line.since == since):
            now = _with(now, line)
        later.append((since, now))
    return replace(default_profile(), later=tuple(later))


def _with(profile: Profile, line: SourceProfile) -> Profile:
    words = {part: said for part, said in profile.words.items() if part != line.part}
    chosen = {line.part: frozenset(line.indicators)} if line.indicators else {}
    names: dict[str, Any] = {part.value: getattr(profile, part.value) for part in Part} | {line.part: line.source}
    return Profile(**names, words={**words, **chosen})


def playing() -> list[Playing]:
    """Every line there is, part by part, the newest first and the packaged default last."""
    packaged = default_profile()
    entered = [Playing(part=Part(e.part), source=e.source, words=tuple(e.indicators) or WORDS[e.part], entered=e)
               for e in SourceProfile.objects.order_by("-since")]  # fmt: skip
    default = [Playing(part=part, source=getattr(packaged, part.value), words=WORDS[part]) for part in Part]
    order = list(Part)
    return sorted([*entered, *default], key=lambda each: order.index(each.part))


def known_sources(counted: Sequence[str]) -> list[str]:
    """The sources to choose between: those whose numbers have come, and those that play a part already."""
    return sorted({*counted, *(each.source for each in playing())})
