"""Find in a brief what its users fear most, each finding with the words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.brief import Citation, DateValue, Pledge, PledgeStatus
from summarizer.evaluate.case import Case, citations_in
from summarizer.evaluate.dates import years_in
from summarizer.evaluate.families import is_violent
from summarizer.evaluate.gold import GoldPledge
from summarizer.evaluate.match import Matches, wrong_parties
from summarizer.evaluate.numerals import numbers_in, numbers_stated
from summarizer.evaluate.scores import Finding
from summarizer.evaluate.tally import accepts_date

# How much a status claims. What is denied, cancelled or suspended claims nothing of a transfer;
# asking and talking are one step, and "unclear" bears out no more than these.
LADDER: dict[PledgeStatus, int] = {
    "denied": -1,
    "cancelled": -1,
    "suspended": -1,
    "unclear": 0,
    "requested": 0,
    "discussed": 0,
    "offered": 1,
    "reported_planned": 2,
    "pledged": 3,
    "approved": 4,
    "signed": 5,
    "partly_delivered": 6,
    "delivered": 7,
}


def find_feared(matches: Matches) -> tuple[Finding, ...]:
    """Return all findings, in the order of the scores' list."""
    case = matches.case
    return (
        *_invalid_citations(case),
        *_over_claims(matches),
        *_numbers_not_in_citation(case),
        *_invented_dates(matches),
        *_pledges_in_pledge_free(case),
        *_wrong_parties(matches),
        *_wrong_attribution(matches),
        *_invented_violence(case),
    )


def _invalid_citations(case: Case) -> Iterator[Finding]:
    for citation in citations_in(case.brief):
        if case.text[citation.start : citation.end] != citation.quote:
            detail = f"[{citation.start}, {citation.end}) is not {citation.quote!r}"
            yield Finding(kind="invalid_citations", detail=detail)


def _over_claims(matches: Matches) -> Iterator[Finding]:
    for gold, found in matches.partners:
        if LADDER[found.status] > max(LADDER[status] for status in gold.statuses):
            detail = f"{_name(found)}: {found.status}, not {gold.status}"
            yield Finding(kind="over_claims", detail=detail)


def _numbers_not_in_citation(case: Case) -> Iterator[Finding]:
    for detail, stated, citations in _stated_numbers(case):
        cited = numbers_in(" \n ".join(citation.quote for citation in citations))
        for number in sorted(stated - cited):
            found = f"{number:g} in {detail!r}"
            yield Finding(kind="numbers_not_in_citation", detail=found)


def _stated_numbers(
    case: Case,
) -> Iterator[tuple[str, frozenset[float], tuple[Citation, ...]]]:
    brief = case.brief
    # What code writes for "on Friday" bears numbers that no citation has.
    dates = numbers_in(" ".join(date.edtf or "" for date in _dates_in(case)).replace("-", " "))
    for pledge in brief.pledges:
        for item in pledge.items:
            bounds = (item.quantity, item.quantity_max)
            yield item.text, frozenset(float(b) for b in bounds if b is not None), item.citations
        if pledge.value:
            value = pledge.value
            yield value.value, numbers_stated(value.value), value.citations
    for line in brief.summary:
        yield line.text, numbers_stated(line.text) - dates, line.citations
    for event in brief.events:
        yield event.summary, numbers_stated(event.summary) - dates, event.citations


def _invented_dates(matches: Matches) -> Iterator[Finding]:
    """Find years from nowhere, and event dates that contradict those that gold gives.

    A date where gold has none is wrong, and counted so under dates, but need not be invented.
    """
    case = matches.case
    published = case.brief.document.published
    accepted: list[DateValue] = []
    for at, found_at in matches.events.relaxed.items():
        gold, date = case.gold.events[at], case.brief.events[found_at].date
        if not date or not date.edtf or not gold.date_text:
            continue
        if accepts_date(gold, date.edtf, published=published is not None, exact=False):
            accepted.append(date)
        elif _has_known_years(case, date):
            detail = f"{date.edtf} for {gold.date_text!r} of {gold.what!r}"
            yield Finding(kind="invented_dates", detail=detail)
    for date in _dates_in(case):
        if not any(date is right for right in accepted) and not _has_known_years(case, date):
            detail = f"{date.edtf} for {date.text!r}: the year is nowhere given"
            yield Finding(kind="invented_dates", detail=detail)


def _has_known_years(case: Case, date: DateValue) -> bool:
    """Whether each year is in the text, or near the publication ("last month", "two years ago")."""
    known = {word for word in _digits(case.text) if len(word) == 4}
    if case.brief.document.published:
        year = int(case.brief.document.published[:4])
        distances = {0, 1, *(int(n) for n in numbers_in(date.text) if n < year)}
        known |= {f"{year + sign * n:04}" for n in distances for sign in (-1, 1)}
    return years_in(date.edtf or "") <= known


def _pledges_in_pledge_free(case: Case) -> Iterator[Finding]:
    for pledge in () if case.gold.pledges else case.brief.pledges:
        yield Finding(kind="pledges_in_pledge_free", detail=_name(pledge))


def _wrong_parties(matches: Matches) -> Iterator[Finding]:
    for gold, found in matches.partners:
        for wrong in wrong_parties(matches.case, gold, found):
            detail = f"{_name(found)}: {wrong}"
            yield Finding(kind="wrong_supplier_or_recipient", detail=detail)


def _wrong_attribution(matches: Matches) -> Iterator[Finding]:
    for gold, found in matches.partners:
        said = [name for name in (found.attribution.speaker, found.attribution.via) if name]
        if not _attributes_right(matches.case, gold, said):
            detail = f"{_name(found)}: said by {said or 'nobody'}, not {gold.reported_by!r}"
            yield Finding(kind="wrong_attribution", detail=detail)


def _invented_violence(case: Case) -> Iterator[Finding]:
    """Find violence where gold tells of none in the same words."""
    violent = [gold for gold in case.gold.events if is_violent(gold.type)]
    for event in case.brief.events:
        told = event.type == "ASSAULT" or is_violent(event.label)
        if not told or event.realis == "denied":
            continue
        if not any(case.overlap(event.citations, gold.evidence) for gold in violent):
            detail = f"{event.label}: {event.citations[0].quote}"
            yield Finding(kind="invented_violence", detail=detail)


def _attributes_right(case: Case, gold: GoldPledge, said: list[str]) -> bool:
    """Whether a pledge has its speaker; what the supplier itself announces may have either."""
    if gold.reported_by and said:
        return case.same_speaker([gold.reported_by], said)
    if gold.reported_by or said:
        supplier = [gold.supplier, *gold.supplier_accept]
        speakers = said or [gold.reported_by or ""]
        return case.same_speaker([name for name in supplier if name], speakers)
    return True


def _dates_in(case: Case) -> Iterator[DateValue]:
    for event in case.brief.events:
        if event.date:
            yield event.date
    for pledge in case.brief.pledges:
        if pledge.delivery:
            yield pledge.delivery


def _digits(text: str) -> Iterable[str]:
    return "".join(sign if sign.isdigit() else " " for sign in text).split()


def _name(pledge: Pledge) -> str:
    return ", ".join(item.text for item in pledge.items) or pledge.status_words.value
