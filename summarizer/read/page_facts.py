"""Read what a web page says of itself: JSON-LD first, then its ``meta`` elements, then the rest.

What is written there is the page's word and nobody's else; a date that only htmldate finds in what
the page shows is marked as inferred.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from summarizer.read.metadata import Metadata, as_date, as_line, as_url

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree

_ARTICLE = re.compile(r"(?:Article|Posting|Report|Coverage)$")
_MAX_JSON = 2_000_000  # characters of all JSON-LD of a page together
_MAX_DATED = 500_000  # characters of a page in which a date is looked for
_MAX_NODES = 10_000
_DATES = (
    *("article:published_time", "og:article:published_time", "datepublished", "date"),
    *("dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "parsely-pub-date"),
    *(
        "pubdate",
        "publish-date",
        "publishdate",
        "sailthru.date",
        "article.published",
        "cxenseparse:recs:publishtime",
    ),
)
_TITLES = ("og:title", "twitter:title", "dc.title")
_PUBLISHERS = ("og:site_name", "application-name", "dc.publisher")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")


TOLD_BY = ("html", "meta", "link", "script", "time")
Elements = dict[str | None, list[Any]]
"""The elements of a page by name, those of ``TOLD_BY``, in order of the page."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page tells of its article; ``body`` is its text where JSON-LD has it."""

    about: Metadata
    free: bool
    body: str | None


def facts_of(tree: HTMLTree, elements: Elements) -> Facts:
    """Return what the page says of itself; what is malformed is as if it weren't there."""
    article = _article(elements)
    meta = _meta(elements)
    published = as_date(article.get("datePublished")) or next(
        filter(None, (as_date(meta.get(name)) for name in _DATES)), None
    )
    basis = "metadata"
    if published is None and (published := _found_date(tree)):
        basis = "inferred"
    publisher = article.get("publisher")
    named = publisher.get("name") if isinstance(publisher, Mapping) else publisher
    about = {
        "title": _first(article.get("headline"), *_of(meta, _TITLES), tree.title),
        "publisher": _first(named, *_of(meta, _PUBLISHERS)),
        "url": _address(elements, article, meta),
        "language": _language(elements),
        "published": published,
        "published_basis": basis if published else None,
    }
    body = article.get("articleBody")
    paid = str(article.get("isAccessibleForFree", True)).rpartition("/")[2].casefold() == "false"
    return Facts(
        Metadata.model_validate(about),
        free=not paid,
        body=html.unescape(body) if isinstance(body, str) else None,
    )


def _of(meta: Mapping[str, str], names: tuple[str, ...]) -> Iterator[str | None]:
    return (meta.get(name) for name in names)


def _first(*values: object) -> str | None:
    lines = (as_line(html.unescape(v)) if isinstance(v, str) else None for v in values)
    return next(filter(None, lines), None)


def _article(elements: Elements) -> Mapping[str, Any]:
    """Return the first article in the page's JSON-LD, be it in a list or a graph."""
    left = _MAX_JSON
    for script in elements["script"]:
        if (script.getattr("type") or "").strip().casefold() != "application/ld+json":
            continue
        text = script.text or ""
        left -= len(text)
        if left < 0:
            break
        try:
            # Pages put line ends into strings, and comments around the whole.
            stack: list[Any] = [json.loads(_bare(text), strict=False)]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while stack and (seen := seen + 1) <= _MAX_NODES:
            value = stack.pop()
            if isinstance(value, list):
                stack += reversed(value)
            elif isinstance(value, dict):
                kinds = value.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds):
                    return value
                stack += [value[key] for key in ("mainEntity", "@graph") if key in value]
    return {}


def _bare(text: str) -> str:
    text = text.strip()
    for start, end in (("<!--", "-->"), ("/*<![CDATA[*/", "/*]]>*/"), ("//<![CDATA[", "//]]>")):
        text = text.removeprefix(start).removesuffix(end).strip()
    return text


def _meta(elements: Elements) -> dict[str, str]:
    """Return the page's ``meta`` elements by name, the first of each; also those of microdata."""
    known: dict[str, str] = {}
    for element in elements["meta"]:
        for attribute in ("property", "name", "itemprop"):
            name = (element.getattr(attribute) or "").strip().casefold()
            if name and (value := element.getattr("content")):
                known.setdefault(name, value)
    return known


def _address(elements: Elements, article: Mapping[str, Any], meta: Mapping[str, str]) -> str | None:
    own = next(
        (link.getattr("href") for link in elements["link"] if link.getattr("rel") == "canonical"),
        None,
    )
    return as_url(own) or as_url(meta.get("og:url")) or as_url(article.get("url"))


def _language(elements: Elements) -> str | None:
    told = next((root.getattr("lang") for root in elements["html"]), None) or ""
    if not _LANGUAGE.match(told.strip()):
        return None
    first, _, rest = told.strip().replace("_", "-").partition("-")
    return f"{first.lower()}-{rest}" if rest else first.lower()


def _found_date(tree: HTMLTree) -> str | None:
    """Return the day that htmldate finds in what the page shows, with its narrow search alone.

    The wide one takes the footer's year, or the day of an event that the article tells of.
    """
    source = str(tree)
    if len(source) > _MAX_DATED:
        return None
    from htmldate import find_date

    return as_date(find_date(source, original_date=True, extensive_search=False))
