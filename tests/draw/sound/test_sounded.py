"""What holds of the sound of every call: where it begins and ends, where it is silent, how loud."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from callflow import Message, simulate
from callflow.call.case import Case, Reaction
from callflow.call.timeline import Timeline
from callflow.draw.sound.sounded import LARGEST, RATES
from callflow.errors import UsageError
from callflow.strategies import cases, times
from callflow.words import LegState, MessageType, Party, configurations
from tests.draw import calls
from tests.draw.sound.ear import FULL, SOFT, alike, channels, heard, of, ringing

CASES = cases(lengths=times(longest=4_000))
PARTIES = st.sampled_from(Party)
RATE = 8_000
PER_MS = 8


def _digit_spans(call: Timeline) -> list[tuple[int, int]]:
    """Milliseconds in which the contact may hear a digit, told apart from how they are drawn."""
    spans, free = [], 0
    for mark in call.dtmf:
        if mark.sent and mark.at is not None:
            start = max(mark.at, free)
            free = start + 200 * len(mark.digits)
            spans.append((start, free))
    return spans


def _borders(call: Timeline, party: Party) -> set[int]:
    spans = _digit_spans(call) if party is Party.CONTACT else []
    segments = call.leg(party).segments
    borders = {at for one in segments for at in (one.start, one.end)}
    for one in segments:
        if one.length < 10:  # its edges are steeper
            borders -= {one.start, one.end}
    return {at for at in borders if not any(start <= at <= end for start, end in spans)}


@given(CASES, PARTIES)
def test_a_ringing_telephone_sounds_from_the_sample_of_its_first_moment_to_that_of_its_last(
    case, party
):
    call = simulate(case)
    sound = of(call, party, rate=RATE)
    for segment in call.leg(party).segments:
        if segment.state is LegState.DIALING:
            start, end = segment.start * PER_MS, segment.end * PER_MS
            expected = ringing((425,), (1, 4), segment.length / 1000, RATE)
            assert alike(sound[start:end], expected)


@given(CASES, PARTIES)
def test_what_a_party_hears_changes_at_the_sample_of_each_border_softly(case, party):
    """Next to silence on both sides; a digit and stretches of a few milliseconds aside."""
    call = simulate(case)
    sound = heard(call, rate=RATE).samples(party).astype(int)
    for at in _borders(call, party):
        around = sound[max(at * PER_MS - 1, 0) : at * PER_MS + 1]
        assert np.all(np.abs(around) <= SOFT * 2), at


@given(CASES, PARTIES)
def test_before_it_is_dialed_and_after_what_follows_the_release_a_party_hears_nothing(case, party):
    call = simulate(case)
    leg, sound = call.leg(party), of(call, party, rate=RATE)
    dialed = call.duration if leg.dialed is None else leg.dialed
    assert not sound[: dialed * PER_MS].any()
    gone = leg.answered is None or call.ended_by is party
    if gone:
        assert not sound[call.duration * PER_MS :].any()
    else:
        assert len(sound) > call.duration * PER_MS
        assert sound[call.duration * PER_MS :].any()


@given(CASES, PARTIES)
def test_a_party_on_the_line_hears_something_in_each_stretch(case, party):
    """Of 50 ms at least: a stretch can be shorter than its edges."""
    call = simulate(case)
    sound = of(call, party, rate=RATE)
    for one in call.leg(party).segments:
        if one.length >= 50:
            assert np.abs(sound[one.start * PER_MS : one.end * PER_MS]).max() > 0.005, one


@given(CASES)
def test_no_sound_reaches_full_scale_whatever_comes_together(case):
    for rate in RATES[:2]:
        sound = heard(simulate(case), rate=rate)
        for party in Party:
            assert np.abs(sound.samples(party).astype(int)).max(initial=0) < 0.75 * FULL


@given(CASES, st.integers(1, 2_000), PARTIES)
def test_a_call_that_begins_later_sounds_the_same_later(case, later, party):
    """Every border after the first answer is so many samples further on, at the very sample."""
    first = case.request.first_call or Party.CONTACT
    person = case.people.of(first)
    assume(person.reaction in (None, Reaction.ANSWERS))
    answers = 5_000 if person.after is None else person.after
    long_enough = evolve(case.ring_timeout, **{first: answers + later + 1})

    def moved(by: int) -> tuple[int, np.ndarray]:
        people = evolve(case.people, **{first: evolve(person, after=answers + by)})
        call = simulate(evolve(case, people=people, ring_timeout=long_enough))
        return (answers + by) * PER_MS, heard(call, rate=RATE).samples(party)

    (answered, sound), (moment, other) = moved(0), moved(later)
    assert np.array_equal(sound[answered:], other[moment:])


#: The employee is due a message in them, and no text is read to the contact.
SPOKEN_TO = st.sampled_from(
    [
        one
        for one in configurations()
        if one.employee_message and not (one.first_call is Party.CONTACT and one.switch_at_once)
    ]
).flatmap(lambda one: cases(configuration=one, tts=False, lengths=times(longest=4_000)))


@given(SPOKEN_TO, st.text(min_size=1, max_size=30))
def test_the_contact_hears_nothing_of_what_the_employee_alone_hears(case, text):
    """The employee's message becomes a loud noise of the same length."""
    call = simulate(case)
    length = call.employee.figures.message_length
    other = Message(type=MessageType.TTS, value=text)
    loud = evolve(
        case,
        scenario=evolve(case.scenario, employee_message=other),
        messages=evolve(case.messages, employee=length),
    )
    changed = simulate(loud)
    assert [s[:3] for s in changed.contact.segments] == [s[:3] for s in call.contact.segments]

    def shout(_text: str, _length: int):
        from callflow.call.loading.recordings import Recording
        from callflow.draw.sound.speech import Spoken

        noise = np.tile(np.array([0.9, -0.9], np.float32), 8_000)
        return Spoken(Recording(noise, RATE, len(noise)), 175)

    before = heard(call, rate=RATE)
    after = heard(changed, rate=RATE, speaker=shout)
    assert np.array_equal(before.samples(Party.CONTACT), after.samples(Party.CONTACT))
    if call.employee.total("message") > 0.2:
        assert not np.array_equal(before.samples(Party.EMPLOYEE), after.samples(Party.EMPLOYEE))


@given(CASES)
def test_the_employee_hears_no_digit(case):
    without = evolve(case, request=evolve(case.request, dtmf_string=None))
    one, other = (heard(simulate(each), rate=RATE) for each in (case, without))
    assert np.array_equal(one.samples(Party.EMPLOYEE), other.samples(Party.EMPLOYEE))
    assert not [note for note in one.notes if "digits" in note.kind and note.party != "contact"]


@given(CASES, PARTIES, st.data())
def test_a_span_is_that_part_of_the_whole(case, party, data):
    sound = heard(simulate(case), rate=RATE)
    start = data.draw(st.integers(0, sound.length))
    end = data.draw(st.integers(start, sound.length))
    whole = sound.samples(party)
    assert len(whole) == sound.length * PER_MS
    assert np.array_equal(sound.samples(party, start, end), whole[start * PER_MS : end * PER_MS])


@given(CASES)
def test_the_left_ear_is_the_contact_and_the_right_one_the_employee(case):
    call = simulate(case)
    rate, both = channels(heard(call, rate=RATE).wav())
    assert rate == RATE
    for place, party in enumerate(Party):
        alone = channels(heard(call, rate=RATE, party=str(party)).wav())[1][:, 0]
        assert np.array_equal(both[: len(alone), place], alone)
        assert not both[len(alone) :, place].any()


@pytest.mark.parametrize("rate", RATES)
def test_the_same_call_gives_the_same_bytes_at_each_rate(rate):
    few = [call for call in map(simulate, calls.sample(20)) if call.duration < 60_000]
    assert len(few) > 5
    for call in few:
        data = heard(call, rate=rate).wav()
        assert data == heard(simulate(call.case), rate=rate).wav()
        with wave.open(io.BytesIO(data)) as file:
            assert file.getframerate() == rate
            assert file.getnframes() == heard(call).length * rate // 1000


@given(CASES)
def test_the_file_lasts_as_long_as_the_call_and_its_busy_tone(case):
    call = simulate(case)
    sound = heard(call, rate=RATE)
    busy = [note for note in sound.notes if note.kind == "busy_tone"]
    assert sound.length == call.duration + max((note.by for note in busy), default=0)
    parties = [note.party for note in busy]
    on_line = [party for party in Party if call.leg(party).answered is not None]
    assert parties == [party for party in on_line if party is not call.ended_by]
    assert all("no part of the timeline" in str(note) for note in busy)


def test_a_call_that_takes_too_many_bytes_is_refused_with_what_would_take_less():
    (case,) = [one for one in calls.extremes() if simulate(one).duration > 200_000_000]
    with pytest.raises(UsageError, match=f"{LARGEST // 1024**2} MiB are the most.*lower rate"):
        heard(simulate(case))


def test_an_hour_is_written_block_by_block():
    case = Case.from_dict(
        {
            "request": {
                "virtual_phone_number": "74993720692",
                "contact": "79260000000",
                "first_call": "contact",
            },
            "people": {"conversation": 3_600},
        }
    )
    sound = heard(simulate(case), rate=RATE)
    blocks = sound.blocks()
    assert max(len(block) for block in blocks) <= 5 * RATE * 4
    late = sound.samples(Party.CONTACT, 3_600_000, 3_600_500)
    assert late.any()


def test_an_unknown_rate_or_country_is_refused_with_those_there_are():
    call = simulate(calls.sample(1)[0])
    with pytest.raises(UsageError, match="8000, 16000 or 48000 samples a second, not 44100"):
        heard(call, rate=44_100)
    with pytest.raises(UsageError, match="did you mean germany"):
        heard(call, country="germani")
    with pytest.raises(UsageError, match="the employee is not listened to"):
        heard(call, party="contact").samples(Party.EMPLOYEE)
