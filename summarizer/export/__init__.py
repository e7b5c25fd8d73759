"""Take briefs elsewhere: one small module a format."""
