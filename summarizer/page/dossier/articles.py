"""The articles: the dossier's reports in, a row each with what it tells and whom it repeats out."""

from __future__ import annotations

from collections import Counter

from summarizer.dossier import Dossier
from summarizer.page.dossier.conflicts import all_conflicts, group_of
from summarizer.page.dossier.shapes import ArticleRow, NewsRow, Shared
from summarizer.page.dossier.sources import Sources, told_records


def article_rows(dossier: Dossier, sources: Sources) -> list[ArticleRow]:
    """Return the reports by their numbers on the page."""
    events, pledges, actors = (
        Counter(member.document for record in records for member in record.members)
        for records in (dossier.events, dossier.pledges, dossier.actors)
    )
    conflicts = Counter(
        document
        for _, conflict in all_conflicts(dossier)
        if group_of(conflict) == "fact"
        for document in {document for value in conflict.values for document in value.documents}
    )
    rows = [
        ArticleRow(
            n=sources.number(source.document.id),
            id=source.document.id,
            reliability=source.reliability,
            events=events[source.document.id],
            pledges=pledges[source.document.id],
            actors=actors[source.document.id],
            conflicts=conflicts[source.document.id],
            title=source.document.title,
            publisher=source.document.publisher,
            published=source.document.published,
            basis=None
            if source.document.published_basis == "none"
            else source.document.published_basis,
            shown=sources.shows(source.document.id),
        )
        for source in dossier.documents
    ]
    return sorted(rows, key=lambda row: row["n"])


def shared_origins(dossier: Dossier, sources: Sources) -> list[Shared]:
    """Return whom several reports repeat, the most repeated first."""
    documents: dict[str, set[str]] = {}
    records: Counter[str] = Counter()
    for record in told_records(dossier):
        told: dict[str, set[str]] = {}
        for account in record.accounts:
            told.setdefault(account.origin, set()).add(account.document)
        for origin, those in told.items():
            if len(those) > 1:
                documents.setdefault(origin, set()).update(those)
                records[origin] += 1
    return [
        Shared(
            origin=sources.origin(origin) or "",
            articles=sources.numbers(documents[origin]),
            records=count,
        )
        for origin, count in sorted(records.items(), key=lambda entry: (-entry[1], entry[0]))
    ]


def news_rows(dossier: Dossier) -> list[NewsRow] | None:
    """Return what is different since an earlier dossier, or None if it wasn't compared."""
    if dossier.since is None:
        return None
    return [
        NewsRow(change=change.kind, kind=change.record_kind, name=change.name, detail=change.detail)
        for change in dossier.since
    ]
