"""A run as JUnit XML, which continuous integration servers read.

A case is a test suite and an expectation a test. What fails is a failure, with its report as text;
what cannot be read, refused requests and faults are errors; a warning that came true counts as
skipped, the one thing that servers show and that fails nothing. The basis of each is a property.
Nothing but times differs between two runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..errors import printable


class Suite(NamedTuple):
    """One case for the file.

    Attributes:
        case: as `report.data.to_dict` gives it.
        texts: the report of each result, in their order; empty if it holds.
        complaint: what kept the case, or some of its expectations, from being judged.
        taken: how many seconds it took.
    """

    case: dict[str, Any]
    texts: Sequence[str]
    complaint: str
    taken: float


def junit_xml(suites: Iterable[Suite], taken: float, problems: Sequence[str] = ()) -> bytes:
    """The whole file, UTF-8.

    Args:
        taken: how many seconds the run took.
        problems: what is wrong with the paths, in words.
    """
    root = Element("testsuites", name="callflow check")
    for suite in suites:
        root.append(_suite(suite))
    if problems:
        extra = SubElement(root, "testsuite", name="paths")
        for problem in problems:
            _bad(SubElement(extra, "testcase", classname="paths", name="path"), "error", problem)
        _count(extra)
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(one.get(name, "0")) for one in root)))
    root.set("time", f"{taken:.3f}")
    indent(root)
    data: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _suite(suite: Suite) -> Element:
    case = suite.case
    path = printable(case["case"])
    element = Element("testsuite", name=path)
    if case["name"]:
        properties = SubElement(element, "properties")
        SubElement(properties, "property", name="name", value=printable(case["name"]))
    for result, text in zip(case["results"], suite.texts, strict=True):
        element.append(_test(path, result, text))
    if suite.complaint:
        test = SubElement(element, "testcase", classname=path, name=case["status"], file=path)
        _bad(test, "error", suite.complaint, case["status"])
    _count(element)
    element.set("time", f"{suite.taken:.3f}")
    return element


def _test(path: str, result: dict[str, Any], text: str) -> Element:
    test = Element("testcase", classname=path, name=printable(result["text"]), file=path)
    if result["line"] is not None:
        test.set("line", str(result["line"]))
    properties = SubElement(test, "properties")
    for name in ("key", "status", "basis"):
        if result[name] is not None:
            SubElement(properties, "property", name=name, value=result[name])
    if result["clauses"]:
        SubElement(properties, "property", name="clauses", value=", ".join(result["clauses"]))
    if result["status"] == "warns":
        _bad(test, "skipped", text, message=f"warning: {result['said']}")
    elif result["status"] != "holds":
        _bad(test, "failure", text, result["status"], result["said"])
    return test


def _bad(
    test: Element,
    kind: str,
    text: str,
    sort: str = "",
    message: str = "",
) -> None:
    """What came of a test that does not just hold; XML 1.0 has no control characters."""
    lines = [printable(one) for one in text.splitlines()]
    element = SubElement(test, kind, message=printable(message) or (lines[0] if lines else kind))
    if sort:
        element.set("type", sort)
    element.text = "\n".join(lines)


def _count(element: Element) -> None:
    element.set("tests", str(len(element.findall("testcase"))))
    for name, kind in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        element.set(name, str(len(element.findall(f"testcase/{kind}"))))
