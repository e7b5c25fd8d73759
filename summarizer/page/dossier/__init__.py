"""The dossier's views: a dossier and the numbers of its articles in, the data that they draw out.

Conflicts come first, then the timeline, the ledger, who with whom, and the articles.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from summarizer.dossier import Dossier
from summarizer.page.dossier.articles import article_rows, news_rows, shared_origins
from summarizer.page.dossier.conflicts import conflict_rows, doubts
from summarizer.page.dossier.ledger import pledge_rows, totals
from summarizer.page.dossier.shapes import DossierData
from summarizer.page.dossier.sources import Shown, Sources
from summarizer.page.dossier.timeline import event_rows, timeline
from summarizer.page.dossier.who import actor_rows, matrix

__all__ = ["DossierData", "Shown", "dossier_data", "views"]


def dossier_data(dossier: Dossier, shown: Mapping[str, Shown]) -> dict[str, Any]:
    """Return the views of *dossier* as plain data for JSON; what is not known is left out.

    *shown* gives the articles that the page holds, by their document ids.
    """
    lean = _lean(views(dossier, shown))
    return dict(lean)


def views(dossier: Dossier, shown: Mapping[str, Shown]) -> DossierData:
    """Return the views of *dossier* with all their fields."""
    sources = Sources(dossier, shown)
    events, places = event_rows(dossier, sources)
    actors = actor_rows(dossier, places, events)
    conflicts = conflict_rows(dossier, sources)
    return DossierData(
        documents=article_rows(dossier, sources),
        shared=shared_origins(dossier, sources),
        actors=actors,
        events=events,
        conflicts=conflicts,
        doubts=doubts(dossier, sources),
        timeline=timeline(events),
        ledger=pledge_rows(dossier, sources),
        totals=totals(dossier),
        who=matrix(actors, events),
        warnings=list(dossier.warnings),
        since=news_rows(dossier),
    )


def _lean(data: Any) -> Any:
    if isinstance(data, dict):
        kept = {name: _lean(value) for name, value in data.items()}
        return {name: v for name, v in kept.items() if v is not None and v is not False}
    return list(map(_lean, data)) if isinstance(data, list | tuple) else data
