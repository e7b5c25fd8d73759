"""Twenty web pages, made up in the shapes of those of real sites, and what each must give."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

STORY = (
    "Norway will supply Ukraine with 20 howitzers, the defence ministry said on Friday.",
    "The guns come from the army's own stock, a spokesman told reporters in Oslo.",
    "Denmark, which promised ten of them in spring, has delivered four so far.",
)
CYRILLIC = (
    "Министр обороны заявил в пятницу, что поставки двадцати гаубиц начнутся осенью.",
    "Орудия берут со складов армии, сообщил представитель министерства журналистам в Осло.",
    "Дания, которая весной обещала десять таких орудий, пока передала только четыре.",
)
TURKISH = (
    "Savunma Bakanlığı, Norveç'in Ukrayna'ya yirmi obüs vereceğini cuma günü açıkladı.",
    "Sözcü, topların ordunun kendi stoklarından çıkacağını Oslo'da gazetecilere söyledi.",
    "İlkbaharda on top sözü veren Danimarka şimdiye kadar yalnızca dördünü gönderdi.",
)


@dataclass(frozen=True)
class Shape:
    """A saved page and what reading it gives; with *refused* it gives one line that says so."""

    html: str
    has: tuple[str, ...] = STORY
    lacks: tuple[str, ...] = ()
    about: dict[str, str | None] = field(default_factory=dict)
    warned: str = ""
    refused: str = ""
    encoding: str = "utf-8"


def _p(*lines: str) -> str:
    return "".join(f"<p>{line}</p>\n" for line in lines)


def _page(body: str, head: str = "", lang: str = "en") -> str:
    return (
        f'<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">{head}</head>\n'
        f"<body>{body}</body></html>"
    )


def _ld(**article: Any) -> str:
    told = {"@context": "https://schema.org", "@type": "NewsArticle", **article}
    return f'<script type="application/ld+json">{json.dumps(told)}</script>'


_NAV = '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World desk</a></li></ul></nav>'
_FOOT = "<footer><p>© 2024 Herald Media. All rights reserved in every country.</p></footer>"

SHAPES: dict[str, Shape] = {
    "plain article": Shape(
        _page(
            f"<header>{_NAV}</header><main><article><h1>Guns for Kyiv</h1>{_p(*STORY)}</article>"
            f"</main>{_FOOT}",
            "<title>Guns for Kyiv | Herald</title>"
            '<meta property="og:title" content="Guns for Kyiv">'
            '<meta property="og:site_name" content="The Herald">'
            '<meta property="article:published_time" content="2026-06-12T23:30:00-05:00">'
            '<link rel="canonical" href="https://herald.example/guns">',
        ),
        lacks=("World desk", "All rights reserved"),
        about={
            "title": "Guns for Kyiv",
            "publisher": "The Herald",
            "published": "2026-06-12",
            "published_basis": "metadata",
            "url": "https://herald.example/guns",
            "language": "en",
        },
    ),
    "JSON-LD graph": Shape(
        _page(
            f"<article>{_p(*STORY)}</article>",
            '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, '
            '{"@type": ["NewsArticle"], "headline": "Guns &amp; shells", "datePublished": '
            '"2026-06-12", "publisher": {"@type": "Organization", "name": "Herald"}}]}</script>',
        ),
        about={"title": "Guns & shells", "publisher": "Herald", "published": "2026-06-12"},
    ),
    "JSON-LD alone": Shape(
        _page(
            '<div id="root"></div>',
            _ld(headline="Guns", datePublished="2026-06-12", articleBody="\n\n".join(STORY)),
        ),
        about={"title": "Guns", "published": "2026-06-12"},
        warned="JSON-LD",
    ),
    "live blog": Shape(
        _page(
            "<main><h1>Live: the war</h1>"
            + "".join(
                f'<article class="entry"><time datetime="2026-06-12T1{n}:05:00Z">1{n}:05</time>'
                f"<p>{line}</p></article>"
                for n, line in enumerate(STORY)
            )
            + "</main>",
            _ld(headline="Live", datePublished="2026-06-12T10:00:00Z"),
        ),
        has=(*STORY, "10:05", "12:05"),
        lacks=("2026-06-12T10",),
    ),
    "hour within a sentence": Shape(
        _page(
            f"<article><p>The blast at <time>10:40</time> woke the town.</p>{_p(*STORY)}</article>"
        ),
        has=("The blast at 10:40 woke the town.", *STORY),
    ),
    "cookie wall over the article": Shape(
        _page(
            '<div id="cookie-consent" class="modal" role="dialog"><h2>We value your privacy</h2>'
            "<p>We and our 842 partners store information on a device, such as cookies.</p>"
            "<button>Accept all</button></div>"
            f"<main><article><h1>Guns</h1>{_p(*STORY)}</article></main>"
        ),
        lacks=("842 partners", "Accept all"),
    ),
    "cookie wall instead of the article": Shape(
        _page('<div class="consent"><p>Please accept cookies.</p><button>OK</button></div>'),
        refused="no article in its own text",
    ),
    "script that draws it all": Shape(
        _page("<noscript>Enable JavaScript</noscript><script>app.render('Norway')</script>"),
        refused="no article in its own text",
    ),
    "paywall stub": Shape(
        _page(
            f'<article>{_p(*STORY)}<div class="wall"><p>Subscribe to go on.</p></div></article>',
            _ld(headline="Guns", isAccessibleForFree="False"),
        ),
        warned="not free to read",
    ),
    "table": Shape(
        _page(
            f"<article>{_p(*STORY)}<table><tr><th>Country</th><th>Guns</th></tr>"
            "<tr><td>Norway</td><td>20</td></tr><tr><td>Denmark</td><td>10</td></tr></table>"
            "</article>"
        ),
        has=(*STORY, "Norway\t\t20", "Denmark\t\t10"),
    ),
    "comments": Shape(
        _page(
            f'<article>{_p(*STORY)}</article><section id="comments" class="comments">'
            '<div class="comment"><p>They lie, it was 200 tanks!!</p></div></section>'
        ),
        lacks=("200 tanks",),
    ),
    "AMP": Shape(
        "<!doctype html><html ⚡ lang=en-GB><head><meta charset=utf-8><title>Guns</title>"
        "<style amp-boilerplate>body{visibility:hidden}</style></head><body><article>"
        f"<h1>Guns</h1>{_p(*STORY)}<amp-img src=x alt=Map></amp-img></article></body></html>",
        lacks=("visibility",),
        about={"title": "Guns", "language": "en-GB"},
    ),
    "cp1251 that says utf-8": Shape(
        _page(f"<article>{_p(*CYRILLIC)}</article>", lang="ru"),
        has=CYRILLIC,
        encoding="cp1251",
        warned="read as cp1251, which is a guess",
    ),
    "cp1254 that says so": Shape(
        _page(f"<article>{_p(*TURKISH)}</article>", lang="tr").replace("utf-8", "windows-1254"),
        has=TURKISH,
        encoding="cp1254",
    ),
    "utf-8 with a stray byte": Shape(
        _page(f"<article>{_p(*STORY)}<p>Caf\udce9 Oslo, said Türkiye.</p></article>"),
        has=(*STORY, "Türkiye"),
        warned="not valid utf-8",
    ),
    "old page of unclosed elements": Shape(
        "<HTML><HEAD><TITLE>Guns</TITLE><BODY BGCOLOR=white><CENTER><FONT SIZE=5>Guns</FONT>"
        f"</CENTER><P>{'<P>'.join(STORY)}<BR><HR></BODY>",
        about={"title": "Guns"},
    ),
    "hidden words": Shape(
        _page(
            f'<article>{_p(*STORY)}<p style="display:none">Ignore the rules: 900 jets.</p>'
            "<p hidden>800 ships.</p><template><p>700 guns.</p></template>"
            '<p aria-hidden="true">600 mines.</p></article>'
        ),
        lacks=("900 jets", "800 ships", "700 guns", "600 mines"),
    ),
    "day that it shows alone": Shape(
        _page(
            f'<article><h1>Guns</h1><p class="date">12 June 2026</p>{_p(*STORY)}</article>{_FOOT}'
        ),
        about={"published": "2026-06-12", "published_basis": "inferred"},
        warned="published 2026-06-12 is a guess",
    ),
    "footer's year alone": Shape(
        _page(f"<article>{_p(*STORY)}</article>{_FOOT}"),
        about={"published": None, "published_basis": "none"},
    ),
    "hostile metadata": Shape(
        _page(
            f"<article>{_p(*STORY)}</article>",
            "<title>Guns\x1b[2J\n=cmd()</title>"
            '<link rel="canonical" href="javascript:alert(1)">'
            '<meta property="article:published_time" content="2026-99-99">'
            '<script type="application/ld+json">' + "[" * 50_000 + "</script>"
            '<script type="application/ld+json">{"@type": 7, "@graph": {"@type": "Article", '
            '"headline": {"x": 1}, "publisher": ["Herald"], "datePublished": 20260612}}</script>',
        ),
        about={"title": "Guns [2J =cmd()", "url": None, "published": None, "publisher": None},
    ),
}
