"""Formulas: the words with which letters begin and close, in the languages that Octavo reads best.

They stand on lines of their own, the greeting with a comma or colon at its end, the close over the name of who wrote.
"""

from __future__ import annotations

import re

__all__ = ["CLOSES", "CLOSING", "GREETINGS", "SALUTATION"]

_GREETINGS = (
    r"(?:[Ss]ehr |[Hh]och)?(?:ge|ver)ehrte[rs]?|(?:Mein |Meine )?[Ll]ieb(?:e[rs]?|ste[rs]?)",
    r"(?:(?:Mon|Ma|Bien|Très) )?[Cc]h[eè]re?s?|Monsieur|Madame|Messieurs",
    r"Estimad[oa]s?|(?:Mi )?[Qq]uerid[oa]s?|Muy [Ss]eñor(?:es)? (?:mío|nuestro)s?|Prezad[oa]s?",
    r"Gentilissim[oa]|Egregio|Carissim[oa]|(?:Mio |Mia )?[Cc]ar[oa]",
    r"Geachte|Beste|Lieve|Waarde|Kære|Kära|Käre",
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
    r"С (?:уважением|(?:совершенным )?почтением)|(?:Искренне|Всегда) (?:ваш|твой)|Преданный (?:вам|ваш)",
)
GREETINGS = "|".join(_GREETINGS)
"""The words with which a greeting opens, as a pattern; English ones are left to who reads, for they open much else."""
CLOSES = "|".join(_CLOSES)
"""The words with which a close opens, as a pattern."""
SALUTATION = re.compile(
    r"^(?:My (?:dear|dearest)|(?:My )?(?:Dear|Dearest|Esteemed|Respected|Honou?red|Most esteemed))\b"
    r"(?:[^.?]|(?<=\b[MDS][rst])\.|(?<=Mrs)\.){1,60}[,:!.—–-]?$"
    r"|^Comrades?\b[^.?:]{0,40}[,!]$|^(?:Sir|Madam|Gentlemen|Sirs)[,:!]$"
    rf"|^(?:{GREETINGS})\b[^.?:;!–—\"“”„«»]{{0,60}}[,!:]$"
)
"""The greeting of a letter."""
CLOSING = re.compile(rf"^(?:{CLOSES})\b[^.?!]{{0,50}}[,.!]?$", re.IGNORECASE)
"""The close of a letter, with what stands on its line."""
