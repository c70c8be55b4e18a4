"""Which citations name one work, and how it is described."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cite import gather, parse, same, shelves
from pipeline.model import Citation, Fields, Work

ONE_WORK = {
    "initial and full name, subtitle, publisher": [
        "Orr, A. The Northern Light. Cambridge, N. Y.: Yew Univ. Press, 1985, p. 38",
        "J. Anders Orr, The Northern Light: A Reconsideration (New York: Yew Univ. Press, 1985), p. 190.",
    ],
    "copyright date": [
        "Orr, Anna. Gulls. Boston: Quay, c1936, p. 3",
        "Orr, Anna. Gulls. Boston: Quay, 1936, p. 4",
    ],
    "transliteration": [
        "Volkov, Dmitri. Ice. Boston: Quay, 1991, p. 3",
        "Volkov, Dmitrii. Ice. Boston: Quay, 1991, p. 4",
    ],
    "small letters": [
        "Orr, Anna. The Boats During the Thirties, 2001.",
        "Orr, Anna. The Boats during the Thirties, 2001.",
    ],
    "places and publishers": [
        "Orr, Anna. Gulls. New York, N. Y.: Victor Quay, 1936, p. 3",
        "Orr, Anna. Gulls. New York : Quay, 1936, p. 4",
        "Orr, Anna. Gulls. New York: V. Quay, ltd., 1936, p. 5",
    ],
    "author or editor, acronym": [
        "Marsh, Robert. Acts of the NLB–The Ice Years. Vol. 3. Toronto: Quay Press, 1974, p. 1",
        "Robert H. Marsh, editor, Acts of the Northern Light Board. Vol. 3 (Toronto: Quay Press, 1974), 1.",
    ],
    "a slip of the pen": [
        "Orr, Anna. The Northern Harbour. Boston: Quay, 1936, p. 3",
        "Orr, Anna. The Northern Harbor. Boston: Quay, 1936, p. 3",
    ],
}
TWO_WORKS = {
    "two books of one year": [
        "Orr, Anna. Gulls. Boston: Quay, 1936, p. 3",
        "Orr, Anna. Terns. Boston: Quay, 1936, p. 3",
    ],
    "one word more": [
        "Orr, Anna. The Pilot Armed. London: Quay, 1959, p. 3",
        "Orr, Anna. The Pilot Unarmed. London: Quay, 1959, p. 3",
    ],
    "another title that begins alike": [
        "Orr, Anna. The History of Leith. London: Quay, 1959, p. 3",
        "Orr, Anna. The History of Leith and Its Boats. London: Harbour, 1959, p. 3",
    ],
    "volumes": [
        "Orr, Anna. Works. Leith: Quay, 1952, Vol. 6, p. 2",
        "Orr, Anna. Works. Leith: Quay, 1952, Vol. 8, p. 2",
    ],
    "editions": [
        "Orr, Anna. Gulls. Boston: Quay, 1936, p. 3",
        "Orr, Anna. Gulls. Boston: Quay, 1967, p. 3",
    ],
    "other people of one name": [
        "Orr, Anna. Gulls. Boston: Quay, 1936, p. 3",
        "Orr, Colin. Gulls. Boston: Quay, 1936, p. 3",
    ],
    "book and article": [
        "Orr, Anna. Gulls. Boston: Quay, 1936, p. 3",
        "Orr, Anna. “Gulls.” Northern Review 61 (January 1936) p. 122.",
    ],
}


def gathered(texts: list[str]) -> tuple[tuple[Citation, ...], tuple[Work, ...]]:
    return gather([replace(parse(text), line=line) for line, text in enumerate(texts, 1)])


@pytest.mark.parametrize("texts", ONE_WORK.values(), ids=list(ONE_WORK))
def test_one_work(texts: list[str]) -> None:
    citations, works = gathered(texts)
    assert len(works) == 1
    assert {citation.work for citation in citations} == {works[0].id}
    assert sorted(line for _, lines in works[0].variants for line in lines) == [*range(1, len(texts) + 1)]


@pytest.mark.parametrize("texts", TWO_WORKS.values(), ids=list(TWO_WORKS))
def test_two_works(texts: list[str]) -> None:
    citations, works = gathered(texts)
    assert len(works) == 2
    assert citations[0].work != citations[1].work


def test_what_two_works_could_claim_is_given_to_neither() -> None:
    citations, works = gathered([*TWO_WORKS["editions"], "Orr, Anna. Gulls. Boston: Quay, p. 3"])
    assert len({citation.work for citation in citations}) == len(works) == 3


def test_best_attested_form() -> None:
    """The usual form of each part wins; a full name, a full title and an editor's mark are never given up."""
    _, works = gathered(
        [
            "Orr, A. The Northern Light. Boston: Quay, 1936, p. 3",
            "Orr, A. The Northern Light. Boston: Quay, 1936, p. 4",
            "Orr, Anna. The Northern Light: A Memoir. Boston: V. Quay, 1936, p. 5",
        ]
    )
    assert works[0].csl == {
        "id": "orr1936northern",
        "type": "book",
        "author": [{"family": "Orr", "given": "Anna"}],
        "title": "The Northern Light: A Memoir",
        "publisher": "Quay",
        "publisher-place": "Boston",
        "issued": {"date-parts": [[1936]]},
    }


def test_one_person_has_one_name_in_all_works() -> None:
    """The fullest form, if all forms can be one person's; where they can be two people's, each stays as it is."""
    _, works = gathered(
        [
            "Orr, Anna L. Gulls. Boston: Quay, 1936, p. 3",
            "Orr, Anna Louise. Terns. Boston: Quay, 1937, p. 3",
            "Volkov, Dmitri. Ice. Boston: Quay, 1991, p. 3",
            "Volkov, Dmitri. Ice. Boston: Quay, 1991, p. 4",
            "Volkov, Dmitrii. Snow. Boston: Quay, 1994, p. 4",
            "Lee, A. Rope. Boston: Quay, 1936, p. 3",
            "Lee, Anna. Tar. Boston: Quay, 1937, p. 3",
            "Lee, Albert. Oakum. Boston: Quay, 1938, p. 3",
        ]
    )
    given_names = {work.csl["title"]: work.csl["author"][0]["given"] for work in works}
    assert given_names == {
        "Gulls": "Anna Louise",
        "Terns": "Anna Louise",
        "Ice": "Dmitri",
        "Snow": "Dmitri",
        "Rope": "A.",
        "Tar": "Anna",
        "Oakum": "Albert",
    }


def test_dates_of_articles() -> None:
    _, works = gathered(
        [
            "Orr, Anna. “Searching Out the Shoals.” New Harbour: August 7, 1935, p. 357",
            "“Cleaning the Lamps,” Northern Light Magazine, Vol. 9, No. 3 (Spring 1977), pp. 31-34.",
        ]
    )
    issued = {work.id: work.csl["issued"] for work in works}
    assert issued == {
        "orr1935searching": {"date-parts": [[1935, 8, 7]]},
        "1977cleaning": {"date-parts": [[1977]], "season": 1},
    }


def test_ids_are_readable_and_unique() -> None:
    _, works = gathered(
        [
            "Orr, Anna. At the Salt Trial. Boston: Quay, 1936, p. 3",
            "Orr, Anna. The Salt Pans. Boston: Quay, 1936, p. 3",
            "Orr, Anna. Salt. Boston: Quay, 1936, p. 3",
            "Orr, Anna. Works. Leith: Quay, 1952, Vol. 6, p. 2",
        ]
    )
    assert [work.id for work in works] == [
        "orr1936salt",
        "orr1936saltpans",
        "orr1936saltx2",
        "orr1952worksvol6",
    ]


def test_what_cannot_be_parsed_has_no_work() -> None:
    citations, works = gathered(["???", "Orr, Anna. Gulls. Boston: Quay, 1936, p. 3"])
    assert [citation.work for citation in citations] == [None, "orr1936gulls"]
    assert len(works) == 1


@given(st.permutations([text for texts in (*ONE_WORK.values(), *TWO_WORKS.values()) for text in texts]))
def test_the_order_of_lines_does_not_change_the_works(texts: list[str]) -> None:
    citations, _ = gathered(texts)
    together: dict[str | None, set[str]] = {}
    for citation in citations:
        together.setdefault(citation.work, set()).add(citation.text)
    again, _ = gathered(sorted(texts))
    same: dict[str | None, set[str]] = {}
    for citation in again:
        same.setdefault(citation.work, set()).add(citation.text)
    assert sorted(map(sorted, together.values())) == sorted(map(sorted, same.values()))


@pytest.mark.parametrize(
    "form",
    [
        "Orr, Anna. The Book of Number {n}. Leith: Quay, 1950, p. 3",
        "Orr{n}, A. Net {n}. 1950, p. 3",
        "Orr, Anna. Annals of the Northern Harbour. Vol. {n}. Leith: Quay, 1950, p. 3",
    ],
)
def test_works_that_differ_by_a_number_stay_apart_and_are_not_all_compared(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice the works may cost twice the comparisons, not four times as many."""
    asked: list[int] = []
    whole = same.same_work

    def counted(one: Fields, other: Fields) -> bool:
        asked[-1] += 1
        return whole(one, other)

    monkeypatch.setattr(shelves, "same_work", counted)
    for number in (100, 200):
        asked.append(0)
        cited = [replace(parse(form.format(n=n)), line=n) for n in range(1, number + 1)]
        assert len(gather(cited)[1]) == number
    assert asked[1] <= 2.5 * asked[0] + 10


def test_a_title_without_its_volume_is_given_to_none_of_many() -> None:
    volumes = [f"Orr, Anna. Annals of the Harbour. Vol. {n}. Leith: Quay, 1950, p. 3" for n in range(1, 6)]
    citations, found = gathered([*volumes, "Orr, Anna. Annals of the Harbour. Leith: Quay, 1950, p. 9"])
    assert len(found) == 6
    assert len({one.work for one in citations}) == 6


def test_of_many_journals_that_differ_in_a_word_only_those_are_looked_at_that_can_be_one() -> None:
    all_of_them = shelves.Shelves()
    names = [f"{one}{two}" for one in ("Bakel", "Mirun", "Sovet", "Zadro", "Felga") for two in ("an", "ody", "ight")]
    for name in names:
        all_of_them.open(Fields(title="The Long Net", container=f"Journal of {name} Studies", year="1950"))
    for spelt, wanted in (("Bakelan", 1), ("Bakelann", 1), ("Bakelen", 1), ("Quorra", 0)):
        asked = Fields(title="The Long Net", container=f"Journal of {spelt} Studies", year="1950")
        assert len(list(all_of_them.near(asked))) == wanted
    assert not list(all_of_them.near(Fields(title="The Long Net", year="1950")))
