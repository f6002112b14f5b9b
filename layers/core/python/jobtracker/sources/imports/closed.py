"""The words by which a page says that its posting is over."""

import re
from typing import Final

_WORDS: Final = re.compile(
    r"no longer accepting applications|"
    r"(?:this|the|that) (?:requested )?(?:job|position|posting|role|vacancy|opening|listing|offer)(?: posting| ad)? "
    r"(?:you (?:requested|are looking for) )?(?:"
    r"has (?:now )?(?:expired|closed|ended|been (?:filled|closed|removed|deleted|taken down))|"
    r"(?:is|was) (?:no longer|not) (?:available|open|active|accepting|listed|online)|is (?:now )?(?:closed|expired)|"
    r"could not be found|does ?n[o']t exist|no longer exists)|"
    r"(?:job|position|posting) (?:expired|closed|not found|no longer available)\s*[.!]?$|"
    r"applications (?:for this \w+ )?(?:are|have) (?:now )?(?:been )?closed|"
    r"diese (?:stelle|stellenanzeige|position|anzeige) ist (?:leider )?(?:nicht mehr|bereits|abgelaufen|inaktiv)|"
    r"(?:stelle|stellenanzeige|job|anzeige) (?:ist )?(?:leider )?nicht mehr (?:verfügbar|online|aktiv)|"
    r"cette offre (?:n'est plus|n’est plus|a expiré|est (?:expirée|clôturée|pourvue))|"
    r"esta (?:oferta|vacante) (?:ya no está|ha (?:caducado|expirado|finalizado))|"
    r"deze vacature is (?:niet meer|gesloten|verlopen)|vacature (?:is )?(?:gesloten|verlopen)",
    re.IGNORECASE,
)
# A notice is a line of its own; in a long one the words are part of a story ("the role is closed to contractors").
_LONGEST: Final = 140


def says_so(text: str) -> bool:
    """Whether a line of the page's text says that the posting is closed."""
    return any(len(line) <= _LONGEST and _WORDS.search(line) for line in text.splitlines())
