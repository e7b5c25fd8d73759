"""A list of goods -> its items, and a sentence -> the goods in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice

from summarizer.numbers import NumberMention, find_numbers
from summarizer.resolve.equipment.classify import classify
from summarizer.resolve.equipment.lexicon import (
    Token,
    WordMention,
    find_words,
    is_ambiguous,
    tokens_of,
)


@dataclass(frozen=True, slots=True)
class ItemSpan:
    """An item with its quantity and adjectives: ``text[start:end]``."""

    start: int
    end: int


_JOINED_BY = r"(?:as well as|along with|together with|alongside|plus|including)"
_FEW = r"one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands"
# Characters to the left of a noun in which its quantity and adjectives are looked for.
_REACH = 90
_GAP, _NO_GAP = r"\s{1,3}", r"\s{0,3}"
_SEPARATOR = re.compile(
    rf"(?P<strong>{_NO_GAP}(?:;|,(?!\d\d\d)){_NO_GAP}(?:(?:and|or|{_JOINED_BY}){_GAP})?"
    rf"|{_GAP}{_JOINED_BY}{_GAP})|(?P<weak>{_GAP}(?:and(?:/or)?|or|&){_GAP})|(?P<with>{_GAP}with"
    rf"{_GAP}(?=(?:\d|an? |about |some |up to |(?:{_FEW}|associated|related)\b)))",
    re.IGNORECASE,
)
# One thing with an "and" inside.
_FIXED = re.compile(
    r"command and control|command,? control,? (?:and )?communications|search and rescue"
    r"|research and development|track and trace|hit and run|small arms and light weapons"
    r"|air and missile defen[cs]e|memorand(?:um|a) of understanding|fire and forget"
    r"|chemical,? biological,? radiological and nuclear|friend or foe"
    r"|intelligence,? surveillance,? (?:and )?reconnaissance|\([^()]{0,80}\)",
    re.IGNORECASE,
)
_EDGES = re.compile(
    r"^(?:and|or|as well as|along with|together with|plus|including|with|also|both)\s{1,3}",
    re.IGNORECASE,
)
# A bare singular of these before "and" modifies what follows: "tank and artillery ammunition".
_MODIFIERS = re.compile(
    r"(?:^|\s|-)(?:tank|drone|missile|rocket|mortar|helicopter|vehicle|gun|rifle|weapon|ship"
    r"|submarine|air|naval|land|ground|sea|military|logistical|logistics|medical|technical|light"
    r"|medium|heavy|small|large|short|long|armou?red|communications?|surveillance|reconnaissance"
    r"|attack|transport|anti-tank|lethal|aerial|\w+[-‐‑])$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"^(?:an?|one|the|another|its|\d)\s", re.IGNORECASE)


def split_items(text: str) -> tuple[ItemSpan, ...]:
    """Split the words of a list into items, each with its quantity and adjectives.

    What belongs together stays so: "command and control systems", "tank and artillery
    ammunition", "short- and medium-range missiles", "2,000 rifles".
    """
    fixed = {at for m in _FIXED.finditer(text) for at in range(m.start(), m.end())}
    spans: list[ItemSpan] = []
    start = 0
    for cut in _SEPARATOR.finditer(text):
        if cut.start() in fixed or _shares_its_noun(text, start, cut):
            continue
        spans.append(_trimmed(text, start, cut.start()))
        start = cut.end()
    spans.append(_trimmed(text, start, len(text)))
    return tuple(span for span in spans if span.end > span.start)


def _shares_its_noun(text: str, start: int, cut: re.Match[str]) -> bool:
    left = text[max(start, cut.start() - _REACH) : cut.start()].strip()
    if cut["weak"] is None and not left.endswith(("-", "‐", "‑")):
        return False
    return bool(_MODIFIERS.search(left)) and not _COUNTED.match(left)


def _trimmed(text: str, start: int, end: int) -> ItemSpan:
    words = text[start:end]
    words = words.rstrip(" \t\r\n\u00a0.,;:—–-")
    end = start + len(words)
    start += len(words) - len(words.lstrip(" \t\r\n\u00a0,;:—–"))
    while edge := _EDGES.match(text[start:end]):
        start += edge.end()
    return ItemSpan(start, max(start, end))


# What may stand between quantity and head, besides words in -made, -range, -an ...
_ADJECTIVE = (
    r"(?:advanced|modern|moderni[sz]ed|upgraded|additional|extra|more|new|newly|used|old|older"
    r"|second-?hand|refurbished|surplus|secure|heavy|light|medium|large|small|short|long|tactical"
    r"|strategic|mobile|portable|towed|tracked|wheeled|self-propelled|lethal|defensive|offensive"
    r"|various|other|different|several|many|multiple|all|remaining|first|initial|guided|unguided"
    r"|precision|armed|unarmed|unmanned|amphibious|anti-\w{2,12}|counter-\w{2,12}|multi-?role"
    r"|military|naval|aerial|combat|fighter|attack|assault|reconnaissance|surveillance|transport"
    r"|utility|logistical|logistics|medical|electronic|laser|thermal|high-\w{2,12}|low-\w{2,12}"
    r"|next-generation|sophisticated|powerful|sensitive|critical|essential|vital|badly needed"
    r"|much-needed|promised|state-of-the-art|domestically|locally|jointly|produced|Soviet|Western"
    r"|US|U\.S\.|UK|French|Dutch|Czech|Greek|Danish|Swiss|[A-Z][a-z]{2,12}(?:an|ish|ese|li|qi|ni|sh)"
    r"|[A-Za-z.]{1,20}[-‐‑](?:made|built|supplied|produced|designed|era|range|type|class|style"
    r"|donated|cal[a-z]{3,4}|powered|propelled|generation|capable|grade|standard|resistant"
    r"|protected)|\d{2,3}(?:\.\d+)?[ -]?mm)"
)
_LEFT = re.compile(rf"(?<![\w-])(?:{_ADJECTIVE}(?:,?\s|[-‐‑])){{1,6}}$")
_COUNT_LINK = re.compile(
    r"(?:\s(?:\w{3,12}\s)?(?:(?:piece|unit|set|squadron|batter(?:y|ie)|batch(?:e)?)s?)?\s?of)?\s$"
)
_BEFORE_COUNT = re.compile(
    r"(?:\b(?:up to|as many as|at least|at most|no fewer than|no more than|more than|fewer than"
    r"|less than|(?<!hand )(?<!handed )(?<!handing )(?<!took )(?<!taken )(?<!turned )over"
    r"|about|around|some|nearly|almost|roughly|approximately|an estimated|another"
    r"|an additional|a further|an initial|a total of|a batch of|between|all)\s)+$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[-‐‑/]?\w{1,12}(?<=\d\w)|[-‐‑]\d\w{0,3})?(?:\s(?:Block|Mark|Mk)\s\d{1,3})?"
    r"(?:[\s-](?:(?:system|launcher|unit|platform|variant|squadron|complexe?|vehicle|interceptor"
    r"|rocket|missile|kit|suite|pod|turret)s?|batter(?:y|ies))\b){0,2}"
)
_BESIDE = re.compile(
    r"\w{0,6}[\s‐‑/-]{1,2}(?:(?:main|towed|class|self-propelled|fast|light|heavy|medium|long-range"
    r"|short-range|modern) )?"
)
_REST_OF_WORD = re.compile(r"\w{0,12}")


def find_equipment(sentence: str) -> tuple[ItemSpan, ...]:
    """Find the goods that *sentence* names, each with its quantity and adjectives.

    Training, money, agreements and words such as "airstrike" or "think tank" are not found; a
    model that is also a person's name only with a number, a plural or a noun beside it.
    """
    tokens = tokens_of(sentence)
    numbers = find_numbers(sentence)
    spans: list[ItemSpan] = []
    for group in _groups(sentence, find_words(tokens)):
        end = _right_edge(sentence, group[-1].end)
        left = spans[-1].end if spans else 0
        start = _left_edge(sentence, group[0].start, left, numbers)
        alone = start == group[0].start and end == group[0].end and len(group) == 1
        if alone and is_ambiguous(group[0]) and not _is_plural(tokens, group[0]):
            continue
        if classify(sentence[start:end]).is_equipment:
            spans.append(ItemSpan(start, end))
    return tuple(spans)


def _groups(sentence: str, words: tuple[WordMention, ...]) -> list[list[WordMention]]:
    """Join words that stand side by side: "Patriot" "missile", "155 mm" "artillery shell"."""
    groups: list[list[WordMention]] = []
    for mention in words:
        if mention.word.kind == "no":
            groups.append([])
            continue
        between = sentence[groups[-1][-1].end : mention.start] if groups and groups[-1] else ","
        if _BESIDE.fullmatch(between):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [group for group in groups if group]


def _right_edge(sentence: str, end: int) -> int:
    match = _TAIL.match(sentence, end)
    end = match.end() if match else end
    rest = _REST_OF_WORD.match(sentence, end)
    return rest.end() if rest else end


def _left_edge(sentence: str, start: int, floor: int, numbers: tuple[NumberMention, ...]) -> int:
    floor = max(floor, start - _REACH)
    if adjectives := _LEFT.search(sentence[floor:start]):
        start = floor + adjectives.start()
    first = bisect_left(numbers, floor, key=lambda mention: mention.start)
    for mention in islice(numbers, first, None):
        if mention.end > start:
            break
        if mention.kind in ("vague", "count") and _COUNT_LINK.fullmatch(
            sentence[mention.end : start]
        ):
            before = _BEFORE_COUNT.search(sentence[floor : mention.start])
            return floor + before.start() if before else mention.start
    return start


def _is_plural(tokens: tuple[Token, ...], mention: WordMention) -> bool:
    token = tokens[mention.last]
    return token.form != token.text.casefold()
