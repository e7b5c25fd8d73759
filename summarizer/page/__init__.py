"""One HTML file for briefs and a dossier: it opens from disk and asks the network for nothing.

Words of articles and models are data here as everywhere: they stand in the file as escaped text
or as JSON, and the script only ever sets them as text. A Content-Security-Policy in the file lets
nothing run but the script it was written with.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from summarizer.brief import Brief
from summarizer.dossier import Dossier
from summarizer.page.data import Article, article_data
from summarizer.page.dossier import Shown, dossier_data
from summarizer.page.html import whole

__all__ = ["Article", "notebook", "page"]


def page(
    articles: Sequence[Article], dossier: Dossier | None = None, *, review: bool = False
) -> str:
    """Return the page that shows *articles* and, where there is one, the views of *dossier*.

    Without the text of an article its records come with their quotes. With *review* the page talks
    to the server that it came from, and to nobody else.
    """
    data = [article_data(n, each, review=review) for n, each in enumerate(articles, start=1)]
    views = None
    if dossier is not None:
        shown = {
            each.brief.document.id: Shown(n, each.brief, data[n - 1]["sentences"])
            for n, each in enumerate(articles, start=1)
        }
        views = dossier_data(dossier, shown)
    return whole(articles, data, views, review=review)


def notebook(shown: Brief | Dossier) -> str:
    """Return what a notebook shows of a brief or dossier: its page in a frame of its own.

    The records come with their quotes, as the text is not at hand. The frame runs the page's own
    script and reaches neither the notebook nor the network.
    """
    html = page((), shown) if isinstance(shown, Dossier) else page([Article(shown, None)])
    frame = 'sandbox="allow-scripts" style="width:100%;height:40rem;border:1px solid #8c8a84"'
    return f'<iframe {frame} srcdoc="{escape(html)}"></iframe>'
