"""Decisions of a person: how a record is named, the file they stand in, what they do to a brief."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import cache
from io import FileIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from claiming import Telling
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sample_briefs import NO_ENGINE, NO_USAGE, SAMPLE, hostile_brief, sample_brief

from summarizer.annotate import annotate
from summarizer.brief import Actor, Brief, DocumentInfo, Event, Pledge, Review
from summarizer.errors import InputError
from summarizer.render import to_json
from summarizer.review import (
    Decision,
    Entry,
    Journal,
    Worth,
    anchor,
    corrected,
    derive,
    fingerprint,
    fold,
    new_record,
    of_document,
    on_other_texts,
    read_decisions,
)
from summarizer.review.fields import LISTS, OPTIONAL, REQUIRED, codes
from summarizer.review.record import Kind, Record, kind_of, spans_of
from summarizer.schema import schema_text
from summarizer.source import Span
from summarizer.validate import check
from summarizer.values import Value, values_of

ROOT = Path(__file__).parents[1]
TEXT = (
    "Norland shelled the port of Vesby on Friday. Sudoria promised Norland ten howitzers and two "
    "radars for the coast, the Coast Herald reported. General Anna Kest, army chief of Norland, "
    "praised Sudoria in Vesby on Monday. The radars, 15 of them, will arrive in May if parliament "
    "agrees. Eastmark mediated between both sides and sent three patrol boats to Sudoria."
)
AT = "2026-11-25T18:40:12Z"
_numbers = count(1)


def _telling() -> Telling:
    told = Telling(TEXT, published="2025-10-18")
    told.actor("Norland", "state").actor("Sudoria", "state").actor("Coast Herald", "media")
    told.actor("Anna Kest", "person")
    told.event("strike", who=["Norland"], when="on Friday", where="Vesby")
    told.event("statement", sentence=3, who=["Anna Kest"], to_whom=["Sudoria"], when="on Monday")
    told.pledge(
        "ten howitzers",
        "two radars",
        sentence=2,
        status="pledged",
        supplier="Sudoria",
        recipient="Norland",
        said_by="Coast Herald",
    )
    return told.line("Norland shelled the port of Vesby", 1).line("Sudoria promised Norland", 2)


TELLING = _telling()
DOCUMENT = TELLING.annotations.document
SENTENCES = TELLING.annotations.sentences


def _brief(text: str = TEXT) -> Brief:
    found = TELLING.resolved()
    return Brief(
        version=1,
        document=DocumentInfo(
            id="vesby",
            sha256=replace(DOCUMENT, text=text).sha256,
            title=None,
            publisher=None,
            url=None,
            language=None,
            published="2025-10-18",
            published_basis="given",
            characters=len(text),
        ),
        engine=NO_ENGINE,
        usage=NO_USAGE,
        summary=found.summary,
        actors=found.actors,
        events=found.events,
        pledges=found.pledges,
        rejections=found.rejections,
        warnings=found.warnings,
    )


BRIEF = _brief()
STRIKE, STATEMENT = BRIEF.events
PLEDGE = BRIEF.pledges[0]
NORLAND, SUDORIA = BRIEF.actors[:2]
LINE = BRIEF.summary[0]


@pytest.fixture(scope="module", autouse=True)
def text_is_parsed_once() -> Iterator[None]:
    """All examples of a property are about few texts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("summarizer.review.words.annotate", cache(annotate))
        yield


def _records(brief: Brief) -> list[Any]:
    return [*brief.actors, *brief.events, *brief.pledges, *brief.summary]


def _values(record: Record) -> tuple[Value, ...]:
    if isinstance(record, Actor | Event | Pledge):
        return values_of(record)
    return (Value("text", record.text, record.citations),)


def _value(record: Record, field: str, words: str = "") -> Value:
    return next(v for v in _values(record) if v.field == field and words in v.words)


def _decision(record: Record, action: str, field: str | None = None, /, **more: Any) -> Decision:
    number = next(_numbers)
    given = {
        "v": 1,
        "id": f"00000000-0000-4000-8000-{number:012}",
        "seq": number,
        "at": AT,
        "by": "mk",
        "doc": DOCUMENT.sha256,
        "kind": kind_of(record),
        "record": fingerprint(record),
        "anchor": anchor(record),
        "field": field,
        "action": action,
    }
    return Decision.model_validate(given | more)


def _on(record: Record, value: Value, action: str, **more: Any) -> Decision:
    """Decide on a value as the page does: with what is seen, where, and which of a list."""
    cited = tuple((one.start, one.end) for one in value.citations)
    given: dict[str, Any] = {"old": {"value": value.words, "cite": cited}}
    if value.at is not None:
        given["at_item"] = cited
    return _decision(record, action, value.field, **(given | more))


def _accepted(record: Record) -> Decision:
    return _decision(record, "accept", new={"value": record.model_dump_json()})


def _undo(one: Decision) -> Decision:
    data = one.model_dump() | {"action": "undo", "of": one.id, "old": None, "new": None}
    number = next(_numbers)
    return Decision.model_validate(data | {"id": f"undo-{number}", "seq": number})


def _marked(*words: str, code: str | None = None, text: str = TEXT) -> dict[str, Any]:
    cited = tuple((text.index(one), text.index(one) + len(one)) for one in words)
    value = words[0] if words else code
    return {"value": value, "cite": cited, "words": words, "code": code}


def _worked(*decisions: Decision, on: Brief = BRIEF) -> Brief:
    """Work in decisions that all fit, and see that what comes out holds."""
    brief, unfit = corrected(on, TEXT, decisions)
    assert unfit == ()
    _assert_holds(brief)
    assert corrected(brief, TEXT, decisions) == (brief, ())
    return brief


SCHEMA = Draft202012Validator(json.loads(schema_text("brief")))


def _assert_holds(brief: Brief) -> None:
    report = check(brief, TEXT, sentences=SENTENCES)
    assert report.findings == ()
    SCHEMA.validate(json.loads(to_json(brief)))
    ids = [one.id for one in _records(brief) if hasattr(one, "id")]
    assert len(ids) == len(set(ids))
    actors = {actor.id for actor in brief.actors} | {None}
    told = [party.actor for event in brief.events for party in event.participants]
    told += [party.actor for one in brief.pledges for party in (*one.supplier, *one.recipient)]
    assert set(told) <= actors


# How a record is named


def test_brief_of_these_tests_holds() -> None:
    _assert_holds(BRIEF)


def test_fingerprint_knows_no_id_order_or_model() -> None:
    other = STRIKE.model_copy(
        update={"id": "e99", "date": None, "participants": tuple(reversed(STRIKE.participants))}
    )

    assert fingerprint(other) == fingerprint(STRIKE)
    assert len(fingerprint(STRIKE)) == 16
    assert set(fingerprint(STRIKE)) <= set("0123456789abcdef")


def test_every_record_has_a_fingerprint_of_its_own() -> None:
    prints = [fingerprint(record) for record in _records(BRIEF)]

    assert len(prints) == len(set(prints))


def test_fingerprint_is_that_of_earlier_versions() -> None:
    """Review files of users hold it: it must never change."""
    sample = sample_brief()
    found = [fingerprint(record) for record in _records(sample)]

    assert found == ["37a14cd3ee275294", "75ceeb65f1bf0ea7", "bfdc3d9949865fed", "3b44dbdadb4e3142"]


def test_anchor_is_what_names_the_record() -> None:
    def words(record: Record) -> list[str]:
        return [TEXT[start:end] for start, end in anchor(record)]

    assert words(NORLAND) == ["Norland"]
    assert words(STRIKE) == [SENTENCES[0].text, "Norland"]
    assert words(PLEDGE) == ["Sudoria", "Norland", "ten howitzers", "two radars"]
    assert words(LINE) == [SENTENCES[0].text]


def test_event_of_another_label_is_another_record() -> None:
    other = STRIKE.model_copy(update={"label": "clash"})

    assert fingerprint(other) != fingerprint(STRIKE)
    assert anchor(other) == anchor(STRIKE)


def test_pledge_that_names_nothing_is_named_by_its_citation() -> None:
    bare = PLEDGE.model_copy(update={"supplier": (), "recipient": (), "items": ()})

    assert anchor(bare) == spans_of(bare)[:1]


# The file


def _entry(number: int = 1, **more: Any) -> Entry:
    one = _decision(STRIKE, "accept", "date", old={"value": "on Friday", "cite": [[34, 43]]})
    data = one.model_dump(exclude={"v", "seq", "at"}) | {"id": f"entry-{number}"}
    return Entry.model_validate(data | more)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "review.jsonl"


def _written(file: Path, *entries: Entry) -> tuple[Decision, ...]:
    with Journal(file) as journal:
        return tuple(journal.append(entry) for entry in entries)


def test_decision_is_one_line_that_reads_from_left_to_right(file: Path) -> None:
    name = "Şule Öz\n\u2028"
    (one,) = _written(file, _entry(by=name))
    line = file.read_bytes()

    assert line.startswith(b'{"v": 1, "id": "entry-1", "seq": 1, "at": "20')
    assert line.count(b"\n") == 1
    assert "Şule Öz" in line.decode()
    assert read_decisions(file) == ((one,), ())
    assert one.by == name


def test_example_of_the_design_is_a_decision(file: Path) -> None:
    line = {
        "v": 1,
        "id": "9e4c0f4e-7c1f-4c5c-9d3b-0d8f6f1c2a77",
        "seq": 41,
        "at": AT,
        "by": "mk",
        "doc": "0" * 64,
        "kind": "pledge",
        "record": "0" * 16,
        "anchor": [[210, 218], [240, 248]],
        "field": "items.quantity",
        "at_item": [[231, 236]],
        "action": "correct",
        "old": {"value": "50", "cite": [[231, 233]]},
        "new": {"value": "15", "cite": [[301, 303]], "words": ["15"]},
    }
    file.write_text(json.dumps(line))

    (one,), warnings = read_decisions(file)

    assert warnings == ()
    assert (one.seq, one.at_item, one.new and one.new.words) == (41, ((231, 236),), ("15",))


def test_lines_are_counted_on_from_the_highest(file: Path) -> None:
    first = _written(file, _entry(1), _entry(2))
    second = _written(file, _entry(3))

    assert [one.seq for one in (*first, *second)] == [1, 2, 3]
    with Journal(file) as journal:
        assert journal.decisions == (*first, *second)


def test_repeated_id_is_not_written_twice(file: Path) -> None:
    with Journal(file) as journal:
        first = journal.append(_entry(1))
        size = file.stat().st_size
        again = journal.append(_entry(1, by="somebody else"))

    assert again == first
    assert file.stat().st_size == size
    with Journal(file) as journal:
        assert journal.append(_entry(1, action="reject")) == first


def test_decision_is_on_disk_before_it_is_answered(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        synced.append(os.fstat(handle).st_size)

    monkeypatch.setattr(os, "fsync", fsync)
    _written(file, _entry(1))

    assert synced[-1] == file.stat().st_size


def test_torn_last_line_is_told_and_a_new_one_begun(file: Path) -> None:
    _written(file, _entry(1), _entry(2))
    whole = file.read_bytes()
    file.write_bytes(whole[:-40])

    with Journal(file) as journal:
        told = journal.warnings
        third = journal.append(_entry(3))

    assert told == ("line 2 is no decision and counts for nothing: cut off",)
    assert file.read_bytes().startswith(whole[:-40] + b"\n{")
    found, warnings = read_decisions(file)
    assert [one.id for one in found] == ["entry-1", "entry-3"]
    assert third.seq == 2
    assert warnings == ("line 2 is no decision and counts for nothing: not JSON",)


def test_last_line_without_its_end_is_whole_if_it_is_json(file: Path) -> None:
    _written(file, _entry(1))
    file.write_bytes(file.read_bytes().rstrip(b"\n"))

    with Journal(file) as journal:
        assert journal.warnings == ()
        journal.append(_entry(2))

    assert len(read_decisions(file)[0]) == 2


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_file_may_be_cut_anywhere(file: Path, cut: int) -> None:
    _written(file, _entry(1), _entry(2))
    file.write_bytes(file.read_bytes()[: -cut - 1])

    with Journal(file) as journal:
        journal.append(_entry(3))

    ids = {one.id for one in read_decisions(file)[0]}
    assert {"entry-1", "entry-3"} <= ids


def _lines(*changes: dict[str, Any]) -> str:
    whole = _decision(STRIKE, "accept").model_dump(mode="json")
    return "\n".join(json.dumps(whole | change) for change in changes)


BROKEN = [
    ("not JSON", "{"),
    ("another version", _lines({"v": 2})),
    ("unknown field", _lines({"evil\x1b[31m": 1})),
    ("unknown action", _lines({"action": "burn"})),
    ("unknown kind", _lines({"kind": "planet"})),
    ("no SHA-256", _lines({"doc": "x"})),
    ("no fingerprint", _lines({"record": "x"})),
    ("backwards", _lines({"anchor": [[4, 2]]})),
    ("negative", _lines({"anchor": [[-4, 2]]})),
    ("no whole number", _lines({"anchor": [[0, 2.5]]})),
    ("true is no number", _lines({"seq": True})),
    ("undo of nothing", _lines({"action": "undo"})),
    ("correction of all", _lines({"action": "correct", "new": {"value": "x"}})),
    ("nothing to add", _lines({"action": "add"})),
    ("no time", _lines({"at": "yesterday"})),
    ("a list", "[]"),
    ("deep", "[" * 100_000),
    ("a number too long", _lines({}).replace('"seq": ', '"seq": ' + "9" * 5_000)),
]


@pytest.mark.parametrize("line", [line for _, line in BROKEN], ids=[name for name, _ in BROKEN])
def test_line_that_is_no_decision_counts_for_nothing(file: Path, line: str) -> None:
    file.write_text(f"{line}\n{_lines({'id': 'good'})}\n", "utf-8")

    found, (warning,) = read_decisions(file)

    assert [one.id for one in found] == ["good"]
    assert warning.startswith("line 1 is no decision and counts for nothing: ")
    assert warning.isprintable()
    assert len(warning) < 300


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_content_never_raises(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "any.jsonl"
    file.write_bytes(data)

    read_decisions(file)
    with Journal(file) as journal:
        one = journal.append(_entry(1))

    assert one in read_decisions(file)[0]
    assert file.read_bytes().startswith(data)


def test_missing_file_is_an_error_that_names_it(file: Path) -> None:
    with pytest.raises(InputError, match=r"review\.jsonl: cannot be read"):
        read_decisions(file)


def test_journal_that_cannot_be_opened_names_the_file(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "no" / "such.jsonl"):
        with pytest.raises(InputError, match="cannot be opened for writing"), Journal(path):
            pass


def test_half_a_character_is_refused_and_nothing_written(file: Path) -> None:
    with Journal(file) as journal:
        with pytest.raises(InputError, match="half a character"):
            journal.append(_entry(1, by="\ud83d"))
        journal.append(_entry(2))

    assert [one.id for one in read_decisions(file)[0]] == ["entry-2"]


def test_closed_journal_writes_nothing(file: Path) -> None:
    with Journal(file) as journal:
        pass
    with pytest.raises(InputError, match="closed"):
        journal.append(_entry(1))


def test_two_lines_of_one_id_are_told(file: Path) -> None:
    same = _lines({"id": "twice"})
    file.write_text(f"{same}\n{same}\n{_lines({'id': 'twice', 'by': 'another'})}\n")

    found, warnings = read_decisions(file)

    assert [one.by for one in found] == ["mk"]
    assert warnings == ("line 3 has the id of another one and counts for nothing",)


def test_undo_of_what_is_not_there_is_told(file: Path) -> None:
    file.write_text(_lines({"action": "undo", "of": "nobody"}))

    assert read_decisions(file)[1] == ("line 1 undoes nothing that stands before it",)


# One writer


def test_second_journal_is_refused_by_name(file: Path) -> None:
    with Journal(file) as first:
        with pytest.raises(InputError, match=r"review\.jsonl: another review has it open"):
            Journal(file).__enter__()
        first.append(_entry(1))
    with Journal(file) as second:
        assert len(second.decisions) == 1


def test_threads_share_one_journal(file: Path) -> None:
    def write(journal: Journal, start: int) -> None:
        for number in range(start, start + 100):
            journal.append(_entry(number))
            journal.append(_entry(number))  # as a page that got no answer would

    with Journal(file) as journal:
        threads = [threading.Thread(target=write, args=(journal, n * 100)) for n in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    found, warnings = read_decisions(file)
    assert warnings == ()
    assert len(file.read_bytes().splitlines()) == 400
    assert [one.seq for one in found] == list(range(1, 401))
    assert len({one.id for one in found}) == 400


_CHILD = """
import json, os, signal, sys, time
from functools import cache
from io import FileIO
from pathlib import Path
from summarizer.errors import InputError
from summarizer.review import Entry, Journal
file, name, entry = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])

def entries():
    for number in range(200):
        yield Entry.model_validate({**entry, "id": f"{name}-{number}", "by": name})
"""
_PATIENT = """
refused, todo = 0, list(entries())
while todo:  # after each ten decisions the other process may have its turn
    try:
        with Journal(file) as journal:
            for one in todo[:10]:
                journal.append(one)
        todo = todo[10:]
    except InputError as error:
        assert "another review has it open" in str(error), error
        refused += 1
        if refused == 1:
            print("refused", flush=True)
    time.sleep(0.002)
"""
_ENDLESS = """
with Journal(file) as journal:
    for one in entries():
        print(journal.append(one).id, flush=True)
    signal.pause()
"""
_CUT = """
class Half(FileIO):
    def write(self, data):
        if b"-3" not in data:
            return super().write(data)
        super().write(data[: len(data) // 2])
        os.kill(os.getpid(), signal.SIGKILL)

Path.open = lambda self, *mode, **how: Half(self, "ab+")
"""


def _child(script: str, file: Path, name: str) -> subprocess.Popen[str]:
    entry = json.dumps(_entry().model_dump(mode="json"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", script, str(file), name, entry],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_two_processes_lose_nothing(file: Path) -> None:
    with Journal(file) as journal, ExitStack() as running:
        children = [
            running.enter_context(_child(_CHILD + _PATIENT, file, name)) for name in ("one", "two")
        ]
        told = [child.stdout.readline() for child in children if child.stdout]
        journal.append(_entry(1))
        journal.__exit__(None, None, None)
        ended = [child.wait(timeout=120) for child in children]

    assert (told, ended) == (["refused\n"] * 2, [0, 0])
    found, warnings = read_decisions(file)
    assert warnings == ()
    assert [one.seq for one in found] == list(range(1, 402))
    for name in ("one", "two"):
        own = [one.id for one in found if one.by == name]
        assert own == [f"{name}-{number}" for number in range(200)]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_killed_process_has_on_disk_what_it_answered(file: Path) -> None:
    with _child(_CHILD + _ENDLESS, file, "dead") as child:
        assert child.stdout is not None
        answered = [child.stdout.readline().strip() for _ in range(50)]
        with pytest.raises(InputError, match="another review has it open"):
            Journal(file).__enter__()
        child.send_signal(signal.SIGKILL)
        answered += child.stdout.read().split()

    with Journal(file) as journal:  # the system let go of it
        ids = [one.id for one in journal.decisions]
        assert ids[: len(answered)] == answered
        assert journal.append(_entry(1)).seq == len(ids) + 1


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_process_killed_in_mid_write_leaves_half_a_line(file: Path) -> None:
    with _child(_CHILD + _CUT + _ENDLESS, file, "dead") as child:
        child.wait(timeout=60)
        assert child.returncode == -signal.SIGKILL
        assert child.stdout is not None
        assert child.stdout.read().split() == ["dead-0", "dead-1", "dead-2"]

    with Journal(file) as journal:
        assert [one.id for one in journal.decisions] == ["dead-0", "dead-1", "dead-2"]
        assert len(journal.warnings) == 1
        again = journal.append(_entry(1, id="dead-3"))

    assert read_decisions(file)[0][-1] == again


class _Full(FileIO):
    """A file on a disk that is full after some bytes."""

    room = 1_000_000

    def write(self, data: Any) -> int:
        written = super().write(data[: self.room])
        type(self).room -= written
        return written


def test_full_disk_is_an_error_and_the_rest_is_saved_later(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "open", lambda self, *mode, **how: _Full(self, "ab+"))
    with Journal(file) as journal:
        journal.append(_entry(1))
        monkeypatch.setattr(_Full, "room", 100)
        with pytest.raises(OSError, match="in part"):
            journal.append(_entry(2))
        monkeypatch.setattr(_Full, "room", 1_000_000)
        again = journal.append(_entry(2))

    monkeypatch.undo()
    found, warnings = read_decisions(file)
    assert found[-1] == again
    assert [one.seq for one in found] == [1, 2]
    assert len(warnings) == 1


# What stands of them


def test_last_decision_on_a_value_stands() -> None:
    date = _value(STRIKE, "date")
    first, last = _on(STRIKE, date, "reject"), _on(STRIKE, date, "accept")
    other = _on(STRIKE, _value(STRIKE, "place"), "reject")

    assert fold([last, other, first]) == (last, other)


def test_undo_brings_back_what_stood_before() -> None:
    date = _value(STRIKE, "date")
    first, second = _on(STRIKE, date, "reject"), _on(STRIKE, date, "accept")
    undo = _undo(second)
    undo_of_undo = _undo(undo)

    assert fold([first, second, undo]) == (first,)
    assert fold([first, second, undo, undo_of_undo]) == (second,)
    assert fold([first, second, undo, undo_of_undo, _undo(undo_of_undo)]) == (first,)
    assert fold([first, second, undo, _undo(first)]) == ()


def test_undo_that_stands_before_undoes_nothing() -> None:
    later = _on(STRIKE, _value(STRIKE, "date"), "reject")
    early = _undo(later).model_copy(update={"seq": 0})
    itself = early.model_copy(update={"of": early.id})

    assert fold([early, itself, later]) == (later,)


def test_items_and_additions_are_apart() -> None:
    items = [_on(PLEDGE, v, "reject") for v in values_of(PLEDGE) if v.field == "items"]
    added = [
        _decision(PLEDGE, "add", "items", new=_marked(w)) for w in ("three patrol boats", "15")
    ]
    notes = [_on(PLEDGE, _value(PLEDGE, "status"), "note", new={"value": w}) for w in "ab"]

    assert fold([*items, *added, *notes]) == (*items, *added, *notes)


def test_code_leaves_the_words_but_not_their_rejection() -> None:
    value = _value(STRIKE, "participants")
    words = _on(STRIKE, value, "correct", new=_marked("Eastmark"))
    code = _on(STRIKE, value, "correct", new=_marked(code="victim"))
    reject = _on(STRIKE, value, "reject")

    assert fold([words, code]) == (words, code)
    late = code.model_copy(update={"seq": reject.seq + 1, "id": "late"})
    assert fold([reject, late]) == (late,)


@given(st.data())
def test_fold_of_a_fold_is_the_same(data: st.DataObject) -> None:
    some = data.draw(st.lists(_decisions(), max_size=4))
    some += [_undo(one) for one in some if data.draw(st.booleans())]
    data.draw(st.randoms()).shuffle(some)
    once = fold(some)

    assert fold(once) == once
    assert [one.seq for one in once] == sorted(one.seq for one in once)


# Words that are marked


def _span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


DERIVED: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "event",
        "date",
        "on Friday",
        {"text": "on Friday", "edtf": "2025-10-17", "basis": "relative"},
    ),
    ("pledge", "delivery", "in May", {"edtf": "2026-05", "precision": "month"}),
    ("pledge", "delivery", "parliament", {"text": "parliament", "edtf": None, "basis": "none"}),
    ("event", "place", "Vesby", {"name": "Vesby", "country": None}),
    ("pledge", "items", "three patrol boats", {"category": "ship", "quantity": 3}),
    ("pledge", "items.quantity", "15", {"quantity": 15, "quantity_max": None}),
    ("pledge", "supplier", "Eastmark", {"name": "Eastmark", "actor": None}),
    ("event", "participants", "Eastmark", {"name": "Eastmark", "role": "other"}),
    ("event", "label", "shelled", {"label": "strike"}),
    ("pledge", "purpose", "for the coast", {"value": "for the coast"}),
    ("actor", "rank", "General", {"value": "General"}),
    ("actor", "name", "Anna Kest", {"name": "Anna Kest"}),
    ("pledge", "attribution", "the Coast Herald", {"kind": "media_report"}),
    ("actor", "labels", "army chief", {"text": "army chief", "speaker": None}),
    ("summary", "text", "Sudoria promised Norland", {"text": "Sudoria promised Norland"}),
]


@pytest.mark.parametrize(
    ("kind", "field", "words", "want"), DERIVED, ids=[f"{d[1]} {d[2]}" for d in DERIVED]
)
def test_words_become_a_value(kind: str, field: str, words: str, want: dict[str, Any]) -> None:
    made = derive(kind, field, _span(words), DOCUMENT, TELLING.annotations)

    assert {name: made[name] for name in want} == want
    assert words.removeprefix("the ") in str(made["citations"])
    json.dumps(made)
    for cited in made["citations"]:
        assert TEXT[cited["start"] : cited["end"]] == cited["quote"]


UNDERIVED = [
    ("event", "realis", "Norland", "choose it from its list"),
    ("event", "colour", "Norland", "choose it from its list"),
    ("pledge", "items.quantity", "Norland", "gives no number"),
    ("pledge", "items", "15", "names no goods"),
    ("event", "label", "Norland", "names no kind"),
    ("event", "date", " ", "white space"),
]


@pytest.mark.parametrize(
    ("kind", "field", "words", "why"), UNDERIVED, ids=[u[3] for u in UNDERIVED]
)
def test_words_that_cannot_be_that_are_refused(kind: str, field: str, words: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        derive(kind, field, _span(words), DOCUMENT, TELLING.annotations)


@pytest.mark.parametrize("span", [Span(0, 0), Span(-3, 4), Span(5, 10_000), Span(9, 3)], ids=str)
def test_place_outside_the_text_is_refused(span: Span) -> None:
    with pytest.raises(InputError, match="no place in the text"):
        derive("event", "date", span, DOCUMENT, TELLING.annotations)


@given(st.data())
def test_any_words_come_to_a_value_or_one_line(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT)))
    span = Span(start, start + data.draw(st.integers(0, 60)))
    kind: Kind = data.draw(st.sampled_from(list(LISTS)))
    field = data.draw(st.sampled_from(sorted(LISTS[kind] | OPTIONAL[kind] | REQUIRED[kind])))
    with suppress(InputError):
        made = derive(kind, field, span, DOCUMENT, TELLING.annotations)
        assert check(made, TEXT, schema=False).findings == ()


# One decision at a time


def test_no_decision_changes_nothing() -> None:
    assert corrected(BRIEF, TEXT, ()) == (BRIEF, ())
    note = _on(STRIKE, _value(STRIKE, "date"), "note", new={"value": "is that so?"})
    assert corrected(BRIEF, TEXT, [note]) == (BRIEF, ())


def test_rejected_record_goes_to_the_rejections() -> None:
    brief = _worked(_decision(STRIKE, "reject"))

    assert brief.events == (STATEMENT,)
    last = brief.rejections[-1]
    assert (last.kind, last.field, last.value) == ("event", "event", STRIKE.summary)
    assert last.detail == "rejected in review by mk"


@pytest.mark.parametrize("record", _records(BRIEF), ids=lambda r: getattr(r, "id", "line"))
def test_any_record_can_be_rejected_and_accepted(record: Record) -> None:
    without = _worked(_decision(record, "reject"))
    assert len(_records(without)) == len(_records(BRIEF)) - 1
    assert fingerprint(record) not in map(fingerprint, _records(without))

    back = _worked(_accepted(record), on=_without(BRIEF, record))
    assert fingerprint(record) in map(fingerprint, _records(back))


def _without(brief: Brief, record: Any) -> Brief:
    """Return a run that misses *record*."""
    return brief.model_copy(
        update={
            name: tuple(one for one in getattr(brief, name) if one != record)
            for name in ("summary", "actors", "events", "pledges")
        }
        | (
            {"events": tuple(_unlinked(one, record.id) for one in brief.events)}
            | {"pledges": tuple(_unlinked(one, record.id) for one in brief.pledges)}
            if isinstance(record, Actor)
            else {}
        )
    )


def _unlinked(record: Any, actor: str) -> Any:
    fields = [f for f in ("participants", "supplier", "recipient") if hasattr(record, f)]
    return record.model_copy(
        update={
            field: tuple(
                one.model_copy(update={"actor": None}) if one.actor == actor else one
                for one in getattr(record, field)
            )
            for field in fields
        }
    )


def test_nobody_is_linked_to_a_rejected_actor() -> None:
    brief = _worked(_decision(NORLAND, "reject"))

    assert [party.actor for party in brief.pledges[0].recipient] == [None]
    assert brief.events[0].participants[0].name == "Norland"


def test_accepted_record_says_who_accepted_it() -> None:
    brief = _worked(_accepted(STRIKE))

    assert brief.events[0] == STRIKE.model_copy(
        update={"review": Review(action="accept", reviewer="mk", at=AT)}
    )
    assert brief.model_copy(update={"events": BRIEF.events}) == BRIEF


def test_accepted_record_stands_as_it_was_accepted() -> None:
    otherwise = STRIKE.model_copy(
        update={"id": "e7", "date": None, "place": None, "realis": "denied", "factuality": "CT-"}
    )
    run = BRIEF.model_copy(update={"events": (otherwise, STATEMENT)})

    brief = _worked(_accepted(STRIKE), on=run)

    review = Review(action="accept", reviewer="mk", at=AT)
    assert brief.events[0] == STRIKE.model_copy(update={"id": "e7", "review": review})
    told = [(r.field, r.value) for r in brief.rejections[len(BRIEF.rejections) :]]
    assert told == [("realis", "denied")]


def test_accepted_record_that_the_run_misses_is_put_back() -> None:
    run = BRIEF.model_copy(update={"events": (STATEMENT.model_copy(update={"id": "e1"}),)})
    run = run.model_copy(
        update={
            "actors": tuple(
                a.model_copy(update={"id": f"a{9 - n}"}) for n, a in enumerate(run.actors)
            )
        }
    )
    run = run.model_copy(
        update={
            "events": tuple(_unlinked(e, p) for e in run.events for p in ["a4"]),
            "pledges": (),
        }
    )
    run = run.model_copy(update={"events": tuple(_all_unlinked(e) for e in run.events)})

    brief = _worked(_accepted(STRIKE), on=run)

    back = brief.events[-1]
    assert back.id == "e2"
    assert back.summary == STRIKE.summary
    assert back.participants[0].actor == "a9"  # this run's Norland
    assert back.review is not None


def _all_unlinked(event: Event) -> Event:
    parts = tuple(one.model_copy(update={"actor": None}) for one in event.participants)
    return event.model_copy(update={"participants": parts})


def test_record_accepted_without_itself_cannot_be_put_back() -> None:
    one = _decision(STRIKE, "accept")

    assert _worked(one).events[0].review is not None
    brief, (told,) = corrected(_without(BRIEF, STRIKE), TEXT, [one])
    assert brief == _without(BRIEF, STRIKE)
    assert told == (
        f"mk accepted the event at {AT}, which does not fit: "
        "this run has no such record, and the decision does not carry it"
    )


def _json(record: Record, **changes: Any) -> str:
    return json.dumps(record.model_dump(mode="json") | changes)


BAD_RECORDS = [
    ("not JSON", "{"),
    ("another type", PLEDGE.model_dump_json()),
    ("a field more", _json(STRIKE, evil=1)),
    ("no citation", _json(STRIKE, citations=[])),
    ("another record", STATEMENT.model_dump_json()),
]


@pytest.mark.parametrize("carried", [r for _, r in BAD_RECORDS], ids=[n for n, _ in BAD_RECORDS])
def test_record_that_is_none_is_not_put_back(carried: str) -> None:
    run = _without(BRIEF, STRIKE)

    brief, unfit = corrected(run, TEXT, [_decision(STRIKE, "accept", new={"value": carried})])

    assert brief == run
    assert len(unfit) == 1


def test_record_that_cites_other_words_is_not_put_back() -> None:
    date = STRIKE.model_dump(mode="json")["date"]
    date["citations"][0]["quote"] = "on Sunday"
    one = _decision(STRIKE, "accept", new={"value": _json(STRIKE, date=date)})

    brief, (told,) = corrected(BRIEF, TEXT, [one])

    assert brief == BRIEF
    assert "does not hold: the source has “on Friday”, not “on Sunday”" in told


LEFT_OPEN: list[tuple[Record, str, Callable[[Any], Any], Any]] = [
    (STRIKE, "date", lambda b: b.events[0].date, None),
    (STRIKE, "place", lambda b: b.events[0].place, None),
    (STRIKE, "label", lambda b: (b.events[0].label, b.events[0].type), ("event", "CONSULT")),
    (STRIKE, "realis", lambda b: b.events[0].realis, "hypothetical"),
    (STRIKE, "participants", lambda b: b.events[0].participants, ()),
    (PLEDGE, "status", lambda b: (b.pledges[0].status, b.pledges[0].kiel), ("unclear", "none")),
    (PLEDGE, "status_words", lambda b: b.pledges[0].status_words.value, SENTENCES[1].text),
    (PLEDGE, "attribution", lambda b: b.pledges[0].attribution.speaker, None),
    (PLEDGE, "supplier", lambda b: b.pledges[0].supplier, ()),
    (PLEDGE, "items", lambda b: [i.text for i in b.pledges[0].items], ["two radars"]),
    (NORLAND, "kind", lambda b: b.actors[0].kind, "other"),
]


@pytest.mark.parametrize(
    ("record", "field", "seen", "want"), LEFT_OPEN, ids=[one[1] for one in LEFT_OPEN]
)
def test_rejected_value_is_open(
    record: Record, field: str, seen: Callable[[Brief], Any], want: Any
) -> None:
    value = _value(record, field)
    brief = _worked(_on(record, value, "reject"))

    assert seen(brief) == want
    gone = brief.rejections[-1]
    assert gone.field == field
    assert value.words in gone.value
    assert gone.detail == "rejected in review by mk"
    touched = next(one for one in _records(brief) if getattr(one, "review", None))
    assert touched.review.action == "correct"


@pytest.mark.parametrize("field", ["realis", "label", "attribution"])
def test_open_value_makes_no_record_more_certain(field: str) -> None:
    brief = _worked(_on(STRIKE, _value(STRIKE, field), "reject"))

    assert (brief.events[0].factuality, brief.events[0].support) == ("Uu", "partial")


@pytest.mark.parametrize(
    ("record", "field"), [(NORLAND, "name"), (LINE, "text")], ids=["name", "text"]
)
def test_record_without_its_name_is_out(record: Record, field: str) -> None:
    brief = _worked(_on(record, _value(record, field), "reject"))

    assert len(_records(brief)) == len(_records(BRIEF)) - 1
    assert brief.rejections[-1].field == field


def test_pledge_without_goods_is_out() -> None:
    goods = [v for v in values_of(PLEDGE) if v.field == "items"]
    brief = _worked(*(_on(PLEDGE, v, "reject") for v in goods))

    assert brief.pledges == ()
    assert [(r.field, r.value) for r in brief.rejections[-3:]] == [
        ("items", "ten howitzers (10)"),
        ("pledge", "two radars"),
        ("items", "two radars (2)"),
    ]


def test_value_that_the_reviewer_did_not_see_is_not_rejected() -> None:
    other = STATEMENT.date
    run = BRIEF.model_copy(
        update={
            "events": (STRIKE.model_copy(update={"date": other, "realis": "planned"}), STATEMENT)
        }
    )

    brief = _worked(
        _on(STRIKE, _value(STRIKE, "date"), "reject"),
        _on(STRIKE, _value(STRIKE, "realis"), "reject"),
        on=run,
    )

    assert brief.events[0].date == other
    assert brief.events[0].realis == "planned"
    assert brief.rejections == BRIEF.rejections


def test_rejection_without_what_was_seen_takes_what_is_there() -> None:
    brief = _worked(_decision(STRIKE, "reject", "date"), _decision(PLEDGE, "reject", "status"))

    assert brief.events[0].date is None
    assert brief.pledges[0].status == "unclear"


def test_most_open_value_cannot_be_rejected() -> None:
    run = BRIEF.model_copy(
        update={"pledges": (PLEDGE.model_copy(update={"status": "unclear", "kiel": "none"}),)}
    )
    one = _on(run.pledges[0], _value(run.pledges[0], "status"), "reject")

    brief, (told,) = corrected(run, TEXT, [one])

    assert brief == run
    assert "no status more open than that" in told


def test_corrected_date_is_resolved_anew() -> None:
    brief = _worked(_on(STRIKE, _value(STRIKE, "date"), "correct", new=_marked("on Monday")))

    date = brief.events[0].date
    assert date is not None
    assert (date.text, date.edtf, date.anchor) == ("on Monday", "2025-10-13", "2025-10-18")
    assert date.citations[0].quote == "on Monday"
    assert date.citations[0].match == "exact"
    assert brief.rejections[-1].value == "on Friday = 2025-10-17"
    assert brief.rejections[-1].detail == "corrected in review by mk"
    assert brief.events[0].review == Review(action="correct", reviewer="mk", at=AT)


def test_corrected_field_is_no_longer_code_s() -> None:
    filled = STRIKE.model_copy(update={"filled": ("date", "place")})
    run = BRIEF.model_copy(update={"events": (filled, STATEMENT)})

    brief = _worked(
        _on(STRIKE, _value(STRIKE, "date"), "correct", new=_marked("on Monday")), on=run
    )

    assert brief.events[0].filled == ("place",)


def test_corrected_item_is_classified_and_counted_anew() -> None:
    value = _value(PLEDGE, "items", "howitzers")
    brief = _worked(_on(PLEDGE, value, "correct", new=_marked("three patrol boats")))

    item = brief.pledges[0].items[0]
    assert (item.text, item.category, item.quantity) == ("three patrol boats", "ship", 3)
    assert [i.text for i in brief.pledges[0].items] == ["three patrol boats", "two radars"]


def test_corrected_number_leaves_the_item_its_words() -> None:
    value = _value(PLEDGE, "items", "radars")
    brief = _worked(
        _on(PLEDGE, replace(value, field="items.quantity"), "correct", new=_marked("15"))
    )

    item = brief.pledges[0].items[1]
    assert (item.text, item.quantity) == ("two radars", 15)
    assert [c.quote for c in item.citations] == ["two radars", "15"]


def test_part_of_a_corrected_value_is_that_of_the_new_one() -> None:
    value = _value(PLEDGE, "items", "radars")
    number = _on(PLEDGE, replace(value, field="items.quantity"), "correct", new=_marked("15"))
    words = _on(PLEDGE, value, "correct", new=_marked("three patrol boats"))
    code = _on(PLEDGE, value, "correct", new=_marked(code="other"))

    item = _worked(number, words, code).pledges[0].items[1]

    assert (item.text, item.quantity, item.category) == ("three patrol boats", 15, "other")


def test_part_of_a_rejected_value_is_moot() -> None:
    value = _value(PLEDGE, "items", "radars")
    code = _on(PLEDGE, value, "correct", new=_marked(code="other"))

    assert len(_worked(code, _on(PLEDGE, value, "reject")).pledges[0].items) == 1


def test_corrected_label_changes_code_and_roles() -> None:
    value = _value(STRIKE, "label")
    brief = _worked(_on(STRIKE, value, "correct", new=_marked(code="visit")))

    event = brief.events[0]
    assert (event.label, event.type) == ("visit", "CONSULT")
    assert [one.role for one in event.participants] == ["visitor"]


def test_label_of_marked_words_cites_them() -> None:
    value = _value(STATEMENT, "label")
    brief = _worked(_on(STATEMENT, value, "correct", new=_marked("mediated", code="talks")))

    event = brief.events[1]
    assert [c.quote for c in event.citations] == ["mediated"]
    assert event.summary == SENTENCES[4].text


def test_corrected_status_changes_what_follows_from_it() -> None:
    brief = _worked(_on(PLEDGE, _value(PLEDGE, "status"), "correct", new=_marked(code="signed")))

    pledge = brief.pledges[0]
    assert (pledge.status, pledge.kiel, pledge.sipri_eligible) == ("signed", "allocation", True)
    assert pledge.status_words == PLEDGE.status_words


def test_code_is_taken_as_a_page_spells_it() -> None:
    new = {"value": "reported planned"}
    brief = _worked(_on(PLEDGE, _value(PLEDGE, "status"), "correct", new=new))

    assert brief.pledges[0].status == "reported_planned"


def test_corrected_speaker_is_of_the_kind_that_the_words_show() -> None:
    value = _value(PLEDGE, "attribution")
    brief = _worked(_on(PLEDGE, value, "correct", new=_marked("General Anna Kest")))

    said = brief.pledges[0].attribution
    assert (said.speaker, said.kind) == ("General Anna Kest", "named_person")


def test_kind_of_speaker_alone_leaves_the_speaker() -> None:
    value = _value(PLEDGE, "attribution")
    brief = _worked(_on(PLEDGE, value, "correct", new=_marked(code="analyst")))

    said = brief.pledges[0].attribution
    assert (said.speaker, said.kind) == ("Coast Herald", "analyst")


def test_corrected_name_is_linked_and_cited() -> None:
    value = _value(NORLAND, "name")
    brief = _worked(_on(NORLAND, value, "correct", new=_marked("Eastmark")))

    actor = brief.actors[0]
    assert (actor.name, [c.quote for c in actor.citations]) == ("Eastmark", ["Eastmark"])


def test_added_participant_is_linked_in_its_role() -> None:
    brief = _worked(_decision(STRIKE, "add", "participants", new=_marked("Sudoria", code="victim")))

    added = brief.events[0].participants[-1]
    assert (added.name, added.actor, added.role) == ("Sudoria", SUDORIA.id, "victim")


def test_correction_to_words_that_are_there_already_joins_them() -> None:
    value = _value(PLEDGE, "items", "howitzers")
    brief = _worked(_on(PLEDGE, value, "correct", new=_marked("two radars")))

    assert [item.text for item in brief.pledges[0].items] == ["two radars"]
    assert brief.rejections[-1].value == "ten howitzers (10)"


def test_marked_white_space_is_trimmed() -> None:
    start = TEXT.index(" on Monday")
    new = {"value": "x", "cite": [(start, start + 11)], "words": [TEXT[start : start + 11]]}
    brief = _worked(_on(STRIKE, _value(STRIKE, "date"), "correct", new=new))

    assert brief.events[0].date is not None
    assert brief.events[0].date.citations[0].quote == "on Monday."


UNFIT: list[tuple[str, dict[str, Any], str]] = [
    ("date", _marked("on Monday") | {"words": ["on Friday"]}, "not those of the text"),
    ("date", _marked("on Monday") | {"words": []}, "not those of the text"),
    ("date", {"value": "x", "cite": [[0, 9_999]], "words": [TEXT]}, "not in the text"),
    ("date", {"value": "x", "cite": [[7, 8]], "words": [" "]}, "has no words"),
    ("date", {"value": "tomorrow"}, "no words are cited"),
    ("date", {"value": "x", "code": "visit"}, "none of the codes"),
    ("label", {"value": "miracle"}, "chosen from a list"),
    ("label", {"value": "x", "code": "background"}, "none of the codes"),
    ("realis", _marked("Norland"), "chosen from a list"),
    ("colour", {"value": "red"}, "no field “colour”"),
    ("date.year", {"value": "2025"}, "no field “date.year”"),
    ("participants", _marked(code="king"), "none of the codes"),
    ("participants.role", {"value": "king"}, "chosen from a list"),
]


@pytest.mark.parametrize(("field", "new", "why"), UNFIT, ids=[f"{u[0]}-{u[2]}" for u in UNFIT])
def test_correction_that_does_not_fit_is_listed(field: str, new: Any, why: str) -> None:
    brief, (told,) = corrected(BRIEF, TEXT, [_decision(STRIKE, "correct", field, new=new)])

    assert brief == BRIEF
    assert told.startswith(f"mk corrected the event's {field}")
    assert why in told


def test_line_of_what_does_not_fit_is_one_line() -> None:
    one = _decision(STRIKE, "correct", "date", by="m\nk", new={"value": "a\n" * 100})

    _, (told,) = corrected(BRIEF, TEXT, [one])

    assert "\n" not in told
    assert len(told) < 250


# A record that no run found


@pytest.mark.parametrize(
    ("kind", "words", "code"),
    [
        ("actor", ("Eastmark",), "state"),
        ("actor", ("Eastmark",), None),
        ("event", ("mediated between both sides",), "talks"),
        ("pledge", ("three patrol boats",), "delivered"),
        ("pledge", ("three patrol boats", "radars"), None),
        ("summary", ("Eastmark mediated between both sides",), None),
    ],
    ids=str,
)
def test_marked_words_make_a_record(kind: Kind, words: Sequence[str], code: str | None) -> None:
    made = new_record(kind, [_span(one) for one in words], code, DOCUMENT, TELLING.annotations)
    one = _decision(made, "add", new=_marked(*words, code=code))

    brief = _worked(one)

    assert len(_records(brief)) == len(_records(BRIEF)) + 1
    added = next(r for r in _records(brief) if fingerprint(r) == fingerprint(made))
    assert getattr(added, "id", "s1")
    if not isinstance(added, type(LINE)):
        assert added.review == Review(action="accept", reviewer="mk", at=AT)
    carried = _decision(made, "add", new={"value": added.model_dump_json()})
    assert fingerprint(made) in map(fingerprint, _records(_worked(carried)))


def _added(words: str, kind: str, code: str | None = None) -> Callable[..., Decision]:
    """Add a record as the page does, which calls it by a name of its own."""
    number = next(_numbers)
    marked = _marked(words, code=code)
    own = {"kind": kind, "record": f"{number:016x}", "anchor": marked["cite"]}

    def decide(action: str = "add", field: str | None = None, **more: Any) -> Decision:
        new = marked if action == "add" and field is None else None
        return _decision(STRIKE, action, field, **(own | {"new": new} | more))

    return decide


def test_values_are_added_to_an_added_record() -> None:
    pledge = _added("three patrol boats", "pledge", "delivered")
    item = tuple(_marked("three patrol boats")["cite"])
    decisions = [
        pledge(),
        pledge("add", "supplier", new=_marked("Eastmark")),
        pledge("add", "recipient", new=_marked("Sudoria")),
        pledge("correct", "items", at_item=item, new=_marked(code="other")),
        pledge("accept"),
    ]

    brief = _worked(*decisions)

    added = brief.pledges[-1]
    assert (added.id, added.supplier[0].name, added.recipient[0].actor) == ("p2", "Eastmark", "a2")
    assert (added.kiel, added.support) == ("delivery", "supported")
    assert added.items[0].category == "other"
    assert _worked(*decisions, pledge("reject")) == BRIEF
    assert _worked(*decisions, _undo(decisions[0]), _undo(decisions[4]), pledge("reject")) == BRIEF


def test_added_record_stands_beside_others_on_its_words() -> None:
    one = _added("shelled the port", "event", "offensive")

    brief = _worked(one(), one("add", "place", new=_marked("Vesby")))

    assert [event.label for event in brief.events] == ["strike", "statement", "offensive"]
    assert brief.events[2].place is not None
    assert brief.warnings == BRIEF.warnings


def test_added_record_that_a_later_run_finds_is_there_once() -> None:
    brief = _worked(_added("Norland", "actor", "state")())

    assert [actor.name for actor in brief.actors] == [actor.name for actor in BRIEF.actors]
    assert brief.actors[0].review is not None
    assert brief.actors[0].citations == NORLAND.citations


def test_added_record_can_be_taken_back() -> None:
    made = new_record("actor", [_span("Eastmark")], None, DOCUMENT, TELLING.annotations)
    add = _decision(made, "add", record="0" * 16, new=_marked("Eastmark"))

    assert _worked(add, _undo(add)) == BRIEF
    assert _worked(add, _decision(made, "reject")).actors == BRIEF.actors


@pytest.mark.parametrize(
    ("kind", "words", "code", "why"),
    [
        ("event", ("Eastmark",), None, "names no kind"),
        ("event", ("Eastmark",), "miracle", "no code"),
        ("pledge", ("15",), None, "names no goods"),
        ("actor", (), None, "no words are marked"),
        ("summary", ("Eastmark",), "state", "no code"),
    ],
    ids=str,
)
def test_words_that_make_no_record_are_listed(
    kind: Kind, words: Sequence[str], code: str | None, why: str
) -> None:
    example = next(one for one in _records(BRIEF) if kind_of(one) == kind)
    one = _decision(example, "add", record="0" * 16, anchor=(), new=_marked(*words, code=code))

    brief, (told,) = corrected(BRIEF, TEXT, [one])

    assert brief == BRIEF
    assert why in told


# Another run


def test_decisions_follow_a_record_through_its_corrections() -> None:
    """The page shows the corrected record, so what is decided next names that one."""
    value = _value(PLEDGE, "items", "howitzers")
    first = _on(PLEDGE, value, "correct", new=_marked("three patrol boats"))
    shown = _worked(first)
    pledge = shown.pledges[0]
    assert fingerprint(pledge) != fingerprint(PLEDGE)
    second = _on(pledge, _value(pledge, "items", "boats"), "correct", new=_marked("radars"))
    third = _on(pledge, _value(pledge, "status"), "correct", new=_marked(code="offered"))

    for run in (BRIEF, shown):
        brief = _worked(first, second, third, on=run)
        assert [item.text for item in brief.pledges[0].items] == ["radars", "two radars"]
        assert brief.pledges[0].status == "offered"


def test_corrected_label_and_name_are_followed_as_well() -> None:
    label = _on(STRIKE, _value(STRIKE, "label"), "correct", new=_marked(code="clash"))
    name = _on(NORLAND, _value(NORLAND, "name"), "correct", new=_marked("Eastmark"))
    text = _on(LINE, _value(LINE, "text"), "correct", new=_marked("Eastmark mediated"))
    shown = _worked(label, name, text)
    again = [_accepted(one) for one in (shown.events[0], shown.actors[0], shown.summary[0])]

    for run in (BRIEF, shown):
        brief = _worked(label, name, text, *again, on=run)
        assert len(_records(brief)) == len(_records(BRIEF))
        assert brief.events[0].label == "clash"
        assert brief.actors[0].name == "Eastmark"
        assert brief.summary[0].text == "Eastmark mediated"


def test_undone_correction_of_a_shown_record_is_undone() -> None:
    value = _value(PLEDGE, "items", "howitzers")
    first = _on(PLEDGE, value, "correct", new=_marked("three patrol boats"))

    assert _worked(first, _undo(first)) == BRIEF


def _shifted(record: Any, field: str, by: int) -> Any:
    """Return *record* with the first value of a list a little longer or shorter."""
    first, *rest = getattr(record, field)
    cited = first.citations[0]
    end = cited.end + by
    moved = cited.model_copy(update={"end": end, "quote": TEXT[cited.start : end]})
    value = first.model_copy(update={"citations": (moved,)})
    return record.model_copy(update={field: (value, *rest)})


def test_record_whose_words_overlap_one_to_one_is_found_by_its_place() -> None:
    run = BRIEF.model_copy(update={"pledges": (_shifted(PLEDGE, "items", -4),)})

    brief = _worked(
        _on(PLEDGE, _value(PLEDGE, "status"), "correct", new=_marked(code="offered")), on=run
    )

    assert brief.pledges[0].status == "offered"
    assert brief.warnings[-1] == (
        f"what mk decided at {AT} was worked into pledge p1 by its place: "
        "the words that name it are not quite the same"
    )
    assert _worked(_decision(PLEDGE, "reject"), on=run).pledges == ()


def test_rejected_event_of_another_label_is_another_event() -> None:
    other = STRIKE.model_copy(update={"label": "visit", "type": "CONSULT"})
    run = BRIEF.model_copy(update={"events": (other, STATEMENT)})

    assert _worked(_decision(STRIKE, "reject"), on=run).events == run.events


def test_two_records_at_one_place_are_not_guessed_between() -> None:
    shorter = _shifted(PLEDGE, "items", -1)
    shortest = _shifted(PLEDGE, "items", -2).model_copy(update={"id": "p2"})
    run = BRIEF.model_copy(update={"pledges": (shorter, shortest)})

    brief, (told,) = corrected(run, TEXT, [_decision(PLEDGE, "reject")])

    assert brief == run
    assert "two such records on the same words" in told


def test_two_records_of_one_fingerprint_are_not_guessed_between() -> None:
    run = BRIEF.model_copy(update={"pledges": (PLEDGE, PLEDGE.model_copy(update={"id": "p2"}))})

    brief, (told,) = corrected(run, TEXT, [_decision(PLEDGE, "reject")])

    assert brief == run
    assert "two such records on the same words" in told


def test_record_decided_on_itself_is_never_found_by_place() -> None:
    shorter = _shifted(PLEDGE, "items", -4)
    run = BRIEF.model_copy(update={"pledges": (shorter,)})
    on_another = _decision(shorter, "accept", new={"value": shorter.model_dump_json()})

    brief = _worked(_decision(PLEDGE, "reject"), on_another, on=run)

    assert len(brief.pledges) == 1


def test_rejected_record_that_comes_back_with_more_words_is_told() -> None:
    more = PLEDGE.model_copy(update={"supplier": ()})
    run = BRIEF.model_copy(update={"pledges": (more,)})

    brief, (told,) = corrected(run, TEXT, [_decision(PLEDGE, "reject")])

    assert brief == run
    assert "this run has pledge p1 on nearly the same words instead" in told


def test_accepted_record_stands_beside_one_of_nearly_its_words() -> None:
    run = BRIEF.model_copy(update={"pledges": (PLEDGE.model_copy(update={"supplier": ()}),)})

    brief = _worked(_accepted(PLEDGE), on=run)

    assert [one.id for one in brief.pledges] == ["p1", "p2"]
    assert "stands beside pledge p1" in brief.warnings[-1]


def test_value_of_a_record_that_the_run_misses_is_listed() -> None:
    run = _without(BRIEF, STRIKE)
    date = _value(STRIKE, "date")
    fits = _on(STRIKE, _value(STRIKE, "place"), "reject")

    brief, told = corrected(
        run,
        TEXT,
        [fits, _on(STRIKE, date, "accept"), _on(STRIKE, date, "correct", new=_marked("in May"))],
    )

    assert brief == run
    assert len(told) == 1  # of two decisions on the date the last stands; the place is out anyway
    assert "mk corrected the event's date “on Friday”" in told[0]


def test_accepted_values_are_put_back() -> None:
    bare = STRIKE.model_copy(
        update={"date": None, "place": None, "participants": (), "realis": "planned"}
    )
    # Without its participant the event would be another; the page saw it without.
    seen = STRIKE.model_copy(update={"participants": ()})
    run = BRIEF.model_copy(update={"events": (bare, STATEMENT)})
    values = [_value(STRIKE, field) for field in ("date", "place", "realis")]

    brief = _worked(*(_on(seen, value, "accept") for value in values), on=run)

    event = brief.events[0]
    assert (event.date, event.place, event.realis) == (STRIKE.date, STRIKE.place, "actual")
    assert event.review is not None
    assert event.review.action == "accept"


# Another text


def test_changed_text_fits_no_decision() -> None:
    text = TEXT.replace("ten howitzers", "six howitzers")
    run = _brief(text)
    decisions = [
        _accepted(STRIKE),
        _decision(STATEMENT, "reject"),
        _on(STRIKE, _value(STRIKE, "date"), "correct", new=_marked("on Monday")),
        _decision(STRIKE, "note", new={"value": "hm"}),
    ]

    brief, told = corrected(run, text, decisions)

    assert brief == run
    assert [line.split(" at ")[0] for line in told] == [
        "mk accepted the event",
        "mk rejected the event",
        "mk corrected the event's date “on Friday”",
    ]
    assert all(line.endswith("it is about another text, or the text has changed") for line in told)


def test_brief_of_another_text_is_left_as_it_is() -> None:
    brief, told = corrected(BRIEF, TEXT + " ", [_decision(STRIKE, "reject")])

    assert brief == BRIEF
    assert len(told) == 1


def test_decisions_on_several_texts_are_told_apart() -> None:
    own = _decision(STRIKE, "reject")
    other = own.model_copy(update={"id": "other", "doc": "0" * 64})

    assert of_document([own, other], DOCUMENT.sha256) == (own,)
    (told,) = on_other_texts([own, other], {DOCUMENT.sha256})
    assert told.endswith("its text is none of those given, or has changed")


def test_empty_text_and_hostile_brief_raise_nothing() -> None:
    empty = BRIEF.model_copy(
        update={
            "document": BRIEF.document.model_copy(
                update={"sha256": replace(DOCUMENT, text="").sha256, "published": "2025-99-99"}
            ),
            **dict.fromkeys(("summary", "actors", "events", "pledges"), ()),
        }
    )
    one = _accepted(STRIKE).model_copy(update={"doc": empty.document.sha256})
    assert len(corrected(empty, "", [one])[1]) == 1

    hostile = hostile_brief()
    decisions = [
        _on(record, value, action, doc=hostile.document.sha256)
        for record in _records(hostile)
        for value in _values(record)
        for action in ("accept", "reject")
    ]
    corrected(hostile, SAMPLE, decisions)


# Whatever is decided

_CODES = sorted({code for kind in LISTS for field in REQUIRED[kind] for code in codes(kind, field)})
_FIELDS = sorted(
    {field for kind in LISTS for field in (*LISTS[kind], *OPTIONAL[kind], *REQUIRED[kind])}
    | {"items.quantity", "items.unroca", "participants.role", "attribution.kind", "nonsense"}
)
_PLACES = sorted(
    {(c.start, c.end) for r in _records(BRIEF) for v in _values(r) for c in v.citations}
)
_ACTIONS = ("accept", "reject", "correct", "add", "note")


def _places() -> st.SearchStrategy[tuple[int, int]]:
    anywhere = st.tuples(st.integers(0, len(TEXT) + 3), st.integers(1, 30))
    return st.sampled_from(_PLACES) | anywhere.map(lambda place: (place[0], sum(place)))


def _seldom(draw: st.DrawFn) -> bool:
    return draw(st.integers(0, 3)) == 0


def _marks() -> st.SearchStrategy[dict[str, Any]]:
    """Return words that are marked, anywhere in the text."""
    inside = _places().filter(lambda at: at[1] <= len(TEXT) and bool(TEXT[at[0] : at[1]].strip()))
    return inside.map(lambda at: {"value": "x", "cite": [at], "words": [TEXT[at[0] : at[1]]]})


@st.composite
def _page_additions(draw: st.DrawFn, record: Record) -> Decision:
    kind = kind_of(record)
    mark = draw(_marks())
    if draw(st.integers(0, 1)) and (fields := sorted(LISTS[kind] | OPTIONAL[kind])):
        return _decision(record, "add", draw(st.sampled_from(fields)), new=mark)
    listed = codes(kind, {"actor": "kind", "event": "label", "pledge": "status"}.get(kind, "text"))
    code = draw(st.sampled_from(listed)) if listed else None
    own = {"record": f"{next(_numbers):016x}", "anchor": mark["cite"]}
    return _decision(record, "add", new=mark | {"code": code}, **own)


@st.composite
def _worths(draw: st.DrawFn) -> Worth:
    cited = tuple(draw(st.lists(_places(), max_size=2)))
    exact = tuple(TEXT[start:end] for start, end in cited)
    words = exact if draw(st.integers(0, 9)) > 0 else ("other words",)
    values = st.sampled_from([v.words for r in _records(BRIEF) for v in _values(r)] + _CODES)
    whole = st.sampled_from([record.model_dump_json() for record in _records(BRIEF)])
    value = draw(st.none() | values | whole | st.text(max_size=5))
    code = draw(st.none() | st.sampled_from(_CODES))
    return Worth(value=value, cite=cited, words=words, code=code)


@st.composite
def _decisions(draw: st.DrawFn) -> Decision:
    record = draw(st.sampled_from(_records(BRIEF)))
    action = draw(st.sampled_from(_ACTIONS))
    kind = kind_of(record)
    known = [v.field for v in _values(record)] + sorted(OPTIONAL[kind] | LISTS[kind])
    field = draw(st.none() | st.sampled_from(known) | st.sampled_from(_FIELDS))
    if action == "correct":
        field = field or "label"
    new = draw(_worths()) if action in ("correct", "add", "note") else draw(st.none() | _worths())
    more: dict[str, Any] = {
        "at_item": tuple(draw(st.lists(_places(), max_size=1))),
        "old": draw(st.none() | _worths()),
        "new": new,
        "by": draw(st.sampled_from(["mk", "\x1b[31m", "<b>"])),
    }
    if not draw(st.integers(0, 5)):
        more["record"] = draw(st.sampled_from(["0" * 16, fingerprint(PLEDGE)]))
        more["anchor"] = tuple(draw(st.lists(_places(), max_size=3)))
    if action == "accept" and field is None and draw(st.integers(0, 1)):
        more["new"] = Worth(value=record.model_dump_json())
    return _decision(record, action, field, **more)


@st.composite
def _page_decisions(draw: st.DrawFn) -> Decision:
    """Decide as a page lets one: on a value that is there, with what it shows; or add one."""
    record = draw(st.sampled_from(_records(BRIEF)))
    if _seldom(draw):
        return draw(_page_additions(record))
    value = draw(st.sampled_from(_values(record)))
    action = draw(st.sampled_from(("accept", "reject", "correct")))
    listed = codes(kind_of(record), value.field)
    if action != "correct":
        return _on(record, value, action)
    if listed and (draw(st.booleans()) or not value.verbatim):
        return _on(record, value, "correct", new=_marked(code=draw(st.sampled_from(listed))))
    return _on(record, value, "correct", new=draw(_marks()))


def _otherwise(draw: st.DrawFn, record: Any, **values: st.SearchStrategy[Any]) -> Any:
    """Return *record* with some of its values as another model might give them."""
    update = {field: draw(value) for field, value in values.items() if _seldom(draw)}
    return record.model_copy(update=update)


@st.composite
def _runs(draw: st.DrawFn) -> Brief:
    """Return what another model might make of the text: some of it missing, some otherwise."""
    events = [
        _otherwise(
            draw,
            event,
            date=st.sampled_from([None, STATEMENT.date]),
            place=st.none(),
            realis=st.sampled_from(codes("event", "realis")),
            label=st.sampled_from(codes("event", "label")),
            participants=st.just(event.participants[1:]),
        )
        for event in BRIEF.events
        if not _seldom(draw)
    ]
    pledges = [
        _otherwise(
            draw,
            pledge,
            status=st.sampled_from(codes("pledge", "status")),
            items=st.just(pledge.items[1:]),
        )
        for pledge in BRIEF.pledges
        if not _seldom(draw)
    ]
    return BRIEF.model_copy(update={"events": tuple(events), "pledges": tuple(pledges)})


@given(_runs(), st.lists(_decisions() | _page_decisions(), max_size=6))
def test_any_decisions_leave_a_brief_that_holds(run: Brief, decisions: list[Decision]) -> None:
    brief, unfit = corrected(run, TEXT, decisions)

    _assert_holds(brief)
    assert all("\n" not in line for line in unfit)
    assert Brief.model_validate_json(to_json(brief)) == brief


@given(_runs(), st.lists(_page_decisions(), max_size=6))
def test_decisions_worked_in_twice_give_the_same_brief(
    run: Brief, decisions: list[Decision]
) -> None:
    # Who gives two records the same words has two of one name.
    renamed = [one.new.cite for one in decisions if one.new and one.field in ("name", "text")]
    assume(len({*renamed, *map(anchor, _records(BRIEF))}) == len(renamed) + len(_records(BRIEF)))
    brief, _ = corrected(run, TEXT, decisions)

    assert corrected(brief, TEXT, decisions)[0] == brief


@given(_runs(), st.lists(_decisions() | _page_decisions(), max_size=6))
def test_nothing_vanishes_silently(run: Brief, decisions: list[Decision]) -> None:
    brief, _ = corrected(run, TEXT, decisions)

    told = {(r.kind, r.field) for r in brief.rejections[len(run.rejections) :]}
    values = {(r.kind, r.field, r.value) for r in brief.rejections}
    assert brief.rejections[: len(run.rejections)] == run.rejections
    assert brief.warnings[: len(run.warnings)] == run.warnings
    lines = {line.text for line in brief.summary}
    for line in run.summary:
        assert line.text in lines or ("summary", "text", line.text) in values
    left: dict[str, Any] = {one.id: one for one in _records(brief) if hasattr(one, "id")}
    records: list[Any] = [*run.actors, *run.events, *run.pledges]
    for record in records:
        kind = kind_of(record)
        if record.id not in left:
            assert (kind, kind) in told
            continue
        now = {(v.field, v.words, v.note) for v in values_of(left[record.id])}
        for value in values_of(record):
            words = f"{value.words} {value.note}" if value.note else value.words
            gone = (kind, value.field, words) in values
            assert gone or (value.field, value.words, value.note) in now


@given(_runs(), st.lists(_page_decisions(), max_size=3))
def test_decision_is_seen_in_the_brief_or_listed(run: Brief, decisions: list[Decision]) -> None:
    """One on a value is listed, marks its record, or is moot as that record is out."""
    brief, unfit = corrected(run, TEXT, decisions)

    reviewed = {fingerprint(r) for r in _records(brief) if getattr(r, "review", None)}
    for one in fold(decisions):
        listed = any(line.startswith(f"mk {one.action}") and one.kind in line for line in unfit)
        marked = bool(reviewed) or one.kind == "summary"
        missing = one.record not in map(fingerprint, _records(brief))
        assert listed or marked or missing


@given(_runs(), st.data())
def test_rejected_record_stays_out_of_any_run(run: Brief, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(_records(BRIEF)))

    brief, _ = corrected(run, TEXT, [_decision(record, "reject")])

    assert fingerprint(record) not in map(fingerprint, _records(brief))


@given(_runs(), st.data())
def test_rejected_value_stays_out_of_any_run(run: Brief, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(_records(BRIEF)))
    value = data.draw(st.sampled_from(_values(record)))
    assume(value.words not in ("other", "hypothetical", "own_voice", "unclear"))

    brief, _ = corrected(run, TEXT, [_on(record, value, "reject")])

    for one in _records(brief):
        if fingerprint(one) == fingerprint(record):
            found = {(v.field, v.words, v.citations) for v in _values(one)}
            assert (value.field, value.words, value.citations) not in found


@given(_runs(), st.data())
def test_accepted_record_stays_in_any_run(run: Brief, data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(_records(BRIEF)))

    brief, unfit = corrected(run, TEXT, [_accepted(record)])

    assert unfit == ()
    _assert_holds(brief)
    (found,) = (one for one in _records(brief) if fingerprint(one) == fingerprint(record))
    assert [(v.field, v.words, v.note) for v in _values(found)] == [
        (v.field, v.words, v.note) for v in _values(record)
    ]


@given(_runs(), st.data())
def test_corrected_value_wins_in_any_run(run: Brief, data: st.DataObject) -> None:
    new = data.draw(st.sampled_from(["on Monday", "in May", "Eastmark"]))
    one = _on(STRIKE, _value(STRIKE, "date"), "correct", new=_marked(new))

    brief, unfit = corrected(run, TEXT, [one])

    known = [event for event in run.events if fingerprint(event) == fingerprint(STRIKE)]
    for event in known:
        date = next(e for e in brief.events if e.id == event.id).date
        assert date is not None
        assert date.text == new
    assert known or unfit or any("by its place" in line for line in brief.warnings)


@given(_runs(), st.lists(_page_decisions(), min_size=1, max_size=5))
def test_undo_of_all_leaves_the_run_and_undo_of_undo_the_decisions(
    run: Brief, decisions: list[Decision]
) -> None:
    undone = [_undo(one) for one in decisions]
    redone = [_undo(one) for one in undone]

    assert corrected(run, TEXT, [*decisions, *undone]) == (run, ())
    assert corrected(run, TEXT, [*decisions, *undone, *redone]) == corrected(run, TEXT, decisions)


@given(_runs(), st.lists(_page_decisions(), max_size=5), st.randoms())
def test_order_of_the_lines_does_not_matter(
    run: Brief, decisions: list[Decision], random: Any
) -> None:
    shuffled = list(decisions)
    random.shuffle(shuffled)

    assert corrected(run, TEXT, shuffled) == corrected(run, TEXT, decisions)
