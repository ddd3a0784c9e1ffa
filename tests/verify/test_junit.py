"""JUnit XML that every reader of XML 1.0 takes."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from callflow.verify.junit import Suite, junit_xml

#: Any text that a file can hold: with controls, direction marks and lone surrogates of bad names.
TEXTS = st.text(st.characters(), max_size=12)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_whatever_stands_in_a_case_the_file_can_be_read_and_says_the_same_each_time(
    path: str, name: str, text: str, complaint: str
) -> None:
    result = {
        "key": "that",
        "text": text,
        "line": None,
        "status": "fails",
        "said": complaint,
        "basis": None,
        "clauses": [],
    }
    case = {"case": path, "name": name, "status": "fails", "results": [result]}
    suite = Suite(case=case, texts=[text], complaint=complaint, taken=0.5)
    data = junit_xml([suite], 1.0, [complaint])
    root = ET.fromstring(data)  # noqa: S314 - we wrote it
    assert root.get("failures") == "1"
    assert root.get("errors") == str(1 + bool(complaint))
    assert junit_xml([suite], 1.0, [complaint]) == data
