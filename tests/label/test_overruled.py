"""What an editor need not weigh: rules that overrule the labeller, each where it speaks and where it is silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import pytest

from pipeline.label import (
    acts,
    alike,
    alphabetical,
    attributions,
    below_headings,
    chapter_titles,
    couplets,
    display,
    enclosed,
    endmatter,
    enumerations,
    hymns,
    joins,
    label,
    letters,
    mottos,
    outline,
    passages,
    pictures,
    plays,
    scenes,
    sentences,
    series,
    sideheads,
    signed,
    stanzas,
    talk,
)
from pipeline.label.headlines import letters_of
from pipeline.label.labeller import Told
from pipeline.label.observe import observe
from pipeline.label.rows import Row, rows_of
from pipeline.label.whole import Setting
from pipeline.model import Line, Role

CODES = {
    "h": Role.HEADING,
    "p": Role.PARAGRAPH,
    "v": Role.VERSE,
    "d": Role.DIALOGUE,
    "q": Role.QUOTE,
    "i": Role.ITEM,
    "l": Role.LETTER,
    "s": Role.STAGE,
    "t": Role.TABLE,
    "a": Role.ATTRIBUTION,
    "c": Role.CAPTION,
    "x": Role.SEPARATOR,
}
LONG = "The lamps along the quay were lit one after another while the tide came in, and nobody spoke a word of it. " * 5

HYMNS = "\n\n".join(
    f"{code}|{n}.          _{tune}._          {metre}\n\nh|PART I.\n\nv|The lamp is lit,\nv|The oil is low."
    for n, (code, tune, metre) in enumerate(
        (("h", "Lisk", "S.M."), ("v", "Weir", "C.M."), ("p", "Orr", "8.7.8.7."), ("i", "Fenn", "L.M.")), 1
    )
)


def read(text: str) -> tuple[list[Row], dict[int, Told]]:
    """Make rows of lines that each begin with the code of what the labeller says, "+" if it goes on, and a bar."""
    lines: list[tuple[int, str, int]] = []
    told: dict[int, Told] = {}
    gap = 2
    for number, line in enumerate(text.split("\n"), 1):
        code, _, words = line.partition("|")
        if not words:
            gap += 1
            continue
        lines.append((number, words, gap))
        gap = 0
        told[number] = Told(CODES[code[0]], "+" in code, 0.8, None, 0.0, ())
    rows = rows_of(lines)
    for row, after in pairwise(rows):
        row.below = after.gap
    return rows, told


def roles(told: dict[int, Told], changed: dict[int, Told]) -> str:
    code = {role: letter for letter, role in CODES.items()}
    return "".join(code[one.role] for _, one in sorted((told | changed).items()))


def over_text(*numbers: str) -> str:
    """Set each line over a paragraph of two rows."""
    return "\n\n".join(f"{number}\n\np|The lamps along the quay were lit one\np+|after another." for number in numbers)


TALK = """p|“Where have you been?” she asked, and put the lamp
p+|down on the sill so that it lit the yard.
p+|“On the quay,” he said.
p+|“All night?”"""
TURNS = "\n\n".join(f"d|{('NORRIS.', 'VALE.')[n % 2]} So it is, and so it was on day {n}." for n in range(20))


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|NORRIS. But the lamp was out, and the boat\np+|was not in.", "dd"),
        ("p|NORRIS. But the lamp was out.\n\np|STRANGER. Good evening.", "dd"),  # he speaks once
        ("p|NORRIS went out.", "p"),
        ("v|NORRIS. The lamp was out,\nv|The boat was in,", "dd"),
        ("d|VALE. Since then, and that is\np|long ago, he never came.", "dd"),
    ],
)
def test_a_label_that_opens_other_turns_opens_this_one(lines: str, wanted: str) -> None:
    rows, told = read(f"{TURNS}\n\n{lines}")
    assert roles(told, scenes.turns(rows, told))[20:] == wanted
    rows, told = read(lines)  # in no play
    assert scenes.turns(rows, told) == {}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("h|AFTERWORD\n\nd|The lamp was never lit again.", "hp"),
        ("h|ACT II\n\nd|NORRIS. Who is there?", "hd"),
        ("d|VALE. I will tell it.\n\nd|It was in March.\n\nd|The ice came down.", "ddd"),
        ("d|VALE. I will tell it.\n\n" + "\n\n".join(f"d|{LONG}" for _ in range(7)), "dppppppp"),
    ],
)
def test_nobody_speaks_without_a_label(lines: str, wanted: str) -> None:
    rows, told = read(f"{TURNS}\n\n{lines}")
    assert roles(told, plays.tales(rows, told))[20:] == wanted


def right_below(*heads: str) -> str:
    """Set each name over two lines of verse, with no room between."""
    return "\n\n".join(
        f"v|{head}\nv|The lamp is lit, and no one climbs the stair,\nv|The oil is paid for." for head in heads
    )


def names(*speakers: str, speech: str = "So it was on that day.", code: str = "p") -> str:
    return "".join(f"h|{name}\n\n{code}|{speech}\n\n" for name in speakers)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (names(*["OGRE.", "WITCH."] * 6), "dd" * 12),
        (names(*["_Ogre_", "_Witch_", "_Guard_"] * 3, *["_Ogre_", "_Witch_"] * 4, code="v"), "dd" * 17),
        (names(*["SUMMARY", "EXERCISES", "NOTES"] * 5), "hp" * 15),  # a handbook: nobody comes back in turn
        (names(*["SUMMARY", "EXERCISES"] * 6, speech=LONG + LONG), "hp" * 12),
        (right_below(*["OGRE", "WITCH"] * 6), "ddd" * 12),
        (right_below("OF OIL", "OF WICKS", "THE JAR", "THE KEEPER", "OF SALT"), "vvv" * 5),
        (names("OGRE", "WITCH", "OGRE"), "hp" * 3),
        (names(*["CHAPTER I", "CHAPTER II"] * 6), "hp" * 12),
    ],
)
def test_names_that_come_back_over_short_speeches_speak(text: str, wanted: str) -> None:
    rows, told = read(text)
    assert roles(told, scenes.turns(rows, told)) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|NORRIS: The lamp is out.\n\np|VALE (_from the stairs_): Then light it.\n\np|NORRIS: I have no oil.", "ddd"),
        ("p|NORRIS: The lamp is out.\n\np|I: Then light it.\n\np|NORRIS: I have no oil.", "ddd"),
        ("p|I: Of oil.\n\np|II: Of wicks.\n\np|III: Of salt.\n\np|VIII: Of rain.", "pppp"),
        ("p|NORRIS: The lamp is out.\n\np|Vale: Then light it.", "pp"),
        ("v|  NORRIS: The lamp is\nv|     out.\nv|  VALE: Then light it.\nv|  NORRIS: With what?", "dddd"),
        ("h|PART I: The Lamp\n\nh|PART II: The Oil\n\nh|PART III: The Wick", "hhh"),
        ("h|FOOTNOTES:\np|[1] The oil.\n\n" * 3, "hp" * 3),
        ("p|NOTE: The lamp is out.\n\n" + "p|It rained.\n\n" * 5 + "p|NOTE: The oil is gone.", "p" * 7),
    ],
)
def test_a_scene_inside_a_tale_is_turns(lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, talk.scenes(rows, told)) == wanted


def test_numbers_that_run_on_over_headings_number_paragraphs() -> None:
    text = "".join(
        f"{'h|Of the lamp.' + chr(10) * 2 if n % 5 == 1 else ''}{'h' if n == 7 else 'i'}|{n}. Light it at dusk.\n\n"
        for n in range(1, 24)
        if n not in (12, 13)
    )
    rows, told = read(text)
    assert roles(told, enumerations.numbered(rows, told)).replace("h", "") == "p" * 21
    rows, told = read("".join(f"i|{n}. Light it.\n\n" for n in range(1, 24)))
    assert enumerations.numbered(rows, told) == {}


ENTRIES = "\n\n".join(
    f"p|{letter}BBOT, n. One who keeps the keys of day {letter}." for letter in "ABCDEFGHIJKLMNOPQRST"
)


@pytest.mark.parametrize(
    ("entry", "wanted"),
    [("h|ANCHOR, n. A promise.", "p"), ("h|Anchors, and how to drop them", "h"), ("v|ASHORE, adv. At last.", "p")],
)
def test_short_entries_of_a_dictionary_are_no_headings(entry: str, wanted: str) -> None:
    rows, told = read(f"{ENTRIES}\n\n{entry}")
    assert roles(told, enumerations.entries(rows, told))[20:] == wanted
    rows, told = read(entry)
    assert enumerations.entries(rows, told) == {}


EIGHT_LINES = "\n".join(
    f"{'p+' if n else 'p'}|{line}"
    for n, line in enumerate(
        (
            "Whoever comes along the quay tonight",
            "Will find the lamp is burning in the loft",
            "And nobody to tell him who has lit",
            "The wick, or poured the oil, or wound the clock.",
            "He may go up, if he is not afraid",
            "Of stairs that count themselves, and he may look",
            "Upon the water till the water looks",
            "At him, and then he may go down again.",
        )
    )
)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|  The lamp is lit, the boats come in,\nv|  And every sail is told;", "vv"),
        ("v|  The lamp is lit,\nv|  The boats come in,\n\np|  The keeper writes,\np+|  The keeper sleeps.", "vvvv"),
        ("v|  The lamp is lit,\nv|  The boats come in,\n\np|The keeper writes,\np+|and sleeps.", "vvpp"),
        (f"v|  The lamp is lit,\nv|  The boats come in,\n\np|  {LONG}\np+|  {LONG}", "vvpp"),
        ("v|  The lamp is lit,\nv|  The boats come in,\n\np|  A single line.", "vvp"),
        (
            f"{EIGHT_LINES.replace('p+|', 'v|').replace('p|', 'v|')}\n\n{EIGHT_LINES[: EIGHT_LINES.rindex(chr(10))]}",
            "v" * 15,
        ),
        (
            f"{EIGHT_LINES.replace('p+|', 'v|').replace('p|', 'v|')}\n\np|The lamp is lit\np+|Upon the stone",
            "v" * 8 + "pp",
        ),
    ],
)
def test_a_stanza_is_verse_together(lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, passages.stanzas(rows, told)) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            "v|     He wrote down every sail that\nv|     came, and in the evening\nv|     slept.",
            "qqq",
        ),
        (
            "v|      The keeper wrote down every sail\nv|      That came at dusk around the mole,\nv|      And slept.",
            "vvv",
        ),
        ("v|      the keeper wrote\nv|      down every\nv|      sail that came home late,\nv|      and slept.", "vvvv"),
        ("v|      The keeper wrote down every sail that\nv|      came.", "vv"),
    ],
)
def test_filled_rows_that_go_on_are_prose(lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, passages.filled(rows, told)) == wanted


@pytest.mark.parametrize(
    ("ends", "mark", "wanted"),
    [(",;,", "", "vvvvvv"), ("...", "", "iiiiii"), ("123", "", "iiiiii"), (",;,", "1. ", "iiiiii")],
)
def test_long_lines_that_turn_over_are_verse(ends: str, mark: str, wanted: str) -> None:
    rows, told = read(
        "\n".join(f"i|{mark}The lamp is lit along the quay and on the\ni+|    other bank{end}" for end in ends)
    )
    assert roles(told, passages.long_lines(rows, told)) == wanted


def test_a_paragraph_whose_first_line_is_set_in_is_no_verse() -> None:
    rows, told = read(
        "p|  The lamp is lit along the quay,\np+|and on the other bank,\np+|and nobody asks,\np+|who lit it."
    )
    assert passages.long_lines(rows, told) == {}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|Of nets and weather.\n\np|The nets hung dry.", "hp"),
        ("p|Of nets, of weather, and how\np+|a keeper sleeps.\n\np|The nets hung dry.", "hhp"),
        ("p|Of weather and nets.\n\np|The nets hung dry.", "pp"),
        ("p|Of nets and weather.\n\np|One.\n\n" * 3 + "p|The end.", "ppppppp"),
    ],
)
def test_the_contents_name_headings(lines: str, wanted: str) -> None:
    listed = {letters_of(title): 0 for title in ("Of nets and weather", "Of nets, of weather, and how a keeper sleeps")}
    rows, told = read(lines)
    assert roles(told, series.contents_say(rows, listed, told, close=False)) == wanted


def signing(*gaps: tuple[int, int]) -> str:
    return "".join(
        f"p|The nets hung dry.{chr(10) * above}\n\nh|THE KEEPER{chr(10) * below}\n\n" for above, below in gaps
    )


@pytest.mark.parametrize(
    ("gaps", "wanted"),
    [
        ([(0, 3), (0, 3), (0, 0)], "plplpl"),
        ([(0, 3), (0, 0), (0, 0)], "phphph"),  # seldom closer to what is above
        ([(0, 3), (0, 3), (3, 0)], "phphph"),  # a heading stands there
        ([(0, 3), (0, 3)], "phph"),
    ],
)
def test_the_same_words_below_one_piece_after_another_sign_it(gaps: list[tuple[int, int]], wanted: str) -> None:
    rows, told = read(signing(*gaps) + "p|The end of it.")
    assert roles(told, alike.signed(rows, told))[:-1] == wanted


def test_parts_that_stand_one_below_the_other_are_a_list() -> None:
    scenes = "THE SCENES\n\nACT I. A room in the house of Norris.\n\nACT II. The quay.\n\nACT III. The same.\n\n\n"
    said = "\n\n".join(f"{('NORRIS', 'VALE')[n % 2]}. {LONG[: 60 + n]}" for n in range(8))
    lines = (
        f"{scenes}{''.join(f'{chr(10) * 3}ACT {number}{chr(10) * 3}{said}' for number in ('I', 'II', 'III'))}".split(
            "\n"
        )
    )
    found = {one.line: one for one in label([Line(number, line) for number, line in enumerate(lines, 1)])}
    assert {found[number].role for number in (3, 5, 7)}.isdisjoint({Role.TITLE, Role.HEADING})
    heads = [number for number, line in enumerate(lines, 1) if line in ("ACT I", "ACT II", "ACT III")]
    assert {found[number].role for number in heads} <= {Role.TITLE, Role.HEADING}


SPEECH = (
    "d|OGRE.\nd+|Who put the lamp out? It was lit at nine,\nd+|And nobody has climbed the stair but rain,\nd+|So say."
)
IN_VERSE = "p|Good people, who have paid your bit,\np|Be patient: we shall come to that, and sit.\n\n" + "\n\n".join(
    [SPEECH] * 3
)
PRICES = "p|Oil ........ 12.00\np|Wicks .......  9.50"
TOLD_BELOW = "\n\n".join(
    f"h|CHAPTER {number}\n\nh|{told}\n\np|It was dark."
    for number, told in (("I", "_Of oil--The wicks--A keeper, and his aunt_"), ("II", "Of glass--A boat--Who came"))
)
BY_NAMES = "\n\n".join(
    f"h|No. {n}. {title}\n\np|From the Gazette of the {n}th of May.\n\n{code}|{name}\n\np|So it was."
    for n, (title, code, name) in enumerate(
        (
            ("Oil", "p", "MARROW"),
            ("Wicks", "h", "MARROW"),
            ("Glass", "c", "FETTLE, with MARROW"),
            ("Rope", "p", "MARROW"),
        )
    )
)
BY_LINES = "\n\n".join(
    f"h|{title}\n\nh|{name}\n\np|It was dark."
    for title, name in (("THE LAMP", "BY ADA PIKE"), ("OIL", "BY THE EDITOR"))
)
COLUMNS = "v|Oil, one jar is       two pints.\nv|Wicks, nine are       one packet.\nv|Glass                 at need."
BOARD = "p|He read the board:\n\nh|KEEP OUT\nh|NO BOATS AFTER DARK\n\np|He went in."


@pytest.mark.parametrize(
    ("rule", "lines", "wanted"),
    [
        (display.led, PRICES, "tt"),
        (display.led, "p|He waited .... and waited\np|until 12.", "pp"),
        (display.led, "p|Oil ........ 12.00", "p"),
        (display.columned, COLUMNS, "ttt"),
        (display.columned, "v|Lamp oil,    two pints\nv|Wicks,  nine", "vv"),
        (display.columned, "v|The boats went out upon the tide         5\nv|And none of them came in.", "vv"),
        (display.columned, "v|The lamp is lit.  The boats are in.\nv|The tide is up.  The wind is low.", "vv"),
        (display.captioned, "h|Table 2. What oil costs\n\nt|Oil    2s.\nt|Wicks  1s.", "ctt"),
        (display.captioned, "h|Table 2. What oil costs\n\np|It was dear.", "hp"),
        (display.captioned, "h|The Table\n\nt|Oil    2s.\nt|Wicks  1s.", "htt"),
        (display.notices, BOARD, "pqqp"),
        (display.notices, BOARD.replace(":", "."), "phhp"),
        (display.notices, "p|So it began:\n\nh|CHAPTER II\n\np|He went in.", "php"),
    ],
)
def test_what_is_displayed_is_no_heading(
    rule: Callable[[Sequence[Row], Mapping[int, Told]], dict[int, Told]], lines: str, wanted: str
) -> None:
    rows, told = read(lines)
    assert roles(told, rule(rows, told)) == wanted


def above(*heads: str) -> str:
    return "\n\n".join(f"p|{head}\np+|The lamps along the quay were lit one after\np+|another." for head in heads)


SECTIONS = ("OF NETS", "THE LONG BOAT", "WHAT THE TIDE BROUGHT", "ON TOLLS AND DUES")

HEADED = "".join(f"h|{name}\n\np|It rained.\n\n\n" for name in ("OARS", "ROPES", "LAMPS", "TAR", "NETS"))
NAMED_THINGS = [
    f"THE {name} OF OST" for name in ("OAR", "ROPE", "MOLE", "QUAY", "BUOY", "BELL", "NET", "TAR", "HUT", "TOW")
]

PLAYBILL = (
    "h|PERSONS\n\ni|ORR, a ferryman\n\n\n\nh|LISK: THE QUAY THEATRE\n\n\nh|Manager: Mr. Abel Tarn\n\np|3 May 1811\n\n"
    "i|ORR: Mr. Fenn.\n\n\n\nh|FIRST ACT\n\n" + "\n\n".join(["d|ORR. It rains again."] * 6)
)
SIGNED_PAPERS = (
    "h|PAPER No. 1\n\np|ORR, with TARN\n\np|It rained.\n\n\nh|PAPER No. 2\n\nh|ORR, with TARN\n\np|It rained.\n\n\n"
    "h|PAPER No. 3\n\np|ORR, with TARN\n\np|It rained."
)

SPOKEN: dict[str, tuple[Callable[[Sequence[Row], Mapping[int, Told]], dict[int, Told]], str]] = {
    "entry-of-a-dictionary": (enumerations.entries, f"{ENTRIES}\n\nh|ANCHOR, n. A promise."),
    "room-of-headings": (
        alike.set_off_alike,
        "p|It rained.\n\n\n\n"
        + "\n\n\n\n".join(f"h|The Crossing of {name}\n\np|It rained." for name in ("Ann", "Bo", "Cy", "Dot", "Ed"))
        + "\n\n\n\np|To the Miller in Answer\n\np|It rained.",
    ),
    "other-title": (
        below_headings.alternatives,
        "p|It rained.\n\n\n\nl|THE WICK;\n\nl|OR,\n\nh|THE POT OF OIL.\n\np|It rained.",
    ),
    "same-place-below-headings": (
        below_headings.written_alike,
        "\n\n".join(
            f"h|{title}\n\n{code}|_To {name}._\n\np|{LONG}"
            for title, code, name in (("WICKS", "p", "Orla Penn"), ("OIL", "h", "M. Lumen"), ("JARS", "p", "Ib Orr"))
        ),
    ),
    "within-what-is-said": (
        sentences.within,
        "h|WICKS\n\np|“Eh?” said he.\n\nh|“LAMPS.”\n\np|“Oh, lamps.”\n\n\nh|OIL\n\np|It rained.",
    ),
    "displayed-head": (
        alike.displayed,
        "p|It rained.\n\n\n\nl|          THE FIRST BOOK OF\nt|               KETTLES\n\n\n\nv|It rained.",
    ),
    "sisters-are-headings": (
        alike.sisters,
        "\n\n".join(
            f"{code}|The Crossing of {name}\n\np|It rained.\np+|Long."
            for code, name in (("h", "Ann"), ("h", "Bo"), ("h", "Cy"), ("h", "Dot"), ("p", "Ed"))
        ),
    ),
    "sister-of-a-heading": (
        sideheads.sisters,
        f"h|LAMPS\n\nh|             _The Wick._\n\np|{LONG}\n\nq|             _The Oil._\n\np|{LONG}",
    ),
    "numbered-sentence": (
        sentences.numbered,
        f"p|I. By a lamp I mean what is lit\np+|at dusk.\n\np|II. By oil I mean what is burnt\np+|in it.\n\np|{LONG}"
        "\n\n\nh|I. The wick of a lamp does not burn by itself.\n\np|It rained.",
    ),
    "motto": (mottos.mottos, f"{HEADED}h|WICKS\n\n\nh|                Mare Nostrum\n\n\np|It rained."),
    "source-of-a-motto": (
        mottos.mottos,
        "h|WICKS\n\nv|            Klein bootje,\nv|            Wat doe je?\n\n"
        "l|            _Oud Liedje_.\n\np|It rained.\np+|Long.",
    ),
    "quoted-with-its-source": (
        mottos.mottos,
        'h|WICKS\n\np|"Nobody knows who lit it."--Orr: "On Light".\n\np|It rained.',
    ),
    "dedicates": (mottos.mottos, "h|TO\n\np|My Aunt\n\n\n\nh|WICKS\n\np|It rained."),
    "inscription": (
        mottos.mottos,
        f"{HEADED}p|It rained.\n\nh|                IN MEMORIAM\n\n\nh|WICKS\n\np|It rained.",
    ),
    "set-in-among-headings": (
        mottos.mottos,
        f"{HEADED}p|As the song has it:\n\nh|    My oar is my brother\n\np|and so it was.",
    ),
    "place-and-day": (mottos.mottos, f"{HEADED}h|Kestle, 3 May 1811.\n\np|It rained."),
    "not-in-the-contents": (
        lambda rows, told: sentences.unlisted(rows, {letters_of(name): 0 for name in NAMED_THINGS}, told),
        "".join(f"\n\nh|{name}\n\np|It rained.\n\n" for name in NAMED_THINGS)
        + "h|But a lamp without oil!\n\np|It rained.",
    ),
    "on-the-playbill": (plays.playbills, PLAYBILL),
    "same-words-elsewhere": (below_headings.same_words, SIGNED_PAPERS),
    "title-by-itself": (series.opening, "p|Words for a Captain\n\np|He was a kind man, and it rained."),
    "section-of-an-outline": (
        outline.sections,
        "p|1 Oil\n\np|1.1 Of whales\n\np|It is dear.\n\np|1.2 Of seals\n\np|It is cheap.\n\np|1.2.1 Of seals",
    ),
    "stands-in-verse": (passages.stanzas, "p|  The lamp is lit, the boats come in,\nv|  And every sail is told;"),
    "filled-rows": (
        passages.filled,
        "v|     He wrote down every sail that\nv|     came, and in the evening\nv|     slept.",
    ),
    "within-a-sentence": (
        joins.sentences,
        "q|    He wrote down every sail that came\ni|    in, and in the evening he slept.",
    ),
    "recited-in-a-turn": (
        talk.recited,
        "d|ANN: The song has it so:\n\nd|   'The lamp is lit along the quay\nd|    And every sail is told.'",
    ),
    "lines-turned-over": (
        passages.long_lines,
        "\n".join(f"i|The lamp is lit along the quay and on the\ni+|    other bank{end}" for end in ",;,"),
    ),
    "lot-of-a-catalogue": (
        enumerations.lots,
        "h|A CATALOGUE OF LAMPS\n\n" + "\n\n".join(f"h|{n}  A lamp of brass, no. {n}" for n in range(1, 7)),
    ),
    "signs-of-a-list": (enumerations.bulleted, "p|The deck needs:\np|- two planks\np|- a rail"),
    "announced-by-colon": (enumerations.announced, "p|They had two rules:\n\np|1. No lamp.\n\np|2. No boat."),
    "section-by-its-sign": (series.sections, "p|§ 1. _Of Oil_\n\np|It is dear.\n\np|§ 2. _Of Wicks._\n\np|They burn."),
    "titles-its-kind": (
        below_headings.kinds_over_titles,
        "p|He slept.\n\n\n\nh|A PRAYER\n\nh|BEFORE THE FERRY.\n\np|Let us wait.",
    ),
    "before-or-behind-a-play": (plays.introduced, "p|EPILOGUE,\n\nd|_Spoken by Mrs._ TARN.\n\nv|The lamp is out."),
    "two-rows-with-room": (
        couplets.couplets,
        f"p|{LONG[:72]}\np+|{LONG[:72]}\np+|{LONG[:72]}\n\np|        Wer nimmt das Öl,\np|        nimmt mich.",
    ),
    "ends-a-poem": (couplets.last_lines, "v|The lamp is lit,\nv|The oil is low.\n\np|And so am I.\n\n\n\nh|OIL"),
    "shares-a-verse": (couplets.shared, "v|The lamp is lit,\n\nv|Then she: “And oil?”\np|                     “None.”"),
    "stanza-of-a-series": (
        couplets.numbered,
        "p|1.\n\np|The lamp is lit,\np|The oil is low.\n\np|2.\n\nv|The wick is dry,\nv|And so am I.",
    ),
    "set-in-as-stanzas": (
        couplets.as_stanzas,
        "\n\n".join(["v|    The lamp is lit,\nv|    The oil is low."] * 5) + "\n\np|    – And who has lit it?",
    ),
    "row-in-quotes": (couplets.in_quotes, "p|He said it:\n\np|          “Fors et virtus.”\n\np|It rained."),
    "who-sings": (
        plays.sung,
        "\n\n".join(["d|ANN. Yes.", "d|BO. No."] * 3)
        + "\n\nh|DUET--ANN and BO\n\nv|The lamp is lit,\nv|The oil is low.",
    ),
    "stanza-of-a-song": (
        plays.sung,
        "\n\n".join(["d|ANN. Yes.", "d|BO. No."] * 3)
        + "\n\nd|        SONG.\nd|    Set by Mr. TARN.\n\nd|       I\n\nd|   The lamp is lit,\nd|   The oil is low."
        + "\n\nd|BO. So it is.",
    ),
    "first-line-by-itself": (
        passages.first_lines,
        "p|It has three heads:\n\nv|  First. The number of the oars.\n\nv|  Second. The price of oil.",
    ),
    "listed-picture": (
        pictures.listed,
        "h|LIST OF PLATES\n\nh|THE LAMP AT TARN        9\n\nh|THE FERRY        21\n\nh|A BOAT   _Frontispiece_",
    ),
    "drawn": (display.drawn, "p|      /\\\np|     /  \\____\np|    /____\\   |\nh|    |__|__|___|"),
    "set-in-the-middle": (
        display.centred,
        "p|              To\np|     THE FERRYMAN OF TARN\np|         who rowed me\np|    over many a dark water",
    ),
    "said-among-speech": (talk.said, 'p|"What does it say?"\n\nh|"TARNWATER."\n\np|"So it does," said Ann.'),
    "ends-a-quotation": (talk.said, 'p|"Send oil at once, and\np|no lamps.\n\nh|A. T."\n\np|He folded the sheet.'),
    "sent-by-wire": (
        letters.letters,
        "p|It ran:--\n\nv|    COME AT ONCE. BRING OIL.\nv|                         ANN TARN.",
    ),
    "signed-with-initials": (
        letters.letters,
        "p|The lamp was lit again.\n\nh|A. T.\n\np|_Ost, 3rd May, 1861._\n\n\n\nh|OIL",
    ),
    "head-of-a-letter": (letters.letters, "p|Dear Ann,\n\np|The lamp was lit again."),
    "text-of-a-letter": (letters.letters, "p|Dear Ann,\n\nv|The lamp was lit again.\n\np|Your brother,\np|TOM TARN."),
    "foot-of-a-letter": (letters.letters, "p|The lamp was lit again.\n\np|Your brother,\n\nh|TOM TARN."),
    "signs-a-poem": (passages.sources, "v|  The lamp is lit,\nv|  the tide is in.\n\nq|                    ANN TARN."),
    "dash-and-name": (passages.sources, "v|  The lamp is lit,\nv|  the tide is in.\n\nq|          -- Ann Tarn"),
    "title-of-a-poem": (
        passages.poems,
        "".join(f"p|{title}\n\nv|  The lamp is lit,\nv|  the tide is in.\n\n\n" for title in ("Oil", "Rain", "Tar")),
    ),
    "numbers-run-on": (
        enumerations.numbered,
        "".join(f"{'h|Of oil.' + chr(10) * 2 if n % 5 == 1 else ''}i|{n}. Trim it.\n\n" for n in range(1, 24)),
    ),
    "known-label": (scenes.turns, f"{TURNS}\n\np|NORRIS. But the lamp was out, and the boat\np+|was not in."),
    "spoken-below-a-name": (scenes.turns, right_below(*["OGRE", "WITCH"] * 6)),
    "done-between-turns": (scenes.turns, f"{TURNS}\n\np|[_He goes._]\n\n{TURNS}"),
    "curtain": (scenes.turns, f"{TURNS}\n\np|CURTAIN\n\n{TURNS}"),
    "end-of-an-act": (scenes.turns, f"{TURNS}\n\np|_End of Act I._\n\n{TURNS}"),
    "sung-in-a-play": (
        scenes.turns,
        f"{TURNS}\n\np|   _The lamp is lit,\np+|   The tide is in._\n\n{TURNS}",
    ),
    "spoken-on": (scenes.turns, f"{TURNS}\n\np|And so it will be tomorrow.\n\n{TURNS}"),
    "scene-of-a-play": (scenes.turns, f"{TURNS}\n\np|SCENE II\n\n{TURNS}"),
    "where-a-scene-is": (scenes.turns, f"{TURNS}\n\nh|SCENE II\n\nq|A stair. Night.\n\n{TURNS}"),
    "nobody-speaks": (plays.tales, f"{TURNS}\n\nh|AFTERWORD\n\nd|The lamp was never lit again."),
    "name-over-speech": (scenes.turns, names(*["OGRE.", "WITCH."] * 6)),
    "nobody-is-named": (talk.run_in_heads, "h|OF LAMPS\n\nd|It is lit at nine, and\nd+|put out at six."),
    "word-over-what-it-means": (
        alphabetical.headwords,
        "\n\n".join(
            f"h|{word}\n\np|It is of the boat."
            for word in ("Aft", "Bow", "Cleat", "Deck", "Eye", "Fore", "Gaff", "Hull")
        ),
    ),
    "run-in-heads": (talk.run_in_heads, "d|ART. 1. No lamp.\n\nd|ART. 2. No boat."),
    "names-in-turn": (talk.in_turn, "p|ORLA.--Who is it?\n\np|QUINT.--I.\n\np|ORLA.--Come in."),
    "done-in-a-scene": (talk.in_turn, "p|ORLA.--Who is it?\n\np|QUINT.--I.\n\np|(He knocks.)\n\np|ORLA.--Come in."),
    "question-and-answer": (talk.questions, "p|Q. What is oil?\n\np|A. What burns."),
    "who-is-heard": (talk.hearings, f"p|ANN TARN sworn.\n\n{TURNS}"),
    "who-asks": (talk.hearings, f"p|Cross-examined by Mr. TARN.\n\n{TURNS}"),
    "where-a-play-is-set": (plays.settings, f"p|SCENE: a quay.\n\n{TURNS}"),
    "names-in-capitals": (talk.scenes, "p|NORRIS: The lamp is out.\n\np|VALE: Light it.\n\np|NORRIS: I have no oil."),
    "led-to-figures": (display.led, PRICES),
    "what-is-told": (below_headings.synopses, TOLD_BELOW),
    "by-line": (below_headings.by_lines, BY_LINES),
    "title-goes-on": (below_headings.rests, "h|OF THE OIL THAT WAS BURNT IN THE LAMP,\n\nh|AND OF WHO PAID FOR IT"),
    "greets-each-time": (
        below_headings.greetings,
        "\n\n".join(f"h|{name}\n\nh|To the People of Tarn:\n\np|It rained." for name in ("OIL", "WICKS", "LAMPS")),
    ),
    "belongs-to-what-is-above": (
        below_headings.signatures,
        "p|The lamps were lit one\np+|after another.\n\nh|ORLA PENN.\n\n\n\nh|THE KETTLE\n\np|It rained.",
    ),
    "closes-the-book": (below_headings.closings, "p|So it went out.\n\nh|END OF PART THE FIRST."),
    "hangs-below": (
        joins.hanging,
        "p|The keeper of the lamp on the long mole, born at Kestle in 1803, m. Ann\np|   Tarn, and had issue:",
    ),
    "torn-by-a-note": (
        lambda rows, told: joins.torn(rows, told, {3}),
        "p|He put the lamp upon the\n\np|* It was of brass.\n\np|stair, and went.",
    ),
    "begins-anew": (joins.parted, "p|He asked what they would do.\n\np+|Nobody knew."),
    "heads-its-columns": (display.headed, "h|    ONE.    MANY.\n\nt|    lamp    lamps\nt|    wick    wicks"),
    "words-in-columns": (display.word_lists, "h|    lamp     wick     oil      quay"),
    "formula": (display.formulas, "h|        R = (W - w) / h,      (1)"),
    "counts-with-a-word": (enumerations.enumerated, "v|1st. Oil.\n\nv|2nd. Wicks, nine of them.\n\nv|3rd. Glass."),
    "letters-or-years": (series.letters_and_years, "p|1803.\n\np|Lit the lamp.\n\np|1804.\n\np|Lit it again."),
    "verse-of-a-play": (plays.prologues, IN_VERSE),
    "columns-in-line": (display.columned, COLUMNS),
    "names-a-table": (display.captioned, f"h|Table 2. What oil costs\n\n{PRICES.replace('p|', 't|')}"),
    "leads-up-to-a-table": (display.led_up, f"l|  What oil costs:--\n\n{PRICES.replace('p|', 't|')}"),
    "semicolons-to-the-stop": (
        enumerations.stopped,
        "p|It rained.\n\nv|We thank:\nv|A. Orr for the oil;\nv|B. Lund for the boat;\nv|Miss Fenn for the song.",
    ),
    "head-of-a-hymn": (hymns.hymns, HYMNS),
    "part-of-a-hymn": (hymns.hymns, HYMNS),
    "drawn-box": (display.boxes, "t|+---------+\nt||  NOTICE |\nt|+---------+"),
    "announced-notice": (display.notices, BOARD),
    "scene-and-place": (plays.places, f"{TURNS}\n\np|SCENE II.--The quay. Night.\n\nd|VALE. So you came."),
    "persons-enter": (plays.entrances, f"{TURNS}\n\nh|SCENE II\n\nh|NORRIS, VALE\n\nd|VALE. So you came."),
    "list-of-persons": (plays.persons, f"h|PERSONS\n\np|NORRIS, a keeper\np|VALE, his aunt\n\nh|ACT I\n\n{TURNS}"),
    "form-agrees": (
        lambda rows, told: alike.agreed(rows, observe(rows, Setting(72, 0)).groups, told, close=False),
        "\n\n\n".join(f"{code}|{title}\n\np|{LONG}" for code, title in zip("hphp", SECTIONS, strict=True)),
    ),
    "opens-a-list": (enumerations.bulleted, "h|No captain shall\n\np|(a) bring a dog;\np+|(b) smoke."),
    "broken-lines": (
        passages.broken,
        "p|There were nine\np+|when my father walked\np+|with his brother, and a tenth\np+|unlit.",
    ),
    "speech-begins": (passages.speeches, TALK),
    "entry-by-its-word": (
        alphabetical.entries,
        "\n\n".join(f"h|{word}. Burnt." for word in ["ALE", "ASH", "BELL", "BRIM", "COPSE", "CROW", "DUN", "EYE"]),
    ),
    "in-alphabetical-order": (alphabetical.lists, "h|LIST OF STATIONS\n\nv|Ash\nv|Barrow\nv|Calder"),
    "appendix-with-others": (endmatter.appendices, "h|APPENDIX A.\n\np|Text.\n\np|APPENDIX B."),
    "behind-the-end": (
        endmatter.sold,
        f"p|{LONG}\n\n" * 3 + "c|THE END\n\nh|NEW NOVELS\n\nh|A LAMP FOR NOBODY.\n\np|One vol., cloth, 3s. 6d.",
    ),
    "number-goes-on": (
        series.counting_on,
        over_text("h|1. _Of Oil_", "h|2. _Of Wicks_", "p|3. _Of the Keeper at Night_"),
    ),
    "above-its-text": (alike.above_text, above("I", "II", "III")),
    "leads-its-text": (series.run_in, "p|It rained.\n\nh|_5 March._--\n\np|The ferry came."),
    "text-of-a-sermon": (below_headings.scripture, "h|SERMON II.\n\nh|OST iii. 2.\n\np|It rained."),
    "title-again": (
        chapter_titles.again,
        "\n\n\n\n".join(f"h|THE {name}\n\n\n\nh|THE {name}\n\np|It rained." for name in ("KETTLE", "LAMP")),
    ),
    "title-of-an-act": (
        acts.titled,
        "\n\n\n\n".join(
            f"h|{n} ACTE\n\nh|LE {w}\n\np|Il pleut." for n, w in (("PREMIER", "PHARE"), ("DEUXIÈME", "QUAI"))
        ),
    ),
    "entry-of-a-day": (
        sentences.entries,
        "\n\n".join(f"p|{n}th. It rained on\np+|the quay." for n in (9, 10, 11)) + "\n\nh|12th. Nothing.",
    ),
    "nobody-is-on-stage": (talk.unstaged, "p|It rained.\n\ns|[The lamp is low.]"),
    "side-by-side": (
        display.side_by_side,
        "\n\n".join(
            ["p|It rained on the quay       But the lamp was lit\np+|all day.                    at last."] * 2
        ),
    ),
    "set-as-stairs": (enclosed.quoted, "v|I remain,\nv|    Yours in haste,\nv|        ANNA ORR.\n\np|It rained."),
    "done-by-name": (scenes.turns, f"{TURNS}\n\np|Norris goes to the lamp and puts it out.\n\nd|VALE. So it is."),
    "no-heading-in-thai": (sentences.unstopped, "h|บทที่ ๑\n\np|ฝนตกทั้งวัน\n\nh|ไม่มีใครมาจุดไฟ\n\np|ฝนตกทั้งวัน"),
    "head-in-italics": (
        sideheads.heads,
        "\n\n".join(f"p|_To trim {what}._\n\np|{LONG}" for what in ("wicks", "lamps", "oars", "rope", "tar", "salt")),
    ),
    "numbers-stanzas": (
        stanzas.numbers,
        "\n\n".join(f"{code}|  {n}.\n\nv|The lamp is lit,\nv|The oil is low." for n, code in enumerate("hvv", 1)),
    ),
    "day-in-quotes": (enclosed.quoted, "p|“The boat lies ready.\n\nh|“Kestle, May 3rd, 1811.\n\np|“Come soon.”"),
    "name-in-quotes": (enclosed.quoted, "p|“The boat lies ready.\n\nh|“ANNA ORR.”\n\np|It rained."),
    "label-of-a-letter": (
        enclosed.labels,
        "\n\n".join(f"h|_Letter, {name} to Anna Orr._\n\np|It rained." for name in ("Bo", "Cy", "Dot")),
    ),
    "signs-at-the-end": (
        signed.ends,
        "h|TO THE READER\n\np|It rained on the quay all day, and\np+|nobody came.\n\nh|THE AUTHOR.\n\n\n\nh|I",
    ),
    "source-below-verse": (
        attributions.sources,
        f"h|WICKS\n\nv|Klein bootje,\nv|Wat doe je?\n\nh|ANNA ORR.\n\np|{LONG}",
    ),
    "only-sentence": (
        sentences.alone,
        "\n\n".join(f"h|{words}\n\np|It rained." for words in ("OIL", "WICKS", "LAMPS", "BOATS"))
        + "\n\nh|There was a lamp on the quay that nobody had ever lit.",
    ),
    "form-signs": (alike.signed, signing((0, 3), (0, 3), (0, 0)) + "p|The end of it."),
}
"""What overrules the labeller: by each rule, lines on which it does so whatever the weights are."""


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("_Needs._--A hare.|_Mode._--Stew it.|_Time._--An hour.|_Needs._--A leek.|_Mode._--Fry it.", "ppppp"),
        ("ART. 1. No lamp.|ART. 2. No boat.|ART. 1. No oar.", "ppp"),
        ("Line 2. _The oil._ It is dear.|Line 6. _The wick._ It is old.", "pp"),
        ("ORLA. Who is it?|QUINT. I.|ORLA. Come in.", "ddd"),
        ("--Who is it?|--I.", "dd"),  # nobody is named, but a dash is enough
        ("It was lit at nine, and nobody came.|It went out at six.", "pp"),
    ],
)
def test_words_that_open_parts_of_a_law_or_a_receipt_speak_nothing(lines: str, wanted: str) -> None:
    rows, told = read("\n\n".join(f"d|{line}" for line in lines.split("|")))
    assert roles(told, talk.run_in_heads(rows, told)) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("ORLA.--Who is it?|QUINT.--I.|ORLA.--Come in.", "ddd"),
        ("_Orla._ ¿Quién?|_Quint._ Yo.|_Orla._ Pase.|_Quint._ No.", "dddd"),
        ("_Orla._ ¿Quién?|_Quint._ Yo.|_Orla._ Pase.", "ppp"),  # a word before a stop may be any
        ("OIL.--It is dear.|WICKS.--They are old.|SALT.--It is wet.", "ppp"),  # a dictionary
        ("Q. What is oil?|A. What burns.|Then he went out.", "ddp"),
        ("F. Was ist Öl?|A. Was brennt.", "dd"),
        ("D. Qu'est-ce que l'huile?|R. Ce qui brûle.", "dd"),
        ("A. The oil.|B. The wick.", "pp"),
        ("12. _Q._ What is oil?|_A._ What burns.", "dd"),
        ("1ST SAILOR. Oil, boys!|2ND SAILOR (_sleepily_). Go.|TOLL. Who?|ALL. Oil! (_They go._)", "dddd"),
        ("1ST SAILOR. Oil, boys!|2ND SAILOR. Go.|TOLL. Who?|ORM. I.", "pppp"),  # no name comes back
        ("DOG ROSE (_Rosa canina_). White.|BURNET ROSE (_Rosa spinosa_). Low.|ELDER. Sweet.|ASH. Tall.", "pppp"),
        ("Q. Oil?|A. No.|Q. Salt?|A. No.|COURT. Yes.|A. Yes.|It rained.|It rained.|COURT. So?|ORM. So.", "ddddddppdp"),
    ],
)
def test_a_few_turns_within_another_text_speak(lines: str, wanted: str) -> None:
    rows, told = read("\n\n".join(f"p|{line}" for line in lines.split("|")))
    told |= talk.in_turn(rows, told)
    told |= talk.staged(rows, told)
    told |= talk.questions(rows, told)
    assert roles(told, talk.in_court(rows, told)) == wanted


@pytest.mark.parametrize("rule", SPOKEN)
def test_a_rule_speaks_whatever_the_weights_are(rule: str) -> None:
    overrule, lines = SPOKEN[rule]
    rows, told = read(lines)
    assert rule in {reason.rule for one in overrule(rows, told).values() for reason in one.reasons}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["h|1. _Of Oil_", "p|2. _Of Wicks_", "h|3. _Of Ships_"], "hhh"),
        (["h|V.", "h|VI.", "p|VII.", "h|VIII."], "hhhh"),
        (["h|1.", "v|2.", "v|3.", "v|4."], "vvvv"),  # stanzas
        (["h|1. _Of Oil_", "p|2. _Of Wicks_", "p|3. _Of Ships_"], "hpp"),  # a list may have a heading's number
        (["h|1. _Of Oil_", "p|2. The wicks are cut.", "h|3. _Of Ships_"], "hph"),
    ],
)
def test_lines_whose_numbers_count_up_are_what_most_of_them_are(lines: list[str], wanted: str) -> None:
    rows, told = read(over_text(*lines))
    found = told | series.counting_on(rows, told)
    assert roles({row.number: found[row.number] for row in rows if row.text[0] in "123456V"}, {}) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|1. Trim it.\np+|2. Light it, and see that it\np+|burns.\np+|3. Go.", "iiii"),
        ("p|(b) Trim it.\np+|(c) Light it.", "pp"),  # the end of what nobody sees the beginning of
        ("p|It was in chapter\np+|1. And there it ended.", "pp"),
        ("h|The keeper shall\n\np|a) trim it;\np+|b) light it.", "pii"),
        ("h|THE RULES\n\np|a) Trim it.\np+|b) Light it.", "hii"),
    ],
)
def test_lines_that_count_from_one_are_a_list(lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, enumerations.bulleted(rows, told)) == wanted


def test_what_people_say_begins_paragraphs_where_rows_have_room() -> None:
    rows, told = read(TALK)
    found = told | passages.speeches(rows, told)
    assert [found[row.number].goes_on for row in rows] == [False, True, False, False]


def test_nothing_begins_within_a_sentence_a_heading_neither() -> None:
    rows, told = read(
        "q|They lit all the lamps on the quay and\nq+|let them burn every night of the week\nh|through and through"
    )
    assert roles(told, joins.sentences(rows, told)) == "qqq"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (f"{TURNS}\n\n\nh|SCENE\n\nh|A room in the house of Norris, with a door to the quay", "ss"),
        (f"{TURNS}\n\n\nh|SCENE II.\n\nh|The Quay by Night", "hs"),
        (f"{TURNS}\n\n\nh|ACT II.\n\nh|Scene I. The Quay by Night", "hh"),
        (f"{TURNS}\n\n\nh|SCENE II.\n\nh|THE QUAY BY NIGHT", "hh"),
    ],
)
def test_a_scene_without_a_number_is_a_direction(lines: str, wanted: str) -> None:
    rows, told = read(lines)
    found = told | plays.entrances(rows, told)
    assert [found[row.number].role for row in rows[-2:]] == [CODES[code] for code in wanted]


@pytest.mark.parametrize(
    ("above", "wanted"),
    [("p|They had two rules:", "piip"), ("p|They had two rules.", "pppp"), ("p|2. So it went on:", "piip")],
)
def test_numbered_paragraphs_are_a_list_that_a_colon_announces(above: str, wanted: str) -> None:
    rows, told = read(f"{above}\n\np|1. No lamp after ten.\n\np|2. No boat before the tide.\n\np|{LONG}")
    assert roles(told, enumerations.announced(rows, told)) == wanted


@pytest.mark.parametrize(("close", "wanted"), [(True, "phph"), (False, "pppp")])
def test_what_the_contents_name_is_a_heading_where_a_blank_line_is_room_enough(close: bool, wanted: str) -> None:
    rows, told = read(f"p|{LONG}\n\np|The Toll House\n\np|{LONG}\n\np|The Long Net")
    listed = {letters_of(title): 0 for title in ("The Toll House", "The Long Net")}
    assert roles(told, series.contents_say(rows, listed, told, close)) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["p|1. Light it.", "p|2. Trim it.", "p|3. Fill it.", "p|4. Sell it.", "p|5. Forget it."], "h"),
        (["p|2. Light it.", "p|3. Trim it.", "p|4. Fill it.", "p|5. Sell it.", "p|6. Forget it."], "p"),
        (["p|1. Light it.", "p|2. Trim it.", "p|3. Fill it."], "p"),
    ],
)
def test_numbered_sentences_over_paragraphs_are_headings(lines: list[str], wanted: str) -> None:
    rows, told = read("\n\n".join(f"{line}\n\np|{LONG}\np+|So it was.\n\np|{LONG}" for line in lines))
    found = told | series.counting_on(rows, told)
    assert {found[row.number].role for row in rows if row.text[0].isdigit()} == {CODES[wanted]}


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        (("I", "II", "III"), "hpp"),
        (("CHAPTER I", "CHAPTER II", "CHAPTER III"), "hpp"),
        (("Chapter One", "Chapter Two", "Chapter Three"), "hpp"),
        (("OF OIL", "OF WICKS", "THE JAR", "THE KEEPER"), "hpp"),
        (("Of Oil", "Of Wicks", "The Jar", "The Keeper"), "hpp"),
        (("ADA", "BO", "ADA", "BO", "ADA"), "ppp"),  # who speaks
        (("Dear Ada,", "Dear Bo,", "Dear Carl,", "Dear Dora,"), "ppp"),
        (("Of Oil", "Of Wicks"), "ppp"),
        (("Of all that is kept in Jars,", "The Lamps", "The Wicks", "The Oil"), "ppp"),
    ],
)
def test_what_stands_right_above_text_again_and_again_heads_it(heads: tuple[str, ...], wanted: str) -> None:
    rows, told = read(above(*heads))
    assert roles(told, alike.above_text(rows, told)) == wanted * len(heads)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["h|1 Oil", "h+|1.1 Long Wicks", "h|1.2 Short Wicks", "h|1.3 No Wicks"], "0000"),
        (["h|=Oil=", "h+|_Long Wicks_", "h|_Short Wicks_", "h|_No Wicks_", "h|=Jars="], "00000"),
        (["h|CHAPTER I", "h+|Long Wicks", "h|CHAPTER II", "h+|Short Wicks", "h|The Jar", "h|No Wicks"], "010100"),
        (["h|CHAPTER I", "h+|Long Wicks", "h|CHAPTER II", "h|The Jar", "h|No Wicks", "h|Oil Jars"], "010000"),
        (["h|OF OIL", "h+|and how it was sold", "h|OF JARS"], "010"),
    ],
)
def test_headings_that_mostly_stand_by_themselves_begin_anew(lines: list[str], wanted: str) -> None:
    text = "".join(
        f"{line}\n\n" if below.startswith("h+") else f"{line}\n\np|{LONG}\n\n" for line, below in pairwise([*lines, ""])
    )
    rows, told = read(text)
    found = told | chapter_titles.apart(rows, told)
    assert "".join(str(int(found[row.number].goes_on)) for row in rows if row.text != LONG.strip()) == wanted


@pytest.mark.parametrize(("chapters", "wanted"), [(5, "hhhhh"), (4, "pppp")])
def test_each_of_many_chapters_has_a_sentence_for_a_title(chapters: int, wanted: str) -> None:
    heads = [f"h|Chapter {n}\n\np|How the lamp was lit." for n in range(1, chapters + 1)]
    rows, told = read("\n\n".join(f"{head}\n\np|{LONG}" for head in heads))
    assert roles(told, chapter_titles.titles_below(rows, told, close=True))[1::3] == wanted
    rows, told = read("\n\n".join(heads))  # all that each chapter says
    assert chapter_titles.titles_below(rows, told, close=True) == {}


@pytest.mark.parametrize(("close", "room", "wanted"), [(True, 1, "hphphp"), (False, 1, "hphphp"), (False, 2, "hhhhhh")])
def test_a_sentence_is_no_title_where_no_room_sets_it_off(close: bool, room: int, wanted: str) -> None:
    apart = "\n" * (room + 1)
    chapters = apart.join(
        f"h|Chapter {n}{apart}p|Martin found the whistle under the floor of the box." for n in (1, 2, 3)
    )
    rows, told = read(f"{chapters}{apart}p|{LONG}")
    assert roles(told, chapter_titles.titles_below(rows, told, close))[:-1] == wanted


def test_a_line_that_is_set_in_and_begins_with_a_capital_is_a_line_of_its_own() -> None:
    rows, told = read(
        "i|What do you carry, what do you sell,\ni+|  Ribbon or rope?\ni|Here is the half of an old ship's bell,\n"
        "i+|  Here is some soap;"
    )
    assert passages.long_lines(rows, told) == {}


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["1803.", "Lit the lamp.", "1804.", "Lit it again."], "hphp"),
        (["1804.", "Lit the lamp.", "1803.", "Lit it again."], "pppp"),  # they count down
        (["1803.", "1804.", "Lit it again."], "ppp"),  # a list
        (["A", "Adit, n. A way in.", "B", "Bell, n. What rings.", "C", "Cable, n. A rope."], "hphphp"),
        (["A", "Adit, n. A way in.", "C", "Cable, n. A rope."], "pppp"),  # two letters are no order
    ],
)
def test_letters_and_years_in_order_head_what_stands_below(lines: list[str], wanted: str) -> None:
    rows, told = read("\n\n".join(f"p|{line}" for line in lines))
    assert roles(told, series.letters_and_years(rows, told)) == wanted


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["Fig. 1. The lamp.", "Fig. 2. The same, lit.", "Fig. 5. The stair."], "iii"),
        (["Page 9, line 2, for lamp read lump.", "Page 4, line 7, dele not.", "Page 5, the same."], "vvv"),
        (["1st. Oil.", "2d. Wicks."], "vv"),
        (["Three lamps were lit.", "Two lamps were not.", "One lamp was lost."], "vvv"),
    ],
)
def test_what_counts_with_a_word_is_a_list(lines: list[str], wanted: str) -> None:
    rows, told = read("\n".join(f"v|{line}" for line in lines))
    assert roles(told, enumerations.enumerated(rows, told)) == wanted


def test_prose_before_a_play_in_verse_stays_prose() -> None:
    prose = "p|The lamp of this play was lit for the first time at the Old Quay, in the\np|Winter of the flood.\n\n"
    rows, told = read(prose + "\n\n".join([SPEECH] * 3))
    assert not plays.prologues(rows, told)


@pytest.mark.parametrize("form", ["{n}. {title}.", "Sec. {n}. _{title}._", "Art. {n}. {title}."])
def test_few_numbered_titles_in_capitals_or_italics_head_sections(form: str) -> None:
    text = "p|The lamps along the quay were lit one\np+|after another.\n\np|Nobody came."
    heads = [form.format(n=n, title=title) for n, title in enumerate(("OF OIL", "OF WICKS (_new_)", "OF GLASS"), 1)]
    if "_" in form:
        heads = [head.replace(" (_new_)", "") for head in heads]
    rows, told = read("\n\n".join(f"p|{head}\n\n{text}" for head in heads))
    assert roles(told, series.counting_on(rows, told)) == "hppp" * 3


@pytest.mark.parametrize(
    ("rule", "lines", "wanted"),
    [
        (below_headings.synopses, TOLD_BELOW, "hpphpp"),
        (below_headings.synopses, TOLD_BELOW.replace("--", ", "), "hhphhp"),
        (below_headings.synopses, TOLD_BELOW.partition("\n\nh|CHAPTER II")[0], "hhp"),  # one alone, of three phrases
        (below_headings.synopses, "h|I\n\nh|1642. The Two Mayors. A Cow. The Sally.\n\np|So.\n\n" * 2, "hpp" * 2),
        (below_headings.synopses, "h|I\n\nh|_Orla to the Rev. Mr. Quill_\n\np|So.\n\n" * 3, "hhp" * 3),  # two names
        (below_headings.synopses, "h|I\n\nv|“Me?”--“Yes! It is\nv|--the lamp--\nv|Who?”\n\nv|Ah!\n\n" * 3, "hvvvv" * 3),
        (below_headings.synopses, "h|THE SLAIN\n\nv|Capt. Tooth.\nv|Ensign Moon.\nv|A drummer.\n\n" * 2, "hvvv" * 2),
        (below_headings.by_lines, BY_LINES, "hpphpp"),
        (below_headings.by_lines, BY_NAMES, "hppp" * 4),
        (below_headings.by_lines, BY_NAMES.replace("|MARROW", "|TARN", 1), "hppphphphpcphppp"),  # no name comes back
        (below_headings.by_lines, BY_LINES.replace("OIL", "CHAPTER II"), "hhphhp"),  # "CHAPTER II / BY CANDLE LIGHT"
        (below_headings.closings, "p|It went out.\n\nh|FIN DEL ACTO PRIMERO\n\np|Later.", "pcp"),
        (below_headings.closings, "p|It went out.\n\nh|FIN DE LA SECONDE ET DERNIÈRE PARTIE.\n\np|Later.", "pcp"),
        (below_headings.closings, "p|It went out.\n\nh|THE END OF THE ROAD\n\np|Later.", "php"),
        (below_headings.closings, "p|It went out.\n\nh|LONDON:\nh|PRINTED BY T. PIKE, PIE LANE.", "ppp"),
        (below_headings.closings, "h|A PRINTED LETTER\n\np|It went out.", "hp"),
    ],
)
def test_what_stands_below_headings_is_none(
    rule: Callable[[Sequence[Row], Mapping[int, Told]], dict[int, Told]], lines: str, wanted: str
) -> None:
    rows, told = read(lines)
    assert roles(told, rule(rows, told)) == wanted


@pytest.mark.parametrize(
    ("above", "below", "goes_on"),
    [
        ("OF THE OIL THAT WAS BURNT,", "h|AND OF WHO PAID", True),
        ("OF THE OIL THAT WAS BURNT", "h|AND OF WHO PAID", False),
        ("CHAPTER IV. WHO PAID FOR THE OIL:", "h|KEEPERS--FERRYMEN--DUES.", True),
        ("KAPITEL IV. VOM ÖL:", "p|WER ES BEZAHLT", True),
        ("LES FEUX DU PORT--", "h|LES GARDIENS", True),
        ("WHO PAID FOR THE OIL:", "p|The keepers did, and the ferrymen.", False),
        ("WHO PAID FOR THE OIL:", "h|CHAPTER I. THE KEEPERS", False),
        ("WHO PAID FOR THE OIL:", "h|II. The Keepers", False),
        ("NOTES:", "h|THE OIL", False),
    ],
)
def test_a_title_that_ends_with_an_open_sign_goes_on_below(above: str, below: str, goes_on: bool) -> None:
    rows, told = read(f"h|{above}\n\n{below}\n\np|Nobody.")
    found = told | below_headings.rests(rows, told)
    assert [found[row.number].goes_on for row in rows] == [False, goes_on, False]


LONG_PROSE = "".join(f"p|{LONG[:70]}\np+|{LONG[70:120]}\n\n" for _ in range(9))


def test_a_playbill_is_one_page() -> None:
    rows, told = read(PLAYBILL)
    assert roles(told, plays.playbills(rows, told)) == "hihllih" + "d" * 6
    abroad = PLAYBILL.replace("LISK: THE QUAY THEATRE", "LISQUE: THÉÂTRE DU QUAI").replace("FIRST ACT", "ACTE PREMIER")
    rows, told = read(abroad)
    assert roles(told, plays.playbills(rows, told)) == "hihllih" + "d" * 6
    rows, told = read(PLAYBILL.replace("THE QUAY THEATRE", "THE QUAY"))
    assert not plays.playbills(rows, told)


def test_who_wrote_a_paper_heads_none_where_the_same_words_head_no_other() -> None:
    rows, told = read(SIGNED_PAPERS)
    assert roles(told, below_headings.same_words(rows, told)) == "hpp" * 3
    rows, told = read(SIGNED_PAPERS.replace("p|ORR", "h|ORR"))
    assert not below_headings.same_words(rows, told)


HYMN = "v| 1  O lantern, go before\nv|      And leave the quay to me;\nv|    The tide is at the door."


def test_rows_with_number_tune_and_metre_head_hymns_and_the_numbers_of_their_stanzas_do_not() -> None:
    heads = [f"v|{n}.                     _Quay._                {metre}" for n, metre in enumerate(("S.M.",) * 4, 1)]
    rows, told = read("\n\n\n".join(f"{head}\n\n{HYMN}\n\n{HYMN.replace('1', '2')}" for head in heads))
    assert roles(told, passages.poems(rows, told)) == "hvvvvvv" * 4
    assert not alike.above_text(rows, told)


@pytest.mark.parametrize("below", ["p|THE END", "\n\n\np|CONTENTS.", "\n\n\nh|WICKS"])
def test_a_name_close_below_text_signs_it_above_the_contents_and_the_end(below: str) -> None:
    rows, told = read(f"h|A NOTE\n\np|The oil was low,\np+|and nobody paid.\n\nh|JONAS TARN.\n\n{below}")
    assert below_headings.signatures(rows, told)[rows[3].number].role is Role.LETTER


def test_two_rows_in_capitals_over_a_poem_among_titled_poems_are_its_title() -> None:
    poems = "\n\n\n".join(f"h|{title}\n\n{HYMN}" for title in ("THE OAR", "THE ROPE", "THE TAR"))
    rows, told = read(f"{poems}\n\n\nv|II B.\nv|THE SAME, BY NIGHT.\n\n{HYMN}")
    assert roles(told, passages.poems(rows, told)) == "hvvv" * 3 + "hhvvv"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("h|       1\np|  Who lit the lamp\np|  That stands so long above the quay and burns?\np|  Not I.", "hvvv"),
        ("p|  Who lit the lamp.\np|  That stands so long above the quay and burns?\np|  Not I.", "ppp"),
        ("p|  It was lit by Ann and\np|  stands above the quay and burns till\np|  Friday.", "ppp"),
    ],
)
def test_a_stanza_among_verse_breaks_its_lines_within_a_sentence(lines: str, wanted: str) -> None:
    verse = "\n".join(["v|  The lamp is lit"] * 9)
    rows, told = read(f"{verse}\n\nh|II.\n\n{lines}\n\nh|III.\n\np|It rained.")
    found = told | passages.stanzas(rows, told)
    assert roles({row.number: found[row.number] for row in rows[10:-2]}, {}) == wanted


@pytest.mark.parametrize(
    ("row", "wanted"), [(LONG[:70], "pp"), ("The oars are wet, the lamp is low, the", "vv")], ids=("full", "broken")
)
def test_full_rows_between_verse_that_is_set_in_lead_from_one_to_the_other(row: str, wanted: str) -> None:
    verse = "v|    The lamp is lit, the boats come in, the\nv|    And every sail is told;"
    rows, told = read(f"{LONG_PROSE}{verse}\n\np|{row}\np|Orla's _Ferry Songs_.\n\n{verse}")
    for rule in (passages.stanzas, passages.among_verse):
        told = told | rule(rows, told)
    assert roles(told, {})[-4:-2] == wanted


def test_no_stanza_is_half_prose() -> None:
    lines = [
        "The lamp is lit,",
        "  And no one climbs",
        "  The stair",
        "I had",
        "  A brother once",
        "Who kept the light.",
    ]
    codes = ["v", "v", "p", "p+", "p", "p+"]
    rows, told = read(LONG_PROSE + "\n".join(f"{code}|{line}" for code, line in zip(codes, lines, strict=True)))
    assert roles(told, passages.stanzas(rows, told))[-6:] == "vvvvvv"
    small = "\n".join(f"{code}|{line.lower()}" for code, line in zip(codes, lines, strict=True))
    rows, told = read(LONG_PROSE + small)
    assert not passages.stanzas(rows, told)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (f"p|{LONG}\n\nl|{' ' * 40}Orla Penn\nh|{' ' * 40}Ib Tranter\n\np|{LONG}", "pllp"),
        ("v|   The lamp is lit,\nv|   The oil is low.\n\nh|   Penn, Of Lamps\n\nh|CHAPTER II", "vvah"),
        ("v|   The lamp is lit,\nv|   The oil is low.\n\nh|The Weir of Ost\n\nh|CHAPTER II", "vvhh"),
        ("p|Long ago.\n\nh|Fig. 12. The lamp--O. Penn\n\np|It rained.", "pcp"),
    ],
)
def test_who_signs_whence_words_are_and_what_a_figure_shows_head_nothing(lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, below_headings.signatures(rows, told) | display.captioned(rows, told)) == wanted
