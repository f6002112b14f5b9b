"""What people write into a field of places that names none: how, how many, when, and that nobody knows, in eight
languages."""

import re
from typing import Final

from jobtracker.postings.gazetteer import fold

# All that is compared with these is folded. A longer one stands before what it begins with.
_SAYS_NOTHING = re.compile(
    r"""\b(?:
    not[ ](?:available|specified|stated|applicable|disclosed|listed|provided|known)|(?:and[ ])?more|contact[ ]us|
    see[ ](?:job[ ])?(?:below|description|text|ad|advert\w*|website)|(?:as[ ]per|refer[ ]to)[ ](?:the[ ])?advert\w*|
    to[ ]be[ ](?:agreed|announced|confirmed|determined|decided|defined|advised|discussed)|(?:full|part)[ -]?time|
    (?:day|night)[ ]shift|face[ ]to[ ]face|in[ -]house|on[ ]the[ ]road|(?:head|main)[ ]office|home[ ]working|
    any|other|others|none|null|unknown|undefined|unspecified|undisclosed|unlisted|confidential|negotiable|open|tba|tbc|
    tbd|different|diverse|several|many|multi|multiple|various|varied|numerous|two|three|cities|places|countries|states|
    sites?|stores?|branch(?:es)?|offices?|locations?|nationwide|citywide|statewide|countrywide|worldwide|everywhere|
    elsewhere|wherever|anywhere|abroad|overseas|offshore|onshore|permanent|contract|temporary|freelance|internship|
    home|homework\w*|field|based|person|not|non|no|clients?|customers?|travel\w*|roaming|itinerant|required|possible|
    optional|friendly|first|model|full|part|partially|partly|semi|telecommut\w*|wfo|offsite|premises?|inhouse|
    distributed|relocation|sales|specific|time|team|independent|flexible|corporate|company|

    nach[ ](?:absprache|vereinbarung)|vor[ ]ort|siehe[ ]text|keine[ ]angaben?|standort\w*|einsatzort\w*|mehrere|
    verschiedene|weitere|alle|zwei|drei|weltweit|europaweit|bundesweit|deutschlandweit|landesweit|flexibel|
    ort|welt|ortsunabhangig|aussendienst|kunden|kundeneinsatz|heimarbeit|mobiles|arbeiten|reisetatigkeit\w*|vollzeit|
    teilzeit|unbefristet|befristet|festanstellung|praktikum|unbekannt|siehe|beschreibung|hauptsitz|zentrale|

    temps[ ](?:plein|partiel)|siege[ ]social|voir[ ](?:la[ ]|l')?(?:description|annonce)|sur[ ]le[ ]terrain|plusieurs|
    divers|diverses|differents|tous|lieux|villes|multisites?|partout|domicile|itinerant\w*|deplacements?|frequents|
    precise|specifie|communique|definire?|monde|entier|preciser|presentiel|distanciel|distance|autres?|siege|
    indifferent|nomade|cdi|cdd|

    casa|desde[ ]casa|(?:a[ ]nivel[ ])?nacional|media[ ]jornada|tiempo[ ](?:completo|parcial)|sede[ ]central|
    ver[ ](?:la[ ]|a[ ])?(?:descripcion|descricao)|vari[oa]s|divers[oa]s|multipl[oe]s|distint[oa]s|cualquier|lugar|
    lugares|localidades|ubicacion(?:es)?|ciudades|domicilio|presencial|semipresencial|distancia|convenir|especificad[oa]|
    especificar|otr[oa]s|jornada|completa|indefinido|hibrid[oa]|remot[oa]|todo|pais|oficinas?|ruta|

    van(?:uit)?[ ]huis|op[ ]locatie|zie[ ](?:omschrijving|tekst)|niet[ ]van[ ]toepassing|meerdere|verschillende|
    locaties|vestigingen|thuis\w*|afstand|onderweg|buitendienst|landelijk|overleg|onbekend|nader|bepalen|voltijd|
    deeltijd|hoofdkantoor|kantoor|overige?|geen|ambulant|wereldwijd|klant(?:en)?|

    smart|vedi[ ]descrizione|(?:territorio[ ])?nazionale|disponibile|
    tempo[ ](?:pieno|parziale|indeterminato|determinato)|sede[ ]legale|varie|vari|sed[ei]|piu|presso|client[ei]|
    trasfert[ae]|ovunque|altro|qualsiasi|concordare|presenza|ibrid[oa]|lavoro|specificato|

    nao|meio[ ]periodo|tempo[ ](?:integral|inteiro)|locais|cidades|qualquer|teletrabalho|trabalho|combinar|
    informado|outr[oa]s|externo|matriz|

    (?:pelny|pol)[ ]etatu?|nie[ ](?:dotyczy|podano)|siedziba[ ]firmy|rozn(?:e|ych)|wiele|kilka|dowoln[ae]|
    lokalizacj\w*|miejsca|miasta|caly|kraj|praca|zdaln\w*|hybrydow\w*|stacjonarn\w*|biur(?:o|ze)|klient(?:a|ow)|terenie|
    teren|delegacje|ustalenia|uzgodnienia|brak|inne|domu|siedziba
    )\b""",
    re.VERBOSE,
)
# What stands between such words; without one of them it may be a name, as Of and Sur are.
_BETWEEN_THEM = re.compile(
    r"\b(?:a|al|am|and|are|area|as|at|be|bei|beim|bij|by|chez|city|con|country|da|dal|de|dei|del|den|der|des|di|do|du|"
    r"el|em|en|et|for|from|het|il|im|in|is|job|la|le|les|local|na|nach|of|off|on|op|or|orte|our|over|par|por|pour|region|"
    r"sans|sin|state|sul|sur|te|terrain|the|to|under|up|us|vom|von|we|with|work|you|your|zu|zum)\b"
)
# What a name may have in it, beside a word that says which.
_ALONE: Final = frozenset(
    {"area", "city", "cloud", "country", "domestic", "earth", "head", "international", "internet", "local", "location",
     "main", "mobil", "national", "nationale", "online", "region", "regional", "stage", "state", "terrain", "warehouse"}
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# Letters of which folding leaves nothing.
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]{2,}")


def says_nothing(text: str, *, whole: bool) -> bool:
    """Whether nothing in ``text`` may be the name of a place; ``whole`` where it is all that was written."""
    if _NOT_LATIN.search(text):
        return False
    plain = fold(text)
    left = _SAYS_NOTHING.sub(" ", plain)
    if left != plain or not whole:
        left = _BETWEEN_THEM.sub(" ", left)
    return plain in _ALONE or not _LETTERS.search(left)
