"""Scores as text: a table of rates and counts, and per document what was missed or added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.evaluate.scores import DATE_OUTCOMES, FEARED, KINDS, Counts, Evaluation, Scores
from summarizer.evaluate.support import Bin, Tally

_HEAD = f"{'':<12} {'found':>6} {'gold':>6}   {'exact P':>7} {'R':>6} {'F1':>6}"
_HEAD += f"   {'relaxed P':>9} {'R':>6} {'F1':>6}"


def render_table(scores: Scores) -> str:
    """Return the figures as a text table; ``found`` and ``gold`` (core) are numbers of records."""
    lines = [f"{scores.name} ({scores.documents} document{'s' * (scores.documents != 1)})", _HEAD]
    for kind in KINDS:
        tally = scores.tallies[kind]
        lines.append(
            f"{kind:<12} {tally.relaxed.found:>6} {tally.relaxed.core:>6}"
            f"   {_rates(tally.exact, first=7)}   {_rates(tally.relaxed, first=9)}"
        )
    outcomes = ", ".join(f"{scores.dates[name]} {_outcome(name)}" for name in DATE_OUTCOMES)
    lines += ["", f"dates of core events: {outcomes}"]
    lines += ["", *(f"{scores.feared[kind]:>6}  {kind.replace('_', ' ')}" for kind in FEARED)]
    return "\n".join(lines)


def render_documents(evaluation: Evaluation) -> str:
    """Return one line a document: relaxed F1 of each kind, and how many feared things it has."""
    width = max((len(scores.name) for scores in evaluation.documents), default=0)
    lines = [f"{'relaxed F1':<{width}}" + "".join(f" {kind:>12}" for kind in KINDS) + "     feared"]
    for scores in (*evaluation.documents, evaluation.total):
        rates = "".join(f" {scores.tallies[kind].relaxed.f1:>12.3f}" for kind in KINDS)
        lines.append(f"{scores.name:<{width}}{rates} {len(scores.findings):>10}")
    return "\n".join(lines)


def render_reviews(evaluation: Evaluation) -> str:
    """Return how much of gold that was made by review was reviewed; empty if none was."""
    reviews = evaluation.reviews
    if not reviews:
        return ""
    whole = sum(review.decided == review.records for review in reviews)
    lines = [f"gold made by review: {whole} of {len(reviews)} documents reviewed in full"]
    lines += [
        f"  {review.name}: {review.decided} of {review.records} records decided"
        for review in reviews
        if review.decided < review.records
    ]
    return "\n".join(lines)


def render_differences(evaluation: Evaluation) -> str:
    """Return, a document, one line for each missed (-) or extra (+) record and finding (!)."""
    lines: list[str] = []
    for scores in evaluation.documents:
        lines.append(scores.name)
        for difference in scores.differences:
            lines += [f"  - {difference.kind}: {_one_line(words)}" for words in difference.missed]
            lines += [f"  + {difference.kind}: {_one_line(words)}" for words in difference.extra]
        for finding in scores.findings:
            lines.append(f"  ! {finding.kind.replace('_', ' ')}: {_one_line(finding.detail)}")
    return "\n".join(lines)


def _outcome(name: str) -> str:
    return name.removeprefix("dates_").replace("_", " ")


def _rates(counts: Counts, first: int) -> str:
    return f"{counts.precision:>{first}.3f} {counts.recall:>6.3f} {counts.f1:>6.3f}"


def _one_line(words: str, width: int = 160) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= width else f"{flat[: width - 1]}…"


def render_support(counts: Mapping[str, Sequence[Tally]]) -> str:
    """Return false accepts and false rejects by kind, one pair of columns for each judge."""
    width = max(len(tally.kind) for found in counts.values() for tally in found)
    heads = "".join(f"   {who:>22}" for who in counts)
    lines = [
        f"{'support set':<{width}} {'false':>5} {'true':>5}{heads}",
        f"{'':<{width}} {'':>5} {'':>5}" + f"   {'false acc.':>11}{'false rej.':>11}" * len(counts),
    ]
    for row in zip(*counts.values(), strict=True):
        first = row[0]
        rates = "".join(
            f"   {_share(t.false_accepts, t.false):>11}{_share(t.false_rejects, t.true):>11}"
            for t in row
        )
        lines.append(f"{first.kind:<{width}} {first.false:>5} {first.true:>5}{rates}")
    return "\n".join(lines)


def render_calibration(bins: Sequence[Bin]) -> str:
    """Return how many statements the reader gave each probability, and how many are true."""
    lines = [f"{'probability of yes':<20} {'statements':>10} {'true':>6} {'share':>6}"]
    for one in bins:
        share = f"{one.true / one.statements:.2f}" if one.statements else "-"
        span = f"{one.low:.1f} to {one.high:.1f}"
        lines.append(f"{span:<20} {one.statements:>10} {one.true:>6} {share:>6}")
    return "\n".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"
