"""How servers word what is wrong: patterns for what they say, in small letters.

Collected from what users of these servers report; each is bounded, so that hostile text costs no
more than its length.
"""

from __future__ import annotations

import re


def _any_of(*wordings: str) -> re.Pattern[str]:
    return re.compile("|".join(wordings))


TOO_LONG = _any_of(
    r"context_(?:length|window)_exceed|exceed_context_size|string_above_max|request_too_large",
    r"maximum (?:context|prompt|input|model|sequence) ?(?:length|size|window)",
    r"exceed\w{0,3}[^.]{0,60}(?:context|token limit|number of tokens)",
    r"exceed\w{0,3}[^.]{0,60}max(?:imum)?[ _][^.]{0,30}(?:len\b|length|tokens)",
    r"\b(?:context|input|prompt|text|request|messages?)\b[^.]{0,40}\btoo (?:long|large|big)\b",
    r"(?:greater|longer|larger) than the (?:context|maximum)|overflows",
    r"reduce (?:the|your) (?:length|message|prompt)|range of input length",
    r"prompt contains [\d,]+ tokens|must have less than \d+ tokens|too many tokens: total",
    r"`inputs` tokens|loaded with context length of only",
)
FILTERED = _any_of(
    r"content[_ ]?filter|content[_ ](?:management )?policy|responsible_?ai|invalid_prompt",
    r"data_?inspection|content exists risk|prohibited_content|new_sensitive",
)
# In a refusal these say the same; in a fault of the server they may name what is out of order.
JUDGED = _any_of(
    r"usage (?:policy|policies|guidelines)|safety[_ ](?:system|policy|filter|check)",
    r"\bflagged\b|\bmoderation\b|inappropriate|considered high risk|guardrail",
    r"sensitive (?:content|words?|information)",
)
NO_QUOTA = _any_of(
    r"insufficient[_ ](?:quota|balance|credit|fund)|billing_(?:hard_limit|not_active)",
    r"credit balance|out of credits",
)
TOO_OFTEN = _any_of(
    r"rate[_ -]?limit|too many requests|too_many_requests|throttl|resource_?exhausted|quota",
)
BUSY = _any_of(
    r"overloaded|unavailable|capacity|\bbusy\b|loading|try again|server_error|internal",
    r"time[d_ ]*out|bad gateway|upstream",
)
LATER = _any_of(r"overloaded|capacity|\bbusy\b|loading|try again|retry|too many")
REFUSES = _any_of(
    r"\bnot (?:\w+ )?(?:support|permit|allow|accept|available|enabled|implement|recogni)",
    r"\bnot (?:a )?(?:valid|compatible)|n't (?:support|accept|allow)|cannot|can't|failed to",
    r"un(?:support|recogni|known|expected|available|permitted)|deprecated|disallow|disabled",
    r"extra[_ ](?:inputs?|fields?|forbidden|param)|forbidden|invalid|illegal|incompatible",
    r"\bonly\b|\bmust\b|\bshould\b|\bhas to\b|\bexpected\b|requires?\b|\brange\b|\bbetween\b",
    r"conversion failed|too (?:many|complex)",
    r"no endpoints found|drop these|does not exist|moved to",
)
NAMES = {
    "system": _any_of(
        r"\bsystem\b[^.]{0,40}\b(?:role|prompt|message|instruction)|developer instruction",
        r"\broles?\b[^.]{0,60}\bsystem\b|roles must alternate|messages\W{0,2}0\W{1,2}role",
        r"\bonly\b[^.]{0,20}\buser\b[^.]{0,20}\bassistant\b",
    ),
    "max_tokens": _any_of(r"\bmax_?tokens\b"),
    "max_completion_tokens": _any_of(r"\bmax_?completion_?tokens\b"),
    "temperature": _any_of(r"\btemperature\b"),
    "seed": _any_of(r"\bseed\b"),
    "response_format": _any_of(
        r"response[_ ]?format|json[_ ]?schema|response_?schema|\bschema\b|structured[_ ]output",
        r"\bgrammar\b|guided[_ ]|xgrammar|outlines|output_(?:config|format)|constrained decoding",
        r"json_validate_failed",
    ),
}
# What the model wrote did not fit this time: no word against schemas.
BAD_LUCK = _any_of(r"json_validate_failed|failed to (?:generate|validate) json")
INVALID_SCHEMA = _any_of(r"invalid schema", r"schema is (?:invalid|not valid)")
WAIT = re.compile(
    r"(?:try(?:ing)? again|retry(?:ing)?|retry[_ -]?(?:after|delay)|wait|resets?)\W{0,3}"
    r"(?:(?:request|again|for|in|after|at least|about|your|the|until)\W{1,2}){0,4}"
    r"((?:\d+(?:\.\d+)?\s{0,2}[a-z]+[\s,]{0,2}(?:and )?){1,4})"
)
DURATION = re.compile(
    r"(\d+(?:\.\d+)?)\s{0,2}(ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?)\b"
    r"|(\d+(?:\.\d+)?)(ms|s|m|h)(?=\d)"
)
SECONDS = {"ms": 0.001, "mi": 60.0, "s": 1.0, "m": 60.0, "h": 3600.0}
