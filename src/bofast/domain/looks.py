"""Whether two names, or two streets, are the same as far as a sign of unusual looking goes."""

import re

_NUMBER = re.compile(r"\s*\d.*$")
_SHORT = ((re.compile(r"(gt|gata|gaten)$"), "gate"), (re.compile(r"(vn|veg|vegen|veien|v)$"), "vei"))


def last_names(name: str) -> frozenset[str]:
    """The last name of a full name, each half of a double one; written «Nordmann, Kari» or «Kari Nordmann»."""
    family = name.partition(",")[0] if "," in name else name
    words = family.casefold().split()
    return frozenset(words[-1].split("-")) if words else frozenset()


def same_last_name(own: str, name: str) -> bool:
    """Whether somebody with the last name `own` shares it, or half of it, with the person of that full name."""
    return bool(last_names(own) & last_names(name))


def same_name(one: str, other: str) -> bool:
    """Whether two full names are one, in whichever order they are written."""
    return bool(_words(one)) and _words(one) == _words(other)


def _words(name: str) -> list[str]:
    return sorted(name.casefold().replace(",", " ").split())


def street(address: str) -> str:
    """The street of an address without its number, in one way of writing: «Storgt. 4 B» and «Storgata» are one."""
    found = _NUMBER.sub("", address.casefold()).replace(".", "").strip()
    for short, whole in _SHORT:
        found = short.sub(whole, found)
    return found


def same_street(one: str, other: str) -> bool:
    """Whether two addresses are in one street; never when one of them is empty."""
    return bool(street(one)) and street(one) == street(other)
