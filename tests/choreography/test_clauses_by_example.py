"""Each sentence of the source and each hole of it by one call, with what both parties live through.

The contact answers 9 s after being dialed and the employee 6 s; the contact's message takes 12.5 s,
the employee's 4 s, the conversation 60 s, unless an example says otherwise. The clauses behind each
stretch stand after its state.
"""

from __future__ import annotations

import pytest

from callflow.call.case import Reaction
from callflow.words import Basis, Outcome, Party, Reason, ShowDuringCall
from tests.choreography.building import (
    CONTACT_NUMBER,
    VIRTUAL_NUMBER,
    answers,
    call,
    fails,
    lived,
)

# ----------------------------------------------------------------- the four documented situations


def test_ef_employee_first_switch_off():
    """EF1, EF2, EF3, EF5: employee, his message, then the contact, her message, then they talk."""
    timeline = call("employee")
    assert lived(timeline.employee) == [
        "0-6 dialing: FC EF1",
        "6-10 message: EF2",
        "10-19 dialing_music: EF3",
        "19-31.5 dialing_music: G3",
        "31.5-91.5 conversation: EF5",
    ]
    assert lived(timeline.contact) == [
        "10-19 dialing: EF2",
        "19-31.5 message: EF5",
        "31.5-91.5 conversation: EF5",
    ]


def test_ef4_employee_first_switch_on():
    """EF4: effective switch on, the conversation begins when the contact answers."""
    timeline = call("employee", switch=True)
    assert lived(timeline.employee) == [
        "0-6 dialing: FC EF1",
        "6-10 message: EF2",
        "10-19 dialing_music: EF3",
        "19-79 conversation: EF4",
    ]
    assert lived(timeline.contact) == ["10-19 dialing: EF2", "19-79 conversation: EF4"]


def test_ef1_the_employee_is_called_first():
    """EF1: the employee from the scenario is called first."""
    timeline = call("employee", employee=fails(Reaction.BUSY, 2))
    assert lived(timeline.employee) == ["0-2 dialing: FC EF1"]
    assert lived(timeline.contact) == []


def test_ef2_the_contact_is_dialed_only_after_the_whole_message():
    """EF2: the employee hears the message to its end; only then the contact is dialed."""
    timeline = call("employee", employee=answers(6, hangs_up_after=3.999))
    assert lived(timeline.employee) == ["0-6 dialing: FC EF1", "6-9.999 message: EF2"]
    assert timeline.contact.dialed is None
    assert call("employee").contact.dialed == 10_000


def test_ef3_the_employee_hears_dialing_music_while_the_contact_is_dialed():
    """EF3: while the contact is being dialed the employee hears dialing music."""
    timeline = call("employee", contact=fails(Reaction.REJECTS, 5))
    assert lived(timeline.employee)[-1] == "10-15 dialing_music: EF3"
    assert lived(timeline.contact) == ["10-15 dialing: EF2"]


def test_ef5_the_contact_first_hears_the_message_to_its_end():
    """EF5: effective switch off, message to its end, then the conversation."""
    timeline = call("employee", contact=answers(9, hangs_up_after=20))
    assert lived(timeline.contact) == [
        "10-19 dialing: EF2",
        "19-31.5 message: EF5",
        "31.5-39 conversation: EF5",
    ]
    assert timeline.ended_by is Party.CONTACT


def test_cf_contact_first_switch_off():
    """CF1, CF2, CF4, CF5: both hear their message to its end; the faster one waits with music."""
    timeline = call("contact")
    assert lived(timeline.contact) == [
        "0-9 dialing: FC CF1",
        "9-15 message: CF2",
        "15-21.5 message: CF4",
        "21.5-81.5 conversation: CF4",
    ]
    assert lived(timeline.employee) == [
        "9-15 dialing: CF2",
        "15-19 message: CF4 G19",
        "19-21.5 dialing_music: CF5",
        "21.5-81.5 conversation: CF4",
    ]


def test_cf3_contact_first_switch_on():
    """CF3: effective switch on, the employee's answer interrupts the contact's message."""
    timeline = call("contact", switch=True)
    assert lived(timeline.contact) == [
        "0-9 dialing: FC CF1",
        "9-15 message: CF2",
        "15-75 conversation: CF3",
    ]
    assert lived(timeline.employee) == ["9-15 dialing: CF2", "15-75 conversation: CF3 G6"]


def test_cf1_the_contact_is_called_first():
    """CF1: the contact is called first."""
    timeline = call("contact", contact=fails(Reaction.UNAVAILABLE, 1))
    assert lived(timeline.contact) == ["0-1 dialing: FC CF1"]
    assert lived(timeline.employee) == []


def test_cf2_message_and_dialing_begin_at_the_contacts_answer():
    """CF2: the contact starts to hear the message; at that moment the employee is dialed."""
    timeline = call("contact", employee=fails(Reaction.BUSY, 3))
    assert lived(timeline.contact) == ["0-9 dialing: FC CF1", "9-12 message: CF2"]
    assert lived(timeline.employee) == ["9-12 dialing: CF2"]


def test_cf4_both_listen_to_the_end():
    """CF4: effective switch off, they talk when the longer message has ended."""
    timeline = call("contact", contact_message=7, employee_message=8)
    assert lived(timeline.contact)[2:] == [
        "15-16 message: CF4",
        "16-23 dialing_music: CF5 MUSIC",
        "23-83 conversation: CF4",
    ]
    assert lived(timeline.employee)[1:] == ["15-23 message: CF4 G19", "23-83 conversation: CF4"]


def test_cf5_who_finishes_earlier_hears_dialing_music():
    """CF5: whoever finishes listening earlier hears dialing music until the other has finished."""
    assert "19-21.5 dialing_music: CF5" in lived(call("contact").employee)
    timeline = call("contact", contact_message=6.5)
    assert lived(timeline.contact)[2:] == [
        "15-15.5 message: CF4",
        "15.5-19 dialing_music: CF5 MUSIC",
        "19-79 conversation: CF4",
    ]


# -------------------------------------------------------------------- sentences that always hold


@pytest.mark.parametrize("switch", [False, True])
@pytest.mark.parametrize("contact_message", [None, 12.5])
@pytest.mark.parametrize("employee_message", [None, 4])
@pytest.mark.parametrize("first", Party)
def test_fc_the_party_named_there_is_dialed_first(first, switch, contact_message, employee_message):
    """FC: the party that first_call names is dialed first, in every call."""
    timeline = call(
        first, switch=switch, contact_message=contact_message, employee_message=employee_message
    )
    assert timeline.leg(first).dialed == 0
    assert lived(timeline.leg(first))[0].split(": ")[1].split()[0] == "FC"
    assert timeline.leg(first.other).dialed > 0


@pytest.mark.parametrize("first", Party)
def test_tts_takes_the_switch_away(first):
    """TTS, G18: with a tts contact message switch_at_once=true counts as false, and is accepted."""
    on, off = (call(first, switch=switch, tts=True) for switch in (True, False))
    for party in Party:
        assert lived(on.leg(party)) == lived(off.leg(party)) == lived(call(first).leg(party))
    assert on.effective.to_dict() == {
        "first_call": first.value,
        "switch_at_once": False,
        "switch_requested": True,
        "switch_disabled_by": "TTS",
        "clauses": ["TTS", "G18"],
        "basis": "inferred",
    }
    assert [str(clause) for warning in on.warnings for clause in warning.clauses] == ["TTS", "G18"]


def test_music_plays_on_once_the_contact_message_has_ended():
    """MUSIC: once the contact message has ended, dialing music plays on and on."""
    timeline = call("contact", employee=answers(50))
    assert lived(timeline.contact) == [
        "0-9 dialing: FC CF1",
        "9-21.5 message: CF2",
        "21.5-59 dialing_music: MUSIC",
        "59-63 dialing_music: CF5",
        "63-123 conversation: CF4",
    ]
    assert timeline.contact.segments[2].parts[0].basis is Basis.DOCUMENTED


def test_nomsg_without_a_message_the_contact_hears_dialing_music():
    """NOMSG: without a contact_message the contact hears dialing music."""
    timeline = call("contact", contact_message=None, employee_message=None)
    assert lived(timeline.contact) == [
        "0-9 dialing: FC",
        "9-15 dialing_music: NOMSG",
        "15-75 conversation: G8",
    ]
    assert timeline.contact.segments[1].basis is Basis.DOCUMENTED


@pytest.mark.parametrize("shows", ShowDuringCall)
def test_cid_c_the_contact_sees_the_virtual_number(shows):
    """CID-C: the contact always sees the virtual number as the caller."""
    seen = call("contact", shows=shows).contact.caller_id
    assert (seen.number, [str(clause) for clause in seen.clauses]) == (VIRTUAL_NUMBER, ["CID-C"])
    assert seen.basis is Basis.DOCUMENTED


def test_cid_e_the_employee_sees_the_virtual_number_with_number_of_service():
    """CID-E: the employee sees the virtual number if the scenario shows "Number of service"."""
    seen = call("contact").employee.caller_id
    assert (seen.number, [str(clause) for clause in seen.clauses]) == (VIRTUAL_NUMBER, ["CID-E"])
    assert seen.basis is Basis.DOCUMENTED


@pytest.mark.parametrize(
    ("dtmf_string", "marks"),
    [
        (".12.1..4", [("12", 1000), ("1", 2000), ("4", 4000)]),
        ("..1.2.3", [("1", 2000), ("2", 3000), ("3", 4000)]),
        ("12", [("12", 0)]),
        ("*#0", [("*#0", 0)]),
        ("1..", [("1", 0)]),
        ("...", []),
        ("", []),
        (None, []),
    ],
)
@pytest.mark.parametrize("first", Party)
def test_dtmf_digits_that_stand_together_are_sent_together(first, dtmf_string, marks):
    """DTMF: a dot waits a second; .12.1..4 sends 12 after 1 s, 1 after 1 more, 4 after 2 more."""
    timeline = call(first, dtmf_string=dtmf_string)
    at = timeline.contact.answered
    assert [(mark.digits, mark.at - at) for mark in timeline.dtmf] == marks
    assert all(mark.sent for mark in timeline.dtmf)
    assert [str(clause) for mark in timeline.dtmf for clause in mark.clauses] == [
        "DTMF",
        "G11",
    ] * len(marks)


# ------------------------------------------------------------------------------------- the holes


def test_g1_without_an_employee_message_the_contact_is_dialed_at_once():
    """G1: employee first, no employee message: the contact is dialed when the employee answers."""
    timeline = call("employee", employee_message=None)
    assert lived(timeline.employee) == [
        "0-6 dialing: FC",
        "6-15 dialing_music: EF3 G17 G1",
        "15-27.5 dialing_music: G3",
        "27.5-87.5 conversation: EF5 G17",
    ]
    assert lived(timeline.contact) == [
        "6-15 dialing: G1",
        "15-27.5 message: EF5 G17",
        "27.5-87.5 conversation: EF5 G17",
    ]


@pytest.mark.parametrize("switch", [False, True])
def test_g2_without_a_contact_message_talk_begins_at_the_contacts_answer(switch):
    """G2: employee first, no contact message: they talk when the contact answers, switch or not."""
    timeline = call("employee", switch=switch, contact_message=None)
    assert lived(timeline.contact) == ["10-19 dialing: EF2 G17", "19-79 conversation: G2"]
    assert lived(timeline.employee) == [
        "0-6 dialing: FC",
        "6-10 message: EF2 G17",
        "10-19 dialing_music: EF3 G17",
        "19-79 conversation: G2",
    ]


def test_g3_dialing_music_goes_on_for_the_employee_while_the_contact_listens():
    """G3: employee first, switch off: the waiting employee keeps his dialing music."""
    music = call("employee").employee.segments[2]
    assert (music.start, music.end, music.state) == (10_000, 31_500, "dialing_music")
    assert [str(clause) for clause in music.clauses] == ["EF3", "G3"]
    assert [part.basis for part in music.parts] == [Basis.DOCUMENTED, Basis.INFERRED]
    assert music.basis is Basis.INFERRED


def test_g4_without_a_contact_message_the_employee_is_dialed_at_the_contacts_answer():
    """G4: contact first, no contact message: music from answering, the employee is dialed then."""
    timeline = call("contact", contact_message=None, employee_message=None)
    assert lived(timeline.employee) == ["9-15 dialing: G4", "15-75 conversation: G8"]


def test_g5_the_employee_without_message_waits_for_the_contacts():
    """G5: contact first, switch off, no employee message: the employee hears music meanwhile."""
    timeline = call("contact", employee_message=None)
    assert lived(timeline.employee) == [
        "9-15 dialing: CF2 G17",
        "15-21.5 dialing_music: G5",
        "21.5-81.5 conversation: CF4 G17",
    ]
    assert lived(timeline.contact) == [
        "0-9 dialing: FC",
        "9-15 message: CF2 G17",
        "15-21.5 message: CF4 G17",
        "21.5-81.5 conversation: CF4 G17",
    ]


def test_g6_with_the_switch_on_the_employees_message_is_not_played():
    """G6: contact first, switch on, employee message set: it is not played."""
    timeline = call("contact", switch=True)
    assert not timeline.employee.hears("message")
    assert lived(timeline.employee)[-1] == "15-75 conversation: CF3 G6"
    without = call("contact", switch=True, contact_message=None)
    assert lived(without.employee) == ["9-15 dialing: G4", "15-75 conversation: G8 G6"]
    assert lived(without.contact)[-1] == "15-75 conversation: G8"


def test_g7_the_contact_stays_on_music_until_the_employees_message_ends():
    """G7: contact first, switch off, no contact message but one to the employee."""
    timeline = call("contact", contact_message=None)
    assert lived(timeline.contact) == [
        "0-9 dialing: FC",
        "9-15 dialing_music: NOMSG",
        "15-19 dialing_music: G7",
        "19-79 conversation: CF4 G17",
    ]
    assert lived(timeline.employee) == [
        "9-15 dialing: G4",
        "15-19 message: CF4 G17 G19",
        "19-79 conversation: CF4 G17",
    ]


def test_g8_with_nothing_to_hear_talk_begins_at_the_employees_answer():
    """G8: no contact message with the switch on, or no message left to hear with it off."""
    for timeline in (
        call("contact", contact_message=None, employee_message=None),
        call("contact", contact_message=None, employee_message=None, switch=True),
    ):
        assert lived(timeline.employee)[-1] == "15-75 conversation: G8"
    over = call("contact", contact_message=5, employee_message=None)
    assert lived(over.contact) == [
        "0-9 dialing: FC",
        "9-14 message: CF2 G17",
        "14-15 dialing_music: MUSIC",
        "15-75 conversation: G8",
    ]


@pytest.mark.parametrize(
    ("reaction", "after", "reason", "released"),
    [
        (Reaction.BUSY, 2, Reason.BUSY, 12),
        (Reaction.REJECTS, 3, Reason.REJECTED, 13),
        (Reaction.UNAVAILABLE, 1, Reason.UNAVAILABLE, 11),
        (Reaction.NO_ANSWER, None, Reason.NO_ANSWER, 40),
        (Reaction.BUSY, 30, Reason.NO_ANSWER, 40),
        (Reaction.ANSWERS, 30, Reason.NO_ANSWER, 40),
    ],
)
def test_g9_a_party_that_is_not_reached_ends_the_session(reaction, after, reason, released):
    """G9, G15: the session ends and the other is released; the contact's phone rings for 30 s."""
    timeline = call("employee", contact=fails(reaction, after))
    assert (timeline.outcome, timeline.reason, timeline.ended_by, timeline.duration) == (
        Outcome.CONTACT_NOT_REACHED,
        reason,
        None,
        released * 1000,
    )
    assert lived(timeline.employee)[-1] == f"10-{released} dialing_music: EF3"
    assert [str(clause) for clause in timeline.steps[-1].contact] == ["G9"]


def test_g9_the_employee_not_reached_releases_the_contact():
    """G9, G15: contact first, nobody answers within 60 s: the waiting contact is released."""
    timeline = call("contact", employee=fails(Reaction.NO_ANSWER))
    assert timeline.outcome is Outcome.EMPLOYEE_NOT_REACHED
    assert lived(timeline.contact)[-1] == "21.5-69 dialing_music: MUSIC"
    shorter = call("contact", employee=answers(20), ring_timeout={"employee": 20})
    assert (shorter.reason, shorter.duration) == (Reason.NO_ANSWER, 29_000)


@pytest.mark.parametrize("party", Party)
def test_g10_who_hangs_up_before_the_conversation_ends_the_session(party):
    """G10: a party hangs up before the conversation: the session ends for both."""
    gone = {party.value: answers(6, hangs_up_after=2)}
    timeline = call("contact", **({"contact": answers(6), **gone}))
    assert (timeline.outcome, timeline.ended_by) == (Outcome.ABANDONED, party)
    assert timeline.duration == (8_000 if party is Party.CONTACT else 14_000)
    assert {str(clause) for clause in timeline.steps[-1].because(party)} == {"G10"}


def test_g11_digits_go_out_during_the_message():
    """G11: the DTMF clock starts at the contact's answer, whatever the contact hears then."""
    timeline = call("employee", dtmf_string="1....2")
    assert [(mark.at, mark.sent) for mark in timeline.dtmf] == [(19_000, True), (23_000, True)]
    assert timeline.contact.at(23) == "message"


def test_g12_marks_due_at_the_release_or_later_are_not_sent():
    """G12: pending when the call ends, or due in that very millisecond: not sent, and told so."""
    timeline = call("employee", dtmf_string="1.2.3", contact=answers(9, hangs_up_after=1))
    assert [(mark.at, mark.digits, mark.sent) for mark in timeline.dtmf] == [
        (19_000, "1", True),
        (20_000, "2", False),
        (21_000, "3", False),
    ]
    assert [str(clause) for clause in timeline.dtmf[1].clauses] == ["DTMF", "G11", "G12"]
    silent = call("employee", dtmf_string="1.2", contact=fails(Reaction.NO_ANSWER))
    assert [(mark.at, mark.sent) for mark in silent.dtmf] == [(None, False)] * 2
    assert [str(clause) for clause in silent.dtmf[0].clauses] == ["DTMF", "G12"]


def test_g13_without_number_of_service_the_employee_sees_the_contacts_number():
    """G13: the scenario does not show "Number of service": the contact's number."""
    seen = call("contact", shows=ShowDuringCall.CONTACT_NUMBER).employee.caller_id
    assert (seen.number, [str(clause) for clause in seen.clauses]) == (
        CONTACT_NUMBER,
        ["CID-E", "G13"],
    )
    assert seen.basis is Basis.INFERRED


@pytest.mark.parametrize(
    ("contact_message", "employee_message"), [(None, None), (12.5, None), (None, 4)]
)
@pytest.mark.parametrize("first", Party)
def test_g17_outside_the_premise_no_bullet_stands_alone(first, contact_message, employee_message):
    """G17: without both messages no bullet applies; they hold as far as they make sense."""
    timeline = call(first, contact_message=contact_message, employee_message=employee_message)
    for line in lived(timeline.contact) + lived(timeline.employee):
        clauses = line.partition(": ")[2].split()
        bullets = [name for name in clauses if name[:2] in ("EF", "CF")]
        assert ("G17" in clauses) is bool(bullets)
        if bullets:
            assert clauses[clauses.index("G17") - 1] == bullets[-1]


def test_g19_each_hears_the_own_message():
    """G19: each hears their own; the employee's begins when the employee answers."""
    timeline = call("contact")
    assert timeline.employee.figures.message_heard == 4_000
    assert timeline.contact.figures.message_heard == 12_500
    assert "15-19 message: CF4 G19" in lived(timeline.employee)


def test_g20_the_message_already_over_talk_begins_at_once():
    """G20: contact first, switch on, the message over when the employee answers: at once."""
    timeline = call("contact", switch=True, contact_message=5)
    assert lived(timeline.contact) == [
        "0-9 dialing: FC CF1",
        "9-14 message: CF2",
        "14-15 dialing_music: MUSIC",
        "15-75 conversation: CF3 G20",
    ]
    assert lived(timeline.employee)[-1] == "15-75 conversation: CF3 G20 G6"
    assert lived(call("contact", switch=True, contact_message=5, employee_message=None).employee)[
        -1
    ] == ("15-75 conversation: CF3 G17 G20")


def test_g21_a_conversation_ends_by_a_hang_up_or_after_its_length():
    """G21: a party hangs up, or the case's length has passed: both legs are released then."""
    whole = call("employee")
    assert (whole.steps[-1].event, whole.ended_by) == ("conversation_ended", Party.CONTACT)
    shorter = call("employee", employee=answers(6, hangs_up_after=40))
    assert (shorter.steps[-1].event, shorter.ended_by) == ("employee_hung_up", Party.EMPLOYEE)
    assert shorter.duration == 46_000
    for timeline in (whole, shorter):
        assert timeline.contact.released == timeline.employee.released == timeline.duration
        assert [str(clause) for clause in timeline.steps[-1].contact] == ["G21"]


# ------------------------------------------------------------------------- several things at once


def test_who_hangs_up_at_the_moment_of_the_others_answer_was_first():
    """Hang-ups come before answers: the call is abandoned by him."""
    timeline = call("contact", contact=answers(9, hangs_up_after=6), switch=True)
    assert (timeline.outcome, timeline.ended_by) == (Outcome.ABANDONED, Party.CONTACT)
    assert timeline.employee.answered is None


def test_both_hanging_up_at_once_it_was_the_contact():
    """Within a kind the contact comes before the employee."""
    timeline = call(
        "contact", switch=True, contact=answers(9, hangs_up_after=10), employee=answers(6, 4)
    )
    assert (timeline.duration, timeline.ended_by) == (19_000, Party.CONTACT)


def test_a_hang_up_at_the_conversations_very_end_ends_it():
    """A hang-up at the conversation's very end ends it, not the clock."""
    timeline = call("contact", switch=True, employee=answers(6, hangs_up_after=60))
    assert (timeline.steps[-1].event, timeline.ended_by) == ("employee_hung_up", Party.EMPLOYEE)


def test_a_conversation_of_no_length_is_a_step_and_no_segment():
    """A step may name the conversation where no segment shows it; the outcome is abandoned then."""
    timeline = call("contact", switch=True, employee=answers(6, hangs_up_after=0))
    assert [str(step.target) for step in timeline.steps[-2:]] == [
        "conversation/conversation",
        "released/released",
    ]
    assert timeline.conversation is None
    assert (timeline.outcome, timeline.ended_by) == (Outcome.ABANDONED, Party.EMPLOYEE)


@pytest.mark.parametrize(("after", "reached"), [(29.999, True), (30, False), (30.001, False)])
def test_an_answer_counts_if_it_comes_before_the_time_out(after, reached):
    """What the case says of a party happens if its time is less than the ring time-out."""
    timeline = call("employee", contact=answers(after))
    assert (timeline.contact.answered is not None) is reached
    assert timeline.reason is (None if reached else Reason.NO_ANSWER)
