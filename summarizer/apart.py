"""Keep what goes wrong with one report from all others: the one place that catches everything."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import suppress
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR
from pathlib import Path
from typing import TypeVar

from summarizer.errors import SummarizerError

T = TypeVar("T")
E = TypeVar("E", bound=BaseException)
_GOES_ON = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR


def apart(name: str, step: Callable[[], T]) -> T | SummarizerError:
    """Return what *step* gives for the report *name*, or the error that it ends in.

    The error holds nothing that the step worked on: not the text, which would be kept for as long
    as the error, nor a parsed page, which no other thread may let go of.
    """
    try:
        return step()
    except SummarizerError as error:
        return _emptied(error)
    except Exception as error:  # noqa: BLE001 (one report's fault must not cost the others)
        return _unforeseen(name, _emptied(error))


def traced(error: SummarizerError) -> str | None:
    """Return the traceback of a fault of this program, None for errors that are none."""
    if type(error) is not SummarizerError or error.__cause__ is None:
        return None
    return "".join(traceback.format_exception(error.__cause__))


def _emptied(error: E) -> E:
    """Return *error* without the values in the frames that it and its causes came through."""
    causes: list[BaseException] = [error]
    for one in causes:
        for frame, _ in traceback.walk_tb(one.__traceback__):
            # A generator that has caught the error may go on: to clear its frame would end it.
            if not frame.f_code.co_flags & _GOES_ON:
                with suppress(RuntimeError):  # it still runs
                    frame.clear()
        more = (each for each in (one.__cause__, one.__context__) if each is not None)
        causes += [each for each in more if each not in causes]
    return error


def _unforeseen(name: str, error: Exception) -> SummarizerError:
    """Return what is told of a fault of this program: its own words could be the article's."""
    package = Path(__file__).parent
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if package in Path(frame.filename).parents]
    place = f"{Path(own[-1].filename).relative_to(package).as_posix()}:{own[-1].lineno}"
    told = SummarizerError(
        f"{name}: unexpected {type(error).__name__} in {place}, a fault of this program; --debug "
        "shows more"
    )
    told.__cause__ = error
    return told
