"""Files of several articles, feeds and addresses: one report after the other, each by itself."""

from __future__ import annotations

import gzip
import json
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_shapes import SHAPES
from scripted import completion, scripted_server

from summarizer.cli import main
from summarizer.cli.sources import Sources
from summarizer.cli.targets import Targets
from summarizer.errors import InputError
from summarizer.read import Given, articles, find_sources, read, web
from summarizer.read.web import fetch, is_public

loopback = pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])
TEXT = "Norway will supply Ukraine with 20 howitzers, the ministry said."


def _lines(path: Path, *lines: Any) -> Path:
    told = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(told), "utf-8")
    return path


def _results(path: Path) -> list[str]:
    results = []
    for article in articles(path):
        try:
            results.append(article.read().id)
        except InputError as error:
            results.append(str(error).removeprefix(f"{path.parent}/"))
    return results


def test_line_gives_its_text_unchanged_and_what_it_says(tmp_path: Path) -> None:
    text = "Türkiye’s Güler\r\nmet\u2028him."
    line = {"id": 7, "text": text, "title": "T", "published": "2026-06-12T23:30:00-05:00"}
    path = _lines(tmp_path / "news.jsonl", {**line, "publisher": "P", "url": "https://e.org/a"})

    (article,) = articles(path)
    document = article.read()

    assert (document.text, document.id, article.name) == (text, "7", f"{path}:1")
    assert (document.published, document.published_basis) == ("2026-06-12", "metadata")
    assert (document.title, document.publisher, document.url) == ("T", "P", "https://e.org/a")
    assert read(path).text == text


def test_bad_line_costs_itself_alone_and_ids_differ(tmp_path: Path) -> None:
    path = _lines(
        tmp_path / "news.jsonl",
        {"id": "a", "text": TEXT},
        "{not json",
        "",
        {"id": "A", "text": TEXT},
        [1],
        {"text": TEXT},
        {"id": "../x", "text": TEXT},
        {"text": "<html><p>page"},
        {"text": TEXT, "published": "soon"},
        "[" * 100_000,
    )

    results = _results(path)

    assert [each for each in results if ":" not in each] == ["a", "A~2", "news-6", ".._x"]
    told = [each.partition(": ")[0] for each in results if ":" in each]
    assert told == [f"news.jsonl:{n}" for n in (2, 5, 8, 9, 10)]


def test_million_lines_stream(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    line = json.dumps({"text": TEXT * 100}).encode() + b"\n"
    path.write_bytes(line * 5_000)  # 33 MB

    tracemalloc.start()
    count = sum(1 for article in articles(path) if article.read().text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 5_000
    assert most < 5 << 20


def test_line_without_end_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "' + b"a" * 7_000_000)
        stream.write(b'"}\n' + b" " * 7_000_000 + b"\n" + json.dumps({"text": TEXT}).encode())

    results = _results(path)

    assert results == [
        "news.jsonl:1: longer than 500,000 characters; split it into single reports",
        "news-3",
    ]


def test_first_is_read_before_the_rest_is_there(tmp_path: Path) -> None:
    path = _lines(tmp_path / "news.jsonl", {"id": "a", "text": TEXT}, "")
    found = articles(path)
    first = next(found).read()
    with path.open("a") as stream:
        stream.write(json.dumps({"id": "b", "text": TEXT}))

    assert [first.id, *(each.read().id for each in found)] == ["a", "b"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=6), st.text(min_size=1, max_size=40)), max_size=6))
def test_kept_text_is_found_again_by_its_checksum(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    path = _lines(folder / "news.jsonl", *({"id": i, "text": t} for i, t in told))
    targets, names = Targets([path]), set()
    for article in articles(path):
        try:
            document = article.read()
        except InputError:
            continue
        name = targets.name_of(article, document)
        targets.keep_text(folder / "texts", name, document)
        names.add(name.casefold())
        for place in (folder / "texts", path):
            found = Sources(place).find(folder / "x.brief.json", {"sha256": document.sha256})
            assert found is not None
            assert found[1] == document.text
    assert len(names) == len(list((folder / "texts").glob("*"))) if names else True


def test_names_of_articles_and_files_never_meet(tmp_path: Path) -> None:
    several = _lines(tmp_path / "a.jsonl", {"id": "b", "text": TEXT})
    other = _lines(tmp_path / "a.b.jsonl", {"id": "c", "text": TEXT})
    single = tmp_path / "a.b.txt"
    single.write_text(TEXT)
    targets = Targets(sources := find_sources([several, other, single]))

    names = [
        targets.name_of(article, article.read()) for each in sources for article in articles(each)
    ]

    assert len(set(names)) == 3


def test_kept_text_never_overwrites_a_report(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("utf-16"))
    targets = Targets([path])

    with pytest.raises(InputError, match="is a report itself"):
        targets.keep_text(tmp_path, "a", read(path))


RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Herald</title>
<item><title>Guns &amp; shells</title><link>https://h.example/guns</link>
<pubDate>Fri, 12 Jun 2026 23:30:00 -0500</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{TEXT}</p><p>Oslo agreed.</p>]]></content:encoded></item>
<item><title>Tanks</title><link>https://h.example/tanks</link>
<description>&lt;p&gt;Denmark sends tanks.&lt;/p&gt;</description></item>
<item><title>Nothing</title><link>https://h.example/none</link></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><id>urn:1</id><title type="html">Guns &lt;b&gt;now&lt;/b&gt;</title>
<link rel="self" href="https://w.example/self"/><link href="https://w.example/1"/>
<published>2026-06-12T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content>
</entry></feed>"""


def test_entries_of_rss_are_articles_and_a_summary_says_so(tmp_path: Path) -> None:
    path = tmp_path / "news.xml"
    path.write_text(RSS, "utf-8")

    full, short, none = articles(path)

    first = full.read()
    assert first.text == f"{TEXT}\n\nOslo agreed."
    assert (first.title, first.publisher) == ("Guns & shells", "The Herald")
    assert (first.published, first.url) == ("2026-06-12", "https://h.example/guns")
    assert (first.id, first.warnings) == ("h.example_guns", ())
    second = short.read()
    assert second.text == "Denmark sends tanks."
    (warning,) = second.warnings
    assert warning.startswith("the feed holds a summary of 20 characters, not the article")
    with pytest.raises(InputError, match=r"news\.xml:3: the feed holds no text"):
        none.read()


def test_entries_of_atom_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "download"  # told by its first bytes
    path.write_text(ATOM, "utf-8")

    document = read(path)

    assert (document.text, document.id) == (TEXT, "urn:1")
    assert (document.title, document.publisher, document.published) == (
        "Guns now",
        "Wire",
        "2026-06-12",
    )
    assert document.url == "https://w.example/1"


@pytest.mark.parametrize(
    "xml",
    [
        "<?xml version='1.0'?><html><p>x</p></html>",
        "<rss><channel></channel></rss>",
        "<rss",
        "",
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "'
        + "&a;" * 99
        + '">]><rss><channel><item><description>&b;</description></item></channel></rss>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item>'
        "<description>&x;</description></item></channel></rss>",
    ],
    ids=["xhtml", "none", "cut", "empty", "laughs", "file"],
)
def test_xml_that_is_no_feed_or_hostile_is_one_line(tmp_path: Path, xml: str) -> None:
    path = tmp_path / "news.rss"
    path.write_text(xml, "utf-8")

    (article,) = articles(path)
    with pytest.raises(InputError) as caught:
        article.read()

    assert str(caught.value).startswith(str(path))
    assert "root:" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        *((private, False) for private in ("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1")),
        *((near, False) for near in ("169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1")),
        *(
            (near, False)
            for near in ("::1", "::", "fe80::1", "fc00::1", "ff02::1", "255.255.255.255")
        ),
        *((held, False) for held in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::")),
    ],
)
def test_only_public_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) == public


@contextmanager
def _served(reply: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply(self)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _send(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"content_length": str(len(body)), **headers}.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def _local(address: web.IPAddress) -> bool:
    return address.is_loopback


@loopback
def test_page_is_fetched_behind_a_redirect_and_unpacked_within_bounds() -> None:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/old":
            _send(handler, 302, Location="/new?x=1")
        else:
            packed = gzip.compress(b"a" * 10_000_000)
            _send(handler, 200, packed, Content_Encoding="gzip", Content_Type="text/html; a=b")

    with _served(reply) as base:
        fetched = fetch(f"{base}/old", allowed=_local)
        assert (fetched.url, fetched.media_type) == (f"{base}/new?x=1", "text/html")
        assert len(fetched.data) == 10_000_000
        with pytest.raises(InputError, match="larger than 1 MB"):
            fetch(f"{base}/new", allowed=_local, max_bytes=1 << 20)


@loopback
@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("http://10.0.0.1/x", "10.0.0.1, which is not a public address"),
        ("http://[::1]/x", "::1, which is not a public address"),
        ("file:///etc/passwd", "leads to file:; only http and https"),
        ("http://u:p@127.0.0.1/", "a password"),
        ("/again", "more than 5 redirects"),
    ],
)
def test_redirect_to_what_must_not_be_asked_is_refused(target: str, complaint: str) -> None:
    with (
        _served(lambda handler: _send(handler, 302, Location=target)) as base,
        pytest.raises(InputError, match=complaint),
    ):
        fetch(f"{base}/start", allowed=lambda address: str(address) == "127.0.0.1")


@loopback
def test_server_that_drips_is_cut_off() -> None:
    ended = threading.Event()

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not ended.wait(0.05):
                handler.wfile.write(b"a")
        except OSError:
            pass

    with _served(reply) as base:
        try:
            with pytest.raises(InputError, match=r"no answer within 0\.5 seconds"):
                fetch(base, allowed=_local, patience=0.5)
        finally:
            ended.set()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://localhost/", "https://[::1]/"])
def test_nothing_nearby_is_asked(url: str) -> None:
    (article,) = articles(url, Given(allow_url=True))

    with pytest.raises(InputError, match="not a public address"):
        article.read()


def test_nothing_is_fetched_unless_it_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "fetch", lambda url: pytest.fail("fetched"))

    (article,) = articles("https://h.example/guns")
    with pytest.raises(InputError, match="without --allow-url"):
        article.read()


def test_fetched_page_is_read_as_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    data = SHAPES["JSON-LD graph"].html.encode()
    url = "https://h.example/2026/guns.html?id=1"
    monkeypatch.setattr(web, "fetch", lambda url: web.Fetched(url, "text/html", data))

    (article,) = articles(url, Given(allow_url=True))
    document = article.read()

    assert (document.url, document.publisher) == (url, "Herald")
    assert article.name == url
    assert len(list(islice(articles(url), 2))) == 1


@pytest.mark.block_network(allowed_hosts=[r"127\.0\.0\.1"])
def test_command_writes_a_brief_and_a_kept_text_an_article_and_resumes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    _lines(Path("news.jsonl"), {"id": "a", "text": TEXT}, "{", {"id": "b", "text": f"{TEXT} Yes."})
    line = {"text": TEXT, "sentences": [0]}
    answer = {"actors": [], "events": [], "pledges": [], "statements": [line]}
    with scripted_server() as script:
        script.will_reply(completion(json.dumps(answer)))
        where = ["--base-url", script.base_url, "--model", "m", "--verify", "off"]
        run = ["summarize", "news.jsonl", "--out", "briefs", *where]

        assert main([*run, "--keep-text", "texts"]) == 1
        assert "news.jsonl:2: not JSON" in capsys.readouterr().err
        assert sorted(each.name for each in Path("briefs").glob("*.json")) == [
            "news.a.brief.json",
            "news.b.brief.json",
        ]
        for source in ("texts", "news.jsonl"):
            assert main(["check", "briefs", "--source", source]) == 0
        asked = len(script.requests)
        assert main(run) == 1
        assert "2 of 3 briefs are up to date" in capsys.readouterr().err
        assert len(script.requests) == asked == 8
