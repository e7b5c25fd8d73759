"""Web pages give the article and what they say of themselves, or one clear line."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from growing import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from page_shapes import SHAPES, STORY, Shape

from summarizer.errors import InputError
from summarizer.read import content, read
from summarizer.read.content import MAX_CHARACTERS
from summarizer.read.page import from_page


def _saved(folder: Path, shape: Shape) -> Path:
    path = folder / "page.html"
    errors = "surrogateescape" if shape.encoding == "utf-8" else "strict"
    path.write_bytes(shape.html.encode(shape.encoding, errors))
    return path


def test_there_are_twenty() -> None:
    assert len(SHAPES) >= 20


@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_page_gives_its_article_or_one_line(tmp_path: Path, shape: Shape) -> None:
    path = _saved(tmp_path, shape)
    if shape.refused:
        with pytest.raises(InputError, match=shape.refused) as caught:
            read(path)
        assert str(caught.value).startswith(str(path))
        assert "\n" not in str(caught.value)
        return

    document = read(path)

    assert [words for words in shape.has if words not in document.text] == []
    assert [words for words in shape.lacks if words in document.text] == []
    assert {name: getattr(document, name) for name in shape.about} == shape.about
    assert any(shape.warned in warning for warning in document.warnings) == bool(shape.warned)
    assert "<" not in document.text


def test_paragraphs_stand_apart() -> None:
    page = SHAPES["plain article"].html.encode()

    assert from_page(page, "x", None).text.split("\n\n")[1:] == list(STORY)


def test_file_beside_the_page_wins_and_leaves_the_rest(tmp_path: Path) -> None:
    path = _saved(tmp_path, SHAPES["plain article"])
    path.with_name("page.meta.json").write_text('{"published": "2026-06-13"}', "utf-8")

    document = read(path, publisher="Wire")

    assert (document.published, document.published_basis) == ("2026-06-13", "metadata")
    assert (document.title, document.publisher) == ("Guns for Kyiv", "Wire")


def test_page_is_told_by_its_first_bytes_where_the_name_says_nothing(tmp_path: Path) -> None:
    path = _saved(tmp_path, SHAPES["plain article"]).rename(tmp_path / "guns")

    assert read(path).title == "Guns for Kyiv"


def test_page_named_as_a_text_is_told_what_to_do(tmp_path: Path) -> None:
    path = _saved(tmp_path, SHAPES["plain article"]).rename(tmp_path / "guns.txt")

    with pytest.raises(InputError, match=r"a web page, not a text; give .* named \.html"):
        read(path)


@pytest.mark.parametrize(
    ("before", "unit", "after", "largest"),
    [
        pytest.param(b"", b"<div>", b"<p>x", 50_000, id="deep"),
        pytest.param(b"<div>" * 200, b"<p>x</p>", b"", 60_000, id="deep and many"),
        pytest.param(b"<p>", b" ", b"x</p>", 9_000_000, id="blanks"),
        pytest.param(b"", b"<b><i>x</b>", b"", 20_000, id="crossed"),
        pytest.param(b"", b"<!--", b"", 200_000, id="comments"),
        pytest.param(b"", b"<p ", b"", 500_000, id="open"),
        pytest.param(b"", b"<", b"", 1_000_000, id="angles"),
        pytest.param(b"", b"<time>", b"", 20_000, id="time"),
        pytest.param(b"", b'<meta name="date" content="2026">', b"", 50_000, id="meta"),
        pytest.param(b"", b'<p class="date">2026-0</p>', b"", 20_000, id="dates"),
    ],
)
def test_page_of_hostile_shape_is_read_in_linear_time(
    before: bytes, unit: bytes, after: bytes, largest: int
) -> None:
    def step(data: bytes) -> None:
        with contextlib.suppress(InputError):
            from_page(data, "x.html", None)

    assert_linear(step, lambda size: b"<html><body>" + before + unit * size + after, largest)


def test_page_larger_than_any_article_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)  # a gigabyte that takes no room

    with pytest.raises(InputError, match="larger than 10 MB"):
        read(path)


_PIECES = st.sampled_from(
    "<p>|</p>|<article>|<time>|</time>|<table><tr><td>|\f|\r|\x00|&lt;|&nbsp;|<script>|</script>"
    "|<b|'\">|<!--|-->|\x85|&#0;|<pre>|é".split("|")
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=20)), max_size=30).map("".join))
def test_what_is_taken_out_of_any_page_is_read_again_unchanged(
    tmp_path_factory: pytest.TempPathFactory, html: str
) -> None:
    folder = tmp_path_factory.getbasetemp()
    page, kept = folder / "any.html", folder / "kept.txt"
    page.write_bytes(
        f"<html><body>{'<p>Norway met Denmark in Oslo.</p>' * 9}{html}".encode("utf-8", "replace")
    )
    with contextlib.suppress(InputError):
        text = read(page).text
        kept.write_text(text, "utf-8", newline="")
        assert content(kept, MAX_CHARACTERS, None)[0] == text
