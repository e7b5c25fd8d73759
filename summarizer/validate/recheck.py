"""Check a finished brief against its source: every citation, the schema, the quantities.

The brief may be any parsed JSON, of whatever program and however deep or hostile: what does not
hold becomes a finding, never an exception.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from summarizer.brief import Brief
from summarizer.equipment import quantity
from summarizer.numbers import find_numbers
from summarizer.source import Sentence, page_at, page_ends
from summarizer.tree import SHOWN, Node, cut, joined, path_of, walk

Problem = Literal[
    "not_equal",
    "out_of_range",
    "malformed",
    "no_citations",
    "sentence",
    "page",
    "quantity",
    "wrong_document",
    "schema",
]
"""Where a value stands: its parent's place and its key there; None is the root."""

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
    source = _Source(text, sentences)
    checked, found = _check(data, lambda _: source)
    findings = [*_document(data, text), *found]
    if schema:
        known = {finding.path for finding in findings}
        findings += (finding for finding in _schema(data) if finding.path not in known)
    if not checked and not findings and not schema:
        findings.append(Finding("", "no_citations", "there is no citation in it"))
    return Report(checked, tuple(findings))


def check_each(data: object, reports: Mapping[str, tuple[str, Sequence[Sentence]]]) -> Report:
    """Check citations that name their ``document`` against the *reports* of these names.

    The reports are texts and their sentences. What another document is cited for is not checked.
    """
    sources = {name: _Source(*report) for name, report in reports.items()}
    checked, findings = _check(data, lambda citation: sources.get(str(citation.get("document"))))
    return Report(checked, tuple(findings))


class _Source:
    """A text, its sentences by number if they are known, and where sentences are cited."""

    def __init__(self, text: str, sentences: Sequence[Sentence] | None) -> None:
        self.text = text
        self.sentences = None if sentences is None else {each.id: each for each in sentences}
        self.page_ends = page_ends(text)
        self.placed: list[tuple[int, int, Node]] = []


def _check(
    data: object, source_of: Callable[[dict[Any, Any]], _Source | None]
) -> tuple[int, list[Finding]]:
    """Return how many citations of *data* were checked, each against its source, and what fails."""
    checked, findings = 0, list[Finding]()
    sources: dict[int, _Source] = {}
    for node, value in walk(data):
        if {"start", "end", "quote"} <= value.keys():
            if source := source_of(value):
                checked += 1
                sources[id(source)] = source
                problem = (
                    _citation(value, source.text)
                    or _sentence(value, source.sentences)
                    or _page(value, source.page_ends)
                )
                if problem:
                    findings.append(Finding(path_of(node), *problem))
                elif type(value.get("sentence")) is int:
                    source.placed.append((value["start"], value["sentence"], node))
            continue
        if value.get("citations") == []:
            findings.append(Finding(path_of(node), "no_citations", "nothing is cited for this"))
        for quotes in _quotes(value["citations"], source_of) if "citations" in value else ():
            findings += _quantities(value, quotes, node)
    for source in sources.values():
        findings += _out_of_order(source.placed)
    return checked, findings


def _citation(citation: dict[Any, Any], text: str) -> tuple[Problem, str] | None:
    start, end, quote = citation["start"], citation["end"], citation["quote"]
    if type(start) is not int or type(end) is not int or not isinstance(quote, str):
        return "malformed", "start and end must be whole numbers and quote a string"
    if not quote.strip():
        return "malformed", "the quote is empty"
    if not 0 <= start < end <= len(text):
        place = f"{_number(start)}:{_number(end)}"
        return "out_of_range", f"{place} is not inside the text of {len(text)} characters"
    if end - start != len(quote) or not text.startswith(quote, start):
        there = text[start : min(end, start + SHOWN + 1)]  # not the whole text each time
        return "not_equal", f"the source has “{cut(there)}”, not “{cut(quote)}”"
    return None


def _number(value: object) -> str:
    """Return a number as it is shown; Python refuses to write out an enormous one."""
    if isinstance(value, int) and abs(value) >= 10**SHOWN:
        return f"≥10^{SHOWN}" if value > 0 else f"≤-10^{SHOWN}"
    return f"{value}" if isinstance(value, int | float) else f"of type {type(value).__name__}"


def _sentence(
    citation: dict[Any, Any], sentences: Mapping[int, Sentence] | None
) -> tuple[Problem, str] | None:
    number = citation.get("sentence")
    if sentences is None or number is None:
        return None
    sentence = sentences.get(number) if type(number) is int else None
    if sentence is None:
        return "sentence", f"there is no sentence {_number(number)}"
    if not sentence.start <= citation["start"] < sentence.end:
        return "sentence", f"the quote does not start in sentence {number}"
    return None


def _page(citation: dict[Any, Any], ends: Sequence[int]) -> tuple[Problem, str] | None:
    page, true = citation.get("page"), page_at(ends, citation["start"])
    if page is None or (type(page) is int and page == true):
        return None
    where = f"on page {true}" if true else "in a text without pages"
    return "page", f"the quote stands {where}, not on page {_number(page)}"


def _out_of_order(placed: list[tuple[int, int, Node]]) -> Iterator[Finding]:
    """Yield citations with a lower sentence number than one that starts before them."""
    highest = 0
    for _, number, node in sorted(placed, key=lambda place: place[:2]):
        if number < highest:
            detail = f"sentence {_number(number)} cannot start behind sentence {_number(highest)}"
            yield Finding(path_of(node), "sentence", detail)
        highest = max(highest, number)


def _quotes(
    citations: object, source_of: Callable[[dict[Any, Any]], _Source | None]
) -> Iterator[list[str]]:
    """Yield what is quoted of each source, since each must bear a number out by itself."""
    quoted = [
        citation
        for citation in (citations if isinstance(citations, list) else ())
        if isinstance(citation, dict) and isinstance(citation.get("quote"), str)
    ]
    quotes: dict[int, list[str]] = {} if quoted else {0: []}
    for citation in quoted:
        if source := source_of(citation):
            quotes.setdefault(id(source), []).append(citation["quote"])
    yield from quotes.values()


def _quantities(item: dict[Any, Any], quotes: Sequence[str], node: Node) -> Iterator[Finding]:
    """Yield the quantities of an item that no number in *quotes* bears out."""
    given = {
        field: value
        for field in ("quantity", "quantity_max")
        if type(value := item.get(field)) is int
    }
    if not given:
        return
    mentions = [mention for quote in quotes for mention in find_numbers(quote)]
    counts = [quantity(quote) for quote in quotes]  # "2m shells" are two million
    numbers = {number for mention in mentions for number in (mention.low, mention.high)}
    numbers |= {number for count in counts for number in (count.quantity, count.quantity_max)}
    for field, number in given.items():
        single = number == 1 and any(_SINGLE.search(quote) for quote in quotes)
        if number not in numbers and not single:
            detail = f"the number {_number(number)} is not in the words cited"
            yield Finding(path_of((node, field)), "quantity", detail)


def _document(data: object, text: str) -> Iterator[Finding]:
    document = data.get("document") if isinstance(data, dict) else None
    if not isinstance(document, dict):
        return
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    if document.get("sha256", sha256) != sha256:
        yield Finding("document.sha256", "wrong_document", "the brief is about another text")
    characters = document.get("characters", len(text))
    if characters != len(text):
        detail = f"the source has {len(text)} characters, not {_number(characters)}"
        yield Finding("document.characters", "wrong_document", detail)


def _schema(data: object) -> Iterator[Finding]:
    try:
        Brief.model_validate(data)
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_context=False, include_input=False):
            yield Finding(joined(*problem["loc"]), "schema", problem["msg"])
