"""What is shown says what was found, and no word of an article can act in it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from sample_briefs import HOSTILE, SAMPLE, hostile_brief, sample_brief

from summarizer.brief import Brief
from summarizer.dossier import Dossier
from summarizer.escape import for_markdown, for_terminal
from summarizer.fuse import fuse
from summarizer.render import (
    Checked,
    Failure,
    brief_to_markdown,
    checks_to_json,
    checks_to_text,
    dossier_to_markdown,
    explain,
    to_json,
    to_jsonl,
)

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_CONTEXTS = {"paragraph": "{}", "list": "- {}", "quote": "> “{}”", "cell": "| a |\n| --- |\n| {} |"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1) | st.text(
    "ab1 .\\`*_[]()<>|~&#+-=!:/\n\t\u202e", min_size=1
)


def _inline(page: str) -> list[Token]:
    return [each for token in _PARSER.parse(page) for each in token.children or ()]


def _tags(page: str) -> set[str]:
    tokens = _PARSER.parse(page)
    return {t.tag or t.type for t in tokens} | {t.type for t in _inline(page)}


@pytest.mark.parametrize("context", _CONTEXTS)
@given(text=TEXTS)
def test_any_text_stays_plain_text_in_markdown(context: str, text: str) -> None:
    page = _CONTEXTS[context].format(for_markdown(text))
    empty = _CONTEXTS[context].format("x")

    assert {token.type for token in _inline(page)} <= {"text", "text_special"}
    assert [t.type for t in _PARSER.parse(page) if t.type != "inline"] == [
        t.type for t in _PARSER.parse(empty) if t.type != "inline"
    ] or not for_markdown(text)


@given(text=st.text("ab1 .\\`*_[]()<>|~&#+-=!:/'\"ğı", min_size=1))
def test_markdown_shows_the_words_as_they_are(text: str) -> None:
    shown = "".join(token.content for token in _inline(f"| a |\n| --- |\n| {for_markdown(text)} |"))

    assert shown.removeprefix("a") == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        *("<script>alert(1)</script>", "[a](javascript:x)", "![a](http://b/c.png)", "`rm`"),
        *("| a | b |", "# head", "1. one", "- [ ] do", "---", "===", "~~~", "> quote", "&lt;b>"),
        *("https://example.org", "www.example.org", "<https://example.org>", "a  \nb", "    code"),
    ],
)
def test_known_tricks_stay_plain_text(text: str) -> None:
    assert _tags(f"- {for_markdown(text)}") <= {"ul", "li", "p", "inline", "text", "text_special"}


@pytest.mark.parametrize("address", ["https://example.org", "www.example.org", "WWW.example.org"])
def test_addresses_do_not_become_links_on_github(address: str) -> None:
    assert "\\" in for_markdown(address)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gen. Metin Gürak", "Gen. Metin Gürak"),
        ("US$2.5 billion (about 40%)", "US$2.5 billion (about 40%)"),
        ("a\n\n# b\tc", "a # b c"),
        ("safe\u202eevil\u2069", "safeevil"),
        ("می\u200cخواهد", "می\u200cخواهد"),
        ("a\x00\x1b[2J", "a \\[2J"),
        ("2. Panzer", "2\\. Panzer"),
        ("-5 °C", "\\-5 °C"),
    ],
)
def test_markdown_leaves_ordinary_text_readable(text: str, shown: str) -> None:
    assert for_markdown(text) == shown


@given(text=st.text())
def test_terminal_text_is_one_printable_line(text: str) -> None:
    assert for_terminal(text).isprintable()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Türkiye’s drones", "Türkiye’s drones"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("one\ntwo\r", "one\\ntwo\\r"),
        ("\u202egpj.exe", "\\u202egpj.exe"),
        ("\udcff", "\\udcff"),
    ],
)
def test_terminal_text_shows_what_does_not_print(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


def test_json_reads_back_as_the_same_brief() -> None:
    brief = sample_brief()

    assert Brief.model_validate_json(to_json(brief)) == brief
    assert "Türkiye" in to_json(brief)
    assert to_json(brief).endswith("}\n")


@given(title=st.text(st.characters(exclude_categories=["Cs"])))
def test_jsonl_is_one_line_by_any_rule(title: str) -> None:
    brief = sample_brief(title=title)

    line = to_jsonl(brief)

    assert len(line.splitlines()) == 1
    assert Brief.model_validate_json(line) == brief


def test_markdown_of_a_brief_shows_every_part() -> None:
    page = brief_to_markdown(sample_brief())

    for expected in (
        "# Drones for Syria\n",
        "Example Wire · published 2025-10-18 (given)",
        "- Türkiye plans to send Syria up to 40 drones. [S1]\n",
        "### e1: visit (CONSULT)",
        "- When: “on Friday” (2025-10-17) [S2]",
        "- Where: Damascus (SYR) [S2]",
        "- Who: Yaşar Güler (visitor)",
        "- Reality: actual, factuality CT+",
        "- Source: media report: Example Wire, citing an official, “reportedly” [S1]",
        "### p1: Türkiye to Syria, reported planned",
        "| drones | about 20–40 pieces | unmanned aircraft | IVb | [S1] |",
        "- Status in words: “plans to send” [S1]",
        "- Condition: “if parliament agrees” [S1]",
        "- Trackers: Kiel none, SIPRI not eligible",
        "| a1 | Yaşar Güler | person | Gen., defence minister | – | TUR | Guler | [S2] |",
        "| pledge quantity | 400 | – | not in source: the words give no such number |",
        "- no publication date",
    ):
        assert expected in page


def test_markdown_quotes_the_source_with_its_sentence() -> None:
    page = brief_to_markdown(sample_brief())

    assert f"> “{SAMPLE.split('. ')[0]}.” [S1]\n" in page


def test_empty_brief_is_a_short_page_without_empty_headings() -> None:
    nothing: dict[str, Any] = dict.fromkeys(
        ("summary", "actors", "events", "pledges", "rejections", "warnings"), ()
    )
    page = brief_to_markdown(sample_brief().model_copy(update=nothing))

    assert "##" not in page.replace("# Drones", "")
    assert page.endswith("\n")


def test_hostile_brief_adds_no_markup_to_its_page() -> None:
    assert _tags(brief_to_markdown(hostile_brief())) == _tags(brief_to_markdown(sample_brief()))
    assert "\u202e" not in brief_to_markdown(hostile_brief())


def test_markdown_of_a_dossier_shows_sources_and_marks_their_sentences() -> None:
    page = dossier_to_markdown(_dossier(sample_brief()))

    for expected in (
        "- `drones` Drones for Syria, Example Wire, 2025-10-18 (reliability F)",
        "[drones S1]",
        "- **2025-10-17**, Damascus: Gen. Yaşar Güler,",
        "- **Türkiye to Syria**: reported planned",
        "| Türkiye | Syria | drones | 20–40 pieces | reported planned | 2025-10-18 |",
    ):
        assert expected in page


def test_hostile_dossier_adds_no_markup_to_its_page() -> None:
    plain, hostile = (dossier_to_markdown(_dossier(b)) for b in (sample_brief(), hostile_brief()))

    assert _tags(hostile) <= _tags(plain)
    assert HOSTILE not in hostile


def _dossier(brief: Brief) -> Dossier:
    return fuse([brief])


_CHECKS = (
    Checked("a.brief.json", ("a.txt",), 7, ()),
    Checked(
        "b.brief.json", (), 3, (Failure("events[0].citations[0]", "not_equal", "the “x\x1b[2J”"),)
    ),
)


def test_report_of_checks_lists_each_failing_field() -> None:
    assert checks_to_text(_CHECKS) == (
        "a.brief.json: ok, 7 citations checked\n"
        "b.brief.json: 1 failed, 3 citations checked\n"
        "  events[0].citations[0]: not equal: the “x\\x1b[2J”\n"
    )


def test_report_of_checks_is_data_too() -> None:
    first, second = json.loads(checks_to_json(_CHECKS))

    assert first == {
        "ok": True,
        "file": "a.brief.json",
        "sources": ["a.txt"],
        "citations": 7,
        "failures": [],
    }
    assert second["failures"][0]["path"] == "events[0].citations[0]"


# Why values stand --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "  name “Yaşar Güler”: the model's, at sentence 2",
        "  rank “Gen.”: filled by code from sentence 2",
        "  date “on Friday” = 2025-10-17: filled by code from sentence 2",
        "  status reported planned: lowered from the model's “pledged”, at sentence 1, by the"
        " policy: “plans to” is a plan",
        "  participants: taken out, the model's “Hulusi Akar” by the second reading: the passage"
        " does not say that he came",
        "  reviewed by A. Reader, 2025-10-19T08:00:00Z: accept",
        "  computed by rule: type CONSULT, factuality CT+, support supported by its words",
        "  pledge quantity “400”: not in source: the words give no such number",
    ],
)
def test_each_value_is_explained(line: str) -> None:
    assert line in explain(sample_brief()).splitlines()


def test_every_cited_value_of_a_record_is_explained() -> None:
    brief = sample_brief()
    told = explain(brief)

    for record in (*brief.actors, *brief.events, *brief.pledges):
        for name in type(record).model_fields:
            value = getattr(record, name)
            values = value if isinstance(value, tuple) else (value,)
            if any(hasattr(each, "citations") for each in values):
                assert f"  {name.replace('_', ' ')} " in told


def test_explanation_of_a_hostile_brief_is_safe_on_a_terminal() -> None:
    lines = explain(hostile_brief()).removesuffix("\n").split("\n")

    assert all(line.isprintable() for line in lines)


@pytest.mark.parametrize(
    "line",
    [
        "- Filled by code: date",
        "- Lowered by the policy: status pledged to reported planned: “plans to” is a plan",
        "- Taken out by the second reading: participants Hulusi Akar: the passage does not say that"
        " he came",
        "- Reviewed: accept (A. Reader, 2025-10-19T08:00:00Z)",
    ],
)
def test_page_marks_what_is_not_as_the_model_had_it(line: str) -> None:
    assert line in brief_to_markdown(sample_brief()).splitlines()
