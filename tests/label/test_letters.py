"""Letters within other texts: head, text and foot are told apart, in whatever form a transcriber set them."""

from __future__ import annotations

import textwrap

import pytest

from pipeline.label import label
from pipeline.model import Line

PROSE = (
    "The ferry was late again that morning, and nobody on the landing said a word about it to the old man, who had"
    " seen worse mornings, and said so to the gulls while the rope dried across his knees in the pale sun of April."
)
OTHER = (
    "In the village they talked of nothing but the lamp for a week, and then of nothing at all, since the wind had"
    " taken away every other subject, and the miller, who knew better, kept his shutters closed until it was over."
)
SAID = (
    "I have had your parcel, and have opened it on the landing, where everybody could see that there was nothing in it."
)


def wrapped(text: str, inset: int = 0) -> str:
    return textwrap.fill(text, 70, initial_indent=" " * inset, subsequent_indent=" " * inset)


def roles(letter: str) -> str:
    """Return the first letters of the roles of a letter's lines, "+" behind those that go on."""
    around = "\n\n".join(wrapped(one) for one in (PROSE, OTHER) * 4)
    opening = f"CHAPTER I\n\n\n{around}\n\n"
    text = f"{opening}{letter}\n\n{around}\n\n\n\nCHAPTER II\n\n\n{around}\n"
    first = opening.count("\n") + 1
    last = first + letter.count("\n")
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    told = [one for one in label(lines) if first <= one.line <= last]
    return "".join(one.role.value[0] + "+" * one.joined for one in told)


HEADS = {
    "en": ("Ellery, 3rd of May, 1861.", "My dear Silas,", "Your affectionate sister,", "MARTA QUILL."),
    "de": ("Ellernau, den 3. Mai 1861.", "Lieber Silas,", "Deine treue Schwester", "Marta."),
    "fr": ("Ellerie, ce 3 mai 1861.", "Mon cher Silas,", "Votre affectionnée sœur,", "MARTHE."),
    "es": ("Elera, 3 de mayo de 1861.", "Muy señor mío:", "Queda de usted su servidor,", "JUAN QUIL."),
    "it": ("Ellera, 3 maggio 1861.", "Caro Silvio,", "Il vostro affezionato fratello,", "A. QUILLI."),
    "fi": ("Elleri, 3. toukokuuta 1861.", "Hyvä Silas!", "Kunnioittaen", "M. KVILLA."),
    "eo": ("Elero, 3 majo 1861.", "Kara Silaso,", "Kun koraj salutoj", "MARTA."),
    "pt": ("Elera, 3 de maio de 1861.", "Meu caro Silas,", "A tua amiga,", "MARTA."),
    "nl": ("Ellerdam, 3 Mei 1861.", "Mijnheer,", "Uw dienstwillige dienaar,", "J. KWIL."),
}


@pytest.mark.parametrize("lang", HEADS)
@pytest.mark.parametrize(("inset", "opens", "far"), [(0, "", 40), (4, '"', 0)])
def test_a_letter_has_a_head_a_text_and_a_foot(lang: str, inset: int, opens: str, far: int) -> None:
    day, greets, leave, name = HEADS[lang]
    rows = [
        " " * (inset + far) + opens + day,
        " " * inset + opens + greets,
        wrapped(opens + SAID, inset),
        " " * (inset + far) + opens + leave + "\n" + " " * (inset + far + 4) + opens + name + opens,
    ]
    text = "qq+" if inset else "pp+"
    assert roles("\n\n".join(rows)) == f"ll{text}ll"


@pytest.mark.parametrize(
    ("letter", "wanted"),
    [
        (
            f'        "OST HOUSE, _3rd May_.\n\n{wrapped(chr(34) + "SIR,--" + SAID, 4)}\n\n'
            '        "I am, &c.,\n        "R. O."',
            "lqq+ll",
        ),
        (f"{wrapped(SAID)}\n\nThyne,\n\nR. O.\n\nFrom Ellery, this 9 of Aprill.", "pp+lll"),
        (
            "    Dear Sir,\n\n    You owe us for the two ankers that were sent to you in the year of\n"
            "    the great flood.\n\n    I am, Sir,\n    J. ORD, _Clerk_.\n\n    P.S.--And a rope.",
            "lqq+llq",
        ),
        ("It ran:--\n\n    COME AT ONCE. BRING THE LAMP.\n                                  SILAS.", "pql"),
        (
            f"                    Ellery, 3rd May.\n\nMy dear Ann,\n\n{wrapped(SAID)} There were two:\n\n"
            "  1. the old one, which opens upwards, and is never opened but\n     once in a year;\n"
            "  2. the new one.\n\n                    Your brother,\n                    SILAS.",
            "llpp+ii+ill",
        ),
        ("I have, &c.,\n  J. ORD.", "ll"),
        ("    By order,\n        E. QUILL, _Clerk_.", "ll"),
        (f"_Ellerdam, 3 Mei._\n\n_Waarde Vriendin!_\n\n{wrapped(SAID)}\n\n_Uwe_\nMARTA.", "llpp+ll"),
        ('"It rained, and the lamp was out all night.\n\n"LENA.\n\n"P. S.--Nobody paid.', "plp"),
        ('"It rained, and the lamp was out all night."\n\n"LENA."', "pp"),  # a speech
        ('"Dear Silas!"\n\n"It is late," he said.', "pp"),  # a speech
        ("Madame Sol, who now began to suspect her ferryman,\nasked for oil.", "pp+"),
        ("“Dear madam,” cried the miller’s wife, in great astonishment,\n“the lamp is out, and I am wet.”", "pp+"),
        (
            "You are prepared for what follows--it is a\nletter--a hasty letter, that, in my fear,\nin haste, I wrote."
            f"\n\nMy dear Silas,\n\n{wrapped(SAID)}",
            "pp+p+lpp+",
        ),
        (
            f"He took the lamp and went, and I sit\nhere thinking--of what, I know.\n\nMy dear Ann,\n\n{wrapped(SAID)}",
            "pp+lpp+",
        ),
        (f"{' ' * 30}“Dear Silas--\n\n{wrapped(SAID)}\n\n{'=Marta Quill’s Journal=':^70}", "lpp+h"),
        ("Mon cher Silas,", "l"),
        ("_The Lamp_, 1861.", "p"),
    ],
)
def test_forms_of_letters(letter: str, wanted: str) -> None:
    assert roles(letter) == wanted


def test_a_preface_is_signed_with_initials_and_a_day() -> None:
    around = "\n\n".join(wrapped(one) for one in (PROSE, OTHER) * 4)
    text = (
        f"PREFACE\n\n{around}\n\nE. Q.\n\n_Ellery, 3rd of May, 1861._\n\n\nCHAPTER I\n\n{around}\n\nE. Q.\n\n{around}\n"
    )
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    role = {one.line: one.role.value for one in label(lines)}
    signed = [line.number for line in lines if line.text == "E. Q."]
    assert (role[signed[0]], role[signed[0] + 2]) == ("letter", "letter")


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ("LETTER {}", "_Ellery, Thursday._"),
        ("BRIEF {}", "Ellernau, Donnerstag."),
        ("LETTRE {}", "Ellerie, ce 3 mai 1861."),
    ],
)
def test_a_place_and_a_day_below_the_heading_of_a_letter(head: str, below: str) -> None:
    prose = "\n\n".join(wrapped(one) for one in (PROSE, OTHER))
    text = "\n\n\n\n".join(f"{head.format(n)}\n\n{below}\n\n{prose}" for n in (1, 2, 3))
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    told = {one.line: one.role.value for one in label(lines)}
    assert {told[line.number] for line in lines if line.text == below} == {"letter"}


@pytest.mark.parametrize(
    ("end", "wanted"),
    [
        (
            f"{wrapped(SAID)}\nWith which I lay down the oar, and am,\n\n           ORLA.\n\nLisk, May 3, 1811.",
            "pp+p+ll",
        ),
        ("Womit ich die Lampe lösche und verbleibe,\n\n                Orla Penn.", "pl"),
        ("It was what I am\n\n                ORLA PENN.", "p"),
    ],
)
def test_a_sentence_runs_into_the_name_that_signs(end: str, wanted: str) -> None:
    assert roles(end).startswith(wanted)


def test_what_was_added_below_a_leave_is_no_verse() -> None:
    letter = "\n\n".join(("     Dear Silas:", wrapped(SAID, 5), "     Yours for oil,", "     P.S. How about the rope?"))
    assert roles(letter)[-1] == "q"
