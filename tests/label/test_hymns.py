"""What a user may rely on: each hymn of a hymnal has its number for a heading, whatever stands beside it."""

from pipeline.label import label
from pipeline.model import Line, Role

STANZAS = """\
 1  The lamp is lit upon the quay,
      The oil is in the bowl;
    The boats are coming home from sea,
      And so is every soul.

 2  Behold, the rope is on the stone,
      The bell is in the tower;
    And nobody shall sit alone
      Beyond the supper hour."""
HEADS = (
    "1.                    _Lisk._                    C.M.",
    "2.                    _Weir._                    8.6.8.6.",
    "3.              _First Tune_: Orr.               S.M.\n                _Second Tune_: Fenn.",
    "4.                                               7.7.7.5.",
    "5.\n   (_To be sung on the quay._)",
    "6.                    _Lisk._                    C.M.",
)


def test_numbers_of_hymns_are_headings_alike() -> None:
    hymns = "\n\n\n".join(f"{head}\n\n{STANZAS}" for head in HEADS[:3])
    others = "\n\n\n".join(f"{head}\n\n{STANZAS}" for head in HEADS[3:])
    parts = STANZAS.replace("\n\n", "\n\n                 PART II.\n\n")
    text = f"HYMNS OF THE QUAY\n\n\n\nMORNING\n\n\n{hymns}\n\n\n\nEVENING\n\n\n{others}\n\n\n"
    text += f"7.    _Orr._     S.M.\n\n{parts}\n"
    lines = [Line(n, row) for n, row in enumerate(text.split("\n"), 1)]
    found = {one.line: one for one in label(lines)}
    heads = [found[line.number] for line in lines if line.text[:2] in [f"{n}." for n in range(1, 8)]]
    assert {one.role for one in heads} == {Role.HEADING}
    assert {one.level for one in heads} == {2}
    stanzas = [found[line.number].role for line in lines if line.text[:4] in (" 1  ", " 2  ")]
    assert set(stanzas) == {Role.VERSE}
    assert found[next(line.number for line in lines if "PART" in line.text)].role is Role.RUBRIC
