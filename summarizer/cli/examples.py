"""The examples that the help of each command ends with; a test holds them against the parser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Example = tuple[str, str]
"""A command line, and what it is for."""

FIRST_STEPS: Sequence[Example] = (
    ("summarizer summarize article.txt --format md", "one brief, to read"),
    ("summarizer summarize reports/ --out briefs/", "a brief for each report of a folder"),
    ("summarizer check briefs/ --source reports/", "does every citation stand?"),
    ("summarizer report briefs/ --source reports/ --open", "look at them in the browser"),
)
OF_COMMANDS: Mapping[str, Sequence[Example]] = {
    "summarize": (
        ("summarizer summarize article.html --format md", "one brief, to read"),
        ("summarizer summarize reports/ --out briefs/", "again after a stop: it goes on"),
        ("summarizer summarize a.pdf b.html --out briefs/ --keep-text texts/", "text kept, too"),
        ("summarizer summarize - --published 2025-10-18 < article.txt", "from a pipe"),
        (
            "summarizer summarize reports/ --out briefs/ --model gpt-4.1-mini --max-cost 2",
            "with a key in OPENAI_API_KEY, for two dollars at most",
        ),
        (
            "summarizer summarize a.txt --base-url http://localhost:8000/v1 --model qwen3-32b",
            "by a server of one's own",
        ),
    ),
    "cluster": (
        (
            "summarizer cluster s3://news/2026.jsonl --out s3://news/briefs --address auto",
            "on the machines of a Ray cluster",
        ),
    ),
    "check": (
        ("summarizer check briefs/ --source reports/", "exits with 1 if a quote does not stand"),
        ("summarizer check story.dossier.json --source reports/ --json", "for a program"),
        ("summarizer check briefs/ --source reports/ --support", "do the words say so, too?"),
    ),
    "fuse": (
        ("summarizer fuse briefs/ --out story.dossier.json", "one record for each actor and deal"),
        ("summarizer fuse briefs/ --since old.dossier.json --format md", "what is new, to read"),
    ),
    "report": (
        ("summarizer report briefs/ --source reports/ --open", "writes briefs/report.html"),
        ("summarizer report story.dossier.json --source reports/ --out story.html", ""),
    ),
    "review": (
        ("summarizer review briefs/ --source reports/ --open", "Ctrl-C ends it"),
        (
            "summarizer review briefs/ --source reports/ --corrections review.jsonl",
            "what is decided, for summarize and fuse --corrections",
        ),
    ),
    "export": (
        ("summarizer export briefs/ --to gold --out gold/", "a file for each brief"),
        ("summarizer export one.brief.json --to gold", "to standard output"),
    ),
    "eval": (
        ("summarizer eval corpus/ --briefs briefs/", "precision, recall, false claims"),
        ("summarizer eval --support --json", "of a reader, on the project's own set"),
    ),
    "schema": (
        ("summarizer schema dossier", "to standard output"),
        ("summarizer schema --out schemas/", "all of them"),
    ),
    "mcp": (("summarizer mcp --dir reports/", "for an assistant; ends when it does"),),
    "model": (
        ("summarizer model", "what would answer now"),
        ("summarizer model --model weights.gguf", "is this file whole?"),
    ),
    "runs": (
        ("summarizer runs briefs/", "what was run into --out briefs/, and how it ended"),
        ("summarizer runs briefs/ --verify", "is all there? exits with 1 if not"),
        ("summarizer runs briefs/ --clean", "drop a model's answers that no later run needs"),
    ),
    "completion": (
        ("summarizer completion bash > ~/.local/share/bash-completion/completions/summarizer", ""),
        ("summarizer completion zsh > ~/.zfunc/_summarizer", "with ~/.zfunc in fpath"),
        ("summarizer completion fish > ~/.config/fish/completions/summarizer.fish", ""),
    ),
}


def epilog(examples: Sequence[Example]) -> str:
    """Return *examples* as the help shows them: lines to copy, each below what it is for."""
    lines = ["examples:"] if examples else []
    for line, purpose in examples:
        lines += [f"  # {purpose}"] if purpose else []
        lines += [f"  {line}"]
    return "\n".join(lines)
