"""Tell a web page, or a piece of one, from a text."""

from __future__ import annotations

import re

# What may stand in front of the first element.
_PREAMBLE = re.compile(
    r"(?:\s|\ufeff|<!--.*?(?:-->|\Z)|<[?%].*?(?:[?%]>|\Z)|<!doctype\b[^>]*>|<!\[CDATA\[)*",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION = re.compile(r"[\s\ufeff]*<(?:\?xml|!doctype)\b", re.IGNORECASE)
_PAGE = re.compile(
    r"<(?:html|head|body|title|meta|link|base|style|script|svg|rss|feed)(?=[\s/>])", re.IGNORECASE
)
_BLOCKS = (
    "address|article|aside|blockquote|br|center|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]"
    "|header|hr|iframe|li|main|nav|noscript|ol|p|picture|pre|section|table|tbody|td|th|thead|tr|ul"
)
_INLINE = "a|abbr|b|big|cite|em|font|i|img|small|span|strong|sub|sup|time|u"
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ELEMENT = re.compile(rf"<(?:{_BLOCKS}|{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CLOSED = re.compile(rf"</(?:{_BLOCKS}|{_INLINE})\s*>", re.IGNORECASE)
_SOME = 6
_DENSE = 300  # characters a block element: in a page's text each paragraph has two


def is_markup(text: str) -> bool:
    """Tell whether *text* is a web page, a piece of one, or XML: its tags would be cited as words.

    A text that names some elements, and Markdown with a few, are none.
    """
    preamble = _PREAMBLE.match(text)
    start = preamble.end() if preamble else 0
    if _DECLARATION.match(text) or _PAGE.match(text, start) or _BLOCK.match(text, start):
        return True
    if _ELEMENT.match(text, start) and _CLOSED.search(text):
        return True
    blocks = len(_BLOCK.findall(text))
    return blocks >= _SOME and blocks * _DENSE >= len(text)
