"""The code's rows are the specification's rows, both ways."""

from callflow import choreography
from callflow.choreography import RULES
from tests.choreography.transcription import differences, transcription


def test_every_row_of_the_page_is_a_row_of_the_code_and_the_other_way_round():
    """The table of the code says what the table of the page says, row by row."""
    missing, surplus = differences(RULES)
    assert not missing, "the page has these rows and the code has not"
    assert not surplus, "the code has these rows and the page has not"


def test_the_page_has_36_rows_with_constant_clauses():
    """A rule, where rules are counted, is a row with constant clauses: there are 36."""
    assert len(transcription()) == len(RULES) == 36


def test_the_rows_stand_in_the_three_sections_of_the_page():
    """Employee first has 9 rows, contact first 20, and 7 hold for either."""
    sections = (
        choreography.EMPLOYEE_FIRST,
        choreography.CONTACT_FIRST,
        choreography.EITHER_FIRST,
    )
    assert [len(rows) for rows in sections] == [9, 20, 7]


def test_simultaneous_events_stand_in_the_order_of_the_page():
    """By kind: hang-ups, unreached, message ends, answers, the talk's end; the contact first."""
    kinds = ["hung_up", "unreached", "message_ended", "answered"]
    pairs = [f"{party}_{kind}" for kind in kinds for party in ("contact", "employee")]
    assert list(choreography.SIMULTANEOUS) == ["start", *pairs, "conversation_ended"]
