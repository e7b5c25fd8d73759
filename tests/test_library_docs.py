"""summarizer/library.md is true: every block runs as it stands and prints what it says."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CASSETTES, ReadableYaml
from hosted import MODEL, serve_answers

import summarizer

ROOT = Path(__file__).parents[1]
BLOCKS = re.findall(
    r"^```python\n(.*?)^```$", (ROOT / "summarizer" / "library.md").read_text("utf-8"), re.M | re.S
)
# Invented: what a model might answer about the note of a visit.
VISIT = {
    "complaint": "chest pain since Monday",
    "told_in": 1,
    "medicines": [
        {"name": "aspirin", "dose": "75 mg once daily"},
        {"name": "bisoprolol", "dose": None},
    ],
}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An endpoint with the recorded answers about the article of the examples."""
    folder = tmp_path_factory.mktemp("answers")
    cassette = CASSETTES / "test_hosted_briefs" / "turkiye-syria-troop-mandate.yaml"
    for each in ReadableYaml.deserialize(cassette.read_text("utf-8"))["interactions"]:
        asked, said = (json.loads(body) for body in (each["request"]["body"], _said(each)))
        name = asked["response_format"]["json_schema"]["name"]
        content = said["choices"][0]["message"]["content"]
        (folder / f"{name}.json").write_text(content, "utf-8")
    (folder / "Visit.json").write_text(json.dumps(VISIT), "utf-8")
    with serve_answers(folder) as address:
        yield address


def _said(interaction: dict[str, dict[str, dict[str, str]]]) -> str:
    return interaction["response"]["body"]["string"]


def _imported(code: str) -> set[str]:
    return {
        alias.name
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ImportFrom) and node.module == "summarizer"
        for alias in node.names
    }


def _used(code: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}


@pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1", "localhost"])
@pytest.mark.parametrize("code", BLOCKS, ids=lambda code: " ".join(sorted(_imported(code))))
def test_block_prints_what_it_says(
    code: str, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    monkeypatch.setenv("SUMMARIZER_MODEL", MODEL)

    exec(compile(code, "library.md", "exec", dont_inherit=True), {"__name__": "library"})

    assert capsys.readouterr().out.splitlines() == re.findall(r"^# (.+)$", code, re.M)


def test_every_public_name_is_used_in_a_block() -> None:
    used = {name for code in BLOCKS for name in _imported(code) & _used(code)}

    assert used == set(summarizer.__all__)
