"""Find where paragraphs and sentences begin and end: a text in, half-open places out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sentencex import get_sentence_boundaries

MAX_SENTENCE = 1_000
"""Longest sentence in characters; what is longer is no prose and is cut at white space."""

Place = tuple[int, int]

# sentencex takes time quadratic in the quotation marks that it sees at once.
_CHUNK = 10_000
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
# The end of a page behind that of a line makes no blank line: sentences go on over it.
_LINE_END = re.compile(r"(?:\r\n|\n)\f?|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# A hard-wrapped text has hardly a line beyond 120 characters; one of short lines isn't wrapped.
_WRAP_MIN, _WRAP_MAX, _WRAPPED_SHARE = 50, 120, 0.8
_FULL = 0.85  # of the longest line: lines out of a PDF are not of equal length
_ENDS = re.compile(r"[.!?:;…。！？؟।][\"'”’»)\]]{0,3}$|\)$")
_BULLET = re.compile(r"[-–—*•◦▪‣●·+>|#]|[(\[]?\d{1,3}[.)\]]\s")
# Lines of a list: "31 Abrams tanks", "Over 2,000 radios". Rows of a table have cells.
AMOUNT = re.compile(
    r"(?:(?:over|more than|up to|about|around|approximately|at least|nearly|almost) )?"
    r"(?:[$€£]?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens|hundreds"
    r"|thousands|millions)\b)",
    re.IGNORECASE,
)
CELLS = re.compile(r"\t|\S {3,}\S|\S ?\| ?\S")
# "MOSCOW, February 12. /TASS/. It began." has one sentence.
_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_DATELINE = re.compile(
    rf"{_UPPER}(?:{_UPPER}|[ .'’-]){{2,40}}(?:, \w{{2,20}})?"
    rf"(?:[,.] (?:[A-Z][a-z]{{2,8}}\.? \d{{1,2}}"
    r"|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:, \d{4})?)?[.,]? "
    r"(?:/[^/\n]{2,30}/|\([^()\n]{2,40}\))(?:\. | ?[-–—]{1,2} )"
)
_NEAR = 80  # characters around a cut that decide about it


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Behind these no sentence ends unless a word follows that begins one: ranks, titles, places.
_ABBREVIATIONS = _words(
    """
    abp adm alm amb approx asst atty bde bn bp brig ca capt cdr cdre cf cmdr cmdt cnel col comdr
    comdt cpl cpo cpt det dr e.g eng ens esq flt fr ft gen gov gp gral hon i.e incl ing insp
    lcdr lcpl ldr lic lt ltc ltg ltgen maj messrs mgen mgr min mlle mme mr mrs ms msgr msgt mt
    pfc ph.d plt pres prof pte pvt rep rev rt sen sfc sgt spc spec sq sqn sr sra ssgt st supt
    tsgt tte viz vs wg
    """
)
# Behind these only a number goes on: "No. 5", "Art. 5", "Sept. 4", "pp. 3-4", "approx. 30".
_BEFORE_NUMBER = _words(
    """
    apr art aug c cal cap ch dec est feb fig figs jan jul jun mar no nos nov oct p para paras pp
    res sec sect sep sept vol
    """
)
_BEGINS_SENTENCE = _words(
    """
    a after all also although an and another any as at because before both but by despite during
    each earlier even every few following for from he her here his however i if in instead it
    its last later many meanwhile more moreover most neither nevertheless no nor not now on once
    one only or other our she since so some still such that the their then there these they this
    those though through thus to today two under until we what when where whether which while
    who why with yesterday yet you
    """
)
_INITIALS = re.compile(r"(?:[^\W\d_]-)?(?:[^\W\d_]\.){1,6}")
_LIST_MARKER = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})[.)\]]")
_OPENING = "\"'“‘«([„"
_TIME_GOES_ON = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:GMT|UTC|[ECMP][SD]?T|CES?T|EES?T|MSK|BST|[IJK]ST)\b"
    r"|(?:Jan|Feb|March|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b|(?:Janu|Febru)ary|April|August"
    r"|(?:Septem|Octo|Novem|Decem)ber|[(\d]|\w{1,20} (?:\w{1,20} )?[Tt]ime\b"
)
_ENDS_QUOTED = re.compile(r"[!?…][\"'”’»]$")
_SPEECH_TAG = re.compile(
    r"(?:[\w.’'-]{1,30},? ){1,6}?"
    r"(?:said|says|asked|asks|told|added|wrote|warned|replied|declared)\b"
)


def paragraphs(text: str) -> list[Place]:
    """Return the lines of *text* that hold something; hard-wrapped ones are joined.

    A line was wrapped if the next one's first word had no room left on it, or is in lower case. The
    lines of a list have room, or all begin like a line: with a capital or an amount.
    """
    lines = [_stripped(text, *match.span()) for match in _LINE.finditer(text)]
    lines = [(start, end) for start, end in lines if start < end]
    narrow = [end - start for start, end in lines if end - start <= _WRAP_MAX]
    width = max(narrow, default=0)
    if width < _WRAP_MIN or len(narrow) < _WRAPPED_SHARE * len(lines):
        return lines
    joined: list[Place] = []
    for block in _blocks(text, lines):
        joined.append(block[0])
        goes_on = [_was_wrapped(text, *pair, width) for pair in pairwise(block)]
        if goes_on.count(True) > 1 and not any(text[start].islower() for start, _ in block):
            goes_on = [False] * len(goes_on)
        for wrapped, line in zip(goes_on, block[1:], strict=True):
            if wrapped:
                joined[-1] = (joined[-1][0], line[1])
            else:
                joined.append(line)
    return joined


def apart(text: str, lines: Sequence[Place]) -> list[bool]:
    """Tell for each of *lines* whether a blank line, or nothing, stands above it."""
    pairs = pairwise([(0, 0), *lines])
    return [not above[1] or _has_blank(text, above, line) for above, line in pairs]


def _has_blank(text: str, above: Place, line: Place) -> bool:
    return len(_LINE_END.findall(text, above[1], line[0])) > 1


def _blocks(text: str, lines: list[Place]) -> Iterator[list[Place]]:
    """Yield the runs of *lines* without a blank one between."""
    block: list[Place] = []
    for line in lines:
        if block and _has_blank(text, block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def sentences_of(text: str, paragraph: Place, language: str) -> Iterator[Place]:
    """Yield the sentences of one paragraph, none longer than ``MAX_SENTENCE``."""
    start, end = paragraph[0], paragraph[0]
    dateline = _DATELINE.match(text, *paragraph)
    for part_start, part_end in _parts(text, paragraph, language):
        before = text[max(start, end - _NEAR) : end]
        in_dateline = dateline is not None and part_start <= dateline.end()
        if (
            before
            and not in_dateline
            and not _goes_on(before, text[part_start : part_start + _NEAR])
        ):
            yield from _cut(text, start, end)
            start = part_start
        end = part_end
    yield from _cut(text, start, end)


def _stripped(text: str, start: int, end: int) -> Place:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _was_wrapped(text: str, before: Place, line: Place, width: int) -> bool:
    above, below = text[slice(*before)], text[slice(*line)]
    if max(len(above), len(below)) > width or _BULLET.match(below):
        return False
    if CELLS.search(above) or CELLS.search(below):
        return False
    if AMOUNT.match(above) and AMOUNT.match(below):
        return False
    if _ENDS.search(above) and not _goes_on(above, below):
        return False
    no_room = len(above) + 1 + len(below.split(maxsplit=1)[0]) > _FULL * width
    return no_room or below[0].islower()


def _parts(text: str, paragraph: Place, language: str) -> Iterator[Place]:
    """Yield what sentencex takes for sentences, chunk by chunk.

    The last part of a chunk may go on behind it, and so begins the next chunk.
    """
    start, end = paragraph
    while start < end:
        chunk = text[start : min(start + _CHUNK, end)]
        found = get_sentence_boundaries(language, chunk)
        cuts = [start + part["end_index"] for part in found]
        if start + len(chunk) < end and len(cuts) > 1:
            cuts.pop()
        for cut in cuts:
            yield start, cut
            start = cut


def _goes_on(before: str, after: str) -> bool:
    """Is the cut between *before* and *after* a false one?"""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after or after[0].islower() or _LIST_MARKER.fullmatch(before):
        return True
    if _ENDS_QUOTED.search(before):
        return _SPEECH_TAG.match(after) is not None
    word = before.split()[-1].lstrip(_OPENING)
    bare = word.removesuffix(".").casefold()
    if word == bare or not word.endswith("."):
        return False
    if bare in ("a.m", "p.m"):
        return _TIME_GOES_ON.match(after) is not None
    if bare in _BEFORE_NUMBER and after[0].isdigit():
        return True
    if bare.rpartition("-")[2] in _ABBREVIATIONS or _INITIALS.fullmatch(word):
        return not _begins_sentence(after)
    return False


def _begins_sentence(words: str) -> bool:
    first = re.match(r"[^\w]*(\w+)", words)
    return first is not None and first[1].casefold() in _BEGINS_SENTENCE


def _cut(text: str, start: int, end: int) -> Iterator[Place]:
    """Yield the place, stripped, in pieces of at most ``MAX_SENTENCE`` characters."""
    start, end = _stripped(text, start, end)
    while end - start > MAX_SENTENCE:
        limit = start + MAX_SENTENCE
        at = next((i for i in range(limit, start, -1) if text[i].isspace()), limit)
        yield _stripped(text, start, at)
        start, _ = _stripped(text, at, end)
    if start < end:
        yield start, end
