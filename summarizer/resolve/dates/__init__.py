"""A date as a sentence names it and the day of publication -> an EDTF date, or an open one.

The rules follow English news usage: "Friday" in a report of a Friday is that day, and what lies
behind is meant unless the sentence speaks of the future. Nothing is made up: without a publication
date a weekday stays open, and "October 12" is XXXX-10-12.

Where EDTF (ISO 8601-2) leaves a choice: a week is the interval Monday/Sunday; "early", "mid" and
"late" are thirds: of a month to the day, of a year with approximate ends
(``2024-09~/2024-12~``); quarters and halves are the level 2 codes 33-36 and 40-41; "since X" is
``X/..``, "by X" ``../X``, "in the coming weeks" everything from the day of publication on.
"""

from summarizer.resolve.dates.resolution import date_at, is_edtf, resolve_date
from summarizer.resolve.dates.values import DateFound

__all__ = ["DateFound", "date_at", "is_edtf", "resolve_date"]
