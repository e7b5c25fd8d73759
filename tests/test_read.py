import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.read import find_documents, read, read_text

ARTICLE = "Türkiye’s Yaşar Güler met his counterpart in Muğla.\r\nİlkay Altındağ spoke.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_bytes(ARTICLE.encode())
    return path


def _write_meta(report: Path, meta: object) -> None:
    report.with_name("report.meta.json").write_text(json.dumps(meta), "utf-8")


@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and "\0" not in text))
def test_given_text_is_never_changed(text: str) -> None:
    controls = [c for c in text if ord(c) < 32 or ord(c) == 127]
    if set(controls) <= set("\t\n\v\f\r"):
        assert read_text("a" + text).text == "a" + text


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
def test_newlines_are_not_translated(tmp_path: Path, newline: str) -> None:
    text = newline.join(["One.", "", "Two.", ""])
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode())

    assert read(path).text == text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1254"], ids=str.upper
)
def test_encoding_is_found_and_byte_order_mark_is_not_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(ARTICLE.encode(encoding))

    assert read(path).text == ARTICLE


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Министр обороны заявил, что поставки танков «Т-90» начнутся в марте."),
        ("cp1252", "El ministro de Defensa de España, según el diario, anunció mañana el envío."),
        ("cp1252", "Ukraine’s minister said “we need air defence” – and left the room."),
        ("cp1250", "Minister Władysław Kosiniak-Kamysz ogłosił zakup 20 czołgów – „ważny krok”."),
        ("cp1256", "أعلنت وزارة الدفاع السورية اليوم عن توقيع مذكرة تفاهم مع تركيا للتدريب."),
        ("gb18030", "国防部周五宣布，将向合作伙伴提供二十辆装甲车和无人机。声明说，交付即将开始。"),
    ],
    ids=["russian", "spanish", "english", "polish", "arabic", "chinese"],
)
def test_legacy_encodings_of_the_news_are_told_apart(
    tmp_path: Path, encoding: str, text: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))

    assert read(path).text == text


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "empty"),
        (b" \r\n\t\xc2\xa0", "empty"),
        (b"text\0text", "binary"),
        (bytes(range(1, 256)) * 4, "encoding|binary"),
        (b"\xff\xfea", "not valid utf-16-le"),
        (b"%PDF-1.7 text", "a PDF file"),
        (b"PK\x03\x04text", "an archive or office file"),
        (b"\x89PNG\r\n", "an image"),
        (b"\n<!DOCTYPE html>\n<p>text", "a web page"),
    ],
    ids=["empty", "blank", "nul", "noise", "half-utf16", "pdf", "docx", "png", "html"],
)
def test_what_is_no_text_is_refused_in_one_line(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    path = tmp_path / "report\n.txt"
    path.write_bytes(content)

    with pytest.raises(InputError, match=complaint) as caught:
        read(path)

    assert str(caught.value).startswith(str(tmp_path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("missing.txt", "no such file"),
        (".", "a directory"),
        ("/dev/zero", "a device"),
        ("nul\0.txt", "cannot be read"),
        ("x" * 5000, "cannot be read"),
    ],
    ids=["missing", "directory", "device", "nul-in-name", "long-name"],
)
def test_unusable_path_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, complaint: str
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError, match=complaint):
        read(path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_is_refused(report: Path) -> None:
    report.chmod(0)

    with pytest.raises(InputError, match="cannot be read"):
        read(report)


@pytest.mark.parametrize("letter", ["a", "ü", "😀"])
def test_limit_counts_characters(tmp_path: Path, letter: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text(letter * 100, "utf-8")

    assert len(read(path, max_characters=100).text) == 100
    with pytest.raises(InputError, match="longer than 99 characters"):
        read(path, max_characters=99)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_is_read_to_its_limit(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    held = os.open(pipe, os.O_RDWR)
    try:
        os.write(held, b"a" * 1000)
        with pytest.raises(InputError, match="longer than 99 characters"):
            read(pipe, max_characters=99)
    finally:
        os.close(held)


def test_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ARTICLE.encode())))

    document = read("-", published="2025-10-18")

    assert (document.text, document.id) == (ARTICLE, "stdin")
    assert (document.published, document.published_basis) == ("2025-10-18", "given")


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(InputError, match="surrogates"):
        read_text("a\ud800b")


@pytest.mark.parametrize(
    ("given_id", "want"),
    [
        ("report", "report"),
        ("a/b\\c", "a_b_c"),
        ("a\nb\x1b[31m\u202e", "a_b_[31m_"),
        ("İlkay Altındağ 😀", "İlkay Altındağ 😀"),
        ("", "document"),
    ],
)
def test_id_is_safe_to_show_and_to_name_a_file_with(given_id: str, want: str) -> None:
    assert read_text("text", id=given_id).id == want


def test_metadata_stands_beside_the_file(report: Path) -> None:
    meta = {
        "title": "A title",
        "publisher": "Agency",
        "url": "https://example.org/a",
        "language": "en",
        "published": "2025-10-18",
    }
    _write_meta(report, meta)

    document = read(report)

    assert {name: getattr(document, name) for name in meta} == meta
    assert (document.id, document.published_basis) == ("report", "metadata")


def test_what_is_given_wins_over_metadata(report: Path) -> None:
    _write_meta(report, {"title": "Old", "published": "2025-10-17", "published_basis": "inferred"})

    document = read(report, title="New", published="2025-10-18")

    assert (document.title, document.published) == ("New", "2025-10-18")
    assert document.published_basis == "given"
    assert read(report).published_basis == "inferred"


def test_date_stays_open_when_nobody_gives_it(report: Path) -> None:
    assert (read(report).published, read(report).published_basis) == (None, "none")


@pytest.mark.parametrize(
    ("meta", "complaint"),
    [
        ({"titel": "A"}, "titel"),
        ({"title": ""}, "title"),
        ({"title": "two\nlines"}, "title"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"published": "18 October"}, "published: '18 October' is not a date"),
        ({"published_basis": "given"}, "published_basis is there, published is not"),
        ([1], "metadata"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_bad_metadata_names_file_and_field(report: Path, meta: object, complaint: str) -> None:
    _write_meta(report, meta)

    with pytest.raises(InputError, match=complaint) as caught:
        read(report)

    assert "report.meta.json" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("broken", [b"{", b"\xff\xfe\xfd", b"[" * 100_000])
def test_metadata_that_is_no_json_is_refused(report: Path, broken: bytes) -> None:
    report.with_name("report.meta.json").write_bytes(broken)

    with pytest.raises(InputError, match=r"report\.meta\.json: not readable as JSON"):
        read(report)


@pytest.mark.parametrize(
    "published",
    ["18.10.2025", "2025-13-01", "2025-02-30", "20251018", "2025-W42-6", "2025-10-18T10:00", ""],
)
def test_only_iso_dates_are_publication_dates(published: str) -> None:
    with pytest.raises(InputError, match=f"'{published}' is not a date like 2025-10-18"):
        read_text("text", published=published)


@pytest.mark.parametrize("values", [{"title": " "}, {"url": "ftp://x"}, {"publisher": "a\nb"}])
def test_bad_values_name_themselves(values: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=next(iter(values))):
        read_text("text", **values)


def test_directory_stands_for_the_reports_in_it(tmp_path: Path) -> None:
    wanted = ["a.txt", "b.MD", "below/c.txt"]
    others = [
        *("SOURCES.md", "readme.md", "a.brief.md", "a.meta.json", "a.gold.json", "page.html"),
        *(".hidden.txt", ".git/d.txt"),
    ]
    for name in wanted + others:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text")

    assert find_documents([tmp_path]) == [tmp_path / name for name in wanted]


def test_named_files_are_taken_whatever_their_ending_each_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "SOURCES.md", "story"):
        (tmp_path / name).write_text("text")
    given_paths = ["story", "b.txt", "SOURCES.md", "missing.txt"]

    got = find_documents([*(tmp_path / name for name in given_paths), tmp_path, "-"])

    assert [path.name for path in got] == [*given_paths, "a.txt", "-"]


def test_directory_without_reports_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")

    with pytest.raises(InputError, match=r"no \.txt or \.md file"):
        find_documents([tmp_path])


def test_no_path_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to read"):
        find_documents([])
