"""Sources that are not whole references: words that point back, several works in one, sources known by their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.build import read_source
from pipeline.cite import gather, looks_like_citation, parse
from pipeline.cite.back import points_back, resolve
from pipeline.cite.extracts import is_work
from pipeline.cite.several import taken_apart
from pipeline.kinds.attribution import fields_of
from pipeline.model import Citation, Role
from pipeline.report import Report
from pipeline.settings import Settings
from tests.written import write_markdown

NET = "Orr, Anna. The Long Net. London: Quay Press, 1931, p. 14"
SALT = "Orr, Anna. Salt and Tallow. London: Quay Press, 1935, p. 2"
LAMP = "Quill, Ruth. The Lamp. York: Fell & Co., 1938, p. 7"


def cited(lines: Sequence[str]) -> tuple[list[tuple[str, str]], Report]:
    """Return title and pages of each citation, in order; no title where it names no work."""
    report = Report()
    read: list[Citation] = [replace(taken_apart(line), line=n) for n, line in enumerate(lines, 1)]
    given, works = gather(resolve(read, report))
    titles = {work.id: str(work.csl["title"]) for work in works}
    return [
        (titles.get(one.work or "", ""), one.fields.locator) for whole in given for one in (whole, *whole.also)
    ], report


@pytest.mark.parametrize(
    ("line", "title", "pages"),
    [
        ("Ibid., p. 31", "The Lamp", "31"),
        ("Ibid.", "The Lamp", "7"),
        ("Ebd., S. 9", "The Lamp", "9"),
        ("Ibídem, pág. 9", "The Lamp", "9"),
        ("Orr, Net, 2:14", "The Long Net", "2:14"),
        ("ibidem, 12", "The Lamp", "12"),
        ("Там же. С. 12", "The Lamp", "12"),
        ("Loc. cit.", "The Lamp", "7"),
        ("Quill, op. cit., p. 44", "The Lamp", "44"),
        ("Quill, a.a.O., S. 44 ff.", "The Lamp", "44 ff."),
        ("Quill (n 12) 44", "The Lamp", "44"),
        ("Quill, p. 8", "The Lamp", "8"),
        ("Ruth Quill, The Lamp, 9", "The Lamp", "9"),
        ("Orr, Long Net, 14", "The Long Net", "14"),
        ("Orr, Salt, p. 3", "Salt and Tallow", "3"),
        ("Orr 1931, 15", "The Long Net", "15"),
    ],
)
def test_what_points_back_is_the_work_cited_before(line: str, title: str, pages: str) -> None:
    found, report = cited([NET, SALT, LAMP, line])
    assert found[-1] == (title, pages)
    assert [one.code for one in report.findings] == ["citation-bound"]


@pytest.mark.parametrize("line", ["Orr, op. cit., p. 9", "Orr, a.a.O., S. 9", "Orr, p. 9"])
def test_where_several_works_could_be_meant_the_report_says_which_was_taken(line: str) -> None:
    found, report = cited([NET, SALT, line])
    assert found[-1] == ("Salt and Tallow", "9")
    (told,) = [one for one in report.findings if one.code == "citation-ambiguous"]
    assert "Salt and Tallow" in told.message
    assert "The Long Net" in told.message


@pytest.mark.parametrize("line", ["Ibid., p. 4", "Marsh, op. cit., p. 3", "A.a.O., S. 4"])
def test_what_points_to_nothing_names_no_work(line: str) -> None:
    found, report = cited([line])
    assert found == [("", "")]
    assert [one.code for one in report.findings] == ["citation-points-to-nothing"]


def test_ibid_behind_a_source_that_could_not_be_read_names_nothing_before_it() -> None:
    found, _ = cited([NET, "???", "Ibid., p. 4"])
    assert found[-1] == ("", "")


@pytest.mark.parametrize("dash", ["———. ", "---. ", "Ders.: ", "Idem, "])
def test_a_dash_stands_for_the_author_before(dash: str) -> None:
    found, report = cited([LAMP, f"{dash}The Iron Hook. London: Quay Press, 1934, p. 2"])
    assert found[-1] == ("The Iron Hook", "2")
    assert "Ruth Quill" in report.findings[-1].message


@pytest.mark.parametrize("line", ["Ibid.", "Ebd., S. 4", "Orr, op. cit., p. 4", "a.a.O., S. 12 f."])
def test_words_that_point_back_are_told(line: str) -> None:
    assert points_back(line)


@pytest.mark.parametrize("line", [NET, "The harbour was quiet, op. 12 was played, and all went home.", "Idle hands."])
def test_other_lines_do_not_point_back(line: str) -> None:
    assert not points_back(line)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "See Anna Orr, The Long Net (London: Quay Press, 1932), p. 14; but for another opinion, Ruth Quill, "
            "The Lamp (York: Fell & Co., 1938), pp. 30-4.",
            [("See", "The Long Net", "14"), ("but for another opinion,", "The Lamp", "30-4")],
        ),
        (
            "Orr, Anna. The Long Net. London: Quay, 1931, p. 3; Quill, Ruth. The Lamp. Leeds: Moor, 1940, p. 9",
            [("", "The Long Net", "3"), ("", "The Lamp", "9")],
        ),
        (
            "Vgl. Wurt, Onno: Ebbe. Emden: Flut, 1979, S. 4; dazu auch Priel, Uwe: Die Flut. Bremen: Moor, 1981, S. 8",
            [("Vgl.", "Ebbe", "4"), ("dazu auch", "Die Flut", "8")],
        ),
        ("Orr, Anna. Nets; Their Making. London: Quay, 1931, p. 3", [("", "Nets; Their Making", "3")]),
    ],
)
def test_several_works_in_one_citation_have_their_own_pages(line: str, wanted: list[tuple[str, str, str]]) -> None:
    whole = taken_apart(line)
    assert [(one.lead, one.fields.title, one.fields.locator) for one in (whole, *whole.also)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Van den Bosk, Cornelis. Wind. Leiden: Bril, 1950, p. 4", [("Van den Bosk", "Cornelis")]),
        ("St. Clare, Anna. Locks. Deal: Harrow & Sons, 1888, p. 8", [("St. Clare", "Anna")]),
        (
            "von Hollen, Ernst & Ibn Sadiq, Omar. Strom. Wien: Rad, 1912, S. 7",
            [("von Hollen", "Ernst"), ("Ibn Sadiq", "Omar")],
        ),
        ("Sadik El Bahri. Les barques. Tunis: Cérame, 1974, p. 2", [("El Bahri", "Sadik")]),
        ("Sir Henry Orr. The Gate. London: Quay, 1871, p. 2", [("Orr", "Sir Henry")]),
        ("Orr, Basil, III. The Keeper. Chicago: Lamp, 1961, p. 8", [("Orr", "Basil, III")]),
        ("Bosk, C. van den, “Locks,” Canal Papers 7:3 (1998), p. 12", [("van den Bosk", "C.")]),
        ("De la Mer, Jean. Le Sel. Paris: Aube, 1950, p. 3", [("De la Mer", "Jean")]),
    ],
)
def test_compound_names(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(name.family, name.given) for name in parse(text).fields.author] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Quill, Ruth, “Locks,” Canal Papers 4:1 (1998), 9-30, https://doi.org/10.5555/ws.4, p. 12",
            {"page": "9-30", "locator": "12", "doi": "10.5555/ws.4", "volume": "4", "issue": "1", "extra": ""},
        ),
        (
            "Tallow A, Quill R. Gates and keepers. Lamp Stud. 2003;7(2):61-8",
            {"container": "Lamp Stud", "year": "2003", "volume": "7", "issue": "2", "page": "61-8"},
        ),
        (
            "Skerry History Group, “The Slipway,” https://example.org/slip, accessed 3 May 2019",
            {"title": "The Slipway", "url": "https://example.org/slip", "accessed": "3 May 2019"},
        ),
        (
            "Tallow, Amos. Letter to R. Quill, 3 June 1871. MS 57, fol. 2, Town Archive, Skerry",
            {
                "title": "Letter to R. Quill",
                "year": "1871",
                "date": "3 June",
                "extra": "MS 57, fol. 2, Town Archive, Skerry",
            },
        ),
        ("[Anon.] The Keeper’s Almanack, n.p., n.d.", {"title": "The Keeper’s Almanack", "extra": "n.p., n.d."}),
    ],
)
def test_sources_that_are_no_books(text: str, wanted: dict[str, str]) -> None:
    fields = parse(text).fields
    assert {key: getattr(fields, key) for key in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("Tallow v. Quill Harbour Board, 214 U.S. 88, 91 (1909)", "legal_case", "Tallow v. Quill Harbour Board"),
        ("Re Skerry Light [1923] 2 KB 441", "legal_case", "Re Skerry Light"),
        ("Lighthouses (Keepers’ Pay) Act 1884, s. 12(3)", "legislation", "Lighthouses (Keepers’ Pay) Act"),
        ("Skerrion, On Harbours, 2.35.1", "classic", "On Harbours"),
        ("St Ambrold, Confessions, bk 3, ch. 4", "classic", "Confessions"),
        ("Genesis 11:4", "classic", ""),
        ("1 Cor. 13:4–7", "classic", ""),
        ("BArch, R 58/1027, Bl. 44", "manuscript", ""),
        ("ГАРФ. Ф. 7523. Оп. 12. Д. 44. Л. 3", "manuscript", ""),
        ("Lesquin, Jérôme. The Wreckers. PhD diss., University of the Coast, 1998, p. 403", "thesis", "The Wreckers"),
        ("Quill, R.: Salz und Licht. Diss. Kiel 1934, S. 12", "thesis", "Salz und Licht"),
        ("Ключев И. П. Маяк // Вестник моря. 1999. № 3. С. 45", "article-journal", "Маяк"),
        (
            "Orr, A. (2001). Nets and knots. Sea Studies, 12(3), 45–60. https://doi.org/10.5555/s.1",
            "article-journal",
            "Nets and knots",
        ),
        (
            "Marsh, J., & Orr, A. (2010). Tides. In R. Quill (Ed.), Sea books (pp. 33–57). Quay Press.",
            "chapter",
            "Tides",
        ),
    ],
)
def test_sources_of_many_disciplines(text: str, kind: str, title: str) -> None:
    one = parse(text)
    assert (one.kind, one.fields.title) == (kind, title)
    assert looks_like_citation(text) >= 0.5


@pytest.mark.parametrize(
    "text",
    [
        "At 11:40 the lamp was lit.",
        "Anna, Ruth, and 12 others came.",
        "Chapter 3.2",
        "Monday 11:40",
        "The Harbour Act was passed in 1884.",
    ],
)
def test_lines_that_have_no_form_of_their_own(text: str) -> None:
    assert looks_like_citation(text) < 0.5


EXTRACTS = (
    "The clerk counted the sacks at noon and locked the store before he went to dinner.",
    "When the fog came in they rang the bell by hand for three days and nights without rest.",
    "Nobody in the harbour could say who had first lit the lamp on the outer mole or why.",
    "In March the ice came down, broke two piers, and carried off a boat with all its ropes.",
    "Where no wind comes the water moves all the same, and whatever floats goes up and down.",
)


def compendium(sources: Sequence[str], tmp_path: Path) -> tuple[list[tuple[int, int] | None], str, Report]:
    """Return which lines each citation covers, ``book.md``, and the report of a text of extracts with their sources."""
    text = (
        "A Compendium of Lamps\n\n\n" + "\n\n".join(f"{a}\n{b}" for a, b in zip(EXTRACTS, sources, strict=False)) + "\n"
    )
    path = tmp_path / "lamps.txt"
    path.write_text(text, encoding="utf-8")
    report = Report()
    reading = read_source(path, Settings(), report, lambda _stage: None)
    return (
        [one.covers for one in reading.citations],
        write_markdown(reading.book, Settings(), lang=reading.lang),
        report,
    )


@pytest.mark.parametrize(
    "unread",
    [
        "Ruth Quill to the Skerry Rope Circle, Leith, autumn 1978",
        "Inscription on the west wall, Skerry Chapel, c. 1720",
        "Papers of the Quill family at Skerry House, bundle 14",
        "Heard at the Harbour Hour, Skerry, in October 1957",
    ],
)
def test_a_source_that_is_not_understood_closes_its_extract(unread: str, tmp_path: Path) -> None:
    """It stands word for word in its note, is reported, and its extract is not given to the next source."""
    covers, markdown, report = compendium([NET, unread, SALT, LAMP, "Ibid., p. 9"], tmp_path)
    assert covers == [(4, 4), (7, 7), (10, 10), (13, 13), (16, 16)]
    assert "[^c8]: " in markdown
    assert [one.line for one in report.findings if one.code in ("source-by-place", "citation-unparsed")]


def test_where_every_extract_has_one_line_below_a_single_source_makes_the_habit(tmp_path: Path) -> None:
    unread = "Ruth Quill in conversation with the compiler, Leith, autumn 1978"
    covers, _, _ = compendium([unread, "Skerry Chapel, west wall, inscription of c. 1720", NET], tmp_path)
    assert covers == [(4, 4), (7, 7), (10, 10)]


def test_sources_that_stand_apart_from_their_extracts(tmp_path: Path) -> None:
    sources = (NET, "Ruth Quill in conversation with the compiler, Leith, autumn 1978", SALT, LAMP, "Orr, Long Net, 90")
    path = tmp_path / "lamps.txt"
    path.write_text(
        "A Book of Lamps\n\n\n" + "\n\n".join(f"{a}\n\n{b}" for a, b in zip(EXTRACTS, sources, strict=True))
    )
    reading = read_source(path, Settings(), Report(), lambda _stage: None)
    assert [one.covers for one in reading.citations] == [(4, 4), (8, 8), (12, 12), (16, 16), (20, 20)]
    short = reading.citations[-1].fields
    assert (short.title, short.year, short.locator) == (reading.citations[0].fields.title, "1931", "90")


def test_sentences_in_the_place_of_sources_stay_text(tmp_path: Path) -> None:
    covers, _, _ = compendium([NET, "And so it was said that nobody was there.", SALT, LAMP, NET], tmp_path)
    assert covers == [(4, 4), (7, 10), (13, 13), (16, 16)]


def test_the_words_between_two_works_stand_in_the_note(tmp_path: Path) -> None:
    both = (
        "See Anna Orr, The Long Net (London: Quay, 1931), p. 14; but cf. Ruth Quill, The Lamp (Leeds: Moor, 1940), p. 2"
    )
    _, markdown, _ = compendium([both, NET, LAMP], tmp_path)
    assert "[See @orr1931long, p. 14; but cf. @quill1940lamp, p. 2]" in markdown


def test_sources_at_the_ends_of_paragraphs_become_notes_where_the_text_has_that_habit(tmp_path: Path) -> None:
    ends = (f"({NET})", "", f"({LAMP})", "", "[Anna Orr, Salt and Tallow (London: Quay Press, 1935), p. 2]")
    path = tmp_path / "lamps.txt"
    path.write_text("A Book of Lamps\n\n\n" + "\n\n".join(f"{a} {b}" for a, b in zip(EXTRACTS, ends, strict=True)))
    reading = read_source(path, Settings(), Report(), lambda _stage: None)
    assert [(one.covers, one.fields.title) for one in reading.citations] == [
        ((4, 4), "The Long Net"),
        ((8, 8), "The Lamp"),
        ((12, 12), "Salt and Tallow"),
    ]
    markdown = write_markdown(reading.book, Settings(), lang=reading.lang)
    assert "he went to dinner.[^c4]" in markdown
    assert "Quay Press, 1931" not in markdown


def test_one_source_at_the_end_of_a_paragraph_is_text(tmp_path: Path) -> None:
    path = tmp_path / "lamps.txt"
    path.write_text("A Book of Lamps\n\n\n" + "\n\n".join((f"{EXTRACTS[0]} ({NET})", *EXTRACTS[1:])))
    reading = read_source(path, Settings(), Report(), lambda _stage: None)
    assert reading.citations == ()
    assert [one.role for one in reading.decisions[1:]] == [Role.PARAGRAPH] * 5


def test_whom_a_dash_was_taken_for_is_said(tmp_path: Path) -> None:
    _, _, report = compendium([NET, "———. Salt and Tallow. London: Quay Press, 1935, p. 2", LAMP], tmp_path)
    assert "author-repeated" in [one.code for one in report.findings]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        (
            "See Orr, Salt, p. 5; but cf. Carl Boe, The Forge (Leeds: Moor, 1933), p. 8.",
            [("Salt and Tallow", "5"), ("The Forge", "8")],
        ),
        ("Vgl. Orr, Long Net, S. 9", [("The Long Net", "9")]),
        ("Orr (see note 1), p. 50", [("The Long Net", "50")]),
        ("See note 2 above, p. 6", [("Salt and Tallow", "6")]),
        ("Quill, “Lamp,” 35", [("The Lamp", "35")]),
        ("Quill, a.a.O., Sp. 12", [("The Lamp", "12")]),
        ("Idem, Lamp, p. 5", [("The Lamp", "5")]),
        (
            "Boe to Quill, 3 May 1911, aangehaald bij R. Quill, The Lamp (York: Fell & Co., 1938), p. 9",
            [("The Lamp", "9")],
        ),
    ],
)
def test_short_forms_among_other_words_are_bound(line: str, wanted: list[tuple[str, str]]) -> None:
    found, _ = cited([NET, SALT, LAMP, line])
    assert found[3:] == wanted


def test_several_short_forms_behind_a_signal_are_each_bound() -> None:
    found, _ = cited([NET, LAMP, "See Orr, Net, 44; and for the contrary view, Quill, Lamp, 12"])
    assert found[-2:] == [("The Long Net", "44"), ("The Lamp", "12")]


def test_what_stands_in_the_place_of_sources_is_a_work_by_its_editor_or_its_paper() -> None:
    for line in ("Sal, Pedro (ed.): Cartas. Cádiz: Muelle, 1999, p. 8", "« Un noyé », Le Courrier, 9 mai 1888, p. 2"):
        assert is_work(taken_apart(line))
    assert not is_work(taken_apart("Told by a neighbour at the fair"))


def test_a_russian_source_in_sentences_keeps_both_initials() -> None:
    fields = fields_of("Ольхин И. П. Фитиль и ветер. М.: Паром, 1934. С. 22.")
    assert fields is not None
    assert (fields.author[0].given, fields.title, fields.locator) == ("И. П.", "Фитиль и ветер", "22")
    assert looks_like_citation("Ольхин И. П. Указ. соч. С. 61.") >= 0.8


def test_a_source_right_below_a_line_of_prose_is_one_though_the_lines_are_of_one_width(tmp_path: Path) -> None:
    two = [f"{extract}\nThe second line of it is as long as the one above it was." for extract in EXTRACTS]
    path = tmp_path / "nets.txt"
    sources = (NET, "Anonymous, The Net (n.p., [1790?]), 14.", LAMP, "See above, n. 2.", "Orr, Net, 8.")
    pairs = zip(two, sources, strict=True)
    path.write_text("Nets\n\n\n" + "\n\n".join(f"{a}\n{b}" for a, b in pairs) + "\n", encoding="utf-8")
    reading = read_source(path, Settings(), Report(), lambda _stage: None)
    assert [one.covers for one in reading.citations] == [(4, 5), (8, 9), (12, 13), (16, 17), (20, 21)]


def test_sources_in_scripts_written_without_spaces_close_their_extracts(tmp_path: Path) -> None:
    sources = (
        "林海：《灯芯》，沙真译，北京：渡口社，1934年，第22页。",
        "同上，第25页。",
        "王盐：《盐》，《海岸》1971年第3期，第2页。",
    )
    words = "守灯人在四点剪一次灯芯，九点又剪一次，不管那天夜里天气怎样。"
    path = tmp_path / "deng.txt"
    path.write_text("灯塔文选\n\n\n" + "\n\n".join(f"{words}\n{one}" for one in sources) + "\n", encoding="utf-8")
    reading = read_source(path, Settings(), Report(), lambda _stage: None)
    assert [(one.covers, one.fields.title, one.fields.locator) for one in reading.citations] == [
        ((4, 4), "灯芯", "22"),
        ((7, 7), "灯芯", "25"),
        ((10, 10), "盐", "2"),
    ]


def test_a_family_may_stand_without_its_particles_where_it_is_cited_again() -> None:
    found, _ = cited(["PRADO, Rui do. Fornos. Porto: Douro, 1970, p. 9", LAMP, "Prado, op. cit., p. 20"])
    assert found[-1] == ("Fornos", "20")


def test_a_source_right_below_a_wrapped_paragraph_is_the_source_alone(tmp_path: Path) -> None:
    rows = ["A Reader of Ropes", "", ""]
    for page in range(2, 8):
        rows += [
            f"The rope lay for {page} winters in the loft of the mill, until",
            "somebody thought of asking the widow whose it was, and she",
            "could not say.",
            f"Ruth Quill, The Lamp (York: Fell & Co., 1938), p. {page}.",
            "",
        ]
    path = tmp_path / "ropes.txt"
    path.write_text("\n".join(rows), encoding="utf-8")
    read = read_source(path, Settings(title="Ropes"), Report(), lambda stage: None)
    assert [one.covers for one in read.citations] == [(n, n + 2) for n in range(4, 34, 5)]
    assert {one.fields.title for one in read.citations} == {"The Lamp"}


def test_a_source_with_two_families_and_one_by_its_kind_are_bound() -> None:
    found, _ = cited(
        [
            "Ruiz Barro, Pilar: El barro y la villa, Burgos, Páramo, 1988, p. 12.",
            "Ruiz Barro, op. cit., p. 44; véase también Tomás Teja, Tejas (Madrid: Alba, 1990), p. 3.",
            "Carta de Teja a Ruiz, 3 de julio de 1899, citada en Tomás Teja, Tejas (Madrid: Alba, 1990), p. 70.",
        ]
    )
    assert found == [("El barro y la villa", "12"), ("El barro y la villa", "44"), ("Tejas", "3"), ("Tejas", "70")]
