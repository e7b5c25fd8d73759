"""The summary: telling sentences that can stand alone, or the model's checked lines."""

from __future__ import annotations

import pytest
from claims_of import event, pledge, report_of, sentence_of

from summarizer.brief import Statement, Support
from summarizer.claims import StatementClaim
from summarizer.resolve.events import resolve_events
from summarizer.resolve.pledges import resolve_pledges
from summarizer.resolve.summary import LEAST, MOST, checked, compose

TEXT = (
    "Kenya closed its border on Monday. Peru and Chile signed an accord in Lima on March 3."
    " Norway will send jets to Chad. He said it was late. The talks were long. “We met,” he said."
    " Rebels attacked a convoy near Goma on March 4. Farmers planted rice. It rained."
    " Israel struck Hezbollah near Tyre on March 5. Police arrested ten men in Cali on March 6."
    " India and Nepal met in Delhi on March 7. Ghana and Togo met in Accra on March 8."
    " Mali and Niger met in Bamako on March 9."
)
EVENTS = [
    (2, "agreement"),
    (4, "statement"),
    (5, "talks"),
    (6, "meeting"),
    (7, "clash"),
    (10, "strike"),
    (11, "arrest"),
    (12, "meeting"),
    (13, "meeting"),
    (14, "meeting"),
]


def composed(text: str = TEXT, *, bare: bool = False) -> tuple[Statement, ...]:
    report = report_of(text)
    kinds = [] if bare else EVENTS
    events, _ = resolve_events([event(report, at, kind) for at, kind in kinds], report)  # type: ignore[arg-type]
    supplies = [] if bare else [pledge(report, 3, ["jets"])]
    pledges, _, _ = resolve_pledges(supplies, report)
    return compose(events, pledges, report)


def sentences(statements: tuple[Statement, ...]) -> list[int]:
    return [c.sentence for statement in statements for c in statement.citations]


def test_the_lead_the_supplies_and_the_main_events_are_told_in_order() -> None:
    chosen = sentences(composed())
    assert chosen[:3] == [1, 2, 3]
    assert chosen == sorted(set(chosen))
    assert LEAST <= len(chosen) <= MOST
    assert {7, 10} <= set(chosen)


def test_no_sentence_of_the_summary_needs_another() -> None:
    assert not {4, 5, 6} & set(sentences(composed()))


def test_lines_are_the_reports_own_sentences() -> None:
    for statement in composed(TEXT.replace("signed an accord", "signed\nan  accord")):
        (citation,) = statement.citations
        assert statement.text == " ".join(citation.quote.split())


@pytest.mark.parametrize(
    ("text", "want"),
    [("Kenya closed its border. It rained.", [1]), ("He left. It rained.", [1]), ("", [])],
    ids=["lead", "no sentence stands alone", "nothing"],
)
def test_without_events_the_lead_is_all(text: str, want: list[int]) -> None:
    assert sentences(composed(text, bare=True)) == want


def judge(statement: str, cited: str) -> tuple[Support, str | None]:
    if statement in cited:
        return "supported", None
    return ("partial", "in part") if statement.startswith("Kenya") else ("unsupported", None)


def test_lines_of_the_model_are_kept_with_all_that_they_cite() -> None:
    report = report_of(TEXT)
    one, two = sentence_of(report, 1), sentence_of(report, 2)
    line = StatementClaim("Kenya did, and Peru signed.", (two, one, two))
    statements, rejections = checked([line], judge, report)
    assert rejections == ()
    assert [(s.text, sentences((s,))) for s in statements] == [(line.text, [1, 2])]


def test_a_line_that_its_sentences_do_not_bear_out_is_rejected_with_them() -> None:
    report = report_of(TEXT)
    line = StatementClaim("Togo fell.", (sentence_of(report, 1),))
    statements, (rejection,) = checked([line], judge, report)
    assert statements == ()
    assert (rejection.kind, rejection.field, rejection.value) == ("summary", "text", "Togo fell.")
    assert rejection.quote == "Kenya closed its border on Monday."
    assert rejection.detail == "the cited sentences do not say this"
