"""Answers: a list we handed out, coming back filled in by the social services; one row per household.

Only answer and note are news. Key, contract and sum are read to be held against what was handed out: a row that was
changed on the way answers for nobody (that is compared where the hand-outs are kept).
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from bofast.domain.files import values
from bofast.domain.files.columns import Column, Kind, Table
from bofast.domain.files.faults import Fault
from bofast.domain.files.rows import Row
from bofast.domain.screening import Answer, NotAnAnswer, read_answer


def answer(text: str) -> Answer | None:
    """One of the answers; None for "vet ikke", which leaves the question open."""
    try:
        return read_answer(text)
    except NotAnAnswer:
        raise values.CellError("not_an_answer", value=text) from None


COLUMNS = (
    Column("key", values.text_of(40), ("Nøkkel", "Nykel"), required=True),
    Column(
        "contract_no", values.text_of(40), ("Kontraktsnr", "Kontraktnr", "Kontraktsnummer", "Contract"), required=True
    ),
    Column("outstanding", values.amount_not_negative, ("Restanse", "Skyldig", "Arrears"), required=True),
    Column("answer", answer, ("Aktiv kontakt?", "Svar", "Active contact?"), expected=True),
    Column("note", values.text_of(1000), ("Merknad", "Kommentar"), runs_on=True),
)


def key_of(row: Mapping[str, Any]) -> Hashable:
    """A row is the key we gave it."""
    return row.get("key")


TABLE = Table(
    Kind.ANSWERS,
    COLUMNS,
    same=key_of,
    twice="given_twice",
    total="outstanding",
    told_by=frozenset({"key", "answer"}),
)


@dataclass(frozen=True)
class HandedOut:
    """What a key stood for when it went out: contract, sum (øre), and whether it went to the one who answers now.

    `counts`: the household is still shared with them, or the row says nothing new of it.
    """

    contract_no: str
    outstanding: int
    to_sender: bool = True
    counts: bool = True


def held_against(row: Row, handed: HandedOut | None) -> Fault | None:
    """What keeps an accepted row from being an answer: its key, or what was changed in it; None when nothing does.

    `handed` is None for a key we never gave. A row that went to others is told apart from that only by its code.
    """
    if handed is None:
        return Fault(row.line, TABLE.by_key["key"].names[0], "answer_key_unknown")
    if not handed.to_sender:
        return Fault(row.line, TABLE.by_key["key"].names[0], "answer_not_yours")
    if not handed.counts:
        return Fault(row.line, TABLE.by_key["key"].names[0], "answer_no_longer_shared")
    for key, ours in (("contract_no", handed.contract_no), ("outstanding", handed.outstanding)):
        if row.values.get(key) != ours:
            return Fault(row.line, TABLE.by_key[key].names[0], "answer_changed")
    return None
