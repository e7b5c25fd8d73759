"""The page as it is written: what its data hold, that it is safe, small and can be read."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hostile_texts import HOSTILE
from page_articles import gold_articles, of_text
from sample_briefs import SAMPLE, hostile_brief, sample_brief

from summarizer.brief import Actor, Citation, Event, Pledge
from summarizer.fuse import fuse
from summarizer.page import Article, page
from summarizer.page import html as page_html
from summarizer.page.data import article_data
from summarizer.page.html import SCRIPTS, Shape, policy, script, style
from summarizer.values import values_of

KILOBYTE = 1024


class Parsed(HTMLParser):
    """What a parser makes of a page: elements, the texts of the articles, scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self._depth = 0
        self._open = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag
        if tag in self.raw:
            self.raw[tag].append("")
        if tag == "div":
            if self._depth:
                self._depth += 1
            elif ("class", "text") in attrs:
                self.texts.append("")
                self._depth = 1

    def handle_endtag(self, tag: str) -> None:
        self._open = ""
        self._depth -= tag == "div" and self._depth > 0

    def handle_data(self, data: str) -> None:
        if self._open in self.raw:
            self.raw[self._open][-1] += data
        elif self._depth:
            self.texts[-1] += data

    def attributes(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]

    def json(self, id: str) -> Any:
        scripts = [attributes for tag, attributes in self.tags if tag == "script"]
        at = next(n for n, attributes in enumerate(scripts) if attributes.get("id") == id)
        return json.loads(self.raw["script"][at])


# What is in it


@pytest.mark.parametrize("article", gold_articles(), ids=lambda each: each.brief.document.id)
def test_every_value_and_citation_of_a_brief_is_in_its_data(article: Article) -> None:
    text = article.text or ""
    data = article_data(1, article)
    records = {record["id"]: record for record in data["records"]}

    wholes: list[Actor | Event | Pledge] = [*article.brief.pledges, *article.brief.events]
    for whole in [*wholes, *article.brief.actors]:
        drawn = records[whole.id]["values"]
        for value, got in zip(values_of(whole), drawn, strict=False):
            cites = got.get("cites", drawn[0]["cites"])
            assert [tuple(cite[:2]) for cite in cites] == [
                (citation.start, citation.end) for citation in value.citations
            ]
            start, end, *_ = cites[0]
            words = got.get("words", text[start:end])
            assert words in (value.words, value.words.replace("_", " "))


def test_states_of_values_are_told() -> None:
    data = article_data(1, Article(sample_brief(), SAMPLE))
    records = {record["id"]: record for record in data["records"]}
    status = next(value for value in records["p1"]["values"] if value["field"] == "status")
    date = next(value for value in records["e1"]["values"] if value["field"] == "date")

    assert "lowered from “pledged” by the policy" in status["why"]
    assert date["filled"]
    assert records["e1"]["changes"] == [
        "participants “Hulusi Akar” taken out by the second reading: "
        "the passage does not say that he came"
    ]
    assert records["e1"]["review"]["reviewer"] == "A. Reader"
    assert data["rejections"][0]["reason"] == "not_in_source"
    assert data["warnings"] == ["no publication date"]


def test_support_speaker_and_countries_are_there_to_filter_by() -> None:
    brief = sample_brief()
    partial = brief.pledges[0].model_copy(update={"support": "partial"})
    data = article_data(1, Article(brief.model_copy(update={"pledges": (partial,)}), SAMPLE))
    records = {record["id"]: record for record in data["records"]}

    assert records["p1"]["support"] == "partial"
    assert "support" not in records["e1"]  # what is borne out needs no flag
    assert records["p1"]["speaker"] == "Example Wire"
    assert records["e1"]["countries"] == ["SYR", "TUR"]


def test_what_is_not_exact_says_how_it_was_found() -> None:
    brief = sample_brief()
    words = brief.actors[0].citations[0]
    folded = Citation(**{**words.model_dump(), "match": "folded"})
    actor = brief.actors[0].model_copy(update={"citations": (folded,)})
    data = article_data(1, Article(brief.model_copy(update={"actors": (actor,)}), SAMPLE))

    name = next(record for record in data["records"] if record["id"] == "a1")["values"][0]
    assert name["cites"] == [[words.start, words.end, "folded"]]


def test_without_the_text_values_bring_their_quotes() -> None:
    data = article_data(1, Article(sample_brief(), None))

    assert data["sentences"] == []
    for record in data["records"]:
        assert all(value["quotes"] and value["words"] for value in record["values"])


def test_another_text_counts_as_none() -> None:
    html = page([Article(sample_brief(), SAMPLE.replace("20", "30"))])

    assert Parsed(html).texts == [""]
    assert Parsed(html).json("d1")["doc"]["sum"] is None


def test_review_brings_what_a_decision_carries() -> None:
    parsed = Parsed(page([Article(sample_brief(), SAMPLE)], review=True))
    types: dict[str, Any] = {"actor": Actor, "event": Event, "pledge": Pledge}

    for record in parsed.json("d1")["records"]:
        assert record["anchor"]
        if record["kind"] in types:
            assert types[record["kind"]].model_validate(record["whole"])
    assert "signed" in parsed.json("choices")["codes"]["pledge"]["status"]
    assert ("meta", {"name": "summarizer-review", "content": "on"}) in parsed.tags
    assert "summarizer-review" not in page([Article(sample_brief(), SAMPLE)])


def test_dossier_is_data_of_its_own() -> None:
    articles = gold_articles()
    parsed = Parsed(page(articles, fuse([each.brief for each in articles])))

    assert len(parsed.json("dossier")["documents"]) == len(articles)


# Safety


@pytest.mark.parametrize(
    "shape", [Shape(), Shape(dossier=True), Shape(review=True), Shape(True, True)], ids=str
)
def test_policy_names_the_script_and_style_that_are_shipped(shape: Shape) -> None:
    articles = gold_articles()[:1]
    dossier = fuse([each.brief for each in articles]) if shape.dossier else None
    parsed = Parsed(page(articles, dossier, review=shape.review))
    first = next(attributes for tag, attributes in parsed.tags if tag == "meta")

    assert first["http-equiv"] == "Content-Security-Policy"
    assert first["content"] == policy(shape)
    for source, shipped in (
        ("script", parsed.raw["script"][-1]),
        ("style", parsed.raw["style"][0]),
    ):
        digest = base64.b64encode(hashlib.sha256(shipped.encode()).digest()).decode()
        assert f"{source}-src 'sha256-{digest}'" in policy(shape)
    assert ("connect-src 'self'" in policy(shape)) == shape.review
    assert "unsafe" not in policy(shape)


def test_hostile_texts_are_thirty() -> None:
    assert len(HOSTILE) >= 30


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    benign = Parsed(page([of_text("Nothing.", title="Nothing", publisher="x", url="y")]))

    html = page([of_text(text, title=text, publisher=text, url=text)])

    html.encode("utf-8")  # half a character of a pair would fail here
    parsed = Parsed(html)
    assert [t for t, _ in parsed.tags if t != "p"] == [t for t, _ in benign.tags if t != "p"]
    data = parsed.json("d1")
    assert (data["text"] if data["text"] is not None else parsed.texts[0]) == text
    assert data["doc"]["title"] == text
    assert not [name for _, attributes in parsed.tags for name in attributes if name[:2] == "on"]


def test_hostile_brief_adds_no_element() -> None:
    benign = Parsed(page([Article(sample_brief(), SAMPLE)]))
    parsed = Parsed(page([Article(hostile_brief(), SAMPLE)]))

    kinds = ("p", "option")
    assert [t for t, _ in parsed.tags if t not in kinds] == [
        t for t, _ in benign.tags if t not in kinds
    ]


ASSETS = Path(page_html.__file__).with_name("assets")
SINKS = r"""innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new\ Function|srcdoc
    |createContextualFragment|DOMParser|setAttribute\('on|javascript:|\.cssText|'style'"""


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_uses_nothing_that_makes_markup_of_text(name: str) -> None:
    source = (ASSETS / f"{name}.js").read_text("utf-8")

    assert not re.search(SINKS, source, re.VERBOSE)
    assert not re.search("</script|<!--", source, re.IGNORECASE)


def test_scripts_share_one_scope_without_a_name_twice() -> None:
    sources = "".join((ASSETS / f"{name}.js").read_text("utf-8") for name in SCRIPTS)
    named = r"^(?:async )?(?:function|class|const|let) (\w+)"
    names = Counter(re.findall(named, sources, re.MULTILINE))

    assert [name for name, count in names.items() if count > 1] == []


def test_page_names_no_address_of_its_own() -> None:
    html = page([Article(sample_brief(), SAMPLE)], review=True)

    assert set(re.findall(r"https?://[^\s\"'<\\]+", html)) <= {
        "https://example.org/drones",
        "http://www.w3.org/2000/svg",
    }
    assert not re.search(r"<(?:link|img|iframe|object|embed|base|form)\b", html)


# Size


def test_script_and_style_keep_to_their_budget() -> None:
    assert len(script(Shape()).encode()) <= 40 * KILOBYTE
    assert len(style(Shape()).encode()) <= 12 * KILOBYTE


def test_an_article_takes_less_than_25_kilobytes() -> None:
    articles = gold_articles()

    size = len(page([*articles * 20]).encode()) / (len(articles) * 20)

    assert size < 25_000


# Colours


def variables() -> dict[str, tuple[str, str]]:
    pairs = re.findall(r"--([\w-]+):light-dark\((#\w{6}),(#\w{6})\)", style(Shape()))
    return {name: (light, dark) for name, light, dark in pairs}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT = "ink muted actor event pledge partial filled lowered rejected reviewed focus".split()
LINES = "line actor event pledge focus".split()


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("names", "ground", "least"),
    [
        (TEXT, "pane", 4.5),
        (["ink", "muted"], "page", 4.5),
        (["ink", "muted"], "hover", 4.5),
        (["ink"], "hit", 4.5),
        (["on-lit"], "lit", 4.5),
        (["on-lit", "ink"], "also", 4.5),
        (["pane"], "focus", 4.5),
        (LINES, "pane", 3.0),
        (["actor", "event", "pledge"], "lit", 3.0),
        (["actor", "event", "pledge"], "also", 3.0),
    ],
)
def test_colours_have_contrast(scheme: int, names: list[str], ground: str, least: float) -> None:
    colours = variables()
    found = {n: round(contrast(colours[n][scheme], colours[ground][scheme]), 1) for n in names}

    assert {name: ratio for name, ratio in found.items() if ratio < least} == {}


def test_every_colour_is_one_of_the_variables() -> None:
    source = style(Shape(dossier=True, review=True))
    outside = re.sub(r"--[\w-]+:[^;]+;", "", source)

    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b(?=[;}\s,)])", outside)) <= {"#0008"}
    used = set(re.findall(r"var\(--([\w-]+)\)", source))
    assert used <= {*variables(), "serif"}


def test_nothing_is_set_smaller_than_13_pixels() -> None:
    screen = style(Shape(dossier=True, review=True)).split("@media print")[0]

    assert min(map(int, re.findall(r"(?:font-size|font):[^;{}]*?(\d+)px", screen))) >= 13
