"""The commands report, review and export, and what --corrections does to later runs."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from answering import answering
from conftest import FOLDERS
from gold_briefs import brief_from_gold
from sample_briefs import SAMPLE, sample_brief

from summarizer.brief import Brief, Review
from summarizer.cli import main
from summarizer.evaluate.gold import read_gold
from summarizer.fuse import fuse
from summarizer.page import notebook
from summarizer.pipeline import summarize
from summarizer.review import Decision, anchor, fingerprint
from summarizer.review.record import Record, kind_of
from summarizer.settings import Settings
from summarizer.source import Document

BRIEF = sample_brief()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report and its brief beside it."""
    (tmp_path / "drones.txt").write_text(SAMPLE, "utf-8")
    (tmp_path / "drones.brief.json").write_text(BRIEF.model_dump_json(), "utf-8")
    return tmp_path


def _decision(record: Record, seq: int = 1, **told: Any) -> Decision:
    given = {"field": None, "action": "reject", "old": None, "new": None, **told}
    return Decision(
        v=1,
        id=f"id-{seq}",
        seq=seq,
        at="2026-11-25T18:40:12Z",
        by="mk",
        doc=BRIEF.document.sha256,
        kind=kind_of(record),
        record=fingerprint(record),
        anchor=anchor(record),
        **given,
    )


def _file(folder: Path, *decisions: Decision) -> Path:
    path = folder / "review.jsonl"
    path.write_text("".join(f"{one.model_dump_json()}\n" for one in decisions), "utf-8")
    return path


def test_report_of_a_folder_prints_the_path_of_its_page(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(folder)]) == 0

    out, err = capsys.readouterr()
    assert (out, err) == (f"{folder / 'report.html'}\n", "")
    html = (folder / "report.html").read_text("utf-8")
    assert "20 to 40 drones" in re.sub(r"<[^>]*>", "", html)


def test_report_of_a_file_goes_beside_it_or_where_it_is_told(folder: Path) -> None:
    brief = str(folder / "drones.brief.json")

    assert main(["report", brief]) == 0
    assert main(["report", brief, "--out", str(folder / "deep" / "page.html")]) == 0

    assert (folder / "drones.html").read_bytes() == (folder / "deep/page.html").read_bytes()


def test_a_report_whose_text_is_not_at_hand_is_shown_and_said_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "drones.txt").write_text(SAMPLE + " Changed.", "utf-8")

    assert main(["report", str(folder)]) == 0

    assert "drones: its text is not at hand" in capsys.readouterr().err


def test_report_of_a_dossier_takes_the_briefs_beside_it(folder: Path) -> None:
    dossier = folder / "story.dossier.json"
    dossier.write_text(fuse([BRIEF]).model_dump_json(), "utf-8")

    assert main(["report", str(dossier)]) == 0

    html = (folder / "story.html").read_text("utf-8")
    assert 'id="dossier"' in html
    assert 'id="d1"' in html


def test_two_dossiers_are_one_clear_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in "ab":
        (folder / f"{name}.dossier.json").write_text(fuse([BRIEF]).model_dump_json(), "utf-8")

    assert main(["report", str(folder)]) == 1
    assert "a second dossier" in capsys.readouterr().err


def test_a_rejected_record_stays_out_of_the_dossier(folder: Path) -> None:
    event = BRIEF.events[0]
    corrections = _file(folder, _decision(event))
    out = folder / "story.dossier.json"
    command = ["fuse", str(folder), "--source", str(folder), "--out", str(out)]

    assert main(command) == 0
    before = json.loads(out.read_text("utf-8"))
    assert main([*command, "--corrections", str(corrections)]) == 0
    after = json.loads(out.read_text("utf-8"))

    assert len(after["events"]) == len(before["events"]) - 1


def test_decisions_on_other_texts_are_listed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _decision(BRIEF.events[0]).model_copy(update={"doc": "0" * 64})
    command = ["fuse", str(folder), "--out", str(folder / "d.json")]

    assert main([*command, "--corrections", str(_file(folder, told))]) == 0

    assert "does not fit: " in capsys.readouterr().err


def test_broken_lines_of_a_review_file_are_told_by_number(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(folder, _decision(BRIEF.events[0]))
    path.write_text(path.read_text("utf-8") + '{"v": 1, "torn', "utf-8")

    assert (
        main(["fuse", str(folder), "--out", str(folder / "d.json"), "--corrections", str(path)])
        == 0
    )

    assert "line 2 " in capsys.readouterr().err


@pytest.mark.parametrize("path", sorted(FOLDERS["corpus"].glob("*.txt")), ids=lambda p: p.stem)
def test_reviewed_briefs_become_gold_that_they_fit_wholly(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = path.read_text("utf-8")
    gold = brief_from_gold(text, read_gold(path.with_suffix(".gold.json"), text))
    seen = Review(action="accept", reviewer="mk", at="2026-11-25T18:40:12Z")
    reviewed = {
        kind: tuple(r.model_copy(update={"review": seen}) for r in getattr(gold, kind))
        for kind in ("actors", "events", "pledges")
    }
    brief = gold.model_copy(update=reviewed)
    (tmp_path / path.name).write_text(text, "utf-8")
    (tmp_path / f"{path.stem}.brief.json").write_text(brief.model_dump_json(), "utf-8")

    assert main(["export", str(tmp_path), "--to", "gold", "--out", str(tmp_path)]) == 0
    assert main(["eval", str(tmp_path)]) == 0

    printed = capsys.readouterr().out
    assert "gold made by review: 1 of 1 documents reviewed in full" in printed
    for kind in ("actors", "events"):
        (row,) = re.findall(rf"^{kind} .*$", printed, re.MULTILINE)
        assert row.split()[3:] == ["1.000"] * 6


def test_eval_says_what_of_the_gold_nobody_looked_at(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["export", str(folder), "--to", "gold", "--out", str(folder)])
    main(["eval", str(folder)])

    printed = capsys.readouterr().out
    assert "gold made by review: 0 of 1 documents reviewed in full" in printed


def test_review_without_the_report_is_one_clear_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "drones.txt").unlink()

    assert main(["review", str(folder)]) == 1
    assert "a review needs its report" in capsys.readouterr().err


def test_review_serves_until_it_is_interrupted(folder: Path) -> None:
    command = [sys.executable, "-m", "summarizer", "review", str(folder), "--reviewer", "mk"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # Where the tests run in the background of a shell, it is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout
        url = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        try:
            _, err = process.communicate(timeout=60)
        finally:
            process.kill()  # of a test that fails nobody waits for the end

    assert re.match(r"http://127\.0\.0\.1:\d+/\?key=\S+\n", url)
    assert process.returncode == 0
    assert "Traceback" not in err


@pytest.mark.parametrize("shown", [BRIEF, fuse([BRIEF])], ids=["brief", "dossier"])
def test_a_notebook_shows_a_page_in_a_closed_frame(shown: Any) -> None:
    html = shown._repr_html_()

    assert html == notebook(shown)
    assert html.startswith('<iframe sandbox="allow-scripts" ')
    assert "<script" not in html


def test_an_accepted_record_stays_in_though_a_later_run_misses_it() -> None:
    model, _ = answering({}, "server")
    accepted = _decision(
        BRIEF.events[0],
        action="accept",
        new={"value": BRIEF.events[0].model_dump_json(), "cite": [], "words": []},
    )
    brief: Brief = summarize(
        Document(SAMPLE), settings=Settings(), model=model, corrections=[accepted]
    )

    assert [event.label for event in brief.events] == [BRIEF.events[0].label]
    assert brief.events[0].review is not None
