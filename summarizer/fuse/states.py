"""States and homes: all briefs in, which state each actor belongs to out.

A *home* is an ISO code where a brief gives one, else the first of the state's names, folded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from summarizer.brief import Actor, Brief
from summarizer.fuse.partition import Partition
from summarizer.language.countries import states_named
from summarizer.names import fold, skeleton, tokens_agree, word_set

# Endings of words that say what country someone or something is of (Turkish, Syrian, Israeli).
_DEMONYM_ENDINGS = ("ian", "ean", "ish", "ese", "eli", "aqi", "ani", "eni", "iti", "ari", "ati")
_DEMONYMS = word_set(
    """german french dutch greek czech swiss thai saudi emirati american african mexican moroccan
    omani somali bengali bangladeshi nepali filipino philippine afghan uzbek kazakh kyrgyz tajik
    turkmen uyghur kurd tuareg"""
)
_EMPTY = word_set("the a an of republic state kingdom government country")
# Syria, Syrian; Turkey, Turkish: as many first letters as name and adjective have in common.
_SHARED_LETTERS = 4


@dataclass(frozen=True, slots=True)
class States:
    """Which home a state's name, capital or adjective stands for."""

    by_form: dict[str, str]
    by_stem: dict[str, str]

    def find_home(self, text: str) -> str | None:
        """Return the home that a name or phrase names, or None when it names none or several."""
        folded = fold(text)
        if folded in self.by_form:
            return self.by_form[folded]
        homes = {home for word in folded.split() if (home := self.word_home(word))}
        return homes.pop() if len(homes) == 1 else None

    def word_home(self, word: str) -> str | None:
        """Return the home that one folded word names, as a name or as an adjective."""
        if word in self.by_form:
            return self.by_form[word]
        return self.by_stem.get(word[:_SHARED_LETTERS]) if is_demonym(word) else None


def home_named(text: str, states: States) -> str | None:
    """Return the home of the one country that *text* names, also one that no brief lists."""
    if found := states.find_home(text):
        return found
    named = states_named(text)
    if len(named) != 1:
        return None
    forms = (fold(form) for form in named[0].names)
    return next((states.by_form[form] for form in forms if form in states.by_form), named[0].iso3)


def is_demonym(word: str) -> bool:
    """Whether a folded word looks like the adjective of a country or people."""
    return word in _DEMONYMS or (len(word) > _SHARED_LETTERS and word.endswith(_DEMONYM_ENDINGS))


def state_forms(actor: Actor) -> tuple[str, ...]:
    """Return the folded forms that name a state, without phrases such as "the government"."""
    forms = [actor.name, *actor.aliases]
    named = (fold(form) for form in forms if form[:1].isupper())
    return tuple(form for form in named if form and not set(form.split()) <= _EMPTY)


def collect_states(briefs: Sequence[Brief]) -> States:
    """Join the states of all briefs by country code or a shared form, and name their homes."""
    states = [actor for brief in briefs for actor in brief.actors if actor.kind == "state"]
    partition = Partition([state.country for state in states], _one_country)
    seen: dict[str, int] = {}
    for number, state in enumerate(states):
        keys = [f"={state.country}"] if state.country else []
        for key in (*keys, *state_forms(state)):
            partition.join(seen.setdefault(key, number), number, key)
    _join_spellings(states, partition)
    homes: dict[int, str] = {}
    for cluster in partition.clusters():
        codes = sorted({code for n in cluster if (code := states[n].country)})
        names = sorted(form for n in cluster for form in state_forms(states[n])[:1])
        homes.update(dict.fromkeys(cluster, (codes + names + [""])[0]))
    return _index((state, homes[number]) for number, state in enumerate(states))


def find_homes(brief: Brief, states: States) -> dict[str, str | None]:
    """Return the home of each actor of *brief* by its id; None where nothing tells it."""
    forms = {fold(form): actor for actor in brief.actors for form in (actor.name, *actor.aliases)}
    return {actor.id: _home(actor, forms, states, 2) for actor in brief.actors}


def _home(actor: Actor, forms: dict[str, Actor], states: States, depth: int) -> str | None:
    if actor.country:
        return actor.country
    if actor.kind == "state":
        return next((h for f in state_forms(actor) if (h := states.by_form.get(f))), None)
    for told in (actor.affiliation, actor.position):
        if told is None:
            continue
        owner = forms.get(fold(told.value))
        if owner is not None and owner.id != actor.id and depth:
            found = _home(owner, forms, states, depth - 1)
        else:
            found = states.find_home(told.value)
        if found:
            return found
    return states.find_home(actor.name) if actor.kind not in ("person", "media") else None


def _index(states: Iterable[tuple[Actor, str]]) -> States:
    by_form: dict[str, set[str]] = {}
    by_stem: dict[str, set[str]] = {}
    for state, home in states:
        for form in state_forms(state):
            by_form.setdefault(form, set()).add(home)
        for word in fold(state.name).split():
            if len(word) >= _SHARED_LETTERS and word not in _EMPTY:
                by_stem.setdefault(word[:_SHARED_LETTERS], set()).add(home)
    return States(
        {form: min(homes) for form, homes in sorted(by_form.items()) if len(homes) == 1},
        {stem: min(homes) for stem, homes in sorted(by_stem.items()) if len(homes) == 1},
    )


def _join_spellings(states: Sequence[Actor], partition: Partition[str | None]) -> None:
    """Join spellings of one state's name (Turkey, Türkiye; not Niger, Nigeria)."""
    blocks: dict[str, dict[str, int]] = {}
    for number, state in enumerate(states):
        for form in state_forms(state)[:1]:
            blocks.setdefault(skeleton(form.replace(" ", "")), {}).setdefault(form, number)
    for block in blocks.values():
        for (one, left), (two, right) in combinations(sorted(block.items()), 2):
            if tokens_agree(one.replace(" ", ""), two.replace(" ", "")):
                partition.join(left, right, f"{one} / {two}")


def _one_country(left: str | None, right: str | None) -> str | None:
    # "" stands for unknown: None would mean that the two contradict each other.
    if left and right and left != right:
        return None
    return left or right or ""
