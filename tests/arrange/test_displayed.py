"""A line on display ends without a full stop, unless that ends an abbreviation."""

from __future__ import annotations

import pytest

from pipeline.arrange.displayed import displayed, stopped

CALL = "\U000f0000"


@pytest.mark.parametrize(
    ("heading", "usual", "printed"),
    [
        ("The Lamp goes out.", False, "The Lamp goes out"),
        ("Les marches du Pic d'Ur.", True, "Les marches du Pic d'Ur"),
        ("Les marches du Pic d'Ur.", False, "Les marches du Pic d'Ur."),
        ("Kajüte 34 und Kajüte 27.", True, "Kajüte 34 und Kajüte 27"),
        ("De Vuurtoren. (Derde Uitgave.)", True, "De Vuurtoren. (Derde Uitgave)"),
        (f"Il faro.{CALL}", True, f"Il faro{CALL}"),
        ("Of Quarles & Co.", True, "Of Quarles & Co."),
        ("What was said by Dr.", True, "What was said by Dr."),
        ("The Letter of Edna Q.", True, "The Letter of Edna Q."),
        ("Oars, ropes, etc.", True, "Oars, ropes, etc."),
        ("THE LAMP GOES OUT.", True, "THE LAMP GOES OUT."),  # print and e-book take it off
        ("Who lit it?", True, "Who lit it?"),
    ],
)
def test_a_heading_has_no_full_stop(heading: str, usual: bool, printed: str) -> None:
    assert displayed(heading, usual=usual) == printed


def test_what_most_headings_end_with_says_nothing_of_their_last_words() -> None:
    assert stopped(["The Oar.", "The Rope.", "Tar and Oil.", "The Quay of Ur."])
    assert not stopped(["The Oar.", "The Rope", "Tar and Oil", "The Quay of Ur."])
    assert not stopped(["The Oar."])
