"""The README is true: its commands, names and links exist, and its citations hold."""

import ast
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import summarizer
import summarizer.brief as contract
from summarizer.brief import Brief, Citation, Rejection
from summarizer.cli.arguments import parser
from summarizer.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def _commands() -> list[list[str]]:
    lines = [line for block in _blocks("console") for line in block.splitlines()]
    words = [shlex.split(part) for line in lines for part in line.split(" && ")]
    return [each[1:] for each in words if each[0].rpartition("/")[2] == "summarizer"]


def _rows(head: str) -> list[list[str]]:
    """Return the cells of the table under the heading row that begins with *head*."""
    table = README.split(f"| {head} |", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in table]


def _citations(data: Any) -> Iterator[Citation]:
    if isinstance(data, dict):
        if "quote" in data and "start" in data:
            yield Citation.model_validate(data)
        else:
            for value in data.values():
                yield from _citations(value)
    elif isinstance(data, list):
        for value in data:
            yield from _citations(value)


@pytest.mark.parametrize("arguments", _commands(), ids=" ".join)
def test_command_is_one_that_there_is(arguments: list[str]) -> None:
    assert parser().parse_args(arguments).command == arguments[0]


def test_there_are_commands_to_test() -> None:
    assert {arguments[0] for arguments in _commands()} >= {"summarize", "check", "fuse", "eval"}


def test_every_command_of_the_help_is_listed_with_its_purpose() -> None:
    listed = re.findall(r"^    (\w+)\s+(.+)$", parser().format_help(), re.MULTILINE)
    rows = [(name.strip("`").removeprefix("summarizer "), text) for name, text in _rows("command")]

    assert rows == listed


def test_set_up_takes_one_line_each() -> None:
    set_up = [block for block in _blocks("console") if "-m venv" in block]

    assert len(set_up) == 2
    assert all(block.count("\n") == 1 for block in set_up)
    assert README.split("<!-- test command -->")[1].lstrip().startswith(f"```console\n{set_up[1]}")


@pytest.mark.parametrize("code", _blocks("python"), ids=lambda code: code.splitlines()[-1])
def test_python_names_what_there_is(code: str) -> None:
    imported = {
        alias.name
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ImportFrom) and node.module == "summarizer"
        for alias in node.names
    }

    assert imported
    assert imported <= set(summarizer.__all__)


def test_first_python_example_has_six_lines() -> None:
    assert len(_blocks("python")[0].splitlines()) == 6


def test_locating_gives_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = [each for each in _blocks("python") if "locate(" in each]
    exec(compile(code, "README.md", "exec"), {})

    assert f"# {capsys.readouterr().out}" in code


def test_citations_of_the_example_hold() -> None:
    example = json.loads(_blocks("json")[0])
    name = example["document"]["id"]
    text = (ROOT / "corpus" / f"{name}.txt").read_bytes().decode()
    citations = list(_citations(example))

    assert citations
    assert [text[c.start : c.end] for c in citations] == [c.quote for c in citations]
    assert example["document"]["characters"] == len(text)


def test_fields_of_the_example_are_those_of_a_brief() -> None:
    example = json.loads(_blocks("json")[0])
    (pledge,) = example["pledges"]
    fields = {
        name: type_.model_fields.keys()
        for name, type_ in vars(contract).items()
        if isinstance(type_, type) and hasattr(type_, "model_fields")
    }

    assert example.keys() <= fields["Brief"]
    assert pledge.keys() <= fields["Pledge"]
    assert all(item.keys() <= fields["Item"] for item in pledge["items"])
    assert pledge["attribution"].keys() <= fields["Attribution"]


def test_rejection_is_a_rejection() -> None:
    assert Rejection.model_validate_json(_blocks("json")[1])


def test_every_field_of_a_brief_is_explained() -> None:
    assert [row[0].strip("`") for row in _rows("field")] == list(Brief.model_fields)


def test_every_variable_is_explained() -> None:
    named = set(re.findall(r"(?:OPENAI|SUMMARIZER)_[A-Z_]+", Settings.from_env.__doc__ or ""))

    assert {row[0].strip("`") for row in _rows("variable")} == named


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", README))
def test_link_leads_somewhere(link: str) -> None:
    assert link.startswith("https://") or (ROOT / link).exists()


@pytest.mark.parametrize("path", re.findall(r"`((?:corpus|prompts|\.ci)/?[\w./-]*)`", README))
def test_path_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()
