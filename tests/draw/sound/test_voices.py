"""Music, murmur and placeholder: balanced, muted, without a seam."""

from __future__ import annotations

import numpy as np
import pytest

from callflow import simulate
from callflow.draw.sound.music import melody
from callflow.draw.sound.sounded import RATES
from callflow.draw.sound.voices import murmur, placeholder
from callflow.situations import SITUATIONS
from callflow.words import LegState, Party
from tests.draw.sound.ear import decibels, level, of, rms

LOOPS = {
    "melody": melody,
    "murmur of the contact's ear": lambda rate: murmur(Party.CONTACT, rate),
    "murmur of the employee's ear": lambda rate: murmur(Party.EMPLOYEE, rate),
    "placeholder": lambda rate: placeholder(Party.CONTACT, rate),
}


def _share_above(sound: np.ndarray, hertz: float, rate: int) -> float:
    """Which part of the power lies above a frequency."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float(power[round(hertz * len(sound) / rate) :].sum() / power.sum())


@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("rate", RATES)
def test_what_comes_round_has_no_seam_and_no_direct_current(loop, rate):
    sound = LOOPS[loop](rate)
    assert abs(float(sound.mean())) < 1e-4
    steps = np.abs(np.diff(sound))
    assert abs(float(sound[0] - sound[-1])) <= steps.max()
    assert np.abs(sound).max() < 0.5


@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_state_is_as_loud_as_it_should_be_beside_the_others(situation):
    """Decibels below full scale, with pauses: the conversation is a murmur beneath all others."""
    call = simulate(SITUATIONS[situation].case())
    wanted = {
        LegState.DIALING: (-27, -18),
        LegState.MESSAGE: (-29, -18),
        LegState.DIALING_MUSIC: (-24, -20),
        LegState.CONVERSATION: (-37, -30),
    }
    for party in Party:
        sound = of(call, party)
        for one in call.leg(party).segments:
            low, high = wanted[one.state]
            assert low < decibels(rms(sound[one.start * 16 : one.end * 16])) < high, one


def test_a_conversation_is_muted_and_a_message_is_not():
    for party in Party:
        assert decibels(_share_above(murmur(party, 16_000), 1_000, 16_000)) < -30
        assert _share_above(placeholder(party, 16_000), 1_000, 16_000) > 0.1


def test_in_a_conversation_each_hears_the_other_louder_than_themselves():
    contact, employee = (murmur(party, 16_000) for party in Party)
    half = len(contact) // 2
    assert rms(contact[:half]) > 2 * rms(employee[:half])
    assert rms(employee[half:]) > 2 * rms(contact[half:])


def test_the_melody_begins_with_the_note_on_its_paper():
    first = melody(16_000)[800:8_000]
    assert decibels(level(first, 659, 16_000)) > -28  # E5
    assert decibels(level(first, 622, 16_000)) < -40  # its neighbour
