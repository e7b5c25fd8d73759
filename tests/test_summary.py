"""The summary: telling sentences that can stand alone, or the model's checked lines."""

from __future__ import annotations

import pytest
from claiming import Telling

from summarizer.brief import Statement, Support
from summarizer.resolve.summary import LEAST, MOST

TEXT = (
    "Kenya closed its border on Monday. Peru and Chile signed an accord in Lima on March 3."
    " Norway will send jets to Chad. He said it was late. The talks were long. “We met,” he said."
    " Rebels attacked a convoy near Goma on March 4. Farmers planted rice. It rained."
    " Israel struck Hezbollah near Tyre on March 5. Police arrested ten men in Cali on March 6."
    " India and Nepal met in Delhi on March 7. Ghana and Togo met in Accra on March 8."
    " Mali and Niger met in Bamako on March 9."
)
EVENTS = {
    2: "agreement",
    4: "statement",
    5: "talks",
    6: "meeting",
    7: "clash",
    10: "strike",
    11: "arrest",
    12: "meeting",
    13: "meeting",
    14: "meeting",
}


def composed(text: str = TEXT) -> tuple[Statement, ...]:
    telling = Telling(text).pledge("jets", sentence=3, status="pledged")
    for sentence, kind in EVENTS.items():
        telling.event(kind, sentence=sentence)
    return telling.resolved().summary


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
    assert sentences(Telling(text).resolved().summary) == want


def test_lines_of_the_model_are_kept_with_all_that_they_cite() -> None:
    resolved = Telling(TEXT).line("Kenya closed its border", 2, 1, 2).resolved()

    (line,) = resolved.summary
    assert (line.text, sentences((line,))) == ("Kenya closed its border", [1, 2])
    assert resolved.rejections == ()


def test_a_line_that_its_sentences_do_not_bear_out_is_rejected_with_them() -> None:
    resolved = Telling(TEXT).line("Togo fell.", 1).line("Kenya closed its border", 1).resolved()

    assert [line.text for line in resolved.summary] == ["Kenya closed its border"]
    (rejection,) = resolved.rejections
    assert (rejection.kind, rejection.field, rejection.value) == ("summary", "text", "Togo fell.")
    assert rejection.quote == "Kenya closed its border on Monday."
    assert rejection.detail == "the cited sentences do not say this"


def test_where_no_line_stands_the_reports_own_sentences_do() -> None:
    resolved = Telling("Kenya closed its border.").line("Togo fell.", 1).resolved()

    assert [line.text for line in resolved.summary] == ["Kenya closed its border."]
    assert [r.value for r in resolved.rejections] == ["Togo fell."]


def test_a_line_may_name_whom_its_sentences_mean() -> None:
    """Held against what it cites and the names that this means, not those of other sentences."""
    known: list[str] = []

    def listening(statement: str, cited: str, names: str) -> tuple[Support, None]:
        known.append(names)
        return "supported", None

    telling = Telling("Hakan Fidan arrived. He met Abiy Ahmed. Peru voted.")
    telling.actor("Hakan Fidan", "person").actor("Peru", "state")
    telling.event("meeting", sentence=2, who=["He"], to_whom=["Abiy Ahmed"])
    telling.line("Hakan Fidan met Abiy Ahmed.", 2).resolved(judge=listening)

    assert "Hakan Fidan" in known[0]
    assert "Peru" not in known[0]


def test_a_pledge_is_in_the_summary_even_where_its_sentence_leans_on_the_one_before() -> None:
    telling = Telling(
        "Norland's president flew to Sudoria on Monday. "
        "It plans to send radars to Sudoria. The border was quiet. Talks went on in Vesby."
    )
    telling.event("visit", who=("Norland",), to_whom=("Sudoria",))
    telling.pledge("radars", sentence=2, status="reported_planned", recipient="Sudoria")

    lines = [line.text for line in telling.resolved().summary]

    assert "It plans to send radars to Sudoria." in lines
