"""The words of title pages, in the languages that Octavo reads best: who did what, where, and for whom it was printed.

Tables only: how they are read is in :mod:`pipeline.titlepage`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.parts import BY

_TRANSLATION = r"(?:an? |the )?(?:(?:new|first|free|complete|literal|english) )*(?:translation|version)"
TRANSLATION = re.compile(_TRANSLATION, re.IGNORECASE)
"""What a book is, where the row below says who translated it."""
CONTRIBUTORS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(
        rf"(?:{pattern})[ :]*(?P<names>.*?)(?: (?:illustriert|gezeichnet|geschmückt|versehen|verlucht|versierd))?$",
        re.IGNORECASE,
    )
    for kind, pattern in {
        "translator": rf"(?:{_TRANSLATION}\b.{{0,20}}?\bby"
        r"|(?:newly |freely )?(?:translated|done|rendered|englished)\b.{0,80}?\bby"
        r"|traduit\b.{0,40}?\bpar"
        r"|traduction (?:de|par)|(?:aus dem .{3,30} )?(?:übersetzt|übertragen)\b.{0,30}?\bvon|deutsch von"
        r"|traducid[oa]\b.{0,40}?\bpor|traducción de|tradott[oa]\b.{0,30}?\bda|traduzione di|vertaald\b.{0,30}?\bdoor"
        r"|oversat\b.{0,30}?\baf|översatt\b.{0,30}?\bav|перевод|suomentanut|kääntänyt)",
        "editor": r"(?:(?:now )?(?:first |newly )?(?:\w+,? and )?"
        r"(?:edited|compiled|collected|gathered|selected|arranged|chosen"
        r"|taken (?:down )?(?:in short-?hand)?)\b.{0,40}?\bby|koonnut|toimittanut|julkaissut"
        r"|(?:\w+ et )?(?:publiée?s?|recueillie?s?)\b.{0,30}?\bpar|(?:neu )?(?:herausgegeben|gesammelt)\b.{0,30}?\bvon"
        r"|(?:edición|recopilación) de|(?:publicad|recopilad|recogid)[oa]s?\b.{0,20}?\bpor|publícal[oa]s?|edited"
        r"|a cura di|(?:compilat|raccolt|pubblicat)[oaei]\b.{0,20}?\bd(?:al|alla|a)\b"
        r"|(?:uitgegeven|verzameld|bijeengebracht)\b.{0,20}?\bdoor"
        r"|(?:udgive[nt]|samle(?:t|de)|utgiven|utgivna|samlade)\b.{0,20}?\ba[fv]\b|под редакцией)",
        "introducer": r"(?:(?:with )?(?:an |the )?(?:\w+,? (?:and )?){0,3}(?:introduction|preface|foreword)s?\b.{0,30}?"
        r"\bby"
        r"|(?:avec une )?(?:préface|introduction) (?:de|par)|mit einem .{3,20}wort von"
        r"|(?:con )?(?:un )?prólogo de|(?:con )?(?:una )?prefazione di"
        r"|met een (?:inleiding|voorwoord) van|предисловие)",
        "illustrator": r"(?:(?:(?:and )?(?:with )?(?:an? |the )?(?:\w+ )?"
        r"(?:illustrations|drawings|pictures|plates|frontispiece)"
        r"|illustrated|drawn|pictured)\b.{0,40}?\bby|illustrations de|illustré\b.{0,20}?\bpar"
        r"|(?:illustriert|mit .{3,30}bildern)\b.{0,20}?\bvon|ilustrad[oa] por|illustrat[oa] da|geïllustreerd door"
        r"|(?:met|mit|med|con|avec)\b.{0,24}\b(?:te+keningen|platen|prenten|illustrati\w+|zeichnungen|holzschnitten"
        r"|tegninger|teckningar|dibujos|grabados|ilustraciones|disegni|incisioni|dessins?|gravures?|vignettes?)\b.{0,24}?"
        r"\b(?:van|von|af|av|de|di|par|por|door|d[’'])\b)",
    }.items()
}
YEAR = re.compile(
    r"\W*(?:(?:anno|año(?: de)?|im jahre?|l[’']an|in the year) )?"
    r"(?P<year>1[5-9]\d\d|20\d\d|M[. ]{0,2}(?:D[. ]{0,2})?C{0,4}[MDCLXVI. ]{1,14})\W*$",
    re.IGNORECASE,
)
TRANSLATES = re.compile(
    r"(?:newly |freely )?(?:translated|done|rendered|englished) from the (?:original )?[^\W\d_]+ of\b", re.IGNORECASE
)
"""Whose work it is, where another translated it."""
AUTHORED = re.compile(
    rf"(?:{TRANSLATES.pattern}"
    r"|(?:original|escrit[oa]s?|compuest[oa]s?|obra|composée?s?|écrite?s?|scritt[oaie]|compost[oaie]|geschreven"
    r"|verfasst|verfaßt|written|composed|skreve[nt]|författad|fortalt?e?)\b.{0,20}?\b"
    r"(?:by|par|por|von|da|di|door|de|af|av)|(?:words|libretto) by|paroles de|text von|letra de|parole di"
    r"|kirj(?:oittanut|oitti)?|auctore)\b[.:]?(?!.*\b(?:by|par|por|von|da|door|af|av)\b)",
    re.IGNORECASE,
)
NOT_BY = re.compile(
    r"(?:(?:de|di|van|von|fra)\s+(?:un[ae]?|la|las|los|el|le|les|het|een|de|den|der|dem|einer|einem)\b|d[’']|fra\b)",
    re.IGNORECASE,
)
"""A genitive or "from" at the head of a row: whose or of what the work is about, not who wrote it."""
AT = re.compile(r"(?i:at|in|à|a|á|en|te|tot|zu|i)\s+(?=[^\W\d_a-z])")
AT_PLACE = re.compile(r"(?i:à|á|en|te|tot|zu)\s+[^\W\d_a-z][\w’'-]+(?: [^\W\d_][\w’'-]+)?[.,]?")
PRINTED_FOR = re.compile(
    r"(?:printed|sold)(?: (?:for|by) the authors?,?| by [^,;]{2,30}?(?= for ))?(?: and (?:are to be )?sold)?"
    r" (?:for|by) (?!the authors?\b)(?P<house>[^,;]{3,50}?)"
    r"(?:,|;|(?<=\w{4}):|(?<!\b[A-Z])\. |\.?$|\s(?:at|in|near|under)\s).*",
    re.IGNORECASE,
)
"""Who printed or sold a book, and where his shop was."""
SELLER = re.compile(
    r"(?:,\s*(?:by|per|por)|[, ]*\b(?:chez|ch[ée]s|bey|bei|bij|hos|presso|appresso|en casa de|printed (?:by|for)"
    r"|published (?:by|for)))$",
    re.IGNORECASE,
)
STREET = re.compile(
    r"(?:(?:rue|calle|via|boulevard|quai|plaza|piazza|place)\b.{2,50}|.{2,40}\b(?:street|row|lane|square|strand"
    r"|str(?:aße|asse|\.)|straat|gade|gracht)\W*(?:n[rº°o.]*\s*)?\d*\W*)$",
    re.IGNORECASE,
)
PICTURES = re.compile(
    r"(?:(?:and|with|avec|mit|met|con|med|ornée? de) )(?!.*\b(?:by|von|par|por|door|af|av|di)\b).{0,30}\b(?:illustrat"
    r"|figures\b|plates\b|maps?\b|portrait|engravings|woodcuts|gravures|planches|cartes?\b|kupfer|tafeln?\b|\w*schnitt"
    r"|abbildung|karten?\b|bilder|platen|plaatjes|kaart|billede|kort\b|planscher|láminas|grabados|mapas?\b"
    r"|tavol|incision)"
    r".{0,40}$",
    re.IGNORECASE,
)
LICENCE = re.compile(
    r"(?:con licencia|con (?:las )?licenci\w+|avec (?:approbation|privilège)|con privilegi|cum privilegi"
    r"|con licenza|mit .{0,20}(?:freiheit|privilegi)|met privilegie|with (?:licence|authority)|published for"
    r"|printed for"
    r"|edició|con permis)",
    re.IGNORECASE,
)
HOUSE = re.compile(
    r"(?:^(?:bei|bij|hos) |\bchez\b|\bpresso\b|\bbey\b|\bimprenta\b|\bimprimerie\b|\btip(?:ografia|\.)"
    r"|\bstamperia\b|\bdruckerei\b"
    r"|bogtrykkeri|\bboktryckeri|\bdrukkerij|\bboekhandel|\blibraires?\b|\blibraio|\bimprimeurs?\b|\bsons\b"
    r"|\barvinger\b|kustannus|osakeyhtiö|kirjapaino"
    r"|\bgebr(?:üder|\.)|\ben casa de\b|\bfrères\b|\bpublished (?:by|for)\b|& ?co\b|and co\b|\bcompany\b"
    r"|\bbrothers\b|\bbros\b|& ?sons?\b|and sons?\b|\bpress\b|\bpublish(?:ers?|ing)\b"
    r"|\bbooksellers?\b|\bverlag|\bbuchhandlung|\bédit(?:eurs?|ions)\b|\blibrairie\b|\beditorial\b|\beditores?\b"
    r"|\blibrería\b|\beditore\b|\buitgever|\bforlag|\bförlag|\berven\b|\blimited\b|\bltd\b|\bincorporated\b"
    r"|издательство|типограф[иі]|книгоиздательств|товарищество)",
    re.IGNORECASE,
)
UNKNOWN_PLACE = re.compile(
    r"(?:(?:[^\W\d_a-z]|St|Bad)\.?[ -]{1,2})?[^\W\d_a-z][\w’'-]+(?:[ -][^\W\d_][\w’'-]+){0,2}[.,:]?"
)
PRIVATE = re.compile(
    r"(?:privately printed|printed (?:privately|for (?:the author|private circulation))|als manuskript gedruckt"
    r"|imprimé pour l[’']auteur|tirage privé|edición privada|edizione privata|niet in den handel)",
    re.IGNORECASE,
)
"""Who printed a book, where nobody sold it."""
POSSESSIVE = re.compile(r"(?:his|her|their|our|your|my|ihre[rsnm]?|seine[rsnm]?|leurs?|sus?|sua|suo)\s", re.IGNORECASE)
"""Whose servants acted a play, and no author."""
UNNAMED = re.compile(
    r"(?:an?|one of (?:the|his|her)|une?|ein(?:e[rmn]?)?|een|en|ett|una?|uno|uma?)\s+\S.{2,60}"
    r"|(?:the author(?:ess)?|l[’']auteur|dem verfasser|der verfasserin|el autor|l[’']autore|den? schrij\w+) "
    r"(?:of|d[eu’']|des|von|der|del|van)\W.{2,60}",
    re.IGNORECASE,
)
"""An author who gives no name: "a Lady of Quality", "the Author of …"."""
TRADE = re.compile(r"(?:publishers?|éditeurs?|verleger|editores|uitgevers?)\W*", re.IGNORECASE)
EDITION = re.compile(
    r".{0,40}\b(?:edition|impression|printing|thousand|druk|auflage|ausgabe|édition|edición|edizione|edição|upplaga"
    r"|udgave|oplag|eldono|издан[иі]е|tausend|tusinde?|tusen|duizendtal|[iè]ème mille)\b.{0,60}",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"(?:and |with |mit |avec |con |met )(?:an? |the |une? |einem |een )?[^.,:;]{4,40}$"
    r"|(?:music|taken in short-?hand|edited|translated|illustrated|compiled|collected"
    r"|herausgegeben|gesammelt|übersetzt|traduite?s?"
    r"|(?:\w+ et )?(?:publiée?s?|recueillie?s?)|(?:compilat|raccolt|tradott)[oaei]|(?:traducid|publicad"
    r"|recopilad)[oa]s?"
    r"|vertaald|verzameld|oversat|udgivet|utgiven|översatt)"
    r"(?: (?:from the|de l[ea’']|del|dal|aus de[mr]|uit het|fra|från) ?[\w’'-]+(?: [\w’'-]+){0,2}?)?"
    r"(?:,? with (?:an? |the )?[\w’', -]{4,50})?$",
    re.IGNORECASE,
)
TOO = re.compile(r"(?:and|with|und|mit|et|avec|con|en|met|og|och|med)\s", re.IGNORECASE)
"""How a credit goes on on its next row: "and Critical Notes"."""
GOES_ON = re.compile(r"(?:AT|BY|FOR|BEI|PAR|POUR|DOOR)$|(?:[^\W\d_]+ )?[\d ,.;-]+$|[a-zà-öø-ÿ]|.*[”\"]")
VOLUME = re.compile(
    r"(?:(?:complete )?in \w+ volumes?|(?:vol(?:ume|\.)?|tome|tomo|band|teil|deel|bind|том) ?\w*"
    r"|(?:vol(?:ume|\.)?|part|book) the \w+|\w+ (?:volume|tome|tomo|band|teil|deel|delen|bind|том))\W*$",
    re.IGNORECASE,
)
DEGREES = re.compile(
    r"(?:,\s*(?!Jr\b|Sr\b)(?:[A-Z][A-Za-z]{0,3}\.\s?){1,4})+,?$|(?<=[^\W\d_]{3})(?:\s(?:[A-Z]\.){2,5})+,?$|\s*\((?:[^)]*\d[^)]*|(?:[A-Z]\.\s?){2,5})\)\.?$|,\s*Esq\.?$"
)
LIVED = re.compile(r"\(?\d{4} ?[-–—] ?\d{4}\)?\.?$")
BEHIND = re.compile(rf"(?:{BY.pattern}|d(?:al|alla|a|ai)\b|chez\b|bei\b|bey\b|bij\b|hos\b)\s*", re.IGNORECASE)
ARTICLE = re.compile(r"(?:(?:the )?late|the|der|den|dem|il|el|le|la|l[’']|de|dem?)", re.IGNORECASE)
TITLED = (
    r"(?:lady|lord|(?:earl|duke|duchess|countess|marquess|marchioness|marquis|viscount|viscountess|baron"
    r"|baroness|bishop"
    r"|archbishop|prince|princess|dean)\b|comte(?:sse)?|duc|duchesse|marquise|vicomte(?:sse)?|évêque|graf"
    r"|gräfin|freiherr"
    r"|freifrau|herzog(?:in)?|fürst(?:in)?|conde(?:sa)?|duque(?:sa)?|marqu[eé]sa?|conte(?:ssa)?|duca|duchessa|marchese"
    r"|graaf|gravin|greve|grevinde|biskop|merchant|gent(?:leman)?)"
)
OTHERS = re.compile(r"\b(?:one of|others?|members|author|himself)\b", re.IGNORECASE)
OTHERS_TOO = re.compile(
    r"(?:an?|others?|une?|eine[mnr]?|een|una?) ?(?:\w+)?|others?|autres|andere[nr]?|otros|altri|anderen"
    r"|the (?:editors?|publishers?)",
    re.IGNORECASE,
)
"""Who helped, and has no name: "a Committee", "others"."""
ROLE = re.compile(r"\b(?:by|par|por|von|door)\W*$|\boriginal de$", re.IGNORECASE)
REVISED = re.compile(
    r"(?:revue|corrigée|augmentée|revised|corrected|enlarged|verbesserte?|vermehrte?|durchgesehen|aumentada|corregida"
    r"|revisada|riveduta|accresciuta|corretta|herzien|verbeterd|vermeerderd|forøget|gennemset|tillökad|genomsedd)",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"(?:(?:de la |of the |de l[’']|della |der )?(?:real |royal |reale |royale )?"
    r"(?:late\b|vicar|rector|curate|fellow|dean\b|canon\b|chaplain|minister of"
    r"|member|master"
    r"|professor|lecturer|late of|sometime|formerly|captain|lieutenant|académ|academ|accadem|juge|membre|ancien|curé"
    r"|docteur|professeur|capitaine|\w*lehrer|pfarrer|pastor|direktor|mitglied|hauptmann|doktor|catedrático|cronista"
    r"|miembro|individuo|socio|membro|professore|predikant|lid van|leeraar|oud-|medlem|lektor|sognepræst|kyrkoherde))",
    re.IGNORECASE,
)
KIN = re.compile(
    r"(?:his|her|their|son|sa|ses|sein(?:er|em)?|ihrer|su|suo|sua|zijne?n?|hans|hendes)\s+[\w-]+\W*$", re.IGNORECASE
)
SELF = re.compile(
    r"(?:the author(?:ess)?|l[’']auteur|vom verfasser|el autor|l[’']autore|de schrijver)\W*", re.IGNORECASE
)
SAYING = re.compile(r"[a-z]{3}[.!?] |[”\"»]$|^To ")
AND = re.compile(r"\s*(?:,?\s+(?:(?i:and|und|et|en|og|och)|[ye](?=\s+\S+\s+\S)|и)\s+|&|;)\s*")
SAYS = re.compile(r"\b(?:is|are|was|were|has|will|shall|ist|est|es|wird)\b")
UNDER_TITLES = re.compile(
    r"(?:for (?:the )?(?:use|day|morning|children|schools?|young|beginners|families|home)\b"
    r"|for (?:the )?\w+ of\b"
    r"|in (?:one|two|three|four|five|six) (?:acts?|parts|cantos|books|volumes)\b"
    r"|being\b|containing\b|comprising\b|and other\b|or,|with (?:an?|the|some|many|notes|remarks)\b"
    r"|(?:compiled|preached|delivered|reprinted|collected|gathered|told|retold|selected|written|arranged)\b"
    r"|(?:für|zum) (?:den |die |das )?(?:gebrauch|schul|haus|kinder|unterricht)|nebst\b|enthaltend\b|oder:?$"
    r"|à l[’']usage|pour (?:les|l[’']usage)\b|contenant\b|suivis? d|para (?:el )?uso|que contiene|seguid[oa] de"
    r"|ad uso|per (?:le|l[’']uso)|seguit[oa] da|ten gebruike|voor (?:de )?(?:scholen|jeugd|kinderen)|benevens\b"
    r"|til brug|för skolor)",
    re.IGNORECASE,
)
"""How what a book is for, or holds, begins below its title."""
DEDICATES = re.compile(
    r"(?:dedicated )?(?:to|à|aux?|an|al?|alla|aan|til|till|für|pour|para|per|voor|dem|meine[rmn]?)(?:\s|$)",
    re.IGNORECASE,
)
"""How a dedication begins."""
SAME_AUTHOR = re.compile(
    r"(?:(?:other |some )?(?:books|works|novels|poems|tales)?\s?by the same (?:author(?:ess)?|writer|hand)"
    r"|(?:(?:ouvrages|œuvres|oeuvres) )?du même auteur"
    r"|(?:werke |bücher )?(?:von demselben|vom (?:gleichen|selben)) verfasser"
    r"|(?:obras )?del mismo autor|(?:opere )?dello stesso autore|(?:obras )?do mesmo au[ct]*tor"
    r"|van denzelfden schrijver|af samme forfatter|av samma författare"
    r"|(?:other )?(?:books|novels) by [^\W\d_].{3,40})\W*",
    re.IGNORECASE,
)
"""What stands over a list of other books."""
MUSIC = re.compile(
    r"(?:music|musik|musique|música|musica|muziek)\b.{0,20}\b(?:by|von|de|di|van|par|por)\b", re.IGNORECASE
)
HIMSELF = re.compile(
    r"(?:him|her)self|lui-même|elle-même|ihm selbst|ihr selbst|él mismo|ella misma|lui stesso|lei stessa|hem ?zelf"
    r"|haar ?zelf|(?:ham|hende) selv|honom själv|henne själv",
    re.IGNORECASE,
)
"""Who wrote the book where it tells his or her own life: who is named in its title."""
LIFE_OF = re.compile(
    r".*?\b(?:li[fv]es?|narrative|history|adventures|travels|experiences|vie|aventures|histoire|leben|vida|vita|leven"
    r"|levned|lif|liv)\b.*?\b(?:of|d[eu’']|des|von|di|van|af|av)\s*(?P<name>(?:(?!\bof\b)[^,;:.]){3,60})(?:[,;:.].*)?",
    re.IGNORECASE,
)
"""A title that says whose life it tells."""
SOME_OF = re.compile(
    r"(?:two|three|four|some|several|one) of (?:his|her|their|the [\w’'-]+) \w+|(?:deux|trois|quelques-uns) de ses \w+"
    r"|(?:zwei|drei|einigen) (?:seiner|ihrer) \w+",
    re.IGNORECASE,
)
"""Who helped, where the names stand below: "two of her friends"."""
_SERIES = (
    r"(?:first|second|third|new|old) series\W*|(?:première|deuxième|nouvelle) série\W*|(?:erste|zweite|neue) folge\W*"
    r"|(?:primera|segunda|nueva) serie\W*"
)
SERIES_OF = re.compile(_SERIES, re.IGNORECASE)
"""Which of several books of one title it is."""
PART_OF_SET = re.compile(
    r"(?:vol(?:ume|\.)|tom[eo]|band|deel|bind) (?:[ivxlc]+|\d+)[.:,]? ?(?:--|[-–—])? ?\S.{2,60}"
    rf"|{_SERIES}",
    re.IGNORECASE,
)
"""Which volume of the old edition it was, with what is in it; which series."""
ISSUE = re.compile(r"(?:no|nr|n[°º]|vol)\b.{1,12}\]\s+(?P<when>\D{3,20}\d{4})\W+\[\w.*", re.IGNORECASE)
"""The row under the title of a periodical: number, month and price."""
PUBLISHED = re.compile(
    r"(?:first |originally )?(?:published|issued|printed|erschienen|publié|publicado|pubblicato|utgiven|udgivet"
    r"|verschenen)(?: in| en| im jahre?| nel)?,? (?:[^\W\d_]+,? )?(?P<year>1[5-9]\d\d|20\d\d)\W*",
    re.IGNORECASE,
)
"""When the old edition came out, in words."""
PRINTED = re.compile(
    r"(?:trykt|tryckt|printed|gedruckt|imprimé|impreso|stampato|gedrukt|im(?:pr|p)\.)\b", re.IGNORECASE
)
"""How the row of a printer begins."""
FINNISH = re.compile(r"[^\W\d_a-z]\w+(?:ss[aä]|ll[aä])[.,]?")
"""A place in the case that says where."""
HOUSE_TOO = re.compile(r"druck und verlag|printed and published by|trykt og forlagt", re.IGNORECASE)

SERIES = re.compile(
    r"(?:biblioth(?:eca|[eèé]que|ek)|bibliotec?a|collana|colec[cç]i[oó]n|coleç[cç]?ão|collec[cç]ão|collezione|sammlung)"
    r"\s.{3,40}|(?:the )?(?:[\w’'-]+ ){1,4}(?:library|series|bibliothek|bücherei|bibliotek|bibliotheek)"
    r"(?:\W+(?:vol|no|nr|n[°º]|band|tom[eo]?|bd|deel|bind)\w*\W.{1,8})?",
    re.IGNORECASE,
)
"""The name of a series, which stands over the title."""
WORKS_OF = re.compile(
    r"(?:the )?(?:(?:collected|complete|selected|poetical|dramatic|prose|whole|early|later|posthumous|miscellaneous) )*"
    r"(?:works|writings|poems|plays|essays|sermons) of (?P<english>.+)"
    r"|(?:œuvres|oeuvres|poésies|poèmes|théâtre)(?: \w+)?(?: de | d[’'])(?P<french>.+)"
    r"|(?:(?:sämm?tliche|gesammelte|ausgewählte) )?(?:werke|schriften|gedichte) von (?P<german>.+)"
    r"|(?:obras|poesías|poesias|opere|poesie)(?: \w+)? d[ei] (?P<southern>.+)"
    r"|(?:(?:verzamelde|volledige|samlede|samlade) )?(?:werken|gedichten|skrifter|digte|dikter|værker) (?:van|af|av) "
    r"(?P<northern>.+)",
    re.IGNORECASE,
)
"""What holds the work of one author, and names him or her."""
OWN_WORDS = re.compile(
    r"(?:the )?(?:(?:private|collected|selected|familiar|complete|personal|secret) )*"
    r"(?:diar(?:y|ies)|journals?|letters|correspondence|memoirs?|autobiography|reminiscences|recollections|confessions"
    r"|meditations|speeches|sayings) of (?P<english>.+)"
    r"|(?:journal|lettres|correspondance|mémoires|souvenirs|confessions|pensées)(?: \w+)?(?: de | d[’'])(?P<french>.+)"
    r"|(?:(?:das )?tagebuch|briefe|briefwechsel|erinnerungen|denkwürdigkeiten|lebenserinnerungen) von (?P<german>.+)"
    r"|(?:diario|cartas|lettere|memori[ae]s?|epistolario|recuerdos|ricordi|confissões|confesiones|confessioni) d[ei]"
    r" (?P<southern>.+)"
    r"|(?:dagboek|brieven|herinneringen|dagbog|breve|erindringer|dagbok|brev|minnen) (?:van|af|av) (?P<northern>.+)",
    re.IGNORECASE,
)
"""What somebody wrote of his or her own life, and names him or her."""
OF = re.compile(r"of (.+)", re.IGNORECASE)
"""Whose work a book is, on a row of its own over when he or she lived: "OF ORLA PENN", "(1265–1321)"."""
PERFORMED = re.compile(
    r"(?!.*:\W*$)"
    r"(?:(?:as )?(?:it (?:is|was|hath bee?ne?) )?(?:lately |first |originally )?(?:acted|performed|represented"
    r"|produced|presented)|estrenad[oa]s?|repr[eé]sent(?:ad[oa]|ée?)s?\b|(?:zum ersten ?mal(?:e)? )?aufgeführt"
    r"|rappresentat[oa]|opgevoerd|opført|uppförd)\b",
    re.IGNORECASE,
)
"""Where and when a play was first given; with a colon it stands over who played in it."""
PRICE = re.compile(r"[\[(]?(?:price|preis|prix|precio|prezzo|prijs|pris|цена)\b[^!?]{1,30}", re.IGNORECASE)
"""What the old edition cost."""
SET_OF = re.compile(
    r"(?:two|three|four|five|six|\d+) volumes (?:complete )?in one\W*"
    r"|(?:complete )?in (?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) vol(?:ume|\.)s?\W*"
    r"|in (?:zwei|drei|vier|fünf|sechs) bänden\W*|en (?:deux|trois|quatre) (?:volumes|tomes)\W*"
    r"|en (?:dos|tres|cuatro) tomos\W*|in (?:due|tre|quattro) volumi\W*|in (?:twee|drie|vier) delen\W*",
    re.IGNORECASE,
)
"""In how many volumes the old edition came out: nothing that the new one says of itself."""
