"""What we were sent and hold.

Personal content (file bytes, quarantined cells, residents, dwellings' addresses) sits in rows of its own
that can be erased; ledger entries keep ids, days and amounts only, and are append-only.
"""

from bofast.arrears.models.files import (
    DEFAULT_SENDER,
    FileContent,
    FileKind,
    QuarantinedRow,
    ReceivedFile,
    SenderProfile,
)
from bofast.arrears.models.handed import Answer, HandedRow, HandOut
from bofast.arrears.models.history import AgencyCount, FormerRegisteredCase, RegisteredCase
from bofast.arrears.models.shields import Named, Shield, ShieldedAddress
from bofast.arrears.models.tenancies import Claim, Dwelling, Household, LedgerEntry, Resident, Tenancy

__all__ = [
    "DEFAULT_SENDER", "AgencyCount", "Answer", "Claim", "Dwelling", "FileContent", "FileKind", "FormerRegisteredCase",
    "HandOut", "HandedRow", "Household", "LedgerEntry", "Named", "QuarantinedRow", "ReceivedFile", "RegisteredCase",
    "Resident", "SenderProfile", "Shield", "ShieldedAddress", "Tenancy",
]  # fmt: skip
