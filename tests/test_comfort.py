"""The command line as people like it: help, examples, completion, colour, progress, the table."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_briefs import sample_brief
from scripted import Reply, Script, completion, scripted_server

from summarizer.ask import Dialect, Model, open_model
from summarizer.cli import main
from summarizer.cli.arguments import parser
from summarizer.cli.closing import Totals
from summarizer.cli.examples import FIRST_STEPS, OF_COMMANDS
from summarizer.cli.spans import span
from summarizer.cli.tally import Tally
from summarizer.errors import ModelError
from summarizer.pipeline import Progress
from summarizer.run import Outcome
from summarizer.settings import Settings
from summarizer.source import Document

pytestmark = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])

COMMANDS = re.findall(r"^    (\w+)\b", parser().format_help(), re.MULTILINE)
SHELLS = ("bash", "zsh", "fish")
ARTICLE = "Norland delivered 4 tanks to Sudoria on 3 May 2024. The ministry said so."


def _help(*command: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as end:
        main([*command, "--help"])
    assert end.value.code == 0
    return capsys.readouterr().out


def _wrong(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    captured = capsys.readouterr()
    assert (end.value.code, captured.out) == (2, "")
    return captured.err


def _start(
    *arguments: str, stderr: int = subprocess.PIPE, **environment: str
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "summarizer", *arguments],
        env={**os.environ, "TERM": "xterm-256color", **environment},
        stdout=subprocess.PIPE,
        stderr=stderr,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def _on_terminal(*arguments: str, **environment: str) -> str:
    """Return what a command writes to a standard error that is a terminal."""
    import pty

    ours, theirs = pty.openpty()
    process = _start(*arguments, stderr=theirs, **environment)
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # what Linux says at the end
            break
        if not part:
            break
        written += part
    os.close(ours)
    process.communicate()
    return written.decode()


# Help


def test_nothing_given_is_answered_by_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    alone = capsys.readouterr().out

    assert end.value.code == 0
    assert alone == _help(capsys=capsys)
    assert alone.startswith("usage: summarizer ")


def test_every_command_has_examples() -> None:
    assert list(OF_COMMANDS) == COMMANDS
    assert all(OF_COMMANDS.values())


@pytest.mark.parametrize("command", [[], *([each] for each in COMMANDS)], ids=" ".join)
def test_help_ends_with_its_examples(
    command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    told = _help(*command, capsys=capsys)
    examples = OF_COMMANDS[command[0]] if command else FIRST_STEPS

    assert "\nexamples:\n" in told
    assert all(f"\n  {line}\n" in told for line, _ in examples)
    assert max(map(len, told.splitlines())) <= 100


@pytest.mark.parametrize(
    "line", [line for each in (FIRST_STEPS, *OF_COMMANDS.values()) for line, _ in each]
)
def test_example_is_a_command_that_there_is(line: str) -> None:
    words = shlex.split(re.split(r" [<>] ", line)[0])

    assert words[0] == "summarizer"
    assert parser().parse_args(words[1:]).command == words[1]


def test_help_loads_nothing_that_it_does_not_need() -> None:
    ask = (
        "import sys\nfrom summarizer.cli import main\n"
        "try: main([])\nexcept SystemExit: print('MODULES', *sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split("MODULES")[1].split())

    assert not loaded & {"genai_prices", "shtab", "difflib", "sqlite3", "pydantic", "rich"}


# Wrong usage


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["sumarize", "a.txt"], "summarize"),
        (["summarize", "a.txt", "--formt", "json"], "--format"),
        (["summarize", "a.txt", "--formt=json"], "--format"),
        (["summarize", "a.txt", "--format", "jsn"], "json"),
        (["check", "a.json", "--suport"], "--support"),
        (["--verion"], "--version"),
    ],
    ids=str,
)
def test_what_was_meant_is_told(
    arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _wrong(*arguments, capsys=capsys)

    assert f"; did you mean {meant}?" in told


@pytest.mark.parametrize(
    "arguments",
    [["frobnicate"], ["summarize", "a.txt", "--resume"], ["runs", "a", "b"], ["completion", "csh"]],
    ids=str,
)
def test_nobody_is_led_astray(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert "did you mean" not in _wrong(*arguments, capsys=capsys)


def test_wrong_usage_is_short_and_names_the_help_of_its_command(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = _wrong("summarize", "a.txt", "--\x1b[31mred", "\u202e", capsys=capsys)

    assert told.splitlines() == [
        "usage: summarizer summarize PATH [PATH ...]",
        "summarizer summarize: unrecognized arguments: --\\x1b[31mred \\u202e; "
        "see summarizer summarize --help",
    ]


def test_help_is_a_word_that_helps_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["help", "check"])

    assert end.value.code == 0
    assert capsys.readouterr().out == _help("check", capsys=capsys)


def test_wrong_usage_of_eval_is_told_with_its_own_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert _wrong("eval", capsys=capsys).endswith("not both; see summarizer eval --help\n")


@pytest.mark.parametrize("command", [["check"], ["fuse"], ["report"], ["export", "--to", "gold"]])
def test_report_in_place_of_a_brief_is_told(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.txt"
    report.write_text(ARTICLE, "utf-8")

    assert main([*command, str(report)]) == 1
    assert capsys.readouterr().err == (
        f"summarizer: {report}: not JSON, as briefs are; give the .brief.json file that summarize "
        "wrote\n"
    )


def test_missing_key_is_told_before_anything_is_asked(
    asked: Script, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    assert main(["summarize", "one.txt", "--engine", "openai"]) == 1
    assert capsys.readouterr().err == (
        "summarizer: OpenAI's endpoint needs a key in OPENAI_API_KEY; another: --base-url\n"
    )


# Completion


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_is_a_script_that_the_shell_takes(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out

    assert all(command in script for command in COMMANDS)
    assert "keep-text" in script
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here to read it")
    (tmp_path / "script").write_text(script, "utf-8")
    done = subprocess.run([shell, "-n", tmp_path / "script"], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("summarizer su", "summarize"),
        ("summarizer summarize --keep", "--keep-text"),
        ("summarizer summarize a --format ''", "json jsonl md"),
        ("summarizer completion ''", "bash zsh fish"),
        ("summarizer check re", "read.me reports"),
        ("summarizer summarize a --out re", "reports"),
    ],
)
@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_completion_in_bash(
    typed: str, offered: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "read.me").touch()
    main(["completion", "bash"])
    ask = (
        f"{capsys.readouterr().out}\nCOMP_WORDS=({typed})\n"
        "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_shtab_summarizer 2>/dev/null; echo ${COMPREPLY[@]}"
    )
    done = subprocess.run(["bash", "-c", ask], cwd=tmp_path, capture_output=True, check=True)

    assert sorted(done.stdout.decode().split()) == sorted(offered.split())


# Colour


@pytest.mark.skipif(sys.platform == "win32", reason="has no such terminals")
@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
    ids=str,
)
def test_colour_is_for_terminals_and_who_wants_it(
    environment: dict[str, str], coloured: bool
) -> None:
    told = _on_terminal("check", "missing\x1b[32m.json", **environment)

    assert told.startswith("\x1b[31msummarizer: " if coloured else "summarizer: ")
    assert told.endswith("\x1b[0m\r\n") == coloured
    assert "\x1b[32m" not in told


def test_no_colour_goes_into_a_pipe() -> None:
    _, told = _start("check", "missing.json", FORCE_COLOR="1").communicate()

    assert told.startswith(b"summarizer: missing.json")
    assert b"\x1b" not in told


# The time left


class _Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def _progress(document: str, done: int, total: int = 10) -> Progress:
    return Progress(document, "event", done, total, sample_brief().usage)


def _outcome(document: str, *, kept: bool = False, failed: bool = False) -> Outcome:
    brief = None if failed else sample_brief()
    error = ModelError("no") if failed else None
    return Outcome(Path(document), Document("x.", id=document), brief, error, kept=kept)


def test_time_left_is_told_by_the_pace_since_the_first_question() -> None:
    clock = _Clock()
    tally = Tally(5, clock)
    clock.now = 1000.0  # the model is being made ready
    tally.finish(_outcome("kept", kept=True))
    tally.finish(Outcome(Path("missing"), None, None, ModelError("no")))

    assert tally.left == ""
    tally.step(_progress("a", 0))
    assert tally.left == ""
    clock.now += 60
    tally.step(_progress("a", 5))
    tally.step(_progress("b", 5))
    assert (tally.done, tally.left) == (3.0, "about 2 min left")  # 60 s a report, 2 to go
    tally.finish(_outcome("a"))
    assert (tally.reports, tally.left) == ("3/5", "about 1 min left")
    tally.finish(_outcome("b", failed=True))
    tally.step(_progress("c", 10))
    assert tally.left == ""
    tally.finish(_outcome("c"))
    assert (tally.reports, tally.left) == ("5/5", "")


def test_nobody_knows_the_time_left_where_nobody_knows_how_many_there_are() -> None:
    clock = _Clock()
    tally = Tally(None, clock)
    tally.step(_progress("a", 0))
    clock.now = 60
    tally.finish(_outcome("a"))

    assert (tally.reports, tally.left) == ("1", "")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 12), st.booleans()), max_size=30))
def test_done_is_never_more_than_what_was_begun(steps: list[tuple[str, int, bool]]) -> None:
    tally = Tally(30, _Clock())
    finished, under_way = 0, set()
    for document, done, ends in steps:
        tally.step(_progress(document, done))
        under_way.add(document)
        if ends:
            tally.finish(_outcome(document))
            under_way.discard(document)
            finished += 1
        assert finished <= tally.done <= finished + len(under_way)


@given(st.floats(0, 1e7))
def test_span_is_right_to_half_of_its_last_unit(seconds: float) -> None:
    (words,) = [re.fullmatch(r"(?:(\d+) h )?(?:(\d+) min)?(?:(\d+) s)?", span(seconds))]
    assert words
    hours, minutes, rest = (int(each or 0) for each in words.groups())

    assert minutes < 60
    assert rest < 60
    assert abs(hours * 3600 + minutes * 60 + rest - seconds) <= (0.5 if words[3] else 30)


# The table


def _asked(
    *, prompt: int, base_url: str | None = None, name: str = "gpt-4.1-mini", **settings: float
) -> Model:
    dialect: Dialect = "embedded" if name == "local" else "server" if base_url else "openai"
    url = base_url or ("http://127.0.0.1:1/v1" if name == "local" else None)
    model = open_model(url, "key", name, dialect=dialect, settings=Settings(**settings))
    model.close()
    model._meter.add(1.0, prompt=prompt, completion=prompt // 10)
    return model


def _rows(totals: Totals, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    totals.tell()
    lines = capsys.readouterr().err.splitlines()
    return {line[:10].strip(): line[10:] for line in lines}


def test_table_tells_what_a_run_came_to(capsys: pytest.CaptureFixture[str]) -> None:
    totals = Totals(Settings())
    totals.count(_outcome("a"), failed=False)
    totals.count(_outcome("b", kept=True), failed=False)
    totals.count(_outcome("c", failed=True), failed=True)
    totals.count(_outcome("d"), failed=True)  # its brief could not be written
    totals.watch(_asked(prompt=100_000))
    brief = sample_brief()

    rows = _rows(totals, capsys)
    assert re.fullmatch(r"\d+ s", rows.pop("time"))
    assert rows == {
        "reports": "4: 1 new, 1 up to date, 2 failed",
        "records": "2 events, 2 pledges, 2 actors",
        "rejected": "2 values that the reports do not bear out",
        "warnings": str(2 * len(brief.warnings)),
        "tokens": "110,000: 100,000 of prompts, 10,000 generated; 1 request",
        "cost": "$0.0560 at most, by the provider's list prices",
    }


@pytest.mark.parametrize(
    ("models", "cost"),
    [
        ([{"prompt": 0}], "unknown: the endpoint tells of no tokens"),
        ([{"prompt": 10}], "$0.0001 at most, by the provider's list prices"),  # never 0
        (
            [{"prompt": 1000, "prompt_price": 1.0, "completion_price": 2.0}],
            "$0.0012 at most, at the prices given",
        ),
        (
            [{"prompt": 1000, "name": "x", "base_url": "http://127.0.0.1:1/v1"}],
            "unknown; with --prompt-price and --completion-price it is told",
        ),
        (
            [{"prompt": 1000}, {"prompt": 10, "name": "x", "base_url": "http://127.0.0.1:1/v1"}],
            "unknown; with --prompt-price and --completion-price it is told",
        ),
        ([{"prompt": 1000, "name": "local"}], "none: the model runs here"),
        (
            [{"prompt": 1000, "name": "local"}, {"prompt": 1000, "name": "gpt-of-tomorrow"}],
            "unknown; with --prompt-price and --completion-price it is told",
        ),
    ],
)
def test_cost_is_known_or_said_to_be_unknown(
    models: list[dict[str, object]], cost: str, capsys: pytest.CaptureFixture[str]
) -> None:
    prices = {key: value for key, value in models[0].items() if key.endswith("_price")}
    totals = Totals(Settings.model_validate(prices))
    for each in models:
        totals.watch(_asked(**each))  # type: ignore[arg-type]

    assert _rows(totals, capsys)["cost"] == cost


def test_nothing_done_is_no_table(capsys: pytest.CaptureFixture[str]) -> None:
    totals = Totals(Settings())
    totals.count(_outcome("a", failed=True), failed=True)

    assert _rows(totals, capsys) == {}


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    """An endpoint that answers everything with nothing, and two reports to ask it about."""
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(ARTICLE, "utf-8")
    with scripted_server() as script:
        script.will_reply(completion("{}"))
        yield script


def _summarize(script: Script, *options: str) -> Sequence[str]:
    endpoint = ("--base-url", script.base_url, "--model", "m", "--workers", "0")
    return ["summarize", "one.txt", "two.txt", "missing.txt", *endpoint, *options]


def test_run_ends_with_the_table_before_what_failed(
    asked: Script, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--out", "briefs", "--prompt-price", "1", "--completion-price", "1")
    assert main(_summarize(asked, *options)) == 1

    told = capsys.readouterr().err.splitlines()
    (at,) = [number for number, line in enumerate(told) if line.startswith("reports ")]
    sent = len(asked.requests)
    assert told[at] == "reports   3: 2 new, 1 failed"
    assert f"tokens    {sent * 110:,}: {sent * 100:,} of prompts" in told[at + 4]
    assert told[at + 5].startswith("cost      $0.00")
    assert told[-1] == "  missing.txt: no such file; check the path"
    assert all("$" in line for line in told[:at] if "missing.txt" not in line)

    assert main(_summarize(asked, *options)) == 1
    assert "tokens    none: all was answered in an earlier run" in capsys.readouterr().err
    assert len(asked.requests) == sent


def test_quiet_run_has_no_table(asked: Script, capsys: pytest.CaptureFixture[str]) -> None:
    main(_summarize(asked, "--out", "briefs", "--quiet"))

    assert "reports   " not in capsys.readouterr().err


def test_run_that_is_interrupted_tells_what_it_has_used(asked: Script) -> None:
    asked.will_reply(completion("{}"), completion("{}"), Reply(hangs=True))
    process = _start(*_summarize(asked, "--jobs", "1"))
    while len(asked.requests) < 3 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)

    assert process.returncode == 130
    assert b"reports   none was finished\n" in told
    assert b"\ntokens    220: 200 of prompts, 20 generated; " in told
    assert told.endswith(b"summarizer: interrupted\n")


def test_model_tells_its_price(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    assert main(["model", "--model", "gpt-4.1-mini"]) == 0
    assert "price:    at most $0.4 for a million prompt tokens and $1.6 for" in (
        capsys.readouterr().out
    )
    assert main(["model", "--model", "gpt-of-tomorrow"]) == 0
    assert "price:    not known; --max-cost needs" in capsys.readouterr().out
