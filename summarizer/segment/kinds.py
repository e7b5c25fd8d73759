"""Tell what a line is: the report itself, a heading, a caption, or boilerplate."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.segment.boundaries import AMOUNT, CELLS
from summarizer.source import SentenceKind

# A caption or a notice is one line no longer than this; longer lines are judged by sentence.
_SHORT_LINE = 500
_HEADING_LENGTH, _HEADING_WORDS = 140, 20
_SENTENCE_WORDS = 4  # fewer at the end of an article are whose it is
_REPEAT_LENGTH = 40  # shorter lines recur for good reason: list items, "Background"
_OPENING_HEADINGS = 4  # title, standfirst, date and place; longer runs of headings are lists

_SUBHEADING_WORDS = 4

_STAMP = re.compile(
    r"(?:at )?\d{1,2}[:.h]?\d\d(?: ?[ap]\.?m\.?)?(?: \(?[A-Z]{2,5}\)?| hrs)?(?: ?[:–—-])?",
    re.IGNORECASE,
)
"""The time above an entry of a live blog."""
_BULLET = re.compile(r"[-–—*•◦▪‣●·+>|]|[(\[]?\d{1,3}[.)\]]\s")
_ENDS = re.compile(r"[.!?:;,…。！？؟।][\"'”’»)\]]{0,3}$")
_CAPTION = re.compile(
    r"[(\[](?:file )?(?:photo|image|picture|video)s?(?: credit| by| via| courtesy)?\s?[:/]"
    r"|[(\[](?:photo|image|picture)s? (?:by|via|courtesy)\b|[(\[]credit\s?:"
    r"|^file (?:photo|image|picture)|^file\s?[-–—]\s|^[(\[]?(?:credit|caption|pictured)\s?[:)\]]"
    r"|(?:^|[.)] )(?:photo|image|picture|video)s?(?: credits?| by| courtesy(?: of)?| via)?\s?[:/©]"
    r"|[(\[/](?:ap|afp|epa|reuters|getty images|shutterstock|anadolu)(?: photo)?/"
    r"|/(?:getty images|afp|ap|shutterstock|epa|handout)\b|\breuters/\w"
    r"|\bvia (?:getty images|reuters|ap|afp)[)\]]"
    r"|\((?:[LRC]|[LR]-[LR]|(?:second|third) from (?:left|right)|from left(?: to right)?)\)",
    re.IGNORECASE,
)
_BOILERPLATE = re.compile(
    # pointers to other pages
    r"(?:read|see|watch|listen)\s?(?:more|also|next)\s?[:>»|…]|also (?:read|see)\s?:"
    r"|related(?: (?:articles?|stories|news|topics?|content|posts?))?\s?:"
    r"|(?:story|article) continues below|skip to (?:main )?content"
    # requests to the reader
    r"|(?:subscribe|sign up|register|log in|sign in)(?: now| today| here)?\s?(?:[!.:]|$)"
    r"|(?:subscribe|sign up|register|log in|sign in) (?:now )?(?:to|for|on|with) "
    r"(?:our|the latest|your|read|continue|get|receive|newsletters?|daily|free|breaking|youtube"
    r"|telegram|whatsapp)\b"
    r"|follow (?:us|@\w|our)\b|join (?:us on|our (?:telegram|whatsapp|channel|newsletter))\b"
    r"|share this\b|(?:click|tap) here\b|download (?:our|the) app|support our journalism"
    # notices and time stamps
    r"|(?:this|our) (?:web)?site uses cookies|we (?:and our partners )?use cookies"
    r"|(?:©|\(c\)|copyright)\s?(?:©|\(c\)|\d{4})|(?:tags|topics|categories|filed under)\s?:"
    r"|(?:last )?(?:updated|published|posted)(?: (?:on|at))?\s?:",
    re.IGNORECASE,
)
# These begin sentences too, and count only in a line that doesn't end like one.
_FRAGMENT = re.compile(
    r"(?:read|see) (?:more|also|next|the full (?:story|article))\b|(?:also|more) (?:read|on this)\b"
    r"|related(?: (?:articles?|stories|news|topics?|content|posts?))?$"
    r"|(?:recommended|trending|editor['’]s picks?)(?: for you| stories| now)?$"
    r"|most (?:read|popular|viewed)(?: \w{1,20})?$|share (?:on|via)\b|accept (?:all )?cookies"
    r"|(?:share|tweet|print|e-?mail|comments?|back to top|menu|search|watch|listen)$"
    r"|(?:cookie|privacy) (?:policy|notice|settings)\b|terms (?:of use|and conditions|of service)\b"
    r"|sponsored (?:content|post|by)\b|\d{1,3} min(?:ute)?s? read$"
    # whose it is, at its end
    r"|[-–—(/]{0,2}\s?(?:reuters?|afp|ap|upi|tass|xinhua|ani|pti|ians|anadolu agency|ends)"
    r"\s?[-–—)/]{0,2}$"
    r"|[(\[]?(?:additional )?(?:reporting|editing|writing) by\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:By|BY) (?:[A-Z]|our |an? )[^.!?;:]{1,80}$")
_RIGHTS = re.compile(r"\ball rights reserved\b|\bour newsletter\b", re.IGNORECASE)
_ADVERT = re.compile(r"\badverti[sz]e?ments?\b", re.IGNORECASE)
_ADVERT_WORDS = 6


def kinds_of(lines: Sequence[str], apart: Sequence[bool] = ()) -> list[SentenceKind]:
    """Return the kind of each line of one text; *apart* tells which have a blank line above.

    Title-like lines are headings, but many in a row, and those behind a colon or a list item, are
    a list and so part of the body; so is everything if there is nothing but headings.
    """
    kinds = [kind_of(line) for line in lines]
    seen: set[str] = set()
    for number, line in enumerate(lines):
        if line in seen and len(line) >= _REPEAT_LENGTH and not _BULLET.match(line):
            kinds[number] = "boilerplate"
        seen.add(line)
    _mark_headings(lines, kinds, apart or [False] * len(lines))
    return kinds


def kind_of(line: str) -> SentenceKind:
    """Return the kind that a line or sentence has by its own words; never ``heading``."""
    if not any(character.isalnum() for character in line):
        return "boilerplate"
    if len(line) > _SHORT_LINE:
        return "body"
    complete = _ENDS.search(line) is not None
    if _BOILERPLATE.match(line) or _RIGHTS.search(line):
        return "boilerplate"
    is_advert = _ADVERT.search(line) and len(line.split()) <= _ADVERT_WORDS
    if not complete and (is_advert or _FRAGMENT.match(line) or _BYLINE.match(line)):
        return "boilerplate"
    return "caption" if _CAPTION.search(line) else "body"


def _mark_headings(lines: Sequence[str], kinds: list[SentenceKind], apart: Sequence[bool]) -> None:
    runs: list[list[int]] = []
    for number, line in enumerate(lines):
        if kinds[number] != "body" or not _is_title_like(line):
            continue
        follows = bool(runs) and runs[-1][-1] == number - 1
        if follows and not _STAMP.fullmatch(line) and not _heads_list(number, lines, apart):
            runs[-1].append(number)
        else:
            runs.append([number])
    if sum(map(len, runs)) == kinds.count("body"):
        return
    last = max(number for number, kind in enumerate(kinds) if kind == "body")
    if runs and runs[-1][-1] == last:
        _mark_last(runs[-1], lines, kinds)
    for run in filter(None, runs):
        most = _OPENING_HEADINGS if run[0] == 0 else 2
        above = lines[run[0] - 1] if run[0] else ""
        in_list = (above.endswith(":") or _BULLET.match(above)) and not _STAMP.fullmatch(above)
        if _STAMP.fullmatch(lines[run[0]]):  # an entry of a live blog
            headings = run[:2]
        elif _heads_list(run[0], lines, apart):
            headings = run[:1]
        else:
            headings = run if len(run) <= most and not in_list else []
        for number in headings:
            kinds[number] = "heading"


def _mark_last(run: list[int], lines: Sequence[str], kinds: list[SentenceKind]) -> None:
    """Take the last line of the report out of *run*: it heads nothing.

    Either the full stop of the last sentence was left off, or it tells whose the report is.
    """
    words = lines[run[-1]].split()
    if len(words) >= _SENTENCE_WORDS:
        run.pop()
    elif len(run) == 1 and not any(c.isdigit() for c in lines[run[-1]]):
        kinds[run.pop()] = "boilerplate"


def _heads_list(number: int, lines: Sequence[str], apart: Sequence[bool]) -> bool:
    """Tell whether a line heads a part of a list: "Ground Manoeuvre" above "31 Abrams tanks".

    It stands apart from the lines above, its words are capitalised, and it has no amount.
    """
    words = [word for word in lines[number].split() if len(word) > 3]
    if number + 1 == len(lines) or len(words) > _SUBHEADING_WORDS or AMOUNT.match(lines[number]):
        return False
    item = AMOUNT.match(lines[number + 1]) or _BULLET.match(lines[number + 1])
    return bool(item) and apart[number] and all(word[0].isupper() for word in words)


def _is_title_like(line: str) -> bool:
    return (
        len(line) <= _HEADING_LENGTH
        and len(line.split()) <= _HEADING_WORDS
        and not _ENDS.search(line)
        and not _BULLET.match(line)
        and not CELLS.search(line)
    )
