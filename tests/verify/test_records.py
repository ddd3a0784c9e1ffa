"""What was seen of a real call, read from files."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callflow.errors import CallflowError, CaseError
from callflow.verify.records import Seen, Sighting, impossible, load_record, record_from_text

MOMENTS = st.lists(
    st.tuples(
        st.sampled_from([one for one in Seen if one is not Seen.DTMF]), st.integers(0, 10**6)
    ),
    unique_by=lambda pair: pair[0],
    min_size=1,
)
MARKS = st.lists(st.tuples(st.text("0123456789*#", min_size=1), st.integers(0, 10**6)))


def rows(moments: list[tuple[Seen, int]], marks: list[tuple[str, int]]) -> list[list[str]]:
    told = [[str(what), str(at / 1000)] for what, at in moments]
    return told + [["dtmf", digits, str(at / 1000)] for digits, at in marks]


@given(MOMENTS, MARKS, st.sampled_from((",", ";", "\t", " ", ", ")), st.booleans())
def test_a_record_in_lines_is_read_with_any_separator(
    moments: list[tuple[Seen, int]], marks: list[tuple[str, int]], separator: str, heading: bool
) -> None:
    """Commas, semicolons, tabs and blanks; with a heading or without; in any order of lines."""
    lines = ["moment,seconds"] if heading else []
    lines += ["# a remark", "", *(separator.join(row) for row in rows(moments, marks))]
    read = record_from_text("\n".join(lines), "r.csv")
    expected = [Sighting(what, at) for what, at in moments]
    expected += [Sighting(Seen.DTMF, at, digits) for digits, at in marks]
    assert sorted(read.sightings) == sorted(expected)
    assert [one.at for one in read.sightings] == sorted(one.at for one in expected)


@given(MOMENTS, MARKS, st.sampled_from(("objects", "pairs")))
def test_a_record_in_json_says_the_same(
    moments: list[tuple[Seen, int]], marks: list[tuple[str, int]], form: str
) -> None:
    """Objects with moment and seconds, or pairs."""
    told = rows(moments, marks)
    if form == "objects":
        value: object = [{"moment": " ".join(row[:-1]), "seconds": float(row[-1])} for row in told]
    else:
        value = [[*row[:-1], float(row[-1])] for row in told]
    lines = "\n".join(" ".join(row) for row in told)
    assert record_from_text(json.dumps(value), "r") == record_from_text(lines, "r")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "r.csv: no moment stands in it; a line is: contact_answered 9.1"),
        ("contact_anwered 9.1", "r.csv:1: contact_anwered is no moment; did you mean contact_answ"),
        ("conversation", "r.csv:1: conversation needs its seconds after the request, not nothing"),
        ("released 1 2", "r.csv:1: released needs its seconds after the request, not 1 2"),
        ("released soon", "r.csv:1: released: must be a number of seconds from 0 to 86400, not so"),
        ("released 19,1", "r.csv:1: released needs its seconds after the request, not 19 1; decim"),
        ('{"released": 1, "released": 2}', "r.csv: released is given twice; keep one"),
        ('{"released": {}}', "r.csv: released: must be a number of seconds"),
        ('{"": 1}', "r.csv: : must be a number of seconds"),
        ("dtmf 1 1\n" * 3_000, "r.csv: has more than 2000 moments; a record is of one call"),
        ("a,b,c\n" * 100_000, "the rest was not read; is it a record?"),
        ("released -1", "r.csv:1: released: must be a number of seconds from 0 to 86400, not -1"),
        ("dtmf 21.2", "r.csv:1: dtmf needs its digits and its seconds: dtmf 1 21.2"),
        ("released 1\nreleased 2", "r.csv:2: released is given twice; it happens once in a call"),
        ("[1, 2]", 'r.csv: [0]: must be {"moment": ..., "seconds": ...} or [moment, seconds]'),
        ("{", "r.csv:1: this is no JSON"),
        ("[" * 100_000, "r.csv: this is no record: it is nested too deep"),
    ],
)
def test_what_is_no_record_says_where_and_what_to_do(text: str, said: str) -> None:
    """One line for each problem, with file and line."""
    with pytest.raises(CaseError) as caught:
        record_from_text(text, "r.csv")
    told = str(caught.value)
    assert told.startswith(said) if said.startswith("r.csv") else told.endswith(said)


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands in a file, it is a record or an error of ours."""
    with contextlib.suppress(CallflowError):
        record_from_text(text, "r")


def test_a_file_is_read_with_its_encoding_and_its_mark(tmp_path: Path) -> None:
    """A byte order mark is no part of the first word; what is not UTF-8 is told."""
    file = tmp_path / "r.csv"
    file.write_bytes(b"\xef\xbb\xbfreleased 46\n")
    assert load_record(str(file)).of(Seen.RELEASED) == Sighting(Seen.RELEASED, 46_000)
    file.write_bytes(b"released 46\n\xff\n")
    with pytest.raises(CaseError, match=":2: byte 0xff is not UTF-8"):
        load_record(str(file))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contact_answered 4\ncontact_hung_up 1", "contact_hung_up at 1 and contact_answered at 4"),
        (
            "employee_dialed 9\nemployee_busy 3",
            "employee_busy at 3 and employee_dialed at 9: it ca",
        ),
        (
            "contact_answered 5\ncontact_busy 7",
            "contact_answered at 5 and contact_busy at 7: one e",
        ),
        ("contact_message 9\ncontact_message_ended 2", "it cannot come earlier"),
        ("employee_answered 9\nconversation 2", "conversation at 2 and employee_answered at 9"),
        ("released 5\ncontact_dialed 9", "contact_dialed at 9 and released at 5: nothing happens"),
    ],
)
def test_what_no_call_can_have_is_a_fault_of_the_record(text: str, said: str) -> None:
    """Two moments that exclude each other are named; the tolerance is on the record's side."""
    read = record_from_text(text, "r.csv")
    (problem,) = impossible(read, 500)
    assert str(problem).startswith("r.csv: ")
    assert said in str(problem)
    assert [*impossible(read, 5_000)] == [] or "busy" in text


def test_a_spreadsheets_semicolons_leave_the_comma_to_decimals() -> None:
    """As it is exported where 19.1 is written 19,1."""
    read = record_from_text('Moment;Seconds\nContact_answered;19,1\ndtmf 1;"21,25"\n', "r.csv")
    assert read.sightings == (
        Sighting(Seen.CONTACT_ANSWERED, 19_100),
        Sighting(Seen.DTMF, 21_250, "1"),
    )
