"""Formulas: the words with which letters begin and close, in the languages that Octavo reads best.

They stand on lines of their own, the greeting with a comma or colon at its end, the close over the name of who wrote.
"""

from __future__ import annotations

import re

from pipeline.alternatives import by_letter

__all__ = ["CLOSES", "CLOSING", "GREETINGS", "LEAVE", "SALUTATION", "VOCATIVE", "is_dateline", "is_day", "says_when"]

_GREETINGS = (
    r"(?:[Ss]ehr |[Hh]och)?(?:[Gg]e|[Vv]er)ehrte(?:ste)?[rs]?|(?:Mein |Meine )?[Ll]ieb(?:e[rs]?|ste[rs]?)",
    r"(?:(?:Mon|Ma|Bien|Très) )?[Cc]h[eè]re?s?|Monsieur|Madame|Messieurs",
    r"Estimad[oa]s?|(?:Mi )?[Qq]uerid[oa]s?|Muy [Ss]eñor(?:es|as?)? (?:mí[oa]|nuestr[oa])s?(?: y .{3,30})?",
    r"Prezad[oa]s?",
    r"Gentilissim[oa]|Egregio|Carissim[oa]|(?:Mio |Mia )?[Cc]ar[oa]",
    r"(?:Mijne? )?(?:[Gg]eachte|[Bb]este|[Ll]ieve|[Ww]aarde)|(?:Min )?(?:[Kk]j?ære|[Kk]är[ae])",
    r"Rakas|Rakkaat?|Hyvä|Arvoisa|Kunnioitettu|Kara(?:j|n)?|Estimata(?:j)?",
    r"(?:Meu|Minha) (?:querid|car)[oa]|Ex\.?m[oa]\.?",
    r"Szanown\w+|Drog[ia]|(?:Много)?[Уу]важаем\w+|Дорог(?:ой|ая|ие)|Милостив\w+",
)
_CLOSES = (
    r"Yours?|Sincerely|Respectfully|Faithfully|Cordially|With (?:\w+ ){0,3}(?:greetings|regards|wishes|respect|love)",
    r"I am,? (?:Sir|Madam|Gentlemen|dear \w+|with)|Kind regards|Best wishes|Affectionately|I remain|Ever yours",
    r"Your (?:obedient|humble|loving|affectionate|devoted|faithful|sincere)",
    r"Hochachtungsvoll|Mit (?:freundlich|herzlich|best|lieb|vorzüglich|kollegial)\w+ \w+|Herzlichst|Viele Grüße",
    r"Herzliche Grüße|(?:Ihr|Dein|Euer)e? (?:(?:sehr|ganz|stets|immer) )?(?:ergeben|treu|gehorsam|dankbar)\w*",
    r"(?:Veuillez|Je vous prie d[’']|Nous vous prions d[’'])\s?(?:agréer|croire|recevoir)|Agréez|Recevez|Cordialement",
    r"(?:Bien|Tout) à (?:vous|toi)|Votre (?:très |bien |tout )?(?:dévoué|affectionné|obéissant|humble|fidèle)e?",
    r"Atentamente|(?:Su|Suyo|De usted) (?:seguro|atento|afectísimo|affmo)|Un (?:abrazo|cordial saludo)|Saludos",
    r"Atenciosamente|(?:Distinti|Cordiali) saluti|Con (?:stima|affetto|osservanza|perfetta stima)",
    r"(?:Suo|Tuo|Vostro) (?:devot|affezionat|obbligat)\w+",
    r"Hoogachtend|Met (?:vriendelijke|hartelijke|beleefde|de meeste) \w+|Uw (?:dienstwillige|toegenegen|dienaar)",
    r"(?:Med )?(?:venlig|vänlig|kærlig)\w* (?:hilsen|hälsning)\w*|Högaktningsfullt|Ærbødigst|Z poważaniem",
    r"Kunnioittaen|Ystävällisesti|Sydämellis\w+|(?:Parhain|Ystävällisin) terveisin|Teidän|Elkore",
    r"Kun (?:\w+ )?(?:saluto|estimo)j?n?",
    r"(?:O teu|A tua|O seu|A sua) (?:amig|devotad|obrigad|filh)\w+|(?:De )?V\. Ex\.ª",
    r"С (?:уважением|(?:совершенным )?почтением)|(?:Искренне|Всегда) (?:ваш|твой)|Преданный (?:вам|ваш)",
)
_LEAVES = (
    r"(?:So )?[Nn]o more at present",
    r"Believe me|I have,? (?=&c|etc)|By (?:his |the )?order|I (?:have|beg) the hono|I (?:am|remain)\b|Ever\b|Your\b",
    r"Th[iy]ne|Most (?:truly|sincerely)|As ever",
    r"With\b|Adieu",
    r"Dein|Ihr|Euer|Stets|Immer|Mit|In (?:alter|treuer|aller|tiefster|steter)|Ich (?:bin|verbleibe|grüße)|Es grüßt",
    r"Votre|Vos|Ton|Ta|Je (?:suis|vous|t[e’'])|J[’']ai l[’']honneur|Mille|Tout|À (?:vous|toi|bientôt)|Agréez",
    r"Recevez|Veuillez",
    r"Tu\b|Su\b|Suy[oa]|Vuestr|Queda|Soy de|Siempre|Un abrazo|B\. ?S\. ?M|Q\. ?B\. ?S|Dios guarde|De (?:usted|V)",
    r"Il (?:vostro|tuo|suo)|La (?:vostra|tua|sua)|Tutt[oa]|Vi|Ti|Suo|Sua|Con|Vostro|Sono|Mi creda",
    r"Uwe?\b|Steeds|Je\b|Jouw|Met|Geheel|Hoogacht|Ik (?:ben|blijf|verblijf)|De uwe|T\.à\.v",
    r"Din|Deres|Med|Ærbødig|Er\b|Eder|Högakt|Vänlig|Tuus|Vale|Twój|Twoja|Z (?:szac|pow)",
    r"Sinun|Teidän|Veljesi|Sisaresi|Poikanne|Via\b|Vi(?:aj)?\b|(?:Teu|Tua|Seu|Sua)\b",
    r"Твой|Твоя|Ваш|С (?:ув|поч|люб)|Остаюсь",
)
GREETINGS = "|".join(_GREETINGS)
"""The words with which a greeting opens, as a pattern; English ones are left to who reads, for they open much else."""
CLOSES = "|".join(_CLOSES)
"""The words with which a close opens, as a pattern."""
ENDED = re.compile(r"[.!?…:—][\"'”’»)\]_*]*$")
"""The end of what is said above a name or a day, with the marks that close there."""

PARTICLE = re.compile(
    r"(?:de|del|de'|della|dei|di|da|do|dos|du|des|la|le|las|los|lo|l'|van|von|zu|zum|der|den|the|of|and|y|e|et|und|né|née"
    r"|ten|ter|af|av|i)",
    re.IGNORECASE,
)
"""Words within the name of who signs that have no capital."""

SALUTATION = re.compile(
    r"^(?:My (?:dear|dearest|beloved|darling|(?:own|very|ever|most) (?:dear|beloved|darling)\w*)"
    r"|(?:My )?(?:Dear|Dearest|Esteemed|Respected|Honou?red|Most esteemed))\b"
    r"(?:[^.?]|(?<=\b[MDS][rst])\.|(?<=Mrs)\.){1,60}[,:!.—–-]?$"
    r"|^Comrades?\b[^.?:]{0,40}[,!]$|^(?i:Sir|Madam|Gentlemen|Sirs|Dear Sir|My Lords?|My Lady)[,:!]$"
    r"|^(?i:(?:(?:Most|Much|Ever|Right) )?(?:Dear|Honou?r(?:e|['’])d|Reverend|Worthy|Learned|Good|Noble|Respected"
    r"|Honou?rable|Rev'd) (?:and \w+ )?(?:Sirs?|Madam|Gentlemen|Ladies|Lords?|Friends?))[,:!.]$"
    r"|^(?i:(?:May it please )?Your (?:Grace|Lordships?|Majesty))[,:!]$"
    rf"|^(?:{GREETINGS})\b[^.?:;!–—\"“”„«»]{{0,60}}[,!:]$"
)
"""The greeting of a letter."""
VOCATIVE = re.compile(
    r"^(?:Honou?red|Mademoiselle|Monseigneur|Ami[es]?|Bonne|Señor(?:es|a|ita)?|Amad[oa]|Amig[oa]|Hermanos?|Signor\w*"
    r"|Amic[oa]|Illustr\w+|Stimatissim[oa]|Onorevole|Mijnheer|Mevrouw|Mejuffrouw|(?:Zeer )?(?:Waarde|Geëerde)"
    r"|Geliebte[rs]?|Teure[rs]?|Theure[rs]?|Werte[rs]?|Werthe[rs]?|Mein Herr|Meine (?:Herren|Damen)|Gnädig\w+|Herr\b"
    r"|Ärade|Min (?:kære|käre|kära)|Bror|Broder|Amice|(?:Meu|Minha) (?:car|querid|bo)\w+|Kochan\w+|Moj[ae]? drog\w+"
    r"|Мил(?:ый|ая)|Любезн\w+|Друг)\b[^.?!…;\"“”„«»]{0,40}[,:!]$"
)
"""What greets above the text of a letter, and may do otherwise elsewhere: "Mijnheer," "Señora,"."""
_KISSING = r"(?:q\. ?[be]\. ?s\. ?[mp]\.)?"  # his hand, or her feet, as Spanish letters end
CLOSING = re.compile(rf"^{by_letter(CLOSES)}\b[^.?!]{{0,50}}{_KISSING}[,.!]?$", re.IGNORECASE)
"""The close of a letter, with what stands on its line."""
LEAVE = re.compile(rf"^{by_letter('|'.join(_LEAVES))}[^.?!;:]{{0,56}}{_KISSING}(?:,|(?:&c|etc)\.,?)?$", re.IGNORECASE)
"""What may take leave, if a name stands below it: "Your affectionate brother," says so of itself, "Ever" does not."""
_MONTH = (
    r"jan|feb|febbr|fév|mar|maart|mrt|mär|apr|abr|avr|may|mai|mei|maj|mag|jun|juin|giu|jul|juil|lug|aug|août|ago"
    r"|sept?|set|oct|okt|ott|nov|dec|dez|déc|dic|ene|gen|янв|фев|март|апр|мая|июн|июл|авг|сент|окт|ноя|дек"
)
_DAY = re.compile(
    rf"\b(?:1[4-9]|20)\d\d\b|\b\d{{1,2}}\D{{0,12}}\b(?:{_MONTH})[^\W\d_]*"
    rf"|\b(?:{_MONTH})[^\W\d_]{{0,7}}\.?,? (?:the )?\d{{1,2}}(?:st|n?d|r?d|th)?\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d")
_WEEKDAY = re.compile(
    by_letter(
        r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|(?:mon|diens|mitt|donners|frei|sams|sonn)(?:tag|woch)"
        r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
        r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag"
        r"|zondag"
    )
    + r"\b",
    re.IGNORECASE,
)
_TH = r"(?:st|nd|rd|d|th|er|[eè]me|en)?"
_PLACED = re.compile(
    r"(?:[^\W\d_a-z][\w’'. -]{1,30}, ){1,2}(?:[^\W\d_]{1,10},? )?(?:[^\W\d_]{1,4}\.? )?"
    rf"(?:\d{{1,2}}{_TH}\b|[^\W\d_]{{3,10}}\.? \d{{1,2}}{_TH}\b)(?!\d).{{0,24}}"
)
_OF_A_DAY = re.compile(
    by_letter(
        r"the|of|on|at|o[’']clock|morning|evening|night|midnight|noon|afternoon|ce|le|du|de|den|der|des|dem|am|um|uhr"
        r"|el|del|a|il|alle|ore|op|te|ure|en|em|ten|[ap]\.?m|avonds|abends"
        r"|nachts|morgens|mittags|soir|matin|minuit|noche|tarde|sera|notte|mattina|heures?|h"
    ),
    re.IGNORECASE,
)
_PART_OF_A_DAY = re.compile(
    rf"\d{{1,4}}(?:{_TH}|\.?[ºª°])|1[4-9]\d?\*+|(?:1[4-9]|20)?\d{{2}}--?|1[4-9]?(?:--+|[—–_]+)", re.IGNORECASE
)
_MONTH_NAME = re.compile(rf"(?:{_MONTH})[^\W\d_]{{0,7}}", re.IGNORECASE)
_DATELINE = 60  # characters
_PLACE = 3  # words of a place before a day of the week


def says_when(text: str) -> bool:
    """Tell whether a short line names a day, a month with a figure, or a year."""
    said = text.replace("_", "")
    figured = _FIGURE.search(said) is not None and (_DAY.search(said) or _WEEKDAY.search(said)) is not None
    return figured or _WEEKDAY.match(said) is not None


def is_day(text: str) -> bool:
    """Tell whether a line is nothing but a day: "August 13th, 17—.", "_Den 24en Februari_", "Tuesday evening"."""
    words = text.replace("_", "").strip("= \"“”„«»‘’'").replace("--", "—")
    if len(words) > _DATELINE or not says_when(words):
        return False
    bare = [word.strip(".,;:()[]") for word in words.split()]
    named = [word for word in bare if not (_OF_A_DAY.fullmatch(word) or _PART_OF_A_DAY.fullmatch(word))]
    months = [word for word in named if _MONTH_NAME.fullmatch(word) or _WEEKDAY.fullmatch(word)]
    return bool(months) and named == months


def is_dateline(text: str) -> bool:
    """Tell whether a line is nothing but a place and a day, as letters have above or below their text."""
    bare = text.replace("_", "").strip("*= ")
    if len(bare) > _DATELINE:
        return False
    place, _, day = bare.partition(", ")
    weekday = place[:1].isupper() and len(place.split()) <= _PLACE and _WEEKDAY.match(day) is not None
    placed = place[:1].isupper() and len(place.split()) <= _PLACE and is_day(day)
    return placed or (_PLACED.fullmatch(bare) is not None and says_when(bare)) or (weekday and len(day.split()) == 1)
