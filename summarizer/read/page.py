"""Take the article out of a web page: its bytes in, its text and what it says of itself out.

The text is what a reader would see of the article, tags and all that is hidden, scripted or beside
it left out. Nothing that the page names is fetched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summarizer.errors import InputError
from summarizer.read.encodings import BYTE_ORDER_MARKS, is_broken_utf8
from summarizer.read.page_facts import TOLD_BY, Elements, Facts, facts_of
from summarizer.read.taken import Taken

if TYPE_CHECKING:
    from resiliparse.parse.html import HTMLTree, Node

MAX_BYTES = 10 << 20
FEW = 200
"""Characters; a page with less text than that has no article, or does not give it."""

_WORK = 5_000_000  # depth times elements, a second or two: the extraction climbs from each
_MOST_ELEMENTS = 200_000
_ELEMENT = re.compile(r"<[a-zA-Z]")
_SKIPPED = ["template", "dialog", "[aria-hidden=true]", "[hidden]"]
_BLANK = re.compile(r"[\f\v\x1c-\x1e\x85]")
_UNUSABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_LONGER = 2  # times as long as the page's own text: then the text in its JSON-LD is the article


def from_page(data: bytes, where: str, encoding: str | None, *, lenient: bool = False) -> Taken:
    """Return the article of a page, its title, publisher, day and address as the page gives them.

    A *lenient* reading takes short texts, too: those of a feed.

    Raises:
        InputError: there is no article in it, or it is nested too deeply to be one.
    """
    tree, elements, warnings = _parsed(data, where, encoding)
    facts = facts_of(tree, elements)
    text = _text(tree)
    if facts.body and len(facts.body) > _LONGER * len(text):
        text = _cleaned(facts.body)
        warnings.append("the text is that of the page's JSON-LD; the page itself shows less of it")
    if len(text) < (1 if lenient else FEW):
        raise InputError(
            f"{where}: a web page with no article in its own text ({len(text)} characters); open "
            "it in a browser and save what it shows as .txt"
        )
    return Taken(text, facts.about, (*warnings, *_doubts(facts)))


def from_fragment(html: str) -> str:
    """Return the words of a piece of a page, such as a feed's entry; markup that is none, as it is.

    Raises:
        InputError: it is nested too deeply.
    """
    tree, _, _ = _parsed(html.encode("utf-8", "replace"), "the entry", "utf-8")
    return _text(tree, main=False)


def _doubts(facts: Facts) -> list[str]:
    doubts = []
    if not facts.free:
        doubts.append(
            "the page says that it is not free to read: this may be its beginning alone, and a "
            "call to subscribe"
        )
    if facts.about.published_basis == "inferred":
        doubts.append(
            f"published {facts.about.published} is a guess from what the page shows; if it is "
            "wrong, say it: --published DATE"
        )
    return doubts


def _parsed(data: bytes, where: str, encoding: str | None) -> tuple[HTMLTree, Elements, list[str]]:
    from resiliparse.parse.html import HTMLTree

    text, warnings = _decoded(data, where, encoding)
    if (count := len(_ELEMENT.findall(text))) > _MOST_ELEMENTS:
        raise InputError(f"{where}: a web page of {count:,} elements; no article has so many")
    tree = HTMLTree.parse(_UNUSABLE.sub(" ", text))
    elements = _walked(tree, where)
    _keep_hours(tree, elements)
    return tree, elements, warnings


def _decoded(data: bytes, where: str, encoding: str | None) -> tuple[str, list[str]]:
    """Return the text, and a warning where its encoding is a guess or does not fit all of it."""
    for mark, marked in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, "replace"), []
    if encoding:
        return _replaced(data, encoding)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if is_broken_utf8(data, error):
            return _replaced(data, "utf-8")
    from resiliparse.parse.encoding import detect_encoding

    declared = detect_encoding(data, from_html_meta=True) or "cp1252"
    guess = detect_encoding(data) or declared
    name = guess if _utf8(declared) and not _utf8(guess) else declared
    text, warnings = _replaced(data, name)
    if name == guess != declared:
        warnings.append(
            f"read as {name}, which is a guess: the page says {declared}, and is not; if words "
            "look wrong, say it: --encoding NAME"
        )
    return text, warnings


def _utf8(name: str) -> bool:
    return name.casefold().replace("-", "") == "utf8"


def _replaced(data: bytes, encoding: str) -> tuple[str, list[str]]:
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd") - (data.count("\ufffd".encode()) if _utf8(encoding) else 0)
    told = f"{bad} places of the page are not valid {encoding} and stand as \ufffd"
    return text, [told] if bad > 0 else []


def _walked(tree: HTMLTree, where: str) -> Elements:
    """Return the elements that the page's facts are read from, by name.

    One walk finds them: a query of the tree takes a minute for a thousand. What is nested so deeply
    that the extraction would take minutes is refused: its time is that of depth times elements.
    """
    from resiliparse.parse.html import ElementNode

    found: Elements = {name: [] for name in TOLD_BY}
    nodes, depth, deepest = 0, 0, 0
    root: Node | None = tree.document
    node = root
    while node is not None:
        nodes += 1
        deepest = max(deepest, depth)
        if nodes * deepest > _WORK:
            raise InputError(f"{where}: a web page nested deeper than {deepest:,}; no article is")
        if isinstance(node, ElementNode) and node.tag in found:
            found[node.tag].append(node)
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            continue
        while node is not None and node != root and node.next is None:
            node, depth = node.parent, depth - 1
        node = None if node is None or node == root else node.next
    return found


def _keep_hours(tree: HTMLTree, elements: Elements) -> None:
    """Put what is shown in place of each <time>, which the extraction would drop."""
    for found in elements["time"]:
        shown = tree.create_element("span")
        if found.parent is not None and shown is not None:
            shown.text = found.text or ""
            found.parent.replace_child(shown, found)


def _text(tree: HTMLTree, *, main: bool = True) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(
        tree, main_content=main, comments=False, alt_texts=False, skip_elements=_SKIPPED
    )
    return _cleaned(text)


def _cleaned(text: str) -> str:
    return _UNUSABLE.sub(" ", _BLANK.sub("\n", text)).strip()
