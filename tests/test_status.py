from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.brief import AttributionKind, Citation, Item, PledgeStatus
from summarizer.resolve.status import (
    bear_out,
    factuality,
    kiel,
    pledge_status,
    realis_of,
    sipri_eligible,
)

SENTENCES = """
delivered | Germany has delivered 18 Leopard 2 tanks to Ukraine.
pledged | Germany will send 14 Leopard 2 tanks to Ukraine.
pledged | Canada has agreed to provide 39 armoured vehicles.
pledged | Washington announced a new $300 million package of ammunition and missiles.
approved | The State Department approved a possible foreign military sale of F-16s to Bahrain.
approved | The administration notified Congress of a planned sale of Javelin missiles to Ireland.
approved | The US cleared the sale of 40 F-35s to Greece.
signed | Poland signed a contract for 366 Abrams tanks with General Dynamics.
signed | Morocco ordered 18 Apache helicopters.
delivered | Manila took delivery of two patrol boats on Monday.
delivered | Two C-130 transport aircraft were handed over to the Philippine air force.
delivered | The first six F-16s have arrived in Bucharest, and pilots began training.
partly_delivered | The first batch of BrahMos missiles arrived in Manila on Friday.
partly_delivered | Seoul has begun delivering K2 tanks to Poland.
suspended | Berlin halted deliveries of tanks that had been approved in March.
suspended | The Pentagon paused some shipments of air defence missiles to Kyiv.
suspended | The sale of F-35 jets to Ankara remains on hold.
cancelled | Australia scrapped a deal for 12 French submarines.
denied | Iran denied supplying drones to Russia.
denied | Scholz ruled out sending Taurus missiles.
denied | Brazil refused to send tank ammunition to Kyiv.
discussed | Tokyo would consider supplying Patriot missiles.
discussed | Spain is considering sending Leopard tanks.
discussed | Iraq is in talks to buy Rafale jets from France.
requested | Kyiv asked for more Patriot batteries.
requested | Zelensky urged Germany to send Taurus missiles.
reported_planned | Taiwan expects to receive 66 F-16s by 2026.
reported_planned | Ankara is set to receive 40 Eurofighter jets.
pledged | Norway committed $500 million for air defence systems.
delivered | Denmark donated 19 Caesar howitzers.
delivered | Russia has sent Su-35 fighter jets to Algeria.
reported_planned | The howitzers are expected to be delivered in 2027.
discussed | Washington could send Tomahawk missiles to Ukraine, officials said.
offered | Slovakia offered 13 MiG-29 jets to Kyiv.
offered | Paris is ready to supply Rafale jets.
offered | Seoul offered to sell submarines to Canada.
none | Zelensky delivered a speech on drones in Oslo.
none | The army sent a delegation to discuss security.
none | Protesters received no answer.
signed | A contract for 48 FA-50 jets was signed in Warsaw.
reported_planned | Egypt plans to sign a contract for 24 J-10 jets.
approved | The Bundestag approved the delivery of howitzers.
denied | The ministry said it will not deliver cruise missiles.
reported_planned | The tanks have not yet been delivered.
delivered | Weapons supplied by Iran were used in the attack.
delivered | North Korea has shipped millions of artillery shells to Russia, Seoul says.
suspended | The U.S. has frozen military aid to Kyiv.
pledged | Lithuania decided to donate 200 anti-tank mines.
approved | Switzerland granted an export licence for 25 Leopard tanks.
requested | Armenia submitted a formal request for S-400 systems.
none | Pilots from Chad arrived for training.
cancelled | Manila cancelled an order for 16 Mi-17 helicopters.
pledged | Australia unveiled a military aid package worth A$100 million, including 14 rigid boats.
denied | Pyongyang denied reports that it had sent shells to Moscow.
reported_planned | Deliveries are scheduled to begin in 2026.
reported_planned | Officials say preliminary plans call for supplying the army with radars.
discussed | Ministers met for talks on training, bases and weapons procurement.
pledged | Japan has also promised to provide patrol boats to Vietnam.
reported_planned | Rwanda reportedly prepares to supply rifles under a new agreement.
pledged | Sweden announced its largest aid package to date, including AT4 launchers.
delivered | Tehran has supplied the Houthis with ballistic missiles for years, the UN panel wrote.
approved | The State Department has approved the potential sale of Javelins to Kosovo.
reported_planned | Croatia intends to buy 50 Leopard 2A8 tanks by 2030.
signed | Bucharest has signed a 920-million-euro deal for 54 K9 howitzers with Hanwha Aerospace.
denied | China has repeatedly denied providing lethal weapons to Russia.
suspended | Canada suspended export permits for drone sensors to Turkey in 2020.
partly_delivered | Warsaw has so far received 28 of the 366 Abrams tanks it ordered.
delivered | Ten of the armored vehicles were delivered to the Lebanese army on Tuesday.
reported_planned | The remaining jets are due to be delivered by the end of 2027.
requested | Taiwan has requested 20,000 Stinger missiles.
offered | Moscow has offered to sell Su-57 fighter jets to India.
discussed | Biden is weighing whether to send cluster munitions to Ukraine.
none | Russian forces struck a depot with drones and missiles overnight.
none | Hundreds of troops and tanks crossed the border on Sunday.
none | The minister received a delegation to discuss the peace process.
none | The rebels seized artillery and ammunition from the base.
pledged | Keir Starmer said Britain would provide 5,000 missiles to Ukraine.
pledged | Australia has committed to donate 49 Abrams tanks.
delivered | The last of the patrol boats arrived in Colombo.
cancelled | Indonesia has called off the purchase of Mirage 2000 jets from Qatar.
signed | Lockheed was awarded a $4.5 billion contract for Patriot missiles.
denied | Colombia said it would not hand over its Soviet-era helicopters to Ukraine.
approved | Germany's security council cleared exports of 30 howitzers to Egypt.
delivered | Ukraine received 20 Mi-17 helicopters from the United States last year.
reported_planned | If Congress approves, Washington will sell 40 F-35s to Riyadh.
suspended | The delivery of 2,000-pound bombs to Israel has been put on hold.
discussed | Argentina and Denmark are negotiating the purchase of 24 F-16s.
pledged | Paris will deliver six Mirage jets to Kyiv, Macron announced.
none | Analysts expect the war to continue as drones dominate the front.
delivered | Ghana took delivery of 14 armored vehicles donated by the EU.
reported_planned | Hungary is expected to receive the first Gripen jets in 2026.
requested | Somalia appealed to partners for helicopters and armored vehicles.
none | The aircraft carrier arrived in the South China Sea for exercises.
""".strip().splitlines()


@pytest.mark.parametrize("row", SENTENCES)
def test_status_is_what_the_verb_and_what_governs_it_say(row: str) -> None:
    want, text = row.split(" | ")
    found = pledge_status(text)
    assert (found.status if found else "none") == want
    if found:
        assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    ("text", "official", "want"),
    [
        ("Berlin will send 20 tanks.", True, "pledged"),
        ("Berlin will send 20 tanks.", None, "pledged"),
        ("Berlin will send 20 tanks.", False, "reported_planned"),
        ("Berlin will reportedly send 20 tanks.", None, "reported_planned"),
        ("Berlin would send 20 tanks.", True, "pledged"),
        ("Berlin would send 20 tanks.", None, "reported_planned"),
    ],
)
def test_a_promise_off_the_record_is_a_reported_plan(
    text: str, official: bool | None, want: str
) -> None:
    found = pledge_status(text, official=official)
    assert found is not None
    assert found.status == want


def test_the_verb_that_the_goods_belong_to_decides() -> None:
    text = "Germany has delivered 18 Leopard tanks and pledged 40 Marder vehicles to Kyiv."
    found = [pledge_status(text, near=text.index(goods)) for goods in ("18", "40")]
    assert [f.status for f in found if f] == ["delivered", "pledged"]


@pytest.mark.parametrize(
    ("claimed", "text", "want"),
    [
        ("delivered", "Germany will send 14 tanks.", "pledged"),
        ("pledged", "Germany will send 14 tanks.", "pledged"),
        ("pledged", "Germany, which has delivered 18 tanks, pledged 20 howitzers.", "pledged"),
        ("delivered", "Iran denied supplying drones.", "denied"),
        ("signed", "Tanks rolled through the town.", "unclear"),
        ("cancelled", "Spain signed a contract for 20 howitzers.", "signed"),
    ],
)
def test_a_claim_stands_only_as_far_as_words_bear_it_out(
    claimed: PledgeStatus, text: str, want: str
) -> None:
    assert bear_out(claimed, pledge_status(text)) == want


def _item(quantity: int | None) -> Item:
    return Item(
        text="tanks",
        category="armoured_vehicle",
        unroca="I",
        quantity=quantity,
        quantity_max=None,
        quantity_is_estimate=False,
        unit=None,
        citations=(Citation(sentence=1, start=0, end=5, quote="tanks", match="exact"),),
    )


@pytest.mark.parametrize(
    ("status", "quantities", "measure", "eligible"),
    [
        ("requested", [5], "none", False),
        ("reported_planned", [5], "none", False),
        ("pledged", [], "commitment", False),
        ("pledged", [5, None], "commitment", False),
        ("pledged", [5, 6], "allocation", False),
        ("signed", [None], "commitment", True),
        ("partly_delivered", [None], "delivery", True),
        ("delivered", [5], "delivery", True),
        ("denied", [5], "none", False),
        ("cancelled", [5], "none", False),
    ],
)
def test_kiel_and_sipri_codes_follow_the_status(
    status: PledgeStatus, quantities: list[int | None], measure: str, eligible: bool
) -> None:
    assert kiel(status, [_item(q) for q in quantities]) == measure
    assert sipri_eligible(status) == eligible


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The ministers met in Nairobi on Friday.", "actual"),
        ("Rebels attacked a convoy and will face trial.", "actual"),
        ("Manila said it will host the drills in May.", "planned"),
        ("The summit is scheduled for June.", "planned"),
        ("Fighting is continuing around El Fasher.", "ongoing"),
        ("Tokyo could join the exercise.", "hypothetical"),
        ("If the truce fails, the army will return.", "hypothetical"),
        ("Kigali denied backing the rebels.", "denied"),
        ("Troops did not cross the border.", "denied"),
        ("An air strike on the port", "actual"),
    ],
)
def test_realis_is_that_of_the_first_telling_verb(text: str, want: str) -> None:
    assert realis_of(text) == want


def test_a_statement_about_the_future_has_been_made() -> None:
    text = "The army said it will withdraw."
    assert (realis_of(text), realis_of(text, speech=True)) == ("planned", "actual")
    assert realis_of("Paris is expected to announce a package.", speech=True) == "planned"


FACTS: list[tuple[str, AttributionKind, tuple[str, ...], str]] = [
    ("actual", "own_voice", (), "CT+"),
    ("actual", "official_statement", (), "CT+"),
    ("actual", "media_report", (), "PR+"),
    ("actual", "unnamed_official", (), "PS+"),
    ("actual", "own_voice", ("reportedly",), "PR+"),
    ("actual", "own_voice", ("according to",), "CT+"),
    ("planned", "official_statement", ("plans to",), "PR+"),
    ("planned", "media_report", ("reportedly",), "PS+"),
    ("hypothetical", "named_person", ("could",), "PS+"),
    ("denied", "official_statement", (), "CT-"),
]


@pytest.mark.parametrize(("realis", "kind", "hedges", "want"), FACTS)
def test_factuality_is_relative_to_who_says_it(
    realis: str, kind: AttributionKind, hedges: tuple[str, ...], want: str
) -> None:
    assert factuality(realis, kind, hedges) == want  # type: ignore[arg-type]


@given(st.text() | st.text(alphabet="sent delivered tanks will not be to, .\u202e🚀"))
@settings(max_examples=200)
def test_any_text_gives_a_status_with_its_own_words_or_none(text: str) -> None:
    found = pledge_status(text)
    if found:
        assert text[found.start : found.end] == found.words
    realis_of(text)


def test_hostile_lengths_do_not_hang() -> None:
    for text in ("sent tanks " * 1_000, "will not " * 8_000, " " * 50_000):
        pledge_status(text)
        realis_of(text)
