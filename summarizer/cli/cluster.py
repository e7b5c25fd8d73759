"""The command ``cluster``: very many reports in, Parquet files of briefs out, by many workers."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing

from summarizer.cli.settings import settings_of
from summarizer.cli.terminal import say
from summarizer.cluster import SIZE, Cluster, Done, run_cluster


def run(arguments: Namespace) -> int:
    """Write the parts; return 1 if a report of any failed, or lacks answers."""
    done = run_cluster(
        arguments.input,
        arguments.out,
        settings=settings_of(arguments).model_copy(update={"workers": 0}),
        jobs=arguments.jobs,
        size=arguments.size or SIZE,
        cluster=Cluster(arguments.workers, arguments.address),
        ledgers=arguments.ledgers,
    )
    parts: list[Done] = []
    try:
        with closing(done):
            for part in done:
                parts.append(part)
                if not part.kept and not (arguments.quiet and part.stopped is None):
                    say(_told(part))
    finally:
        if parts and not arguments.quiet:
            say(_in_all(parts))
    return int(any(part.failed or part.lacking or part.stopped for part in parts))


def _told(part: Done) -> str:
    told = [f"{part.reports:,} report{'s' * (part.reports != 1)}"]
    if part.stopped:
        told = [f"not done: {part.stopped}"]
    if part.failed:
        told.append(f"{part.failed:,} failed")
    if part.lacking:
        told.append(f"{part.lacking:,} to be asked about again: run it once more")
    if part.lost:
        told.append(f"{part.lost} of its workers ended and were replaced")
    return f"{part.name}: {', '.join(told)}; {part.asked:,} answers paid for"


def _in_all(parts: list[Done]) -> str:
    reports, kept = sum(part.reports for part in parts), sum(part.kept for part in parts)
    asked = sum(part.asked for part in parts)
    tokens = sum(part.spent.tokens for part in parts)
    up_to_date = f", {kept:,} of them up to date" if kept else ""
    return (
        f"{len(parts):,} parts{up_to_date}: {reports:,} reports, {asked:,} answers paid for, "
        f"{tokens:,} tokens"
    )
