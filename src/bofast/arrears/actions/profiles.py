"""How a sender names its columns, as a person has told us."""

from collections.abc import Mapping

from django.db import transaction

from bofast.arrears.models import SenderProfile
from bofast.domain.files import Kind


@transaction.atomic
def save_profile(*, sender: str, kind: Kind, columns: Mapping[str, str]) -> SenderProfile:
    """Remember header as sent → our key ("" = leave unread) for this sender; other headers stay as they were."""
    profile, _made = SenderProfile.objects.select_for_update().get_or_create(sender=sender, kind=kind.value)
    profile.columns = {**profile.columns, **columns}
    profile.save(update_fields=["columns"])
    return profile
