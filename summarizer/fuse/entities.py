"""Same entity: briefs in, one figure per actor across all of them out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.brief import Brief
from summarizer.dossier import Decision, DecisionSide, Entity, Member
from summarizer.fuse.bodies import join_bodies, parse_body
from summarizer.fuse.circumstances import Circumstances, list_company
from summarizer.fuse.decisions import Sides
from summarizer.fuse.identity import Naming, assign_ids
from summarizer.fuse.mentions import Mention, Ties, collect_mentions, combine_ties
from summarizer.fuse.partition import Partition
from summarizer.fuse.people import (
    Doubt,
    join_family_names,
    join_full_names,
    join_outliers,
)
from summarizer.fuse.since import kept_ids
from summarizer.fuse.states import States, collect_states
from summarizer.fuse.words import digest
from summarizer.names import fold

_IDS = re.compile(r"\b(?:person|body|state|unnamed)-[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Figure:
    """One actor across all reports: its mentions and why they are one."""

    id: str
    name: str
    home: str | None
    group: str
    mentions: tuple[Mention, ...]
    kinds: frozenset[str]
    reasons: tuple[str, ...]
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """All figures, where each actor of each brief went, and the pairs left in doubt."""

    figures: dict[str, Figure]
    by_actor: dict[tuple[str, str], str]
    by_name: dict[tuple[str, str], str]
    by_form: dict[str, str]
    states: States
    home_of_state: dict[str, str]
    state_of_home: dict[str, str]
    doubtful: tuple[Decision, ...]

    def is_state(self, name: str) -> bool:
        """Whether *name* is a state's own name, not its capital's."""
        return fold(name) in self.home_of_state

    def spell_out(self, reason: str) -> str:
        """Return *reason* with names in place of the ids of figures."""

        def name(id_: re.Match[str]) -> str:
            return self.figures[id_[0]].name if id_[0] in self.figures else id_[0]

        return _IDS.sub(name, reason)

    def find_figure(self, document: str, actor: str | None, name: str) -> Figure | None:
        """Return the figure of an actor id, else of a name in that report or in any other."""
        known = self.by_actor.get((document, actor)) if actor else None
        known = known or self.by_name.get((document, fold(name))) or self.by_form.get(fold(name))
        return self.figures[known] if known else None


def fuse_actors(
    briefs: Sequence[Brief], decisions: Sequence[Decision], known: Sequence[Entity] = ()
) -> Cast:
    """Join the actors of all briefs (sorted by document); a user's decisions come first.

    Figures keep the ids of the *known* entities of an earlier dossier.
    """
    states = collect_states(briefs)
    mentions = collect_mentions(briefs, states)
    decided = [d for d in decisions if d.kind == "actor"]
    sides = Sides(mentions)
    figures: list[tuple[Mention, ...]] = []
    merged: list[tuple[tuple[str, ...], bool]] = []
    doubts: list[Doubt] = []
    for group in ("state", "person", "body", "unnamed"):
        partition, found = _join_group(group, briefs, mentions, states, sides.apply(decided))
        doubts += found
        for cluster in partition.clusters():
            members = tuple(mentions[n] for n in cluster if mentions[n].group == group)
            if members:
                figures.append(members)
                merged.append((partition.reasons(cluster[0]), partition.is_doubtful(cluster[0])))
    ids = _identify(figures, states, known)
    return _cast(figures, ids, merged, states, mentions, _undecided(doubts, mentions, decided))


def _join_group(
    group: str,
    briefs: Sequence[Brief],
    mentions: Sequence[Mention],
    states: States,
    decided: tuple[list[tuple[int, int]], ...],
) -> tuple[Partition[Ties], list[Doubt]]:
    same, apart = decided
    numbers = [n for n, mention in enumerate(mentions) if mention.group == group]
    inside = frozenset(numbers)
    names = {n: parse_body(mentions[n], states) for n in numbers} if group == "body" else {}
    facts = [
        Ties(mention.home, names[n].peoples, names[n].identity)
        if n in names
        else Ties(mention.home)
        for n, mention in enumerate(mentions)
    ]
    partition = Partition(facts, combine_ties, [p for p in apart if inside.issuperset(p)])
    for left, right in same:
        if inside.issuperset((left, right)):
            partition.force(left, right, "decided by the user")
    if group == "state":
        first: dict[str, int] = {}
        for n in numbers:
            home = mentions[n].home or fold(mentions[n].actor.name)
            partition.join(first.setdefault(home, n), n, f"one state: {home}")
        return partition, []
    if group == "body":
        return partition, join_bodies(mentions, names, partition)
    if group == "person":
        return partition, _join_people(briefs, mentions, numbers, partition)
    return partition, []


def _join_people(
    briefs: Sequence[Brief],
    mentions: Sequence[Mention],
    numbers: Sequence[int],
    people: Partition[Ties],
) -> list[Doubt]:
    doubts = join_full_names(mentions, numbers, people)
    company = list_company(mentions, people)
    doubts += join_family_names(mentions, numbers, people, company)
    circumstances = Circumstances(briefs, mentions, people)
    return doubts + join_outliers(mentions, numbers, people, circumstances)


def _identify(
    figures: Sequence[Sequence[Mention]], states: States, known: Sequence[Entity]
) -> list[str]:
    ids = assign_ids([_naming(members, states) for members in figures])
    members = [[Member(document=m.document, record=m.actor.id) for m in ms] for ms in figures]
    return kept_ids(members, ids, known) if known else ids


def _cast(
    figures: Sequence[tuple[Mention, ...]],
    ids: Sequence[str],
    merged: Sequence[tuple[tuple[str, ...], bool]],
    states: States,
    mentions: Sequence[Mention],
    doubtful: tuple[Decision, ...],
) -> Cast:
    built = {
        id_: Figure(
            id=id_,
            name=_best_name(members),
            home=_home(members),
            group=members[0].group,
            mentions=members,
            kinds=frozenset(member.actor.kind for member in members),
            reasons=reasons,
            doubtful=doubtful,
        )
        for id_, members, (reasons, doubtful) in zip(ids, figures, merged, strict=True)
    }
    by_actor = {m.key: figure.id for figure in built.values() for m in figure.mentions}
    by_name: dict[tuple[str, str], str] = {}
    for mention in mentions:
        for form in (mention.actor.name, *mention.actor.aliases):
            by_name.setdefault((mention.document, fold(form)), by_actor[mention.key])
    nations = [f for _, f in sorted(built.items()) if f.group == "state" and f.home]
    return Cast(
        figures=dict(sorted(built.items())),
        by_actor=by_actor,
        by_name=by_name,
        by_form=_unambiguous(by_name),
        states=states,
        home_of_state={fold(m.actor.name): f.home or "" for f in nations for m in f.mentions},
        state_of_home={f.home or "": f.name for f in nations},
        doubtful=doubtful,
    )


def _home(members: Sequence[Mention]) -> str | None:
    return min((m.home for m in members if m.home), default=None)


def _unambiguous(by_name: dict[tuple[str, str], str]) -> dict[str, str]:
    """Names of several words that stand for one figure in every report that has them."""
    owners: dict[str, set[str]] = {}
    for (_, form), figure in by_name.items():
        if " " in form:
            owners.setdefault(form, set()).add(figure)
    return {form: min(found) for form, found in owners.items() if len(found) == 1}


def _naming(members: Sequence[Mention], states: States) -> Naming:
    anchor = min(digest(fold(m.actor.citations[0].quote), fold(m.actor.name)) for m in members)
    home = (_home(members) or "").replace(" ", "-").lower()
    group = members[0].group
    if group == "unnamed":
        return Naming(f"unnamed-{anchor}", "", digest(members[0].document, members[0].actor.id))
    if group == "state":
        return Naming(f"state-{home or fold(members[0].actor.name)}", "", anchor)
    if group == "person":
        keys = Counter(m.person.key for m in members)
        full = {m.person.key for m in members if len(m.person.tokens) > 1} or set(keys)
    else:
        bodies = [parse_body(m, states) for m in members]
        keys = Counter("-".join(sorted(b.core - b.acronyms)) for b in bodies)
        full = {a for b in bodies for a in b.acronyms} or set(keys)
    base = min(full, key=lambda key: (-keys[key], -len(key), key))
    return Naming(f"{group}-{base}", home, anchor)


def _best_name(members: Sequence[Mention]) -> str:
    """The form most reports use among those that are more than a family name or an acronym."""
    counts = Counter(m.actor.name for m in members)
    full = [name for name in counts if " " in name] or list(counts)
    return min(full, key=lambda name: (-counts[name], -len(name), name))


def _undecided(
    doubts: Iterable[Doubt], mentions: Sequence[Mention], decided: Sequence[Decision]
) -> tuple[Decision, ...]:
    known = {frozenset((d.left, d.right)) for d in decided if d.verdict != "undecided"}
    found: dict[tuple[str, ...], Decision] = {}
    for doubt in doubts:
        left, right = sorted(
            (_side(mentions[n]) for n in (doubt.left, doubt.right)),
            key=lambda side: (side.document or "", side.record or ""),
        )
        plain = frozenset((DecisionSide(name=left.name), DecisionSide(name=right.name)))
        if not known & {plain, frozenset((left, right))}:
            pair = Decision(
                kind="actor", left=left, right=right, verdict="undecided", reason=doubt.reason
            )
            found.setdefault((left.name, right.name, doubt.reason), pair)
    return tuple(found[key] for key in sorted(found))


def _side(mention: Mention) -> DecisionSide:
    return DecisionSide(name=mention.actor.name, document=mention.document, record=mention.actor.id)
