"""The review file: what stands in it, one writer at a time, and what all lines come to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import ExitStack
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from deciding import (
    AT,
    PLEDGE,
    STRIKE,
    any_decisions,
    decided,
    decided_on,
    marked,
    undoes,
    value_of,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.review import (
    Decision,
    Entry,
    Journal,
    fold,
    read_decisions,
)
from summarizer.values import values_of

ROOT = Path(__file__).parents[1]


# The file


def _entry(number: int = 1, **more: Any) -> Entry:
    one = decided(STRIKE, "accept", "date", old={"value": "on Friday", "cite": [[34, 43]]})
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
    whole = decided(STRIKE, "accept").model_dump(mode="json")
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
    with ExitStack() as running:
        with Journal(file) as journal:
            children = [
                running.enter_context(_child(_CHILD + _PATIENT, file, name))
                for name in ("one", "two")
            ]
            told = [child.stdout.readline() for child in children if child.stdout]
            journal.append(_entry(1))
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
    date = value_of(STRIKE, "date")
    first, last = decided_on(STRIKE, date, "reject"), decided_on(STRIKE, date, "accept")
    other = decided_on(STRIKE, value_of(STRIKE, "place"), "reject")

    assert fold([last, other, first]) == (last, other)


def test_undo_brings_back_what_stood_before() -> None:
    date = value_of(STRIKE, "date")
    first, second = decided_on(STRIKE, date, "reject"), decided_on(STRIKE, date, "accept")
    undo = undoes(second)
    undo_of_undo = undoes(undo)

    assert fold([first, second, undo]) == (first,)
    assert fold([first, second, undo, undo_of_undo]) == (second,)
    assert fold([first, second, undo, undo_of_undo, undoes(undo_of_undo)]) == (first,)
    assert fold([first, second, undo, undoes(first)]) == ()


def test_undo_that_stands_before_undoes_nothing() -> None:
    later = decided_on(STRIKE, value_of(STRIKE, "date"), "reject")
    early = undoes(later).model_copy(update={"seq": 0})
    itself = early.model_copy(update={"of": early.id})

    assert fold([early, itself, later]) == (later,)


def test_items_and_additions_are_apart() -> None:
    items = [decided_on(PLEDGE, v, "reject") for v in values_of(PLEDGE) if v.field == "items"]
    added = [decided(PLEDGE, "add", "items", new=marked(w)) for w in ("three patrol boats", "15")]
    dates = [decided(PLEDGE, "add", "delivery", new=marked(w)) for w in ("on Friday", "in May")]
    notes = [decided_on(PLEDGE, value_of(PLEDGE, "status"), "note", new={"value": w}) for w in "ab"]

    assert fold([*items, *added, *dates, *notes]) == (*items, *added, dates[1], *notes)


def test_code_leaves_the_words_but_not_their_rejection() -> None:
    value = value_of(STRIKE, "participants")
    words = decided_on(STRIKE, value, "correct", new=marked("Eastmark"))
    code = decided_on(STRIKE, value, "correct", new=marked(code="victim"))
    reject = decided_on(STRIKE, value, "reject")

    assert fold([words, code]) == (words, code)
    late = code.model_copy(update={"seq": reject.seq + 1, "id": "late"})
    assert fold([reject, late]) == (late,)


@given(st.data())
def test_fold_of_a_fold_is_the_same(data: st.DataObject) -> None:
    some = data.draw(st.lists(any_decisions(), max_size=4))
    some += [undoes(one) for one in some if data.draw(st.booleans())]
    data.draw(st.randoms()).shuffle(some)
    once = fold(some)

    assert fold(once) == once
    assert [one.seq for one in once] == sorted(one.seq for one in once)
