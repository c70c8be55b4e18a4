"""Blocks inside running text: what goes on over a line, what stands in columns, lists, verse and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from pipeline.label import display, enumerations, joins, label, mottos, passages
from pipeline.label.labeller import Told
from pipeline.label.notes import calls, note_label
from pipeline.label.rows import Row
from pipeline.model import Line, Role
from tests.label.test_overruled import read, roles

Rule = Callable[[Sequence[Row], Mapping[int, Told]], dict[int, Told]]

WIDE = "The keeper of the lamp on the long mole, born at Kestle in 1803, m. Ann"
FORMS = """d|          ONE.          MANY.

d+|  Of   lamp          lamps
d+|  To   lamp          lamps
d+|  By   lamp          lamps"""
BILL = """v|To lamp oil       L0  3  4
v|To wicks           0  7  0
v|                   -------
v|                  L0 10  4"""
CUT_SHORT = f"""p|{WIDE}

q|     Si buscas por el mar la lu-,
q|     no mires donde está la bar-
q|     que no navega por la no-,
q|     y el faro duerme con el vi-.

p|{WIDE}"""
COUPLET = f"""p|{WIDE}

q|    "The lamp is lit, the night is long
q|    And someone sings an old wet song."

p|{WIDE}"""
ACCOUNT = """v|    Oil,........................ $ 8.03½, mostly old.
v|    Wicks for the lamp and stair,   4.00
v|    Two second-hand windows
v|       with glass,..............   2.43
v|                                  ——————
v|      In all,................... $28.12½"""
OIL = "t|Oil        12\nt|Wicks       9"
_CHAPTER = "\n\n\n\nh|CHAPTER I\n\n" + "\n\n".join([f"p|{WIDE}\np+|Orr, and died there."] * 4)
GIVEN = f"l|THE FERRY\n\nh|It is to Ann Orr that I would give this book.\n\np|She has one, so it is yours.{_CHAPTER}"
PLAYED = f'h|    "A lamp, sir.\n\nv|    "A lamp that was not lit."\n\np|    (_Old play._){_CHAPTER}'
LIES_HERE = f"h|_Ann Orr, keeper_\n\nh|_The body of\nv|Ann Orr\nv|Lies here._{_CHAPTER}"
DEPTHS = """h|  Place      Depth in    Ground
h|              fathoms
h|  A                1      Mud and
h|                            salt
h|  B                4      Sand"""
BOX = """p|+---------------------+
p+||  The lamp is lit.   |
p+||                     |
p+|+---------------------+"""


def joined(text: str, rule: Rule) -> str:
    """Tell of each line whether it goes on with the one above."""
    rows, told = read(text)
    found = told | rule(rows, told)
    return "".join("+" if found[row.number].goes_on else "." for row in rows)


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("p|He asked what they would do.\n\np+|Nobody knew.", ".."),
        ("q|  The Quay, 8th March.\n\nq+|  Sir,", ".."),
        ("p|He asked what they would\n\np+|do, and nobody knew.", ".+"),
        ("d|NORRIS.\n\nd+|Who lit the lamp?", ".+"),
    ],
)
def test_what_stands_below_a_blank_line_begins_anew(lines: str, wanted: str) -> None:
    assert joined(lines, joins.parted) == wanted


@pytest.mark.parametrize(
    ("below", "wanted"),
    [
        ("   Tarn, and had issue:", ".+"),
        ("Tarn, and had issue:", ".."),
        ("                  Tarn, and had issue:", ".."),
    ],
)
def test_rows_hang_below_the_first_of_an_entry(below: str, wanted: str) -> None:
    assert joined(f"p|{WIDE}\np|{below}", joins.hanging) == wanted


@pytest.mark.parametrize(
    ("above", "below", "wanted"),
    [
        ("He bought a carpet* of great size, which", "had been his aunt's.", [False, False, True]),
        ("He bought a carpet* of great size, which", "Norris had seen.", [False, False, False]),
        ("He bought a carpet* of great size.", "which was his aunt's.", [False, False, False]),
    ],
)
def test_a_note_within_a_sentence_does_not_part_it(above: str, below: str, wanted: list[bool]) -> None:
    rows, told = read(f"p|{above}\n\np|* It was sold.\n\np|{below}")
    found = told | joins.torn(rows, told, {rows[1].number})
    assert [found[row.number].goes_on for row in rows] == wanted


def test_an_asterism_is_no_label_and_a_number_within_a_sentence_no_note() -> None:
    assert note_label("*.* With the keeper's leave.") == ("", "*.* With the keeper's leave.")
    assert note_label("* With the keeper's leave.")[0] == "*"
    text = """The lamps along the quay were lit one after another while the tide came
in, and all that week nobody spoke of it (2), nor asked who had done so.

2. NORRIS, keeper of the lamp, b. 1788; d. 1840; m. (1) Alice Tarn and
   (2) Mary Tarn, her sister, who lit it after him:
"""
    decided = {one.line: one for one in label([Line(n, line) for n, line in enumerate(text.split("\n"), 1)])}
    assert decided[5].role is not Role.NOTE
    assert next(calls("of it (2), nor"))[2] == "(2)"


def test_a_line_in_small_letters_heads_nothing_where_headings_have_capitals() -> None:
    prose = "The lamps along the quay were lit one after another while the tide came in, and\nnobody spoke of it.\n\n"
    formula = "the oil in an hour being\n\n                R = (W - w) / h,             (1)\n\nwhere _h_ is hours.\n\n"
    heads = (("I", "WICKS"), ("II", "GLASS"))
    text = "".join(f"\n\n\nCHAPTER {n}\n\nOF OIL AND {kind}\n\n\n{prose}{formula}{prose}" for n, kind in heads)
    lines = [Line(n, line) for n, line in enumerate(text.split("\n"), 1)]
    decided = {one.line: one for one in label(lines)}
    found = {line.text.strip(): decided[line.number].role for line in lines if line.number in decided}
    assert found["the oil in an hour being"] is Role.PARAGRAPH
    assert found["R = (W - w) / h,             (1)"] is Role.QUOTE


@pytest.mark.parametrize(
    ("rule", "lines", "wanted"),
    [
        (display.led, "v|Oil.............. two pints.\nv|Wicks............ as many as burn.", "tt"),
        (display.led, "v|Oil ..... two ..... pints.\nv|Wicks, nine.", "vv"),
        (display.led, "p|Lamps  .    .    .    .    3\np|Oil    .    .    .    .   12", "tt"),
        (display.columned, BILL, "tttt"),
        (display.columned, DEPTHS, "ttttt"),
        (display.columned, "h|CHAPTER I        The Lamp\nh|CHAPTER II       The Oil", "hh"),
        (display.columned, FORMS, "dttt"),
        (display.columned, FORMS.replace("d+", "d"), "dddd"),  # who speaks, in a column
        (display.columned, BOX, "pppp"),
        (display.headed, FORMS.replace("d+", "t"), "tttt"),
        (display.headed, "h|THE LAMP\n\nt|Oil      2s.\nt|Wicks    1s.", "htt"),
        (display.word_lists, "h|    lamp     wick     oil      quay", "t"),
        (display.word_lists, "h|CHAPTER I.         THE LAMP", "h"),
        (display.formulas, "h|        R = (W - w) / h,      (1)", "q"),
        (display.formulas, "h|        NORRIS = ANN TARN", "h"),
        (display.formulas, "p|R = 3 is what he wrote.", "p"),
    ],
)
def test_what_stands_in_columns_or_is_a_formula(rule: Rule, lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, rule(rows, told)) == wanted


STANZA = """v|The lamp is lit, the boats come in,
v|  And every sail is told;
v|The keeper writes them in his book
v|  And shuts it for the cold."""
POEMS = "\n\n\n\n".join(f"{title}\n\n{STANZA}" for title in ("h|Oil", "h|Wicks", "v|Glass", "h|Salt"))
PLAIN = "p|The lamps along the quay were lit one after another while\np+|the tide came in, and nobody spoke of it."
QUOTED = f"{PLAIN}\n\n{PLAIN.replace('|', '|  ')}\n\n{PLAIN}"
RULES = "p|1. Light it.\n\np|2. Trim it, and see that it burns.\n\np|3. Go to bed."
READ_OUT = """p|The board of the day said:

p|FIRE ON THE QUAY

h|NO LAMP WAS LIT
h+|KEEPER QUESTIONED

p|He went in."""
LEDS_UP = "v|    I am lit,\nv|    I am lit.\n\nv|And the second lamp said:\n\nv|    I am out,\nv|    I am out."


@pytest.mark.parametrize(
    ("rule", "lines", "wanted"),
    [
        (enumerations.short_and_numbered, RULES, "iii"),
        (enumerations.short_and_numbered, RULES.replace("1.", "4."), "ppp"),
        (enumerations.short_and_numbered, RULES.replace("3. Go", "3. It was so. Go" + " on" * 30), "ppp"),
        (enumerations.short_and_numbered, RULES.replace(".", ")").replace("p|2", "h|2"), "iii"),
        (enumerations.short_and_numbered, RULES.replace("p|2", "h|2"), "php"),  # headings of a series
        (enumerations.bullets_apart, "p|* oil\n\nv|* wicks, and a\nv|  spare one\n\nh|* glass", "iiii"),
        (enumerations.bullets_apart, "p|- Who is there?\n\np|- Nobody.\n\np|- Then go.", "ppp"),
        (enumerations.bullets_apart, "p|- oil;\n\np|- wicks;\n\np|- glass.", "iii"),
        (enumerations.bulleted, "t|(i) Oil, of the best;\nt|(ii) wicks.\nt|(iii) Glass.", "iii"),
        (passages.set_in, QUOTED, "ppqqpp"),
        (passages.set_in, QUOTED.rpartition("\n\n")[0], "pppp"),  # no text goes on below it
        (passages.set_in, QUOTED.replace("p+|  ", "p+|    "), "pppppp"),
        (enumerations.glosses, "v|Bode, _a wait_.\nv|Cuddy, _tea_, _rest_: 1 A 2.", "ii"),
        (enumerations.glosses, "p|bode = a wait\np+|cuddy = tea", "ii"),
        (enumerations.glosses, "p|Mrs. Tarn, _who was late_,\np+|came in with Captain _Vale_.", "pp"),
        (enumerations.below_their_name, "h|AUTHORITIES.\n\nv|The Log of Kestle, 1811.\nv|MS. 9, leaf 3.", "hii"),
        (enumerations.below_their_name, "p|Druckfehler\n\np|S. 4 lies Docht.\np+|S. 9 lies Lampe.", "pii"),
        (enumerations.below_their_name, "h|THE LAMP\n\nv|The Log of Kestle, 1811.\nv|MS. 9, leaf 3.", "hvv"),
        (enumerations.below_their_name, f"h|SOURCES\n\np|{WIDE}\np+|Tarn and so on.", "hpp"),
        (enumerations.enumerated, "p|1830  The Lamp\np+|1831  The Lamp; The Oil\np+|1832  The Oil", "iii"),
        (enumerations.enumerated, "p|1830  The Lamp\np+|and, in the year after,\np+|1832  The Oil", "ppp"),
        (enumerations.bulleted, "i|+ Signed, Ann Tarn.\ni+|+ Signed, Bo Vale.", "ii"),
        (mottos.mottos, GIVEN, "lpp" + "h" + "pp" * 4),
        (mottos.mottos, GIVEN.replace("l|THE FERRY\n\n", ""), "hp" + "h" + "pp" * 4),  # it opens the text
        (mottos.mottos, GIVEN.replace("h|CHAPTER I", "h|Of what a keeper has to do with it."), "lhp" + "h" + "pp" * 4),
        (mottos.mottos, LIES_HERE, "vvvv" + "h" + "pp" * 4),
        (mottos.mottos, LIES_HERE.replace("here._", "here."), "hhvv" + "h" + "pp" * 4),
        (mottos.mottos, PLAYED.replace("|    ", "|"), "hvp" + "h" + "pp" * 4),
        (enumerations.items, "i|Orla Penn: Mr. Tarn.\ni|Bo Vale, clerk: Mr. Orr.\ni+|Ann Vale: Miss Fenn.", "iii"),
        (passages.broken, CUT_SHORT, "pvvvvp"),
        (passages.broken, COUPLET, "pvvp"),
        (passages.broken, COUPLET.replace("|    And", "|    and"), "pqqp"),
        (passages.broken, COUPLET.replace("night is long", "night is long, said the keeper of the lamp"), "pqqp"),
        (passages.broken, f"p|{WIDE}\n\n" + "\n".join(["q|    The lamp is lit and the"] * 6), "pqqqqqq"),
        (display.led, ACCOUNT, "tttttt"),
        (display.led, ACCOUNT.replace("  4.00", ""), "vvvvvv"),
        (display.captioned, f"p|{WIDE}\n\nq|        PRICES OF OIL\nl|           AT TARN\n\n{OIL}", "pcctt"),
        (display.captioned, f"p|{WIDE}\n\nq|        Prices of oil\nl|           at Tarn\n\n{OIL}", "pqltt"),
        (display.captioned, f"h|        PRICES OF OIL\n\n{OIL}", "htt"),
        (display.captioned, "t|     OIL\nt|+-----+-----+\nt|| May | 3   |\nt|+-----+-----+", "cttt"),
        (display.captioned, "t|May      3\nt|-----------\nt|Both     4\nt|All      7", "tttt"),
        (passages.leading_up, LEDS_UP, "vvpvv"),
        (passages.leading_up, LEDS_UP.replace("v|And", "v|    And"), "vvvvv"),
        (passages.leading_up, f"p|{WIDE}\n\nv|As the song says of it,\n\nv|    I am lit,\nv|    I am out.", "ppvv"),
        (passages.leading_up, f"p|{WIDE}\n\nv|Das Lied sagt:[1]\n\nv|    Ich bin an,\nv|    Ich bin aus.", "ppvv"),
        (passages.leading_up, "v|I burn,\nv|I go,\n\nv|I am lit,\n\nv|    I am lit,\nv|    I am out.", "vvvvv"),
        (passages.ornaments, "v|The lamp is lit.\nv|    *\nv|The tide is in.", "vxv"),
        (passages.stanzas, STANZA + "\n\n" + STANZA.replace("v|", "p|"), "vvvvvvvv"),
        (passages.poems, POEMS, "hvvvv" * 4),
        (display.notices, READ_OUT, "pqqqp"),
        (display.notices, READ_OUT.replace("FIRE ON THE QUAY", "Fire on the quay"), "pphhp"),
    ],
)
def test_lists_and_what_stands_in_verse(rule: Rule, lines: str, wanted: str) -> None:
    rows, told = read(lines)
    assert roles(told, rule(rows, told)) == wanted


def test_a_couplet_under_a_number_is_verse_as_those_beside_it() -> None:
    couplet = "The lamp was lit, the keeper went to bed,\n{}|And dreamt of all the ships the lamp had led."
    rows, told = read(
        "\n\n".join(f"p|{n}\n\n{code[0]}|{couplet.format(code)}" for n, code in enumerate(("v", "p+", "v", "v"), 1))
    )
    assert roles(told, passages.among_verse(rows, told)) == "pvv" * 4


SPOKEN: dict[str, tuple[Rule, str]] = {
    "sentence-in-front": (mottos.mottos, GIVEN),
    "quoted-in-front": (mottos.mottos, PLAYED),
    "slanted-in-front": (mottos.mottos, LIES_HERE),
    "torn-by-a-note": (
        lambda rows, told: joins.torn(rows, told, {rows[1].number}),
        "p|He bought a carpet* of great size, which\n\np|* It was sold.\n\np|had been his aunt's.",
    ),
    "numbered-and-short": (enumerations.short_and_numbered, RULES),
    "headword-and-meaning": (enumerations.glosses, "p|bode = a wait\np+|cuddy = tea"),
    "entry-of-a-list": (enumerations.below_their_name, "h|SOURCES\n\nv|The Log, 1811.\nv|MS. 9, leaf 3."),
    "set-in-whole": (passages.set_in, QUOTED),
    "leads-up-to-verse": (passages.leading_up, LEDS_UP),
    "signs-in-prose": (passages.ornaments, "p|The lamp is lit.\np|      .   .   .   .\np+|The tide is in."),
    "number-of-a-line": (passages.line_numbers, "v|The lamp is lit,\nv|                        5\nv|The tide is in."),
    "stars-in-verse": (passages.ornaments, "v|The lamp is lit.\nv|    *\nv|The tide is in."),
}
"""What overrules the labeller, as in the tests of what overrules it."""


@pytest.mark.parametrize("rule", SPOKEN)
def test_a_rule_of_blocks_speaks_whatever_the_weights_are(rule: str) -> None:
    overrule, lines = SPOKEN[rule]
    rows, told = read(lines)
    assert rule in {reason.rule for one in overrule(rows, told).values() for reason in one.reasons}
