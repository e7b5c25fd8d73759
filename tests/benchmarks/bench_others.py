"""Put langextract's own output on the five articles through ``check --from langextract``.

    python tests/benchmarks/bench_others.py [--base-url URL --model NAME] [--out FILE]

langextract cuts the articles up, asks a model, aligns what it says and writes its file; all of that
is langextract's own work. The model is scripted unless an OpenAI-compatible endpoint is given: it
quotes every sentence of six words and more, every other one with one fact changed as in the tests,
so that for each citation it is known whether it is true. Nothing can be said of how often a real
model alters a quote; only what becomes of one. Needs langextract.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import langextract  # type: ignore[import-not-found]  # noqa: E402
from alterations import ALTERATIONS, sentences_of  # noqa: E402
from langextract.core import base_model, types  # type: ignore[import-not-found]  # noqa: E402

from summarizer.cli import main  # noqa: E402
from summarizer.foreign import claims  # noqa: E402
from summarizer.source import Document  # noqa: E402
from summarizer.validate import STANDINGS, Index, standing  # noqa: E402

CORPUS = ROOT / "corpus"
PROMPT = "Quote every sentence that reports an event, word for word."
EXAMPLE = langextract.data.ExampleData(
    text="Ruritania met Graustark on Monday. It rained.",
    extractions=[
        langextract.data.Extraction(
            extraction_class="quote", extraction_text="Ruritania met Graustark on Monday."
        )
    ],
)


class Scripted(base_model.BaseLanguageModel):  # type: ignore[misc]
    """Answers with the sentences of the text asked about, every other one altered."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__()
        self.altered: dict[str, str] = {}  # quote -> kind of alteration
        self._quotes = {
            sentence: (sentence if number % 2 else self._alter(sentence, text, kinds))
            for text in texts
            for kinds in [cycle(ALTERATIONS)]
            for number, (_, sentence) in enumerate(sentences_of(text))
        }

    def _alter(self, sentence: str, text: str, kinds: Iterator[str]) -> str:
        for kind, _ in zip(kinds, ALTERATIONS, strict=False):
            for quote in ALTERATIONS[kind](sentence, text):
                self.altered[quote] = kind
                return quote
        return sentence

    def infer(self, batch_prompts: Sequence[str], **_: Any) -> Iterator[list[Any]]:
        for prompt in batch_prompts:
            asked = prompt.rpartition("Q: ")[2]
            said = [quote for sentence, quote in self._quotes.items() if sentence in asked]
            answer = json.dumps({"extractions": [{"quote": quote} for quote in said]})
            yield [types.ScoredOutput(score=1.0, output=answer)]


def extract(articles: Sequence[Document], arguments: argparse.Namespace) -> dict[str, str] | None:
    """Write langextract's file; return which quotes are altered, None if nobody knows."""
    scripted = Scripted([article.text for article in articles])
    how: dict[str, Any] = {"model": scripted, "fence_output": False}
    if arguments.base_url:
        config = langextract.factory.ModelConfig(
            model_id=arguments.model,
            provider="OpenAILanguageModel",
            provider_kwargs={"base_url": arguments.base_url, "api_key": "none"},
        )
        how = {"config": config, "fence_output": True, "use_schema_constraints": False}
    documents = [
        langextract.data.Document(article.text, document_id=article.id) for article in articles
    ]
    results = langextract.extract(
        documents,
        prompt_description=PROMPT,
        examples=[EXAMPLE],
        show_progress=False,
        **how,
    )
    langextract.io.save_annotated_documents(
        iter(results), arguments.out.parent, arguments.out.name, show_progress=False
    )
    return None if arguments.base_url else scripted.altered


def table(file: Path, altered: dict[str, str] | None) -> str:
    """Return how langextract's statuses and this project's verdicts go together."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for line in file.read_text("utf-8").splitlines():
        data = json.loads(line)
        index = Index(data["text"])
        statuses = [each["alignment_status"] or "none" for each in data["extractions"]]
        for claim, status in zip(claims("langextract", data), statuses, strict=True):
            verdict = standing(claim.quote or "", claim.start, claim.end, index).standing
            true = "?" if altered is None else "altered" if claim.quote in altered else "true"
            counts[true, status, verdict] += 1
    head = ("quote", "langextract says", *STANDINGS)
    rows = [head, tuple("---" for _ in head)]
    for true, status in sorted({key[:2] for key in counts}):
        rows.append((true, status, *(str(counts[true, status, v] or "") for v in STANDINGS)))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def run() -> int:
    """Print the table and the first lines of the report of ``check``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url")
    parser.add_argument("--model", default="any")
    default = Path(tempfile.mkdtemp()) / "langextract.jsonl"
    parser.add_argument("--out", type=Path, default=default)
    arguments = parser.parse_args()
    articles = [
        Document(path.read_bytes().decode("utf-8"), path.stem)
        for path in sorted(CORPUS.glob("*.txt"))
    ]
    altered = extract(articles, arguments)
    sys.stdout.write(f"{table(arguments.out, altered)}\n\n")
    main(["check", "--from", "langextract", str(arguments.out), "--source", str(CORPUS)])
    return 0


if __name__ == "__main__":
    raise SystemExit(run())
