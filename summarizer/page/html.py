"""Put the page together: static text, data as JSON, one style, one script, and who may run what."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from summarizer.language.countries import by_code
from summarizer.page.choices import choices
from summarizer.page.data import Article, fits_html, own_text
from summarizer.segment.boundaries import paragraphs

SCRIPTS = ("text", "marks", "records", "filter", "dossier", "review", "start")
"""The script's parts in their order; they share one scope. A page has those that it needs."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_NOTE_LINE = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)
_CSS_NOTE = re.compile(r"/\*.*?\*/\s*|^\s+", re.MULTILINE | re.DOTALL)
_CSS_SPACE = re.compile(r'("[^"]*")|\s*([{};])\s*|(:(?=[^{}]*\})|,) ')
_JOINERS = "\u200c\u200d"  # they are part of spelling, unlike other invisible characters
_HALF = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a page is made for: a dossier's views, a review."""

    dossier: bool = False
    review: bool = False

    @property
    def without(self) -> frozenset[str]:
        """The parts of script and style that such a page does without."""
        parts = {"dossier": self.dossier, "review": self.review}
        return frozenset(part for part, there in parts.items() if not there)


@cache
def script(shape: Shape) -> str:
    """Return the one script of such a page: its parts in one scope, without their comments."""
    names = [name for name in SCRIPTS if name not in shape.without]
    parts = "".join(_NOTE_LINE.sub("", _asset(f"{name}.js")) for name in names)
    return f"(() => {{\n'use strict';\n{parts}}})();\n"


@cache
def style(shape: Shape) -> str:
    """Return the one style sheet of such a page, without its comments."""
    names = [name for name in ("page", "dossier", "review") if name not in shape.without]
    sheets = "".join(_CSS_NOTE.sub("", _asset(f"{name}.css")) for name in names)
    return _CSS_SPACE.sub(r"\1\2\3", sheets)


def _asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text("utf-8")


@cache
def policy(shape: Shape) -> str:
    """Return the Content-Security-Policy: our script and style, and for a review our server."""
    rules = [
        "default-src 'none'",
        f"script-src '{_digest(script(shape))}'",
        f"style-src '{_digest(style(shape))}'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        *(["connect-src 'self'"] if shape.review else []),
    ]
    return "; ".join(rules)


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"


def whole(
    articles: Sequence[Article],
    data: Sequence[Mapping[str, Any]],
    views: Mapping[str, Any] | None,
    *,
    review: bool,
) -> str:
    """Return the file: *data* is that of each article, *views* that of the dossier."""
    shape = Shape(dossier=views is not None, review=review)
    names = [one_line(each.brief.document.title or each.brief.document.id) for each in articles]
    title = _title(names, shape)
    return "".join(
        (
            *_head(title, shape),
            '<body data-tab="records" data-view="articles">\n',
            _bar(title, names, data),
            _panes(articles, names),
            _foot(shape),
            *(_json(each, id=each["id"], kind="article") for each in data),
            *([_json(views, id="dossier")] if views is not None else []),
            *([_json(choices(), id="choices")] if review else []),
            f"<script>{script(shape)}</script>\n</body>\n</html>\n",
        )
    )


def as_text(text: str) -> str:
    """Return *text* as HTML that comes out of a parser as it went in, quotation marks too."""
    return escape(_HALF.sub("\ufffd", text)).replace("\r", "&#13;")


def one_line(text: str) -> str:
    """Return *text* as one line without invisible marks, where no element can isolate it."""
    kept = (
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text
        if unicodedata.category(char) != "Cf" or char in _JOINERS
    )
    return " ".join("".join(kept).split())


def _json(data: object, *, id: str, kind: str = "data") -> str:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=False)
    safe = _HALF.sub(_escaped, text.replace("<", "\\u003c"))
    return f'<script type="application/json" class="{kind}" id="{id}">{safe}</script>\n'


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _title(names: Sequence[str], shape: Shape) -> str:
    if len(names) == 1 and not shape.dossier:
        return names[0]
    return f"{'Dossier of ' * shape.dossier}{len(names)} report{'s' * (len(names) != 1)}"


def _head(title: str, shape: Shape) -> Iterator[str]:
    yield "<!doctype html>\n"
    yield '<html lang="en">\n<head>\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy(shape)}">\n'
    yield '<meta charset="utf-8">\n'
    yield '<meta name="generator" content="summarizer">\n'  # by which reading tells its own pages
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    if shape.review:
        yield '<meta name="summarizer-review" content="on">\n'
    yield f"<title>{as_text(title)}</title>\n"
    yield f"<style>{style(shape)}</style>\n</head>\n"


def _bar(title: str, names: Sequence[str], data: Sequence[Mapping[str, Any]]) -> str:
    articles = "".join(
        f'<option value="{n}">{n}. {as_text(name)}</option>' for n, name in enumerate(names, 1)
    )
    hidden = "" if len(names) > 1 else " hidden"
    return f"""\
<a class="skip" href="#records">Skip to the records</a>
<a class="skip" href="#articles">Skip to the article</a>
<header id="bar">
<div id="head"><h1 id="title" dir="auto">{as_text(title)}</h1>
<p id="about"></p></div>
<div id="which">
<button type="button" id="back" hidden>Dossier</button>
<span id="turn"{hidden}><button type="button" id="prev">Previous</button>
<label><span class="off">Article</span> <select id="pick">{articles}</select></label>
<button type="button" id="next">Next</button></span>
<button type="button" id="print">Print</button>
<button type="button" id="theme">Dark</button>
<button type="button" id="help">Keys</button>
</div>
<search id="find" role="search" aria-label="Search and filters">
<input type="search" id="search" placeholder="Search records and text" \
aria-label="Search records and text" autocomplete="off" spellcheck="false">
<button type="button" id="filters-on" aria-expanded="false" aria-controls="selects">Filters</button>
<span id="selects">{_selects(data)}</span>
<span id="shown"></span> <span id="hits"></span>
<button type="button" id="clear" hidden>Clear</button>
</search>
</header>
<p id="notice" hidden></p>
<nav id="tabs" aria-label="Panes"><button type="button" value="records">Records</button>\
<button type="button" value="article">Article</button></nav>
"""


_KINDS = (
    ("summary", "summary"),
    ("pledge", "pledges"),
    ("event", "events"),
    ("actor", "actors"),
    ("out", "not in the brief"),
)
_STATES = (
    ("supported", "borne out"),
    ("partial", "partly borne out"),
    ("filled", "by rule"),
    ("lowered", "lowered"),
    ("reviewed", "reviewed"),
    ("undecided", "not reviewed"),
)


def _selects(data: Sequence[Mapping[str, Any]]) -> str:
    records = [record for each in data for record in each["records"]]
    found = Counter(country for record in records for country in record.get("countries", ()))
    speakers = Counter(r.get("speaker") for r in records if r["kind"] in ("event", "pledge"))
    own = [("-", "the report itself")] if speakers.pop(None, None) else []
    countries = [(code, by_code()[code].name if code in by_code() else code) for code in found]
    return (
        _select("kind", "Kind", _KINDS)
        + _select("state", "Support", _STATES)
        + _select("country", "Country", sorted(countries, key=lambda each: each[1]))
        + _select("speaker", "Speaker", [*own, *((f"={s}", one_line(s)) for s in sorted(speakers))])
    )


def _select(id: str, name: str, options: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        f'<option value="{as_text(value)}">{as_text(told)}</option>' for value, told in options
    )
    return (
        f'<label><span class="name">{name}</span> <select id="f-{id}">'
        f'<option value="">all</option>{listed}</select></label>\n'
    )


def _panes(articles: Sequence[Article], names: Sequence[str]) -> str:
    reports = "".join(
        _report(number, article, name)
        for number, (article, name) in enumerate(zip(articles, names, strict=True), start=1)
    )
    return f"""\
<main>
<section id="views" aria-label="Dossier" tabindex="-1"></section>
<section id="articles" aria-label="Article" tabindex="-1">
{reports}<div id="mark" role="group" aria-label="The words marked" hidden></div>
</section>
<section id="records" aria-label="Records" tabindex="-1">
<div id="jump" role="toolbar" aria-label="Jump to"></div>
<div id="cards"></div>
<div id="sheet" role="group" aria-label="The words in the text" hidden>
<p id="sentence" dir="auto"></p>
<button type="button" id="open-text">Open text</button>
<button type="button" id="close-sheet">Close</button></div>
<div id="tools" role="group" aria-label="The value chosen" hidden></div>
</section>
</main>
"""


def _report(number: int, article: Article, name: str) -> str:
    """Return an article's text as it stays in the file; only the first one is on view."""
    text = own_text(article)
    language = article.brief.document.language or ""
    lang = f' lang="{language}"' if _LANGUAGE.fullmatch(language) else ""
    hidden = "" if number == 1 else ' hidden="until-found"'
    return (
        f'<article class="report" id="t{number}"{lang}{hidden}><div class="gutter" '
        f'aria-hidden="true"></div><div class="text" tabindex="0" role="group" '
        f'aria-label="{as_text(name)}">{_text(text)}</div></article>\n'
    )


def _text(text: str | None) -> str:
    """Return the paragraphs, and what stands between them as bare text: together, the text."""
    if text is None or not fits_html(text):
        return ""
    parts, at = [], 0
    for start, end in paragraphs(text):
        parts.append(as_text(text[at:start]))
        parts.append(f'<p dir="auto">{as_text(text[start:end])}</p>')
        at = end
    return "".join((*parts, as_text(text[at:])))


def _foot(shape: Shape) -> str:
    rows = "".join(
        f"<tr><th><kbd>{as_text(key)}</kbd></th><td>{does}</td></tr>"
        for key, does in (*_KEYS, *(_REVIEW_KEYS if shape.review else ()))
    )
    return f"""\
<footer id="foot"><span id="says" role="status"></span><span id="saved"></span>\
<span id="alert" role="alert"></span></footer>
<div id="rests" popover role="dialog" aria-label="Values resting on these words"></div>
<dialog id="keys" aria-labelledby="h-keys"><h2 id="h-keys">Keys</h2>
<table>{rows}</table>
<label><input type="checkbox" id="letters" checked> single letters act in the panes</label>
<button type="button" id="close-keys">Close</button></dialog>
<dialog id="ask" aria-label="Choose"></dialog>
"""


_KEYS = (
    ("j k ↓ ↑", "next, previous value; in the text j k → ← walk the cited words"),
    ("J K", "next, previous record; in the text the next, previous sentence"),
    ("Enter", "light the value’s words, again: its next citation; in the text: list the values"),
    ("F6", "to the other pane"),
    ("[ ]", "previous, next article"),
    ("/", "search; Enter: next hit in the text"),
    ("Esc", "leave a mode, clear the light"),
)
_REVIEW_KEYS = (
    ("a x", "accept, reject the value; again: undo"),
    ("A X", "accept, reject the whole record"),
    ("c", "correct: mark other words"),
    ("e", "choose another code"),
    ("v", "add a value to the record: which, then mark its words"),
    ("n", "add a record: mark its words, then its kind"),
    ("u", "undo my last decision"),
    (".", "next undecided value"),
)
