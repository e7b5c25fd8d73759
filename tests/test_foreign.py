"""``check --from``: which citations of other tools stand, lie elsewhere, or are not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from alterations import ALTERATIONS, sentences_of
from dossier_measures import CORPUS, GOLD, text_of
from hypothesis import given
from hypothesis import strategies as st
from sample_briefs import SAMPLE, sample_brief

from summarizer.cli import main
from summarizer.foreign import TOOLS, claims
from summarizer.foreign.claim import Claim, Origin
from summarizer.render import to_json
from summarizer.source import Document
from summarizer.validate import Index, check, standing

RECORDED = Path(__file__).parent / "others" / "langextract.jsonl"
TEXT = "Türkiye will send “20 drones” to Syria.\nNorway sends nothing; Norway waits."


@pytest.mark.parametrize(
    ("quote", "start", "end", "verdict"),
    [
        ("20 drones", 19, 28, "exact"),
        ("Türkiye will send", 0, 17, "exact"),
        ('"20 drones"', 18, 29, "typography"),
        ("to  Syria.", 30, 39, "typography"),
        ("TÜRKIYE WILL SEND", 0, 17, "case"),
        ("Turkiye will send", 0, 17, "folded"),
        ("Syria", 32, 39, "elsewhere"),  # wider than the words: two more are highlighted
        ("Norway", 41, 47, "elsewhere"),
        ("20 drones", 0, 17, "elsewhere"),
        ("20 drones", 19, 999, "elsewhere"),
        ("20 drones", -3, 5, "elsewhere"),
        ("20 drones", 28, 19, "elsewhere"),
        ("20 drones", 19, None, "elsewhere"),
        ("30 drones", 19, 28, "not_in_source"),
        ("Türkiye will not send", 0, 17, "not_in_source"),
        ("20 drones", None, None, "unplaced"),
        ("30 drones", None, None, "not_in_source"),
    ],
)
def test_citation_stands_as_its_words_do(
    quote: str, start: int | None, end: int | None, verdict: str
) -> None:
    judged = standing(quote, start, end, Index(TEXT))

    assert judged.standing == verdict
    assert judged.holds == (not judged.detail)


def test_detail_tells_where_it_does_stand_and_what_is_there_instead() -> None:
    assert standing("20 drones", 0, 17, Index(TEXT)).detail == (
        "“20 drones” stands at 19:28; at 0:17 the source has “Türkiye will send”"
    )


@given(st.data())
def test_slice_of_a_text_always_stands_and_never_when_moved(data: st.DataObject) -> None:
    text = data.draw(st.text(min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    index, quote = Index(text), text[start:end]

    assert standing(quote, start, end, index).standing == "exact"
    other = data.draw(st.integers(0, len(text) - 1))
    moved = standing(quote, other, other + len(quote), index)
    assert (moved.standing == "exact") == (text[other : other + len(quote)] == quote)


def test_altered_quote_stands_nowhere_wherever_it_is_put() -> None:
    text = text_of("turkiye-syria-troop-mandate")
    index = Index(text)
    for at, sentence in [*sentences_of(text)][::4]:
        for alter in ALTERATIONS.values():
            for quote in alter(sentence, text):
                judged = standing(quote, at, at + len(sentence), index)
                assert not judged.holds, (quote, judged)


def cited(**more: Any) -> dict[str, Any]:
    return {"type": "char_location", "cited_text": "20 drones", "document_index": 0, **more}


PLACE = {"start_char_index": 19, "end_char_index": 28}
BLOCK = {"type": "text", "text": "It sends drones.", "citations": [cited(**PLACE)]}
SENT = {
    "type": "document",
    "title": "report.txt",
    "source": {"type": "text", "media_type": "text/plain", "data": TEXT},
    "citations": {"enabled": True},
}
ANSWER = {"id": "msg_1", "type": "message", "role": "assistant", "content": [BLOCK]}


@pytest.mark.parametrize(
    "data",
    [
        ANSWER,
        [BLOCK],
        {"custom_id": "a", "result": {"type": "succeeded", "message": ANSWER}},
        [
            {
                "type": "content_block_delta",
                "delta": {"type": "citations_delta", "citation": cited(**PLACE)},
            }
        ],
        {"messages": [{"role": "user", "content": [SENT]}, ANSWER]},
    ],
    ids=["answer", "blocks", "batch", "stream", "conversation"],
)
def test_anthropic_citation_is_read_in_every_shape(data: object) -> None:
    (claim,) = claims("anthropic", data)

    assert (claim.quote, claim.start, claim.end) == ("20 drones", 19, 28)


def test_anthropic_document_is_that_of_the_request() -> None:
    data = {"messages": [{"role": "user", "content": [SENT]}, ANSWER]}

    (claim,) = claims("anthropic", data)

    assert claim.origin == Origin(("report.txt", "report"), None, TEXT)
    assert claim.path == "messages[1].content[0].citations[0]"


@pytest.mark.parametrize(
    "place",
    [
        {"type": "page_location", "start_page_number": 1, "end_page_number": 2},
        {"type": "content_block_location", "start_block_index": 0, "end_block_index": 1},
        {"type": "search_result_location", "source": "https://x.test/report.html", "title": None},
    ],
)
def test_anthropic_citation_by_page_or_block_has_words_and_no_place(place: dict[str, Any]) -> None:
    (claim,) = claims("anthropic", {"citations": [{"cited_text": "20 drones", **place}]})

    assert (claim.quote, claim.start, claim.end) == ("20 drones", None, None)
    assert standing(claim.quote or "", None, None, Index(TEXT)).holds


def test_langextract_extraction_without_an_interval_has_no_place() -> None:
    extraction = {"extraction_class": "x", "extraction_text": "20 drones", "char_interval": None}
    data = {"document_id": "report", "text": TEXT, "extractions": [extraction]}

    assert list(claims("langextract", data)) == [
        Claim("extractions[0]", Origin(("report",), None, TEXT), "20 drones")
    ]


QUOTE = {"type": "TextQuoteSelector", "exact": "20 drones", "prefix": "“", "suffix": "”"}
POSITION = {"type": "TextPositionSelector", "start": 19, "end": 28}


@pytest.mark.parametrize(
    ("target", "at"),
    [
        ({"source": "https://x.test/a.html", "selector": [QUOTE, POSITION]}, (19, 28)),
        ({"source": {"id": "https://x.test/a.html"}, "selector": QUOTE}, (None, None)),
        ([{"source": "u", "selector": {**QUOTE, "refinedBy": POSITION}}], (19, 28)),
        ([{"source": "u", "selector": [{"type": "RangeSelector"}, QUOTE]}], (None, None)),
    ],
)
def test_annotation_is_read_with_and_without_a_position(
    target: object, at: tuple[int | None, int | None]
) -> None:
    (claim,) = claims("webannotation", {"rows": [{"type": "Annotation", "target": target}]})

    assert (claim.quote, (claim.start, claim.end)) == ("20 drones", at)


def test_annotation_of_a_whole_page_quotes_nothing() -> None:
    assert not [*claims("webannotation", {"target": "https://x.test/", "body": "nice"})]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                """extractions extraction_text char_interval start_pos end_pos document_id text
            target cited_text document_index start_char_index end_char_index type source selector
            exact start end title citations schema:sha256 id data""".split()
            )
            | st.text(max_size=3),
            inner | st.sampled_from(["document", "text", "TextQuoteSelector", "ni:///sha-256;é"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("tool", TOOLS)
@given(data=JSON)
def test_any_json_is_read_without_an_exception(tool: str, data: object) -> None:
    for claim in claims(tool, data):
        assert claim.quote is None or claim.quote.strip()
        standing(claim.quote or "x", claim.start, claim.end, Index(TEXT))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with ``reports/report.txt`` and nothing else."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "report.txt").write_text(TEXT, "utf-8")
    return tmp_path


def told(
    data: object, capsys: pytest.CaptureFixture[str], *, tool: str, source: str | None = "reports"
) -> tuple[int, dict[str, Any]]:
    Path("out.json").write_text(json.dumps(data), "utf-8")
    where = ["--source", source] if source else []
    code = main(["check", "--from", tool, "out.json", "--json", *where])
    (report,) = json.loads(capsys.readouterr().out)
    return code, report


def problems(report: dict[str, Any]) -> list[str]:
    return [failure["problem"] for failure in report["failures"]]


@pytest.mark.parametrize("name", ["report", "report.txt", "https://x.test/2025/report.html?", "/"])
def test_report_is_found_by_title_or_address(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = told([cited(document_title=name, **PLACE)], capsys, tool="anthropic")

    assert (code, problems(report)) == ((1, ["no_source"]) if name == "/" else (0, []))


def test_name_in_an_output_leads_out_of_no_directory(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "secret.txt").write_text(TEXT, "utf-8")
    for name in ("../secret", "../secret.txt", str(folder / "secret.txt"), "..", "a\0b", "x" * 999):
        code, report = told([cited(document_title=name, **PLACE)], capsys, tool="anthropic")
        assert (code, problems(report)) == (1, ["no_source"])


def test_report_of_another_name_is_not_taken_for_the_one_cited(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "reports" / "out.txt").write_text("Something else.", "utf-8")

    code, report = told([cited(document_title="absent", **PLACE)], capsys, tool="anthropic")

    assert (code, problems(report), report["citations"]) == (1, ["no_source"], 0)


def test_text_that_the_tool_changed_is_told_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    interval = {"start_pos": 0, "end_pos": 9}
    one = {"extraction_text": "20 drones", "char_interval": interval}
    data = {"document_id": "report", "text": "20 drones", "extractions": [one, one]}

    code, report = told(data, capsys, tool="langextract")

    assert code == 1
    assert problems(report) == ["wrong_document", "elsewhere", "elsewhere"]
    assert report["standings"]["elsewhere"] == 2


def test_without_a_report_the_tools_own_copy_is_what_counts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    extraction = {"extraction_text": "20 drones", "char_interval": {"start_pos": 19, "end_pos": 28}}
    data = {"document_id": "d", "text": TEXT, "extractions": [extraction]}

    code, report = told(data, capsys, tool="langextract", source=None)

    assert (code, report["sources"]) == (0, ["the tool's own copy"])


def test_output_of_another_tool_is_told_to_have_no_citation(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, report = told(ANSWER, capsys, tool="webannotation")

    assert (code, problems(report)) == (1, ["no_citations"])


def test_citation_without_words_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = [
        cited(cited_text=None, document_title="report"),
        cited(document_title="report", **PLACE),
    ]

    code, report = told(data, capsys, tool="anthropic")

    assert (code, problems(report), report["citations"]) == (1, ["malformed"], 1)


def test_broken_line_is_told_and_the_others_count(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps(cited(document_title="report", **PLACE))
    Path("out.jsonl").write_text(f"{line}\n{{\n{line}\n", "utf-8")

    assert main(["check", "--from", "anthropic", "out.jsonl", "--source", "reports"]) == 1

    first, second = capsys.readouterr().out.splitlines()
    assert first == "out.jsonl: 1 failed, 2 citations checked (2 exact)"
    assert second.startswith("  line 2: unreadable: not JSON")


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b'{"a": "\xff"}'])
def test_only_file_that_is_broken_is_one_line(
    content: bytes, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out.json").write_bytes(content)

    assert main(["check", "--from", "anthropic", "out.json"]) == 1

    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith("summarizer: out.json: not JSON")


def test_deep_output_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data: Any = cited(document_title="report", start_char_index=0, end_char_index=9)
    for _ in range(900):
        data = [data]

    code, report = told(data, capsys, tool="anthropic")

    assert (code, problems(report)) == (1, ["elsewhere"])
    assert report["failures"][0]["path"].startswith("…")


def test_own_annotations_all_stand(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "reports" / "drones.txt").write_text(SAMPLE, "utf-8")
    (folder / "drones.brief.json").write_text(to_json(sample_brief()), "utf-8")
    made = ["export", ".", "--to", "webannotation", "--source", "reports", "--out", "a.jsonld"]
    assert main(made) == 0
    capsys.readouterr()

    assert main(["check", "--from", "webannotation", "a.jsonld", "--source", "reports"]) == 0

    count = check(sample_brief(), SAMPLE).checked
    assert capsys.readouterr().out == f"a.jsonld: ok, {count} citations checked ({count} exact)\n"


def test_support_is_not_asked_of_other_tools(folder: Path) -> None:
    with pytest.raises(SystemExit) as end:
        main(["check", "--from", "anthropic", "out.json", "--support"])
    assert end.value.code == 2


def test_langextracts_own_output_on_the_articles(capsys: pytest.CaptureFixture[str]) -> None:
    """Of a recorded run: true sentences stand; of those with one fact changed, none does."""
    true = {sentence for slug in GOLD["docs"] for _, sentence in sentences_of(text_of(slug))}
    lines = [json.loads(line) for line in RECORDED.read_text("utf-8").splitlines()]
    said = [each for line in lines for each in line["extractions"]]
    assert [line["document_id"] for line in lines] == sorted(GOLD["docs"])
    assert {Document(line["text"]).sha256 for line in lines} == {
        Document(text_of(slug)).sha256 for slug in GOLD["docs"]
    }

    assert (
        main(["check", "--from", "langextract", str(RECORDED), "--source", str(CORPUS), "--json"])
        == 1
    )

    (report,) = json.loads(capsys.readouterr().out)
    stand = report["standings"]["exact"]
    assert stand == sum(each["extraction_text"] in true for each in said)
    assert problems(report) == ["not_in_source"] * (len(said) - stand)
    assert all(each["char_interval"] for each in said)  # it gives every one of them a place
