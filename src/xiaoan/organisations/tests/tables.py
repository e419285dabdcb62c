"""Tables for tests of imports: rows under headings, as an uploaded workbook."""

from io import BytesIO

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.imports import check, known_imports
from xiaoan.foundation.sheets import Sheet, write_workbook


def workbook(headings, *rows):
    """The bytes of an .xlsx with one sheet called 表."""
    stream = BytesIO()
    write_workbook([Sheet("表", headings.split(), rows)], stream)
    return stream.getvalue()


def checked(kind, actor, headings, *rows):
    """The draft of a table."""
    return check(known_imports()[kind][0], workbook(headings, *rows), "表.xlsx", actor)


def imported(kind, actor, headings, *rows):
    """A table that was checked and applied."""
    draft = checked(kind, actor, headings, *rows)
    assert draft.error_list() == []
    return known_imports()[kind][1](actor=actor, ask=Ask(), draft=draft)


def counts(draft):
    """新增, 变更, 未变, 错误."""
    return (draft.added, draft.changed, draft.unchanged, draft.wrong)


def told(draft):
    """The errors as the command line prints them."""
    return [str(error) for error in draft.error_list()]
