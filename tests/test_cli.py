"""The command line: what goes where, which exit code, and one clear line when something fails."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from gold_briefs import brief_from_gold
from sample_briefs import SAMPLE, sample_brief
from scripted import Reply, completion, failure, scripted_server

from summarizer.ask import UNANSWERED
from summarizer.brief import Brief
from summarizer.cli import main
from summarizer.cli.files import brief_names, write_whole
from summarizer.cli.progress import Bar, Lines, result
from summarizer.engine.weights import DEFAULT
from summarizer.errors import InputError, ModelError, SummarizerError
from summarizer.escape import for_json_on_terminal
from summarizer.evaluate import read_gold
from summarizer.pipeline import HOSTED_MODEL, Progress, document_info, settings_sha256
from summarizer.prompt import prompts_sha256
from summarizer.read import Given, Source, articles
from summarizer.render import explain, to_json, to_jsonl
from summarizer.run import Outcome
from summarizer.settings import Settings
from summarizer.source import Document

ROOT = Path(__file__).parents[1]
KEY = "sk-not-a-real-key-0123456789"


class FakePipeline:
    """Stands in for ``summarize_many``: a brief for each report, or the error it is told."""

    def __init__(self) -> None:
        self.errors: dict[str, SummarizerError | BaseException] = {}
        self.meanwhile: dict[str, Callable[[], object]] = {}
        self.calls: list[dict[str, Any]] = []
        self.paths: list[Path] = []
        self.rejections = True
        self.warnings: tuple[str, ...] = ()

    def __call__(self, sources: Sequence[Source], **options: Any) -> Generator[Outcome, None, None]:
        self.calls.append(options)
        about = {name: options[name] for name in ("published", "title")}
        given = Given(about, options["encoding"], allow_url=options["allow_url"])
        for article in (each for source in sources for each in articles(source, given)):
            path = article.path
            if options["kept"]:
                with suppress(InputError):
                    document = article.read()
                    if brief := options["kept"](article, document):
                        yield Outcome(path, document, brief, None, article, kept=True)
                        continue
            self.paths.append(path)
            self.meanwhile.get(path.name, bool)()
            error = self.errors.get(path.name)
            if error and not isinstance(error, SummarizerError):
                raise error
            try:
                document = article.read()
            except InputError as fault:
                error = error or fault
            if isinstance(error, SummarizerError):
                yield Outcome(path, None, None, error, article)
                continue
            yield Outcome(path, document, self._brief(document, options), None, article)

    def _brief(self, document: Document, options: dict[str, Any]) -> Brief:
        brief = sample_brief(id=document.id, text=document.text)
        usage = brief.usage
        options["progress"](Progress(document.id, "event", 0, 2, usage))
        options["progress"](Progress(document.id, "done", 1, 1, usage))
        settings = options["settings"]
        hosted = settings.chosen_engine == "openai"
        file = Path(settings.model).stem if settings.model else DEFAULT.name
        engine = brief.engine.model_copy(
            update={
                "name": settings.chosen_engine,
                "model": settings.model or HOSTED_MODEL if hosted else file,
                "profile": settings.chosen_profile,
                "prompts_sha256": prompts_sha256(),
                "settings_sha256": settings_sha256(settings),
            }
        )
        return brief.model_copy(
            update={
                "engine": engine,
                "document": document_info(document),
                "rejections": brief.rejections if self.rejections else (),
                "warnings": (*brief.warnings, *self.warnings),
            }
        )


def written(folder: Path) -> list[Path]:
    """The files of *folder* but the ledger's own."""
    return [path for path in folder.iterdir() if not path.name.startswith(".summarizer.sqlite")]


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    fake = FakePipeline()
    monkeypatch.setattr(import_module("summarizer.cli.summarize"), "summarize_many", fake)
    return fake


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with three reports, of which all have the words of the sample."""
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"{SAMPLE} This is report {name}.", "utf-8")
        (tmp_path / f"{name}.meta.json").write_text('{"title": "Drones for Syria"}', "utf-8")
    return tmp_path


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a report and its brief beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "drones.txt").write_text(SAMPLE, "utf-8")
    (tmp_path / "drones.brief.json").write_text(to_json(sample_brief()), "utf-8")
    return tmp_path


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "summarizer", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_help_imports_nothing_slow() -> None:
    ask = (
        "import sys\nfrom summarizer.cli import main\n"
        "try: main(['summarize', '--help'])\n"
        "except SystemExit: print('MODULES', *sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split("MODULES")[1].split())
    slow = {"openai", "instructor", "tenacity", "pydantic", "xllamacpp", "rich", "jinja2", "spacy"}

    assert not loaded & slow


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])

    assert end.value.code == 0
    listed = re.findall(r"^    (\w+)\b", capsys.readouterr().out, re.MULTILINE)
    commands = "summarize cluster check fuse report review export eval schema mcp model runs"
    assert listed == [*commands.split(), "completion"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["summarise"],
        ["summarize"],
        ["summarize", "a.txt", "--published", "18 October"],
        ["summarize", "a.txt", "--published", "20251018"],
        ["summarize", "a.txt", "--published", "2025-02-30"],
        ["summarize", "a.txt", "--jobs", "0"],
        ["summarize", "a.txt", "--jobs", "two"],
        ["summarize", "a.txt", "--max-cost", "nan"],
        ["summarize", "a.txt", "--prompt-price", "-1"],
        ["summarize", "a.txt", "--format", "xml"],
        ["summarize", "a.txt", "--engine", "cloud"],
        ["summarize", "a.txt", "--encoding", "cp9999"],
        ["summarize", "a.txt", "--encoding", "rot13"],
        ["check", "a.json", "--encoding", ""],
        ["summarize", "a.txt", "--publ", "2025-10-18"],
        ["check"],
        ["fuse"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)

    captured = capsys.readouterr()
    assert end.value.code == 2
    assert captured.out == ""
    assert captured.err.startswith("usage: summarizer")


def test_usage_message_shows_control_characters_as_escapes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["summarize", "a.txt", "--\x1b[31mred\u202e"])

    assert "\x1b" not in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--version"])

    assert end.value.code == 0
    assert re.fullmatch(r"summarizer \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_one_report_gives_one_brief_on_standard_output_and_nothing_else(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", "one.txt"]) == 0

    captured = capsys.readouterr()
    assert Brief.model_validate_json(captured.out).document.id == "one"
    assert captured.err.startswith(
        "[1/1] one.txt: 1 event, 1 pledge, 1 actor, 1 rejected; 350 tokens, 2 s\n"
        "reports   1: 1 new\n"
    )


def test_quiet_says_nothing(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", "--quiet", "one.txt"]) == 0

    assert capsys.readouterr().err == ""


def test_several_reports_give_a_line_each(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", "."]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["document"]["id"] for line in lines] == ["one", "three", "two"]


@pytest.mark.parametrize(("form", "begin"), [("json", "{\n"), ("jsonl", '{"'), ("md", "# Drones")])
def test_format_is_as_asked(
    form: str,
    begin: str,
    reports: Path,
    pipeline: FakePipeline,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["summarize", "one.txt", "--format", form]) == 0

    assert capsys.readouterr().out.startswith(begin)


def test_several_briefs_as_one_json_are_refused(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", "one.txt", "two.txt", "--format", "json"]) == 1

    assert "--format jsonl or --out DIR" in capsys.readouterr().err
    assert pipeline.paths == []


def test_out_gets_a_file_a_report(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", ".", "--out", "deep/briefs"]) == 0

    files = sorted(path.name for path in written(Path("deep/briefs")))
    assert files == ["one.brief.json", "three.brief.json", "two.brief.json"]
    assert Path("deep/briefs/one.brief.json").read_text("utf-8").startswith('{\n  "version": 1,')
    assert capsys.readouterr().out == ""


def test_own_output_is_not_read_as_a_report(reports: Path, pipeline: FakePipeline) -> None:
    for _ in range(2):
        assert main(["summarize", ".", "--out", ".", "--format", "md", "--quiet"]) == 0

    assert len(pipeline.paths) == 6


def test_options_become_settings(reports: Path, pipeline: FakePipeline) -> None:
    options = "--engine openai --model m --base-url http://llm.test/v1 --jobs 3 --max-cost 2.5"
    prices = "--prompt-price 1 --completion-price 0 --published 2025-10-18 --publisher Wire"

    assert main(["summarize", "one.txt", "--quiet", *options.split(), *prices.split()]) == 0

    (call,) = pipeline.calls
    settings = call["settings"]
    assert (settings.engine, settings.model, settings.jobs) == ("openai", "m", 3)
    assert settings.base_url == "http://llm.test/v1"
    assert (settings.max_cost, settings.prompt_price, settings.completion_price) == (2.5, 1.0, 0.0)
    assert (call["published"], call["publisher"], call["title"]) == ("2025-10-18", "Wire", None)


def test_options_win_over_the_environment(
    reports: Path, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUMMARIZER_MODEL", "from-environment")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    main(["summarize", "one.txt", "--quiet"])
    main(["summarize", "one.txt", "--quiet", "--model", "given"])

    first, second = (call["settings"] for call in pipeline.calls)
    assert (first.model, second.model) == ("from-environment", "given")
    assert second.api_key.get_secret_value() == KEY


def test_failed_report_does_not_stop_the_others_and_is_listed_at_the_end(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.errors = {
        "one.txt": InputError("one.txt: empty; give a report with text in it"),
        "three.txt": ModelError("the embedded model stopped\x1b[2J"),
    }

    assert main(["summarize", ".", "--out", "briefs"]) == 1

    assert [path.name for path in written(Path("briefs"))] == ["two.brief.json"]
    assert capsys.readouterr().err.splitlines()[-3:] == [
        "summarizer: 2 of 3 reports did not come out right:",
        "  one.txt: empty; give a report with text in it",
        "  three.txt: the embedded model stopped\\x1b[2J",
    ]


def test_single_failure_is_one_line(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.errors = {"one.txt": ModelError("no answer")}

    assert main(["summarize", "one.txt", "--quiet"]) == 1

    captured = capsys.readouterr()
    assert captured.err == "summarizer: one.txt: no answer\n"
    assert captured.out == ""


def test_wrong_value_for_all_reports_is_told_once(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", ".", "--url", "not an address"]) == 1

    assert len(capsys.readouterr().err.splitlines()) == 1
    assert pipeline.paths == []


def test_strict_writes_first_and_fails_then(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", "one.txt", "--strict", "--quiet"]) == 1

    captured = capsys.readouterr()
    assert Brief.model_validate_json(captured.out).rejections
    assert captured.err == 'summarizer: one.txt: 1 rejected, see its "rejections"\n'


def test_strict_is_content_without_rejections(reports: Path, pipeline: FakePipeline) -> None:
    pipeline.rejections = False

    assert main(["summarize", "one.txt", "--strict", "--quiet"]) == 0


def test_interruption_ends_with_130_and_one_line(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.errors = {"three.txt": KeyboardInterrupt()}

    assert main(["summarize", ".", "--out", "briefs", "--quiet"]) == 130

    assert capsys.readouterr().err == "summarizer: interrupted\n"
    assert [path.name for path in written(Path("briefs"))] == ["one.brief.json"]


def test_brief_that_cannot_be_written_is_a_failure_of_its_report(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("briefs/one.brief.json").mkdir(parents=True)

    assert main(["summarize", "one.txt", "two.txt", "--out", "briefs"]) == 1

    assert Path("briefs/two.brief.json").is_file()
    assert "one.brief.json: cannot be written" in capsys.readouterr().err
    assert not list(Path("briefs").glob(".summarizer-*"))


@pytest.mark.parametrize("out", ["one.txt", "one.txt/deep", "dangling", "nul\0", "x" * 300])
def test_out_is_tried_before_anything_is_asked(
    out: str, reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("dangling").symlink_to("nowhere")

    assert main(["summarize", ".", "--out", out, "--quiet"]) == 1

    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert "check --out" in error
    assert pipeline.paths == []


def test_run_stops_when_nothing_can_be_written_any_more(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    def lose_the_directory() -> None:
        Path("briefs").rename("gone")
        Path("briefs").write_text("a file", "utf-8")

    pipeline.errors = {"one.txt": ModelError("no answer")}
    pipeline.meanwhile = {"three.txt": lose_the_directory}

    assert main(["summarize", ".", "--out", "briefs", "--quiet"]) == 1

    assert [path.name for path in pipeline.paths] == ["one.txt", "three.txt"]
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "summarizer: 2 of 3 reports did not come out right:"
    assert told[1] == "  one.txt: no answer"
    assert told[2].startswith("  three.txt: briefs/three.brief.json: cannot be written")
    assert told[3].startswith("summarizer: stopped with 1 reports left: briefs: a file")
    assert len(told) == 4


def test_what_failed_before_the_end_of_a_run_is_told(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.errors = {"one.txt": ModelError("no answer"), "three.txt": KeyboardInterrupt()}

    assert main(["summarize", ".", "--out", "briefs", "--quiet"]) == 130

    assert capsys.readouterr().err.splitlines() == [
        "summarizer: 1 of 3 reports did not come out right:",
        "  one.txt: no answer",
        "summarizer: interrupted",
    ]


def test_traceback_of_an_unforeseen_fault_is_shown_with_debug_alone(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    fault = SummarizerError("one.txt: unexpected KeyError in x.py:1")
    fault.__cause__ = KeyError("words of the article\x1b")
    pipeline.errors = {"one.txt": fault}

    assert main(["summarize", "one.txt", "--quiet"]) == 1
    assert capsys.readouterr().err == "summarizer: one.txt: unexpected KeyError in x.py:1\n"
    assert main(["summarize", "one.txt", "--quiet", "--debug"]) == 1
    assert capsys.readouterr().err == (
        "KeyError: 'words of the article\\x1b'\n"
        "summarizer: one.txt: unexpected KeyError in x.py:1\n"
    )


def test_brief_without_the_model_s_part_does_not_look_like_a_quiet_article(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.rejections = False
    pipeline.warnings = (f"{UNANSWERED} about the events: nothing fits",)
    run = ["summarize", "one.txt", "two.txt", "--out", "briefs", "--quiet"]

    assert main(run) == 0
    count = 'summarizer: 2 of 2 briefs lack what the model did not answer, see their "warnings"'
    assert capsys.readouterr().err.splitlines() == [count]
    assert main([*run, "--strict"]) == 1
    assert capsys.readouterr().err.splitlines()[2] == (
        '  one.txt: the model did not answer to all, see its "warnings"'
    )


@pytest.mark.parametrize(
    "arguments",
    [["summarize", "missing.txt"], ["check", "missing.json"], ["fuse", "missing.json"]],
    ids=lambda each: each[0],
)
def test_missing_file_is_one_line_without_traceback(
    arguments: list[str], reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, *(["--engine", "openai"] if "summarize" in arguments else [])]) == 1

    error = capsys.readouterr().err
    assert "missing." in error
    assert "Traceback" not in error


def test_wrong_environment_is_one_line_that_does_not_repeat_the_value(
    reports: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUMMARIZER_ENGINE", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    assert main(["summarize", "one.txt"]) == 1

    error = capsys.readouterr().err
    assert error.startswith("summarizer: setting 'engine': Input should be")
    assert KEY not in error


def test_explanation_goes_to_standard_error_and_the_brief_alone_to_standard_output(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["summarize", "one.txt", "--explain", "--quiet"]) == 0

    captured = capsys.readouterr()
    brief = Brief.model_validate_json(captured.out)
    assert captured.err == explain(brief)


def test_kept_brief_is_explained_as_well(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["summarize", "one.txt", "--out", "briefs", "--quiet"]
    main(run)

    assert main([*run, "--explain"]) == 0

    assert len(pipeline.paths) == 1
    assert capsys.readouterr().err.startswith("one: why each value stands\n")


def test_next_run_keeps_what_is_up_to_date(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["summarize", ".", "--out", "briefs", "--quiet"])
    Path("two.txt").write_text(f"{SAMPLE} It has changed.", "utf-8")
    Path("briefs/three.brief.json").write_text("{", "utf-8")
    pipeline.paths.clear()

    assert main(["summarize", ".", "--out", "briefs"]) == 0

    assert [path.name for path in pipeline.paths] == ["three.txt", "two.txt"]
    assert "1 of 3 briefs are up to date" in capsys.readouterr().err


@pytest.mark.parametrize(
    "change",
    [
        ["--model", "another.gguf"],
        ["--published", "2025-10-18"],
        ["--engine", "openai"],
        ["--profile", "large"],
        ["--verify", "off"],
        ["--verify", "all"],
        ["--verify-model", "another", "--verify-base-url", "http://llm.test/v1"],
        ["--title", "Another"],
    ],
    ids=" ".join,
)
def test_next_run_asks_again_when_another_run_would_differ(
    change: list[str], reports: Path, pipeline: FakePipeline
) -> None:
    main(["summarize", "one.txt", "--out", "briefs", "--quiet"])

    main(["summarize", "one.txt", "--out", "briefs", "--quiet", *change])

    assert len(pipeline.paths) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [("settings_sha256", None), ("settings_sha256", "0" * 64), ("prompts_sha256", "0" * 64)],
)
def test_next_run_asks_again_for_a_brief_made_otherwise(
    field: str, value: object, reports: Path, pipeline: FakePipeline
) -> None:
    run = ["summarize", "one.txt", "--out", "briefs", "--quiet"]
    main(run)
    path = Path("briefs/one.brief.json")
    data = json.loads(path.read_text("utf-8"))
    data["engine"][field] = value
    path.write_text(json.dumps(data), "utf-8")

    assert main([*run]) == 0
    assert len(pipeline.paths) == 2


def test_seed_and_temperature_count_as_settings() -> None:
    sums = {
        settings_sha256(Settings(seed=seed, temperature=temperature, verify=verify))
        for seed in (0, 1)
        for temperature in (0.0, 0.5)
        for verify in ("auto", "off")
    }

    assert len(sums) == 8
    assert settings_sha256(Settings(jobs=3, timeout=5)) == settings_sha256(Settings())


def _alter(brief: Any, place: str) -> None:
    if place == "quote":
        brief["events"][0]["place"]["citations"][0]["quote"] = "Aleppo"
    elif place == "offset":
        brief["pledges"][0]["items"][0]["citations"][0]["start"] += 1
    elif place == "number":
        brief["pledges"][0]["items"][0]["quantity_max"] = 400
    else:
        brief["events"][0]["place"]["citations"] = []


@pytest.mark.parametrize("place", ["quote", "offset", "number", "none"])
def test_next_run_refuses_a_brief_that_check_would_refuse(
    place: str, reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["summarize", "one.txt", "--out", "briefs"]
    main(run)
    path = Path("briefs/one.brief.json")
    whole = path.read_text("utf-8")
    data = json.loads(whole)
    _alter(data, place)
    path.write_text(json.dumps(data), "utf-8")
    assert main(["check", "briefs", "--source", "."]) == 1
    capsys.readouterr()

    assert main([*run]) == 0

    assert len(pipeline.paths) == 2
    assert path.read_text("utf-8") == whole
    if place != "none":  # that does not even have the form of a brief
        assert "one.brief.json: made anew, since " in capsys.readouterr().err


def test_next_run_asks_again_where_the_model_left_something_out(
    reports: Path, pipeline: FakePipeline
) -> None:
    run = ["summarize", "one.txt", "--out", "briefs", "--quiet"]
    pipeline.warnings = (f"{UNANSWERED} about the events: nothing fits",)
    main(run)
    pipeline.warnings = ()
    main([*run])
    main([*run])

    assert len(pipeline.paths) == 2


def test_metadata_that_changes_makes_a_brief_anew(reports: Path, pipeline: FakePipeline) -> None:
    run = ["summarize", "one.txt", "--out", "briefs", "--quiet"]
    main(run)
    Path("one.meta.json").write_text('{"title": "Another"}', "utf-8")
    main(run)

    assert len(pipeline.paths) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_in_place_of_a_brief_is_not_waited_for(
    reports: Path, pipeline: FakePipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("summarizer.read.files"), "PATIENCE", 0.1)
    Path("briefs").mkdir()
    os.mkfifo("briefs/one.brief.json")

    assert main(["summarize", "one.txt", "--out", "briefs", "--quiet"]) == 1
    assert main(["check", "briefs/one.brief.json"]) == 1


def test_next_run_with_nothing_to_do_still_counts_rejections_with_strict(
    reports: Path, pipeline: FakePipeline
) -> None:
    main(["summarize", "one.txt", "--out", "briefs", "--quiet"])
    again = ["summarize", "one.txt", "--out", "briefs", "--quiet"]

    assert main(again) == 0
    assert main([*again, "--strict"]) == 1
    assert len(pipeline.paths) == 1


@pytest.mark.parametrize(
    ("documents", "names"),
    [
        (["a/x.txt", "a/y.txt"], ["x", "y"]),
        (["-"], ["stdin"]),
        (["a/x.txt", "a/x.md"], ["x.txt", "x.md"]),
        (["2023/x.txt", "2024/x.txt"], ["2023.x.txt", "2024.x.txt"]),
        (["2023/x.txt", "2024/x.txt", "y.txt"], ["2023.x.txt", "2024.x.txt", "y"]),
        (["a/b/x.txt", "c/b/x.txt", "d/x.txt"], ["a.b.x.txt", "c.b.x.txt", "d.x.txt"]),
        (["X.txt", "x.md"], ["X.txt", "x.md"]),
        (["x.txt", "x.md", "b/x.txt.md"], ["x.txt", "x.md", "x.txt.md"]),
        (["caf\u00e9.txt", "cafe\u0301.md"], ["caf\u00e9.txt", "cafe\u0301.md"]),
    ],
)
def test_briefs_never_share_a_file(documents: list[str], names: list[str]) -> None:
    paths = [Path(each) for each in documents]

    targets = brief_names(paths)

    found = [targets[path] for path in paths]
    assert [name[-len(want) :] for name, want in zip(found, names, strict=True)] == names
    assert len({name.casefold() for name in found}) == len(paths)


def test_reports_with_equal_stems_keep_their_briefs_apart(
    reports: Path, pipeline: FakePipeline
) -> None:
    for year in ("2023", "2024"):
        Path(year).mkdir()
        Path(f"{year}/visit.txt").write_text(f"{SAMPLE} In {year}.", "utf-8")

    assert main(["summarize", "2023", "2024", "--out", "briefs", "--quiet"]) == 0

    names = sorted(path.name for path in written(Path("briefs")))
    assert names == ["2023.visit.txt.brief.json", "2024.visit.txt.brief.json"]


def test_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.brief.json"
    write_whole(path, "old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(InputError, match="No space left"):
        write_whole(path, "new")

    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_file_has_the_rights_that_the_umask_leaves(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "x.brief.json", "new")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "x.brief.json").stat().st_mode) == mode


def test_interruption_while_writing_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "x.brief.json", "new")

    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_half_written_is_removed(
    reports: Path, pipeline: FakePipeline
) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    Path("briefs").mkdir()
    left = Path(f"briefs/.summarizer-{dead.pid}-0a1b2c3d.part")
    others = [f"briefs/.summarizer-{os.getppid()}-0a1b2c3d.part", "briefs/.summarizer-x.part"]
    for path in (left, *map(Path, others)):
        path.write_text("half", "utf-8")

    assert main(["summarize", "one.txt", "--out", "briefs", "--quiet"]) == 0

    assert sorted(map(str, written(Path("briefs")))) == sorted([*others, "briefs/one.brief.json"])


def test_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("real.json")
    write_whole(tmp_path / "link.json", "new")

    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text("utf-8") == "new"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such devices here")
def test_device_is_written_into_and_stays_one() -> None:
    write_whole(Path("/dev/null"), "nothing")
    with pytest.raises(InputError, match="No space left"):
        write_whole(Path("/dev/full"), "nothing")

    assert Path("/dev/null").is_char_device()
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_that_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.brief.json")

    with pytest.raises(InputError, match="cannot be written"):
        write_whole(tmp_path / "x.brief.json", "new")


@pytest.mark.parametrize("text", ["a\ud800", "\udcff"])
def test_text_that_is_none_is_told_and_leaves_nothing(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_whole(tmp_path / "x.brief.json", text)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("letter", ["a", "ş"])
def test_reports_with_names_of_250_characters_have_briefs_that_are_found_again(
    letter: str, reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    long = letter * (246 // len(letter.encode()))
    Path("long").mkdir()
    for name in (f"{long}.txt", f"{long[:-1]}b.txt", f"{long[:-1]}b.md"):
        Path("long", name).write_text(f"{SAMPLE} This is {name}.", "utf-8")
    run = ["summarize", "long", "--out", "briefs", "--quiet"]

    assert main(run) == 0

    names = [path.name for path in written(Path("briefs"))]
    assert len(names) == 3
    assert all(len(os.fsencode(name)) <= 255 for name in names)
    assert all(name.endswith(".brief.json") for name in names)
    assert main(["check", "briefs", "--source", "long"]) == 0
    assert main([*run]) == 0
    assert len(pipeline.paths) == 3


def test_line_of_a_failed_report_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(2)
    lines.weights(1, 1_117_320_768)
    lines.weights(2, 1_117_320_768)
    lines.finish(Outcome(Path("a\n.txt"), None, None, InputError("no")))

    assert capsys.readouterr().err == (
        "making the embedded model ready, once (1.1 GB)\n[1/2] a\\n.txt: failed\n"
    )


def test_cost_is_shown_when_it_is_known() -> None:
    brief = sample_brief()
    usage = brief.usage.model_copy(update={"cost_usd": 0.0123})
    outcome = Outcome(Path("a"), None, brief.model_copy(update={"usage": usage}), None)

    assert result(outcome).endswith("350 tokens, 2 s, $0.0123")


def test_bar_shows_reports_tokens_and_cost_and_leaves_standard_output_alone(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("FORCE_COLOR", "1")
    usage = sample_brief().usage.model_copy(update={"cost_usd": 0.5})
    with Bar(2) as bar:
        bar.weights(1, 2)
        bar.step(Progress("a\u202e[red]", "event", 1, 2, usage))
        bar._bar.refresh()
        bar.finish(Outcome(Path("a"), Document(SAMPLE, id="a\u202e[red]"), None, InputError("x")))
        bar._bar.refresh()
        with bar.aside():
            sys.stdout.write("a brief")

    captured = capsys.readouterr()
    assert captured.out == "a brief"
    assert "0/2 reports a\\u202e[red] (event)" in captured.err
    assert "350 tokens $0.5000" in captured.err
    assert "1/2 reports" in captured.err


def test_check_of_a_good_brief(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "drones.brief.json"]) == 0

    assert re.fullmatch(
        r"drones\.brief\.json: ok, \d+ citations checked\n", capsys.readouterr().out
    )


def test_check_of_a_directory_with_the_reports_elsewhere(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("reports").mkdir()
    Path("drones.txt").rename("reports/under another name.txt")

    assert main(["check", ".", "--source", "reports"]) == 0
    assert main(["check", ".", "--source", "reports/under another name.txt"]) == 0


def test_check_lists_each_failing_field_with_its_path(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(to_json(sample_brief()))
    data["pledges"][0]["items"][0]["citations"][0]["quote"] = "20 to 50 drones"
    data["events"][0]["date"]["citations"][0]["start"] -= 1
    Path("drones.brief.json").write_text(json.dumps(data), "utf-8")

    assert main(["check", "drones.brief.json"]) == 1

    out = capsys.readouterr().out
    assert "drones.brief.json: " in out
    assert "  pledges[0].items[0].citations[0]: not equal: " in out
    assert "  events[0].date.citations[0]: not equal: " in out


def test_check_as_json(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "drones.brief.json", "--json"]) == 0

    (report,) = json.loads(capsys.readouterr().out)
    assert report["ok"]
    assert report["sources"] == ["drones.txt"]


def test_check_against_another_text_fails(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("drones.txt").write_text(f"Today: {SAMPLE}", "utf-8")

    assert main(["check", "drones.brief.json"]) == 1

    assert "document.sha256: wrong document" in capsys.readouterr().out


def test_check_without_the_report_fails_and_says_what_to_do(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("drones.txt").unlink()

    assert main(["check", "drones.brief.json"]) == 1

    assert "document: no source: " in capsys.readouterr().out


def test_report_of_doubtful_encoding_is_found_by_its_checksum(
    reports: Path, pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("one.txt").write_bytes(f"{SAMPLE} Erdoğan agreed.".encode("cp1254"))
    run = ["summarize", "one.txt", "--out", ".", "--quiet"]

    assert main(run) == 1
    assert "one.txt: may be cp" in capsys.readouterr().err
    assert main([*run, "--encoding", "cp1254"]) == 0
    assert main([*run, "--encoding", "cp1254"]) == 0
    assert len(pipeline.paths) == 2
    for source in ([], ["--source", "."], ["--source", "one.txt"]):
        assert main(["check", "one.brief.json", *source]) == 0


def test_check_of_other_json_takes_an_encoding(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("drones.txt").write_bytes("In Plzeň, Norway met Denmark.".encode("cp1250"))
    cited = {"citations": [{"start": 3, "end": 8, "quote": "Plzeň"}], "name": "Plzeň"}
    Path("x.json").write_text(json.dumps({"places": [cited]}), "utf-8")
    run = ["check", "x.json", "--source", "drones.txt", "--json"]

    assert main(run) == 1
    assert "--encoding NAME" in capsys.readouterr().err
    main([*run, "--encoding", "cp1250"])

    (report,) = json.loads(capsys.readouterr().out)
    assert report["citations"] == 1
    assert "not_equal" not in {failure["problem"] for failure in report["failures"]}


@pytest.mark.parametrize("sum_of_text", [[], {}, 3, None])
def test_checksum_of_any_kind_is_only_looked_for(
    sum_of_text: object, checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {"id": "drones", "sha256": sum_of_text}
    Path("drones.brief.json").write_text(json.dumps({"document": document}), "utf-8")

    assert main(["check", "drones.brief.json"]) == 1
    assert "failed" in capsys.readouterr().out


def test_check_does_not_follow_an_id_out_of_its_directory(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = checked / "inner"
    inner.mkdir()
    data = json.loads(to_json(sample_brief(id="../drones")))
    (inner / "x.brief.json").write_text(json.dumps(data), "utf-8")

    assert main(["check", "inner/x.brief.json"]) == 1

    assert "no source" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    ["[]", "3", '"x"', "null", '{"document": []}', '{"document": {"id": 3}}', '{"documents": 3}'],
)
def test_check_of_any_json_lists_what_is_wrong(
    content: str, checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("drones.brief.json").write_text(content, "utf-8")

    assert main(["check", "drones.brief.json"]) == 1

    assert "failed" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["{", "", "[" * 100_000, "\xff"])
def test_check_of_what_is_not_json_is_one_line(
    content: str, checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("drones.brief.json").write_bytes(content.encode("latin-1"))

    assert main(["check", "drones.brief.json"]) == 1

    assert re.fullmatch(r"summarizer: drones\.brief\.json: not JSON .*\n", capsys.readouterr().err)


def test_check_of_lines_names_the_line(checked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = to_jsonl(sample_brief()).replace('"quote":"Damascus"', '"quote":"Aleppo"')
    Path("drones.jsonl").write_text(to_jsonl(sample_brief()) + bad, "utf-8")

    assert main(["check", "drones.jsonl"]) == 1

    out = capsys.readouterr().out
    assert "drones.jsonl:1: ok" in out
    assert "drones.jsonl:2: 1 failed" in out


@pytest.fixture
def dossier(checked: Path) -> Path:
    """The working directory of ``checked``, with a second report and a dossier of both."""
    other = f"{SAMPLE} This is another report."
    Path("other.txt").write_text(other, "utf-8")
    Path("other.brief.json").write_text(to_json(sample_brief(id="other", text=other)), "utf-8")
    assert main(["fuse", ".", "--out", "both.dossier.json"]) == 0
    return checked


def test_fuse_writes_a_dossier_that_holds(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "both.dossier.json", "--json"]) == 0

    (report,) = json.loads(capsys.readouterr().out)
    assert sorted(report["sources"]) == ["drones.txt", "other.txt"]
    assert report["citations"] > 20


def test_check_of_a_dossier_finds_one_changed_quote(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(Path("both.dossier.json").read_text("utf-8"))
    data["events"][0]["place"]["citations"][0]["quote"] = "Aleppo"
    Path("both.dossier.json").write_text(json.dumps(data), "utf-8")

    assert main(["check", "both.dossier.json"]) == 1

    assert "  events[0].place.citations[0]: not equal" in capsys.readouterr().out


def test_check_of_a_dossier_finds_a_changed_number(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(Path("both.dossier.json").read_text("utf-8"))
    data["pledges"][0]["items"][0]["item"]["quantity_max"] = 50
    Path("both.dossier.json").write_text(json.dumps(data), "utf-8")

    assert main(["check", "both.dossier.json"]) == 1

    assert "pledges[0].items[0].item.quantity_max: quantity: " in capsys.readouterr().out


def test_check_of_a_dossier_whose_report_is_gone_or_changed(
    dossier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("other.txt").unlink()
    Path("drones.txt").write_text(f"Today: {SAMPLE}", "utf-8")

    assert main(["check", "both.dossier.json"]) == 1

    out = capsys.readouterr().out
    assert "documents[0].document: wrong document" in out
    assert "documents[1].document: no source" in out


def test_fuse_takes_what_the_user_knows(dossier: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("trust.json").write_text('{"Example Wire": "B"}', "utf-8")
    Path("decided.json").write_text("[]", "utf-8")
    options = ["--reliability", "trust.json", "--decisions", "decided.json"]

    assert main(["fuse", ".", *options, "--since", "both.dossier.json", "--format", "md"]) == 0

    page = capsys.readouterr().out
    assert "(reliability B)" in page
    assert "## New since" in page


@pytest.mark.parametrize(
    ("option", "content", "message"),
    [
        ("--reliability", '{"Wire": "G"}', "Wire: Input should be 'A', 'B'"),
        ("--decisions", '[{"kind": "actor"}]', "0.left: Field required"),
        ("--since", "{}", "version: Field required"),
    ],
)
def test_wrong_file_for_fuse_is_one_line(
    option: str,
    content: str,
    message: str,
    checked: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("x.json").write_text(content, "utf-8")

    assert main(["fuse", "drones.brief.json", option, "x.json"]) == 1

    assert capsys.readouterr().err.startswith(f"summarizer: x.json: {message}")


@pytest.fixture
def scored(tmp_path: Path) -> list[str]:
    """The arguments that score the briefs a perfect reader would write of the corpus."""
    for path in sorted((ROOT / "corpus").glob("*.txt")):
        text = path.read_bytes().decode()
        brief = brief_from_gold(text, read_gold(path.with_suffix(".gold.json"), text))
        write_whole(tmp_path / f"{path.stem}.brief.json", to_json(brief))
    return ["eval", str(ROOT / "corpus"), "--briefs", str(tmp_path)]


def test_eval_prints_the_table(scored: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(scored) == 0

    assert "total (5 documents)" in capsys.readouterr().out


def test_eval_as_json(scored: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*scored, "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["total"]["documents"] == 5


@pytest.mark.parametrize("arguments", [[], ["brief"], ["dossier"], ["draft"]])
def test_schema_is_what_is_published(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", *arguments]) == 0

    name = arguments[0] if arguments else "brief"
    assert capsys.readouterr().out == (ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")


def test_schema_writes_all_files(tmp_path: Path) -> None:
    assert main(["schema", "--out", str(tmp_path)]) == 0

    schemas = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert schemas == {path.name: path.read_bytes() for path in (ROOT / "schemas").iterdir()}


def test_unknown_schema_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "briefs"]) == 1

    assert capsys.readouterr().err.startswith("summarizer: there is no schema 'briefs'")


def test_model_of_an_endpoint_shows_neither_key_nor_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    assert main(["model", "--base-url", "https://user:secret@llm.test:8000/v1?token=t"]) == 0

    captured = capsys.readouterr()
    assert "address:  https://llm.test:8000/v1\n" in captured.out
    for secret in (KEY, "secret", "token"):
        assert secret not in captured.out + captured.err


@pytest.mark.parametrize(
    "url", ["not a url", "localhost:8000/v1", "http://", "http://[::1", "http://h:99999", "ftp://h"]
)
@pytest.mark.parametrize("command", [["model"], ["summarize", "one.txt", "--quiet"]])
def test_base_url_that_is_none_is_one_line(
    url: str, command: list[str], reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--base-url", url, "--model", "m"]) == 1

    captured = capsys.readouterr()
    assert captured.err == "summarizer: the base URL must look like http://host:port/v1\n"
    assert captured.out == ""


def test_model_file_that_is_none_ends_with_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["model", "--model", str(tmp_path / "none.gguf")]) == 1

    captured = capsys.readouterr()
    assert "engine:   local\n" in captured.out
    assert "profile:  small\n" in captured.out
    assert "cannot read the model" in captured.err


def test_model_file_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own.gguf"
    path.write_bytes(b"GGUF and no more")

    assert main(["model", "--model", str(path)]) == 0

    out = capsys.readouterr().out
    assert "size:     16 bytes\n" in out
    assert "(nothing to compare it with)" in out


def test_output_is_utf8_on_any_locale(checked: Path) -> None:
    Path("drones.brief.json").rename("Türkiye.brief.json")
    done = _run("check", "Türkiye.brief.json", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert "Türkiye.brief.json: ok".encode() in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("command", [["check", "b.json", "--json"], ["summarize", "one.txt"]])
def test_json_on_a_terminal_holds_nothing_that_acts_and_has_the_same_value(
    command: list[str],
    reports: Path,
    pipeline: FakePipeline,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hostile = "a\u202eb\u2066c\x7fd\x9b31me\u200ef\ufeffg\U000e0041h"
    Path("b.json").write_text(json.dumps({"document": {"id": hostile}}), "utf-8")
    Path("b.txt").write_text("Norway met Denmark.", "utf-8")
    pipeline.warnings = (hostile,)
    main([*command, "--quiet"][: 3 + (command[0] == "summarize")])
    plain = capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    main(command)
    shown = capsys.readouterr().out

    assert json.loads(shown) == json.loads(plain)
    assert all(line.isprintable() for line in shown.split("\n"))


def test_joiners_of_persian_and_emoji_are_shown_as_they_are() -> None:
    assert for_json_on_terminal("می\u200cخواهم 👩\u200d🚀") == "می\u200cخواهم 👩\u200d🚀"


def _shell(redirection: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-m", "summarizer"]
    return subprocess.run([*command, *arguments], capture_output=True, check=False, timeout=60)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
@pytest.mark.parametrize(
    "arguments",
    [["schema"], ["--help"], ["--version"], ["check", "drones.brief.json"]],
    ids=" ".join,
)
def test_full_device_is_one_line(arguments: list[str], checked: Path) -> None:
    done = _shell(">/dev/full", *arguments)

    assert done.returncode == 1
    assert (
        done.stderr == b"summarizer: standard output: cannot be written (No space left on device)\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="needs a shell")
@pytest.mark.parametrize(
    ("redirection", "arguments", "code", "error"),
    [
        (">&-", ["schema"], 1, "summarizer: standard output: closed; send it to a file\n"),
        (">&-", ["schema", "--out", "schemas"], 0, ""),
        (">/dev/full", ["schema", "--out", "schemas"], 0, ""),
        (">/dev/full", ["schema", "--output"], 2, "usage: "),
        ("2>/dev/full", ["schema", "--output"], 2, ""),
        ("2>&-", ["schema", "--output"], 2, ""),
        ("<&-", ["schema", "--out", "schemas"], 0, ""),
        ("2>&-", ["schema", "none"], 1, ""),
        ("2>/dev/full", ["schema", "none"], 1, ""),
        ("<&- >&- 2>&-", ["schema", "none"], 1, ""),
        ("<&- >&- 2>&-", ["schema", "--out", "schemas"], 0, ""),
        ("<&-", ["summarize", "-", "--engine", "openai"], 1, "standard input: closed"),
    ],
)
def test_closed_and_full_streams(
    redirection: str, arguments: list[str], code: int, error: str, checked: Path
) -> None:
    done = _shell(redirection, *arguments)

    assert done.returncode == code
    assert error in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_run_stops_when_standard_output_is_full(reports: Path) -> None:
    nothing: dict[str, list[object]] = {"actors": [], "events": [], "pledges": [], "statements": []}
    with scripted_server() as script:
        script.will_reply(completion(json.dumps(nothing)))
        options = ("--base-url", script.base_url, "--model", "m", "--verify", "off", "--jobs", "1")
        done = _shell(">/dev/full", "summarize", ".", "--quiet", *options)
        asked = len(script.requests)

    assert done.returncode == 1
    assert asked < 10
    assert done.stderr.decode().splitlines()[-1] == (
        "summarizer: stopped with 2 reports left: standard output: cannot be written (No space "
        "left on device)"
    )


def test_reader_that_leaves_early_causes_no_traceback() -> None:
    command = f"{sys.executable} -m summarizer schema dossier"
    process = subprocess.Popen(
        command.split(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    error = process.stderr.read()
    process.stderr.close()

    assert process.wait() == 1
    assert error == b""


@pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])
def test_key_is_never_shown(
    reports: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("SUMMARIZER_MODEL", "m")
    with scripted_server() as script:
        monkeypatch.setenv("OPENAI_BASE_URL", script.base_url)
        script.will_reply(failure(401, f"Incorrect API key provided: {KEY}"))
        ended = main(["summarize", "one.txt"])
    out, error = capfd.readouterr()  # all that the process wrote, by whatever way

    assert script.authorizations == [f"Bearer {KEY}"]
    assert ended == 1
    assert "401" in error
    assert KEY not in out + error


# Each of the jobs and each of the signals once: a process of its own a case takes seconds, and what
# a signal becomes does not depend on the jobs.
@pytest.mark.parametrize(("jobs", "ending"), [(1, signal.SIGTERM), (2, signal.SIGINT)])
def test_process_that_waits_for_answers_can_be_interrupted(
    reports: Path, jobs: int, ending: signal.Signals
) -> None:
    with scripted_server() as script:
        script.will_reply(Reply(hangs=True))
        options = ("--quiet", "--jobs", str(jobs), "--base-url", script.base_url, "--model", "m")
        asked = ("summarize", "one.txt", "two.txt", "--out", "briefs", *options)
        process = subprocess.Popen(
            [sys.executable, "-m", "summarizer", *asked],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A shell's background job ignores interrupts, and so would what it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        while len(script.requests) < jobs and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(ending)
        try:
            out, error = process.communicate(timeout=60)
        finally:
            process.kill()

    assert (process.returncode, out, error) == (130, b"", b"summarizer: interrupted\n")
    assert list(written(Path("briefs"))) == []


def test_failure_ends_the_process_with_1() -> None:
    done = _run("schema", "none")

    assert done.returncode == 1
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) == 1
