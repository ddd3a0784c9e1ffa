"""The digits as an independent decoder reads them: multimon-ng, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from callflow import Case, simulate
from callflow.draw.sound.sounded import RATES
from callflow.words import Party
from tests.draw.sound.ear import of

DECODER = shutil.which("multimon-ng")
pytestmark = pytest.mark.skipif(DECODER is None, reason="apt install multimon-ng")

#: What the decoder wants: 16 bits, one channel, so many samples a second.
_RATE = 22_050


def _decoded(sound: np.ndarray, rate: int) -> str:
    """The digits in it; brought to the decoder's rate through its spectrum."""
    sound = np.pad(sound, (0, -len(sound) % rate))  # whole seconds: both spectra are quick
    count = len(sound) // rate * _RATE
    spectrum = np.fft.rfft(sound)
    wanted = np.zeros(count // 2 + 1, complex)
    shared = min(len(spectrum), len(wanted))
    wanted[:shared] = spectrum[:shared]
    other = np.fft.irfft(wanted, count) * (count / len(sound))
    assert DECODER
    done = subprocess.run(
        [DECODER, "-q", "-a", "DTMF", "-t", "raw", "-"],
        input=np.rint(other * 32_000).astype("<i2").tobytes(),
        capture_output=True,
        check=True,
        timeout=120,
    )
    return "".join(re.findall(r"DTMF: (.)", done.stdout.decode()))


def _case(dtmf: str, message: bool) -> Case:
    request = {
        "virtual_phone_number": "74993720692",
        "contact": "79260000000",
        "first_call": "contact",
        "dtmf_string": dtmf,
    }
    if message:
        request["contact_message"] = {"type": "media", "value": "1"}
    return Case.from_dict(
        {
            "request": request,
            "messages": {"contact": 7} if message else {},
            "people": {"contact": {"answers_after": 2}, "employee": {"answers_after": 4}},
        }
    )


@given(
    st.lists(st.text("0123456789*#", min_size=1, max_size=7), min_size=1, max_size=3),
    st.booleans(),
    st.sampled_from(RATES),
)
@settings(max_examples=25)
def test_a_decoder_reads_all_digits_in_order_whatever_sounds_beneath(marks, message, rate):
    """Over music, a message and a conversation; digits that are late are read, too."""
    case = _case(".".join(["", *marks]), message)
    assert _decoded(of(simulate(case), Party.CONTACT, rate=rate), rate) == "".join(marks)


@pytest.mark.parametrize("message", [True, False])
def test_a_decoder_finds_no_digit_where_none_was_sent(message):
    for dtmf in (None, "..."):
        case = _case("1", message)
        case = evolve(case, request=evolve(case.request, dtmf_string=dtmf))
        for party in Party:
            assert not _decoded(of(simulate(case), party), 16_000)


def test_a_decoder_finds_no_digit_with_the_employee():
    call = simulate(_case(".123456789*0#", message=True))
    assert _decoded(of(call, Party.CONTACT), 16_000) == "123456789*0#"
    assert not _decoded(of(call, Party.EMPLOYEE), 16_000)
