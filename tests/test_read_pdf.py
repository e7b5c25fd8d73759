"""PDFs give the article, page by page, or one clear line."""

from __future__ import annotations

import subprocess
from importlib import import_module
from pathlib import Path

import pytest
from pdfs import HEIGHT, Page, bomb, paragraph, pdf

from summarizer.errors import InputError
from summarizer.read import read
from summarizer.read.pdf import from_pdf
from summarizer.resolve.citing import Citer
from summarizer.segment import segment
from summarizer.source import Document, page_at, page_ends
from summarizer.validate import check

STORY = """Norway will supply Ukraine with 20 howitzers, the defence ministry said on
Friday. The guns come from the army's own stock and will be delivered before
the end of the year, a spokesman told reporters in Oslo."""
LEFT = """Norway will supply Ukraine with twenty
howitzers before the end of the year, the
defence ministry said in Oslo on Friday.
The guns come from the army's own stock
and crews are trained at Rena camp, as a
spokesman told reporters on the same day.
Denmark had promised ten of them earlier."""
RIGHT = """Sweden and Finland have not decided yet
whether they will follow, the ministers
wrote in a joint letter to their allies.
The letter names neither numbers nor any
date, and a parliament has to agree first
before a single gun may leave the country.
Officials expect an answer in the autumn."""


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return tmp_path / "paper.pdf"


def _read(path: Path, data: bytes) -> Document:
    path.write_bytes(data)
    return read(path)


def _words(text: str) -> str:
    return " ".join(text.split())


def test_text_and_pages_are_those_of_the_file(saved: Path) -> None:
    stories = [STORY.replace("Norway", name) for name in ("Norway", "Denmark", "Finland")]
    pages = [
        Page(paragraph(f"This is page number {n} of them.\n{story}"))
        for n, story in enumerate(stories, 1)
    ]

    document = _read(saved, pdf(pages))

    assert document.text.count("\f") == 3
    for number, page in enumerate(document.text.split("\f")[:3], 1):
        assert _words(page) == _words(
            f"This is page number {number} of them. {stories[number - 1]}"
        )
    at = document.text.index("page number 2")
    assert page_at(page_ends(document.text), at) == 2
    assert document.warnings == ()


def test_citation_names_its_page_and_check_finds_a_wrong_one(saved: Path) -> None:
    document = _read(saved, pdf([Page(paragraph(STORY)), Page(paragraph("Denmark agreed."))]))
    at = document.text.index("Denmark")

    citation = Citer(document, segment(document)).at(at, at + 7)

    assert (citation.quote, citation.page) == ("Denmark", 2)
    told = {"citations": [citation.model_dump()]}
    assert check(told, document.text, schema=False).ok
    told["citations"][0]["page"] = 1
    (finding,) = check(told, document.text, schema=False).findings
    assert (finding.problem, finding.detail) == (
        "page",
        "the quote stands on page 2, not on page 1",
    )


def test_text_without_pages_has_citations_without_page() -> None:
    document = Document(STORY)

    assert Citer(document, segment(document)).at(0, 6).page is None
    told = {"start": 0, "end": 6, "quote": "Norway", "page": 1}
    (finding,) = check(told, STORY, schema=False).findings
    assert finding.problem == "page"


def test_sentence_goes_on_over_the_page(saved: Path) -> None:
    first, _, rest = STORY.partition("\n")
    document = _read(saved, pdf([Page(paragraph(f"{STORY}\n{first}")), Page(paragraph(rest))]))

    whole = [" ".join(s.text.split()) for s in segment(document)]

    assert whole.count(_words(STORY).partition(" The guns")[0]) == 2


@pytest.mark.parametrize("order", ["by line", "by column"])
def test_two_columns_are_read_down_each(saved: Path, order: str) -> None:
    columns = paragraph(LEFT, x=60, top=680), paragraph(RIGHT, x=320, top=680)
    lines = [line for pair in zip(*columns, strict=True) for line in pair]
    if order == "by column":
        lines = [*columns[0], *columns[1]]
    head = (60.0, 720.0, "A headline that stands over both of the columns of this page, as a whole")

    document = _read(saved, pdf([Page([head, *lines])]))

    assert _words(document.text) == _words(f"{head[2]} {LEFT} {RIGHT}")
    told = any("two columns" in warning for warning in document.warnings)
    assert told == (order == "by line")


def test_table_keeps_its_rows(saved: Path) -> None:
    rows = [(f"Country {n}", f"{n}0 guns") for n in range(1, 13)]
    lines = [
        line
        for n, (left, right) in enumerate(rows)
        for line in ((72.0, 700.0 - 14 * n, left), (330.0, 700.0 - 14 * n, right))
    ]

    text = _read(saved, pdf([Page([*paragraph(STORY, top=780), *lines])])).text

    assert all(f"{left} {right}" in " ".join(text.split()) for left, right in rows)


def test_ligatures_are_opened(saved: Path) -> None:
    document = _read(saved, pdf([Page(paragraph("The ﬁrst ﬂeet was conﬁrmed in Oslo."))]))

    assert document.text == "The first fleet was confirmed in Oslo.\f"


@pytest.mark.parametrize(
    ("lines", "want", "guessed"),
    [
        ("The deliv-\nery of guns. A delivery.", "The delivery\nof guns. A delivery.", 0),
        ("A Su-\n27 fell. The Su-27 burned.", "A Su-27\nfell. The Su-27 burned.", 0),
        ("The counter-\nattack began.", "The counterattack\nbegan.", 1),
        ("A MiG-\n29 fell.", "A MiG-29\nfell.", 1),
        ("An Anglo-\nFrench force.", "An Anglo-French\nforce.", 1),
        (
            "Long-range fire, so a long-\nrange gun is long-range.",
            "Long-range fire, so a long-range\ngun is long-range.",
            0,
        ),
    ],
    ids=["joined", "hyphen", "guess", "number", "name", "kept"],
)
def test_word_broken_at_the_end_of_a_line_is_whole(
    saved: Path, lines: str, want: str, guessed: int
) -> None:
    document = _read(saved, pdf([Page(paragraph(lines))]))

    assert document.text == f"{want}\f"
    assert any("put together" in warning for warning in document.warnings) == bool(guessed)


def test_running_heads_and_numbers_are_left_out_and_told(saved: Path) -> None:
    pages = [
        Page(
            [
                (72, 770, "The Oslo Review of Arms"),
                *paragraph(f"Story number {word} begins.\n{STORY}\nIt ended {word}."),
                (300, 30, f"{n} of 4"),
            ]
        )
        for n, word in enumerate(("one", "two", "three", "four"), 1)
    ]

    document = _read(saved, pdf(pages))

    assert "Review" not in document.text
    assert "of 4" not in document.text
    assert document.text.count("\f") == 4
    assert "8 running heads and page numbers are left out" in document.warnings


def test_scan_among_pages_is_told_and_a_scan_alone_is_refused(saved: Path) -> None:
    document = _read(saved, pdf([Page(image=True), Page(paragraph(STORY)), Page(image=True)]))

    assert page_at(page_ends(document.text), document.text.index("Norway")) == 2
    assert document.warnings == (
        "pages 1, 3: without text, such as a scan; what it shows is not read",
    )
    with pytest.raises(InputError, match=r"without text, only images; run it through OCR"):
        _read(saved, pdf([Page(image=True)]))


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (pdf([Page(paragraph(STORY))], password="secret"), "an encrypted PDF"),
        (pdf([Page(paragraph(STORY))])[:200], "a broken PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "a broken PDF"),
        (b"Norway met Denmark.", "a broken PDF"),
        (b"", "a broken PDF"),
    ],
    ids=["encrypted", "cut", "noise", "text", "empty"],
)
def test_what_cannot_be_opened_is_one_line(saved: Path, data: bytes, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as caught:
        _read(saved, data)

    assert str(caught.value).startswith(str(saved))
    assert "\n" not in str(caught.value)


def test_file_that_needs_no_password_to_be_read_is_read(saved: Path) -> None:
    assert "Norway" in _read(saved, pdf([Page(paragraph(STORY))], password="")).text


def test_many_pages_are_read_to_the_limit(saved: Path) -> None:
    pages = [Page(paragraph(f"Page {n} says this.\n{STORY}")) for n in range(300)]
    data = pdf(pages)

    document = _read(saved, data)

    assert document.text.count("\f") == 300
    with pytest.raises(InputError, match="longer than 10,000 characters"):
        from_pdf(data, "x.pdf", 10_000)


def test_bomb_is_bounded(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("summarizer.read.pdf"), "PATIENCE", 0.5)
    data = bomb(512)
    assert len(data) < 4 << 20

    with pytest.raises(InputError, match="within bounds") as caught:
        _read(saved, data)

    assert isinstance(caught.value.__cause__, subprocess.TimeoutExpired)


def test_title_is_that_of_the_file_and_what_is_given_wins(saved: Path) -> None:
    data = pdf([Page(paragraph(STORY, top=HEIGHT - 40))], title="Guns for Kyiv")

    assert _read(saved, data).title == "Guns for Kyiv"
    assert read(saved, title="Own").title == "Own"
    assert _read(saved, data).published is None


def test_pdf_is_told_by_its_first_bytes_where_the_name_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "download"
    path.write_bytes(pdf([Page(paragraph(STORY))]))

    assert "Norway will supply" in read(path).text
