"""Ringing, busy tone, digits: frequencies, cadence and levels, measured by an ear of our own."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow import Case, simulate
from callflow.call.timeline import Timeline
from callflow.draw.sound.countries import COUNTRIES
from callflow.draw.sound.sounded import RATES
from callflow.draw.sound.tones import DTMF, soften
from callflow.words import Party
from tests.draw.sound.ear import (
    alike,
    decibels,
    envelope,
    heard,
    level,
    of,
    ringing,
    rms,
)

#: ITU-T Q.23, written down once more.
Q23 = {
    "1": (697, 1209),
    "2": (697, 1336),
    "3": (697, 1477),
    "4": (770, 1209),
    "5": (770, 1336),
    "6": (770, 1477),
    "7": (852, 1209),
    "8": (852, 1336),
    "9": (852, 1477),
    "*": (941, 1209),
    "0": (941, 1336),
    "#": (941, 1477),
}
#: What a telephone of each country does, as the standards have it: hertz, seconds on and off.
RINGS = {
    "russia": ((425,), (1, 4)),
    "uk": ((400, 450), (0.4, 0.2, 0.4, 2)),
    "us": ((440, 480), (2, 4)),
    "germany": ((425,), (1, 4)),
}
BUSY = {
    "russia": ((425,), (0.35, 0.35)),
    "uk": ((400,), (0.375, 0.375)),
    "us": ((480, 620), (0.5, 0.5)),
    "germany": ((425,), (0.48, 0.48)),
}


def _call(dtmf: str | None = None, **people: object) -> Timeline:
    return simulate(
        Case.from_dict(
            {
                "request": {
                    "virtual_phone_number": "74993720692",
                    "contact": "79260000000",
                    "first_call": "contact",
                    **({} if dtmf is None else {"dtmf_string": dtmf}),
                },
                "people": people,
            }
        )
    )


def _spectrum_peaks(sound: np.ndarray, rate: int, count: int) -> list[int]:
    strengths = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    peaks = []
    for _ in range(count):
        place = int(strengths.argmax())
        peaks.append(round(place * rate / len(sound)))
        strengths[max(place - 8, 0) : place + 9] = 0
    return sorted(peaks)


def _on_and_off(sound: np.ndarray, rate: int) -> list[float]:
    """How long it sounds, is silent, sounds ... in seconds, by what is loud in 2 ms."""
    frame = rate // 500
    loud = [rms(part) > 0.001 for part in sound[: len(sound) // frame * frame].reshape(-1, frame)]
    return [round(len(list(run)) / 500, 2) for _, run in itertools.groupby(loud)]


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("rate", RATES)
def test_each_countrys_telephone_rings_with_its_tones_and_its_cadence(country, rate):
    hertz, pattern = RINGS[country]
    call = _call(contact="no_answer")
    sound = of(call, Party.CONTACT, country=country, rate=rate)
    assert alike(sound, ringing(hertz, pattern, 30, rate))
    first = sound[: round(pattern[0] * rate)]
    assert _spectrum_peaks(first, rate, len(hertz)) == pytest.approx(hertz, abs=3)
    found = _on_and_off(sound, rate)
    for heard_, wanted in zip(found, itertools.cycle(pattern), strict=False):
        if heard_ != found[-1]:
            assert heard_ == pytest.approx(wanted, abs=0.01)


@pytest.mark.parametrize("country", COUNTRIES)
def test_who_is_left_behind_hears_four_busy_tones_of_the_country(country):
    hertz, (on, off) = BUSY[country]
    call = _call(contact={"hangs_up_after": 20}, employee={"answers_after": 3})
    sound = of(call, Party.EMPLOYEE, country=country, rate=16_000)[call.duration * 16 :]
    assert _on_and_off(sound, 16_000) == pytest.approx([on, off] * 3 + [on], abs=0.01)
    for one in hertz:
        there = decibels(level(sound[800:4800], one, 16_000))
        assert there == pytest.approx(-16 - 10 * np.log10(len(hertz)), abs=0.3)


def test_every_country_of_the_table_is_tried_here():
    assert set(RINGS) == set(BUSY) == set(COUNTRIES)
    assert DTMF == Q23


@pytest.mark.parametrize("digit", Q23)
@pytest.mark.parametrize("rate", RATES)
def test_a_digit_is_two_tones_two_decibels_apart_over_a_softer_rest(digit, rate):
    call = _call(dtmf=f".{digit}", contact={"answers_after": 1})
    sound = of(call, Party.CONTACT, rate=rate)
    middle = sound[round(2.02 * rate) : round(2.08 * rate)]
    low, high = (decibels(level(middle, hertz, rate)) for hertz in Q23[digit])
    assert low == pytest.approx(-12, abs=0.6)
    assert high == pytest.approx(-10, abs=0.6)
    assert high - low == pytest.approx(2, abs=0.6)
    others = {hertz for pair in Q23.values() for hertz in pair} - {*Q23[digit]}
    assert all(decibels(level(middle, hertz, rate)) < low - 14 for hertz in others)


def _times_of_tone(sound: np.ndarray, digit: str, rate: int) -> list[int]:
    """Every 10 ms in which both tones of a digit stand out, in milliseconds."""
    step, window = rate // 100, rate // 50
    return [
        round(at * 1000 / rate)
        for at in range(0, len(sound) - window, step)
        if all(decibels(level(sound[at : at + window], h, rate)) > -16 for h in Q23[digit])
    ]


def test_a_digit_sounds_for_a_tenth_of_a_second_from_the_moment_of_its_mark():
    call = _call(dtmf="..5", contact={"answers_after": 1})
    sound = of(call, Party.CONTACT, rate=16_000)
    found = _times_of_tone(sound, "5", 16_000)
    assert found[0] in range(2_995, 3_006)
    assert found[-1] in range(3_075, 3_086)


def test_digits_of_one_mark_follow_each_other_by_a_fifth_of_a_second():
    call = _call(dtmf=".147", contact={"answers_after": 1})
    sound = of(call, Party.CONTACT, rate=16_000)
    for place, digit in enumerate("147"):
        assert _times_of_tone(sound, digit, 16_000)[0] == pytest.approx(2_000 + 200 * place, abs=10)


def test_digits_longer_than_the_pause_are_late_in_the_sound_and_told():
    call = _call(dtmf="1234567.89", contact={"answers_after": 1})
    assert [mark.at for mark in call.dtmf] == [1_000, 2_000]
    sound = heard(call, rate=16_000)
    (late,) = [note for note in sound.notes if note.kind == "digits_late"]
    assert (late.what, late.at, late.by) == ("89", 2_000, 400)
    assert "89 from 2.0 s on are up to 0.4 s late, in the sound alone" in str(late)
    samples = sound.samples(Party.CONTACT) / 32_767
    assert _times_of_tone(samples, "8", 16_000)[0] == pytest.approx(2_400, abs=10)


def test_digits_that_the_release_overtakes_end_with_it_and_are_told():
    call = _call(dtmf=".123456", contact={"answers_after": 1, "hangs_up_after": 1.25})
    sound = heard(call, rate=16_000)
    (cut,) = [note for note in sound.notes if note.kind == "digits_cut"]
    assert (cut.what, cut.at) == ("23456", 2_200)
    samples = sound.samples(Party.CONTACT)
    assert not samples[call.duration * 16 :].any()
    assert abs(int(samples[call.duration * 16 - 1])) < 10


def test_five_digits_in_a_second_are_in_time():
    assert not [n for n in heard(_call(dtmf="12345.6")).notes if n.kind == "digits_late"]


def test_the_edges_of_a_tone_do_not_click():
    """Where a ring of 425 Hz begins and ends there is next to nothing above 1 kHz."""
    rate = 16_000
    call = _call(contact={"answers_after": 1.3}, employee="no_answer")
    sound = of(call, Party.EMPLOYEE, rate=rate)
    start = call.employee.dialed * rate // 1000
    for border in (start, start + rate):  # the ring begins, the ring ends
        around = sound[border - 512 : border + 512] * np.hanning(1024)
        strengths = np.abs(np.fft.rfft(around)) ** 2
        above = strengths[round(1_000 * 1024 / rate) :].sum() / strengths.sum()
        assert 10 * np.log10(above) < -58
        hard = np.where(np.arange(-512, 512) >= 0, 1, 0) if border == start else None
        if hard is not None:
            tone = np.sin(2 * np.pi * 425 * np.arange(-512, 512) / rate) * hard * np.hanning(1024)
            spectrum = np.abs(np.fft.rfft(tone)) ** 2
            assert 10 * np.log10(spectrum[64:].sum() / spectrum.sum()) > -50


@given(st.integers(1, 400), st.data())
@settings(max_examples=200)
def test_an_edge_is_the_same_in_whatever_pieces_it_is_made(length, data):
    first = data.draw(st.integers(0, length))
    last = data.draw(st.integers(first, length))
    piece = np.ones(last - first)
    soften(piece, first, length, 40)
    whole = envelope(length, 8_000)
    assert np.allclose(piece, whole[first:last])
