"""Sources with forms of their own: law, films and talks, classics, scripture, archives, in eight languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cite import looks_like_citation, parse, read
from pipeline.cite.exchange import csl_items
from pipeline.cite.special import special

WORD_FOR_WORD = {
    "legal_case": """
        BGH, Urteil vom 3. Mai 2011, Az. VI ZR 12/10.
        OLG Köln, Beschl. v. 3.4.2001 – 4 U 12/00
        BGHZ 12, 334, 337
        EuGH, Rs. C-12/95, Slg. 1997, I-123
        Case C-402/99 Lantern Board [2001] ECR I-4921.
        Cass. civ. 1re, 12 mars 2003, n° 01-14.512.
        CE, 3 mars 1999, Dupont, n° 123456
        Sentencia del Tribunal Supremo de 3 de mayo de 2001
        STS 123/2010, de 4 de mayo
        Cass., sez. un., 3 maggio 2001, n. 123
        HR 3 mei 1991, NJ 1991/123
        STF, RE 123.456, rel. Min. Lima, j. 3.5.2001
        Постановление Пленума Верховного Суда РФ от 3 мая 2001 г. № 5
    """,
    "legislation": """
        § 823 Abs. 1 BGB.
        art. 1382 C. civ.
        Art. 12 Cost.
        art. 6:162 BW
        ст. 15 ГК РФ
        Loi n° 78-17 du 6 janvier 1978
        Ley 12/1999, de 3 de mayo
        Legge 3 maggio 1999, n. 12
        Wet van 3 mei 1999, Stb. 1999, 12
        Lei n.º 12/99, de 3 de maio
        Федеральный закон от 3 мая 2001 г. № 12-ФЗ
        Regulation (EU) 2014/679
        33 U.S.C. § 1251
        Act of 3 May 1887 on Harbour Lights, ch. 9, 24 Stat. 100.
        Código de Faros, art. 12, § 1.
        4 Geo. II c. 12, s. 3
        Code rural, art. L. 4-12
    """,
    "interview": """
        Ruth Tallow, interview with the author, Leeds, 3 June 1978.
        Tallow, Ruth. Personal interview. 12 August 1990.
        Interview mit Hanna Wurt, Husum, 4. Juni 1991.
        Entretien avec Paul Marée, Brest, 12 mai 1988.
        Entrevista a Inés de la Roca, Vigo, 4 de mayo de 1999.
        Intervista a Aldo Faro, Genova, 4 maggio 1999.
        Interview met Jan de Boei, Utrecht, 4 mei 1999.
        Entrevista com Rosa Farol, Lisboa, 4 de maio de 1999.
        Интервью с А. К. Маяковой, Москва, 4 мая 1999 г.
    """,
    "classic": """
        Thuc. 2.41.
        Cic. Att. 4.1.2
        Hom. Il. 6.146-149
        Génesis 4:12
        Mt 5,3-12
        1 Kor 13,4
        Sure 2,255
        Salmo 23
        Быт 4:12
        Gen 1:1 (KJV)
        Eccles. 12:1-7
        Ecclus. 4:12
        Aristot. Meteor. 412b
        Livy 4.12.3
    """,
    "manuscript": """
        British Library, Add. MS 41205, fol. 17v.
        Archivo General de Simancas, Estado, legajo 512, fol. 9.
        Nationaal Archief, Den Haag, 2.05.80, inv.nr. 114.
        Archivio di Stato di Venezia, Senato Mar, busta 12, c. 4r
        Arquivo Nacional da Torre do Tombo, Chancelaria, liv. 4, fl. 12
        Landesarchiv Berlin, A Rep. 12, Nr. 4
        Bibliothèque nationale de France, ms. fr. 1234, fol. 9
        РГАЛИ. Ф. 12. Оп. 3. Д. 4
        Orme Parish Vestry Minutes, 3 July 1799, Orme Record Office, P 12/8/1
        Brief von Emil Zorn an Ada Kai, 3. 4. 1911, Nachlass Kai, Staatsbibliothek Dresden.
        A.D. Meuse, 4 E 212, f° 8 v°.
        Nachlass Kai, Kasten 3, Mappe 1, Stadtarchiv Husum.
        ASF, Scogli, 204
        Arch. mun. Quimper, FF 12, fol. 3
        Streekarchief Utrecht, Polders, inv.nr. 12, f. 4r
        MS Orme 12, fols 3r–4v
        ASVe, Fari, 12
        StadtA Lampe, Best. 4, Nr. 12
        ЦГИА СПб. Ф. 4. Оп. 2. Д. 9
        AHM, 2.ª divisão, cx. 4, n.º 12
        RHC Lampeland, arch. 4, inv.nr. 12
        県立図書館、写本12、3丁
    """,
    "article-newspaper": """
        The Moor Telegraph (Orme), 3 May 1921
        Quay Advertiser, May 3, 1921, p. 4
        Husumer Nachrichten vom 3. Mai 1921, S. 2
        Le Réveil du Goulet, 3 mai 1921, p. 2
        «Il Corriere di Lerma», 3 maggio 1921, p. 2
        La Voz de Vigo, 3 de mayo de 1921, p. 4
    """,
    "document": """
        CIL XI 44121
        BT-Drs. 4/4412, S. 9
        SC Res 4412, 3 May 1999
        ISO 4412:1999, § 2
    """,
    "entry-dictionary": """
        Lexicon of Lamps, 2nd ed., s.v. “Wick”
    """,
}
SAID = [(kind, line.strip()) for kind, lines in WORD_FOR_WORD.items() for line in lines.strip().splitlines()]


@pytest.mark.parametrize(("kind", "text"), SAID, ids=[text for _, text in SAID])
def test_what_names_no_work_keeps_its_words(kind: str, text: str) -> None:
    one = parse(text)
    assert (one.kind, one.verbatim) == (kind, True)
    assert looks_like_citation(text) >= 0.5
    assert [(item["type"], item["title"]) for item in csl_items([read(text)])] == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "kind", "title", "wanted"),
    [
        ("R v Tallow [1984] 1 WLR 204.", "legal_case", "R v Tallow", {"year": "1984"}),
        ("Quay v Moor Board (1871) LR 6 QB 97", "legal_case", "Quay v Moor Board", {"year": "1871"}),
        ("Clear Harbours Act, 33 U.S.C. § 1251 (1972).", "legislation", "Clear Harbours Act", {"year": "1972"}),
        ("Plato, Republic 514a.", "classic", "Republic", {"extra": "514a"}),
        ("Aristotle, Nicomachean Ethics 1094a1–5.", "classic", "Nicomachean Ethics", {"extra": "1094a1–5"}),
        ("Homer, Ilias 6,146", "classic", "Ilias", {"extra": "6,146"}),
        ("Dante, Inferno, III, 9", "classic", "Inferno", {"extra": "III, 9"}),
        ("Гомер, Илиада, VI, 146", "classic", "Илиада", {"extra": "VI, 146"}),
    ],
)
def test_what_has_a_title_is_a_work(text: str, kind: str, title: str, wanted: dict[str, str]) -> None:
    one = parse(text)
    assert (one.kind, one.parsed, one.fields.title) == (kind, True, title)
    assert {key: getattr(one.fields, key) for key in wanted} == wanted
    assert looks_like_citation(text) >= 0.5


@pytest.mark.parametrize(
    ("text", "director", "year"),
    [
        ("The Keeper’s Watch, directed by Ana Faro (Madrid: Cine Sur, 1971), film.", "Faro", 1971),
        ("The Keeper’s Watch (1971), dir. Ana Faro", "Faro", 1971),
        ("Der Leuchtturm im Eis, Regie: Jonas Wurt, BRD 1968.", "Wurt", 1968),
        ("Le Gardien du phare, réal. Paul Marée, France, 1954.", "Marée", 1954),
        ("El farero, dir. Inés de la Roca (España, 1961)", "de la Roca", 1961),
        ("Il guardiano, regia di Aldo Neri, Italia 1963", "Neri", 1963),
        ("De vuurtorenwachter, regie Jan de Boei, Nederland 1972", "de Boei", 1972),
        ("O faroleiro, realização de Rosa Lima, Portugal, 1980", "Lima", 1980),
        ("Смотритель, реж. Анна Лебедева, СССР, 1975", "Лебедева", 1975),
    ],
)
def test_a_film_has_a_director(text: str, director: str, year: int) -> None:
    (item,) = csl_items([read(text)])
    assert item["type"] == "motion_picture"
    assert item["director"][0]["family"] == director
    assert item["issued"] == {"date-parts": [[year]]}
    assert looks_like_citation(text) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Gen 12 men went to the quay.",
        "Rom, den 4. Mai 1911",
        "Art. 4 was never read by anyone.",
        "BBC, 4 May: nothing on the air.",
        "She was interviewed with 12 others in 1911.",
        "Mark 12 lamps with a cross.",
        "R v",
        "USA, NY, 12 May",
        "Anna, Leith, 3, 4",
        "Act I, scene 2",
        "In re 4",
        "This letter, Quay Record Office, MS 12, has been copied and can be read here:",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert special(text) is None


@given(st.text(alphabet="AaBv .,;:()[]§0123456789IVXСтф-–«»“”", max_size=200))
def test_no_line_raises_an_error(text: str) -> None:
    special(text)
