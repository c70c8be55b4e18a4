"""What a user may rely on: each quotation of a list becomes an extract with its source, whatever the list's form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import build, proof
from pipeline.kinds import quotations
from pipeline.kinds.attribution import fields_of, parted
from pipeline.kinds.slips import slips_of
from pipeline.model import Line
from pipeline.report import Report
from pipeline.settings import Settings
from pipeline.write import write_references
from tests.written import write_markdown


def extracts(folder: Path, text: str, lang: str = "", order: str = "") -> list[tuple[str, str]]:
    """Return each extract of the book and its note; no word may be lost, and the kind must be right."""
    path = folder / "sayings.txt"
    path.write_text(text, encoding="utf-8")
    found = build.read_source(path, Settings(title="Sayings", lang=lang, order=order), Report(), lambda _stage: None)
    assert [claim.kind for claim in found.claims] == [quotations.NAME]
    markdown = write_markdown(found.book, Settings(), lang=found.lang)
    streams = proof.streams_of_markdown(markdown, write_references(found.book.works.values()))
    assert proof.prove("markdown", streams, found.source, found.changes).lines == ()
    notes = dict(re.findall(r"^\[\^(c\d+)\]: (.+)$", markdown, re.MULTILINE))
    out = []
    blocks = re.compile(r"^:{3,4} \{#x\d+ \.extract\}\n(?:::: verse\n)?(.*?)\n:::$", re.MULTILINE | re.DOTALL)
    for block in blocks.findall(markdown):
        call = re.search(r"\[\^(c\d+)\]\s*$", block)
        out.append((block.replace(call[0], "") if call else block, notes[call[1]] if call else ""))
    return out


LAMPS = "The lamps were trimmed at dusk."
WHEEL = "A wheel that stands still is furniture."
FLAME = "It burned with a small blue flame."
THREE = [(LAMPS, "[@orrlamp, p. 12]."), (WHEEL, "[@calderweir, p. 88]."), (FLAME, "[@orrlamp, p. 5].")]
SOURCES = ("Ada Orr, The Lamp Room, p. 12", "Ian Calder, Weir and Wheel, p. 88", "Ada Orr, The Lamp Room, p. 5")


def rows(form: str, words: tuple[str, str, str] = (LAMPS, WHEEL, FLAME)) -> str:
    return "".join(form.format(n=n + 1, words=one, source=SOURCES[n]) for n, one in enumerate(words))


@pytest.mark.parametrize(
    "form",
    [
        "{words} — {source}\n\n",
        "{words} -- {source}\n",
        "{words} ~ {source}\n\n",
        "{words}\n— {source}\n\n",
        "{words}\n— {source}\n",
        "{words}\n\n– {source}\n\n",
        "{words} ({source})\n\n",
        "{words}\n({source})\n\n",
        "{n}. {words} – {source}\n",
        "- “{words}” ({source})\n",
        "{n}) {words}\n   — {source}\n\n",
        "* {words} — {source}\n",
        "> {words}\n>\n> — {source}\n\n",
        "> {words}\n\n— {source}\n\n",
        "{words}\n                    {source}\n\n",
        "{words}\n\t\t-- {source}\n%\n",
        "{words}\n— {source}\n\n* * *\n\n",
        "{words} — {source}\n---\n",
    ],
)
def test_the_form_of_the_list_goes_and_each_quotation_has_its_source(tmp_path: Path, form: str) -> None:
    assert [(words.strip("“”"), note) for words, note in extracts(tmp_path, rows(form), "en")] == THREE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # fortunes: wrapped lines joined, verse kept, words without source, a proverb
            "A lamp that nobody trims will fill the whole\nstair with smoke.\n\t\t-- Ada Orr\n%\n"
            "The Mill\nThe Weir\nThe Wheel\n\t\t-- I. Calder, Songs\n%\nWho asks the gull?\n%\n"
            "Go slow.\n-- Proverb\n%\n",
            [
                ("A lamp that nobody trims will fill the whole stair with smoke.", "Ada Orr."),
                ("| The Mill\n| The Weir\n| The Wheel", "[@caldersongs]."),
                ("Who asks the gull?", ""),
                ("Go slow.", "Proverb."),
            ],
        ),
        (
            "«La brume resta trois jours.» — Jean Aubier, Le Carnet des marées, p. 3\n\n"
            "«Qui compte les vagues manque le bateau.» — Proverbe du port\n\n«Rien ne presse.» – Marthe Quai\n",
            [
                ("«La brume resta trois jours.»", "[@aubiercarnet, p. 3]."),
                ("«Qui compte les vagues manque le bateau.»", "Proverbe du port."),
                ("«Rien ne presse.»", "Marthe Quai."),
            ],
        ),
        (
            "Wer zwei Uhren hat, weiß nie, wie spät es ist.\n— Ilse Wehr, Das Mühlenbuch, S. 14\n\n"
            "Das Rad, das steht, ist ein Möbel.\n— Jan Kolk: Wasser und Rad, S. 8\n\n"
            "Der Nebel blieb drei Tage, und keiner fuhr aus.\n— Ilse Wehr, Das Mühlenbuch, S. 30\n",
            [
                ("Wer zwei Uhren hat, weiß nie, wie spät es ist.", "[@wehrmuhlenbuch, S. 14]."),
                ("Das Rad, das steht, ist ein Möbel.", "[@kolkwasser, S. 8]."),
                ("Der Nebel blieb drei Tage, und keiner fuhr aus.", "[@wehrmuhlenbuch, S. 30]."),
            ],
        ),
        (
            "Туман держался три дня.\n\t\t-- Анна Лебедева, Морской журнал, с. 12\n%\nНе спеши.\n\t\t-- Пословица\n%\n",
            [("Туман держался три дня.", "[@lebedevamorskoi, с. 12]."), ("Не спеши.", "Пословица.")],
        ),
    ],
)
def test_lists_of_many_languages(tmp_path: Path, text: str, expected: list[tuple[str, str]]) -> None:
    plain = [(words.replace("\u00a0", " ").replace("\u202f", " "), note) for words, note in extracts(tmp_path, text)]
    assert plain == expected


def test_headings_of_a_list_stay_and_a_note_under_an_asterisk_is_its_own(tmp_path: Path) -> None:
    text = f"# On Light\n\n{LAMPS} — {SOURCES[0]}\n\n## On Water\n\n{WHEEL} — {SOURCES[1]}\n\n{FLAME} — {SOURCES[2]}\n"
    assert extracts(tmp_path, text) == THREE
    fortunes = f"The lamps* were lit.\n\n* All but one.\n\t\t-- {SOURCES[0]}\n%\n{WHEEL}\n\t\t-- {SOURCES[1]}\n%\n"
    assert extracts(tmp_path, fortunes) == [("The lamps[^n3] were lit.", "[@orrlamp, p. 12]."), THREE[1]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{LAMPS} — {SOURCES[0]}", (LAMPS, SOURCES[0])),
        ("A wheel — I mean it — turns. — Ian Calder", ("A wheel — I mean it — turns.", "Ian Calder")),
        ("Patience is a well — Ann Marsh", ("Patience is a well", "Ann Marsh")),
        ("The mill — the old one — stood.", None),
        ("It was late – Ada Orr came by", None),
        ("He left. — Then nobody came. She waited.", None),
        ("well-known", None),
    ],
)
def test_words_and_attribution_are_told_apart(line: str, expected: tuple[str, str] | None) -> None:
    assert parted(line) == expected


@pytest.mark.parametrize(
    ("text", "title", "locator", "extra"),
    [
        ("Ada Orr, *The Lamp Room*, p. 12", "The Lamp Room", "12", ""),
        ("Ada Orr, “The Lamp Room”, chapter 4", "The Lamp Room", "", "chapter 4"),
        ("林远，《海边的灯塔》，第12页", "海边的灯塔", "12", ""),
    ],
)
def test_an_attribution_is_read(text: str, title: str, locator: str, extra: str) -> None:
    fields = fields_of(text)
    assert fields is not None
    assert (fields.title, fields.locator, fields.extra) == (title, locator, extra)


@pytest.mark.parametrize("text", ["Harbour proverb", "Ada Orr", "Abraham Linden, speech in Skelwith, 1858"])
def test_what_names_no_work_is_not_taken_apart(text: str) -> None:
    assert fields_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "He came home. — Ada Orr, The Lamp Room, p. 12\n\nAnd left.\n\nAnd came.\n",
        "\n\n".join(["The mill – the old one – stood. It was late – Ada Orr came by"] * 4),
        "— I am late, she said.\n\n— You are, he said.\n\n— And you?\n\n— Never.\n",
        "The mill stood by the river.\n\nIt rained.\n\nNobody came.\n",
        "Nadie vino al molino.\n—Duerma usted —dijo la molinera.\nÉl no durmió.\n—Pan hay —añadió ella.\n" * 2,
        "NORRIS\nThe lamp is out, and no one came.\n\n[Exit.]\n\nVALE\nThe oil is paid for.\n\n[A bell within.]\n" * 3,
    ],
)
def test_a_dash_alone_makes_no_quotation(text: str) -> None:
    assert quotations.recognise([Line(n, line) for n, line in enumerate(text.splitlines(), 1)]) is None


@pytest.mark.parametrize(
    ("order", "expected"), [("", [0, 1, 2]), ("work", [0, 2, 1]), ("author", [1, 0, 2]), ("source", [0, 1, 2])]
)
@pytest.mark.parametrize("form", ["{words} — {source}\n\n", "{words}\n-- {source}\n%\n"])
def test_the_order_is_a_choice(tmp_path: Path, form: str, order: str, expected: list[int]) -> None:
    assert extracts(tmp_path, rows(form), "en", order) == [THREE[n] for n in expected]


def test_who_speaks_in_a_play_before_a_dash_is_no_quotation() -> None:
    turns = ("MADAME ORR. – Berthe ! Où est ma lampe ?", "BERTHE, à part. – Elle l'a encore éteinte.") * 4
    assert quotations.recognise([Line(2 * n + 1, turn) for n, turn in enumerate(turns)]) is None


CLOSED_BY = "{words}\nAda Orr, The Lamp Room. Harwich: Tern Press, 1921, p. {page}\n\n"
SAID = "“Who asks the gull?” — Ann Marsh\n\n“Go slow, it is early.” — Ann Marsh\n\n“A dry net is idle.” — Jan Kolk\n"


def test_words_in_brackets_right_above_a_passage_are_no_source_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "mill.txt"
    lead = "[Ian Calder at the meeting of the millers in March]"
    words = ("The lamps were trimmed at dusk, and the stair smelled of oil.", f"{lead}\n{WHEEL} So the miller said.")
    text = "".join(CLOSED_BY.format(words=one, page=12 + n) for n, one in enumerate((*words, FLAME))) + SAID
    path.write_text(text, encoding="utf-8")
    found = build.read_source(path, Settings(title="Mill"), Report(), lambda _stage: None)
    markdown = write_markdown(found.book, Settings(), lang=found.lang)
    streams = proof.streams_of_markdown(markdown, write_references(found.book.works.values()))
    assert proof.prove("markdown", streams, found.source, found.changes).lines == ()
    assert markdown.count("stands still is furniture") == 1
    assert [(one.line, one.covers) for one in found.citations[:3]] == [(2, (1, 1)), (6, (4, 5)), (9, (8, 8))]


def test_sources_in_brackets_may_be_wrapped_and_hold_brackets(tmp_path: Path) -> None:
    """Where a source begins behind the words, its first words go with it; the brackets around it do not."""
    text = (
        f"{LAMPS} (Le Courrier\nde Kestle, 9 May 1861)\n\n"
        f"{WHEEL}\n(Ian Calder, “On Weirs,” Annals of the Kestle Club 9\n(1888): 41–57, at 50)\n\n"
        f"{FLAME}\n(Report of the Board on Lamps (Cd. 4412, 1908),\npara. 77)\n"
    )
    found = extracts(tmp_path, text, "en")
    assert [words for words, _ in found] == [LAMPS, WHEEL, FLAME]
    assert found[0][1] == "Le Courrier de Kestle, 9 May 1861."
    assert all(note.count("(") == note.count(")") for _, note in found)


def test_behind_a_dash_stand_sources_that_begin_with_no_name(tmp_path: Path) -> None:
    sources = ("2 Samuel 12:16", "https://lamps.example/dusk (accessed 3 May 2018)", "R v Calder (1851) 2 Cox CC 114")
    text = "".join(f"{words}\n— {source}\n\n" for words, source in zip((LAMPS, WHEEL, FLAME), sources, strict=True))
    found = extracts(tmp_path, text, "en")
    assert [words for words, _ in found] == [LAMPS, WHEEL, FLAME]
    assert all(note for _, note in found)


def test_a_dash_before_words_does_not_make_them_the_source_of_those_above() -> None:
    text = f"{LAMPS}\n\n— On the second day.\nThe wheel stood still until the water came.\n{SOURCES[0]}\n"
    first, *_ = slips_of([Line(n, row) for n, row in enumerate(text.split("\n"), 1)])
    assert first.said == ""
