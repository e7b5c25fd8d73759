import textwrap
from itertools import pairwise

import pytest
from case_tables import cases
from growing import assert_linear, repeated
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.segment import MAX_SENTENCE, segment, windows
from summarizer.source import Document, Sentence

# Pieces that steer the splitter, mixed with any Unicode text that UTF-8 can hold.
PIECES = [
    *("“", "”", '"', "’", ".", "!", "?", ". ", "…", "(", ")", "\n", "\r\n", "\u2028", "\x85", " "),
    *(
        "\u00a0",
        "\u200b",
        "\u0301",
        "\u202e",
        "😀",
        "👩‍🚀",
        "مرحبا. ",
        "你好。",
        "Lt. Gen. ",
        "U.S. ",
    ),
    *("He said. ", "(Photo: X)", "Advertisement", "- ", "1. ", "By A\n", "9 p.m. ", "x" * 150),
]
ANY_TEXT = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    max_size=60,
).map("".join)


def _texts(text: str, kind: str | None = None) -> list[str]:
    return [s.text for s in segment(Document(text)) if kind in (None, s.kind)]


def _kinds(text: str) -> list[str]:
    return [sentence.kind for sentence in segment(Document(text))]


@pytest.mark.parametrize("case", list(cases("segment")))
def test_line_is_a_sentence_of_its_kind(case: dict[str, str]) -> None:
    text = case["report"].replace(" ⏎ ", "\n").replace("⏎", "\n").replace(" ␉ ", "\t")

    found = {" ".join(s.text.split()): s.kind for s in segment(Document(text))}

    assert found.get(" ".join(case["sentence"].split())) == case["kind"]


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT)
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    sentences = segment(Document(text))

    assert [s.id for s in sentences] == list(range(1, len(sentences) + 1))
    assert all(s.text == text[s.start : s.end] == s.text.strip() != "" for s in sentences)
    assert all(len(s.text) <= MAX_SENTENCE for s in sentences)
    assert all(left.end <= right.start for left, right in pairwise(sentences))
    covered = "".join(s.text for s in sentences)
    assert "".join(covered.split()) == "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(ANY_TEXT, st.integers(1, 8), st.integers(1, 400))
def test_windows_hold_every_sentence_but_boilerplate_once(
    text: str, size: int, max_characters: int
) -> None:
    document = Document(text)
    sentences = segment(document)

    got = windows(document, sentences, size=size, max_characters=max_characters)

    assert [s for w in got for s in w.sentences] == [
        s for s in sentences if s.kind != "boilerplate"
    ]
    for window in got:
        ids = [s.id for s in window.sentences]
        assert ids == list(range(ids[0], ids[0] + len(ids)))
        assert len(ids) <= size
        assert len(window.text) <= max_characters or len(ids) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Led by Lt. Gen. Ilkay Altindag, the delegation met Maj. Gen. Murhaf Abu Qasra.",
        "Spokesman Rear Adm. Zeki Aktürk and Brig. Assem Hawari met Dr. Nilay Yıldız.",
        "Wg. Cdr. Vyomika Singh and Air Cdre. P. J. Khan met Spc. Kowalski and Cpt. Ito.",
        "Brig. Gen. Pat Ryder told Sgt. Maj. John W. Troxell and Gov. J.B. Pritzker so.",
        "Sen. J.D. Vance, R-Ohio, and Rep. Adam Smith, D-Wash., voted for it.",
        "The U.S. Army and the U.K. Ministry of Defence met the U.N. Security Council.",
        "It strikes at 9 a.m. Monday, at 10 p.m. EST and at 5 p.m. Kyiv time.",
        "Approx. 30 tanks, incl. Leopards, were sent on Sept. 4 under Art. 5 and No. 5.",
        "Roketsan A.Ş. Genel Müdürü and Krauss-Maffei GmbH & Co. KG signed for $3.5 bn.",
        "Mr. Lavrov met Ms. Baerbock in St. Petersburg and near Mt. Hermon vs. Ft. Bragg.",
        "Gen. (ret.) Hulusi Akar and J. R. Smith of Lockheed Martin Corp. met them.",
        "“Our position is firm,” he said.",
        "“Will they arrive in time?” Gen. Mark Milley asked.",
        "“We go. We fight. We win,” he said.",
        "He called it “the dark actor in Syria,” blaming it for unrest.",
        "ERBIL (Kurdistan24) – Türkiye and Syria have signed a memorandum.",
        "WASHINGTON, Jan. 6 (Reuters) - The U.S. will send 3.5 tons to Ukraine.",
        "1. The first demand is this.",
    ],
)
def test_sentence_stays_whole(sentence: str) -> None:
    assert _texts(f"It began. {sentence} He left.") == ["It began.", sentence, "He left."]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("He came from the U.S.", "The deal is done."),
        ("They arrived at 9 p.m.", "Soldiers waited."),
        ("“Never!”", "He left."),
        ("“Our position is firm,” he said.", "“A united Syria is safer.”"),
        ("He spoke to Roketsan Inc.", "The firm agreed."),
        ("It costs $3.5.", "That is cheap."),
        ("وقعت الوزارة اليوم.", "غادر الوفد."),
        ("他们走了。", "我们来了。"),
    ],
)
def test_sentences_are_told_apart(left: str, right: str) -> None:
    assert _texts(f"{left} {right}") == [left, right]


@pytest.mark.parametrize("end", ["", "\n", "\n\nAdvertisement", "\n\nAll rights reserved.\n"])
def test_last_line_without_a_full_stop_is_no_heading(end: str) -> None:
    last = "Norway plans to supply Ukraine with 20 howitzers"
    text = f"Norway met Denmark on Friday.\n\n{last}{end}"

    assert _texts(text, "body") == ["Norway met Denmark on Friday.", last]


def test_heading_above_the_last_line_stays_one() -> None:
    text = "It began.\n\nLooking ahead\nNorway plans to supply Ukraine with 20 howitzers"

    assert _texts(text, "heading") == ["Looking ahead"]


def test_name_at_the_end_is_no_sentence() -> None:
    assert _texts("Norway met Denmark on Friday.\n\nAnadolu Agency", "body") == [
        "Norway met Denmark on Friday."
    ]


def test_heading_does_not_stick_to_the_next_sentence() -> None:
    text = "Turkish priorities\nAktürk spoke in Ankara. He left.\n\nLooking ahead\r\nAnalysts wait."

    assert _texts(text, "heading") == ["Turkish priorities", "Looking ahead"]
    assert len(_texts(text)) == 5


@pytest.mark.parametrize(
    "line",
    [
        "The ministers (R) and (L). (Photo: SANA)",
        "FILE PHOTO: A tank drives near Goma.",
        "FILE - President Bola Tinubu speaks in Abuja.",
        "A soldier stands guard near Goma, DR Congo. REUTERS/Djaffar Al Katanty",
        "Smoke over Kyiv. (AP Photo/Efrem Lukatsky)",
        "Photo by Omar Haj Kadour/AFP via Getty Images",
        "Image: Ministry of Defence",
        "Credit: Anadolu",
        "[Caption] A howitzer leaves a wagon in Craiova. Photo: Defence Ministry",
    ],
)
def test_caption_is_told(line: str) -> None:
    assert set(_kinds(f"It began on Friday.\n{line}\nIt ended.")[1:-1]) == {"caption"}


@pytest.mark.parametrize(
    "line",
    [
        *("Advertisement", "Fly Erbil Advertisment", "ADVERTISEMENT", "Sponsored content"),
        *("Subscribe to our newsletter", "Sign up for daily updates", "Follow us on X", "Share"),
        *("Read more: Türkiye sends drones", "Also read: Who pays?", "Related articles", "* * *"),
        *("We use cookies to improve your visit.", "Copyright 2025 Example Media", "Print"),
        *("© 2025 Reuters. All rights reserved.", "By John Smith", "Editing by Mark Heinrich"),
        *(
            "(Reporting by A. B. Cee in Ankara; Editing by Dee Eff)",
            "Terms of use",
            "By our correspondent",
        ),
        *("Last updated: 3 May 2024", "Tags: Syria, Israel", "3 min read", "Skip to main content"),
    ],
)
def test_boilerplate_is_told(line: str) -> None:
    assert set(_kinds(f"It began on Friday.\n{line}\nIt ended.")[1:-1]) == {"boilerplate"}


@pytest.mark.parametrize(
    "line",
    [
        "Photos of the meeting were also shared on the platform.",
        "By Friday, the army had sent 50 tanks.",
        "Sponsored by Iran, the militia fired rockets.",
        "The ministry denied the advertisement for recruits.",
        "Follow-up talks will be held in Riyadh.",
        "Related sanctions remain in force.",
        "Share prices of Rheinmetall rose.",
        "Read the full text of the accord, he said.",
        "Reporting by Reuters shows that 20 drones were sent.",
        "Terms of service in the army were extended to three years.",
        "Terms and conditions of the sale were not disclosed.",
        "Registered voters are called up.",
        "Tanks were sent (left over from the war).",
        "- 50 Bradley infantry fighting vehicles",
        "• Over 2,000 anti-tank missiles",
        "1) Air defence interceptors",
    ],
)
def test_what_only_resembles_is_body(line: str) -> None:
    assert _kinds(f"It began on Friday.\n{line}\nIt ended.") == ["body"] * 3


def test_list_without_bullets_is_body() -> None:
    text = (
        "The package includes:\nOver 1,400 Stinger systems\nOver 8,500 Javelin systems\n\nIt ended."
    )

    assert _kinds(text) == ["body"] * 4


def test_text_of_one_bare_line_is_body() -> None:
    assert _kinds("Türkiye sends 20 drones to Syria") == ["body"]


def test_repeated_line_is_boilerplate_and_repeated_list_item_is_not() -> None:
    caption = "Defense Minister Yasar Güler (R) and Murhef Abu Qasra (L). (Photo: SANA)"
    item = "- 155mm artillery ammunition for howitzers and mortars"
    text = "\n".join(["It began.", caption, caption, "It went on.", item, "And on.", item, "End."])

    assert _texts(text, "boilerplate") == [caption.removesuffix(" (Photo: SANA)"), "(Photo: SANA)"]
    assert _texts(text, "caption") == _texts(text, "boilerplate")
    assert _texts(text).count(item) == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_hard_wrapped_paragraph_is_read_as_one(newline: str) -> None:
    first = (
        "The Pentagon on Friday said it would send another package of weapons and other equipment "
        "to Ukraine, Lt. Gen. John Smith said."
    )
    second = (
        "It is worth $400 million and includes artillery shells, the Department of Defense said."
    )
    body = textwrap.fill(f"{first} {second}", 72)
    items = "* 10 tanks of the newest type that the company has ever produced\n* 20 drones"
    text = f"Aid for Ukraine\n\n{body}\n\nWhat is in it\n\n{items}\n".replace("\n", newline)

    got = [" ".join(sentence.split()) for sentence in _texts(text)]

    assert got == ["Aid for Ukraine", first, second, "What is in it", *items.split("\n")]


def test_window_does_not_span_boilerplate() -> None:
    document = Document("One is here. Two is here.\nAdvertisement\nThree is here.")

    got = windows(document, segment(document), size=10, max_characters=1000)

    assert [w.text for w in got] == ["One is here. Two is here.", "Three is here."]


@pytest.mark.parametrize(
    "unit",
    [
        *("a", "word ", "“a. ", "Mr. ", "A. ", "(", "1. ", "said ", "\n", "“a.” said ", " "),
        *("Photo ", "U.S. Said. ", "“We! ” "),
    ],
    ids=repr,
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def step(text: str) -> None:
        document = Document(text)
        windows(document, segment(document), size=20, max_characters=4000)

    assert_linear(step, repeated(unit, after="a"), 200_000)


def test_longest_sentence_is_cut_at_white_space() -> None:
    text = "word " * 1000

    assert all(set(part.split()) == {"word"} for part in _texts(text))


def test_sentences_know_their_place() -> None:
    assert segment(Document("  Türkiye 😀 spoke.\r\n\r\n Então sim.  ")) == (
        Sentence(1, 2, 18, "Türkiye 😀 spoke."),
        Sentence(2, 23, 33, "Então sim."),
    )
