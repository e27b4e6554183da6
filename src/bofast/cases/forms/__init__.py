"""Shape of what a person writes in the room, by noun."""

from bofast.cases.forms.fields import AmountField, DayField, Words, WorkForm
from bofast.cases.forms.search import DayForm, SearchForm
from bofast.cases.forms.work import CloseForm, DeedForm, HandOverForm, NoteForm, ReviewForm, TaskForm

__all__ = [
    "AmountField",
    "CloseForm",
    "DayField",
    "DayForm",
    "DeedForm",
    "HandOverForm",
    "NoteForm",
    "ReviewForm",
    "SearchForm",
    "TaskForm",
    "Words",
    "WorkForm",
]  # fmt: skip
