"""The words of a clause -> did it happen, is it planned, possible or denied, and how sure is it?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from summarizer.brief import AttributionKind, Factuality, Realis

# Words that report; what they report decides, unless the speech itself is the event.
_REPORTING = (
    r"sa(?:id|ys)|told|announced|reported|stated|added|claimed|confirmed|according to|noted"
    r"|stressed|argued|insisted|declared|wrote|explained|warned|believes?|thinks?"
)
# The first of these that is not a reporting word tells the realis.
_CUES = re.compile(
    rf"""\b(?:(?P<reporting>{_REPORTING})
    | (?P<denied>den(?:y|ies|ied|ying)|refut(?:es?|ed)|no\s(?:such|truth|plans?)
      |dismiss(?:es|ed)\s(?:the\s)?(?:claim|report)s?
      |(?:did|do|does|will|would|has|have|had|was|were|is|are)(?:\snot|n['’]t)
      |won['’]t|never|rul(?:es?|ed|ing)\sout|refus(?:es?|ed|al)|cancel\w+|scrapped)
    | (?P<hypothetical>could|may|might|if|unless|whether|consider(?:s|ed|ing)?|possib(?:le|ly)
      |proposed|proposal|would|potential(?:ly)?|mull(?:s|ed|ing)|weigh(?:s|ed|ing))
    | (?P<planned>will|shall|plan(?:s|ned|ning)?|expect(?:s|ed)\sto|intend(?:s|ed)?
      |(?:is|are|was|were)\s(?:to|set|due|expected|scheduled|slated|likely|poised|planned)\b
      |aim(?:s|ed)?\sto|prepar(?:es|ing)|upcoming|forthcoming|pledg(?:es?|ed)|promis(?:es?|ed)
      |vow(?:s|ed)|agreed\sto|going\sto|scheduled|to\sbe|seeks?|hopes?\sto)
    | (?P<ongoing>(?:is|are|has\sbeen|have\sbeen)\s
      (?!(?:consider|mull|weigh|plann|prepar|expect)ing)(?:(?:\w{{2,12}}ly|also|now|still|already)\s)?
      \w{{2,15}}ing|continu(?:es?|ing)|under\s?way|ongoing|remains?)
    | (?P<actual>was|were|has|have|had|did|met|held|took|came|went|sent|gave|struck|hit|left|fell
      |signed|attacked|killed|arrived|visited|launched|fired|approved|deployed|delivered|received
      |hosted|agreed|seized|captured|arrested|detained|released|imposed|withdrew|conducted|shot
      |began|opened|closed|ended|reached|bombed|shelled|targeted|crossed|condemned|accused|urged
      |discussed|called|asked|voted|elected|appointed|handed|donated|bought|ordered|sold))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_SPEAKS = re.compile(r"\s(?:to\s)?(?:be\s)?(?:announce|say|make|give|issue)")
_WEAK = re.compile(
    r"reported(?:ly)?\b|alleg|claim|unconfirmed|purported|apparent|suppos|rumou?r|said to|believed"
    r"|likely|possibl|\bmay\b|\bmight\b|\bcould\b|suspected|so-called",
    re.IGNORECASE,
)
_OWN: dict[AttributionKind, Factuality] = {
    "own_voice": "CT+",
    "official_statement": "CT+",
    "named_person": "CT+",
    "document": "CT+",
    "media_report": "PR+",
    "state_media": "PR+",
    "party_claim": "PR+",
    "analyst": "PR+",
    "unnamed_official": "PS+",
}
_LOWER: dict[Factuality, Factuality] = {"CT+": "PR+", "PR+": "PS+", "CT-": "PR-", "PR-": "PS-"}


def realis_of(text: str, *, speech: bool = False) -> Realis:
    """Tell whether what *text* says is actual, ongoing, planned, hypothetical or denied.

    With *speech* the event is the saying itself (a statement, warning, denial), which happened
    unless it still is to come ("is expected to announce").
    """
    for cue in _CUES.finditer(text):
        if speech and cue.lastgroup != "reporting":
            to_come = cue.lastgroup == "planned" and _SPEAKS.match(text, cue.end())
            return "planned" if to_come else "actual"
        if cue.lastgroup != "reporting":
            return cast("Realis", cue.lastgroup)
        if speech:
            return "actual"
    return "actual"


def factuality(realis: Realis, kind: AttributionKind, hedges: Iterable[str]) -> Factuality:
    """Give FactBank's value, relative to whoever says it (domain.md, section 2).

    The report's own voice and named or official sources are certain of what happened, media and
    parties probable, unnamed officials possible; plans are at most probable, "may" and "could"
    possible, and a hedge such as "reportedly" lowers by one.
    """
    hedged = any(_WEAK.search(hedge) for hedge in hedges)
    value: Factuality = "CT-" if realis == "denied" else _OWN[kind]
    if realis == "hypothetical":
        value = "PS+"
    elif realis == "planned" and value == "CT+":
        value = "PR+"
    return _LOWER.get(value, value) if hedged else value
