"""``python -m pipeline.check.verapdf book.pdf ua1 3a``: the rules that a PDF breaks, as veraPDF's engine sees it.

Prints a JSON list with a list for each flavour: rows of rule, what it demands, and how often it is broken. The file is
read once for all flavours. It is a program of its own, because a Java inside a process cannot be ended or started anew.
"""

from __future__ import annotations

import json
import sys

from pipeline.check.engines import java, verapdf_jars


def main(path: str, flavours: list[str]) -> None:
    """Print what ``path`` breaks; the flavours are named as veraPDF names them."""
    import jpype

    machine = java()
    assert machine is not None
    jpype.startJVM(
        str(machine.library),
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar) for jar in verapdf_jars()],
        convertStrings=True,
    )
    named = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId
    wanted = [named(flavour) for flavour in flavours]
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    validator = foundry.createValidator(jpype.JClass("java.util.ArrayList")(wanted))
    with foundry.createParser(jpype.JClass("java.io.File")(path), wanted[-1]) as parser:
        results = {result.getPDFAFlavour(): result for result in validator.validateAll(parser)}
    rows = [
        [
            (
                f"{rule.getSpecification().getId()}, {rule.getClause()}-{rule.getTestNumber()}",
                results[flavour].getValidationProfile().getRuleByRuleId(rule).getDescription(),
                int(times),
            )
            for rule, times in results[flavour].getFailedChecks().items()
        ]
        for flavour in wanted
    ]
    print(json.dumps(rows, ensure_ascii=True))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
