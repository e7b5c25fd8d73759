"""Who a report goes back to: attributions in, origins and a credibility grade with reason out.

Two papers that relay one story have one origin. Credibility is the Admiralty grade by the rules
of the project's domain notes; it is computed, never asked of a model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summarizer.brief import Attribution, Brief, Participant
from summarizer.dossier import Account, Conflict, Credibility
from summarizer.fuse.entities import Cast, Figure
from summarizer.fuse.words import copied_text
from summarizer.names import fold, word_set

_OFFICIAL = ("official_statement", "document")
# Conflicts of wording do not make a report doubtful; conflicts of fact do.
_FACTUAL = word_set("date place party item quantity status existence")


def find_origin(
    brief: Brief, attribution: Attribution, participants: Sequence[Participant], cast: Cast
) -> str:
    """Return who the words go back to: a figure's id, a name, the publisher or the document.

    The speaker comes first ("Bloomberg, citing officials" goes back to Bloomberg), then whom the
    speaker relays, then a medium that takes part, as in "Bloomberg reported".
    """
    document = brief.document.id
    for told in (attribution.speaker, attribution.via):
        if told:
            figure = _first_named(document, told, cast)
            return figure.id if figure else fold(told)
    for part in participants:
        figure = cast.find_figure(document, part.actor, part.name)
        if figure and "media" in figure.kinds:
            return figure.id
    publisher = brief.document.publisher
    if not publisher:
        return f"document {brief.document.sha256[:12]}"
    figure = cast.find_figure(document, None, publisher)
    return figure.id if figure else fold(publisher)


def _first_named(document: str, told: str, cast: Cast) -> Figure | None:
    """The figure that the phrase names as a whole or up to its first comma or "citing"."""
    for part in (told, re.split(r"[,;(]| citing ", told)[0]):
        figure = cast.find_figure(document, None, re.sub(r"^(?:the|The) ", "", part.strip()))
        if figure:
            return figure
    return None


def merge_copies(accounts: Sequence[Account]) -> tuple[Account, ...]:
    """Give accounts that cite the same long wording the same origin: one is copied."""
    first: dict[str, str] = {}
    alias: dict[str, str] = {}

    def resolve(origin: str) -> str:
        while origin in alias:
            origin = alias[origin]
        return origin

    for account in accounts:
        for citation in account.citations:
            key = copied_text(citation.quote)
            if key is None:
                continue
            one = resolve(first.setdefault(key, account.origin))
            two = resolve(account.origin)
            if one != two:
                alias[max(one, two)] = min(one, two)
    return tuple(a.model_copy(update={"origin": resolve(a.origin)}) for a in accounts)


def grade(accounts: Sequence[Account], conflicts: Iterable[Conflict]) -> Credibility:
    """Return the credibility of a record told by *accounts*."""
    origins = sorted({account.origin for account in accounts})
    documents = {account.document for account in accounts}
    denials = [a for a in accounts if a.realis == "denied" or a.factuality == "CT-"]
    disputed = sorted({c.field for c in conflicts if c.kind in _FACTUAL and c.resolution == "open"})
    if denials and len(denials) < len(accounts):
        return Credibility(grade=5, reason=f"denied in {denials[0].document}, told by others")
    if len(origins) > 1 and not disputed:
        return Credibility(grade=1, reason=f"{len(origins)} independent origins, no open conflict")
    if len(origins) > 1:
        fields = ", ".join(disputed)
        return Credibility(
            grade=3, reason=f"{len(origins)} independent origins that differ on: {fields}"
        )
    kinds = {account.attribution for account in accounts}
    if kinds & {*_OFFICIAL}:
        return Credibility(grade=2, reason=f"one official origin: {origins[0]}")
    if kinds & {"media_report", "state_media", "unnamed_official"}:
        told = f" told by {len(documents)} reports" if len(documents) > 1 else ""
        return Credibility(
            grade=3, reason=f"one origin{told}: {origins[0]}, not an official record"
        )
    if len(documents) > 1 and not disputed:
        return Credibility(grade=2, reason=f"{len(documents)} reports with one origin agree")
    if len(documents) > 1:
        fields = ", ".join(disputed)
        return Credibility(grade=6, reason=f"reports of one origin differ on: {fields}")
    return Credibility(grade=6, reason="one report, nothing to compare it with")
