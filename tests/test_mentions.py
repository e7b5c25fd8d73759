import pytest
from growing import assert_linear, repeated
from hypothesis import given
from hypothesis import strategies as st

from summarizer.annotate import annotate
from summarizer.annotations import Mention
from summarizer.segment import segment
from summarizer.source import Document, Sentence, Span


def find_mentions(*sentences: Sentence) -> tuple[Mention, ...]:
    return annotate(Document(""), sentences).mentions


def mentions(text: str) -> dict[str, Mention]:
    return {m.text: m for m in find_mentions(Sentence(1, 0, len(text), text))}


def names(text: str, kind: str) -> list[str]:
    return [m.text for m in mentions(text).values() if m.kind == kind and m.acts]


def words(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("text", "name", "rank", "position", "affiliation", "country"),
    [
        (
            "He met Syrian Defense Minister Maj. Gen. Murhaf Abu Qasra.",
            "Murhaf Abu Qasra",
            "Maj. Gen.",
            "Syrian Defense Minister",
            "Syrian",
            "SYR",
        ),
        (
            "Spokesman Rear Adm. Zeki Aktürk told reporters so.",
            "Zeki Aktürk",
            "Rear Adm.",
            "Spokesman",
            None,
            None,
        ),
        (
            "SDF commander Mazloum Abdi’s announcement came late.",
            "Mazloum Abdi",
            None,
            "SDF commander",
            "SDF",
            None,
        ),
        (
            "Turkish Chief of the General Staff Gen. Metin Gürak left.",
            "Metin Gürak",
            "Gen.",
            "Turkish Chief of the General Staff",
            "General Staff",
            "TUR",
        ),
        (
            "Lt. Gen. Ilkay Altindag, the ministry’s director general of defense, led it.",
            "Ilkay Altindag",
            "Lt. Gen.",
            "director general of defense",
            None,
            None,
        ),
        (
            "NATO Secretary General Mark Rutte spoke.",
            "Mark Rutte",
            None,
            "NATO Secretary General",
            "NATO",
            None,
        ),
        (
            "U.S. Secretary of State Marco Rubio called.",
            "Marco Rubio",
            None,
            "U.S. Secretary of State",
            "U.S.",
            "USA",
        ),
        (
            "Ursula von der Leyen, the European Commission president, agreed.",
            "Ursula von der Leyen",
            None,
            "European Commission president",
            "European Commission",
            None,
        ),
        (
            "Bonnie Glaser of the German Marshall Fund said so.",
            "Bonnie Glaser",
            None,
            None,
            "German Marshall Fund",
            "DEU",
        ),
        (
            "Ukraine’s Defense Minister Denys Shmyhal thanked them.",
            "Denys Shmyhal",
            None,
            "Defense Minister",
            "Ukraine",
            "UKR",
        ),
    ],
)
def test_title_rank_and_affiliation_stay_apart_from_the_name(
    text: str,
    name: str,
    rank: str | None,
    position: str | None,
    affiliation: str | None,
    country: str | None,
) -> None:
    mention = mentions(text)[name]
    assert mention.kind == "person"
    assert words(text, mention.rank) == rank
    assert words(text, mention.position) == position
    assert words(text, mention.affiliation) == affiliation
    assert mention.country == country


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Defense Ministers Yasar Guler and Abu Qasra met.", ["Yasar Guler", "Abu Qasra"]),
        ("intelligence chiefs Ibrahim Kalin and Al-Salama", ["Ibrahim Kalin", "Al-Salama"]),
        ("An aide to President Donald Trump, Ann Lo, spoke.", ["Donald Trump", "Ann Lo"]),
        ("North Korean leader Kim Jong Un met Lee Jae-myung.", ["Kim Jong Un", "Lee Jae-myung"]),
        ("Theresa May and Samantha Power spoke.", ["Theresa May", "Samantha Power"]),
        ("Israel Katz and Jordan Bardella met in Paris.", ["Israel Katz", "Jordan Bardella"]),
        ("Abdul-Malik al-Houthi warned the kingdom.", ["Abdul-Malik al-Houthi"]),
        ("Gen. Charles Q. Brown Jr. said so.", ["Charles Q. Brown Jr."]),
        ("Vice Admiral K Swaminathan was present.", ["K Swaminathan"]),
    ],
)  # fmt: skip
def test_persons(text: str, people: list[str]) -> None:
    assert names(text, "person") == people


@pytest.mark.parametrize(
    "text",
    [
        "Photos of the meeting were shared. The talks went on.",
        "Discussions covered trade. Officials declined to comment.",
        "On Friday, While in March or since August 13, nothing happened.",
        "Led by nobody, Analysts caution that World War II is over.",
        "The F-16 Fighting Falcon and the Bayraktar TB2 flew over the IDEF 2025 defense fair.",
        "Patriot batteries and Abrams tanks arrived after the August memorandum.",
        "The International Intelligence Studies Conference began.",
        "It crossed the Black Sea near Kherson Oblast.",
    ],
)
def test_common_words_dates_equipment_events_and_places_are_no_actors(text: str) -> None:
    assert {n for n, m in mentions(text).items() if m.acts} == set()


@pytest.mark.parametrize(
    ("text", "kind", "country"),
    [
        ("The [Turkish Ministry of Defense] said so.", "government_body", "TUR"),
        ("Turkey’s [Presidency of Defense Works] met.", "government_body", "TUR"),
        ("The [Syrian presidency] announced it.", "government_body", "SYR"),
        ("Part of the [Syrian army] left.", "military", "SYR"),
        ("The [defence ministry] confirmed it.", "government_body", None),
        ("So [Madrid’s trade ministry] said.", "government_body", "ESP"),
        ("The [Ministry of Foreign Affairs and Trade] agreed.", "government_body", None),
        ("The [Shan Defence Council] (SDC) fought on.", "government_body", None),
        ("The [Azawad Liberation Front] (FLA) claimed it.", "armed_group", None),
        ("The [47th Mechanized Brigade] advanced.", "military", None),
        ("Pashinyan’s [Civil Contract] party won.", "political_party", None),
        ("The shipyard, [Astilleros del Faro], said so.", "company", None),
        ("According to the newspaper [Gazeta Nova], it rained.", "media", None),
        ("ERBIL ([Kurdistan24]) – Nothing happened.", "media", None),
        ("The [Center for Middle East Studies] in Ankara.", "other", None),
        ("The [Pentagon] confirmed it.", "government_body", "USA"),
    ],
)
def test_organisations(text: str, kind: str, country: str | None) -> None:
    name = text[text.index("[") + 1 : text.index("]")]
    mention = mentions(text.replace("[", "").replace("]", ""))[name]
    assert (mention.kind, mention.country) == (kind, country)


@pytest.mark.parametrize(
    ("text", "name", "acts"),
    [
        ("Ankara reiterated its support.", "Ankara", True),
        ("It seeks closer ties with Damascus.", "Damascus", True),
        ("Germany will send Kyiv 20 tanks.", "Kyiv", True),
        ("They signed it in Ankara.", "Ankara", False),
        ("The visit to Damascus ended.", "Damascus", False),
        ("A delegation went to the Syrian capital Damascus.", "Damascus", False),
        ("Israel’s wave of air strikes on Damascus went on.", "Damascus", False),
        ("It happened in northern Syria.", "Syria", False),
        ("It has bases in Syria, Iraq and Jordan.", "Jordan", False),
        ("Tensions with Israel rose.", "Israel", True),
        ("They fired a missile at Israel.", "Israel", True),
        ("Israeli air strikes killed ten.", "Israeli", True),
        ("The Israeli writer slept.", "Israeli", False),
        ("KYIV, Ukraine (AP) — It snowed.", "KYIV", False),
    ],
)
def test_a_state_acts_or_is_only_where(text: str, name: str, acts: bool) -> None:
    assert mentions(text)[name].acts is acts


@pytest.mark.parametrize(
    ("text", "name", "labels"),
    [
        ("It targets the YPG terrorist group.", "YPG", ["terrorist group"]),
        ("The so-called Islamic State (ISIS) fights.", "Islamic State", ["so-called"]),
        ("The PKK, a designated terrorist group, left.", "PKK", ["designated terrorist group"]),
        ("Congo said M23 rebels took Goma.", "M23", ["rebels"]),
        ("The separatist militia Polisario left.", "Polisario", ["separatist militia"]),
        ("The army fought the RSF near Nyala.", "RSF", []),
    ],
)
def test_loaded_labels_are_kept_apart(text: str, name: str, labels: list[str]) -> None:
    assert [words(text, span) for span in mentions(text)[name].labels] == labels


@pytest.mark.parametrize(
    "text",
    [
        "[A Turkish senior military official] said so.",
        "“The intent is good,” [one Turkish adviser] noted.",
        "it said, citing [Turkish officials familiar with the matter].",
        "“No,” [a Defense Ministry source] said.",
        "[A senior U.S. official], who spoke on condition of anonymity, said no.",
        "[Two security sources] told AFP.",
    ],
)
def test_unnamed_speakers(text: str) -> None:
    speaker = text[text.index("[") + 1 : text.index("]")]
    assert mentions(text.replace("[", "").replace("]", ""))[speaker].form == "unnamed"


def test_unnamed_people_who_do_not_speak_are_no_mentions() -> None:
    assert names("He met a Turkish official. Turkish soldiers left.", "person") == []


def test_a_heading_in_title_case_names_nobody_new() -> None:
    text = "Türkiye and Syria Sign Military Cooperation Agreement"
    heading = Sentence(1, 0, len(text), text, "heading")
    assert [m.text for m in find_mentions(heading)] == ["Türkiye", "Syria"]


def test_a_lone_surname_counts_when_the_document_names_the_person() -> None:
    document = Document("President Ahmad al-Sharaa spoke. Under Sharaa the army grew.")
    found = [m.text for m in find_mentions(*segment(document)) if m.kind == "person"]
    assert found == ["Ahmad al-Sharaa", "Sharaa"]


@given(st.text(max_size=300), st.integers(0, 50))
def test_offsets_are_the_documents(text: str, offset: int) -> None:
    sentence = Sentence(1, offset, offset + len(text), text)
    for mention in find_mentions(sentence):
        assert text[mention.start - offset : mention.end - offset] == mention.text != ""


PIECES = st.sampled_from(
    "Gen. Lt. the of and , ’s al-Assad Bashar Ministry Defense “ ” ( ) SDF Syria Syrian in to 👩‍🚀"
    " é Ö President Presidents said . - F-16 United Nations Kim \u202e\r\n Abu von der Leyen".split(
        " "
    )
)


@given(st.lists(PIECES, max_size=40))
def test_offsets_hold_for_text_that_looks_like_names(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for mention in find_mentions(Sentence(1, 0, len(text), text)):
        assert text[mention.start : mention.end] == mention.text
        for span in (mention.rank, mention.position, mention.affiliation, mention.acronym):
            assert span is None or 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize(
    "unit", ["Ab ", "a", "Ministry of ", "Gen. ", "President and ", "in Syria, ", "“", "terrorist "]
)
def test_a_text_without_a_full_stop_takes_linear_time(unit: str) -> None:
    assert_linear(
        lambda text: find_mentions(Sentence(1, 0, len(text), text)), repeated(unit), 30_000
    )
