"""How deep each heading lies."""

from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.label.headlines import Form, Headline
from pipeline.label.levels import levels_of

FORMS = {
    "LAMPS": Form.CAPITALS,
    "WICKS": Form.CAPITALS,
    "OIL": Form.CAPITALS,
    **dict.fromkeys(("Preface", "NOTES", "ANMERKUNGEN", "INDEX"), Form.MATTER),
    **{f"THE {which} {what}": Form.CAPITALS for which in ("FIRST", "SECOND") for what in ("DAY", "TALE")},
    **dict.fromkeys(("A. Gods", "B. Ships", "C. Songs", "D. Jars", "§ 1. Oil", "§ 2. Wicks"), Form.NUMBERED),
    **{f"{month} 1811-12": Form.CAPITALS for month in ("MAY", "JUNE", "JULY")},
    **dict.fromkeys(("TARS", "ROPES", "POEMS", "THE MOON", "THE SUN"), Form.CAPITALS),
    "ARGUMENT.": Form.MATTER,
    "WAYS": Form.CAPITALS,
    "Old Jar": Form.SHORT,
    "New Jar": Form.SHORT,
    "Long Wick": Form.SHORT,
    "Short Wick": Form.SHORT,
}

_ROUTES = (("Route 1", 0), ("Route 2", 2), ("Route 3", 2))


def heads(*told: tuple[str, int]) -> list[Headline]:
    """Headings with the blank lines above them; 0 stands right below the heading before, all others below text.

    Right above the next, with as much room, stands one with its blank lines below zero.
    """
    out: list[Headline] = []
    at = 0
    leaf = False
    for text, gap in told:
        at += 1 if not gap or not out or leaf else 2
        leaf, gap = gap < 0, abs(gap)
        alone = text.isdigit() or text in "IVXLCDM"
        form = FORMS.get(text, Form.NUMBER if alone else Form.NUMBERED if text[0].isdigit() else Form.CHAPTER)
        sign = text if form is Form.NUMBER else ""
        out.append(Headline(at, at, text, form, gap or 1, sign))
    return out


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        pytest.param(
            [("Log No. 1", 4), ("Log No. 2", 2), ("Log No. 3", 4), ("Log No. 4", 2)],
            [1, 1, 1, 1],
            id="one level for one form, whatever the gap",
        ),
        pytest.param(
            [("PART I", 4), ("CHAPTER I", 0), ("CHAPTER II", 4), ("PART II", 4), ("CHAPTER I", 0)]
            + [
                (f"THE {which} DAY", gap) if gap else ("CHAPTER I", 0)
                for which in ("FIRST", "SECOND")
                for gap in (4, 0)
            ],
            [1, 2, 2, 1, 2, 1, 2, 1, 2],
            id="what is counted in words over chapters lies beside the parts",
        ),
        pytest.param(
            [("Preface", 4), ("MAY 1811-12", 4), ("JUNE 1811-12", 1), ("JULY 1811-12", 1)],
            [1, 1, 1, 1],
            id="months of one diary, with their years too",
        ),
        pytest.param(
            [("OIL", 4), ("TARS", 4), ("ROPES", 4), ("POEMS", -4), ("THE MOON", 4), ("THE SUN", 4)],
            [1, 1, 1, 1, 2, 2],
            id="a leaf that only says what follows stands over it, and beside what stands before",
        ),
        pytest.param(
            [("OIL", 4), ("POEMS", -4), ("THE MOON", 4), ("THE SUN", 4)],
            [1, 1, 1, 1],
            id="one title before is not enough: it may be half the title of the book",
        ),
        pytest.param(
            [("Preface", 4), ("THE MOON", 4), ("ARGUMENT.", 0), ("I", 2), ("II", 2), ("THE SUN", 4), ("ROPES", 4)],
            [1, 1, 2, 2, 2, 1, 1],
            id="an argument lies below its poem, as the numbers of that do",
        ),
        pytest.param(
            [("LAMPS", 9), ("WICKS", 3), ("CHAPTER 1", 3), ("CHAPTER 2", 2), ("CHAPTER 3", 2)],
            [1, 1, 1, 1, 1],
            id="what stands once above all chapters is a preface, with however much room",
        ),
        pytest.param(
            [("VOLUME I", 4), ("BOOK I", 4), ("CHAPTER I", 4), ("BOOK II", 4), ("VOLUME II", 4), ("BOOK I", 4)],
            [1, 2, 3, 2, 1, 2],
            id="volumes over books over chapters",
        ),
        pytest.param(
            [("CHAPTER I", 4), ("CHAPTER II", 4), ("PART I", 1), ("PART II", 1), ("CHAPTER III", 4)],
            [1, 1, 2, 2, 1],
            id="parts of one chapter, with little room",
        ),
        pytest.param(
            [("PART I", 4), ("Old Jar", 0), ("CHAPTER I", 4), ("PART II", 4), ("CHAPTER II", 4)],
            [1, 2, 2, 1, 2],
            id="what stands by its form alone right below a part lies in it",
        ),
        pytest.param(
            [("VOLUME I", 4), ("BOOK I", 4), ("CHAPTER I", 4), ("BOOK II", 4), ("Preface", 4), ("CHAPTER I", 4)],
            [1, 2, 3, 2, 1, 2],
            id="no level is left out",
        ),
        pytest.param(
            [("LAMPS", 4), ("ACT I", 0), ("ACT II", 2), ("ACT III", 1)],
            [1, 1, 1, 1],
            id="a title that stands again above all acts is no part",
        ),
        pytest.param(
            [("LAMPS", 4), ("Old Jar", 0), ("New Jar", 4), ("Long Wick", 4), ("WICKS", 4)],
            [1, 2, 2, 2, 1],
            id="a work in capitals right over its chapters, and a second behind them",
        ),
        pytest.param(
            [("ACT I", 3), ("SCENE I", 3), ("SCENE II", 3), ("ACT II", 3), ("SCENE I", 3)],
            [1, 2, 2, 1, 2],
            id="the words say what lies over what",
        ),
        pytest.param(
            [("CHAPTER I", 2), ("1. Soups", 2), ("2. Broths", 2), ("CHAPTER II", 2), ("3. Fish", 2)],
            [1, 2, 2, 1, 2],
            id="numbers that run on through chapters lie in them",
        ),
        pytest.param(
            [("WICKS", 2), ("OIL", 2), ("LAMPS", 2), ("1", 0), ("2", 2), ("3", 2), ("OIL", 2), ("WICKS", 2)],
            [1, 1, 1, 2, 2, 2, 1, 1],
            id="numbers inside one piece of several",
        ),
        pytest.param(
            [("LAMPS", 3), ("WICKS", 0), *[("OIL", 3)] * 3, ("LAMPS", 3), ("WICKS", 0), *[("OIL", 3)] * 3],
            [1, 2, 2, 2, 2, 1, 2, 2, 2, 2],
            id="titles right over titles of their form are parts",
        ),
        pytest.param(
            [("LAMPS", 3), ("1", 3), ("2", 3), ("WICKS", 3), ("1", 3), ("2", 3), ("OIL", 3), ("1", 3)],
            [1, 2, 2, 1, 2, 2, 1, 2],
            id="numbers that begin again",
        ),
        pytest.param(
            [("LAMPS", 3), ("Old Jar", 0), ("New Jar", 3), ("WICKS", 3), ("Long Wick", 0), ("Short Wick", 3)],
            [1, 2, 2, 1, 2, 2],
            id="what stands right above another",
        ),
        pytest.param(
            [
                ("THE FIRST DAY", 3),
                ("THE FIRST TALE", 3),
                ("THE SECOND TALE", 3),
                ("THE SECOND DAY", 3),
                ("THE FIRST TALE", 3),
                ("THE SECOND TALE", 3),
            ],
            [1, 2, 2, 1, 2, 2],
            id="numbers in words that begin again",
        ),
        pytest.param(
            [("Chapter I", 2), ("Old Jar", 2), ("New Jar", 2), ("Chapter II", 2), ("Long Wick", 2), ("Short Wick", 2)],
            [1, 2, 2, 1, 2, 2],
            id="what has no number stands between what has one",
        ),
        pytest.param(
            [("LAMPS", 1), ("ACT I", 1), ("ACT II", 1)],
            [1, 1, 1],
            id="no gap is known of what only opens the text",
        ),
        pytest.param(
            [("LAMPS", 4), ("Old Jar", 2), ("New Jar", 2), ("WICKS", 4), ("Long Wick", 2)],
            [1, 2, 2, 1, 2],
            id="the wider gap",
        ),
        pytest.param(
            [("1. Oil", 1), ("2. Wicks", 1), ("2.1 Long Wicks", 1), ("2.2 Short Wicks", 1), ("3. Jars", 1)],
            [1, 1, 2, 2, 1],
            id="numbers within numbers",
        ),
        pytest.param(
            [("Preface", 4), ("1", 2), ("2", 2), ("Chapter I", 4), ("Chapter II", 4)],
            [1, 2, 2, 1, 1],
            id="the sections of a preface",
        ),
        pytest.param(
            [("B", 3), ("C", 3), ("E", 3), ("F", 3), ("I", 3), ("K", 3)],
            [1, 1, 1, 1, 1, 1],
            id="the letters of a dictionary, of which some are Roman figures",
        ),
        pytest.param(
            [("Canto I", 3), ("I", 0), ("II", 1), ("Canto II", 2), ("I", 0), ("II", 1), ("ANMERKUNGEN", 2)],
            [1, 2, 2, 1, 2, 2, 1],
            id="the notes of the whole book",
        ),
        pytest.param(
            [("Chapter I", 3), ("NOTES", 2), ("Chapter II", 3), ("NOTES", 2)],
            [1, 2, 1, 2],
            id="the notes of each chapter",
        ),
        pytest.param(
            [("1. Oil", 3), ("2. Wicks", 3), ("A. Gods", 3), ("B. Ships", 2), ("C. Songs", 2), ("3. Jars", 3)],
            [1, 1, 2, 2, 2, 1],
            id="letters between numbers",
        ),
        pytest.param(
            [("A. Gods", 3), ("B. Ships", 3), ("C. Songs", 3), ("D. Jars", 3), ("INDEX", 3)],
            [1, 1, 1, 1, 1],
            id="letters that are no Roman figures",
        ),
        pytest.param(
            [
                ("1", 3),
                ("2", 3),
                ("3", 3),
                ("4", 3),
                ("INDEX", 3),
                ("A", 0),
                ("B", 2),
                ("E", 2),
                ("F", 2),
                ("NOTES", 3),
            ],
            [1, 1, 1, 1, 1, 2, 2, 2, 2, 1],
            id="the letters of an index",
        ),
        pytest.param(
            [("LAMPS", 3), ("§ 1. Oil", 0), ("§ 2. Wicks", 1), ("OIL", 2), ("WAYS", 2), *_ROUTES, ("INDEX", 3)],
            [1, 2, 2, 1, 1, 2, 2, 2, 1],
            id="what counts below a name, up to the next one or the index",
        ),
    ],
)
def test_levels(told: list[tuple[str, int]], expected: list[int]) -> None:
    assert levels_of(heads(*told)) == expected


def test_the_only_title_of_its_style_lies_beside_the_sisters_it_stands_between() -> None:
    told = heads(("POEMS", -4), ("LAMPS", 4), ("WICKS", 4), ("Old Jar", 4), ("OIL", 4), ("ROPES", -4), ("TARS", 4))
    assert levels_of(told) == [1, 2, 2, 2, 2, 1, 2]


def test_sections_with_more_room_lie_over_numbers_that_run_on_through_them() -> None:
    told = heads(
        ("Section I", 4), ("1", 2), ("2", 2), ("Section II", 4), ("3", 2), ("4", 2), ("Section III", 4), ("5", 2)
    )
    assert levels_of(told) == [1, 2, 2, 1, 2, 2, 1, 2]


def test_the_introduction_of_a_part_lies_in_it() -> None:
    told = heads(("PART I", 4), ("Preface", 0), ("PART II", 4), ("Preface", 0))
    deep = levels_of(told)
    assert deep == [1, 2, 1, 2]
    assert all(below - above <= 1 for above, below in pairwise(deep))


def test_numbers_with_titles_lie_over_numbers_that_run_on_below_them() -> None:
    def numbered(sign: str, title: str, at: int) -> Headline:
        form = Form.NUMBERED if title else Form.NUMBER
        return Headline(at, at, f"{sign}. {title}".strip(), form, 4, sign)

    told = [("I", "LIFE"), ("I", ""), ("II", ""), ("III", ""), ("II", "LOVE"), ("IV", ""), ("V", "")]
    places = [0, 1, 3, 5, 7, 8, 10]  # the first poem of a part stands right below its name
    assert levels_of([numbered(*one, at) for one, at in zip(told, places, strict=True)]) == [1, 2, 2, 2, 1, 2, 2]
    mixed = [("I", ""), ("II", "A Lamp"), ("III", ""), ("IV", "Oil"), ("V", "")]
    assert set(levels_of([numbered(sign, title, 2 * n) for n, (sign, title) in enumerate(mixed)])) == {1}


def test_sections_of_a_preface_lie_below_it_and_what_the_contents_have_to_the_end_beside_it() -> None:
    told = [("Preface", 4), ("THE MOON", 2), ("THE SUN", 2), ("CHAPTER I", 4), ("CHAPTER II", 4), ("INDEX", 4)]
    assert levels_of([replace(one, listed=True) for one in heads(*told)]) == [1, 2, 2, 1, 1, 1]
    told = [("Preface", 4), ("CHAPTER I", 4), ("CHAPTER II", 4), ("THE MOON", 2), ("THE SUN", 2)]
    assert levels_of([replace(one, listed=True) for one in heads(*told)])[:3] == [1, 1, 1]


def test_chapters_before_the_first_part_are_divisions_if_the_contents_have_them() -> None:
    told = [("Preface", 4), *((f"Chapter {n}", 4) for n in range(1, 4)), ("WAYS", 4)]
    told += [(f"Chapter {n}", 0 if n == 1 else 4) for n in range(1, 4)]
    found = heads(*told)
    assert levels_of(found) == [1, 2, 2, 2, 1, 2, 2, 2]  # as far as one knows, they are sections of the preface
    listed = [replace(one, listed=n in (2, 3)) for n, one in enumerate(found)]
    assert levels_of(listed) == [1, 1, 1, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("places", "level"),
    [
        (["Book I, Ch. 5.", "Book I, Ch. 15.", "Book I, Ch. 15.", "Book II, Ch. 7."], 2),
        (["Book I, Ch. 5.", "Book I, Ch. 15.", "Book II, Ch. 1.", "Book II, Ch. 7."], 1),
    ],
    ids=("one place twice", "each place once"),
)
def test_where_in_another_book_words_stand_is_no_part_of_this_one(places: list[str], level: int) -> None:
    told = [("Chapter 1", 4), ("Chapter 2", 4), *((place, 2) for place in places), ("WAYS", 4)]
    assert levels_of(heads(*told))[2:6] == [level] * 4
