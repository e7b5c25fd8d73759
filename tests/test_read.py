import contextlib
import io
import json
import os
import re
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from growing import assert_linear, repeated
from hypothesis import given
from hypothesis import strategies as st
from sample_briefs import SAMPLE, sample_brief

from summarizer.errors import InputError
from summarizer.page import Article, page
from summarizer.read import files, find_documents, is_text_encoding, read, read_text

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


ASCII = b"Norway plans to supply Ukraine with 20 howitzers, officials said.\n"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("Türkiye’s Erdoğan".encode() + b"\xa0met\n", "byte 21 (line 1)"),
        (ARTICLE.encode() + b"Damascus \x93said\x94\n", "byte 93 (line 3)"),
        (ARTICLE.encode() + ASCII * 50 + b"\xff\n", "byte 3384 (line 53)"),
        (ARTICLE.encode()[:2], "byte 1 (line 1)"),
        (ASCII + "’".encode()[:2], "byte 66 (line 2)"),
        (ASCII + "😀".encode()[:3], "byte 66 (line 2)"),
        ("Erdoğan and Güler".encode().replace("ğ".encode(), b"\xc4"), "byte 4 (line 1)"),
        ("Erdoğan – Güler".encode() + b"\xed\xa0\x80", "byte 19 (line 1)"),
    ],
    ids=["A0", "quotes", "far behind", "cut", "cut quote", "cut emoji", "half", "surrogate"],
)
def test_utf8_with_a_stray_byte_or_cut_is_an_error_that_says_where(
    tmp_path: Path, content: bytes, place: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)

    with pytest.raises(InputError, match=re.escape(f"not valid UTF-8 at {place};")) as caught:
        read(path)

    assert "--encoding NAME" in str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1254", "Turkish President Recep Tayyip Erdoğan said so."),
        ("cp1252", "President Guðni of Iceland said so."),
        ("cp1250", "Officials met in Plzeň on Friday."),
        ("cp1250", "President Đinđić said so."),
        ("cp1257", "The brigade will come to Šiauliai."),
        ("cp1252", "Lula spoke in São Paulo."),
        ("iso8859-2", "Officials met in Plzeň on Friday."),
        ("mac-roman", "The Försvarets materielverk bought it."),
        ("cp1253", "Ο υπουργός Άμυνας το ανακοίνωσε."),
    ],
)
def test_code_pages_that_cannot_be_told_apart_are_an_error_that_says_where(
    tmp_path: Path, encoding: str, text: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(text.encode(encoding))

    with pytest.raises(InputError, match=r"may be .+ or \S+, which differ at byte \d+ \(line 1\)"):
        read(path)

    assert read(path, encoding=encoding).text == text
    assert read(path, encoding=encoding).warnings == ()


@pytest.mark.parametrize(
    "encoding", ["cp1250", "cp1251", "cp1252", "cp1254", "cp1256", "gb18030", "koi8-r", "mac-roman"]
)
def test_a_guess_is_always_named_in_the_warnings(tmp_path: Path, encoding: str) -> None:
    samples = {
        "cp1250": "Minister Władysław Kosiniak-Kamysz ogłosił zakup 20 czołgów – „ważny krok”.",
        "cp1251": "Министр обороны заявил, что поставки танков «Т-90» начнутся в марте.",
        "cp1252": "The minister’s café was “closed” – for good.",
        "cp1254": ARTICLE,
        "cp1256": "أعلنت وزارة الدفاع السورية اليوم عن توقيع مذكرة تفاهم مع تركيا للتدريب.",
        "gb18030": "国防部周五宣布，将向合作伙伴提供二十辆装甲车和无人机。声明说，交付即将开始。",
        "koi8-r": "Министр обороны заявил, что поставки танков начнутся в марте.",
        "mac-roman": "Ukraine’s minister said “we need air defence” – and left the room.",
    }
    path = tmp_path / "report.txt"
    path.write_bytes(samples[encoding].encode(encoding))

    document = read(path)

    assert document.text == samples[encoding]
    (warning,) = document.warnings
    assert warning.startswith(f"read as {encoding}, which is a guess")
    assert "--encoding NAME" in warning


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "ascii"])
def test_what_says_its_encoding_itself_is_no_guess(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("Norway met Denmark.".encode(encoding))

    assert read(path).warnings == ()


@pytest.mark.parametrize(
    ("encoding", "content", "want"),
    [
        ("cp850", "Orléans".encode("cp850"), "Orléans"),
        ("utf-16-le", "Muğla".encode("utf-16-le"), "Muğla"),
        ("cp1254", "Muğla".encode("utf-8-sig"), "Muğla"),
        ("UTF-16", "Muğla".encode("utf-16"), "Muğla"),
        ("windows-1254", "Muğla".encode("cp1254"), "Muğla"),
    ],
)
def test_encoding_that_is_given_is_obeyed_unless_the_file_bears_a_mark(
    tmp_path: Path, encoding: str, content: bytes, want: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)

    assert read(path, encoding=encoding).text == want


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("utf-8", b"Norway \xa0"),
        ("ascii", "Norway – Oslo".encode()),
        ("latin-1", "Norway “Oslo”".encode("cp1252")),
        ("cp1252", b"Norway \x81"),
        ("utf-16-le", b"Norway "),
    ],
)
def test_encoding_that_does_not_fit_is_an_error_that_says_where(
    tmp_path: Path, encoding: str, content: bytes
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)

    with pytest.raises(InputError, match=rf"not valid {encoding} at byte \d|binary"):
        read(path, encoding=encoding)


@pytest.mark.parametrize(
    ("name", "want"),
    [
        *((name, True) for name in ("cp1254", "UTF-8", "latin-1", "utf_16_le", "gbk", "koi8-u")),
        *((name, False) for name in ("", "x", "rot13", "base64", "unicode_escape", "idna", "a\0b")),
    ],
)
def test_names_of_encodings(name: str, want: bool) -> None:
    assert is_text_encoding(name) == want


def test_utf16_without_a_mark_is_told_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("Norway – Oslo".encode("utf-16-le"))

    with pytest.raises(InputError, match=r"UTF-16 without a byte order mark.*--encoding"):
        read(path)


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_as_they_are_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(content)
    with contextlib.suppress(InputError):
        document = read(path)
        guess = re.match(r"read as (\S+),", "".join(document.warnings))
        names = [guess[1]] if guess else ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
        assert document.text in [content.decode(name, "ignore") for name in names]


@pytest.mark.parametrize(
    "text",
    [
        "<html><p>Norway met Denmark.",
        "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html>\n<html>",
        "<?xml version='1.0'?><rss><channel>",
        "<!-- saved from url=(0014)about:internet -->\n<html>",
        "<!-- one --> <!-- two\n -->\n<BODY bgcolor=white>",
        "<!--[if IE]><p>old</p><![endif]-->\n<div>",
        "\ufeff <!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN'>",
        '<div class="story"><p>Norway met Denmark.</p></div>',
        "<p>Norway met Denmark.\n<p>They spoke.",
        "<article>\n<h1>Norway</h1>",
        "<b>OSLO</b> - Norway met Denmark.",
        "<script>track()</script>\nNorway met Denmark.",
        "Norway met Denmark.</p>\n<p>They spoke.</p>\n<p>Then they left.</p><p>End.</p>",
        "Norway met Denmark.<br><br>They spoke.<br><br>Then they left.<br><br>",
    ],
)
def test_web_page_is_seen_behind_whatever_stands_in_front_and_in_pieces(text: str) -> None:
    with pytest.raises(InputError, match="a web page"):
        read_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "<!-- written by hand -->\n# Norway met Denmark",
        "<3 was the answer. Norway met Denmark.",
        "<https://example.org> reported that Norway met Denmark.",
        "Norway met Denmark. The page used <p> and <div> and </p> as tags. " + "They spoke. " * 90,
        '<img src="map.png">\n\n# Norway met Denmark',
        "a < b, and b > a; x <y> z",
        "| a | b |\n| - | - |\n| one<br>two | three |",
    ],
)
def test_text_that_only_names_elements_is_a_text(text: str) -> None:
    assert read_text(text).text == text


@pytest.mark.parametrize("unit", ["<!--", "<", "<p ", "<? ", "<a ", " ", "<![CDATA[", "</"])
def test_markup_is_looked_for_in_linear_time(unit: str) -> None:
    def step(text: str) -> None:
        with contextlib.suppress(InputError):
            read_text(text)

    assert_linear(step, repeated(unit, after="x"), 250_000)


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("name", ["report.txt", "report.meta.json"])
def test_named_pipe_that_nobody_writes_to_is_not_waited_for_forever(
    report: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "PATIENCE", 0.1)
    report.with_name(name).unlink(missing_ok=True)
    os.mkfifo(report.with_name(name))

    with pytest.raises(InputError, match=f"{name}: a named pipe that nobody writes to"):
        read(report)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_named_pipe_is_read_whole_from_a_writer_that_takes_its_time(tmp_path: Path) -> None:
    pipe = tmp_path / "report.txt"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("wb") as stream:
            for part in (ARTICLE[:40], ARTICLE[40:]):
                time.sleep(0.1)
                stream.write(part.encode())
                stream.flush()

    writer = threading.Thread(target=write)
    writer.start()

    assert read(pipe).text == ARTICLE
    writer.join()


def test_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    with pytest.raises(InputError, match="standard input: closed"):
        read("-")


@pytest.mark.parametrize("stem", ["a" * 251, "ş" * 125], ids=["251 letters", "250 bytes"])
def test_name_too_long_for_metadata_beside_it_is_read(tmp_path: Path, stem: str) -> None:
    path = tmp_path / f"{stem}.txt"
    path.write_bytes(ARTICLE.encode())

    assert read(path).id == stem


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


@pytest.mark.parametrize(
    ("unknown", "named"),
    [
        ({"titel": "A"}, "'titel'"),
        ({"source": {"x": 1}, "tags": []}, "'source', 'tags'"),
        ({f"field {n}": n for n in range(99)}, "'field 0', .* and 94 more"),
        ({"a\nb\x1b[31m\u202e": 1}, r"'a\\nb"),
        ({"x" * 10_000: 1}, "'x{40}'"),
        ({"\ud800": 1}, "ud800"),
    ],
    ids=["one", "two", "many", "controls", "long", "surrogate"],
)
def test_unknown_fields_of_metadata_cost_a_warning_and_no_more(
    report: Path, unknown: dict[str, Any], named: str
) -> None:
    _write_meta(report, {"title": "A title", **unknown})

    document = read(report)

    assert document.title == "A title"
    (warning,) = document.warnings
    assert re.search(rf"report\.meta\.json: ignored, .*{named}", warning)
    assert warning.isprintable()
    assert len(warning) < 400


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
    wanted = ["a.txt", "b.MD", "below/c.txt", "page.html", "paper.pdf"]
    others = [
        *("SOURCES.md", "readme.md", "a.brief.md", "a.meta.json", "a.gold.json", "report.html"),
        *(".hidden.txt", ".git/d.txt", "page_files/frame.html", "news.jsonl", "news.rss"),
    ]
    for name in wanted + others:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("text")
    (tmp_path / "report.html").write_text(page([Article(sample_brief(), SAMPLE)]), "utf-8")

    assert find_documents([tmp_path]) == [tmp_path / name for name in wanted]


def test_named_files_are_taken_whatever_their_ending_each_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "SOURCES.md", "story"):
        (tmp_path / name).write_text("text")
    given_paths = ["story", "b.txt", "SOURCES.md", "missing.txt"]

    got = find_documents([*(tmp_path / name for name in given_paths), tmp_path, "-"])

    assert [path.name for path in got] == [*given_paths, "a.txt", "-"]


def test_directory_without_reports_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")

    with pytest.raises(InputError, match=r"no \.txt, \.md, \.html or \.pdf file"):
        find_documents([tmp_path])


def test_no_path_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to read"):
        find_documents([])
