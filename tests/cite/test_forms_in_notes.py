"""Footnotes: what has a form of its own is found whatever stands beside it, and taken apart as it stands."""

from __future__ import annotations

import pytest

from pipeline.cite.footnotes import references
from pipeline.cite.forms_in_notes import by_form

LAW = [
    (
        "See Orr v. Board of Pilots [1931] AC 44, 51; and Quill v Moor (1870) LR 4 HL 12.",
        [
            {"title": "Orr v. Board of Pilots", "date": "1931", "container": "AC", "page": "44", "cited": "51"},
            {"title": "Quill v Moor", "date": "1870", "volume": "4", "page": "12"},
        ],
    ),
    (
        "3 In re Lamp Estate, 14 F.3d 12, 17 (2d Cir. 1990); Tallow Act 1911, s. 4.",
        [
            {"title": "In re Lamp Estate", "volume": "14", "container": "F.3d", "cited": "17", "date": "1990"},
            {"title": "Tallow Act", "date": "1911", "cited": "s. 4"},
        ],
    ),
    (
        "§ 12 Abs. 2 ZPO; BGHZ 14, 30 (33); BGH, Urteil vom 4. Mai 1987 – IV ZR 3/86.",
        [
            {"title": "ZPO", "cited": "§ 12 Abs. 2"},
            {"container": "BGHZ", "volume": "14", "page": "30", "cited": "33"},
            {"title": "BGH, Urteil vom 4. Mai 1987 – IV ZR 3/86", "date": "4. Mai 1987"},
        ],
    ),
    (
        "9 Loi n° 61-12 du 3 mars 1961 relative aux digues, art. 4 ; art. 12 C. civ.",
        [
            {"title": "Loi n° 61-12 relative aux digues", "date": "3 mars 1961", "cited": "art. 4"},
            {"title": "C. civ.", "cited": "art. 12"},
        ],
    ),
    (
        "Véase la Ley 4/1981, de 3 de mayo, de Faros, art. 2, y la STS 11/1999, de 4 de junio.",
        [{"title": "Ley 4/1981 de Faros", "date": "1981", "cited": "art. 2"}, {"title": "STS 11/1999"}],
    ),
    (
        "Legge 3 maggio 1961, n. 12, art. 4; Cass. civ., sez. un., 4 maggio 1971, n. 31.",
        [
            {"title": "Legge n. 12", "date": "3 maggio 1961", "cited": "art. 4"},
            {"title": "Cass. civ., sez. un., n. 31", "date": "4 maggio 1971"},
        ],
    ),
]
OTHERS = [
    (
        "1 Lamp Town Archives, Pilots’ Papers, PP 3/4, fol. 2r, Ada Orr to the Guild, 3 May 1811.",
        [
            {
                "container": "Lamp Town Archives",
                "title": "Ada Orr to the Guild",
                "date": "3 May 1811",
                "cited": "fol. 2r",
            }
        ],
    ),
    (
        "Stadtarchiv Husum, Bestand 4, Nr. 12, Bl. 9, Eingabe der Lotsen vom 4. Juni 1811.",
        [{"container": "Stadtarchiv Husum", "title": "Eingabe der Lotsen", "date": "4. Juni 1811", "cited": "Bl. 9"}],
    ),
    ("См.: ГАЛО. Ф. 3. Оп. 2. Д. 14. Л. 7.", [{"container": "ГАЛО", "cited": "Л. 7"}]),
    (
        "12 Hom. Il. 6.146; cf. Thuc. 2.41; Gen. 4:12.",
        [
            {"author": ["Hom"], "title": "Il.", "cited": "6.146"},
            {"author": ["Thuc"], "cited": "2.41"},
            {"title": "Gen.", "cited": "4:12"},
        ],
    ),
    (
        "So it is told (Mt 5,3), and nowhere else.",
        [{"title": "Mt", "cited": "5,3"}],
    ),
    (
        "5 The Keeper’s Watch, directed by Ana Faro (Cine Sur, 1971).",
        [{"title": "The Keeper’s Watch", "date": "1971", "publisher": "Cine Sur"}],
    ),
    (
        "Ruth Tallow, interview with the author, Leeds, 3 June 1978.",
        [{"author": ["Ruth Tallow"], "title": "interview with the author", "place": "Leeds", "date": "3 June 1978"}],
    ),
    (
        "2 The Moor Post, 3 May 1921, p. 4; Husumer Bote vom 9. Februar 1861, S. 2.",
        [
            {"container": "The Moor Post", "date": "3 May 1921", "cited": "p. 4"},
            {"container": "Husumer Bote", "date": "9. Februar 1861", "cited": "S. 2"},
        ],
    ),
    ("Orr, Nets, 77; ASV, Senato Mar, reg. 4, c. 9r.", [{"cited": "77"}, {"container": "ASV", "cited": "c. 9r"}]),
    ("C. pén., art. 12-3; ст. 15 ГК РФ", [{"title": "C. pén.", "cited": "art. 12-3"}, {"title": "ГК РФ"}]),
    (
        "2 CIL XI 4412; P.Oxy. IV 712, ll. 3–5; BWV 812; ПСРЛ. Т. 4. Стб. 12.",
        [
            {"title": "CIL", "volume": "XI", "cited": "4412"},
            {"title": "P.Oxy.", "volume": "IV", "cited": "712, ll. 3–5"},
            {"title": "BWV", "cited": "812"},
            {"title": "ПСРЛ", "volume": "Т. 4", "cited": "Стб. 12"},
        ],
    ),
    (
        "UN Doc. A/RES/4/12, 3 May 1951, para. 2; Richtlinie 1991/4/EG, Art. 3; ISO 4412:1999, § 2.",
        [
            {"title": "UN Doc. A/RES/4/12", "date": "3 May 1951", "cited": "para. 2"},
            {"title": "Richtlinie 1991/4/EG", "cited": "Art. 3"},
            {"title": "ISO 4412:1999", "cited": "§ 2"},
        ],
    ),
    (
        "HC Deb 3 May 1911, vol 12, col 44; BT-Drs. 4/12, S. 9; HR 4 mei 1971, NJ 1972, 33.",
        [
            {"title": "HC Deb", "date": "3 May 1911", "volume": "12", "cited": "44"},
            {"title": "BT-Drs. 4/12", "cited": "S. 9"},
            {"title": "HR 4 mei 1971", "container": "NJ", "page": "33"},
        ],
    ),
    (
        "Lexicon of Lamps, 2nd ed., s.v. “wick”; Livy 4.12.",
        [{"container": "Lexicon of Lamps", "title": "wick"}, {"author": ["Livy"], "cited": "4.12"}],
    ),
    ("4 BArch, R 4/1812, unfol.", [{"container": "BArch", "title": None, "date": None}]),
    ("Infra, chap. III; see below, pp. 4–9.", [{"ref": "Infra, chap. III"}, {"ref": "below, pp. 4–9"}]),
    ("4 Siehe oben Anm. 12.", [{"ref": "oben Anm. 12"}]),
    ("Voir supra, note 3.", [{"ref": "supra, note 3"}]),
]


@pytest.mark.parametrize(("note", "wanted"), [*LAW, *OTHERS], ids=lambda said: said if isinstance(said, str) else "")
def test_what_has_a_form_of_its_own(note: str, wanted: list[dict[str, object]]) -> None:
    said = [one.json() for one in references(note)]
    assert [{key: one.get(key) for key in parts} for one, parts in zip(said, wanted, strict=True)] == wanted


def test_books_beside_a_case_are_read_as_ever() -> None:
    book = "A. Orr, The Law of Nets (1961) 44"
    (alone,) = references(f"{book}.")
    case, beside = references(f"4 Quill v. Moor, 12 U.S. 4 (1911); see also {book}.")
    assert beside.parts == alone.parts
    assert case.parts["title"] == ["Quill v. Moor"]


@pytest.mark.parametrize(
    "note",
    [
        "4 The keepers went to law in 1911, and lost.",
        "Nobody can act against the code of the coast.",
        "In Article 4 he says that all of it is art.",
        "2 Die Akten des Archivs sind verbrannt.",
    ],
)
def test_sentences_have_no_such_form(note: str) -> None:
    assert not list(by_form(note))


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        (
            "5 “Pilots Refuse to Sail,” Moor Echo, 17 June 1911, p. 3.",
            {"title": "Pilots Refuse to Sail", "container": "Moor Echo", "volume": None},
        ),
        (
            "Ada Orr, “Lamps of the North,” Lamp Trust, https://www.example.org/lamps (accessed 9 March 2014).",
            {"title": "Lamps of the North", "date": None},
        ),
    ],
)
def test_a_day_is_no_volume_and_a_visit_no_year(note: str, wanted: dict[str, object]) -> None:
    (one,) = (one.json() for one in references(note))
    assert {key: one.get(key) for key in wanted} == wanted
