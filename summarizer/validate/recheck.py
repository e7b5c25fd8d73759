"""Check a finished brief against its source: every citation, the schema, the quantities.

The brief may be any parsed JSON, of whatever program and however deep or hostile: what does not
hold becomes a finding, never an exception.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from pydantic import ValidationError

from summarizer.brief import Brief
from summarizer.numbers import find_numbers
from summarizer.source import Sentence

Problem = Literal[
    "not_equal",
    "out_of_range",
    "malformed",
    "no_citations",
    "sentence",
    "quantity",
    "wrong_document",
    "schema",
]
Node: TypeAlias = "tuple[Node, str | int] | None"
"""Where a value stands: its parent's place and its key there; None is the root."""

_SHOWN = 60  # characters of a quote in a finding
_SINGLE = re.compile(r"\b(?:an?|one|another|single|the|its)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: where (``pledges[0].citations[1]``), which kind, and why."""

    path: str
    problem: Problem
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found; ``checked`` counts the citations that were looked at."""

    checked: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.findings


def check(
    brief: Brief | object,
    text: str,
    *,
    sentences: Sequence[Sentence] | None = None,
    schema: bool = True,
) -> Report:
    """Check *brief* against the source *text*.

    An object with ``start``, ``end`` and ``quote`` counts as a citation wherever it stands. With
    *sentences* the sentence numbers are looked up, otherwise only their order is checked.
    *schema* asks for the published contract; False is for citations in JSON of another shape.
    """
    data = brief.model_dump(mode="json") if isinstance(brief, Brief) else brief
    checked, findings, placed = 0, list(_document(data, text)), []
    for node, value in _walk(data):
        if {"start", "end", "quote"} <= value.keys():
            checked += 1
            problem = _citation(value, text) or _sentence(value, sentences)
            if problem:
                findings.append(Finding(_path(node), *problem))
            elif type(value.get("sentence")) is int:
                placed.append((value["start"], value["sentence"], node))
            continue
        if value.get("citations") == []:
            findings.append(Finding(_path(node), "no_citations", "nothing is cited for this"))
        findings += _quantities(value, node)
    findings += _out_of_order(placed)
    if schema:
        known = {finding.path for finding in findings}
        findings += (finding for finding in _schema(data) if finding.path not in known)
    if not checked and not findings and not schema:
        findings.append(Finding("", "no_citations", "there is no citation in it"))
    return Report(checked, tuple(findings))


def _walk(data: object) -> Iterator[tuple[Node, dict[Any, Any]]]:
    """Yield every object of *data* in order, without recursion: depth is the writer's choice."""
    stack: list[tuple[Node, object]] = [(None, data)]
    while stack:
        node, value = stack.pop()
        if isinstance(value, dict):
            yield node, value
            children: list[tuple[Any, object]] = list(value.items())
        elif isinstance(value, list | tuple):
            children = list(enumerate(value))
        else:
            continue
        stack += [((node, key), child) for key, child in reversed(children)]


def _path(node: Node) -> str:
    keys: list[str | int] = []
    while node is not None:
        node, key = node
        keys.append(key)
    return _joined(reversed(keys))


def _joined(keys: Iterator[str | int] | Sequence[str | int]) -> str:
    steps = (f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return "".join(steps).removeprefix(".")


def _citation(citation: dict[Any, Any], text: str) -> tuple[Problem, str] | None:
    start, end, quote = citation["start"], citation["end"], citation["quote"]
    if type(start) is not int or type(end) is not int or not isinstance(quote, str):
        return "malformed", "start and end must be whole numbers and quote a string"
    if not quote.strip():
        return "malformed", "the quote is empty"
    if not 0 <= start < end <= len(text):
        return "out_of_range", f"{start}:{end} is not inside the text of {len(text)} characters"
    if text[start:end] != quote:
        return "not_equal", f"the source has {_shown(text[start:end])}, not {_shown(quote)}"
    return None


def _shown(words: str) -> str:
    return f"“{words}”" if len(words) <= _SHOWN else f"“{words[:_SHOWN]}…”"


def _sentence(
    citation: dict[Any, Any], sentences: Sequence[Sentence] | None
) -> tuple[Problem, str] | None:
    number = citation.get("sentence")
    if sentences is None or number is None:
        return None
    sentence = next((s for s in sentences if s.id == number), None)
    if sentence is None:
        return "sentence", f"there is no sentence {number}"
    if not sentence.start <= citation["start"] < sentence.end:
        return "sentence", f"the quote does not start in sentence {number}"
    return None


def _out_of_order(placed: list[tuple[int, int, Node]]) -> Iterator[Finding]:
    """Yield citations with a lower sentence number than one that starts before them."""
    highest = 0
    for _, number, node in sorted(placed, key=lambda place: place[:2]):
        if number < highest:
            detail = f"sentence {number} cannot start behind sentence {highest}"
            yield Finding(_path(node), "sentence", detail)
        highest = max(highest, number)


def _quantities(item: dict[Any, Any], node: Node) -> Iterator[Finding]:
    """Yield the quantities of an item that no number in its citations bears out."""
    cited = [
        citation["quote"]
        for citation in _list(item.get("citations"))
        if isinstance(citation, dict) and isinstance(citation.get("quote"), str)
    ]
    numbers = {
        number
        for quote in cited
        for mention in find_numbers(quote)
        for number in (mention.low, mention.high)
    }
    for field in ("quantity", "quantity_max"):
        quantity = item.get(field)
        if type(quantity) is not int or "citations" not in item or quantity in numbers:
            continue
        if quantity == 1 and any(_SINGLE.search(quote) for quote in cited):
            continue
        path = _joined([_path(node), field] if node else [field])
        yield Finding(path, "quantity", f"the number {quantity} is not in the words cited")


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _document(data: object, text: str) -> Iterator[Finding]:
    document = data.get("document") if isinstance(data, dict) else None
    if not isinstance(document, dict):
        return
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if document.get("sha256", sha256) != sha256:
        yield Finding("document.sha256", "wrong_document", "the brief is about another text")
    characters = document.get("characters", len(text))
    if characters != len(text):
        detail = f"the source has {len(text)} characters, not {characters}"
        yield Finding("document.characters", "wrong_document", detail)


def _schema(data: object) -> Iterator[Finding]:
    try:
        Brief.model_validate(data)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False, include_input=False):
            yield Finding(_joined(problem["loc"]), "schema", problem["msg"])
