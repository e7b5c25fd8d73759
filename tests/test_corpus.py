"""The corpus is what the offsets of every gold annotation were written for."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summarizer.read import find_documents, read

CORPUS = Path(__file__).parents[1] / "corpus"
SLUGS = [
    "syria-requests-turkish-support",
    "turkey-syria-defense-industry-talks",
    "turkish-delegation-in-damascus",
    "turkiye-syria-training-memorandum",
    "turkiye-syria-troop-mandate",
]


def _text(slug: str) -> str:
    return (CORPUS / f"{slug}.txt").read_bytes().decode()


def _gold(name: str) -> Any:
    return json.loads((CORPUS / f"{name}.gold.json").read_text("utf-8"))


def _evidence(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _evidence(member, name)
    elif isinstance(value, list):
        for member in value:
            yield from _evidence(member, key)
    elif key == "evidence" and value:
        yield value


def test_directory_is_read_as_the_five_articles() -> None:
    assert [path.stem for path in find_documents([CORPUS])] == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_text_is_the_article_byte_for_byte(slug: str) -> None:
    sums = re.findall(r"^([0-9a-f]{64})  (\S+)\.txt$", (CORPUS / "SOURCES.md").read_text(), re.M)
    data = (CORPUS / f"{slug}.txt").read_bytes()

    assert {slug for _, slug in sums} == set(SLUGS)
    assert (hashlib.sha256(data).hexdigest(), slug) in sums
    assert read(CORPUS / f"{slug}.txt").text.encode() == data


@pytest.mark.parametrize("slug", SLUGS)
def test_gold_evidence_is_in_the_text(slug: str) -> None:
    gold, text = _gold(slug), _text(slug)
    evidence = list(_evidence(gold))

    assert gold["doc"] == slug
    assert len(evidence) > 20
    assert [quote for quote in evidence if quote not in text] == []


def test_gold_across_articles_quotes_them() -> None:
    gold = _gold("dossier")
    mentions = [
        (slug, name)
        for entity in gold["entities"]
        for slug, names in entity["mentions"].items()
        for name in names
    ]
    values = [
        (value["doc"], quote)
        for conflict in gold["conflicts"]
        for value in conflict["values"]
        for quote in _evidence(value)
    ]

    assert sorted(gold["docs"]) == SLUGS
    assert len(mentions) > 60
    assert len(values) > 30
    assert [(slug, quote) for slug, quote in mentions + values if quote not in _text(slug)] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_metadata_says_only_what_the_text_shows(slug: str) -> None:
    document = read(CORPUS / f"{slug}.txt")

    assert (document.published, document.published_basis) == (None, "none")
    assert document.language == "en"
    assert (document.title or "") in document.text
    assert (document.publisher or "") in document.text
