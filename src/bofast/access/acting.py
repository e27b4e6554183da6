"""In which of their roles a person acts: chosen for the session, and never more than one at a time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from bofast.access.models import User

SESSION_KEY = "acting"


def in_one_role(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the user of a request acts in the role chosen in this session, as long as it is theirs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User):
            request.user.acting_id = request.session.get(SESSION_KEY)
        return get_response(request)

    return middleware
