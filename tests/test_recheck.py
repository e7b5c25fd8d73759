import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from gold_briefs import brief_from_gold
from growing import assert_linear
from hypothesis import given
from hypothesis import strategies as st

from summarizer.brief import Brief
from summarizer.evaluate.gold import Gold
from summarizer.segment import segment
from summarizer.source import Document, Sentence
from summarizer.validate import check
from summarizer.validate.recheck import check_each

TEXT = "Norway sent 12 tanks and a radar. Up to 20 more will follow."


def _citation(words: str, sentence: int = 1, **changes: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    found = {"start": start, "end": start + len(words), "quote": words}
    return {"sentence": sentence, **found, "match": "exact", **changes}


def _item(quote: str, quantity: int | None, most: int | None = None) -> dict[str, Any]:
    return {"quantity": quantity, "quantity_max": most, "citations": [_citation(quote)]}


PLACES: dict[str, tuple[Any, list[tuple[str, str]]]] = {
    "all well": ({"items": [_item("12 tanks", 12)], "x": _citation("Norway")}, []),
    "other words": ([_citation("Norway", quote="Sweden")], [("[0]", "not_equal")]),
    "other case": ({"a": {"b": _citation("Norway", quote="norway")}}, [("a.b", "not_equal")]),
    "end too far": ([[_citation("Norway", end=999)]], [("[0][0]", "out_of_range")]),
    "negative start": ([_citation("Norway", start=-60, end=-54)], [("[0]", "out_of_range")]),
    "backwards": ([_citation("Norway", start=6, end=0)], [("[0]", "out_of_range")]),
    "huge": ([_citation("Norway", end=10**400)], [("[0]", "out_of_range")]),
    "floats": ([_citation("Norway", start=0.0)], [("[0]", "malformed")]),
    "booleans": ([_citation("Norway", start=False)], [("[0]", "malformed")]),
    "no string": ([_citation("Norway", quote=None)], [("[0]", "malformed")]),
    "empty quote": ([_citation("Norway", end=0, quote="")], [("[0]", "malformed")]),
    "nothing cited": ({"a": [{"citations": []}]}, [("a[0]", "no_citations")]),
    "no citation at all": ({"a": 1}, [("", "no_citations")]),
    "quantity": ({"items": [_item("tanks", 12)]}, [("items[0].quantity", "quantity")]),
    "quantity of one": (_item("a radar", 1), []),
    "upper bound": (_item("Up to 20", None, 20), []),
    "other upper bound": (_item("Up to 20", None, 25), [("quantity_max", "quantity")]),
    "order of sentences": (
        [_citation("Norway", 2), _citation("follow", 1)],
        [("[1]", "sentence")],
    ),
    "wrong text": (
        {"document": {"sha256": "0" * 64, "characters": 5}, "c": _citation("Norway")},
        [("document.sha256", "wrong_document"), ("document.characters", "wrong_document")],
    ),
}


@pytest.mark.parametrize("case", PLACES.values(), ids=PLACES.keys())
def test_each_failing_field_is_told_with_its_place(
    case: tuple[Any, list[tuple[str, str]]],
) -> None:
    data, want = case

    report = check(data, TEXT, schema=False)

    assert [(finding.path, finding.problem) for finding in report.findings] == want
    assert report.ok == (not want)
    assert all(finding.detail for finding in report.findings)


def test_findings_say_what_the_source_has() -> None:
    (finding,) = check([_citation("Norway", quote="Sweden")], TEXT, schema=False).findings

    assert finding.detail == "the source has “Norway”, not “Sweden”"


def test_sentence_numbers_are_looked_up_when_sentences_are_given() -> None:
    sentences = segment(Document(TEXT))
    data = [_citation("Norway", 1), _citation("Norway", 2), _citation("Norway", 7)]

    report = check(data, TEXT, sentences=sentences, schema=False)

    assert [finding.path for finding in report.findings] == ["[1]", "[2]"]


def _entity(quote: str, **values: Any) -> tuple[dict[str, Any], str]:
    citation = {"start": 0, "end": len(quote), "quote": quote}
    return {"citations": [citation], **values}, quote


@pytest.mark.parametrize(
    ("quote", "quantity", "holds"),
    [
        ("1&nbsp;000 shells", 1000, True),
        ("1&nbsp;000 shells", 1, False),
        ("**50** tanks", 50, True),
        ("5&#48; tanks", 50, True),
        ("5&#48; tanks", 5, False),
        ("2*3 tanks", 23, False),
        ("two hun-\ndred men", 200, True),
        ("twenty-\nfive men", 25, True),
        ("twenty-\nfive men", 5, False),
    ],
)
def test_quantities_are_read_past_markup(quote: str, quantity: int, holds: bool) -> None:
    data, text = _entity(quote, quantity=quantity)

    assert check(data, text, schema=False).ok is holds


DEEP: list[Any] = []
for _ in range(50_000):
    DEEP = [DEEP]
ENORMOUS: dict[str, Any] = {
    "start": [_citation("Norway", start=10**5_000)],
    "end": [_citation("Norway", end=-(10**5_000))],
    "sentence": [_citation("Norway", 10**5_000)],
    "order": [_citation("Norway", 10**5_000), _citation("follow", 1)],
    "quantity": _item("12 tanks", 10**5_000),
    "characters": {"document": {"characters": 10**5_000}, "c": _citation("Norway")},
    "deep": {"document": {"characters": DEEP}, "c": _citation("Norway")},
}


@pytest.mark.parametrize("data", ENORMOUS.values(), ids=ENORMOUS.keys())
def test_numbers_without_end_are_told_in_one_short_line(data: Any) -> None:
    report = check(data, TEXT, sentences=segment(Document(TEXT)), schema=False)

    assert all(len(finding.detail) < 200 for finding in report.findings)


@pytest.mark.parametrize("sentence", [True, 1.0, "1", [1], {"a": 1}])
def test_what_is_no_number_of_a_sentence_fails(sentence: Any) -> None:
    data = [_citation("Norway", sentence)]

    (finding,) = check(data, TEXT, sentences=segment(Document(TEXT)), schema=False).findings

    assert finding.problem == "sentence"


def test_quote_of_another_document_is_checked_against_its_own() -> None:
    texts = {"a": "Norway sent 12 tanks.", "b": "Norway sent 20 tanks."}
    reports = {name: (text, segment(Document(text))) for name, text in texts.items()}

    def cite(document: str, quote: str, start: int = 12) -> dict[str, Any]:
        return {"document": document, "start": start, "end": start + len(quote), "quote": quote}

    good = {"quantity": 12, "citations": [cite("a", "12 tanks")]}
    other = {"quantity": 12, "citations": [cite("b", "20 tanks")]}
    both = {"quantity": 12, "citations": [cite("a", "12 tanks"), cite("b", "20 tanks")]}
    unknown = {"quantity": 12, "citations": [cite("c", "99 tanks")]}
    report = check_each([good, other, both, unknown, cite("b", "12 tanks")], reports)

    assert report.checked == 5
    assert [(finding.path, finding.problem) for finding in report.findings] == [
        ("[1].quantity", "quantity"),
        ("[2].quantity", "quantity"),
        ("[4]", "not_equal"),
    ]


LONG = "Norway sent 12 tanks. "


def _whole(number: int, text: str) -> Any:
    return [{"start": 0, "end": len(text), "quote": "x"} for _ in range(number)]


def _spread(number: int, text: str) -> Any:
    starts = range(0, len(text), len(LONG))
    return [
        {"start": start, "end": start + 6, "quote": "Norway", "sentence": at}
        for at, start in enumerate(starts, start=1)
    ]


def _nested(number: int, text: str) -> Any:
    data: Any = {}
    for _ in range(number):
        data = {"a": [data], "citations": []}
    return data


def _long_key(number: int, text: str) -> Any:
    return {"k" * len(text): [{"citations": []} for _ in range(number)]}


def _long_quotes(number: int, text: str) -> Any:
    quote = text.rstrip()
    return [{"start": 0, "end": 10, "quote": quote} for _ in range(number)]


@pytest.mark.parametrize("make", [_whole, _spread, _nested, _long_key, _long_quotes])
def test_check_costs_no_more_than_its_citations(make: Callable[[int, str], Any]) -> None:
    def made(number: int) -> tuple[Any, str, Sequence[Sentence]]:
        text = LONG * number  # longer too: a citation costs the same in any text
        return make(number, text), text, segment(Document(text))

    def step(given: tuple[Any, str, Sequence[Sentence]]) -> None:
        data, text, sentences = given
        report = check(data, text, sentences=sentences, schema=False)
        assert sum(len(finding.path) + len(finding.detail) for finding in report.findings) < 10**7

    assert_linear(step, made, 20_000)


CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.txt"))


def _good_brief(path: Path) -> tuple[Brief, str]:
    text = path.read_text("utf-8")
    gold = Gold.model_validate_json(path.with_suffix(".gold.json").read_text("utf-8"))
    return brief_from_gold(text, gold), text


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_good_brief_passes_as_object_and_as_json(path: Path) -> None:
    brief, text = _good_brief(path)

    report = check(brief, text)

    assert report.findings == ()
    assert report.checked > 20
    assert check(json.loads(brief.model_dump_json()), text) == report


def _set(*keys: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(data: Any) -> None:
        for key in keys[:-1]:
            data = data[key]
        data[keys[-1]] = value

    return change


SPOILT = {
    "version": (_set("version", value=2), "version"),
    "unknown field": (_set("stance", value="pro"), "stance"),
    "unknown status": (_set("events", 0, "realis", value="maybe"), "events[0].realis"),
    "moved start": (_set("events", 0, "citations", 0, "start", value=1), "events[0].citations[0]"),
    "no citations": (_set("actors", 0, "citations", value=[]), "actors[0]"),
}


@pytest.mark.parametrize(("spoil", "path"), SPOILT.values(), ids=SPOILT.keys())
def test_spoilt_brief_fails_where_it_was_spoilt(
    spoil: Callable[[dict[str, Any]], None], path: str
) -> None:
    brief, text = _good_brief(CORPUS[0])
    data = brief.model_dump(mode="json")
    spoil(data)

    assert path in [finding.path for finding in check(data, text).findings]


def test_brief_of_another_text_fails() -> None:
    brief, text = _good_brief(CORPUS[0])

    assert not check(brief, f" {text}").ok


@pytest.mark.parametrize("data", [None, 3, "text", [], {}, float("nan")], ids=repr)
def test_what_is_no_brief_fails(data: object) -> None:
    assert not check(data, TEXT).ok


def test_depth_does_not_crash_the_check() -> None:
    data: Any = _citation("Norway", quote="Sweden")
    for _ in range(50_000):
        data = {"a": [data]}

    report = check(data, TEXT)

    assert report.checked == 1
    assert "not_equal" in [finding.problem for finding in report.findings]


values = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
keys = st.sampled_from(["start", "end", "quote", "citations", "quantity", "document", "sentence"])
trees = st.recursive(
    values, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner), max_leaves=20
)


@given(trees, st.text(max_size=20))
def test_any_json_is_checked_without_an_exception(data: Any, text: str) -> None:
    assert not check(data, text).ok


@given(st.text(min_size=1), st.data())
def test_citation_passes_exactly_when_the_equation_holds(text: str, data: st.DataObject) -> None:
    start, end = data.draw(st.integers(-1, 9)), data.draw(st.integers(-1, 9))
    quote = data.draw(st.sampled_from([text[max(0, start) : max(0, end)], text]))
    holds = 0 <= start < end <= len(text) and text[start:end] == quote and bool(quote.strip())

    assert check([{"start": start, "end": end, "quote": quote}], text, schema=False).ok == holds
