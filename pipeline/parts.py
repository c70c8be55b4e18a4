"""The words and numbers by which the parts of a book name themselves, in the languages that Octavo reads best.

The reading tells headings by them, the editions parts from chapters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.alternatives import by_letter

_ORDINAL = by_letter(
    r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})|\d{1,3}|[a-z](?=\W|$)"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twen|thir|for|fif)ty(?:-\w+)?"
    r"|(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
    r"|premi[eè]re?|deuxi[eè]me|second[aeo]?|unique|troisi[eè]me|quatri[eè]me"
    r"|cinqui[eè]me|sixi[eè]me|derni[eè]re?|erste[srn]?|zweite[srn]?|dritte[srn]?|vierte[srn]?"
    r"|fünfte[srn]?|eins|zwei|drei"
    r"|vier|fünf|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa]|prim[oa]|terz[oa]|quart[oa]"
    r"|перв\w+|втор\w+|посл[еѣ]дн\w+"
    r"|трет\w+|четв[её]рт\w+|пят\w+|шест\w+|седьм\w+|восьм\w+|девят\w+|десят\w+"
    r"|sechste[srn]?|sieb(?:en)?te[srn]?|achte[srn]?|neunte[srn]?|zehnte[srn]?|sest[oa]|settim[oa]"
    r"|ottav[oa]|non[oa]|sext[oa]"
    r"|s[eé]p?tim[oa]|o[ic]tav[oa]|noven[oa]|d[eé]cim[oa]|primeir[oa]|terceir[oa]|[uú]ltim[oa]"
    r"|[uú]nic[oa]|letzte[srn]?|einzige[srn]?"
    r"|eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|första|andra|tredje|fjärde|femte|sjätte"
    r"|sjunde|åttonde|nionde|tionde|laatste|sidste|sista|første|anden|annet|tredie|f[ij]erde|siette"
    r"|sjette|syvende|ottende|åttende|niende"
    r"|pierwsz[ya]|drug[ia]|trzeci[a]?|czwart[ya]|piąt[ya]|birinci|ikinci|üçüncü|dördüncü|beşinci"
    r"|ראשון|שני|שלישי|רביעי|חמישי|שישי|שביעי|שמיני|תשיעי|עשירי|[א-ת]{1,2}['’׳]?|[א-ת][\"”״][א-ת]"
    r"|الأول[ى]?|الثانية?|الثالثة?|الرابعة?|الخامسة?|السادسة?|السابعة?|الثامنة?|التاسعة?|العاشرة?"
    r"|(?:prim|secund|terti|quart|quint|sext|septim|octav|non|decim)(?:us|um|a)"
    r"|ensimm?äinen|toinen|kolmas|neljäs|viides|kuudes|seitsemäs|kahdeksas|yhdeksäs|kymmenes|viimeinen"
    r"|első|második|harmadik|negyedik|ötödik|hatodik|hetedik|nyolcadik|kilencedik|tizedik|utolsó"
    r"|prvn[ií]|druh[ýáé]|třetí|čtvrt[ýáé]|pát[ýáé]|šest[ýáé]|sedm[ýáé]|osm[ýáé]|devát[ýáé]|desát[ýáé]"
    r"|primer|segon[a]?|tercer|cinqu[èe]|unua|dua|tria|kvara|kvina|sesa|sepa|oka|naŭa|deka"
    r"|اول|دوم|سوم|چهارم|پنجم|ششم|هفتم|هشتم|نهم|دهم"
)
ORDER = {
    word: n
    for n, words in enumerate(
        (
            "first premier première erster erste erstes primero primera primo prima প্রথম पहला पहली प्रथम პირველი",
            "second deuxième seconde zweiter zweite zweites segundo segunda secondo seconda"
            " দ্বিতীয় दूसरा दूसरी द्वितीय მეორე",
            "third troisième dritter dritte drittes tercero tercera terzo terza তৃতীয় तीसरा तीसरी तृतीय მესამე",
            "fourth quatrième vierter vierte viertes cuarto cuarta quarto quarta চতুর্থ चौथा चौथी चतुर्थ მეოთხე",
            "fifth cinquième fünfter fünfte fünftes quinto quinta পঞ্চম पाँचवाँ पंचम पञ्चम მეხუთე",
            "sixth sixième sechster sechste sechstes sexto sexta sesto sesta ষষ্ঠ छठा छठी षष्ठ მეექვსე",
            "seventh septième siebter siebte siebtes siebenter siebente séptimo séptima settimo settima"
            " সপ্তম सातवाँ सप्तम მეშვიდე",
            "eighth huitième achter achte achtes octavo octava ottavo ottava অষ্টম आठवाँ अष्टम მერვე",
            "ninth neuvième neunter neunte neuntes noveno novena nono nona নবম नौवाँ नवम მეცხრე",
            "tenth dixième zehnter zehnte zehntes décimo décima decimo decima দশম दसवाँ दशम მეათე",
        ),
        1,
    )
    for word in words.split()
}
"""What a number in words says, in English, French, German, Spanish, Italian, Bengali, Hindi and Georgian."""
CARDINALS = {
    word: n
    for words in (
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen twenty twenty-one twenty-two twenty-three twenty-four twenty-five twenty-six twenty-seven"
        " twenty-eight twenty-nine thirty thirty-one thirty-two thirty-three thirty-four thirty-five thirty-six",
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
        " dix-neuf vingt",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn"
        " achtzehn neunzehn zwanzig",
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete"
        " dieciocho diecinueve veinte",
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici"
        " diciassette diciotto diciannove venti",
        "um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito",
        "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien",
        "один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать",
    )
    for n, word in enumerate(words.split(), 1)
}
"""What a number in words says where it counts chapters by itself: "One", "Deux"."""
_HAS_NOTES = (
    r"(?:book|canto|chapter|part|volume|act|poems?|tale|story|prologue|epilogue|preface|essay|play|ode|letter|text"
    r"|buch|gesang|kapitel|teil|band|akt|livre|chant|chapitre|tome"
    r"|libro|capítulo|capitolo|canto|tomo|hoofdstuk|deel|bog|bok|del)[es]?n?(?: [\divxlc]{1,6}| \w+)?"
)
NOTES = re.compile(
    r"^\W*(?:foot-?notes?|end-?notes?|notes?|anmerkung(?:en)?|fußnoten?|notas?|прим[еѣ]чан[иі][ея]|сноск[аи]"
    r"|notes? de bas de page|aantee?kening(?:en)?|voetnoten?|noten|fodnoter?|fotnoter?|anmærkning(?:er)?"
    r"|anmärkning(?:ar)?|noter"
    r"|note a piè di pagina|notas de rodapé|przypisy|poznámky|примітки)"
    rf"(?: (?:to|on|zu[mr]?|du|de la|del?|della?|van het|til|till) (?:the )?(?:[\w’'-]+ ){{0,3}}{_HAS_NOTES})?\W*$",
    re.IGNORECASE,
)
"""What stands over notes, or names those of a part of the book."""
OR = "or|ou|oder|o|ó|ovvero|ossia|of|eller"
"""What stands between two titles of one book, or piece: a part of a pattern."""
MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january janvier januar jänner enero gennaio januari janeiro январь tammikuu januaro",
            "february février februar feber febrero febbraio februari fevereiro февраль helmikuu februaro",
            "march mars märz marzo maart março marts март maaliskuu marto",
            "april avril abril aprile апрель huhtikuu aprilo",
            "may mai mayo maggio mei maio maj май toukokuu majo",
            "june juin juni junio giugno junho июнь kesäkuu",
            "july juillet juli julio luglio julho июль heinäkuu",
            "august août agosto augustus augusti август elokuu aŭgusto",
            "september septembre septiembre settembre setembro сентябрь syyskuu septembro",
            "october octobre oktober octubre ottobre outubro октябрь lokakuu oktobro",
            "november novembre noviembre novembro ноябрь marraskuu",
            "december décembre dezember diciembre dicembre dezembro декабрь joulukuu decembro",
        ),
        1,
    )
    for name in names.split()
}
"""The months by their names, in the languages that Octavo reads best."""
ANSWER = re.compile(
    r"^(?:re|aw|sv|vs|rif|odp|ynt|fwd?|wg|tr|rv|enc|отв(?:ет)?|回复|答复|返信)\s?[:：]\s*", re.IGNORECASE
)
"""What stands before the subject of a letter that answers another, or hands it on."""
_LAST = r"(?:last|final|laatste|derni[eè]re?|letzte[srn]?|[uú]ltim[oa]|sidste|sista|посл[еѣ]дн\w+)"
LAST = re.compile(rf"\b{_LAST}\b", re.IGNORECASE)
"""How the last chapter calls itself."""
_AND_LAST = rf"(?:\.?,? (?:and|en|et|und|ed?|y|och|og) (?:the )?{_LAST})?"
_PART_WORDS = by_letter(
    r"part|booke?|volume|vol\.|act|partie|livre|tome|acte|teil|buch|band|akt|aufzug|parte|libro|tomo|acto|atto|ato"
    r"|часть|книга|томъ?|д[еѣ]йств[иі]е|частина|deel|boek|afdeeling|afdeling|avdelning|del|bog|boken"
    r"|część|liber|pars|osa|näytös"
    r"|rész|könyv|felvonás|část|kniha|díl|llibre|parto|księga|kısım|μέρος|חלק|ספר|מערכה|الجزء|القسم|الكتاب|بخش"
)
_CHAPTER_WORDS = by_letter(
    r"chapter|chap\.|section|scene|canto|letter|lett?\.|lecture|lesson|essay|stave|fable|sermon|discourse"
    r"|schedule|chapitre|scène|chant|lettre|leçon|kapitel"
    r"|abschnitt|auftritt|szene|brief|capítulo|capitulo|escena|cena|carta|capitolo|scena|lettera|глава"
    r"|явлен[иі]е|письмо|раздел"
    r"|розділ|caput|capitulum|colloquium|dialogus|novella|giornata|jornada|dialogue|dialogo|luku|kohtaus"
    r"|fejezet|jelenet"
    r"|kapitola|capítol|capitolul|ĉapitro|fabel|favola|fábula|sermón|predigt|preek|hoofdstuk|kapitlet"
    r"|kapittel|rozdział|bölüm|κεφάλαιο|פרק|מכתב|الفصل|الباب|الرسالة|فصل|باب"
)
_UNCASED_WORDS = (  # of scripts without capitals; vowels stand as marks on their letters there, and are no letters
    r"পরিচ্ছেদ|অধ্যায়|খণ্ড|পর্ব|সর্গ|অঙ্ক|দৃশ্য|ভাগ"
    r"|अध्याय|परिच्छेद|खंड|खण्ड|भाग|सर्ग|अंक|दृश्य|प्रकरण|काण्ड|कांड"
    r"|თავი|ნაწილი|წიგნი|მოქმედება|სურათი|კარი"
)
_UNCASED_ORDINALS = rf"(?:\d{{1,3}}|[ivxlc]{{1,6}}|{'|'.join(word for word in ORDER if word[0] >= 'ऀ')})"  # ऀ: the first
NAMED = re.compile(
    rf"^(?:the )?(?:(?P<part>{_PART_WORDS})|(?P<chapter>{_CHAPTER_WORDS}))\s+(?:the\s+)?{_ORDINAL}{_AND_LAST}"
    r"(?=$|[.,:;—–-]|\s(?!ch))"
    rf"|^(?P<ordinal>(?!\w\b){_ORDINAL}|erster|zweiter|dritter|vierter)\.?{_AND_LAST}\s+(?:(?P<part2>{_PART_WORDS})|(?P<chapter2>{_CHAPTER_WORDS}))"
    r"(?=,?$|[.:;—–-])"
    r"|^(?:第\s?[一二三四五六七八九十百千零〇\d]{1,6}\s?[章回节節話话卷部篇编編]|제\s?\d{1,3}\s?[장회부편권]"
    r"|(?P<chapter5>บท|ตอน|ภาค|เล่ม)ที่\s?(?:\d{1,3}|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ\S{0,8}))(?=$|[\s:：、.．])"
    rf"|^(?:(?P<chapter3>{_UNCASED_WORDS})\s+{_UNCASED_ORDINALS}|{_UNCASED_ORDINALS}\s+(?P<chapter4>{_UNCASED_WORDS}))"
    r"(?=$|[\s:.–—-])",
    re.IGNORECASE,
)
"""“Chapter IV”, “Part Two: …”, “Zweiter Teil”: what says that it is a chapter or part, with its number."""
OPENS_PART = re.compile(rf"{NAMED.pattern}|^(?:the )?{_ORDINAL}\s+(?:{_PART_WORDS}|{_CHAPTER_WORDS})\b", re.IGNORECASE)
"""The same at the head of more: "THE FIRST BOOK OF THE", and below it of what."""
_RANKS: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "volume vol. tome band tomo том",
        "খণ্ড পর্ব ভাগ অঙ্ক खण्ड खंड भाग अंक काण्ड कांड ნაწილი წიგნი მოქმედება ภาค เล่ม",
        "",
        "section scene scène abschnitt auftritt szene escena cena scena явление раздел kohtaus jelenet",
    )
)


def named_by(named: re.Match[str]) -> tuple[str, int]:
    """Return the word by which a part of a book names itself, and its rank.

    Volumes rank 0, other parts 1, chapters 2, scenes and sections 3.

    Args:
        named: a match of :data:`NAMED`.

    """
    part = named["part"] or named["part2"]
    word = (
        part
        or next(
            (named[group] for group in ("chapter", "chapter2", "chapter3", "chapter4", "chapter5") if named[group]), ""
        )
        or re.sub(r"\W|[一二三四五六七八九十百千零〇\d]", "", named[0])
    ).casefold()
    known = (rank for rank, words in enumerate(_RANKS) if word in words)
    return word, next(known, 1 if part else 2)


FRONT_OR_BACK = re.compile(
    "^"
    + by_letter(
        r"(?:author[’']s |editor[’']s |translator[’']s |publisher[’']s )?(?:preface|foreword|introduction|introductory"
        r"|prologue|epilogue|afterword|postscript|conclusion|dedication|acknowledge?ments"
        r"|note)(?: (?:to|by|from) .{3,60})?"
        r"|(?:the )?argument|(?:general |subject )?index(?: (?:of|to) .{3,60})?|bibliography|references"
        r"|(?:glossary|list of (?:abbreviations|authorities|sources|works cited))(?: (?:of|to) .{3,80})?"
        r"|appendix(?:,? (?:no\.? ?)?[ivxlcdm\d]+| [a-z])?(?:[.:—–-]+ ?.{3,80})?|appendices|addenda|errata|chronology"
        r"|supplements?|abbreviations"
        r"|(?:list of )?(?:illustrations|plates|figures|maps|tables)|characters|persons of the play"
        r"|dr[aā]matis pers[oō]n[aæ]e?"
        r"|préface|avant-propos|introduction|prologue|épilogue|conclusion|postface|dédicace|remerciements"
        r"|appendice|annexes?"
        r"|bibliographie|glossaire(?: d.{3,80})?|personnages|vorwort|einleitung|einführung|nachwort|prolog"
        r"|epilog|schluss"
        r"|schluß|anhang"
        r"|abstract|executive summary|preamble|präambel|préambule|preámbulo|preambolo"
        r"|register|literaturverzeichnis|personen|prefacio|prólogo|introducción|epílogo|conclusión|apéndice"
        r"|bibliografía"
        r"|personajes|prefazione|introduzione|prologo|epilogo|conclusione|appendice|bibliografia|personaggi"
        r"|предислов[иі]е|введен[иі]е|вступлен[иі]е|прологъ?|эпилогъ?|заключен[иі]е|послеслов[иі]е|приложен[иі]е"
        r"|библиограф[иі]я"
        r"|д[еѣ]йствующ[иі]я лица|действующие лица"
        r"|to the readers?|(?:an )?advertisement|prefatory (?:note|remarks)|by way of (?:preface|introduction)"
        r"|au lecteur|avertissement|avis(?: au lecteur)?|dénouement|vorrede|vorbemerkung|geleitwort|widmung|zueignung"
        r"|an den leser|schlusswort|schlußwort|(?:vorwort|vorrede) zu[rm]? .{3,40}|al lector|advertencia|dedicatoria"
        r"|al lettore|ai lettori|avvertenza|proemio|dedica|voorwoord|voorrede|inleiding|voorbericht|nawoord"
        r"|naschrift|slot"
        r"|opdracht|aanhangsel|forord|fortale|indledning|innledning|efterord|etterord|efterskrift|slutning|tilegnelse"
        r"|tillæg|förord|företal|inledning|efterskrift|alkulause|esipuhe|johdanto|loppulause|jälkilause"
        r"|selityksiä|liite"
        r"|prefácio|introdução|ao leitor|advertência|posfácio|apêndice|conclusão|praefatio(?: .{3,30})?"
        r"|prooemium|ad lectorem|lectori"
        r"|(?:wörterverzeichnis|glossar)(?: (?:der|des|zu[rm]?) .{3,80})?|glosario(?: de .{3,80})?"
        r"|glossario(?: d[ei].{3,80})?|glossário(?: d.{3,80})?|(?:verklarende )?woordenlijst(?: (?:van|bij) .{3,80})?"
        r"|ordlist[ea](?: over .{3,80})?|sanasto|словарь(?: .{3,60})?"
        r"|index (?:nominum|rerum|verborum)|przedmowa|wstęp|zakończenie|předmluva|úvod|előszó|bevezetés"
        r"|(?:foot|end)?-?notes?|anmerkungen|fußnoten|notas|прим[еѣ]чан[иі]я"
    )
    + "$",
    re.IGNORECASE,
)
"""Names that parts of a book have in themselves: preface, appendix, index."""
CONTENTS = re.compile(
    "^"
    + by_letter(
        r"(?:the )?(?:table of |list of )?(?:the )?contents"
        r"|(?:the )?(?:general|detailed|analytical|full|brief|short|complete) (?:table of )?contents(?:[.:] .{3,60})?"
        r"|(?:the )?(?:table|list|order) of (?:the )?(?:tales|stories|poems|pieces|chapters|letters|essays|sermons"
        r"|plays)"
        r"|table (?:des (?:chapitres|pièces|poèmes|contes))|verzeichni[sß] der (?:kapitel|gedichte|erzählungen)"
        r"|what is in (?:the|this) book|contents of .{3,50}"
        r"|table(?: des matières)?|sommaire|inhalt(?:sverzeichnis)?|índice"
        r"|indice|sommario|tabla de (?:materias|contenidos)|contenido|оглавлен[иі]е|содержан[иі]е|index"
        r"|inhoud(?:sopgave)?|indhold(?:sfortegnelse)?|innehåll(?:sförteckning)?|innhold|sisällys(?:luettelo)?|enhavo"
        r"|spis (?:treści|rzeczy)|obsah|tartalom(?:jegyzék)?|cuprins|περιεχόμενα|зміст|içindekiler|目\s?[录錄次]"
        r"|차례|목차"
        r"|תוכן(?: העניינים)?|المحتويات|الفهرس"
    )
    + "$",
    re.IGNORECASE,
)
"""What stands above a list of contents."""
_ACTS = "act|acte|akt|aufzug|acto|atto|ato|bedrijf|jornada|действие"
_SCENES = "scene|scène|szene|auftritt|escena|scena|cena|scen|tooneel|toneel|сцена|явление"
ACT = by_letter(_ACTS)
"""The word for an act of a play, as a pattern that does not count case."""
SCENE = by_letter(_SCENES)
"""The word for a scene, likewise."""
ACT_OR_SCENE = by_letter(f"{_ACTS}|{_SCENES}")
"""Either of them."""
BY = re.compile(r"(?:written )?(?:by|par|von|por|di|van|door|af|av|fra|de)\b[.:]?", re.IGNORECASE)
"""How a title page announces whose work the book is."""

RIGHTS = re.compile(
    r"(?:copyright|©|\(c\)|all rights|tous droits|todos los derechos|reservados|tutti i diritti|alle recht|alla rätt"
    r"|niets uit|entered,? according|(?:first |re)?(?:re)?printed\b"
    r"|(?:first |re-?)?(?:published|issued)\b|new impression|electrotyped|typography|presswork|imprim|impres[oa]\b"
    r"|gedruckt|druck\b|gedrukt|trykt|tryckt|stereotyp|isbn\b|depósito|author(?:ess)? of\b|auteur de\b|verfasser\b"
    r"|\(?incorporated\)?$|printers?\b|illustrated\.?$|complete\.?$)",
    re.IGNORECASE,
)
"""How printers and lawyers speak on a title page and the page behind it."""

_VOLUME = (
    r"(?:book|volume|vol\.|part|tome|livre|partie|tomo|libro|parte|band(?:es)?|theils?|teil(?:e?s)?|buche?s|deel|boek"
    r"|delen|bandet|тома|части|книги|act|acte|acto|ato|atto|akt(?:e?s|e[nt])?|aufzug(?:e?s)?|bedrijf|canto|chant"
    r"|play|comedy|tragedy|drame|drama|comédie|tragédie|comedia|tragedia|commedia|opera|operetta|poem|tale|story|novel"
    r"|sermons|letters|novela|novella|roman|romanzo|cuento|conte|racconto|diario|journal|obra|действия|акта)"
    r"(?: (?:the )?[\wäöüéèë]+\.?)?"
)
_ENDS = by_letter(
    r"the end|end|finis|explicit|fin|ende|fine|fim|einde|slut|slutt|loppu|koniec|konec|vége|sfârșit|son"
    r"|τέλος|конецъ?|кінець|край"
    r"|完|終|終わり|终|끝|סוף|النهاية"
    rf"|(?:the )?end of (?:the )?(?:\w+ )?{_VOLUME}"
    rf"|fin (?:du|de l[ae’']|del|de l[ao]s) ?(?:\w+ )?{_VOLUME}|ende des (?:\w+ )?{_VOLUME}"
    rf"|eind?e van het (?:\w+ )?{_VOLUME}|fine del(?:la|l[’'])? ?(?:\w+ )?{_VOLUME}|fim d[oa] (?:\w+ )?{_VOLUME}"
    rf"|slut på (?:\w+ )?{_VOLUME}|конец \w+ {_VOLUME}"
)
CLOSES = re.compile(rf"^{_ENDS}$", re.IGNORECASE)
"""What closes a book, or a volume of it, and can be no title of a chapter."""
END = re.compile(rf"^(?:{_ENDS}|the end\W+of.*)$", re.IGNORECASE)
"""What stands below the last line of a book, or of a volume of it."""
NUMBER = re.compile(
    r"^(?:§ ?|(?P<open>\[ ))?(?P<sign>[IVXLCDM]{1,8}|\d{1,3}|[ivxl]{1,6}|[一二三四五六七八九十百]{1,5})"
    r"(?P<stop>[.):、]?)(?(open) \])$"
)
"""A number alone on its line; in brackets with room inside, too ("[ 5 ]"), since a note's has none."""
NUMBERED = re.compile(
    r"^(?:§ ?)?(?P<sign>\d{1,3}(?:\.\d{1,2}){1,3}(?=[.):]?\s)|[IVXLCDM]{1,8}|\d{1,3}|[A-Z])"
    r"(?P<stop>[.):]|(?<=\.\d)|(?<=\.\d\d)|(?=\s*[—–-]))\s*"
    r"(?P<rest>[—–-]*\s*\S.*)$"
)
"""A number, and what it numbers; behind "2.1" needs no stop."""
NUMBERED_BARE = re.compile(r"^(?P<sign>\d{1,2})\s+(?P<rest>[^\W\d_].{2,60}[^\W_])$")
"""The same without a stop: "2 The Quays". Only a series tells that it heads a section."""
_HONORIFICS = "mrs|mr|ms|messrs|dr|st|rev|hon|capt|col|gen|lt|sgt|prof|mme|mlle|mmes|mm|m|sr|sra|srta|hr|fr|frl|fru|sig"
HONORIFIC = f"(?i:{by_letter(_HONORIFICS)})"
"""How persons are addressed, shortened: the full stop behind it ends neither a sentence nor the label of a turn."""
PERSONS = re.compile(
    "^"
    + by_letter(
        r"dr[aā]matis pers[oō]n[aæ]e?|(?:the )?persons(?: represented)?|(?:the )?(?:persons|characters|cast)"
        r"(?: (?:of|in) the (?:play|drama|comedy|tragedy|piece|dialogue|scene|story))?|(?:the )?actors['’]? names"
        r"|(?:original )?cast(?: of (?:the )?characters)?|characters and (?:original )?cast"
        r"|list of (?:characters|persons)"
        r"|(?:les )?(?:personnages|acteurs)|(?:die |handelnde )?personen|(?:los )?personajes|personas|personaggi"
        r"|(?:las )?(?:personas|figuras)(?: que| siguientes)? (?:hablan|hablan en ella|de la comedia)"
        r"|hablan en ella las (?:personas|figuras)(?: siguientes)?|interlocutores|figuras"
        r"|interlocutori|personagens|personerne|personerna|(?:de )?handlende(?: personer)?|personer"
        r"|действующие лица|д[еѣ]йствующ[иі]я лица"
    )
    + r"(?:[.:]?\s{3,}\S.{0,30})?$",  # who plays them has a column of his own
    re.IGNORECASE,
)
"""What stands above the list of those who appear in a play; below a heading more may be meant (``forms.plays``)."""
PERSONS_NAMED = re.compile(rf"(?:{PERSONS.pattern.partition('(?:[.:]')[0][1:]}):\s?\S", re.IGNORECASE)
"""The same, with their names on the line: "Persons: Marcel, Lise."."""

INDEX_TITLE = re.compile(
    r"^(?:(?:general |subject |analytical )?index(?: (?:of|to) .{3,60})?|register|sachregister|namenregister"
    r"|personenregister|índice (?:alfabético|onomástico|analítico)|indice (?:analitico|dei nomi)"
    r"|index (?:des|alphabétique) ?.*|указатель|zaakregister|sakregister)$",
    re.IGNORECASE,
)
"""What stands above an index: not a list of contents, whatever it is called."""
MEMORIAL = re.compile(
    r"(?:in memoriam|sacred to the memory of|to the memory of|in (?:loving )?memory of|hic (?:iacet|jacet)"
    r"|à la mémoire (?:de|du|des)|dem (?:an)?denken|zum (?:an)?denken|ter nagedachtenis(?: (?:van|aan))?"
    r"|hier rust|hier ruht|ci[- ]g[îi]t|alla memoria di|a la memoria de|à memória de|till minne av"
    r"|til minde om)\b.{0,40}",
    re.IGNORECASE,
)
"""The first row of what is written to the memory of somebody."""
BY_LINE = re.compile(
    r"[_*(]*(?:by|par|von|por|di|da|door|af|av)\s+"
    r"(?:(?:the|l[ae’']|der|die|den|il|el)\s*(?:editor|author|same|[ée]diteur|autor|herausgeber|curatore)"
    rf"|(?:the |{HONORIFIC}\.? )?(?-i:(?:[^\W\d_a-zß-öø-ÿа-яё][\w’'.-]*,?\s?){{1,6}}))[_*).]*",
    re.IGNORECASE,
)
"""Who wrote a piece, below its title."""
BY_NAME = re.compile(r"[_*(]*[^\W\d_a-zß-öø-ÿа-яё]{2}(?:[\w’'-]|[.,&]? )*[_*).]*")
"""The same, where it is a name in capitals by itself, which comes back below other titles."""
_NAME = 40  # letters
_TIMES = 3  # a name comes back, and
_MOST = 0.5  # of the pieces have one
BELOW = 3
"""Lines below a title of which one says by a name alone who wrote the piece; another says when and where."""


def by_names(pieces: Sequence[Sequence[str]]) -> list[int | None]:
    """Say which of the lines below the title of each piece is the name of who wrote it, alone and in capitals.

    It comes back below other titles, and most pieces have one; else it may be anything.
    """
    found = [next((n for n, line in enumerate(below[:BELOW]) if is_name(line)), None) for below in pieces]
    names = [below[n] for below, n in zip(pieces, found, strict=True) if n is not None]
    back = sum(names.count(name) >= _TIMES for name in names)
    return found if back >= _TIMES and back >= _MOST * len(pieces) else [None] * len(pieces)


def is_name(line: str) -> bool:
    """Tell whether a line is but the name of who wrote a piece, in capitals."""
    other = NAMED.match(line) or END.match(line) or FRONT_OR_BACK.match(line.rstrip(".: "))
    return len(line) <= _NAME and BY_NAME.fullmatch(line) is not None and not other


_DASH = re.compile(r"\s*(?:[—–]|--)\s*(?!\d)|\s-\s")
_PHRASES = 3  # at least, and
_WORDS = 16  # of each, on the average
_GOES_ON = re.compile(r"[.!?]\s+(?=[^\W\d_a-zß-ÿ])")
_FULL = 0.8  # of the phrases begin as sentences do


def phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of what a chapter tells, with dashes between; none, if ``text`` is sentences."""
    found = tuple(one for part in _DASH.split(text) if (one := part.strip(" .“”‘’\"'«»„_*=")))
    if len(found) < _PHRASES or len(text.split()) > _WORDS * len(found):
        return ()
    begun = sum(not one[0].islower() for one in found)
    sentences = sum(bool(_GOES_ON.search(one)) for one in found)
    return found if begun >= _FULL * len(found) and 3 * sentences <= len(found) else ()
