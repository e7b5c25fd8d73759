"""The support set, and what readers were measured to get wrong on it.

``support_answers.json`` holds what two models answered: the embedded one, its probability of a yes
(asked through ``eval --support``), and a large language model, that saw prompts of some sixty
claims and nothing else, never both statements about a passage in one of them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import FOLDERS, TESTS
from support_set import by_hand, from_gold

from summarizer.cli import main
from summarizer.evaluate.support import SET, Judged, calibration, load_support_set, tally
from summarizer.verify import verify_all
from summarizer.verify.bounds import NO
from summarizer.verify.reader import Answer
from summarizer.verify.statement import judged

ROWS = load_support_set()
KINDS = {
    *("sides swapped", "status raised", "other event's date", "neighbour's quantity or unit"),
    *("other speaker", "condition dropped", "denial dropped or added", "part for the whole"),
    *("place of the report for place of the event", "plan for fact", "generalisation"),
    "name of a relative or namesake",
}


def test_the_set_is_large_balanced_and_of_every_kind() -> None:
    true = sum(row.true for row in ROWS)
    by_kind = Counter((row.kind, row.true) for row in ROWS)

    assert len(ROWS) >= 600
    assert abs(2 * true - len(ROWS)) < len(ROWS) / 50
    assert {kind for kind, _ in by_kind} == KINDS
    assert min(by_kind.values()) >= 25
    assert len({(row.passage, row.statement) for row in ROWS}) == len(ROWS)
    hard = [row for row in ROWS if row.true and row.hard not in ("", "plain")]
    assert len(hard) > true / 2


def test_the_part_made_by_script_is_what_the_script_makes() -> None:
    made = [*by_hand(), *from_gold()]

    assert SET.read_text("utf-8") == "".join(
        f"{json.dumps(row, ensure_ascii=False)}\n" for row in made
    )


def test_passages_of_articles_are_the_articles_words() -> None:
    texts = {
        path.name: " ".join(path.read_text("utf-8").split())
        for folder in FOLDERS.values()
        for path in folder.glob("*.txt")
    }
    for row in ROWS:
        if row.origin in texts:
            for sentence in re.split(r"(?<=[.!?”]) ", " ".join(row.passage.split())):
                assert sentence in texts[row.origin], row


@cache
def _answers() -> dict[tuple[str, str], dict[str, Any]]:
    told = json.loads((TESTS / "support_answers.json").read_text("utf-8"))
    return {(one["statement"], one["passage"]): one for one in told}


@cache
def _counts(model: str) -> dict[str, tuple[int, int]]:
    by_words = verify_all([(row.statement, row.passage) for row in ROWS])
    verdicts = []
    for row, word in zip(ROWS, by_words, strict=True):
        told = _answers()[row.statement, row.passage]
        answers = {
            "words": Answer(),
            "embedded": Answer(probability=told["embedded"]),
            "large": Answer(says=told["large"]),
        }
        verdicts.append(judged(word.support, word.detail, answers[model]).support)
    return {t.kind: (t.false_accepts, t.false_rejects) for t in tally(ROWS, verdicts)}


def test_a_large_reader_gets_less_than_one_in_twenty_wrong() -> None:
    accepts, rejects = _counts("large")["all"]

    assert accepts <= 0.05 * sum(not row.true for row in ROWS)
    assert rejects <= 0.05 * sum(row.true for row in ROWS)


def test_the_embedded_reader_is_wrong_less_often_than_words_alone() -> None:
    alone, with_reader = _counts("words")["all"], _counts("embedded")["all"]

    assert with_reader[0] < 0.7 * alone[0]
    assert with_reader[1] < 0.9 * alone[1]


def test_what_the_embedded_reader_says_no_to_is_rarely_true() -> None:
    """The bound below which it takes a deed or a delivery out of a brief."""
    refused = [row for row in ROWS if _answers()[row.statement, row.passage]["embedded"] < NO]

    assert len(refused) >= 40
    assert sum(row.true for row in refused) <= len(refused) / 8
    raised = [row for row in ROWS if row.kind == "status raised"]
    assert not [row for row in raised if row.true and row in refused]


def test_the_readme_tells_these_figures() -> None:
    readme = (TESTS.parent / "README.md").read_text("utf-8")
    table = {
        cells[0]: cells[1:]
        for line in readme.splitlines()
        if (cells := [cell.strip() for cell in line.strip("|").split("|")])[0] in KINDS | {"all"}
    }
    counted = [_counts(model) for model in ("words", "embedded", "large")]
    sizes = {t.kind: (t.false, t.true) for t in tally(ROWS, ["partial"] * len(ROWS))}
    for kind, cells in table.items():
        pairs = [found[kind] for found in counted]
        shares = [
            f"{wrong / size:.2f}"
            for pair in pairs
            for wrong, size in zip(pair, sizes[kind], strict=True)
        ]
        assert cells == [str(sizes[kind][0]), str(sizes[kind][1]), *shares], kind
    assert set(table) == KINDS | {"all"}


def test_a_probability_falls_into_one_of_ten_bins() -> None:
    rows = [Judged(passage="p", statement=str(n), true=n > 4, kind="k") for n in range(11)]

    bins = calibration(rows, [n / 10 for n in range(11)])

    assert [one.statements for one in bins] == [1] * 9 + [2]
    assert [one.true for one in bins] == [0] * 5 + [1] * 4 + [2]


def test_eval_support_prints_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "--support", "--verify", "off"]) == 0

    printed = capsys.readouterr().out
    assert all(kind in printed for kind in KINDS)
    assert "probability" not in printed


def test_eval_takes_a_set_of_one_s_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = tmp_path / "own.jsonl"
    row = {"passage": "Norland sent 12 guns.", "statement": "Norland sent 50 guns.", "true": False}
    own.write_text(json.dumps({**row, "kind": "number"}), "utf-8")

    assert main(["eval", "--support", str(own), "--verify", "off", "--json"]) == 0

    figures = json.loads(capsys.readouterr().out)["support"]["words"]
    assert figures[0] == {
        "kind": "number",
        "true": 0,
        "false": 1,
        "false_accepts": 0,
        "false_rejects": 0,
    }


@pytest.mark.parametrize("content", ["{", '{"passage": 1}', "\udcff"])
def test_what_is_no_support_set_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
) -> None:
    own = tmp_path / "own.jsonl"
    own.write_bytes(content.encode("utf-8", "surrogateescape"))

    assert main(["eval", "--support", str(own), "--verify", "off"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["eval"], ["eval", "corpus", "--support"]])
def test_eval_wants_a_folder_or_the_set(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
