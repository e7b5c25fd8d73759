"""The words behind ``status``: verbs of transfer, what they are about, and what governs them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from summarizer.brief import PledgeStatus

LADDER: tuple[PledgeStatus, ...] = (
    "unclear", "requested", "discussed", "offered", "reported_planned", "pledged", "approved",
    "signed", "partly_delivered", "delivered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """Verbs with one meaning: the status once done, and what they must be about."""

    status: PledgeStatus
    verbs: str
    about: Literal["goods", "deal", "trade"]


# base/past(/participle); the other forms are regular. "_" is a blank.
ROWS = (
    Row(
        "delivered",
        "deliver/delivered hand_over/handed_over transfer/transferred ship/shipped send/sent"
        " supply/supplied provide/provided give/gave/given donate/donated furnish/furnished"
        " export/exported dispatch/dispatched airlift/airlifted lend/lent gift/gifted"
        " receive/received obtain/obtained take_delivery/took_delivery/taken_delivery"
        " take_over/took_over/taken_over arrive/arrived add/added",
        "goods",
    ),
    Row(
        "signed",
        "buy/bought purchase/purchased order/ordered sell/sold acquire/acquired procure/procured"
        " lease/leased",
        "goods",
    ),
    Row(
        "signed",
        "sign/signed award/awarded win/won place/placed secure/secured ink/inked clinch/clinched"
        " seal/sealed conclude/concluded finalise/finalised finalize/finalized",
        "deal",
    ),
    Row(
        "approved",
        "approve/approved authorise/authorised authorize/authorized clear/cleared"
        " green-light/green-lit greenlight/greenlit sign_off_on/signed_off_on ratify/ratified"
        " license/licensed okay/okayed endorse/endorsed notify_congress/notified_congress",
        "trade",
    ),
    Row(
        "pledged",
        "pledge/pledged promise/promised commit/committed earmark/earmarked allocate/allocated"
        " announce/announced unveil/unveiled agree_on/agreed_on"
        " set_aside/set_aside contribute/contributed make_available/made_available",
        "trade",
    ),
    Row("offered", "offer/offered propose/proposed", "trade"),
    Row(
        "requested",
        "request/requested ask_for/asked_for seek/sought appeal_for/appealed_for demand/demanded"
        " call_for/called_for plead_for/pleaded_for",
        "trade",
    ),
    Row(
        "discussed",
        "discuss/discussed consider/considered weigh/weighed mull/mulled explore/explored"
        " negotiate/negotiated review/reviewed debate/debated study/studied",
        "trade",
    ),
    Row(
        "suspended",
        "halt/halted suspend/suspended pause/paused freeze/froze/frozen withhold/withheld"
        " block/blocked stop/stopped cut_off/cut_off hold_up/held_up",
        "trade",
    ),
    Row(
        "cancelled",
        "cancel/cancelled cancel/canceled scrap/scrapped call_off/called_off"
        " terminate/terminated annul/annulled abandon/abandoned revoke/revoked rescind/rescinded"
        " axe/axed ditch/ditched pull_out_of/pulled_out_of",
        "trade",
    ),
    Row("denied", "deny/denied refute/refuted rule_out/ruled_out", "trade"),
)
GOODS = re.compile(
    r"\b(?:packages?|tranches?|shipments?|batch(?:es)?|consignments?|drawdown|them|these"
    r"|military (?:aid|assistance|support|help)|security assistance)\b",
    re.IGNORECASE,
)
DEAL = re.compile(
    r"\b(?:contracts?|deals?|orders?|letters? of offer|purchase|sale|(?:procurement|supply|arms"
    r"|delivery|sales) agreements?|agreements? (?:to|for|on) (?:the )?(?:buy|purchas|acqui|suppl"
    r"|sell|sale|deliver|procure)\w*)\b",
    re.IGNORECASE,
)
TRADE = re.compile(
    r"\b(?:sales?|selling|exports?|exporting|transfers?|transferring|deliver(?:y|ies|ing)|purchases?"
    r"|buying|acquisitions?|licen[cs]es?|suppl(?:y|ies|ying)|sending|shipping|arming|providing"
    r"|provision|donations?|weapons? procurement|foreign military)\b",
    re.IGNORECASE,
)
# "The jets, ordered in May, have already been" delivered; "two weeks after the tanks" arrived.
SUBJECT_LINK = re.compile(
    r"(?:\s|,\s)?(?:(?!who\b|and\b|but\b)[\w’'-]{1,20},?\s){0,9}",
)
# "Sent a letter about jets" sends no jets.
OTHER_OBJECT = re.compile(
    r"\b(?:speech|message|statement|remarks|warnings?|address|blow|verdict|lecture|letter"
    r"|delegation|troops|soldiers|forces|envoys?|details|updates?|training|evidence|information"
    r"|intelligence|interview|notice|assurances?|signal|reinforcements|requests?|call|invitation"
    r"|report|approval|offer|visit|guarantees?|cover|briefing|pilots|personnel|advice|orders?"
    r"|memorandum|strikes?|fire|prisoners?|detainees|power|instructions|support for|proposals?|that"
    r"|which|who|plans?|intention|it|he|she|they|whether)\b",
    re.IGNORECASE,
)
# What may stand before a verb and governs it; the last one counts, and "will not" is one.
GOVERNORS: tuple[tuple[str, str], ...] = (
    (
        "skip",
        r"\b(?:if|unless|once|until|threat\w+ to|capab\w+ (?:to|of)|able to|fail(?:ed|s)? to)\b",
    ),
    (
        "denied",
        r"\b(?:(?:will|would|shall|can|could|did|do|does)(?: not|n['’]t| never)|won['’]t|cannot"
        r"|never|refus\w+|declin\w+|rul\w+ out|den(?:y|ied|ies|ying)|reject\w*|oppos\w+"
        r"|no (?:plans?|intention)|unwilling)\b",
    ),
    (
        "approved",
        r"\b(?:approv\w+|authori[sz]\w+|clear(?:ed|s|ing)|green-?li\w+|permit(?:ted|s)"
        r"|allow(?:ed|s|ing)|licen[cs]ed?)\b",
    ),
    (
        "discussed",
        r"\b(?:could|may|might|can|should|must|whether|consider\w*|weigh\w*|mull\w*|discuss\w*"
        r"|talks|negotiat\w+|explor\w+|possib\w+|debat\w+|proposal|bill|interest(?:ed)? in"
        r"|studying|open to)\b",
    ),
    (
        "requested",
        r"\b(?:ask(?:ed|s|ing)?|urg(?:ed?|es|ing)|call(?:ed|s|ing)? (?:on|for)|request(?:ed|s|ing)?"
        r"|press(?:ed|es|ing)?|appeal\w*|demand\w*|implor\w+|begs|begged|begging|plead\w*|wants?"
        r"|wanted|seek(?:s|ing)?|sought|hop(?:e|es|ed|ing)|lobb\w+|need(?:s|ed)?)\b",
    ),
    (
        "offered",
        r"\b(?:offer(?:ed|s|ing)?|ready|willing(?:ness)?|prepared|readiness"
        r"|propos(?:ed|es|ing))\b",
    ),
    (
        "reported_planned",
        r"\b(?:plans call(?:ed)? for|plan(?:s|ned|ning)?|set|expect(?:ed|s|ing)?|due|about|likely"
        r"|inten(?:d\w*|t\w*)|aim\w*|prepar(?:es?|ing)|scheduled|slated|poised|wait\w*"
        r"|is|are|was|were|letter of intent)\b",
    ),
    ("would", r"\b(?:would|['’]d)\b"),
    (
        "pledged",
        r"\b(?:will|shall|going to|pledg(?:ed?|es|ing)|promis(?:ed?|es|ing)|vow(?:ed|s)?|commit\w*"
        r"|agree[ds]?|agreeing|agreement|decid(?:ed|es)|decision|deal)\b|['’]ll\b",
    ),
    ("signed", r"\bcontract(?:ed|s)?\b"),
    (
        "partly_delivered",
        r"\b(?:began|begun|started|starts|commenced|resum(?:ed|es)|has been|have been"
        r"|continu(?:ed|es|ing))\b",
    ),
    ("suspended", r"\b(?:halt\w*|suspend\w*|paus\w+|fr[eo]ez\w*|froze\w*|stopp?\w*)\b"),
)
GOVERNOR = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in GOVERNORS), re.IGNORECASE
)
_ADVERBS = r"(?:(?:\w{2,12}ly|also|soon|now|already|then|again|not|help|either|both|and|or)\s){0,3}"
INFINITIVE = re.compile(
    rf"(?:\b(?:to|will|would|shall|can|could|may|might|should|must|won['’]t|cannot|not)|n['’]t|['’]ll"
    rf"|['’]d)\s{_ADVERBS}$",
    re.IGNORECASE,
)
PASSIVE = re.compile(rf"\b(?:be|being|get)\s{_ADVERBS}$", re.IGNORECASE)
PERHAPS = re.compile(
    rf"\b(?:could|may|might|would|should) have (?:been\s)?{_ADVERBS}$", re.IGNORECASE
)
NOT_DONE = re.compile(
    rf"(?:\b(?:not|never|no)|n['’]t|\byet\sto)\s(?P<yet>yet\s)?(?:been\s|be\s)?{_ADVERBS}$",
    re.IGNORECASE,
)
IN_PROGRESS = re.compile(rf"\b(?:is|are|was|were|['’]s)\s{_ADVERBS}$", re.IGNORECASE)
BACKGROUND = re.compile(r"\b(?:had|having|after|previously|once|despite|long)\s\w{0,12}\s?$", re.I)
IN_PART = re.compile(
    r"\b(?:first|initial|second)\s(?:\w{1,15}\s){0,2}(?:batch|shipments?|tranche|consignment"
    r"|deliver(?:y|ies)|units?|of)\b|\bso far\b|\bpartial(?:ly)?\b"
    r"|\b(?:part|half|some|several|one|two|three|four|five|six|\d+)\sof\s(?:the|its|those|an?|\d+)\b",
    re.IGNORECASE,
)
CONDITION = re.compile(r"\b(?:if|once|unless|until|should)\s[^,]{0,40}$", re.IGNORECASE)
SAID = re.compile(r"\b(?:said|announced|confirmed|declared|told|stated|vowed)\b", re.IGNORECASE)
# A carrier that arrives for an exercise is nobody's delivery.
FOR_ITSELF = re.compile(
    r"arriv\w+\s[^.;]{0,60}\bfor\s(?:an?\s|the\s)?(?:\w{1,15}\s){0,3}(?:exercises?|drills?|visit"
    r"|port call|patrols?|training|talks|repairs?|maintenance|deployment|mission)\b",
    re.IGNORECASE,
)
HEDGED = re.compile(
    r"\b(?:if|unless|pending|subject to|provided that"
    r"|reportedly|allegedly|rumou?red|sources?\s(?:said|say|familiar)|people familiar"
    r"|familiar with|unconfirmed|according to (?:\w+ ){0,2}(?:sources|media|reports?))\b",
    re.IGNORECASE,
)
# Nouns that stand for the act.
_PHRASES: tuple[tuple[PledgeStatus, str], ...] = (
    (
        "partly_delivered",
        r"\b(?:deliver(?:y|ies)|shipments?)\s(?:have\s|has\s)?(?:already\s)?"
        r"(?:begun|began|started|resumed|are under ?way)\b"
        r"|\b(?:began|begun|started|resumed)\s(?:\w{2,12}\s){0,3}(?:deliver(?:y|ies)|shipments?)\b",
    ),
    (
        "reported_planned",
        r"\b(?:deliver(?:y|ies)|shipments?)\s(?:of\s[^.;]{0,60}\s)?(?:is|are|was|were)\s"
        r"(?:also\s)?(?:expected|scheduled|due|planned|slated|set|to)\b|\bletters? of intent\b"
        r"|\b(?:planned|upcoming|expected)\s(?:\w{2,12}\s){0,2}"
        r"(?:shipments?|deliver(?:y|ies)|sales?|transfers?|purchases?)\b",
    ),
    (
        "approved",
        r"\b(?:export|arms)\slicen[cs]es?\s(?:was|were|has been|have been)\s(?:granted|issued)"
        r"|\b(?:grant(?:ed|s)|issued?|gave|given)\s(?:an?\s|its\s|the\s|final\s){0,3}"
        r"(?:export\slicen[cs]e|approval|green light|go-ahead)",
    ),
    (
        "signed",
        r"\b(?:contracts?|orders?|deal)\s(?:worth\s[^.;]{1,30}\s)?"
        r"(?:was|were|has been|have been)\s"
        r"(?:signed|awarded|placed|concluded|finali[sz]ed|sealed)\b",
    ),
    (
        "discussed",
        r"\b(?:in|hold\w*|held)\s(?:\w{2,12}\s){0,2}(?:talks|negotiations|discussions)\s"
        r"(?:to|on|over|about|for|with)\b|\btalks (?:on|over|about)\b",
    ),
    (
        "requested",
        r"\b(?:formal |official |urgent )?requests? (?:for|from|to)\b|\bappeals? for\b"
        r"|\b(?:appeal|ask|press|lobb)(?:s|ed|ies|ied|ing)?\s[^.,;]{1,40}\sfor\b",
    ),
    (
        "suspended",
        r"\b(?:put|placed|remain\w*|is|are|was|were)\s(?:\w{1,15}\s){0,4}on (?:hold|ice)\b",
    ),
    (
        "cancelled",
        r"\b(?:deal|sale|order|contract|purchase)\s(?:has\s|had\s)?f(?:e|a)ll(?:en|s)?\sthrough\b",
    ),
)
PHRASES = tuple((status, re.compile(words, re.IGNORECASE)) for status, words in _PHRASES)
