"""Where a small model's probability becomes an answer, and what it is asked about at all.

Measured with the embedded model on the support set (723 statements, ten bins):

    probability   0-.1 .1-.2 .2-.3 .3-.4 .4-.5 .5-.6 .6-.7 .7-.8 .8-.9 .9-1
    statements      10    16    24    29    41    78    96   145   154  130
    share true     .00   .12   .17   .24   .37   .49   .48   .55   .61  .55

It knows what is wrong better than what is right. Below ``NO`` one statement in eight is true, and
2 % of all true ones lie there; from ``YES`` on, with no word against it, it accepts fewer false
ones than words alone (.31 for .49) and refuses fewer true ones (.56 for .69). By kind it tells a
denial (62 % of the false ones below ``NO``) and a raised status (30 %, no true one of 28); sides,
speakers, conditions, plans and namesakes it does not. A large reader answers in words: of 365
false statements it accepted none, of 358 true ones it refused two.
"""

from __future__ import annotations

from summarizer.propositions import Proposition
from summarizer.resolve import Resolved
from summarizer.resolve.status import DELIVERED
from summarizer.verify.effects import is_forceful
from summarizer.verify.reader import Answer, Says

YES = 0.8
NO = 0.3


def says(answer: Answer) -> Says | None:
    """Return what an answer comes to; None where there is none, or a small model is not sure."""
    if answer.probability is None:
        return answer.says
    if answer.probability >= YES:
        return "yes"
    return "no" if answer.probability < NO else None


def asks_about(proposition: Proposition, resolved: Resolved) -> bool:
    """Tell whether a small model is asked about *proposition*: force used and goods delivered.

    What would harm most if it were made up, and what the model was measured to tell: that a thing
    is denied, or has not come so far.
    """
    forceful = {e.id for e in resolved.events if is_forceful(e) and e.realis == "actual"}
    delivered = {p.id for p in resolved.pledges if p.status in DELIVERED}
    if proposition.field == "event":
        return proposition.record in forceful
    return proposition.field == "items[0]" and proposition.record in delivered
