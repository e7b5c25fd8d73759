"""Compare locating quotes with langextract's resolver and instructor's CitationMixin, in one run.

    python tests/benchmarks/bench_locate.py [SECONDS]

Prints Markdown: the mean time for a quote, half of them altered, in texts of growing length, and
how many true and altered quotes each accepts. A tool that is not installed is left out; one that
took longer than SECONDS (default 2) for a quote is not tried on longer texts. True and altered
quotes are cut from the corpus as in the tests.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from alterations import ALTERATIONS, sentences_of  # noqa: E402

from summarizer.validate import Index  # noqa: E402

Locate = Callable[[str], object]
Tool = Callable[[str], Locate]
"""Given the text, returns what looks up a quote in it."""

PER_KIND = 15  # altered quotes of each kind: the other tools take up to a second for one
LENGTHS = (3_500, 10_000, 100_000, 1_000_000)
TOKENS = (8, 25, 100)
SEED = 7


def ours(text: str) -> Locate:
    return Index(text).locate


def langextract(text: str) -> Locate:
    from langextract import resolver  # type: ignore[import-not-found]
    from langextract.core import data  # type: ignore[import-not-found]

    aligner = resolver.WordAligner()

    def locate(quote: str) -> object:
        extraction = data.Extraction(extraction_class="quote", extraction_text=quote)
        ((found,),) = aligner.align_extractions([[extraction]], text)
        return found.char_interval

    return locate


def instructor(text: str) -> Locate:
    from instructor.dsl.citation import CitationMixin

    def locate(quote: str) -> object:
        claim = CitationMixin.model_validate(
            {"substring_quotes": [quote]}, context={"context": text}
        )
        return claim.substring_quotes

    return locate


TOOLS: dict[str, Tool] = {"summarizer": ours}
TOOLS |= {tool.__name__: tool for tool in (langextract, instructor) if find_spec(tool.__name__)}


def _texts() -> list[str]:
    return [path.read_text("utf-8") for path in sorted((ROOT / "corpus").glob("*.txt"))]


def acceptance() -> str:
    """Return a table of how many quotes of each kind each tool accepts."""
    quotes: dict[str, list[tuple[int, str]]] = {"true sentence": []}
    for number, text in enumerate(_texts()):
        quotes["true sentence"] += [(number, sentence) for _, sentence in sentences_of(text)]
        for kind, alter in ALTERATIONS.items():
            for _, sentence in sentences_of(text):
                quotes.setdefault(kind, []).extend((number, q) for q in alter(sentence, text))
    chosen = {
        kind: found if kind == "true sentence" else found[:: max(1, -(-len(found) // PER_KIND))]
        for kind, found in quotes.items()
    }
    tools = [[tool(text) for text in _texts()] for tool in TOOLS.values()]
    rows = {
        kind: [sum(bool(tool[number](quote)) for number, quote in found) for tool in tools]
        for kind, found in chosen.items()
    }
    altered = [kind for kind in rows if kind != "true sentence"]
    total = [sum(rows[kind][column] for kind in altered) for column in range(len(tools))]
    count = sum(len(chosen[kind]) for kind in altered)
    lines = [_row(f"{kind} ({len(chosen[kind])})", *rows[kind]) for kind in rows]
    lines.append(_row(f"**altered, total ({count})**", *(f"**{number}**" for number in total)))
    everything = sum(len(quotes[kind]) for kind in altered)
    ours_all = sum(
        bool(tools[0][number](quote)) for kind in altered for number, quote in quotes[kind]
    )
    note = f"Of all {everything} altered quotes, summarizer accepts {ours_all}."
    return "\n".join([_head("accepted", *TOOLS), *lines, "", note])


def speed(limit: float) -> str:
    """Return a table of the mean time for a quote, by length of text and of quote."""
    lines = []
    tired: set[tuple[str, int]] = set()
    for length in LENGTHS:
        text = _text_of(length)
        start = time.perf_counter()
        built = {"summarizer": ours(text)}
        indexing = time.perf_counter() - start
        built |= {name: tool(text) for name, tool in TOOLS.items() if name != "summarizer"}
        for tokens in TOKENS:
            quotes = _quotes(text, tokens)
            times: list[float | None] = []
            for name, locate in built.items():
                taken = None if (name, tokens) in tired else _seconds(locate, quotes, limit)
                times.append(taken)
                if taken is None or taken > limit:
                    tired.add((name, tokens))
            own = times[0] or 1.0
            cells = [f"{own * 1000:.3f} ms"]
            cells += [f"{t * 1000:.1f} ms ({t / own:,.0f}×)" if t else "—" for t in times[1:]]
            lines.append(_row(f"{length:,}", tokens, f"{indexing * 1000:.0f} ms", *cells))
    return "\n".join([_head("characters", "quote, words", "index once", *TOOLS), *lines])


def _text_of(length: int) -> str:
    sentences = [sentence for text in _texts() for _, sentence in sentences_of(text)]
    chance = random.Random(SEED)
    pieces: list[str] = []
    size = 0
    while size < length:
        pieces.append(chance.choice(sentences))
        size += len(pieces[-1]) + 1
    return " ".join(pieces)[:length]


def _quotes(text: str, tokens: int) -> list[str]:
    """Return quotes of *tokens* words from all over *text*, every other one with a word changed."""
    words = text.split(" ")
    quotes = []
    for part in range(1, 7):
        start = (len(words) - tokens) * part // 7
        quote = words[start : start + tokens]
        if part % 2:
            quote[tokens // 2] = "not"
        quotes.append(" ".join(quote))
    return quotes


def _seconds(locate: Locate, quotes: list[str], limit: float) -> float:
    """Return the mean time for a quote; stop early when *limit* is used up."""
    times: list[float] = []
    for quote in quotes:
        start = time.perf_counter()
        locate(quote)
        times.append(time.perf_counter() - start)
        if sum(times) > limit:
            break
    return sum(times) / len(times)


def _head(*cells: object) -> str:
    return "\n".join([_row(*cells), _row(*("---" for _ in cells))])


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


if __name__ == "__main__":
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 2.0
    sys.stdout.write(f"{speed(seconds)}\n\n")
    sys.stdout.flush()
    sys.stdout.write(f"{acceptance()}\n")
