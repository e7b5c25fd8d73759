"""The review file: one decision a line, only ever added to, and what all of them come to.

A line is UTF-8 JSON. What a crash left of a line, or somebody broke by hand, stays where it is, is
told by its number and counts for nothing.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StrictInt,
    ValidationError,
    model_validator,
)

from summarizer.errors import InputError
from summarizer.escape import for_terminal
from summarizer.review.lock import lock, sync_entry
from summarizer.review.record import Kind

Action = Literal["accept", "reject", "correct", "add", "undo", "note"]


def _forward(place: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= place[0] < place[1]:
        raise ValueError("a place must end behind its start")
    return place


Place = Annotated[tuple[StrictInt, StrictInt], AfterValidator(_forward)]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Worth(_Line):
    """What a value is or becomes: ``text[start:end]`` of each place in ``cite`` are its words.

    ``value`` is for reading; of a whole record it is that record's JSON, of a note its text.
    ``code`` is the one chosen from a closed list.
    """

    value: str | None = None
    cite: tuple[Place, ...] = ()
    words: tuple[str, ...] = ()
    code: str | None = None


class Entry(_Line):
    """A decision before it has its place in the file.

    ``field`` None means the whole record; a value of a list is named by its words, ``at_item``.
    ``id`` is a UUID of whoever asks, so that one that is sent again is not written twice.
    """

    id: Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{1,64}$")]
    by: str
    doc: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the text")]
    kind: Kind
    record: Annotated[str, Field(pattern="^[0-9a-f]{16}$", description="Its fingerprint")]
    anchor: tuple[Place, ...]
    field: str | None
    at_item: tuple[Place, ...] = ()
    action: Action
    of: Annotated[str | None, Field(description="The id of what an undo undoes")] = None
    old: Worth | None = None
    new: Worth | None = None

    @model_validator(mode="after")
    def _whole(self) -> Entry:
        if self.action == "undo" and self.of is None:
            raise ValueError("an undo must say of what")
        if self.action in ("correct", "add", "note") and self.new is None:
            raise ValueError(f"there is nothing to {self.action}")
        if self.action == "correct" and self.field is None:
            raise ValueError("a correction must name a field")
        return self


class Decision(Entry):
    """A line of the file: what somebody decided, when, and after how many others."""

    v: Literal[1]
    seq: Annotated[StrictInt, Field(ge=0)]
    at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]


def read_decisions(path: Path) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """Return the decisions in the file *path* and a warning for each line that is none, by number.

    Raises:
        InputError: it cannot be read. What stands in it is never a reason.
    """
    try:
        return _parsed(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from error


def fold(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return what stands of *decisions*, in the order of their ``seq``.

    An undo takes back one decision before it, be that an undo itself. Of several decisions on one
    value of one record the last stands. A code chosen for a part of a value, such as a role, leaves
    what was decided on its words, unless that was to reject it. What is decided on an added record
    leaves its addition. Two additions to a list are two values, and every note stands.
    """
    ordered = sorted(decisions, key=lambda one: one.seq)
    undone: set[str] = set()
    kept: set[object] = set()
    standing: dict[object, Decision] = {}
    for one in reversed(ordered):  # whatever could undo it has been seen
        if one.id in undone:
            continue
        if one.action == "undo":
            undone.add(one.of or "")
            continue
        subject = _subject(one, target(one))
        if one.action == "reject" and subject in kept:
            continue
        standing.setdefault(subject, one)
        if one.action == "correct":
            kept.add(_subject(one, (target(one) or "").partition(".")[0]))
    return tuple(reversed(standing.values()))


CODED_PART: Mapping[str, str] = {
    "participants": "role",
    "place": "country",
    "deployment": "country",
    "items": "category",
}
"""Field of words -> the part of its value that a code is chosen for.

Who says so is not among them: the kind of a speaker is what is decided on.
"""


SEVERAL = frozenset("labels participants supplier recipient items conditions exclusions".split())
"""Fields with several values, each named by its words."""


def target(one: Decision) -> str | None:
    """Return the field that is decided on, with the part of its value if that is all."""
    chosen = one.action == "correct" and one.new and one.new.code and not one.new.cite
    part = CODED_PART.get(one.field or "") if chosen else None
    return f"{one.field}.{part}" if part else one.field


def _subject(one: Decision, field: str | None) -> object:
    if one.action == "note":
        return one.id
    subject = one.doc, one.kind, one.record, field
    if one.action == "add" and field is None:
        return *subject, "added"
    if one.action == "add" and field in SEVERAL and one.new:
        return *subject, one.at_item or one.new.cite
    return *subject, one.at_item


class Journal:
    """The review file, open for writing by this process alone; used as a context manager.

    Threads may share it. Raises InputError, naming the file, when it cannot be opened or another
    review has it open.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.warnings: tuple[str, ...] = ()
        self._file: FileIO | None = None
        self._closing = ExitStack()
        self._decisions: dict[str, Decision] = {}
        self._seq = 0
        self._torn = False
        self._writing = Lock()

    def __enter__(self) -> Journal:
        with ExitStack() as opened:
            try:
                file = opened.enter_context(self.path.open("ab+", buffering=0))
                _locked(file, self.path)
                sync_entry(self.path)
                file.seek(0)
                data = file.readall()
            except OSError as error:
                why = f"cannot be opened for writing ({error.strerror})"
                raise InputError(f"{self.path}: {why}; check the path") from error
            found, self.warnings = _parsed(data)
            self._decisions = {one.id: one for one in found}
            self._seq = max((one.seq for one in found), default=0)
            self._torn = bool(data) and not data.endswith(b"\n")
            self._file = file
            self._closing = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._writing:
            self._file = None
            self._closing.close()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """All decisions of the file, undone ones and what undid them among them."""
        with self._writing:
            return tuple(self._decisions.values())

    def append(self, entry: Entry) -> Decision:
        """Write *entry* as the next line; it is on disk when this returns.

        One whose id the file has already is not written: the line that is there is returned.

        Raises:
            OSError: it may not be on disk, whole or at all; the next line begins on a new one.
            InputError: it is no text that a file can hold.
        """
        with self._writing:
            if before := self._decisions.get(entry.id):
                return before
            if self._file is None:
                raise InputError(f"{self.path}: the review file is closed")
            decision = _placed(entry, self._seq + 1)
            data = b"\n" * self._torn + _line(decision, self.path)
            self._torn = True  # until all of it is known to be on disk
            if self._file.write(data) != len(data):
                raise OSError(errno.EIO, "written in part")
            os.fsync(self._file.fileno())
            self._torn = False
            self._seq = decision.seq
            self._decisions[decision.id] = decision
            return decision


def _locked(file: FileIO, path: Path) -> None:
    try:
        lock(file)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise
        raise InputError(f"{path}: another review has it open; end that one first") from error


def _placed(entry: Entry, seq: int) -> Decision:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    own = {name: getattr(entry, name) for name in Entry.model_fields}
    return Decision(v=1, seq=seq, at=now, **own)


_FIRST = ("v", "id", "seq", "at", "by")
"""What a line begins with, for whoever reads the file as it is."""


def _line(decision: Decision, path: Path) -> bytes:
    data = decision.model_dump(mode="python")
    ordered = {**{name: data[name] for name in _FIRST}, **data}
    try:
        return json.dumps(ordered, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError as error:
        raise InputError(f"{path}: half a character cannot be written ({error.reason})") from error


def _parsed(data: bytes) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """Return the decisions of a file's content and what is wrong with the other lines."""
    found: dict[str, Decision] = {}
    warnings: list[str] = []
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            one = Decision.model_validate_json(line)
        except ValidationError as error:
            why = "cut off" if number == len(lines) else _fault(error)
            warnings.append(f"line {number} is no decision and counts for nothing: {why}")
            continue
        if found.setdefault(one.id, one) != one:
            warnings.append(f"line {number} has the id of another one and counts for nothing")
        elif one.of is not None and one.of not in found:
            warnings.append(f"line {number} undoes nothing that stands before it")
    return tuple(found.values()), tuple(warnings)


def _fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return "not JSON"
    place = ".".join(map(str, first["loc"]))
    return for_terminal(f"{place}: {first['msg']}" if place else first["msg"])[:_SHOWN]


_SHOWN = 120


def of_document(decisions: Sequence[Decision], sha256: str) -> tuple[Decision, ...]:
    """Return the decisions on the text with this SHA-256."""
    return tuple(one for one in decisions if one.doc == sha256)
