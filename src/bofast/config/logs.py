"""What the log may hold: what went wrong and where in the program, never a word about anybody."""

from collections.abc import Iterator, MutableMapping
from traceback import extract_tb
from typing import Any


def without_messages(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Exceptions by type and place only: a database's message quotes the row it refused, with names and numbers."""
    exc_info = event.pop("exc_info", None)
    if exc_info:
        event["exceptions"] = list(_chain(exc_info[1] if isinstance(exc_info, tuple) else exc_info))
    return event


def _chain(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """The exception, then what it came from."""
    while isinstance(error, BaseException):
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
        yield {"type": type(error).__qualname__, "at": places}
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
