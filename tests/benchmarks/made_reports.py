"""Made reports of news length and a large model's answers about them, from a number.

The words of a report and the answers come from one list of facts, so that most of what is answered
is found and some is not, as with real answers; nothing here says how good a brief is.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from generator import COUNTRIES, FAMILY, GIVEN, ITEMS, WEEKDAYS

_NUMBER = re.compile(r"Report number (\d+)\.")
_LINE = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
_CLAIM = re.compile(r"^(\d+) \[", re.MULTILINE)
_TOWNS = "Al-Qamar Derviz Karahan Novohrad Bel Amani Port Sabre Tal Hadid Kisoro".split()
_GROUPS = ("Northern Liberation Front", "Free Valley Brigades", "People's Defense Council")
_QUOTES = (
    "We will not leave our partners alone in this difficult time",
    "This agreement opens a new chapter between our two armies",
    "Nobody should doubt that we keep our word",
)


@dataclass(frozen=True)
class Report:
    """One made report; ``facts`` hold answers by draft, with sentences in place of their ids."""

    text: str
    facts: Mapping[str, Any]


def answer_to(messages: list[dict[str, str]], draft: str) -> str:
    """Return what the large model says when asked for *draft*."""
    asked = "\n".join(message["content"] for message in messages)
    if draft == "VerdictsDraft":
        claims = map(int, _CLAIM.findall(asked))
        return json.dumps({"verdicts": [{"claim": n, "verdict": "yes"} for n in claims]})
    number = _NUMBER.search(asked)
    if draft == "RepairDraft" or number is None:
        return '{"words": null}'
    ids = {line: int(at) for at, line in _LINE.findall(asked)}
    return json.dumps(_with_ids(made(int(number[1])).facts[draft], ids), ensure_ascii=False)


@lru_cache(maxsize=256)
def made(number: int) -> Report:
    """Return the report *number*."""
    return _Story(random.Random(number), number).report()


def _with_ids(fact: Any, ids: Mapping[str, int]) -> Any:
    if isinstance(fact, dict):
        return {
            key: [ids[one] for one in value]
            if key == "sentences"
            else ids[value]
            if key == "sentence"
            else _with_ids(value, ids)
            for key, value in fact.items()
        }
    return [_with_ids(one, ids) for one in fact] if isinstance(fact, list) else fact


class _Story:
    """A deal, what its neighbour thinks of it, and a clash."""

    def __init__(self, dice: random.Random, number: int) -> None:
        self.number = number
        self.dice = dice
        states = [each.split("/") for each in dice.sample(COUNTRIES, 3)]
        self.giver, self.taker, self.rival = ((s[1], s[-2], s[-1]) for s in states)
        self.people = [(self._name(GIVEN), self._name(FAMILY)) for _ in range(4)]
        self.items = [name for name, _ in dice.sample(ITEMS, 3)]
        self.counts = [dice.randint(4, 90) for _ in range(4)]
        self.days = dice.sample(WEEKDAYS, 3)
        self.towns = dice.sample(_TOWNS, 3)
        self.group = dice.choice(_GROUPS)

    def _name(self, names: list[str]) -> str:
        return self.dice.choice(names).split("/")[0].capitalize()

    def report(self) -> Report:
        (giver, givers, capital), (taker, takers, _), (rival, rivals, _) = (
            self.giver,
            self.taker,
            self.rival,
        )
        minister, counterpart, foreign, spokesman = (" ".join(one) for one in self.people)
        item, second, third = self.items
        n, m, price, dead = self.counts
        day, later, last = self.days
        town, base, field = self.towns
        signed = (
            f"The agreement was signed in {capital} by {givers} Defense Minister {minister} and "
            f"his {takers} counterpart {counterpart}."
        )
        lead = (
            f"{giver} and {taker} signed a defense cooperation agreement on {day}, officials from "
            "both countries said."
        )
        covered = (
            f"According to the {givers} Defense Ministry, the talks covered joint training, border "
            "security and the exchange of military personnel."
        )
        promise = (
            f"{giver} will deliver {n} {item} to {taker} by the end of 2026, {minister} told "
            "reporters."
        )
        package = (
            f"The package also includes {m} {second} worth ${price} million, the ministry said in "
            "a statement."
        )
        arrived = f"{counterpart} said that the first {item} had arrived at a base near {town}."
        quoted = (
            f"“{self.dice.choice(_QUOTES)},” {minister} said, adding that both armies would hold a "
            "joint exercise in March."
        )
        wanted = (
            f"{taker} has also asked for {third}, but no decision has been made, according to two "
            "people familiar with the talks who spoke on condition of anonymity."
        )
        warned = (
            f"{rivals} Foreign Minister {foreign} warned on {later} that the weapons would "
            "threaten the stability of the region."
        )
        struck = (
            f"{rivals} aircraft struck positions of the {self.group} near {field} on {last}, "
            f"killing {dead} fighters, the state news agency reported."
        )
        denied = (
            f"The {self.group} denied that any of its fighters had been killed and accused "
            f"{rival} of violating the ceasefire."
        )
        called = (
            f"A spokesman for the United Nations, {spokesman}, called on all sides to show "
            "restraint and to let aid convoys pass."
        )
        paragraphs = (
            f"{giver} and {taker} sign defense accord as tensions with {rival} rise",
            f"{lead} {signed} {covered}",
            f"{promise} {package} {arrived}",
            f"{quoted} Neither side gave details of the costs of the training.",
            f"{wanted} Earlier deliveries had been delayed for months because of a dispute over "
            "payments and spare parts.",
            f"{warned} The two neighbors have been at odds over their border since 2019, and "
            f"several rounds of talks in {base} have failed.",
            f"{struck} It was not possible to verify the report independently. {denied}",
            f"{called} The Security Council is expected to discuss the situation next week.",
            "Analysts say that the deal follows a pattern of recent years, in which smaller states "
            "have turned to several suppliers at once in order not to depend on any of them. "
            f"{taker} spent more than three percent of its economic output on defense last year, "
            f"according to government figures, while {rival} has doubled its own budget.",
            f"Report number {self.number}.",
        )
        events = [
            ("agreement", [giver, taker], [], lead, day, None),
            ("agreement", [minister, counterpart], [], signed, None, capital),
            ("talks", [f"{givers} Defense Ministry"], [], covered, None, None),
            ("supply", [giver], [taker], promise, "by the end of 2026", None),
            ("supply", [counterpart], [], arrived, None, f"near {town}"),
            ("exercise", ["both armies"], [], quoted, "in March", None),
            ("request", [taker], [giver], wanted, None, None),
            ("warning", [foreign], [giver], warned, later, None),
            ("strike", [f"{rivals} aircraft"], [self.group], struck, last, f"near {field}"),
            ("denial", [f"The {self.group}"], [], denied, None, None),
            ("statement", [spokesman], ["all sides"], called, None, None),
        ]
        pledges = [
            (giver, taker, f"{n} {item}", promise, "will deliver", minister, None),
            (None, taker, f"{m} {second}", package, "includes", None, f"${price} million"),
            (giver, taker, third, wanted, "asked for", None, None),
        ]
        actors = [
            (giver, "state", lead, None, None),
            (taker, "state", lead, None, None),
            (rival, "state", denied, None, None),
            (minister, "person", signed, "Defense Minister", givers),
            (counterpart, "person", signed, None, takers),
            (foreign, "person", warned, "Foreign Minister", rivals),
            (spokesman, "person", called, "spokesman", "United Nations"),
            (self.group, "armed_group", struck, None, None),
            ("United Nations", "igo", called, None, None),
            (f"{givers} Defense Ministry", "government_body", covered, None, None),
        ]
        lines = [
            (f"{giver} and {taker} signed a defense agreement on {day}.", [lead, signed]),
            (f"{giver} will deliver {n} {item} to {taker} by the end of 2026.", [promise]),
            (f"{rivals} Foreign Minister {foreign} warned of the weapons.", [warned]),
            (f"{rivals} aircraft struck the {self.group} near {field}.", [struck]),
            (f"This is report number {self.number}.", [paragraphs[-1]]),
        ]
        names = ("kind", "who", "to_whom", "sentence", "when", "where")
        parts = ("supplier", "recipient", "items", "sentence", "status_words", "said_by", "value")
        about = ("name", "kind", "sentence", "position", "affiliation")
        facts: dict[str, Any] = {
            "ActorsDraft": {"actors": [dict(zip(about, one, strict=True)) for one in actors]},
            "EventsDraft": {"events": [dict(zip(names, one, strict=True)) for one in events]},
            "PledgesDraft": {
                "pledges": [
                    {**dict(zip(parts, one, strict=True)), "items": [one[2]]} for one in pledges
                ]
            },
            "SummaryDraft": {"statements": [{"text": t, "sentences": s} for t, s in lines]},
        }
        return Report("\n\n".join(paragraphs) + "\n", facts)
