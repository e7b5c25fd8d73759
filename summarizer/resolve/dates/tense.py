"""A sentence and a place in it -> does the sentence speak of the past or the future there?"""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "future", "none"]

# What a future cue governs ("will be signed") belongs to it, so that "signed" is not past.
_CUES = re.compile(
    r"""(?P<future>\b(?:
          (?:will|shall|would|won['’]t|going\sto|to\sbe)\b
        | (?:is|are|was|were)\s(?:to|due|set|scheduled|slated|expected|planned|likely|poised)\b
        | (?:plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|aim(?:s|ed|ing)?|hop(?:e|es|ed|ing)
            |prepar(?:es|ing)|expect(?:s|ed|ing)?|due|set|slated|scheduled|poised|agreed|pledged|promised|vowed
            |committed|decided)\s(?:to|for|on|in|by)\b
        | upcoming|forthcoming|planned|scheduled|expected
        )(?:\s(?:not|also|be|have|been)\b){0,2}(?:\s\w{2,20}(?:ed|t|n)\b)?
      | (?:['’]ll)\s )
      | (?P<past>\b(?:was|were|ha(?:s|ve)(?!\sto\b)|had|did|said|told|met|held|took|began|came
        |went|sent|gave|struck|hit
        |made|won|lost|left|fell|flew|spoke|wrote|saw|found|shot|fought|brought|bought|sold|paid
        |put|ran|rose|led|kept|got|became|broke|chose|drew|drove|flew|grew|knew|laid|built|caught
        |ago|\w{2,20}ed)\b)""",
    re.VERBOSE | re.IGNORECASE,
)


def tense_at(sentence: str, expression: str) -> Tense:
    """Tell the tense of the cue nearest before *expression* in *sentence*, else the first after.

    "none" when no verb of *sentence* shows it.
    """
    place = sentence.find(expression)
    cues = [(m.start(), "future" if m["future"] else "past") for m in _CUES.finditer(sentence)]
    before = [tense for start, tense in cues if place < 0 or start < place]
    after = [tense for start, tense in cues if 0 <= place < start]
    tense = before[-1] if before else after[0] if after else "none"
    return "future" if tense == "future" else "past" if tense == "past" else "none"
