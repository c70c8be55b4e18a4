"""What the title page of an old edition says becomes what the new one says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import proof
from pipeline.build import read_source
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.titlepage import TitlePage, names_in
from tests.written import write_markdown

TEXT = (
    "The ferry was late again that morning, and nobody on the landing\n"
    "said a word about it to the old man. He had seen worse mornings,\n"
    "and he said so to the gulls while the rope dried across his knees\n"
    "in the sun, which came and went as it does there in a wet April.\n"
)
CHAPTERS = "".join(f"\n\n\n\nCHAPTER {number}\n\n" + f"{TEXT}\n" * 6 for number in ("I", "II", "III"))

PAGES: dict[str, tuple[str, dict[str, tuple[str, ...]], str]] = {
    "all of it": (
        "THE FERRYMAN OF OST\n\nA Tale in Three Crossings\n\nBY\n\nEDNA QUARLES\n\n\nTranslated from the Frisian by\n"
        "Ib Tranter\n\nWITH AN INTRODUCTION\n\nBY M. OLDACRE\n\n\nSecond Edition, Revised\n\nLONDON:\n"
        "HARBOUR & SONS\n1887\n\nPrinted in Great Britain\n_All rights reserved_",
        {
            "subtitle": ("A Tale in Three Crossings",),
            "author": ("Edna Quarles",),
            "translator": ("Ib Tranter",),
            "introducer": ("M. Oldacre",),
            "original_edition": ("Second Edition, Revised",),
            "original_place": ("London",),
            "original_publisher": ("Harbour & Sons",),
            "original_date": ("1887",),
        },
        "",
    ),
    "who wrote it above, who translated it below a row of its own": (
        "THE FERRYMAN OF OST\n\nEdna Quarles\n\nTranslated from the Frisian with Introduction and Critical Notes\n\n"
        "BY\nIB TRANTER, M.A.",
        {"author": ("Edna Quarles",), "translator": ("Ib Tranter",)},
        "",
    ),
    "an introducer behind several words": (
        "THE FERRYMAN OF OST\n\nBY EDNA QUARLES\n\nWith notes and introduction\nby the\nRev. MILES OLDACRE, M.A.",
        {"author": ("Edna Quarles",), "introducer": ("Rev. Miles Oldacre",)},
        "",
    ),
    "a dedication below the imprint": (
        "THE FERRYMAN OF OST\n\nBY EDNA QUARLES\n\nLow Quay: Tranter Brothers, 1890\n\n\n"
        "TO\nCAPTAIN HECTOR ROE\nWHO KNOWS THAT IT IS NOT TRUE",
        {
            "author": ("Edna Quarles",),
            "original_place": ("Low Quay",),
            "original_publisher": ("Tranter Brothers",),
            "original_date": ("1890",),
        },
        "TO CAPTAIN HECTOR ROE WHO KNOWS THAT IT IS NOT TRUE",
    ),
    "a place that nobody knows, before a colon": (
        "THE FERRYMAN OF OST\n\nBY EDNA QUARLES\n\nLow Quay: Tranter Brothers, 1890",
        {
            "author": ("Edna Quarles",),
            "original_place": ("Low Quay",),
            "original_publisher": ("Tranter Brothers",),
            "original_date": ("1890",),
        },
        "",
    ),
    "german": (
        "DER FÄHRMANN VON OST\n\nVON\n\nEDNA QUARLES\n\nMit Zeichnungen von Ib Tranter illustriert\n\n"
        "Übersetzt von M. Oldacre\n\nLEIPZIG\nSALZWEDEL VERLAG\n1891",
        {
            "author": ("Edna Quarles",),
            "illustrator": ("Ib Tranter",),
            "translator": ("M. Oldacre",),
            "original_place": ("Leipzig",),
            "original_publisher": ("Salzwedel Verlag",),
            "original_date": ("1891",),
        },
        "",
    ),
    "a place that nobody knows": (
        "THE FERRYMAN OF OST\n\nby Edna Quarles\n\nNether Wharling\nThe Eider Press\n1891",
        {
            "author": ("Edna Quarles",),
            "original_place": ("Nether Wharling",),
            "original_publisher": ("The Eider Press",),
            "original_date": ("1891",),
        },
        "",
    ),
    "a name below what the book is": (
        "THE FERRYMAN OF OST\n\nA Novel\n\nEdna Quarles",
        {"subtitle": ("A Novel",), "author": ("Edna Quarles",)},
        "",
    ),
    "who drew it is who wrote it": (
        "THE FERRYMAN OF OST\n\nby Edna Quarles\n\nWith Drawings by the Author",
        {"author": ("Edna Quarles",), "illustrator": ("Edna Quarles",)},
        "",
    ),
    "a second line of what the book is": (
        "THE FERRYMAN OF OST\n\nA Novel\n\nof the River",
        {"subtitle": ("A Novel", "of the River")},
        "",
    ),
    "an epigraph and a dedication stay": (
        "THE FERRYMAN OF OST\n\nby Edna Quarles\n\n_Water has no memory._ --OST. _Prov._ ii.\n\nTO\nTHE PILOTS",
        {"author": ("Edna Quarles",)},
        "Water has no memory.—OST. Prov. ii. TO THE PILOTS",
    ),
    "several places, degrees and a motto of the publisher": (
        "THE FERRYMAN OF OST\n\nBy Edna Quarles, M.A.,\nAuthor of “The Salt Gate,” etc.\n\nNEW YORK AND BOSTON\n"
        "TRANTER BROTHERS, PUBLISHERS\nMDCCCXC\n\nCopyright, 1890,\nBY TRANTER BROTHERS",
        {
            "author": ("Edna Quarles",),
            "original_place": ("New York and Boston",),
            "original_publisher": ("Tranter Brothers, Publishers",),
            "original_date": ("MDCCCXC",),
        },
        "",
    ),
}


@pytest.mark.parametrize(("page", "wanted", "printed"), PAGES.values(), ids=PAGES)
def test_the_old_title_page_is_what_the_new_one_says(
    page: str, wanted: dict[str, tuple[str, ...]], printed: str, tmp_path: Path
) -> None:
    source = tmp_path / "ferryman.txt"
    source.write_text(page + CHAPTERS, encoding="utf-8")
    read = read_source(source, Settings(), Report(), lambda stage: None)
    markdown = write_markdown(read.book, Settings(), lang=read.lang)
    assert read.page.fields == wanted
    front = re.sub(r"(?s)::: \{\.letter \.old-title-page\}.*?\n:::\n", "", markdown.split("CHAPTER I")[0])
    front = re.sub(r"(?s)^---.*?---\n|^#.*?$|^:::.*?$|[|*\\]", "", front, flags=re.MULTILINE)
    assert " ".join(front.split()) == printed
    assert not proof.prove("markdown", proof.streams_of_markdown(markdown), read.source, read.changes).lines


def test_what_a_person_has_set_stands() -> None:
    page = TitlePage({"subtitle": ("A Tale",), "translator": ("Ib Tranter",), "original_place": ("Ost", "Luhme")})
    settings = page.completed(Settings(subtitle="Another Tale"))
    assert settings.subtitle == "Another Tale"
    assert settings.translator == ("Ib Tranter",)
    assert settings.original_place == "Ost and Luhme"


def test_a_line_that_a_person_calls_text_is_printed(tmp_path: Path) -> None:
    source = tmp_path / "ferryman.txt"
    source.write_text(PAGES["all of it"][0] + CHAPTERS, encoding="utf-8")
    (tmp_path / "ferryman.verdicts.toml").write_text(
        '[[verdict]]\nline = 3\nrole = "paragraph"\nstarts = "A Tale"\nwhy = "it opens the tale"\n', encoding="utf-8"
    )
    read = read_source(source, Settings(), Report(), lambda stage: None)
    assert "subtitle" not in read.page.fields


SECTION = "The ferry went over at seven, and the ferryman counted the lamps of the village while it went."


@pytest.mark.parametrize(
    ("page", "author", "subtitle"),
    [
        ("The Long Rope\nEdna Quarles", ("Edna Quarles",), ""),
        ("THE LONG ROPE\nA Novel\nEdna Quarles\nBoston: Tranter Brothers, 1911", ("Edna Quarles",), "A Novel"),
        ("The Long Rope\n\nby Edna Quarles", ("Edna Quarles",), ""),
        ("Das lange Seil\n\nvon Edna Quarles", ("Edna Quarles",), ""),
        ("The Long Rope\n\nEdna de Quarles", ("Edna de Quarles",), ""),
        ("The Rope of the\nLong Ferry", (), ""),
        ("THE LONG ROPE\n\nPART ONE", (), ""),
        ("LA LONGUE CORDE\n\nACTE PREMIER", (), ""),
        ("The Long Rope\nThe Ferry", (), ""),  # the text knows ferries
        ("The Long Rope\nEdna Quarles\n\nPreface (two leaves)", ("Edna Quarles",), ""),
    ],
)
@pytest.mark.parametrize("head", ["1", "The First Lamp"])
def test_who_wrote_the_book_stands_below_its_title(
    page: str, author: tuple[str, ...], subtitle: str, head: str, tmp_path: Path
) -> None:
    source = tmp_path / "rope.txt"
    heads = (head, "2" if head == "1" else "The Second Lamp", "3" if head == "1" else "The Third Lamp")
    source.write_text(page + "".join(f"\n\n{one}\n\n{SECTION}\n\n{SECTION}" for one in heads), encoding="utf-8")
    read = read_source(source, Settings(), Report(), lambda stage: None)
    assert read.page.fields.get("author", ()) == author
    assert read.page.fields.get("subtitle", ()) == ((subtitle,) if subtitle else ())
    if author:
        assert read.book.title.casefold() == page.split("\n")[0].casefold()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Orr", ["Ann Orr"]),
        ("Ann Orr, Ib Tranter, and M. Oldacre", ["Ann Orr", "Ib Tranter", "M. Oldacre"]),
        ("Ann Orr, M.A., F.R.S.,", ["Ann Orr"]),
        ("Ann Orr & C. L. F.", ["Ann Orr", "C. L. F."]),
        ("John Orr, Jr.", ["John Orr, Jr."]),
        ("Ann Marsh (Ann Orr)", ["Ann Marsh (Ann Orr)"]),
        ("", []),
    ],
)
def test_several_people_are_parted(text: str, names: list[str]) -> None:
    assert names_in(text) == names


ROWS: dict[str, tuple[str, str, dict[str, tuple[str, ...]], str]] = {
    "english: an article ends the row, a peeress is one person": (
        "THE\n\nSALT GATE;\n\nA TALE\n\nBY THE\n\nREV. EDNA, COUNTESS OF QUARLES\nVICAR OF OST\n\n"
        "WITH A MAP AND PLATES\n\nEDINBURGH: TRANTER & LOW\nMCMII",
        "THE SALT GATE",
        {
            "subtitle": ("A Tale",),
            "author": ("Rev. Edna, Countess of Quarles",),
            "original_place": ("Edinburgh",),
            "original_publisher": ("Tranter & Low",),
            "original_date": ("MCMII",),
        },
        "",
    ),
    "english: an editor, below what he did": (
        "THE SALT LETTERS\n\nCHOSEN AND EDITED BY\nM. OLDACRE\n\nLONDON\nTRANTER AND SONS\n1861",
        "THE SALT LETTERS",
        {
            "editor": ("M. Oldacre",),
            "original_place": ("London",),
            "original_publisher": ("Tranter and Sons",),
            "original_date": ("1861",),
        },
        "",
    ),
    "english: who drew the plates, who wrote the songs, whose nephew chose": (
        "THE SALT SONGS\n\nCHOSEN BY HIS NEPHEW\n\nEDNA QUARLES\n\nWith Illustrations\n\nby Ib Tranter\n\nMUSIC BY\n\n"
        "LONDON\nTRANTER AND SONS\nMDCCCXLII",
        "THE SALT SONGS",
        {
            "editor": ("Edna Quarles",),
            "illustrator": ("Ib Tranter",),
            "original_place": ("London",),
            "original_publisher": ("Tranter and Sons",),
            "original_date": ("MDCCCXLII",),
        },
        "MUSIC BY",
    ),
    "french: whose letters they are is title, who gathered them is editor": (
        "LETTRES\nD’UNE PASSEUSE\n\nRECUEILLIES ET PUBLIÉES\nPAR\nM. TRANTER\n\n"
        "À OSTE,\nChez les Sœurs QUARLES\nM. DCC. LXXI.",
        "LETTRES D’UNE PASSEUSE",
        {
            "editor": ("M. Tranter",),
            "original_place": ("Oste",),
            "original_publisher": ("Chez les Sœurs Quarles",),
            "original_date": ("M. DCC. LXXI",),
        },
        "",
    ),
    "german: a note in front, a house that prints and sells": (
        "Anmerkungen zur Transkription\n\nSperrsatz steht zwischen Tilden.\n\n\n\nDer\n\nletzte Fährmann\n\n"
        "Roman\n\nvon\n\n"
        "Edna Quarles\n\nMit einer Tafel\n\nLeipzig\nDruck und Verlag von I. Tranter\n1862",
        "Der letzte Fährmann",
        {
            "subtitle": ("Roman",),
            "author": ("Edna Quarles",),
            "original_place": ("Leipzig",),
            "original_publisher": ("Verlag von I. Tranter",),
            "original_date": ("1862",),
        },
        "",  # who transcribed it speaks in front
    ),
    "german: a bookseller below his place": (
        "LIEDER\nEINES FÄHRMANNS\n\nVON\n\nEDNA QUARLES\n\nBREMEN\nBEI IBO TRANTER\n1831",
        "LIEDER EINES FÄHRMANNS",
        {
            "author": ("Edna Quarles",),
            "original_place": ("Bremen",),
            "original_publisher": ("Bei Ibo Tranter",),
            "original_date": ("1831",),
        },
        "",
    ),
    "spanish: two surnames, an academy, a street": (
        "CARTAS\nDE UN BARQUERO\n\nESCRITAS POR\n\nD. IBO TRANTER Y SOTO\nDE LA REAL ACADEMIA\n\nMADRID\n"
        "IMPRENTA DE QUARLES\nCalle del Remo, núm. 6\n1868",
        "CARTAS DE UN BARQUERO",
        {
            "author": ("D. Ibo Tranter y Soto",),
            "original_place": ("Madrid",),
            "original_publisher": ("Imprenta de Quarles",),
            "original_date": ("1868",),
        },
        "",
    ),
    "italian: two rows that end in a preposition": (
        "STORIA\nDELLA\nREPUBBLICA DI OSTA\n\nCOMPILATA\n\nDAL\n\nCAV. IBO TRANTER\n\nCOMO\nTIPOGRAFIA QUARLES\n1889",
        "STORIA DELLA REPUBBLICA DI OSTA",
        {
            "editor": ("Cav. Ibo Tranter",),
            "original_place": ("Como",),
            "original_publisher": ("Tipografia Quarles",),
            "original_date": ("1889",),
        },
        "",
    ),
    "dutch: through, and then by": (
        "REIZEN\n\nDOOR\n\nOUD-OST\n\nDOOR\n\nE. VAN TRANTER\n\nMet eene kaart\n\nTE OST, BIJ\nDE WED. QUARLES\n1876",
        "REIZEN DOOR OUD-OST",
        {
            "author": ("E. van Tranter",),
            "original_place": ("Ost",),
            "original_publisher": ("Wed. Quarles",),
            "original_date": ("1876",),
        },
        "",
    ),
    "danish: a conjunction stands alone on its row": (
        "GAMLE FÆRGER\n\nOG\n\nNYE AARER\n\nFORTALTE FOR BØRN\n\nAF\n\nEDNA QUARLES\n\n"
        "ODENSE\nI. TRANTERS FORLAG\n1864",
        "GAMLE FÆRGER OG NYE AARER",
        {
            "subtitle": ("Fortalte for Børn",),
            "author": ("Edna Quarles",),
            "original_place": ("Odense",),
            "original_publisher": ("I. Tranters Forlag",),
            "original_date": ("1864",),
        },
        "",
    ),
    "an author who died, on a row of his own": (
        "THE LOWER FERRY\n\nA Poem\n\nBY THE LATE\nENOCH QUARLES, ESQ.\nOF THE OUTER QUAY\n\nOSTWICK\nMDCCCXXX",
        "THE LOWER FERRY",
        {
            "subtitle": ("A Poem",),
            "author": ("Enoch Quarles",),
            "original_place": ("Ostwick",),
            "original_date": ("MDCCCXXX",),
        },
        "",
    ),
    "an author who gives no name": (
        "THE LOWER FERRY\n\nA Novel\n\nBy an OFFICER of the COAST GUARD.\n\nPrivately printed, 1811",
        "THE LOWER FERRY",
        {
            "subtitle": ("A Novel",),
            "author": ("an Officer of the Coast Guard",),
            "original_publisher": ("Privately printed",),
            "original_date": ("1811",),
        },
        "",
    ),
    "by whom it was acted, and for whom it was printed": (
        "THE FERRY WIDOW:\n\nA COMEDY.\n\nAs it was Acted at the Old House\n\nBy His Highness's Servants.\n\n"
        "Written by Mr. QUARLES.\n\nLONDON,\nPrinted for _I. Tranter_, at the _Gilt Oar_, 1696.",
        "THE FERRY WIDOW",
        {
            "subtitle": ("A Comedy",),
            "author": ("Mr. Quarles",),
            "original_place": ("London",),
            "original_publisher": ("I. Tranter",),
            "original_date": ("1696",),
        },
        "",
    ),
    "german: a note in front, place and year above the bookseller": (
        "Hinweise zur Transkription\n\nOffensichtliche Druckfehler wurden berichtigt.\n\n\n\nDie Fähre\n\n"
        "Ein Lustspiel in zwei Akten\n\nvon\n\nEdna Quarles\n\n\nOstrau, 1803.\nbei Ibo Tranter, Buchhändler.",
        "Die Fähre",
        {
            "subtitle": ("Ein Lustspiel in zwei Akten",),
            "author": ("Edna Quarles",),
            "original_place": ("Ostrau",),
            "original_publisher": ("bei Ibo Tranter, Buchhändler",),
            "original_date": ("1803",),
        },
        "",
    ),
    "dutch: who drew it": (
        "DE VEERMAN\n\nEEN VERHAAL\n\nDOOR\n\nE. VAN TRANTER\n\nMet teekeningen van I. QUARLES\n\n"
        "LEIDEN\nGEBR. OLDA\n1879",
        "DE VEERMAN",
        {
            "subtitle": ("Een Verhaal",),
            "author": ("E. van Tranter",),
            "illustrator": ("I. Quarles",),
            "original_place": ("Leiden",),
            "original_publisher": ("Gebr. Olda",),
            "original_date": ("1879",),
        },
        "",
    ),
    "russian, in the old letters": (
        "Э. П. Тимохинъ\n\nСТАРЫЙ ПАРОМЪ\n\nПовѣсть\n\nИзданіе третье\n\nС.-Петербургъ\nТипографія И. Орлова\n1881",
        "СТАРЫЙ ПАРОМЪ",
        {
            "author": ("Э. П. Тимохинъ",),
            "subtitle": ("Повѣсть",),
            "original_edition": ("Изданіе третье",),
            "original_place": ("С.-Петербургъ",),
            "original_publisher": ("Типографія И. Орлова",),
            "original_date": ("1881",),
        },
        "",
    ),
    "an epigraph that speaks of company, and no house": (
        "THE LOWER FERRY\n\nEdna Quarles\n\n_A ferry in bad company keeps its rope dry._",
        "THE LOWER FERRY",
        {"author": ("Edna Quarles",)},
        "A ferry in bad company keeps its rope dry.",
    ),
    "a motto in the midst of the page": (
        "THE LOWER FERRY\n\nA Tale\n\nBY\n\nEDNA QUARLES\n\n    'O ferry me over, O ferry me soon,\n"
        "      For nobody waits on the quay.'\n                       _Old Song._\n\nIN TWO VOLUMES\n\n"
        "LONDON\nTRANTER AND OLDA, NEW LANE\n1831",
        "THE LOWER FERRY",
        {
            "subtitle": ("A Tale",),
            "author": ("Edna Quarles",),
            "original_place": ("London",),
            "original_publisher": ("Tranter and Olda",),
            "original_date": ("1831",),
        },
        "‘O ferry me over, O ferry me soon, For nobody waits on the quay.’ Old Song.",
    ),
    "its volume above the imprint, and the other volume far below": (
        "THE LOWER FERRY\n\nBY\n\nEDNA QUARLES\n\nIN TWO VOLUMES\n\n\nVOLUME ONE\n\nTRANTER AND COMPANY LIMITED\n\n"
        "LONDON, BATH\n\n_First published 1902_\n\n\n\n\nCHAPTER I\n\nThe ferry lay at the quay all night.\n\n\n\n\n"
        "VOLUME TWO",
        "THE LOWER FERRY",
        {
            "subtitle": ("Volume One",),
            "author": ("Edna Quarles",),
            "original_place": ("London, Bath",),
            "original_publisher": ("Tranter and Company Limited",),
            "original_date": ("1902",),
        },
        "",
    ),
    "a list of other books in front": (
        "BY THE SAME AUTHOR\n\nTHE SILVER ROPE\nSEVEN KNOTS\n\n\n\n\nTHE LOWER FERRY\nAnd Other Tales\n\n\n"
        "By EDNA QUARLES\n\n\nCHICAGO\nTRANTER & COMPANY\nMCMIV",
        "THE LOWER FERRY And Other Tales",
        {
            "author": ("Edna Quarles",),
            "original_place": ("Chicago",),
            "original_publisher": ("Tranter & Company",),
            "original_date": ("MCMIV",),
        },
        "",
    ),
    "a title in small letters over by and a name, a dedication in capitals": (
        "    The Lower Ferry\n\n    _being the Log of a Ferryman_\n\n    by\n\n    Edna Quarles\n\n\n"
        "    Leeds\n    Tranter & Low\n    1911\n\n\n\n    TO\n    I. O.\n    WHO HELD THE OTHER OAR",
        "The Lower Ferry",
        {
            "subtitle": ("being the Log of a Ferryman",),
            "author": ("Edna Quarles",),
            "original_place": ("Leeds",),
            "original_publisher": ("Tranter & Low",),
            "original_date": ("1911",),
        },
        "TO I. O. WHO HELD THE OTHER OAR",
    ),
    "the works of one author, the volume above the title": (
        "THE COLLECTED WRITINGS OF EDNA QUARLES\n_Edited by I. Tranter_\n\nVOLUME FOUR\n\n\nTHE LANTERN ON THE ROPE\n\n"
        "_A Book of Sayings_\n\n\nO. P. LOWBURY\n13 ROPE STREET: EDINBURGH\n1909",
        "THE LANTERN ON THE ROPE",
        {
            "author": ("Edna Quarles",),
            "editor": ("I. Tranter",),
            "subtitle": ("A Book of Sayings",),
            "original_publisher": ("O. P. Lowbury",),
            "original_place": ("Edinburgh",),
            "original_date": ("1909",),
        },
        "",
    ),
    "the title names whose poems they are": (
        "THE COLLECTED POEMS\nOF\nEDNA QUARLES\n\nLONDON\nTRANTER & CO.\n1913",
        "THE COLLECTED POEMS OF EDNA QUARLES",
        {
            "author": ("Edna Quarles",),
            "original_place": ("London",),
            "original_publisher": ("Tranter & Co",),
            "original_date": ("1913",),
        },
        "",
    ),
    "a title with a colon, and honours before and behind the name": (
        "NINE MINUTES:\n\nPLAIN WORDS FOR PLAIN FERRIES.\n\nBY THE\nREV. IBO QUARLES, B.D.,\nVICAR OF OST.\n\nOXFORD:\n"
        "TRANTER AND CO.\n1852.",
        "NINE MINUTES",
        {
            "subtitle": ("Plain Words for Plain Ferries",),
            "author": ("Rev. Ibo Quarles",),
            "original_place": ("Oxford",),
            "original_publisher": ("Tranter and Co",),
            "original_date": ("1852",),
        },
        "",
    ),
    "swedish: a title that goes on below a preposition": (
        "BERÄTTELSER\n\nFRÅN\n\nÖSTERBRO\n\nAF\n\nEDNA QUARLES\n\nSTOCKHOLM\nTRANTERS FÖRLAG\n1889",
        "BERÄTTELSER FRÅN ÖSTERBRO",
        {
            "author": ("Edna Quarles",),
            "original_place": ("Stockholm",),
            "original_publisher": ("Tranters Förlag",),
            "original_date": ("1889",),
        },
        "",
    ),
    "portuguese: a series over the author": (
        "BIBLIOTHECA DO CAES--VOL. XI\n\nIBO DE QUARLES\n\nO REMO E A CORDA DO BARQUEIRO\n\n(CONTOS)\n\nPORTO\n"
        "LIVRARIA TRANTER, EDITOR\nMDCCCLXXXIII",
        "O REMO E A CORDA DO BARQUEIRO",
        {
            "subtitle": ("(Contos)",),
            "author": ("Ibo de Quarles",),
            "original_place": ("Porto",),
            "original_publisher": ("Livraria Tranter, Editor",),
            "original_date": ("MDCCCLXXXIII",),
        },
        "",
    ),
    "printed for the author, and sold at a sign": (
        "THE\n\nHISTORY\n\nOF\n\nIBO OLDA,\n\nA FERRYMAN.\n\nWRITTEN BY\nEDNA QUARLES.\n\n_Nec remus nec ripa._\n\n"
        "DUBLIN:\nPrinted for the AUTHOR, and sold by I. TRANTER, at the Sign\n"
        "of the _Oar_, in Rope-street.\nM.DCC.LXI.",
        "THE HISTORY OF IBO OLDA",
        {
            "subtitle": ("A Ferryman",),
            "author": ("Edna Quarles",),
            "original_place": ("Dublin",),
            "original_publisher": ("I. Tranter",),
            "original_date": ("M.DCC.LXI",),
        },
        "Nec remus nec ripa.",
    ),
    "spanish: where it was first played, and the printer's widow": (
        "LA BARCA VERDE\n\nCOMEDIA EN DOS ACTOS\n\nORIGINAL DE\n\nIBO DE QUARLES\n\n"
        "_Estrenada en el Teatro del Remo la noche del 3 de febrero de 1879._\n\n"
        "MADRID\nIMPRENTA DE LA VIUDA DE TRANTER\n1879",
        "LA BARCA VERDE",
        {
            "subtitle": ("Comedia en Dos Actos",),
            "author": ("Ibo de Quarles",),
            "original_place": ("Madrid",),
            "original_publisher": ("Imprenta de la Viuda de Tranter",),
            "original_date": ("1879",),
        },
        "",
    ),
    "who printed it, and for whom": (
        "THE LOWER FERRY\n\nPoems by Edna Quarles\n\nEDINBURGH:\n\n"
        "PRINTED BY J. & R. OLDA,\nFOR TRANTER AND LOW, HIGH STREET.\n\n1816.",
        "THE LOWER FERRY",
        {
            "subtitle": ("Poems",),
            "author": ("Edna Quarles",),
            "original_place": ("Edinburgh",),
            "original_publisher": ("Tranter and Low",),
            "original_date": ("1816",),
        },
        "",
    ),
    "russian: a widow's press": (
        "Пустой паром\n\nПовесть\n\nС.-Петербург\nВ типографии вдовы Трантер\n1861",
        "Пустой паром",
        {
            "subtitle": ("Повесть",),
            "original_place": ("С.-Петербург",),
            "original_publisher": ("В типографии вдовы Трантер",),
            "original_date": ("1861",),
        },
        "",
    ),
    "rows of nothing but articles and prepositions": (
        "AN\n\nESSAY\n\nUPON THE\n\nUSE OF OARS,\n\nBy a FERRYMAN.\n\nLONDON:\nTRANTER & SONS\n\n[Price One Groat.]",
        "AN ESSAY UPON THE USE OF OARS",
        {
            "author": ("a Ferryman",),
            "original_place": ("London",),
            "original_publisher": ("Tranter & Sons",),
        },
        "",
    ),
    "pieces, whence and to whom": (
        "LETTERS\n\nFROM THE FERRY\n\nTO A HERON\n\nBY\nEDNA QUARLES\n\n_Two Volumes in One_",
        "LETTERS FROM THE FERRY TO A HERON",
        {"author": ("Edna Quarles",)},
        "",
    ),
    "rows of one word": (
        "THE\nLIFE\nAND\nTRIAL\nOF\nA HERON,\nOF OSTMERE.\n\nWRITTEN BY EDNA QUARLES.",
        "THE LIFE AND TRIAL OF A HERON, OF OSTMERE",
        {"author": ("Edna Quarles",)},
        "",
    ),
    "who collected, with an article and degrees below": (
        "SONGS\nFOR\nWET FERRIES\n\nNOW FIRST COLLECTED BY THE\nREV. I. TRANTER\n\nOSTMERE: EDW. LINDLE\n1881",
        "SONGS FOR WET FERRIES",
        {
            "editor": ("Rev. I. Tranter",),
            "original_place": ("Ostmere",),
            "original_publisher": ("Edw. Lindle",),
            "original_date": ("1881",),
        },
        "",
    ),
    "a place that nobody knows over a printer": (
        "DER LEERE KAHN\n\nErzählung\n\nVON\nIB TRANTER\n\nOstmoor\nVerlag von Lindle\n1861",
        "DER LEERE KAHN",
        {
            "author": ("Ib Tranter",),
            "subtitle": ("Erzählung",),
            "original_place": ("Ostmoor",),
            "original_publisher": ("Verlag von Lindle",),
            "original_date": ("1861",),
        },
        "",
    ),
    "a place below the kind of book": (
        "EDNA QUARLES\n\nTHE EMPTY PUNT\n\nA Tale\n\nOstmere\nLINDLE & SONS\n1861",
        "THE EMPTY PUNT",
        {
            "author": ("Edna Quarles",),
            "subtitle": ("A Tale",),
            "original_place": ("Ostmere",),
            "original_publisher": ("Lindle & Sons",),
            "original_date": ("1861",),
        },
        "",
    ),
    "who wrote it above, and whose life it tells below": (
        "EDNA QUARLES\n\nMEMÓRIAS TARDIAS\n\nDE\n\nTIZIO LUMEN\n\nQUARTA EDIÇÃO",
        "MEMÓRIAS TARDIAS DE TIZIO LUMEN",
        {"author": ("Edna Quarles",), "original_edition": ("Quarta Edição",)},
        "",
    ),
    "who wrote it, with his titles, and who translated it, both below a row of their own": (
        "THE FERRYMAN\n\nBy\n\nÉmile, Duc de la Quarle, Prince de Lisk\n\n"
        "Translated from the Editions of 1678 and 1827\n\nBy\n\nIb Tranter, M.A.",
        "THE FERRYMAN",
        {"author": ("Émile, Duc de la Quarle, Prince de Lisk",), "translator": ("Ib Tranter",)},
        "Translated from the Editions of 1678 and 1827",
    ),
    "a kind below its author, a series, a publisher with his place": (
        "LA LAMPE\n\nPAR JEAN QUARLES\n\nTragédie\n\nFIRST SERIES.\n\nTHE WEIR HEAD, LONDON\n1900",
        "LA LAMPE",
        {
            "author": ("Jean Quarles",),
            "subtitle": ("Tragédie",),
            "original_place": ("London",),
            "original_publisher": ("The Weir Head",),
            "original_date": ("1900",),
        },
        "",
    ),
    "editors below a row that only counts them, and a translator's whole name": (
        "THE FERRYMAN\n\nBY EDNA QUARLES\n\nEdited by two of her friends\n\nIB TRANTER and M. OLDACRE\n\n"
        "Translated by J. B. Lumen (Jonas Bartholomew)",
        "THE FERRYMAN",
        {
            "author": ("Edna Quarles",),
            "editor": ("Ib Tranter", "M. Oldacre"),
            "translator": ("J. B. Lumen",),
        },
        "",
    ),
    "written by himself": (
        "NARRATIVE\nOF THE\nLIFE\nOF\nJONAS QUARLES,\nA FREED MAN.\n\nWRITTEN BY HIMSELF.\n\nLONDON: TRANTER & SONS",
        "NARRATIVE OF THE LIFE OF JONAS QUARLES, A FREED MAN",
        {"author": ("Jonas Quarles",), "original_place": ("London",), "original_publisher": ("Tranter & Sons",)},
        "",
    ),
    "of what the tales are": (
        "JEAN QUARLES\n\nCONTES DE LA LAMPE\n\nPARIS\n1883",
        "CONTES DE LA LAMPE",
        {"author": ("Jean Quarles",), "original_place": ("Paris",), "original_date": ("1883",)},
        "",
    ),
    "a title that lists the poems": (
        "THE LAMP,\n\nTHE WEIR,\n\nAND\n\nOTHER POEMS.\n\n\nBY EDNA QUARLES",
        "THE LAMP, THE WEIR, AND OTHER POEMS",
        {"author": ("Edna Quarles",)},
        "",
    ),
    "by whom the pieces are, on a row of its own": (
        "LUMI E PROSE\n\nDI\n\nTIZIO LUMEN\n\nFIRENZE\n1883",
        "LUMI E PROSE",
        {"author": ("Tizio Lumen",), "original_place": ("Firenze",), "original_date": ("1883",)},
        "",
    ),
    "whose diary it is": (
        "THE DIARY OF EDNA QUARLES M.A. F.R.S.\n\nLONDON: TRANTER & SONS",
        "THE DIARY OF EDNA QUARLES M.A. F.R.S.",
        {
            "author": ("Edna Quarles",),
            "original_place": ("London",),
            "original_publisher": ("Tranter & Sons",),
        },
        "",
    ),
    "a Latin plural is nobody's name": (
        "EDNA QUARLES\nCOMMENTARIORVM DE PONTIBVS",
        "EDNA QUARLES COMMENTARIORVM DE PONTIBVS",
        {},
        "",
    ),
    "an editor, by, and who, a row each": (
        "THE WET ROPE\n\nBY\n\nEDNA QUARLES\n\nEDITED\n_by_\nIB TRANTER\n\nA NEW TRANSLATION\nBY M. OLDACRE",
        "THE WET ROPE",
        {"author": ("Edna Quarles",), "editor": ("Ib Tranter",), "translator": ("M. Oldacre",)},
        "",
    ),
    "a place that nobody knows and the year, above who printed it": (
        "THE WET ROPE\n\nA Comedy\n\nLower Lindle 1785.\n\nPrinted at the Anchor",
        "THE WET ROPE",
        {"subtitle": ("A Comedy",), "original_place": ("Lower Lindle",), "original_date": ("1785",)},
        "",
    ),
    "which of two books of one title": (
        "ESSAYS ON ROPES\n\nFIRST SERIES\n\nBY\n\nEDNA QUARLES",
        "ESSAYS ON ROPES",
        {"subtitle": ("First Series",), "author": ("Edna Quarles",)},
        "",
    ),
    "an editor and others": (
        "THE FERRY HYMNAL\n\n_Edited by_\nCanon E. QUARLES, _and a_ Committee\n\nLONDON: TRANTER & SONS",
        "THE FERRY HYMNAL",
        {"editor": ("Canon E. Quarles",), "original_place": ("London",), "original_publisher": ("Tranter & Sons",)},
        "",
    ),
}


@pytest.mark.parametrize(("page", "title", "wanted", "printed"), ROWS.values(), ids=ROWS)
def test_rows_of_a_title_page_go_on_and_say_who_did_what(
    page: str, title: str, wanted: dict[str, tuple[str, ...]], printed: str, tmp_path: Path
) -> None:
    source = tmp_path / "rows.txt"
    source.write_text(page + CHAPTERS, encoding="utf-8")
    read = read_source(source, Settings(), Report(), lambda stage: None)
    assert read.book.title == title
    assert read.page.fields == wanted
    markdown = write_markdown(read.book, Settings(), lang=read.lang)
    front = re.sub(r"(?s)::: \{\.letter \.old-title-page\}.*?\n:::\n", "", markdown.split("CHAPTER I")[0])
    front = re.sub(r"(?s)^---.*?---\n|^#.*?$|^:::.*?$|[|*\\]", "", front, flags=re.MULTILINE)
    assert " ".join(front.split()) == printed
    assert not proof.prove("markdown", proof.streams_of_markdown(markdown), read.source, read.changes).lines


@pytest.mark.parametrize(
    ("rows", "blocks"),
    [
        ("TO\n\nMY GOAT, AMOS\n\nWHO ATE THE FIRST PAGES", ["TO MY GOAT, AMOS WHO ATE THE FIRST PAGES"]),
        ("À\n\nMADAME OLDA\n\nSON AMI\n\nE. Q.", ["À MADAME OLDA SON AMI E. Q."]),
        ("To My Goat\n\n“A goat keeps no accounts.”", ["To My Goat", "“A goat keeps no accounts.”"]),
    ],
)
def test_the_rows_of_a_dedication_are_one_block(rows: str, blocks: list[str], tmp_path: Path) -> None:
    source = tmp_path / "dedicated.txt"
    page = "THE LOWER FERRY\n\nBY EDNA QUARLES\n\nLONDON\nTRANTER & OLDA\n1831\n\n\n\n\n"
    source.write_text(f"{page}{rows}{CHAPTERS}", encoding="utf-8")
    read = read_source(source, Settings(), Report(), lambda stage: None)
    found = re.findall(r"(?s)::: letter\n(.*?)\n:::", write_markdown(read.book, Settings(), lang=read.lang))
    assert [" ".join(one.replace("|", " ").split()) for one in found] == blocks


CLOSE: dict[str, tuple[str, str, dict[str, tuple[str, ...]]]] = {
    "a remark and a name below by": (
        "A TREATISE ON ROPE\n\nWITH SOME REMARKS UPON TAR\n\nBY\n\nEDNA QUARLES, M.A.",
        "A TREATISE ON ROPE",
        {"subtitle": ("With Some Remarks Upon Tar",), "author": ("Edna Quarles",)},
    ),
    "what it is for, and an article before an office": (
        "First Knots\n\nFor the Use of Schools\n\nBy the Rev. E. Quarles",
        "First Knots",
        {"subtitle": ("For the Use of Schools",), "author": ("Rev. E. Quarles",)},
    ),
    "a dialogue": ("TARRY, OR OF ROPE\n\nA DIALOGUE", "TARRY, OR OF ROPE", {"subtitle": ("A Dialogue",)}),
    "pictures": (
        "THE TARRED HEN\n\nAND OTHER TALES\n\nBY AUNT EDNA\n\nWith Pictures by I. Tranter\n\n[Illustration]",
        "THE TARRED HEN",
        {"subtitle": ("And Other Tales",), "author": ("Aunt Edna",), "illustrator": ("I. Tranter",)},
    ),
    "editors below their credit": (
        "THE FERRYMAN'S CYCLOPAEDIA\n\nEDITED BY\n\nE. QUARLES AND I. TRANTER",
        "THE FERRYMAN’S CYCLOPAEDIA",
        {"editor": ("E. Quarles", "I. Tranter")},
    ),
    "taken in short-hand": (
        "THE TRIAL OF EDNA QUARLES\n\nTAKEN IN SHORT-HAND\n\nBY\n\nB. TRANTER",
        "THE TRIAL OF EDNA QUARLES",
        {"editor": ("B. Tranter",)},
    ),
    "danish": (
        "KONG TJÆRES ENDELIGT\n\nTragisk Digt i tre Sange\n\naf E. Quarles",
        "KONG TJÆRES ENDELIGT",
        {"subtitle": ("Tragisk Digt i tre Sange",), "author": ("E. Quarles",)},
    ),
    "dutch: a bookseller behind the place": (
        "KORTE TOUWKUNST\n\nDOOR EDNA QUARLES\n\nTe Haarlem, bij Ib Tranter, 1770.",
        "KORTE TOUWKUNST",
        {
            "author": ("Edna Quarles",),
            "original_place": ("Haarlem",),
            "original_publisher": ("Ib Tranter",),
            "original_date": ("1770",),
        },
    ),
    "finnish": (
        "TERVASOUTU\n\nKertomus\n\nKirj.\n\nEDNA QUARLES\n\nHelsingissä,\nKustannusosakeyhtiö Terva.\n1899.",
        "TERVASOUTU",
        {
            "subtitle": ("Kertomus",),
            "author": ("Edna Quarles",),
            "original_place": ("Helsingissä",),
            "original_publisher": ("Kustannusosakeyhtiö Terva",),
            "original_date": ("1899",),
        },
    ),
    "french: the author above the title, a particle": (
        "EDNA D'OSTE\n\nLE BAC\n\nROMAN\n\nPARIS\nTRANTIER, ÉDITEUR\n\n1889\n\n\n\nÀ MON AMI PAUL",
        "LE BAC",
        {
            "author": ("Edna d’Oste",),
            "subtitle": ("Roman",),
            "original_place": ("Paris",),
            "original_publisher": ("Trantier, Éditeur",),
            "original_date": ("1889",),
        },
    ),
    "words and music": (
        "THE TARRED HAM\n\nA COMIC OPERA\n\nIN ONE ACT\n\nWords by E. QUARLES\nMusic by IB TRANTER",
        "THE TARRED HAM",
        {"subtitle": ("A Comic Opera", "In One Act"), "author": ("E. Quarles",)},
    ),
    "volumes, an office, the year below who it was printed for": (
        "A HISTORY OF ROPE\n\nFROM THE EARLIEST TIMES\n\nBY EDNA QUARLES, RECTOR OF OST\n\nIN TWO VOLUMES\n\nVOL. I\n\n"
        "OXFORD\nPRINTED FOR THE AUTHOR\n1794",
        "A HISTORY OF ROPE",
        {
            "subtitle": ("From the Earliest Times.", "Vol. I"),
            "author": ("Edna Quarles",),
            "original_place": ("Oxford",),
            "original_date": ("1794",),
        },
    ),
    "a genitive alone on its row, below the author": (
        "A. QUERCI\n\nLE AVVENTURE\nDI\nTIZZONE\n\nSTORIA DI UN SECCHIO\n\n\nFIRENZE\nPAGLIA EDITORE\n1883\n\n"
        "Firenze, 1883",
        "LE AVVENTURE DI TIZZONE",
        {
            "author": ("A. Querci",),
            "subtitle": ("Storia di un Secchio",),
            "original_place": ("Firenze",),
            "original_publisher": ("Paglia Editore",),
            "original_date": ("1883",),
        },
    ),
    "the same with room, and another that names the author": (
        "LE AVVENTURE\n\nDI\n\nTIZZONE\n\n\nDI\n\nEDNA QUARLES",
        "LE AVVENTURE DI TIZZONE",
        {"author": ("Edna Quarles",)},
    ),
    "a name, or what else it is called": (
        "MAX HOLLAR\n\nOF\n\nDE BOTERVEILING DER STAD\n\nDOOR\n\nQUERELUS\n\n\nROTTERDAM\nHOLLE & CO.\n1881",
        "MAX HOLLAR OF DE BOTERVEILING DER STAD",
        {
            "author": ("Querelus",),
            "original_place": ("Rotterdam",),
            "original_publisher": ("Holle & Co",),
            "original_date": ("1881",),
        },
    ),
    "a kind of book in capitals, below a title that is not": (
        "Aldine\n\nA TRAGEDY\n\nTRANSLATED FROM THE GERMAN OF EDNA QUARLES\n\nWITH NOTES BY IB TRANTER",
        "Aldine",
        {"subtitle": ("A Tragedy",), "author": ("Edna Quarles",), "translator": ("Ib Tranter",)},
    ),
    "a credit on three rows": (
        "THE OLD ROPE BOOK\n\nTranslated from the Frisian with Introduction\nand Critical Notes\n\nBY\n\n"
        "IB TRANTER, M.A.",
        "THE OLD ROPE BOOK",
        {"translator": ("Ib Tranter",)},
    ),
    "a name cut short with a colon, and where he studied": (
        "BOLOR: AN EPIC\n\nTRANSLATED FROM THE HALE-ORTIN TEXT\n\nBY\n\nJNO: ORLEY PELL, Ph. D. (Q.H.U.)",
        "BOLOR: AN EPIC",
        {"translator": ("Jno: Orley Pell",)},
    ),
    "a bookseller without his place, twice the year": (
        "THE OLD ROPE BOOK\n\n\nBy Edna Quarles\n\n\n1651\n\n\n\nPrinted for Ib Tranter,\nat the Green Anchor\n1651.",
        "THE OLD ROPE BOOK",
        {"author": ("Edna Quarles",), "original_publisher": ("Ib Tranter",), "original_date": ("1651",)},
    ),
    "two of one surname": (
        "THE OLD ROPE BOOK\n\nBy Edna Quarles\n\nTranslated by Orla and Ib van Dam",
        "THE OLD ROPE BOOK",
        {"author": ("Edna Quarles",), "translator": ("Orla van Dam", "Ib van Dam")},
    ),
    "where it was first played": (
        "LE PASSEUR DU QUAI\n\nROMAN EN TROIS ACTES\n\nPAR\n\nEDNA QUARLES\n\n"
        "Représentée pour la première fois à Paris, sur le Théâtre du Quai,\nle 28 décembre 1887.\n\n"
        "PARIS\nCORDIER-LENOIR, ÉDITEUR\n11, RUE DU BAC\n\n1888",
        "LE PASSEUR DU QUAI",
        {
            "subtitle": ("Roman en Trois Actes",),
            "author": ("Edna Quarles",),
            "original_place": ("Paris",),
            "original_publisher": ("Cordier-Lenoir, Éditeur",),
            "original_date": ("1888",),
        },
    ),
    "a subtitle that goes on in italics": (
        "THE LAST OF THE ROPES\n\nA\n_Legend in Verse_\n\nBY EDNA QUARLES",
        "THE LAST OF THE ROPES",
        {"subtitle": ("A", "Legend in Verse"), "author": ("Edna Quarles",)},
    ),
    "other books of hers": (
        "THE HEIRS OF OST\n\n\n_By the Same Author_\n\nTHE SILVER ROPE\nSEVEN KNOTS\n\n\nTHE HEIRS\nOF OST\n\nBY\n"
        "EDNA QUARLES\n\nTORONTO\nTRANTER & LOW, LIMITED",
        "THE HEIRS OF OST",
        {
            "author": ("Edna Quarles",),
            "original_place": ("Toronto",),
            "original_publisher": ("Tranter & Low, Limited",),
        },
    ),
}


@pytest.mark.parametrize(("page", "title", "wanted"), CLOSE.values(), ids=CLOSE)
@pytest.mark.parametrize("below", ["close", "chapters"])
def test_a_title_page_needs_no_room_around_it(
    page: str, title: str, wanted: dict[str, tuple[str, ...]], below: str, tmp_path: Path
) -> None:
    french = "ROMAN" in page
    prose = (
        "Le bac était encore en retard ce matin-là, et personne sur le quai ne\ndisait un mot au vieux passeur, qui"
        " avait vu de pires matins et le\ndisait aux mouettes pendant que la corde séchait.\n\n"
        if french
        else f"{TEXT}\n"
    )
    if below == "close" and (french or "\n\n\n" in page):
        pytest.skip("pages that have room around them")
    source = tmp_path / "close.txt"
    source.write_text(
        page + ("\n\n" + prose * 8 if below == "close" else CHAPTERS.replace(f"{TEXT}\n", prose)), encoding="utf-8"
    )
    read = read_source(source, Settings(), Report(), lambda stage: None)
    assert read.book.title == title
    assert {key: [one.replace("'", "’") for one in values] for key, values in read.page.fields.items()} == {
        key: list(values) for key, values in wanted.items()
    }


def test_the_second_row_of_a_title_in_a_header_is_the_subtitle(tmp_path: Path) -> None:
    source = tmp_path / "ferryman.txt"
    source.write_text(
        "Title: The Salt Gate\n       A Novel in Two Parts\n\nAuthor: Edna Quarles\n\n"
        "*** START OF THE PROJECT GUTENBERG EBOOK THE SALT GATE ***\n\n\nTHE SALT GATE\n\n_A Novel in Two Parts_\n\n"
        f"BY\n\nEDNA QUARLES\n{CHAPTERS}\n\n*** END OF THE PROJECT GUTENBERG EBOOK THE SALT GATE ***\n",
        encoding="utf-8",
    )
    read = read_source(source, Settings(), Report(), lambda stage: None)
    assert (read.book.title, read.page.fields["subtitle"]) == ("The Salt Gate", ("A Novel in Two Parts",))
