"""Tokens of a sentence -> its predicates: who does what to whom, and whether it is so.

The grammar of the parse, turned to what a reader wants: passives the active way round, a subject
that a later verb shares given to it as well, a relative clause's pronoun replaced by its noun.
Whether a thing happened is read off auxiliaries, negations and the verbs above it, never off
the verb itself, except for the few that undo ("was called off").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from summarizer.annotations import Argument, Predicate, Relation, Token, children_of
from summarizer.brief import Realis
from summarizer.language import listed, table
from summarizer.source import Sentence, Span

_OUTSIDE = frozenset(
    ("relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "ccomp", "parataxis")
)
"""What hangs on a noun and is no part of its own phrase."""
_CLAUSAL = frozenset(
    ("ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "parataxis", "csubj")
)
_SUBJECTS = frozenset(("nsubj", "csubj", "expl"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_KNOWN = frozenset(("the", "this", "that", "these", "those"))
_OF_NOUN: Mapping[str, Relation] = {"by": "subject", "of": "object"}
"""Preposition behind a noun -> who stands behind it: "the shelling of Gao by rebels"."""
_ABOUT = frozenset(("on", "for", "over", "about", "of", "to"))
_GOVERNED = frozenset(("from", "of", "out", "against", "on", "to", "about", "in"))
"""Prepositions by which a verb governs a gerund; "after firing" is a time."""
_AGREED = ("agreement", "pledge", "approval", "procurement")
_ASKED = ("proposal", "request", "talks")
_LESS: tuple[Realis, ...] = ("denied", "planned", "hypothetical")
"""What words can make of a happening, the strongest first."""


def find_predicates(sentence: Sentence, tokens: Sequence[Token]) -> tuple[Predicate, ...]:
    """Return the predicates of one sentence, in order of the text."""
    tree = _Tree(tokens)
    verbs = [t for t in tokens if t.number in tree.verbs]
    nouns = [t for t in tokens if t.pos == "NOUN" and t.lemma in happenings()]
    found = (_predicate(sentence, token, tree) for token in (*verbs, *nouns))
    return tuple(sorted(found, key=lambda p: p.head))


@cache
def happenings() -> frozenset[str]:
    """Nouns that name a happening, of whatever kind."""
    return frozenset().union(*(listed("events", kind, "nouns") for kind in table("events")))


class _Tree:
    """The tokens of a sentence with what hangs on each, and what was found out of them."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._children = children_of(tokens)
        self.lemmas: dict[int, str] = {}
        self.own: dict[int, tuple[Realis, Token | None] | None] = {}
        self.verbs = frozenset(t.number for t in tokens if _is_verb(t, self))

    def children(self, token: Token, *relations: str) -> Sequence[Token]:
        children = self._children.get(token.number, ())
        if not (children and relations):
            return children
        return [child for child in children if child.dep in relations]

    def child(self, token: Token, *relations: str) -> Token | None:
        for child in self._children.get(token.number, ()):
            if child.dep in relations:
                return child
        return None

    def head(self, token: Token) -> Token | None:
        return None if token.head == token.number else self.tokens[token.head]

    def above(self, token: Token) -> Iterator[Token]:
        while token.head != token.number:
            yield (token := self.tokens[token.head])

    def below(self, token: Token) -> Sequence[Token]:
        found = [token]
        for one in found:
            found += self._children.get(one.number, ())
        return found


def _is_verb(token: Token, tree: _Tree) -> bool:
    if token.pos not in ("VERB", "AUX") or token.dep in (
        "aux",
        "auxpass",
        "amod",
        "compound",
        "det",
    ):
        return False
    if token.dep == "prep" or not any(map(str.isalpha, token.text)):  # "according to", a bullet
        return False
    return token.pos == "VERB" or token.dep in _CLAUSAL or any(tree.children(token, *_SUBJECTS))


def lemma_of(token: Token, tree: _Tree) -> str:
    """Return the lemma with the verb's particle: "hand over"."""
    if token.number not in tree.lemmas:
        tree.lemmas[token.number] = _lemma_of(token, tree)
    return tree.lemmas[token.number]


def _lemma_of(token: Token, tree: _Tree) -> str:
    particle = tree.child(token, "prt")
    if particle is None:  # "the deal fell through": the parser waits for what is behind it
        bare = (t for t in tree.children(token, "prep", "advmod") if not any(tree.children(t)))
        particle = next((t for t in bare if f"{token.lemma} {t.lemma}" in _undoing()), None)
    return f"{token.lemma} {particle.lemma}" if particle else token.lemma


@cache
def _undoing() -> frozenset[str]:
    return listed("grammar", "governors", "undone") | listed("grammar", "governors", "put_off")


def _predicate(sentence: Sentence, token: Token, tree: _Tree) -> Predicate:
    nominal = token.pos == "NOUN"
    arguments = tuple(_of_noun(token, tree) if nominal else _of_verb(token, tree))
    realis, cause = _realis(token, tree)
    below = tree.below(token)
    own = [token, *tree.children(token, "aux", "auxpass", "neg", "prt")] if not nominal else [token]
    verbal = [t for t in tree.above(token) if t.number in tree.verbs]
    return Predicate(
        sentence=sentence.id,
        head=token.number,
        lemma=lemma_of(token, tree),
        words=Span(min(t.start for t in own), max(t.end for t in own)),
        clause=Span(min(t.start for t in below), max(t.end for t in below)),
        arguments=tuple(sorted(arguments, key=lambda a: a.span.start)),
        realis=realis,
        cause=Span(cause.start, cause.end) if cause else None,
        nominal=nominal,
        depth=len(verbal),
        reported=_reported(token, tree),
        governor=verbal[0].number if verbal else None,
    )


def _of_verb(token: Token, tree: _Tree) -> Iterator[Argument]:
    passive = _is_passive(token, tree)
    yield from _arguments("object" if passive else "subject", _subjects(token, tree), tree)
    for child in tree.children(token):
        yield from _of_dependent(child, tree)
    # "sent tanks to Kyiv": the parser often hangs the preposition on the noun.
    for goods in tree.children(token, "dobj", "nsubjpass"):
        for one in _with_conjuncts(goods, tree):
            for preposition in tree.children(one, "prep"):
                if preposition.lemma != "of":
                    yield from _behind(preposition, tree)


def _of_dependent(child: Token, tree: _Tree) -> Iterator[Argument]:
    """Yield what one token that hangs on a verb tells of who takes part, but for subjects."""
    match child.dep:
        case "dobj" | "oprd" | "attr":
            yield from _arguments("object", [child], tree)
        case "dative":
            yield from _arguments("dative", list(tree.children(child, "pobj")) or [child], tree)
        case "agent":
            yield from _arguments("subject", tree.children(child, "pobj"), tree)
        case "prep":
            yield from _behind(child, tree)
        case "prt":
            for inner in tree.children(child, "prep", "pobj"):
                if inner.dep == "prep":
                    yield from _behind(inner, tree)
                else:
                    yield from _arguments("oblique", [inner], tree, child.text.lower())


def _of_noun(token: Token, tree: _Tree) -> Iterator[Argument]:
    for child in tree.children(token):
        if child.dep in ("poss", "amod", "compound", "nmod") and (
            child.dep == "poss" or child.text[:1].isupper()
        ):
            yield from _arguments("subject", [child], tree)
        elif child.dep in ("prep", "agent"):
            yield from _behind(child, tree, _OF_NOUN.get(child.lemma, "oblique"))
        elif child.dep == "acl":
            for preposition in tree.children(child, "prep", "agent"):
                yield from _behind(
                    preposition, tree, "subject" if preposition.lemma == "by" else "oblique"
                )


def _behind(preposition: Token, tree: _Tree, relation: Relation = "oblique") -> Iterator[Argument]:
    word = preposition.text.lower()
    for child in tree.children(preposition):
        if child.dep in ("pobj", "pcomp"):
            yield from _arguments(relation, [child], tree, word)
        elif child.dep == "prep":  # "from across", "out of"
            yield from _behind(child, tree, relation)


def _arguments(
    relation: Relation, heads: Iterator[Token] | Sequence[Token], tree: _Tree, preposition: str = ""
) -> Iterator[Argument]:
    for head in heads:
        for one in _with_conjuncts(head, tree):
            yield Argument(relation, preposition, _phrase(one, tree), one.number)


def _with_conjuncts(token: Token, tree: _Tree) -> Iterator[Token]:
    yield token
    for child in tree.children(token, "conj"):
        if child.pos not in ("VERB", "AUX"):
            yield from _with_conjuncts(child, tree)


def _phrase(token: Token, tree: _Tree) -> Span:
    """Return the noun phrase around *token*, without clauses, appositions and further places."""
    inside = [token]
    queue = [token]
    while queue:
        head = queue.pop()
        for child in tree.children(head):
            if child.dep in _OUTSIDE:
                continue
            if child.dep == "prep" and not _is_of_name(child, head, tree):
                continue
            inside.append(child)
            queue.append(child)
    return Span(min(t.start for t in inside), max(t.end for t in inside))


def _is_of_name(preposition: Token, head: Token, tree: _Tree) -> bool:
    """Tell whether a preposition belongs to its noun: "government of Syria", "Centre for X"."""
    if preposition.lemma == "of":
        return True
    inner = tree.child(preposition, "pobj")
    return (
        preposition.lemma in ("for", "on", "and")
        and head.pos == "PROPN"
        and inner is not None
        and inner.pos == "PROPN"
        and inner.text[:1].isupper()
    )


def _is_passive(token: Token, tree: _Tree) -> bool:
    if any(tree.children(token, "auxpass", "nsubjpass", "agent")):
        return True
    return token.dep == "acl" and token.tag == "VBN"


def _subjects(token: Token, tree: _Tree) -> list[Token]:
    """Return the subjects of a verb: its own, or the one that it shares with a verb above it."""
    own = list(tree.children(token, "nsubj", "nsubjpass", "csubj"))
    head = tree.head(token)
    if own:
        if token.dep == "relcl" and head is not None and own[0].lemma in _RELATIVE:
            return [head]
        return [t for t in own if t.lemma not in ("there", "it") or t.pos == "PRON"]
    if head is None:
        return []
    if token.dep == "acl":
        return [head]
    if token.dep == "xcomp" and head.dep == "acomp" and (verb := tree.head(head)):
        return _subjects(verb, tree)  # "the ship is due to be handed over"
    if token.dep in ("conj", "xcomp", "advcl", "ccomp") and head.number in tree.verbs:
        objects = list(tree.children(head, "dobj"))
        if token.dep in ("xcomp", "ccomp") and objects:
            return objects  # "urged Berlin to send"
        if _is_passive(head, tree) and token.dep == "conj" and not _is_passive(token, tree):
            return list(tree.children(head, "nsubjpass"))
        return _subjects(head, tree)
    return []


def _reported(token: Token, tree: _Tree) -> int | None:
    """Return the verb or noun of speech whose content *token* belongs to."""
    below = token
    for above in tree.above(token):
        if below.dep in ("ccomp", "parataxis", "acl") and (
            above.lemma in listed("grammar", "speech", "verbs")
            if above.pos in ("VERB", "AUX")
            else above.lemma in listed("grammar", "speech", "nouns")
        ):
            return above.number
        below = above
    return None


def _realis(token: Token, tree: _Tree) -> tuple[Realis, Token | None]:
    """Return whether what *token* tells of is so, and the word that says otherwise."""
    if found := _own_realis(token, tree):
        return found
    if token.pos == "NOUN":
        return _of_happening(token, tree)
    below = token
    for above in tree.above(token):
        if above.pos == "ADP" and below.dep == "pcomp":
            return _behind_preposition(above, tree) or _ongoing(token, tree)
        if above.pos in ("VERB", "AUX", "ADJ") and (found := _from_above(above, below, tree)):
            return found
        if _is_infinitive(below, tree) and (noun := _to_do(above, below, tree)):
            return "planned", noun
        if above.pos not in ("VERB", "AUX", "ADJ") and below.dep not in ("acl", "ccomp", "relcl"):
            break
        below = above
    return _ongoing(token, tree)


def _behind_preposition(preposition: Token, tree: _Tree) -> tuple[Realis, Token | None] | None:
    """Return what "without", or the verb above it, makes of a gerund: "refrained from firing"."""
    if _negates(preposition):
        return "denied", preposition
    verb = next((t for t in tree.above(preposition) if t.pos != "ADP"), None)
    if verb is None or preposition.lemma not in _GOVERNED:
        return None
    realis = _listed_as("governors", lemma_of(verb, tree))
    if realis == "planned" and preposition.lemma == "against":
        return "denied", preposition  # "decided against sending"
    return (realis, verb) if realis else None


def _to_do(above: Token, below: Token, tree: _Tree) -> Token | None:
    """Return the noun that an infinitive is the content of: "a contract to provide".

    The parser hangs one behind a further phrase on the verb: "signed a contract with Iran to".
    """
    if above.pos == "NOUN" and below.dep == "acl":
        return above
    if below.dep != "advcl":
        return None
    return next((t for t in tree.children(above, "dobj") if t.lemma in _contents("planned")), None)


def _content_of(noun: Token, tree: _Tree) -> tuple[Realis, Token] | None:
    """Return what *noun*'s happening is if it is only agreed or asked: "a deal on the sale"."""
    preposition = tree.head(noun)
    if noun.dep != "pobj" or preposition is None or preposition.lemma not in _ABOUT:
        return None
    of = tree.head(preposition)
    if of is None or of.pos != "NOUN":
        return None
    if of.lemma in _contents("planned"):
        return "planned", of
    open_ = of.lemma in _contents("hypothetical") and not _is_known(noun, tree)
    return ("hypothetical", of) if open_ else None


@cache
def _contents(realis: Realis) -> frozenset[str]:
    """Nouns whose content is no more than agreed, or no more than asked or talked about."""
    kinds = _AGREED if realis == "planned" else _ASKED
    return frozenset().union(*(listed("events", kind, "nouns") for kind in kinds))


def _of_happening(noun: Token, tree: _Tree) -> tuple[Realis, Token | None]:
    """Return whether the happening that *noun* names is so.

    One that is named as known ("the attack", "its visit") is so whatever is said of it, unless it
    is called off itself; "a visit" is as sure as the plan to pay it.
    """
    for child in tree.children(noun, "amod", "nmod"):
        if realis := _listed_as("adjectives", child.lemma):
            return realis, child
    if content := _content_of(noun, tree):
        return content
    head = tree.head(noun)
    if head is None or head.pos not in ("VERB", "AUX"):
        return "actual", None
    if undone := _undone_by(head, noun, tree):
        return undone, head
    if _is_known(noun, tree) or noun.dep not in ("dobj", "nsubjpass", "nsubj", "attr"):
        return "actual", None
    if noun.dep == "dobj" and (realis := _listed_as("governors", lemma_of(head, tree))):
        return realis, head
    return _realis(head, tree)


def _undone_by(verb: Token, noun: Token, tree: _Tree) -> Realis | None:
    """Return what a verb says of the happening it is about, if that it was called or put off."""
    lemma = lemma_of(verb, tree)
    if noun.dep not in ("dobj", "nsubjpass") and lemma not in ("fall through", "collapse"):
        return None
    return _called_off(lemma)


def _called_off(lemma: str) -> Realis | None:
    if lemma in listed("grammar", "governors", "undone"):
        return "denied"
    return "planned" if lemma in listed("grammar", "governors", "put_off") else None


def _listed_as(part: str, word: str) -> Realis | None:
    """Return what *word*, of one part of the grammar's lists, makes of what it stands over."""
    return _weighing(part).get(word)


@cache
def _weighing(part: str) -> Mapping[str, Realis]:
    known = [realis for realis in reversed(_LESS) if realis in table("grammar")[part]]
    return {word: realis for realis in known for word in listed("grammar", part, realis)}


def _is_known(noun: Token, tree: _Tree) -> bool:
    """Tell whether a noun is named as something that the reader knows of or that is somebody's."""
    return any(
        child.dep == "poss" or (child.dep == "det" and child.lemma in _KNOWN)
        for child in tree.children(noun)
    )


def _own_realis(token: Token, tree: _Tree) -> tuple[Realis, Token | None] | None:
    """Return what the words that hang on *token* itself make of it."""
    if token.number not in tree.own:
        checks = (_negated, _conditional, _by_auxiliary, _undone)
        found = (check(token, tree) for check in checks)
        tree.own[token.number] = next(filter(None, found), None)
    return tree.own[token.number]


def _negated(token: Token, tree: _Tree) -> tuple[Realis, Token | None] | None:
    children = tree.children(token)
    if any(child.lemma == "only" for child in children):  # "not only"
        return None
    for child in children:
        if child.dep in ("neg", "det", "advmod", "preconj", "cc") and _negates(child):
            return "denied", child
        if child.dep == "advmod" and any(map(_negates, tree.children(child, "neg", "advmod"))):
            return "denied", child  # "no longer controls"
        if token.pos in ("VERB", "AUX") and child.dep in ("nsubj", "nsubjpass", "dobj", "attr"):
            below = tree.children(child, "det", "neg", "preconj")
            if _negates(child) or any(map(_negates, below)):
                return "denied", child
    return None


def _conditional(token: Token, tree: _Tree) -> tuple[Realis, Token | None] | None:
    for child in tree.children(token, "mark"):
        if child.lemma in listed("grammar", "marks", "condition"):
            return "hypothetical", child
    return ("hypothetical", token) if _is_inverted(token, tree) else None


def _by_auxiliary(token: Token, tree: _Tree) -> tuple[Realis, Token | None] | None:
    for child in tree.children(token, "aux", "auxpass"):
        if realis := _listed_as("auxiliaries", child.text.lower()):
            told = child.lemma == "would" and _is_told_in_the_past(token, tree)
            return ("planned" if told else realis), child
    return None


def _is_told_in_the_past(token: Token, tree: _Tree) -> bool:
    """Tell whether "would" is the "will" of what somebody said: "said it would send"."""
    head = tree.head(token)
    past = head is not None and head.tag == "VBD" and _is_speech(head.lemma)
    return token.dep == "ccomp" and past


def _undone(token: Token, tree: _Tree) -> tuple[Realis, Token | None] | None:
    """The verb says of its own object that it did not take place: "was called off"."""
    lemma = lemma_of(token, tree)
    if token.pos != "VERB" or not (_is_passive(token, tree) or lemma == "fall through"):
        return None
    realis = _called_off(lemma)
    return (realis, token) if realis else None


def _is_inverted(token: Token, tree: _Tree) -> bool:
    """Had the envoy come: the auxiliary stands before the subject."""
    had = next((t for t in tree.children(token, "aux", "ROOT") if t.text.lower() == "had"), None)
    subject = tree.child(token, "nsubj", "nsubjpass")
    return had is not None and subject is not None and had.start < subject.start


def _negates(token: Token) -> bool:
    return token.dep == "neg" or token.lemma in listed("grammar", "marks", "negators")


def _from_above(above: Token, below: Token, tree: _Tree) -> tuple[Realis, Token | None] | None:
    """Return what the verb or adjective *above* makes of the clause *below* that hangs on it."""
    if below.dep == "conj":
        # "will meet and sign": an auxiliary counts for what is joined without one of its own.
        shared = not any(tree.children(below, "aux", "nsubj", "nsubjpass"))
        return _own_realis(above, tree) if shared else None
    if below.pos == "NOUN" and below.lemma in listed("grammar", "speech", "nouns"):
        refuted = lemma_of(above, tree) in listed("grammar", "governors", "denied")
        return ("denied", above) if refuted else None  # "dismissed reports that it had sent"
    behind_particle = below.tag == "VBG" and tree.tokens[below.number - 1].dep == "prt"
    if below.dep not in ("xcomp", "ccomp", "acl", "pcomp", "acomp") and not behind_particle:
        return None  # "ruled out sending" is read as an adverb's clause
    lemma, own = lemma_of(above, tree), _own_realis(above, tree)
    to = below.tag == "VB" or _is_infinitive(below, tree)
    denies = lemma in listed("grammar", "governors", "denied")
    if below.dep == "ccomp" and not to and not denies and _is_speech(lemma):
        return None
    if yet := next((t for t in tree.children(above, "advmod") if t.lemma == "yet"), None):
        return ("planned", yet) if to else own
    if realis := _listed_as("governors", lemma):
        if own is not None and own[0] == "denied":
            return None if realis == "denied" else own
        return realis, above
    if above.lemma in ("be", "have") and to:
        return own or ("planned", above)  # "is to visit", "has to withdraw"
    return own


def _is_infinitive(token: Token, tree: _Tree) -> bool:
    return any(t.tag == "TO" for t in tree.children(token, "aux"))


def _is_speech(lemma: str) -> bool:
    return lemma in listed("grammar", "speech", "verbs")


def _ongoing(token: Token, tree: _Tree) -> tuple[Realis, Token | None]:
    if token.tag == "VBG" and any(t.lemma == "be" for t in tree.children(token, "aux")):
        return "ongoing", token
    head = tree.head(token)
    goes_on = listed("grammar", "governors", "ongoing")
    if head is not None and token.dep in ("xcomp", "dobj") and head.lemma in goes_on:
        return "ongoing", head
    if token.lemma in goes_on and token.pos == "VERB":
        return "ongoing", token
    progressive = any(t.tag == "VBG" for t in tree.children(token, "aux", "auxpass"))
    return ("ongoing", token) if progressive else ("actual", None)  # "are being targeted"
