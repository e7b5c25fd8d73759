"""What an assistant gets over MCP: proofs, checks, briefs and records, of named folders alone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mcp import Client
from pydantic import BaseModel, Field
from sample_briefs import SAMPLE, sample_brief
from scripted import Reply, Script, completion, scripted_server

from summarizer import Brief, Document, InputError, Settings, check
from summarizer.assist.folders import Folders
from summarizer.assist.server import server_of
from summarizer.assist.tools import Tools
from summarizer.assist.wanted import MOST_DEPTH, MOST_FIELDS, model_of
from summarizer.cli import main
from summarizer.draft.shape import Choice, Listing, Maybe, Number, Row, Words, shape_of

ROOT = Path(__file__).parents[1]
NOTHING: dict[str, list[object]] = {"actors": [], "events": [], "pledges": [], "statements": []}
NOTE = "Seen today for chest pain since Monday. Started aspirin 75 mg once daily."
VISIT = {
    "type": "object",
    "properties": {
        "complaint": {"type": "string", "description": "in the patient's words"},
        "urgent": {"enum": ["yes", "no", None]},
        "medicines": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "dose": {"type": ["string", "null"]}},
                "required": ["name"],
            },
        },
    },
    "required": ["complaint", "medicines"],
}
loopback = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with a report, its brief, and links out of it, beside a secret."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("the secret words", "utf-8")
    (tmp_path / "secret.json").write_text('{"title": "secret"}', "utf-8")
    (folder / "drones.txt").write_text(SAMPLE, "utf-8")
    (folder / "drones.brief.json").write_text(sample_brief().model_dump_json(), "utf-8")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    (folder / "poisoned.txt").write_text(SAMPLE, "utf-8")
    (folder / "poisoned.meta.json").symlink_to(tmp_path / "secret.json")
    return folder


def call(
    name: str, /, *, folder: Path | None = None, settings: Settings | None = None, **given: Any
) -> tuple[bool, Any]:
    """Call a tool through the SDK's own client; return whether it failed, and what it gave."""

    async def ask() -> tuple[bool, Any]:
        server = server_of(Folders([folder] if folder else []), settings or Settings())
        async with Client(server) as client:
            result = await client.call_tool(name, given)
        (content,) = result.content
        assert content.type == "text"
        return bool(result.is_error), result.structured_content or content.text

    return asyncio.run(ask())


def got(name: str, /, **given: Any) -> Any:
    failed, result = call(name, **given)
    assert not failed, result
    return result


def complaint(name: str, /, **given: Any) -> str:
    failed, told = call(name, **given)
    assert failed
    assert isinstance(told, str)
    assert told.isprintable()  # one line, and nothing in it that acts
    return told


def test_tools_say_what_they_take_and_give() -> None:
    async def listed() -> Any:
        async with Client(server_of(Folders([]), Settings())) as client:
            return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in asyncio.run(listed())}

    assert set(tools) == {"locate", "check", "summarize", "extract"}
    assert all(tool.description and tool.output_schema for tool in tools.values())
    assert set(tools["summarize"].output_schema["properties"]) == set(Brief.model_fields)


def test_quote_is_proved_or_is_not_there() -> None:
    text = "According to Bloomberg, Türkiye plans to supply drones."
    found = got("locate", quotes=["Turkiye plans", "50 drones"], text=text)

    assert not found["all_found"]
    assert found["places"][0] == {
        **{"quote": "Turkiye plans", "words": "Türkiye plans", "start": 24, "end": 37},
        **{"match": "folded", "occurrences": 1, "page": None},
    }
    assert (found["places"][1]["occurrences"], found["places"][1]["words"]) == (0, None)
    assert found["text"] == {"sha256": Document(text).sha256, "characters": len(text)}


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4), st.data())
def test_words_of_a_place_are_the_text_s_own(text: str, quotes: list[str], data: Any) -> None:
    start = data.draw(st.integers(0, len(text)))
    quotes = [*quotes, text[start : start + 12]]
    with Tools(Folders([]), Settings()) as tools:
        if not text:
            return
        places = tools.locate(quotes, text, "").places

    assert [place.quote for place in places] == quotes
    for place in places:
        assert bool(place.occurrences) == (place.start is not None)
        assert place.words == (text[place.start : place.end] if place.occurrences else None)


@pytest.mark.parametrize("text", ['["a", 1]', "null", "17", '{"a": "a"}', " a\n"])
def test_text_that_looks_like_json_stays_text(text: str) -> None:
    found = got("locate", quotes=["a"], text=text)

    assert found["text"]["sha256"] == Document(text).sha256


def test_page_of_a_paged_text_is_told() -> None:
    (place,) = got("locate", quotes=["two"], text="one\fand two\f")["places"]

    assert (place["page"], place["start"]) == (2, 8)


def test_file_of_a_named_folder_is_read(shelf: Path) -> None:
    for path in ("drones.txt", str(shelf / "drones.txt"), "up/shelf/drones.txt"):
        assert got("locate", folder=shelf, quotes=["drones"], path=path)["all_found"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("../secret.txt", "outside the folders"),
        ("out.txt", "outside the folders"),
        ("up/secret.txt", "outside the folders"),
        ("up/no-such.txt", "outside the folders"),
        ("/etc/passwd", "outside the folders"),
        ("/etc/no-such", "outside the folders"),
        ("poisoned.txt", "the .meta.json beside it leads out of the folders"),
        ("none.txt", "no such file"),
        (".", "no such file"),
        ("-", "no such file"),
        ("http://127.0.0.1/x", "no such file"),
        ("a\0b", "not the name of a file"),
        ("x" * 5_000, "no such file"),
        ("a\nb\x1b[31m", r"a\nb\x1b[31m: no such file"),
    ],
)
@pytest.mark.parametrize("tool", ["locate", "check", "summarize", "extract"])
def test_nothing_else_is_read(shelf: Path, tool: str, path: str, why: str) -> None:
    more: Mapping[str, Mapping[str, Any]] = {
        "locate": {"quotes": ["x"]},
        "check": {"citations": []},
        "extract": {"schema": VISIT},
    }
    told = complaint(tool, folder=shelf, path=path, **more.get(tool, {}))

    assert why in told
    assert "secret words" not in told


def test_citations_are_read_from_the_folders_alone(shelf: Path) -> None:
    told = complaint("check", folder=shelf, citations_path="../secret.json", text=SAMPLE)

    assert "outside the folders" in told


def test_pipe_is_no_file(shelf: Path) -> None:
    os.mkfifo(shelf / "pipe.txt")

    assert "no such file" in complaint("locate", folder=shelf, quotes=["x"], path="pipe.txt")


@given(st.lists(st.sampled_from(["..", ".", "up", "shelf", "out.txt", "a", "\0", "~", "é"])))
def test_no_path_leads_out(steps: list[str]) -> None:
    here = Path(__file__).parent
    folders = Folders([here / "articles"])
    with suppress(InputError):
        path = folders.file("/".join(steps))
        assert path.is_relative_to((here / "articles").resolve())


def test_link_from_one_named_folder_to_another_is_followed(shelf: Path, tmp_path: Path) -> None:
    folders = Folders([shelf, tmp_path])

    assert folders.file("out.txt") == (tmp_path / "secret.txt").resolve()
    assert Folders([shelf / "up"]).file("secret.txt") == (tmp_path / "secret.txt").resolve()


def test_without_a_folder_text_alone_is_taken() -> None:
    assert "start the server with --dir" in complaint("locate", quotes=["x"], path="a.txt")


@pytest.mark.parametrize("given", [{}, {"text": "x", "path": "drones.txt"}])
def test_text_or_path_is_needed_and_not_both(shelf: Path, given: Mapping[str, Any]) -> None:
    told = complaint("locate", folder=shelf, quotes=["x"], **given)

    assert told.endswith("give text or path, one of them")


def test_brief_of_a_folder_is_checked(shelf: Path) -> None:
    options = {"folder": shelf, "citations_path": "drones.brief.json"}
    sound = got("check", path="drones.txt", **options)
    other = got("check", text=SAMPLE.replace("20", "30"), **options)

    assert (sound["ok"], sound["findings"]) == (True, [])
    assert sound["checked"] > 10
    assert not other["ok"]
    assert "wrong_document" in {each["problem"] for each in other["findings"]}


def test_brief_with_one_changed_quote_does_not_hold() -> None:
    brief = sample_brief().model_dump(mode="json")
    brief["pledges"][0]["items"][0]["citations"][0]["quote"] = "dronez"
    result = got("check", citations=brief, text=SAMPLE)

    assert {each["problem"] for each in result["findings"]} == {"not_equal", "quantity"}


def test_quotes_without_offsets_are_counted_and_never_pass() -> None:
    citations = [{"quote": "Türkiye", "start": 0, "end": 7}, {"a": {"quote": "drones"}}]
    result = got("check", citations=citations, text=SAMPLE)

    assert (result["ok"], result["checked"], result["unplaced"]) == (False, 1, 1)
    assert got("check", citations=citations[:1], text=SAMPLE)["ok"]
    assert not got("check", citations=[], text=SAMPLE)["ok"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "give citations or citations_path, one of them"),
        ({"citations": {"documents": []}}, "a dossier cites several reports"),
    ],
)
def test_what_cannot_be_checked_is_told(given: Mapping[str, Any], why: str) -> None:
    assert why in complaint("check", text=SAMPLE, **given)


@pytest.mark.parametrize(
    ("tool", "given", "why"),
    [
        ("locate", {"text": "x"}, "locate: quotes: Field required"),
        ("locate", {"text": "x", "quotes": 5}, "locate: quotes: Input should be a valid list"),
        ("locate", {"text": "x", "quotes": ["x"] * 1_001}, "at most 1000 items"),
        ("locate", {"text": "x" * 500_001, "quotes": ["x"]}, "longer than 500,000 characters"),
        ("summarize", {"text": "x", "published": "soon"}, "'soon' is not a date"),
        ("summarize", {"text": "<html><body>x</body></html>"}, "a web page, not a text"),
        ("nope", {}, "Unknown tool: nope"),
    ],
)
def test_wrong_arguments_are_one_line(tool: str, given: Mapping[str, Any], why: str) -> None:
    assert why in complaint(tool, **given)


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted_server() as script:
        script.will_reply(completion(json.dumps(NOTHING)))
        yield script


@loopback
def test_brief_comes_back_whole_and_its_progress_before_it(script: Script) -> None:
    heard: list[tuple[float, str | None]] = []

    async def note(progress: float, total: float | None, message: str | None) -> None:
        heard.append((progress, message))

    async def ask() -> Any:
        settings = Settings(base_url=script.base_url, model="m")
        about = {"title": "Drones", "published": "2025-10-18", "publisher": "Example Wire"}
        async with Client(server_of(Folders([]), settings)) as client:
            return await client.call_tool(
                "summarize", {"text": SAMPLE, **about}, progress_callback=note
            )

    result = asyncio.run(ask())

    brief = Brief.model_validate(result.structured_content)
    assert check(brief, SAMPLE).ok
    assert (brief.document.title, brief.document.published_basis) == ("Drones", "given")
    assert (0, "actor") in heard


@loopback
def test_one_engine_serves_all_calls_and_its_limit_holds_for_all(script: Script) -> None:
    settings = Settings(base_url=script.base_url, model="m", max_tokens=1)

    async def ask() -> list[Any]:
        async with Client(server_of(Folders([]), settings)) as client:
            return [await client.call_tool("summarize", {"text": SAMPLE}) for _ in range(2)]

    _, second = asyncio.run(ask())

    assert second.is_error
    assert "max_tokens is 1" in second.content[0].text
    assert len(script.requests) < 8


@loopback
def test_records_are_cited_and_what_is_made_up_is_rejected(script: Script) -> None:
    medicines = [{"name": "aspirin", "dose": "75 mg"}, {"name": "bisoprolol", "dose": None}]
    answer = {"complaint": "chest pain", "urgent": "yes", "medicines": medicines}
    script.will_reply(completion(json.dumps(answer)), completion('{"words": null}'))
    settings = Settings(base_url=script.base_url, model="m")

    result = got("extract", schema=VISIT, text=NOTE, settings=settings, instruction="All of it.")

    (record,) = result["records"]
    assert record["record"] == {**answer, "medicines": medicines[:1]}
    cited = {path: each[0] for path, each in record["citations"].items()}
    assert set(cited) == {"complaint", "medicines[0].name", "medicines[0].dose"}
    assert all(NOTE[c["start"] : c["end"]] == c["quote"] for c in cited.values())
    assert "medicines[1]" in {each["path"] for each in result["rejections"]}
    assert "All of it." in json.dumps(script.requests[0]["messages"])
    assert "in the patient's words" in json.dumps(script.requests[0]["messages"])


@loopback
def test_endpoint_that_fails_is_told_in_one_line() -> None:
    with scripted_server() as gone:
        settings = Settings(base_url=gone.base_url, model="m", attempts=1)

    assert "cannot be reached" in complaint("summarize", text=SAMPLE, settings=settings)


class Urgency(StrEnum):
    HIGH = "high"
    LOW = "low"


class Medicine(BaseModel):
    """One medicine."""

    name: str = Field(description="as prescribed", max_length=40)
    dose: str | None = None


class Visit(BaseModel):
    urgency: Urgency
    other: Urgency | None = None
    first: Medicine
    medicines: list[Medicine] = []
    age: int
    weight: float | None
    fasting: bool


def test_schema_that_pydantic_writes_is_understood() -> None:
    shape = shape_of(model_of(Visit.model_json_schema()))
    parts = {part.name: part for part in shape.parts}

    assert [type(part.shape) for part in shape.parts] == [
        *(Choice, Maybe, Row, Maybe, Number, Maybe, Choice)
    ]
    assert isinstance(parts["medicines"].shape, Maybe)
    assert isinstance(parts["medicines"].shape.item, Listing)
    assert isinstance(parts["first"].shape, Row)
    name, dose = parts["first"].shape.parts
    assert (name.shape, name.description, name.required) == (Words(40), "as prescribed", True)
    assert (dose.shape, dose.required) == (Maybe(Words(None)), False)
    assert parts["first"].shape.model.__doc__ == "One medicine."


def _with(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": {"words": {"type": "string"}, **properties}}


def _deep(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        ({}, "schema: its type must be one of object"),
        ({"type": "string"}, "schema: not of an object"),
        ({"type": "object"}, "schema: an object without properties"),
        ({"type": "object", "properties": {"n": {"type": "integer"}}}, "nothing could be cited"),
        (_with(a={"type": "string", "pattern": "x"}), "schema.a: pattern cannot be kept to"),
        (_with(a={"type": "integer", "minimum": 1}), "schema.a: minimum cannot be kept to"),
        (_with(a={"type": "array", "items": {"type": "null"}}), "schema.a[]: its type"),
        (_with(a={"type": "array"}), "schema.a[]: no schema"),
        (_with(a={"type": ["string", "integer"]}), "schema.a: of several types"),
        (_with(a={"anyOf": [{"type": "string"}, {"type": "integer"}]}), "schema.a: anyOf"),
        (_with(a={"$ref": "#/$defs/No"}), "schema.a: its $ref names no definition"),
        (_with(a={"$ref": "file:///etc/passwd"}), "schema.a: its $ref names no definition"),
        (_with(a={"enum": [1.5]}), "schema.a: its fixed values"),
        (_with(a={"enum": []}), "schema.a: its fixed values"),
        (_with(model_config={"type": "string"}), "schema.model_config: cannot be the name"),
        (_with(_a={"type": "string"}), "schema._a: cannot be the name"),
        (_with(**{"a b": {"type": "string"}}), "schema.a b: cannot be the name"),
        (_with(a={"type": "string", "maxLength": -1}), "schema.a: maxLength must be"),
        ({**_with(), "required": ["nope"]}, "schema: required names"),
        (_deep(MOST_DEPTH + 1), "nested more than"),
        (_with(**{f"f{n}": {"type": "string"} for n in range(MOST_FIELDS)}), "more than 200"),
        (
            {**_with(a={"$ref": "#/$defs/A"}), "$defs": {"A": _with(a={"$ref": "#/$defs/A"})}},
            "or within itself",
        ),
        (
            {**_with(a={"$ref": "#/$defs/A"}), "$defs": {"A": {"$ref": "#/$defs/A"}}},
            "its $ref leads back to itself",
        ),
    ],
)
def test_schema_that_cannot_be_kept_to_is_refused(schema: dict[str, Any], why: str) -> None:
    told = complaint("extract", schema=schema, text=NOTE)

    assert why in told


KEYS = """type properties items enum const anyOf $ref $defs required a words maxItems minItems
maxLength description""".split()
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 9)
    | st.sampled_from(["string", "object", "array", "#/$defs/a", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["type", "properties", "$defs", "required"]), JSON), JSON)
def test_any_schema_is_a_model_to_ask_for_or_refused(schema: dict[str, Any], part: Any) -> None:
    for one in (schema, _with(a=part), {**_with(a={"$ref": "#/$defs/a"}), "$defs": {"a": part}}):
        with suppress(InputError):
            assert isinstance(shape_of(model_of(one)), Row)


def test_folder_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mcp", "--dir", "no-such-folder"]) == 1
    assert capsys.readouterr().err == ("summarizer: no-such-folder: no such folder; check --dir\n")


def test_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("summarizer.assist.server", "mcp"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "mcp.server.mcpserver", None)

    assert main(["mcp"]) == 1
    assert "pip install 'summarizer[mcp]'" in capsys.readouterr().err


# A tool that prints, and a process that it starts, which reads and prints: none may reach the wire.
NOISY = """
import subprocess, sys
from summarizer.assist.tools import Tools
from summarizer.cli import main
quiet = Tools.locate
def locate(self, *given):
    print("noise")
    sys.stdout.write("noise without an end")
    subprocess.run([sys.executable, "-c", "import sys; print(sys.stdin.read() + 'noise')"])
    return quiet(self, *given)
Tools.locate = locate
sys.exit(main(["mcp", *sys.argv[1:]]))
"""
HELLO: list[dict[str, Any]] = [
    {
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "0"},
        },
    },
    {"method": "notifications/initialized"},
]


class Wire:
    """A server in a process of its own, spoken to line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def tell(self, *messages: Mapping[str, Any]) -> None:
        assert self.process.stdin
        for message in messages:
            self.process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def end(self) -> tuple[int, list[str], str]:
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out.splitlines(), err


@pytest.fixture
def wire() -> Iterator[Callable[..., Wire]]:
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> Wire:
        process = subprocess.Popen(
            [sys.executable, "-c", NOISY, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "PYTHONUNBUFFERED": ""},  # what waits in a buffer must not follow
        )
        running.append(process)
        wire = Wire(process)
        wire.tell(*HELLO)
        assert wire.hear()["result"]["serverInfo"]["name"] == "summarizer"
        return wire

    yield start
    for process in running:
        process.kill()
        process.communicate()


def _call(number: int, name: str, **given: Any) -> dict[str, Any]:
    return {"id": number, "method": "tools/call", "params": {"name": name, "arguments": given}}


def _until_asked(server: Wire, script: Script) -> None:
    for _ in range(300):
        if script.requests:
            return
        with pytest.raises(subprocess.TimeoutExpired):
            server.process.wait(0.1)
    pytest.fail("nothing was asked")


def test_nothing_is_printed_into_the_protocol(wire: Callable[..., Wire]) -> None:
    server = wire("--dir", "corpus")
    path = "turkiye-syria-troop-mandate.txt"
    server.tell(_call(2, "locate", quotes=["drones"], path=path))
    answer = server.hear()
    code, rest, noise = server.end()

    assert answer["result"]["structuredContent"]["places"][0]["start"] == 3402
    assert (code, rest) == (0, [])
    assert noise.count("noise") == 3


@loopback
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, None], ids=str)
def test_server_ends_at_once_also_while_it_asks(
    wire: Callable[..., Wire], script: Script, how: signal.Signals | None
) -> None:
    script.will_reply(Reply(hangs=True))
    server = wire("--base-url", script.base_url, "--model", "m")
    server.tell(_call(2, "extract", schema=VISIT, text=NOTE))
    _until_asked(server, script)
    if how:
        server.process.send_signal(how)
    code, _, told = server.end()

    assert (code, told) == ((130, "summarizer: interrupted\n") if how else (0, ""))


@loopback
def test_call_that_the_client_gives_up_holds_up_no_other(
    wire: Callable[..., Wire], script: Script
) -> None:
    note = json.dumps({"complaint": "chest pain", "medicines": []})
    script.will_reply(Reply(hangs=True), completion(note))
    # With one request at a time the second waits for good unless the first is dropped.
    server = wire("--base-url", script.base_url, "--model", "m", "--jobs", "1")
    server.tell(_call(2, "extract", schema=VISIT, text=NOTE))
    _until_asked(server, script)
    server.tell(
        {"method": "notifications/cancelled", "params": {"requestId": 2}},
        _call(3, "extract", schema=VISIT, text=NOTE),
    )
    answer = server.hear()

    assert answer["id"] == 3
    assert (
        answer["result"]["structuredContent"]["records"][0]["record"]["complaint"] == "chest pain"
    )
