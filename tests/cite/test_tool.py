"""``octavo cite``: references in, data out; whatever stands on a line."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cite import looks_like_citation, read
from pipeline.cite.back import resolve
from pipeline.cite.exchange import bibtex, csl_items, ris
from pipeline.cite.footnotes import found, mended, references
from pipeline.cite.listing import entries
from pipeline.cite.several import taken_apart
from pipeline.cite.tool import converted, noted, segmented, works
from pipeline.cli import main
from pipeline.report import Report

BOOK = "Orr, Anna. The Herring Years. Boston: The Quay Press, 1931."
ARTICLE = "Tallow A, Quill R. Fog signals and hearing loss. Harbour Stud. 2003;7(2):61-8. doi:10.5555/hs.61"


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        (BOOK, "book", {"title": "The Herring Years", "publisher": "The Quay Press", "publisher-place": "Boston"}),
        (ARTICLE, "article-journal", {"volume": "7", "issue": "2", "page": "61-8", "DOI": "10.5555/hs.61"}),
        (
            'Quill, Ruth. "The Dry Dock." In Water Works, edited by Una Skerry, 45-60. York: Fell & Co., 1938.',
            "chapter",
            {"title": "The Dry Dock", "container-title": "Water Works", "page": "45-60"},
        ),
        ("Озёров П. И. Северный маяк. М.: Прибой, 1988.", "book", {"title": "Северный маяк", "publisher": "Прибой"}),
        (
            "Marée-Latour, Hélène, Le Sel et la lampe, Brest, Éditions du Goulet, 1987.",
            "book",
            {"title": "Le Sel et la lampe", "publisher-place": "Brest"},
        ),
        (
            "Hay, Ann Jr. and Ian St. Clair (eds), Tides in Common (4th edn, Leith University Press 2009) 45–47.",
            "book",
            {"title": "Tides in Common", "edition": "4th edn", "publisher": "Leith University Press"},
        ),
        (
            "Tordo, Vera (a cura di), La nebbia, Genova, Scoglio, 1967.",
            "book",
            {"title": "La nebbia", "editor": [{"family": "Tordo", "given": "Vera"}]},
        ),
        (
            "Orr, Una. Nets for All. Coast Monthly, 12(3), 14–33. https://doi.org/10.5555/cm.8",
            "article-journal",
            {"volume": "12", "issue": "3", "DOI": "10.5555/cm.8"},
        ),
        (
            "U. Hay, ‘Fog and Fault’ (2002) 63 Leith Law Review 113, 119.",
            "article-journal",
            {"title": "Fog and Fault", "container-title": "Leith Law Review", "volume": "63", "page": "113"},
        ),
        (
            "The Dry Dock. Dir. Vera Hay. Prod. Ian Lull. Tern Pictures, 1968. Film.",
            "motion_picture",
            {"publisher": "Tern Pictures", "director": [{"family": "Hay", "given": "Vera"}]},
        ),
    ],
)
def test_references_of_many_kinds_become_items(text: str, kind: str, wanted: dict[str, str]) -> None:
    (item,) = csl_items([read(text)])
    assert item["type"] == kind
    assert {key: item.get(key) for key in wanted} == wanted


NET = "Anna Orr, The Long Net (Leith: Quay, 1931), p. 4"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ([f"(1) Compare {NET}.", "(2) Ibid., p. 9.", "(3) Orr, Long Net, 14.", "See note 1."], ["The Long Net"]),
        ([f"[7] {NET}.", "[8] Orr, op. cit., p. 3.", "[9] Orr, Long Net, see note 7."], ["The Long Net"]),
        (
            [f"5. See {NET}; and for the contrary view, Carl Lee, Iron (London: Vance, 1950), p. 3."],
            ["The Long Net", "Iron"],
        ),
        (
            [f"{NET}, quoted in Ruth Quill, Salt (Leeds: Moor, 1940), 9; see Carl Lee, Iron (Ely: V., 1950), 3."],
            ["The Long Net", "Salt", "Iron"],
        ),
        (
            [
                "Uwe Priel, Das Tief (Emden: Kai, 1950), 3, zit. nach Onno Wurt, Die Balje (Jever: Kai, 1970), 8.",
                "Ebd.",
            ],
            ["Das Tief", "Die Balje"],
        ),
        (
            ["Luc Anse, Le Môle (Paris : Galet, 1950), p. 3 ; voir aussi Paul Orme, La Rade (Brest : Quai, 1972), 4."],
            ["Le Môle", "La Rade"],
        ),
        (
            [
                "Ana Faro, La red (Madrid: Ancla, 1950), p. 3, citado en Luis Cabo, La sal (Cádiz: Mar, 1961), 8.",
                "Ibíd.",
            ],
            ["La red", "La sal"],
        ),
        (
            [
                "Ugo Faro, La rete (Torino: Ancora, 1950), p. 3, cit. in Ada Molo, Il sale (Genova: Mare, 1961), p. 8.",
                "Ivi, p. 9.",
            ],
            ["La rete", "Il sale"],
        ),
        (["Озёров П. И. Северный маяк. М.: Прибой, 1988. С. 4.", "Там же. С. 9."], ["Северный маяк"]),
        (
            [
                "Orr, Anna. Net. Leeds: Moor, 1931, p. 4.",
                "See Anna Orr, Salt (Ely: V., 1950), 3.",
                "Orr, Anna. Net. Leeds: Moor, 1931, p. 9.",
            ],
            ["Net", "Salt"],
        ),
        (
            [
                "1 See Anna Orr, Net (Leeds: Moor, 1931), p. 4.",
                "2 Ibid., p. 9.",
                "3 Lee, U.: Salz, Kiel 2001, S. 12; ders.: Damm und Deich, Kiel 2004, S. 9.",
            ],
            ["Net", "Salz", "Damm und Deich"],
        ),
        (["Ibid., p. 4."], [""]),
    ],
)
def test_footnotes_become_the_works_that_they_name_in_full(lines: list[str], wanted: list[str]) -> None:
    """Words in front belong to no name, words that point back are no work; where nothing came before, they stay."""
    named = works(lines)
    assert [one.fields.title for one in named if one.parsed] == [title for title in wanted if title]
    assert len(named) == len(wanted)
    assert not any(word in name.family for one in named for name in one.fields.author for word in ("See", "Compare"))


def test_a_volume_in_roman_figures_keeps_its_v() -> None:
    for volume in ("VII", "V", "vol. VI", "v. 4", "t. II"):
        (one,) = works([f"Faro, L., La rete, «Rivista del mare», {volume} (1966), pp. 1-20."])
        assert one.fields.volume.removeprefix("vol. ") == volume.split()[-1]


def test_a_dash_in_front_of_a_source_changes_nothing() -> None:
    for line in ("Water History, 12 (1999), pp. 4–9.", "“Salt,” The Harbour Gazette, 4 May 1931, p. 2."):
        assert works([f"— {line}"])[0].fields == works([line])[0].fields


def test_chinese_is_read_by_its_marks_alone() -> None:
    one = read("林海、王盐：《海与灯》，上海：帆影社，2001年，第5-9页。")
    assert (one.score, one.fields.publisher, len(one.fields.author)) == (1.0, "帆影社", 2)
    article = read("塩田京子「灯台の塩」『海岸研究』第12巻第3号、1971年、210頁。").fields
    assert (article.title, article.container, article.volume, article.issue) == ("灯台の塩", "海岸研究", "12", "3")
    assert not read("他说《红灯》是1934年最好的书，我们都读过。").parsed


def test_where_both_readings_agree_the_score_is_high() -> None:
    assert read(BOOK).score > 0.9
    assert read("The net. Is a net; of nets, 12").score < 0.7


def test_items_have_ids_of_their_own() -> None:
    ids = [item["id"] for item in csl_items([read(BOOK), read(BOOK), read("Озёров П. И. Маяк. М.: Прибой, 1988.")])]
    assert len(set(ids)) == 3
    assert all(key.isascii() and key for key in ids)


def test_bibtex_and_ris_say_the_same() -> None:
    assert "@article{" in bibtex([read(ARTICLE)])
    assert "pages = {61--8}" in bibtex([read(ARTICLE)])
    rows = ris([read(ARTICLE)]).split("\r\n")
    assert rows[0] == "TY  - JOUR"
    assert {"AU  - Tallow, A", "VL  - 7", "SP  - 61", "EP  - 8", "DO  - 10.5555/hs.61"} <= set(rows)
    assert rows[-2] == "ER  - "


def test_signs_of_bibtex_are_escaped() -> None:
    assert r"Moor \& Co" in bibtex([read("Orr, Anna. Salt. Leeds: Moor & Co., 1940.")])


@given(st.text(max_size=160))
@settings(max_examples=60)
def test_no_line_raises_an_error(text: str) -> None:
    lines = text.split("\n")
    for form in ("csljson", "bibtex", "ris"):
        converted(lines, form)
    cut = [json.loads(row)["segments"] for row in segmented(lines)]
    words = [word for segments in cut for _, part in segments for word in part.split()]
    assert "".join(words) == "".join("".join(entry.split()) for entry in entries(lines))
    assert len(list(noted(lines))) == sum(bool(line.strip()) for line in lines)


_PIECES = (
    "Orr,", "Anna", "A.", "van", "der", "&", "and", "The", "net.", "London:", "Quay", "Press,", "1931,", "p.",
    "12", "(", ")", "[", "]", "“", "”", "ed.", "In", "vol.", "3(4)", "v.", "Act", "PhD", "thesis", "Diss.",
    "Box 3", "MS 4", "//", "Archive", "1999;12(3):4-5", "Ibid.", "op. cit.", "See", "vgl.", ";", "doi:10.5/a",
    "https://a.example/b", "accessed", "n.d.", "———.", "et al.,", "may", "be found",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=24).map(" ".join))
@settings(max_examples=300)
def test_no_heap_of_the_pieces_of_citations_raises_an_error(text: str) -> None:
    """What no one would write is read somehow, by every reading that there is."""
    taken_apart(text)
    csl_items([read(text)])
    list(found([text]))
    looks_like_citation(text)
    resolve([taken_apart(BOOK), taken_apart(text)], Report())


@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        (["A. Orr, The Net, Leith 1931.", "B. Quill, Salt, Leith 1932."], 2),
        (["Orr, Anna. The Net and the", "  Lamp. Leith: Quay, 1931.", "Quill, Ruth. Salt and Ta-", "  llow. 1932."], 2),
        (["[1] A. Orr, The net and", "the lamp, 1931.", "[2] B. Quill, Salt,", "1932."], 2),
        (["Orr, Anna. The Net and the", "Lamp. 1931.", "", "Quill, Ruth. Salt and", "tallow. 1932."], 2),
        (["Berg, S. (2012). « La lampe et le", "Quill, R. (1999). Salt"], 2),
    ],
)
def test_broken_lines_of_a_list_are_joined_and_no_others(listed: list[str], wanted: int) -> None:
    assert len(entries(listed)) == wanted


def test_a_word_broken_at_the_line_end_is_made_whole() -> None:
    assert entries(["Orr, Anna. The Net and the Lan-", "  tern. Leith: Quay, 1931.", "Quill, Ruth. Salt. 1932."])[
        0
    ] == ("Orr, Anna. The Net and the Lantern. Leith: Quay, 1931.")


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        (
            "7 A. Orr, ‘Fog and Law’ (1996) 12 Harbour Law Rev. 470 at 485.",
            [{"author": ["A. Orr"], "title": "Fog and Law", "date": "1996"}],
        ),
        (
            "4 B. Quill, ‘Nets, Salt and Law’ (1976) 19 Harbour Law Rev. 1685.",
            [{"author": ["B. Quill"], "title": "Nets, Salt and Law", "date": "1976", "page": "1685"}],
        ),
        ("8 Orr, op. cit., n. 7, p. 12.", [{"author": ["Orr"], "ref": ["op. cit.", "n. 7"], "cited": "p. 12"}]),
        ("9 Ibid., p. 31.", [{"ref": "Ibid", "cited": "p. 31"}]),
        (
            "Vgl. Wurt/Priel 1979, S. 64 ff.; Halligson 1981.",
            [{"author": ["Wurt", "Priel"]}, {"author": ["Halligson"]}],
        ),
        ("12 This, of course, is not always the case.", []),
        ("9 Die Zählung begann Ende 1980, S. 4; 3 Frühjahr 1931.", []),
        (
            "14 Anna Priel arbeitet lange an einem Buch unter dem Titel ‘Der Deich und seine Feinde’, Husum 1984.",
            [{"title": "Der Deich und seine Feinde", "date": "1984"}],
        ),
        (
            "5 Zur Lage der Lotsen mit vielen Zahlen vgl. Wurt und Tiedje in Hafen und Recht, Bd. 7, 1977/78.",
            [{"author": ["Wurt", "Tiedje"], "container": "Hafen und Recht"}],
        ),
        ("3 More boats lay in London 1978 than in Paris 1979.", []),
        (
            "4 The keepers asked for lamps (Report of the Board on Harbour Lights (1971) ch. 9).",
            [{"title": "Report of the Board on Harbour Lights", "date": "1971", "cited": "ch. 9"}],
        ),
        (
            "8 Few remember the storm of words that followed Lord Quill’s report A Net for All (1958).",
            [{"title": "A Net for All", "date": "1958"}],
        ),
    ],
)
def test_references_of_footnotes(note: str, wanted: list[dict[str, object]]) -> None:
    said = [one.json() for one in references(note)]
    assert len(said) == len(wanted)
    for one, parts in zip(said, wanted, strict=True):
        got = {key: one[key].rstrip(".") if key == "ref" and isinstance(one[key], str) else one[key] for key in parts}
        assert got == parts


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        ({"title": ["Zur Last der Deiche vgl. Wurt/Priel"]}, {"author": ["Wurt/Priel"]}),
        ({"title": ["Why Pilots See What They See"]}, {"title": ["Why Pilots See What They See"]}),
        (
            {"title": ["Ada Orr will soon print a book entitled “Nets and their Foes”"]},
            {"author": ["Ada Orr"], "title": ["Nets and their Foes"]},
        ),
        (
            {"title": ["Nothing that the keepers asked for was granted to them (Report of the Board on Lamps"]},
            {"title": ["Report of the Board on Lamps"]},
        ),
        (
            {"title": ["the storm of words that came of Dame Una Orr’s long report A Net for All"]},
            {"author": ["Dame Una Orr"], "title": ["A Net for All"]},
        ),
        (
            {"title": ["Guild of Pilots and Lamplighters (GPL), Report of the Board on Fog"]},
            {"author": ["Guild of Pilots and Lamplighters (GPL)"], "title": ["Report of the Board on Fog"]},
        ),
        ({"title": ["‘Scheu vor Gericht’ Institut für Küstenkunde"]}, {"title": ["Scheu vor Gericht"]}),
        ({"ref": ["‘Letters’, 14."]}, {"title": ["Letters"], "cited": ["14"]}),
        ({"ref": ["op. cit.", "n. 7"]}, {"ref": ["op. cit.", "n. 7"]}),
        ({"title": ["‘Going Out’ and coming home"]}, {"title": ["‘Going Out’ and coming home"]}),
        ({"title": ["‘The Pilots’ Law’ Revisited"]}, {"title": ["The Pilots’ Law"]}),
        (
            {"title": ["Net"], "container": ["Recht am Meer, Jahrbuch für Küstenrecht"]},
            {"title": ["Net"], "container": ["Recht am Meer", "Jahrbuch für Küstenrecht"]},
        ),
        (
            {"title": ["Net"], "container": ["This was said in the year when all of the keepers went home"]},
            {"title": ["Net"]},
        ),
    ],
)
def test_what_a_title_is_no_part_of(read: dict[str, list[str]], wanted: dict[str, list[str]]) -> None:
    assert mended(read) == wanted


def test_a_short_form_that_other_notes_have_is_known_in_running_text() -> None:
    notes = ["Vgl. Wurt 1979, S. 4.", "Wurt 1979, S. 8.", "Wurt 1979 hat davon geschwiegen, und zwar mit Bedacht."]
    assert [len(ones) for ones in found(notes)] == [1, 1, 1]


def test_the_command_reads_a_file_or_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "works.txt"
    listed.write_text(BOOK + "\n", encoding="utf-8")
    assert main(["cite", str(listed)]) == 0
    from_file = capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((BOOK + "\n").encode())))
    assert main(["cite", "-"]) == 0
    assert capsys.readouterr().out == from_file
    assert json.loads(from_file)[0]["title"] == "The Herring Years"
    assert main(["cite", str(tmp_path / "none.txt")]) == 3


def test_the_command_loads_nothing_that_makes_books() -> None:
    """One reference is read in a moment: neither the typesetter nor the e-book's library is started for it."""
    code = (
        "import io, sys; sys.stdin = io.TextIOWrapper(io.BytesIO(b'Orr, A. The Net. London: Quay, 1950.'));"
        "from pipeline.cli import main; main(['cite']); "
        "sys.exit(any(name.split('.')[0] in ('weasyprint', 'ebooklib', 'pikepdf', 'ftfy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0
