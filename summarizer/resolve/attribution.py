"""A sentence -> who says so: the speaker, whom the speaker cites, and the hedges."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.brief import AttributionKind
from summarizer.resolve.speakers import kind_of_speaker, named_medium
from summarizer.source import Span

__all__ = ["AttributionFound", "find_attribution", "kind_of_speaker"]


@dataclass(frozen=True, slots=True)
class AttributionFound:
    """Who says what a sentence tells; spans are relative to the sentence.

    *speaker* is the outermost voice ("Bloomberg"), *via* the one that it relays ("Turkish
    officials"). Without a speaker the kind is ``own_voice``.
    """

    kind: AttributionKind
    speaker: Span | None
    via: Span | None
    hedges: tuple[Span, ...]


_VERBS = (
    r"said|says|say|told|tells|announce[ds]|reported|reports|stated|states|added|adds|claimed|claims"
    r"|warned|warns|confirmed|confirms|stressed|stresses|argued|argues|argue|insisted|insists|noted"
    r"|notes|declared|declares|wrote|writes|explained|explains|underlined|emphasi[sz]ed|reiterated"
    r"|reaffirmed|acknowledged|alleged|alleges|denied|denies|deny|caution(?:ed|s)?|disclosed|revealed"
    r"|tweeted|posted|testified|predicted|estimates?|estimated|believes?|suggest(?:ed|s)"
    r"|condemned|accused|urged|described|asserted|maintained|conceded|hinted|recalled|remarked"
    r"|commented|assess(?:es|ed)|relayed|carried|quoted|repeated|renewed|rejected"
    r"|dismissed|thanked|praised|welcomed|criticised|criticized|blamed"
)
_VERB = re.compile(
    rf"(?P<aux>\b(?:has|have|had|also|further|later|repeatedly|previously|earlier|once|again)\s){{0,2}}"
    rf"\b(?:{_VERBS})\b(?!\s(?:by|to\sbe)\b)"
)
_ACCORDING = re.compile(
    r"\b(?:according to|as (?:reported|relayed|announced|stated) by|in the words of)\s", re.I
)
_BY = re.compile(
    r"\b(?:(?:first |was |were |been )?(?:reported|relayed|announced|confirmed|disclosed|published"
    r"|claimed|seen|reviewed|obtained|quoted|broadcast|issued|carried) by)\s"
)
_CITING = re.compile(r"\b(?:citing|quoting|which cited|who cited)\s", re.IGNORECASE)
_IN_A = re.compile(
    r"\b(?:an?|the|its|their|his|her)\s(?:\w{2,14}\s){0,2}(?:statement|report|letter|post|message"
    r"|communiqu[ée]|press release|memo|notice|interview)\s(?:by|from|published by|of)\s",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[,;:“”\"()—]|\s[–-]\s|[.!?](?=\s*$|[”\"])"
    r"|\s(?=(?:that|who|which|but|while|as|when|where|on condition|in a|in an|during|after|before"
    r"|following|amid|cited|citing|quoting|familiar|speaking|at a|has|have|had|will|is|are|was"
    rf"|were|would|plans?|{_VERBS})\b)"
    r"|\s(?=and\s(?:\w{2,12}ed|shown)\b)|\s(?=(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)
_NOT_A_SPEAKER = re.compile(
    r"^(?:who|which|that|it is|there|what|this|these|those|as|has|have|had|also|and|or|but|then"
    r"|later|when|while|where|not|never|was|were|been|be|to|of|in|for|by|with|from|are|is|plans?)\b"
    r"|^\W*$",
    re.IGNORECASE,
)
_STARTS_LIKE_A_SPEAKER = re.compile(
    r"(?:[^\W\d_a-z]|(?:an?|the|its|his|her|their|one|two|three|four|five|several|some|many|most"
    r"|other|another|both|senior|local|military|state|people|multiple|unnamed|western|high-ranking)"
    r"\s|(?:officials?|sources?|analysts?|experts?|diplomats?|witnesses|authorities|residents|critics"
    r"|observers|he|she|they|it|media|rebels|militants|police|prosecutors|aides|lawmakers)\b|al-|el-"
    r"|(?:defen[cs]e|foreign|prime|interior|deputy|vice|army|navy|government|ministry|former|chief"
    r"|president|minister|general|spokes\w{3,6}|commander|governor|mayor|ambassador|secretary"
    r"|chairman|leader)\s)"
)
_LEAD = re.compile(
    r"^(?:(?:and|but|while|meanwhile|however|separately|also|as|that|yet|still|later|earlier|then"
    r"|for (?:his|her|its) part|in (?:turn|response)|in \d{4}|(?:on\s)?(?:Mon|Tues|Wednes|Thurs|Fri"
    r"|Satur|Sun)day|at the time|last \w+|earlier \w+)\s)+",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:could not (?:be )?independently(?: be)? (?:verif\w+|confirm\w+)|reportedly|allegedly"
    r"|purportedly|apparently|supposedly|presumably|ostensibly|likely|possibly|probably|perhaps"
    r"|rumou?red|unconfirmed|unverified|so-called|alleged|suspected|expected to|may(?= [a-z])|might"
    r"|(?:is|are|was|were) (?:said|believed|thought|reported|alleged|understood|expected|likely) to"
    r"|could|plans? to|planning to|prepar(?:es|ing) to|appears? to|seems? to|according to|claimed"
    r"|claiming|denied|on (?:the )?condition (?:of anonymity|that))\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[,”\"?!]\s?$")
_REACH = 160  # characters of a speaker with titles and office


def find_attribution(sentence: str) -> AttributionFound:
    """Find who says what *sentence* tells: "according to Bloomberg, citing Turkish officials".

    A medium that was told something speaks, and who told it is *via*: "two officials told
    Reuters". A sentence that attributes nothing is the report's own voice.
    """
    hedges = tuple(Span(m.start(), m.end()) for m in _HEDGE.finditer(sentence))
    subject, according = _subject(sentence), _behind(_ACCORDING, sentence)
    speaker = according or subject or _behind(_BY, sentence) or _behind(_IN_A, sentence)
    via = _behind(_CITING, sentence) or (subject if speaker is according else None)
    if speaker is None and via is None:
        return AttributionFound("own_voice", None, None, hedges)
    if speaker is None:
        speaker, via = via, None
    assert speaker is not None
    if via is None and (told := _told(sentence, speaker)):
        speaker, via = told, speaker
    words = sentence[speaker.start : speaker.end]
    return AttributionFound(kind_of_speaker(words), speaker, via, hedges)


def _behind(cue: re.Pattern[str], sentence: str) -> Span | None:
    """Give the name that stands behind *cue*."""
    match = cue.search(sentence)
    return _name_at(sentence, match.end()) if match else None


def _name_at(sentence: str, start: int) -> Span | None:
    stop = _STOP.search(sentence, start, start + _REACH)
    end = stop.start() if stop else min(len(sentence), start + _REACH)
    words = sentence[start:end].rstrip()
    medium = named_medium(words)
    if medium and medium[0] == 0 and words[medium[1] : medium[1] + 2].strip().islower():
        words = words[: medium[1]]  # "seen by Reuters lists ..."
    words = words.removesuffix(" and")
    if not words or not _STARTS_LIKE_A_SPEAKER.match(words) or _NOT_A_SPEAKER.match(words):
        return None
    return Span(start, start + len(words))


def _subject(sentence: str) -> Span | None:
    """Give the subject of the first verb of saying that has one, before or behind it."""
    for verb in _VERB.finditer(sentence):
        if before := _before(sentence, verb.start()):
            return before
        inverted = _QUOTED.search(sentence[max(0, verb.start() - 2) : verb.start()])
        spaced = sentence[verb.end() : verb.end() + 1].isspace()
        if inverted and spaced and (behind := _name_at(sentence, verb.end() + 1)):
            return behind
    return None


def _before(sentence: str, end: int) -> Span | None:
    """Give the words before a verb back to the clause's edge; over an apposition if need be."""
    left = sentence[max(0, end - _REACH) : end].rstrip()
    offset = max(0, end - _REACH)
    pieces = list(re.finditer(r"[^,;:“”\"—]+", left))
    if left.endswith((",", "—", "–")) and len(pieces) >= 2:
        pieces = pieces[:-1]  # "Hakan Fidan, the foreign minister, said"
    elif left.endswith(("”", '"', ";", ":")):
        return None
    if not pieces or (offset and pieces[-1].start() == 0):
        return None
    piece = pieces[-1]
    words = piece.group()
    start = offset + piece.start() + len(words) - len(words.lstrip())
    words = words.strip()
    if lead := _LEAD.match(words):
        start, words = start + lead.end(), words[lead.end() :]
    if " that " in words or len(words.split()) > 16:
        inner = words.rfind(" that ")
        if inner < 0:
            return None
        start, words = start + inner + 6, words[inner + 6 :]
    if not _STARTS_LIKE_A_SPEAKER.match(words) or _NOT_A_SPEAKER.match(words):
        return None
    return Span(start, start + len(words))


def _told(sentence: str, speaker: Span) -> Span | None:
    """Give the medium that *speaker* told it."""
    match = re.compile(r"\s(?:have\s|has\s|had\s)?(?:told|tell|tells)\s").match(
        sentence, speaker.end
    )
    listener = _name_at(sentence, match.end()) if match else None
    if listener is None:
        return None
    found = named_medium(sentence[listener.start : listener.end])
    return Span(listener.start + found[0], listener.start + found[1]) if found else None
