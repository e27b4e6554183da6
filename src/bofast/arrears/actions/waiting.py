"""Lists kept and not used, as `receive_file` keeps what raises doubts: a person uses them, or discards them."""

from django.db import transaction

from bofast.access.actions import prove
from bofast.access.models import Proof, User
from bofast.arrears import queries
from bofast.arrears.actions.erasure import leave_nothing_behind
from bofast.arrears.actions.receive import Delivery, receive_file
from bofast.arrears.actions.turns import wait_for_turn
from bofast.arrears.models import ReceivedFile
from bofast.domain.files import Kind


@transaction.atomic
def use(*, file_id: int, by: User) -> ReceivedFile:
    """Take the list in as it was kept, whatever it lets go.

    Raises ReceivedFile.DoesNotExist when somebody settled it meanwhile, and `files.Refused` as `receive_file` does.
    """
    kept = _kept(file_id)
    delivery = Delivery(
        data=bytes(kept.content.data), name=kept.name, kind=Kind(kept.kind), as_of=kept.as_of, sender=kept.sender
    )
    kept.delete()
    return receive_file(delivery, received_by=by)[0]


@transaction.atomic
def discard(*, file_id: int, by: User) -> None:
    """Let the file go, with proof; nothing was changed by it. Raises ReceivedFile.DoesNotExist as `use` does."""
    kept = _kept(file_id)
    prove(
        by=by.viewer, verb=Proof.Verb.ERASED, ground=Proof.Ground.WRONG, kind="received_file", object_id=str(file_id),
        counts={"rows": kept.rows},
    )  # fmt: skip
    kept.delete()
    transaction.on_commit(leave_nothing_behind)


def _kept(file_id: int) -> ReceivedFile:
    wait_for_turn()
    return queries.waiting_files().select_for_update().get(pk=file_id)
