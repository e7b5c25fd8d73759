"""Words that turn or weaken what is said, and the words that they govern."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from summarizer.names import word_set
from summarizer.validate.words import Word, plain, words_of

NEGATORS = re.compile(
    r"\b(?:not(?! only\b| just\b| merely\b)|no(?! doubt\b| (?:more|less|fewer|longer) than\b)"
    r"|never|none|neither|nor|without|cannot|nobody|nothing|unable to|halt(?:s|ed|ing)? plans to"
    r"|den(?:y|ies|ied|ying)|denials?|refus(?:e[sd]?|ing|als?)|reject(?:s|ed|ing|ions?)?"
    r"|fail(?:s|ed|ing|ure)? to|rul(?:e[sd]?|ing) out|declin(?:e[sd]?|ing) to"
    r"|stop(?:s|ped)? short of|oppos(?:e[sd]?|ing))\b|(?<=n)['’]t\b"
)
"""Words, in lower case, that say that something is not so; "not only" and "no more than" do not."""

HEDGES = re.compile(
    r"\b(?:(?:plan|intend|want|seek|aim|hope|prepare|promise|pledge|vow|offer|agree|propose|expect"
    r"|wish|threaten|consider|discuss)(?:s|d|ed|ned|ning|ing|red)? (?:to|of)?|would|could|may|might"
    r"|will|shall|should|allegedly|reportedly|possibly|probably|likely(?: to)?|unless|if|whether"
    r"|ask(?:s|ed|ing)? (?:to|for)|request(?:s|ed|ing)?|considering|discussing|proposing"
    r"|set to|due to|about to|expected to|ready to|willing to)\b"
)
"""Words, in lower case, that leave open whether something is so, or put it into the future."""

_CLAUSE_END = re.compile(r"[.;:!?\n]|, (?:but|while|although|though|and|which|who)\b|\bbut\b")
_REPORTING = re.compile(r"\W{0,3}(?:(?:reports?|claims?|allegations?|suggestions?)\W{1,3})?that\b")
_AUXILIARIES = word_set(
    "yet ever even actually really currently immediately be been to fully directly so far any "
    "formally officially publicly have has had"
)
_SUBJECT_LENGTH = 3  # content words after "denied that" that may all belong to its subject


@lru_cache(maxsize=1024)  # as ``words_of``
def governed(text: str, cues: re.Pattern[str]) -> tuple[tuple[str, frozenset[str]], ...]:
    """Return each cue of *text* with the stems that it governs.

    That is the next content word, as a rule the verb or noun that it turns, with the verb that
    hangs on it ("not agree to supply"); after "denied that", the clause but for its subject.
    """
    folded = plain(text)
    words = words_of(text)
    result = []
    for cue in cues.finditer(folded):
        stop = _CLAUSE_END.search(folded, cue.end())
        end = stop.start() if stop else len(folded)
        scope = [
            word
            for word in words
            if cue.end() <= word.start < end
            and word.content
            and folded[word.start : word.end] not in _AUXILIARIES
        ]
        clause = _REPORTING.match(folded, cue.end())
        kept = scope[_SUBJECT_LENGTH - 1 :] if clause else _chain(scope, folded)
        result.append((cue[0].strip(), frozenset(word.stem for word in kept)))
    return tuple(result)


def _chain(scope: list[Word], text: str) -> list[Word]:
    """Return the first word of *scope* and those that follow it by "to"."""
    kept = scope[:1]
    for before, after in pairwise(scope):
        if text[before.end : after.start].strip() not in ("to", "to be", "to have"):
            break
        kept.append(after)
    return kept
