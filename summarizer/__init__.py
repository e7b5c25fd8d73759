"""Briefs of conflict and defence reports, every field tied to the words that say so."""
