"""Actor records: a figure in, its spellings, positions over time and labels out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from summarizer.brief import Actor, Cited
from summarizer.dossier import Conflict, DossierCitation, Entity, Held, Member, Spelling
from summarizer.fuse.conflicts import Telling, build_conflict, cite, distinct
from summarizer.fuse.entities import Figure
from summarizer.fuse.mentions import Mention
from summarizer.names import compare_people, fold, parse_person

Published = Mapping[str, str | None]


def portray(figure: Figure, published: Published) -> Entity:
    """Return the published record of a figure; *published* gives each document's date."""
    mentions = figure.mentions
    kinds = Counter(mention.actor.kind for mention in mentions)
    return Entity(
        id=figure.id,
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        name=figure.name,
        country=min((m.actor.country for m in mentions if m.actor.country), default=None),
        spellings=_spellings(figure),
        ranks=_held(mentions, published, lambda actor: actor.rank),
        positions=_held(mentions, published, lambda actor: actor.position),
        affiliations=_held(mentions, published, lambda actor: actor.affiliation),
        labels=_labels(mentions, published),
        members=tuple(Member(document=m.document, record=m.actor.id) for m in mentions),
        documents=tuple(sorted({m.document for m in mentions})),
        why_merged=figure.reasons,
        doubtful=figure.doubtful,
        conflicts=tuple(c for c in (_naming(figure), _framing(mentions)) if c),
    )


def _naming(figure: Figure) -> Conflict | None:
    tellings = [
        Telling(m.document, m.document, m.actor.name, cite(m.document, m.actor.citations))
        for m in figure.mentions
    ]
    return build_conflict(
        "name",
        "name",
        tellings,
        resolution="majority_of_origins",
        preferred=figure.name,
        reason="the full form that most reports use; every form is kept",
        same=str.lower,
    )


def _framing(mentions: Sequence[Mention]) -> Conflict | None:
    tellings = [
        Telling(
            m.document, label.speaker or m.document, label.text, cite(m.document, label.citations)
        )
        for m in mentions
        for label in m.actor.labels
    ]
    return build_conflict("label", "labels", tellings)


def _spellings(figure: Figure) -> tuple[Spelling, ...]:
    forms: dict[str, list[Mention]] = {}
    for mention in figure.mentions:
        for form in (mention.actor.name, *mention.actor.aliases):
            forms.setdefault(form, []).append(mention)
    usual = parse_person(figure.name)
    return tuple(
        Spelling(
            text=form,
            documents=tuple(sorted({m.document for m in users})),
            outlier=figure.group == "person"
            and compare_people(parse_person(form), usual) == "family",
            citations=distinct(_citing(form, users)),
        )
        for form, users in sorted(forms.items(), key=lambda f: (-len(f[1]), f[0]))
    )


def _citing(form: str, users: Sequence[Mention]) -> list[DossierCitation]:
    """The citations that show the form, or all of the actor's where none does."""
    found: list[DossierCitation] = []
    for user in users:
        citations = cite(user.document, user.actor.citations)
        found += [c for c in citations if form in c.quote] or citations
    return found


def _held(
    mentions: Sequence[Mention], published: Published, read: Callable[[Actor], Cited | None]
) -> tuple[Held, ...]:
    told = [
        (m.document, None, cited.value, cite(m.document, cited.citations))
        for m in mentions
        if (cited := read(m.actor))
    ]
    return _collect(told, published)


def _labels(mentions: Sequence[Mention], published: Published) -> tuple[Held, ...]:
    told = [
        (m.document, label.speaker, label.text, cite(m.document, label.citations))
        for m in mentions
        for label in m.actor.labels
    ]
    return _collect(told, published)


def _collect(
    told: Iterable[tuple[str, str | None, str, tuple[DossierCitation, ...]]],
    published: Published,
) -> tuple[Held, ...]:
    groups: dict[
        tuple[str, str], list[tuple[str, str | None, str, tuple[DossierCitation, ...]]]
    ] = {}
    for telling in told:
        groups.setdefault((fold(telling[2]), telling[1] or ""), []).append(telling)
    found: list[Held] = []
    for key in sorted(groups):
        group = groups[key]
        dates = sorted(date for document, *_ in group if (date := published[document]))
        found.append(
            Held(
                text=min(text for _, _, text, _ in group),
                speaker=group[0][1],
                documents=tuple(sorted({document for document, *_ in group})),
                first=dates[0] if dates else None,
                last=dates[-1] if dates else None,
                citations=distinct(c for *_, citations in group for c in citations),
            )
        )
    return tuple(sorted(found, key=lambda held: (held.first or "9999", held.text)))
