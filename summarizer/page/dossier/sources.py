"""Where the words of a dossier stand on the page: citations in, sentences with lit words out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from summarizer.brief import Brief, Citation, Event, Pledge
from summarizer.dossier import Account, Dossier, DossierCitation, FusedEvent, FusedPledge
from summarizer.errors import InputError
from summarizer.names import fold
from summarizer.page.dossier.shapes import Passage, Telling
from summarizer.values import values_of


@dataclass(frozen=True, slots=True)
class Shown:
    """An article of the page: its number there, its brief, and where its sentences stand.

    ``sentences`` is empty where the page has no text of it.
    """

    number: int
    brief: Brief | None = None
    sentences: Sequence[tuple[int, int]] = ()


class Sources:
    """The articles that a dossier cites, by their ids."""

    def __init__(self, dossier: Dossier, shown: Mapping[str, Shown]) -> None:
        infos = [source.document for source in dossier.documents]
        spare = max((article.number for article in shown.values()), default=0)
        self._articles: dict[str, Shown] = {}
        for info in infos:
            article = shown.get(info.id)
            if article is None:
                spare += 1
                article = Shown(spare)
            elif article.brief is None or article.brief.document.sha256 != info.sha256:
                article = Shown(article.number)
            self._articles[info.id] = article
        self._records = dict(self._same_records(dossier))
        voices = [name for a in _accounts(dossier) for name in (a.speaker, a.via) if name]
        voices += [info.publisher for info in infos if info.publisher]
        self._origins = {fold(name): name for name in voices}
        self._origins |= {actor.id: actor.name for actor in dossier.actors}
        self._own = {"", *(f"document {info.sha256[:12]}" for info in infos)}

    def _same_records(self, dossier: Dossier) -> Iterator[tuple[tuple[str, str], Event | Pledge]]:
        """Yield the briefs' records that the dossier was made of; a later run may number anew."""
        briefs = {id_: article.brief for id_, article in self._articles.items()}
        numbered: dict[tuple[str, str], Event | Pledge] = {}
        for id_, brief in briefs.items():
            if brief:
                numbered |= {(id_, event.id): event for event in brief.events}
                numbered |= {(id_, pledge.id): pledge for pledge in brief.pledges}
        for account in _accounts(dossier):
            key = account.document, account.record
            if key in numbered and _spans(numbered[key]) == _spans(account):
                yield key, numbered[key]

    def number(self, document: str) -> int:
        """Return the article's number on the page; those that it doesn't show follow the others."""
        return self._article(document).number

    def shows(self, document: str) -> bool:
        """Tell whether the page holds the brief that the dossier was made of."""
        return self._article(document).brief is not None

    def numbers(self, documents: Iterable[str]) -> list[int]:
        """Return the numbers of articles in order."""
        return sorted(map(self.number, documents))

    def origin(self, origin: str) -> str | None:
        """Return the name of whom words go back to, None for the article that tells them."""
        return None if origin in self._own else self._origins.get(origin, origin)

    def words_of(
        self,
        document: str,
        record: str,
        fields: Iterable[str],
        otherwise: Iterable[DossierCitation] = (),
    ) -> tuple[Citation, ...]:
        """Return what the *fields* of a record of a brief rest on; *otherwise* without the brief.

        A dossier often cites only the whole record where reports differ on a field of it.
        """
        found = self._records.get((document, record))
        if found is None:
            return tuple(c for c in otherwise if c.document == document)
        return tuple(_of_fields(found, frozenset(fields)))

    def _article(self, document: str) -> Shown:
        if document not in self._articles:
            raise InputError(f"the dossier cites {document}, which is not among its documents")
        return self._articles[document]

    def accounts(
        self,
        accounts: Sequence[Account],
        fields: Sequence[str],
        otherwise: Sequence[DossierCitation],
    ) -> list[Telling]:
        """Return how each report tells a record, with the words of *fields* lit."""
        tellings: list[Telling] = []
        for told in accounts:
            lit = self.words_of(told.document, told.record, fields, otherwise)
            telling = self.telling(
                told.document,
                told.record,
                (*told.citations, *lit),
                lit=lit,
                said=said(told),
                origin=self.origin(told.origin) if len(accounts) > 1 else None,
            )
            tellings.append(telling)
        return sorted(tellings, key=lambda telling: telling["n"])

    def telling(
        self,
        document: str,
        record: str,
        citations: Sequence[Citation],
        *,
        lit: Sequence[Citation] | None = None,
        said: str = "",
        origin: str | None = None,
    ) -> Telling:
        """Return the sentences of *citations*, in which the *lit* words (else all) stand out.

        Words that fill their sentences are not lit: where all is lit nothing is.
        """
        article = self._article(document)
        passages, quotes = _passages(article.sentences, citations)
        full = {(start, end) for _, start, end in passages}
        main = [end > citations[0].start for _, _, end in passages].index(True)
        spans = _joined((c.start, c.end) for c in (citations if lit is None else lit))
        return Telling(
            n=article.number,
            record=record,
            cites=[
                (start, end)
                for start, end in spans
                if not all(
                    start <= first and last <= end
                    for first, last in full
                    if first < end and start < last
                )
            ],
            passages=passages,
            main=main or None,
            said=said or None,
            origin=origin,
            quotes=quotes,
        )


def _accounts(dossier: Dossier) -> Iterator[Account]:
    return chain.from_iterable(record.accounts for record in told_records(dossier))


def told_records(dossier: Dossier) -> tuple[FusedEvent | FusedPledge, ...]:
    """Return the records that reports give accounts of."""
    return (*dossier.events, *dossier.pledges)


def said(account: Account) -> str:
    """Return whose word an account is: "Bloomberg, citing Turkish officials"."""
    return ", citing ".join(name for name in (account.speaker, account.via) if name)


def _spans(record: Event | Pledge | Account) -> set[tuple[int, int]]:
    return {(c.start, c.end) for c in record.citations}


def _of_fields(record: Event | Pledge, fields: frozenset[str]) -> Iterator[Citation]:
    for value in values_of(record):
        if value.field in fields:
            yield from value.citations


def _passages(
    sentences: Sequence[tuple[int, int]], citations: Sequence[Citation]
) -> tuple[list[Passage], list[str] | None]:
    """Return the sentences that *citations* touch; the cited words themselves without a text."""
    if sentences:
        starts = [start for start, _ in sentences]
        touched = {
            number
            for c in citations
            for number in range(bisect_right(starts, c.start) or 1, bisect_left(starts, c.end) + 1)
            if c.start < sentences[number - 1][1]
        }
        return [(number, *sentences[number - 1]) for number in sorted(touched)], None
    quoted: dict[tuple[int, int], Citation] = {}
    for c in sorted(citations, key=lambda c: (c.start, -c.end)):
        if not any(start <= c.start and c.end <= end for start, end in quoted):
            quoted[c.start, c.end] = c
    return [(c.sentence, c.start, c.end) for c in quoted.values()], [
        c.quote for c in quoted.values()
    ]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *spans* in order, those that meet as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
