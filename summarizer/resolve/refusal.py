"""Say that words of the source do not bear out what a model took from them."""

from __future__ import annotations

from summarizer.brief import Rejection, RejectionKind, RejectionReason


def refusal(
    kind: RejectionKind,
    field: str,
    words: str,
    detail: str,
    reason: RejectionReason = "not_supported",
) -> Rejection:
    """Return the rejection of *words*, which stand in the source but say something else."""
    return Rejection(kind=kind, field=field, value=words, quote=words, reason=reason, detail=detail)
