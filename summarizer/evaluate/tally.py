"""Count what matching found: how much of each kind is right, found, and missed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from summarizer.evaluate.case import forms
from summarizer.evaluate.dates import is_borne_out
from summarizer.evaluate.families import family_of, kin_of
from summarizer.evaluate.gold import GoldEvent, GoldItem, Salience
from summarizer.evaluate.match import Matches, Paired, Pairs, quantity_of
from summarizer.evaluate.scores import DATE_OUTCOMES, Counts, DateOutcome, Difference, Kind, Tally


class _Salient(Protocol):
    @property
    def salience(self) -> Salience: ...


def count(matches: Matches) -> dict[Kind, Tally]:
    """Return the tallies of all kinds.

    Quantities, statuses, aliases and dates are counted for what is paired only: what was missed
    altogether is the business of items, pledges, actors and events.
    """
    gold, brief = matches.case.gold, matches.case.brief
    items = [listed.pledge for listed in matches.gold_items]
    return {
        "actors": _tally(matches.actors, gold.actors, len(brief.actors)),
        "aliases": _aliases(matches),
        "events": _tally(matches.events, gold.events, len(brief.events)),
        "pledges": _tally(matches.pledges, gold.pledges, len(brief.pledges)),
        "items": _tally(matches.items, items, len(matches.found_items)),
        "quantities": _quantities(matches),
        "statuses": _statuses(matches),
        "dates": _dates(matches),
        "kinds": _kinds(matches),
        "participants": _participants(matches),
    }


def count_dates(matches: Matches) -> dict[DateOutcome, int]:
    """Return how many core events that are found have a date that is right, wrong, or missing."""
    published = matches.case.brief.document.published is not None
    outcomes = {name: 0 for name in DATE_OUTCOMES}
    for gold, found in matches.core_events:
        edtf = found.date.edtf if found.date else None
        if edtf is None:
            outcomes["dates_left_open"] += None not in gold.accepted_dates(published=published)
        elif accepts_date(gold, edtf, published=published, exact=False):
            outcomes["dates_right"] += 1
        else:
            outcomes["dates_wrong"] += 1
    return outcomes


def describe_differences(matches: Matches) -> tuple[Difference, ...]:
    """Return, a kind, the words of missed core records and of found ones that gold lacks."""
    gold, brief = matches.case.gold, matches.case.brief
    return (
        _difference(
            "actors",
            matches.actors.relaxed,
            [a.name if a.salience == "core" else None for a in gold.actors],
            [a.name for a in brief.actors],
        ),
        _difference(
            "events",
            matches.events.relaxed,
            [e.what if e.salience == "core" else None for e in gold.events],
            [f"{e.type} {e.citations[0].quote}" for e in brief.events],
        ),
        _difference(
            "pledges",
            matches.pledges.relaxed,
            [p.evidence[0] if p.salience == "core" else None for p in gold.pledges],
            [f"{p.status}: {p.status_words.citations[0].quote}" for p in brief.pledges],
        ),
        _difference(
            "items",
            matches.items.relaxed,
            [i.item.name if i.pledge.salience == "core" else None for i in matches.gold_items],
            [i.item.text for i in matches.found_items],
        ),
    )


def accepts_quantity(gold: GoldItem, found: frozenset[int], *, exact: bool) -> bool:
    """Whether bounds are right: all of them, or (relaxed) the lowest is one that gold accepts."""
    if found == gold.numbers or (not found and None in gold.quantity_accept):
        return True
    if exact or not found:
        return False
    return min(found) in gold.numbers | set(gold.quantity_accept)


def accepts_date(gold: GoldEvent, edtf: str | None, *, published: bool, exact: bool) -> bool:
    """Whether a date is right: as gold has it, or (relaxed) the same or a wider time.

    Where gold has words for the date and no value ("last week"), any time wider than a day that a
    known publication date allows for is right.
    """
    accepted = gold.accepted_dates(published=published)
    if edtf in accepted:
        return True
    if edtf is None:
        return False
    if gold.date_text and not gold.date_iso and published and ("/" in edtf or len(edtf) < 10):
        return True
    return not exact and any(right and is_borne_out(edtf, right) for right in accepted)


def _tally(paired: Paired, gold: Sequence[_Salient], found: int) -> Tally:
    core = {at for at, record in enumerate(gold) if record.salience == "core"}

    def counts(pairs: Pairs) -> Counts:
        return Counts(
            found=found, right=len(pairs), core=len(core), core_found=len(core & pairs.keys())
        )

    return Tally(exact=counts(paired.exact), relaxed=counts(paired.relaxed))


def _aliases(matches: Matches) -> Tally:
    """Count gold's aliases, and as wrong those that are another actor's (a false merge)."""
    gold, brief = matches.case.gold, matches.case.brief
    wanted = right = wrong = 0
    every = [forms((actor.name, *actor.aliases)) for actor in gold.actors]
    for at, found_at in matches.actors.relaxed.items():
        found = brief.actors[found_at]
        mine = forms((found.name, *found.aliases))
        names = [alias for alias in gold.actors[at].aliases if not _is_description(alias)]
        wanted += len(names)
        right += sum(bool(forms([alias]) & mine) for alias in names)
        others = frozenset().union(*(other for other in every if other is not every[at]))
        wrong += len(mine & (others - every[at]))
    counts = Counts(found=right + wrong, right=right, core=wanted, core_found=right)
    return Tally(exact=counts, relaxed=counts)


def _is_description(alias: str) -> bool:
    """Whether an alias is a phrase such as "the group", not a name."""
    return alias == alias.lower() or alias.removeprefix("The ").islower()


def _quantities(matches: Matches) -> Tally:
    pairs = matches.items.relaxed.items()

    def counts(*, exact: bool) -> Counts:
        found = right = core = core_found = 0
        for at, found_at in pairs:
            gold = matches.gold_items[at].item
            stated = quantity_of(matches.found_items[found_at].item)
            accepted = accepts_quantity(gold, stated, exact=exact)
            found += bool(stated)
            right += bool(stated) and accepted
            required = bool(gold.numbers) and None not in gold.quantity_accept
            core += required
            core_found += required and accepted
        return Counts(found=found, right=right, core=core, core_found=core_found)

    return Tally(exact=counts(exact=True), relaxed=counts(exact=False))


def _statuses(matches: Matches) -> Tally:
    """Count gold pledges of which items are found: right when all found ones have the status."""
    found_statuses: dict[int, set[str]] = {}
    for gold, found in matches.partners:
        at = next(i for i, pledge in enumerate(matches.case.gold.pledges) if pledge is gold)
        found_statuses.setdefault(at, set()).add(found.status)

    def counts(*, exact: bool) -> Counts:
        right = sum(
            statuses <= set(matches.case.gold.pledges[at].statuses[: 1 if exact else None])
            for at, statuses in found_statuses.items()
        )
        every = len(found_statuses)
        return Counts(found=every, right=right, core=every, core_found=right)

    return Tally(exact=counts(exact=True), relaxed=counts(exact=False))


def _dates(matches: Matches) -> Tally:
    case = matches.case
    published = case.brief.document.published is not None

    def counts(*, exact: bool) -> Counts:
        found = right = core = core_found = 0
        for at, found_at in matches.events.relaxed.items():
            gold, date = case.gold.events[at], case.brief.events[found_at].date
            edtf = date.edtf if date else None
            accepted = accepts_date(gold, edtf, published=published, exact=exact)
            found += edtf is not None
            right += edtf is not None and accepted
            required = None not in gold.accepted_dates(published=published)
            core += required
            core_found += required and accepted
        return Counts(found=found, right=right, core=core, core_found=core_found)

    return Tally(exact=counts(exact=True), relaxed=counts(exact=False))


def _kinds(matches: Matches) -> Tally:
    """Count core events that are found: right if the words are kin; exact: the code fits, too."""

    def counts(*, exact: bool) -> Counts:
        judged = right = 0
        for gold, found in matches.core_events:
            kin = kin_of(gold.type)
            judged += bool(kin)
            code = family_of(gold.type)
            fits = not exact or code is None or found.type in code
            right += bool(kin & kin_of(found.label)) and fits
        return Counts(found=judged, right=right, core=judged, core_found=right)

    return Tally(exact=counts(exact=True), relaxed=counts(exact=False))


def _participants(matches: Matches) -> Tally:
    """Count who takes part in core events that are found; relaxed: half of a name will do."""

    def counts(*, exact: bool) -> Counts:
        found = right = core = core_found = 0
        for gold, event in matches.core_events:
            same = [
                [
                    matches.case.same_participant(name, each, exact=exact)
                    for name in gold.participants
                ]
                for each in event.participants
            ]
            found += len(same)
            right += sum(map(any, same))
            core += len(gold.participants)
            core_found += sum(map(any, zip(*same, strict=True)))
        return Counts(found=found, right=right, core=core, core_found=core_found)

    return Tally(exact=counts(exact=True), relaxed=counts(exact=False))


def _difference(
    kind: Kind, pairs: Pairs, core: Sequence[str | None], found: Sequence[str]
) -> Difference:
    return Difference(
        kind=kind,
        missed=tuple(words for at, words in enumerate(core) if words and at not in pairs),
        extra=tuple(words for at, words in enumerate(found) if at not in set(pairs.values())),
    )
