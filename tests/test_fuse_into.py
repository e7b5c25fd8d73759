"""``fuse --into``: whatever the batches and their order, what fusing all at once gives."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from deciding import BRIEF, TEXT, decided, undoes
from generator import make_world
from hypothesis import given, settings
from hypothesis import strategies as st

import summarizer.cli.fuse
from summarizer.brief import Brief
from summarizer.cli import main
from summarizer.cli.gathered import Gathered
from summarizer.dossier import Decision as FusedDecision
from summarizer.dossier import Dossier
from summarizer.errors import InputError
from summarizer.fuse import fuse
from summarizer.render import to_json
from summarizer.review import Decision

INTO = "all.dossier.json"
KEPT = "all.dossier.briefs"


@cache
def made() -> Sequence[Brief]:
    """Briefs of a made world; making them reads the whole language in."""
    return make_world(24, seed=5).briefs


def write(path: Path, briefs: Iterable[Brief]) -> str:
    path.write_text("".join(f"{brief.model_dump_json()}\n" for brief in briefs), "utf-8")
    return str(path)


def write_json(path: str, data: object) -> str:
    Path(path).write_text(json.dumps(data), "utf-8")
    return path


def at_once(briefs: Sequence[Brief], **told: Any) -> bytes:
    return to_json(fuse(briefs, **told)).encode()


def add(*briefs: Brief, options: Sequence[str] = ()) -> int:
    return main(["fuse", write(Path("more.jsonl"), briefs), "--into", INTO, *options])


def dossier() -> bytes:
    return Path(INTO).read_bytes()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def parted() -> dict[str, Any]:
    """The verdict that two accounts of one event are not of one."""
    event = next(e for e in fuse(made()).events if len(e.members) > 1)
    sides = [{"name": "x", "document": m.document, "record": m.record} for m in event.members]
    return {"kind": "event", "left": sides[0], "right": sides[1], "verdict": "not_same"}


@st.composite
def batches(draw: st.DrawFn) -> list[list[Brief]]:
    """The briefs of a made world, a few of them in two batches, in any order."""
    briefs = make_world(draw(st.integers(1, 14)), seed=draw(st.integers(0, 50))).briefs
    again = draw(st.lists(st.sampled_from(briefs), max_size=3))
    told = draw(st.permutations([*briefs, *again]))
    cuts = sorted(draw(st.lists(st.integers(1, len(told)), max_size=4, unique=True)))
    pieces = [told[a:b] for a, b in zip([0, *cuts], [*cuts, len(told)], strict=True)]
    return [piece for piece in pieces if piece]


def assert_batches_give_the_whole(pieces: list[list[Brief]]) -> None:
    with TemporaryDirectory() as place:
        into = Path(place) / INTO
        for number, piece in enumerate(pieces):
            file = write(Path(place) / f"{number}.jsonl", piece)
            assert main(["fuse", file, "--into", str(into)]) == 0
        assert into.read_bytes() == at_once([brief for piece in pieces for brief in piece])


@given(batches())
@settings(deadline=None, max_examples=12)
def test_any_batches_in_any_order_give_what_all_at_once_give(pieces: list[list[Brief]]) -> None:
    assert_batches_give_the_whole(pieces)


@pytest.mark.slow
@given(batches())
@settings(deadline=None, max_examples=400)
def test_many_more_batches_give_what_all_at_once_give(pieces: list[list[Brief]]) -> None:
    assert_batches_give_the_whole(pieces)


def test_one_by_one_backwards_gives_what_all_at_once_give(here: Path) -> None:
    for brief in reversed(made()[:8]):
        assert add(brief) == 0

    assert dossier() == at_once(made()[:8])


def test_decisions_and_trust_hold_for_later_batches(here: Path) -> None:
    decided = write_json("decided.json", [parted()])
    first = write_json("first.json", {"report-00000": "C", "report-00001": "D"})
    second = write_json("second.json", {"report-00001": "A"})

    assert add(*made()[:6], options=["--decisions", decided, "--reliability", first]) == 0
    assert add(*made()[6:], options=["--reliability", second]) == 0

    ruling = [FusedDecision.model_validate_json(json.dumps(parted()))]
    want = at_once(made(), decisions=ruling, reliability={"report-00000": "C", "report-00001": "A"})
    assert dossier() == want != at_once(made())


def test_a_later_verdict_on_a_pair_replaces_the_earlier_one(here: Path) -> None:
    left, right = ({"name": a.name} for a in fuse(made()).actors[:2])
    for verdict in ("not_same", "same"):
        told = [{"kind": "actor", "left": left, "right": right, "verdict": verdict}]
        options = ["--decisions", write_json("decided.json", told)]
        assert add(*made(), options=options) == 0

    assert main(["fuse", "more.jsonl", "--out", "want.json", *options]) == 0
    assert dossier() == Path("want.json").read_bytes() != at_once(made())


def test_ids_are_kept_and_changes_told_since_an_earlier_dossier(here: Path) -> None:
    assert add(*made()[:12]) == 0
    old = Dossier.model_validate_json(dossier())

    assert add(*made()[12:], options=["--since", INTO]) == 0

    assert dossier() == at_once(made(), since=old)
    assert json.loads(dossier())["since"]


def reviewed(*decisions: Decision) -> list[str]:
    lines = "".join(f"{one.model_dump_json()}\n" for one in decisions)
    Path("review.jsonl").write_text(lines, "utf-8")
    return ["--corrections", "review.jsonl"]


def test_corrections_reach_briefs_of_earlier_batches_and_can_be_taken_back(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = decided(BRIEF.events[0], "reject")
    assert add(BRIEF) == 0
    plain = dossier()
    source = here / "reports"
    source.mkdir()
    report = source / f"{BRIEF.document.id}.txt"
    report.write_text(TEXT, "utf-8")

    assert add(*made()[:2], options=[*reviewed(gone), "--source", "reports"]) == 0
    file = write(Path("whole.jsonl"), [BRIEF, *made()[:2]])
    command = ["fuse", file, "--out", "want.json", *reviewed(gone), "--source", "reports"]
    assert main(command) == 0
    assert dossier() == Path("want.json").read_bytes() != at_once([BRIEF, *made()[:2]])

    report.unlink()
    assert add(made()[2], options=reviewed(gone)) == 0, "the report is not needed twice"
    assert add(made()[3]) == 0
    assert len(json.loads(dossier())["events"]) == len(fuse([BRIEF, *made()[:4]]).events) - 1
    assert add(made()[3], options=reviewed(gone, undoes(gone))) == 1
    assert "corrections need its report" in capsys.readouterr().err
    report.write_text(TEXT, "utf-8")
    undone = [*reviewed(gone, undoes(gone)), "--source", "reports"]
    assert add(made()[3], options=undone) == 0

    assert dossier() == at_once([BRIEF, *made()[:4]]) != plain


def test_a_dossier_made_at_once_is_added_to_from_the_briefs_beside_it(here: Path) -> None:
    write(here / "old.brief.jsonl", made()[:5])
    trust = write_json("trust.json", {"report-00001": "B"})
    assert main(["fuse", "old.brief.jsonl", "--out", INTO, "--reliability", trust]) == 0

    assert add(*made()[5:9]) == 0
    (here / "old.brief.jsonl").unlink()
    assert add(*made()[9:]) == 0

    assert dossier() == at_once(made(), reliability={"report-00001": "B"})


def test_a_dossier_whose_briefs_are_not_at_hand_is_left_alone(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(INTO).write_bytes(at_once(made()[:5]))
    changed = made()[3].model_copy(update={"events": ()})
    write(here / "old.brief.jsonl", [*made()[:3], changed])

    assert add(*made()[5:]) == 1

    told = f"summarizer: {INTO}: 2 of its 5 briefs are not at hand as they were fused"
    assert capsys.readouterr().err.startswith(f"{told} (report-00003, report-00004)")
    assert dossier() == at_once(made()[:5])
    assert not Path(KEPT).exists()


def test_another_brief_of_one_report_is_refused(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(*made()[:3]) == 0

    assert add(made()[3], made()[1].model_copy(update={"pledges": (), "events": ()})) == 1

    assert f"more.jsonl:2: {INTO} has another brief of 'report-00001'" in capsys.readouterr().err
    assert dossier() == at_once(made()[:3])
    assert add(made()[1]) == 0
    assert dossier() == at_once(made()[:3])


def test_verdicts_set_in_the_dossier_itself_hold(here: Path) -> None:
    assert add(*made()[:-1]) == 0
    edited = json.loads(dossier())
    edited["doubtful"].append(parted())
    Path(INTO).write_text(json.dumps(edited), "utf-8")
    decisions = Dossier.model_validate_json(dossier()).doubtful

    assert add(made()[-1]) == 0
    assert add(made()[0]) == 0

    assert dossier() == at_once(made(), decisions=decisions) != at_once(made())


@pytest.mark.parametrize("other", ["another", None, b"{", b"\xff"])
def test_what_is_kept_of_another_dossier_is_not_mixed_in(
    other: str | bytes | None, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if isinstance(other, str):
        other = at_once(made()[2:4])
    assert add(*made()[:3]) == 0
    Path(INTO).unlink()
    if other is not None:
        Path(INTO).write_bytes(other)

    assert add(made()[5]) == 1

    err = capsys.readouterr().err
    assert err.startswith(f"summarizer: {INTO}: ")
    assert err.count("\n") == 1
    assert (Path(INTO).read_bytes() if Path(INTO).exists() else None) == other


@pytest.mark.parametrize("earlier", [0, 4])
def test_a_run_killed_before_the_dossier_is_there_is_done_again(
    earlier: int, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if earlier:
        assert add(*made()[:earlier]) == 0

    def full(path: Path, content: bytes, *, option: str) -> None:
        raise InputError(f"{path}: cannot be written (No space left on device); check {option}")

    with monkeypatch.context() as patch:
        patch.setattr(summarizer.cli.fuse, "write_whole", full)
        assert add(*made()[earlier:9]) == 1
    assert Path(INTO).exists() == bool(earlier)

    assert add(*made()[9:]) == 0

    assert dossier() == at_once(made())


def test_a_run_that_fails_before_keeps_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add(*made()[:3]) == 0
    kept = Path(KEPT).read_bytes()

    with monkeypatch.context() as patch:
        patch.setattr(summarizer.cli.fuse, "fuse", _interrupted)
        assert add(*made()[3:5]) == 130

    assert (Path(KEPT).read_bytes(), dossier()) == (kept, at_once(made()[:3]))
    assert sorted(path.name for path in here.iterdir()) == [KEPT, INTO, "more.jsonl"]


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_two_runs_on_one_dossier(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Gathered(Path(INTO)):
        assert add(*made()[:2]) == 1
    assert capsys.readouterr().err == (
        f"summarizer: {here / KEPT}: another run adds to it; wait for it\n"
    )

    assert add(*made()[:2]) == 0
    assert dossier() == at_once(made()[:2])


@pytest.mark.parametrize("how", ["text", "torn", "later", "brief"])
def test_a_broken_file_beside_the_dossier_is_one_line(
    how: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(*made()) == 0
    whole = Path(KEPT).read_bytes()
    if how == "text":
        Path(KEPT).write_text("These are the briefs of a dossier." * 100, "utf-8")
    elif how == "torn":
        Path(KEPT).write_bytes(whole[: len(whole) // 2])
    else:
        base = sqlite3.connect(KEPT)
        base.execute("pragma user_version = 9" if how == "later" else "update briefs set given = 1")
        base.commit()
        base.close()

    assert add(made()[0]) == 1

    err = capsys.readouterr().err
    assert err.startswith(f"summarizer: {here / KEPT}: cannot be ")
    assert err.count("\n") == 1
    assert dossier() == at_once(made())


def test_a_link_to_a_dossier_stays_one(here: Path) -> None:
    (here / "deep").mkdir()
    Path(INTO).symlink_to(here / "deep" / INTO)

    assert add(*made()[:3]) == 0
    assert add(*made()[3:]) == 0

    assert Path(INTO).is_symlink()
    assert dossier() == at_once(made())
    assert (here / "deep" / KEPT).exists()


@pytest.mark.parametrize("into", ["", "folder", "all.briefs", "more.jsonl/all.json"])
def test_what_cannot_be_a_dossier_is_one_line(
    into: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "folder").mkdir()
    file = write(Path("more.jsonl"), made()[:2])

    assert main(["fuse", file, "--into", str(here / into)]) == 1

    err = capsys.readouterr().err
    assert err.startswith(f"summarizer: {here}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("option", [["--out", "x.json"], ["--format", "md"]])
def test_into_goes_with_neither_another_place_nor_form(option: list[str], here: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        add(*made()[:2], options=option)

    assert ended.value.code == 2
    assert not Path(KEPT).exists()


def test_nothing_of_a_report_but_its_quotes_is_kept(here: Path) -> None:
    assert add(*made()[:1]) == 0

    base = sqlite3.connect(KEPT)
    tables = [row[0] for row in base.execute("select name from sqlite_master where type = 'table'")]
    base.close()
    assert sorted(tables) == ["briefs", "decisions", "dossiers", "trust"]
    with Gathered(Path(INTO)) as gathered:
        assert [kept.given for kept in gathered.briefs()] == made()[:1]


def test_the_order_of_paths_does_not_matter(here: Path) -> None:
    dice = random.Random(7)
    files = [write(Path(f"{brief.document.id}.jsonl"), [brief]) for brief in made()]
    for _ in range(3):
        dice.shuffle(files)
        Path(KEPT).unlink(missing_ok=True)
        Path(INTO).unlink(missing_ok=True)
        assert main(["fuse", *files[:10], "--into", INTO]) == 0
        assert main(["fuse", *files[10:], "--into", INTO]) == 0
        assert dossier() == at_once(made())
