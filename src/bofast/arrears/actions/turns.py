"""One file, or one row put right, at a time: each is held against what is there, and two at once do not see each other.

Two lists taken in together would each be compared with the list before both; which claims are settled would stay wrong.
"""

from django.contrib.contenttypes.models import ContentType


def wait_for_turn() -> None:
    """Wait until nobody else is taking anything in; the turn is over with the transaction.

    The row that names the table of files stands for all of them: there is one even before the first file.
    """
    ContentType.objects.select_for_update().get(app_label="arrears", model="receivedfile")
