"""``check`` on folders: every brief is reported, whatever is beside it, at a cost that adds up."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from growing import assert_linear
from sample_briefs import SAMPLE, sample_brief

from summarizer.cli import main
from summarizer.render import to_json, to_jsonl


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a report and its brief beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drones.txt").write_text(SAMPLE, "utf-8")
    (tmp_path / "drones.brief.json").write_text(to_json(sample_brief()), "utf-8")
    return tmp_path


BROKEN = {
    "cut": b'{"version": 1, "docum',
    "empty": b"",
    "no utf-8": b'{"a": "\xff"}',
    "deep": b"[" * 100_000,
    "number without end": b'{"a": ' + b"9" * 5_000 + b"}",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_every_brief_is_reported_beside_a_broken_one(
    content: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.brief.json").write_bytes(content)
    (folder / "z.brief.json").write_bytes(content)

    assert main(["check", "."]) == 1

    told = capsys.readouterr()
    lines = [line for line in told.out.splitlines() if not line.startswith(" ")]
    assert [line.partition(":")[0] for line in lines] == [
        "a.brief.json",
        "drones.brief.json",
        "z.brief.json",
    ]
    assert ": ok, " in lines[1]
    assert told.out.count("(whole): unreadable: not JSON") == 2
    assert told.err == ""


def test_broken_brief_is_told_in_json_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.brief.json").write_text("{", "utf-8")

    assert main(["check", ".", "missing.json", "--json"]) == 1

    told = {each["file"]: each for each in json.loads(capsys.readouterr().out)}
    assert [each["ok"] for each in told.values()] == [False, True, False]
    assert told["missing.json"]["failures"][0]["problem"] == "unreadable"


def test_broken_line_is_told_beside_the_others(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = to_jsonl(sample_brief())
    (folder / "drones.jsonl").write_text(f"{line}{{\n{line}", "utf-8")

    assert main(["check", "drones.jsonl"]) == 1

    out = capsys.readouterr().out
    assert "drones.jsonl:1: ok" in out
    assert "drones.jsonl:2: 1 failed" in out
    assert "drones.jsonl:3: ok" in out


def test_only_brief_that_is_broken_is_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "drones.brief.json").write_text("{", "utf-8")

    assert main(["check", "."]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("summarizer: drones.brief.json: not JSON")


def test_time_grows_with_the_briefs_and_the_reports_and_not_with_their_product(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(number: int) -> tuple[Path, Path]:
        place = folder / str(uuid4())
        reports, briefs = place / "reports", place / "briefs"
        reports.mkdir(parents=True)
        briefs.mkdir()
        for at in range(number):
            text = f"{SAMPLE} This is report {at}."
            (reports / f"{at}.txt").write_text(text, "utf-8")
            brief = to_json(sample_brief(id=f"of{at}", text=text))
            (briefs / f"of{at}.brief.json").write_text(brief, "utf-8")
        return briefs, reports

    def step(place: tuple[Path, Path]) -> None:
        briefs, reports = place
        assert main(["check", str(briefs), "--source", str(reports)]) == 0
        capsys.readouterr()

    assert_linear(step, made, 160)


def test_dossier_of_many_documents_takes_time_by_its_citations(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(number: int) -> Path:
        place = folder / str(uuid4())
        place.mkdir()
        for at in range(number):
            text = f"{SAMPLE} This is report {at}."
            (place / f"of{at}.txt").write_text(text, "utf-8")
            brief = to_json(sample_brief(id=f"of{at}", text=text))
            (place / f"of{at}.brief.json").write_text(brief, "utf-8")
        assert main(["fuse", str(place), "--out", str(place / "all.dossier.json")]) == 0
        return place / "all.dossier.json"

    def step(dossier: Path) -> None:
        assert main(["check", str(dossier)]) == 0
        capsys.readouterr()

    assert_linear(step, made, 64)


def test_inner_citation_that_the_outer_ones_do_not_have_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fuse", ".", "--out", "all.dossier.json"]) == 0
    data = json.loads(Path("all.dossier.json").read_text("utf-8"))
    data["pledges"][0]["items"][0]["item"]["citations"][0]["quote"] = "90 drones"
    Path("all.dossier.json").write_text(json.dumps(data), "utf-8")

    assert main(["check", "all.dossier.json"]) == 1

    assert "an item cites what is not its own" in capsys.readouterr().out
