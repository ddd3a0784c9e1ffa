"""Files: formats, media files, accounts, and what is no file."""

from __future__ import annotations

import io
import os
import stat
import struct
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

from callflow import CallflowError, CaseError, UsageError, load_case
from callflow.api.account import Account, MediaFile
from callflow.call.loading import case_from_mapping, case_to_dict, load_account, read_bytes

from .conftest import EXAMPLE, EXAMPLE_DICT, SMALLEST, read


def sound(frames: int, rate: int = 8000, *, channels: int = 1, width: int = 2) -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(b"\0" * (frames * channels * width))
    return made.getvalue()


def with_file(name: str) -> str:
    return SMALLEST + f"account: {{media: {{237: {{file: '{name}'}}}}}}\n"


def length(folder: Path, data: bytes) -> int:
    (folder / "a.wav").write_bytes(data)
    (folder / "case.yaml").write_text(with_file("a.wav"))
    media = load_case(str(folder / "case.yaml")).account.media
    assert media is not None
    assert media["237"].file == os.path.realpath(folder / "a.wav")
    return media["237"].length


# ----------------------------------------------------------------------------------- formats


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.YAML"])
def test_the_ending_tells_the_format(tmp_path, name):
    (tmp_path / name).write_text(EXAMPLE)
    assert load_case(str(tmp_path / name)) == read(EXAMPLE)


@pytest.mark.parametrize("name", ["case", "case.txt", "case.yam"])
def test_an_ending_that_says_nothing_needs_a_format(tmp_path, name):
    (tmp_path / name).write_text(EXAMPLE)
    with pytest.raises(UsageError, match="or say --input-format"):
        load_case(str(tmp_path / name))
    assert load_case(str(tmp_path / name), input_format="yaml") == read(EXAMPLE)
    with pytest.raises(UsageError, match="did you mean yaml"):
        load_case(str(tmp_path / name), input_format="yml")


def test_standard_input_is_json_if_it_parses_as_json_else_yaml():
    assert load_case("-", standard_input=EXAMPLE.encode()) == read(EXAMPLE)
    number = b'{"request": {"contact": 79260000000}}'
    with pytest.raises(CallflowError, match="is missing") as caught:
        load_case("-", standard_input=number)
    assert "not the number" in str(caught.value.problems)
    with pytest.raises(CallflowError) as caught:
        load_case("-", standard_input=number, input_format="yaml")
    assert "not the number" not in str(caught.value.problems)
    with pytest.raises(CaseError) as twice:
        load_case("-", standard_input=b'{"request": 1, "request": 2}')
    assert str(twice.value).startswith("-:1: request: the key is given twice")
    for data in (b"", b"\xff", b"[" * 100_000):
        with pytest.raises(CaseError):
            load_case("-", standard_input=data)


# ----------------------------------------------------------------------------------- no files


def test_what_is_no_file_is_told_and_nothing_waits(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    begun = time.monotonic()
    for name, said in (
        ("missing.yaml", "no such file"),
        ("pipe.yaml", "is no regular file"),
        ("folder.yaml", "is a directory"),
        ("missing", "no such file"),
        ("folder", "is a directory"),
        ("loop.yaml", "cannot be read"),
        ("a\0.yaml", "is no name of a file"),
        ("x" * 5000 + ".yaml", "cannot be read"),
    ):
        with pytest.raises(UsageError, match=said):
            load_case(str(tmp_path / name))
    with pytest.raises(UsageError, match="is no regular file"):
        read_bytes("/dev/zero")
    assert time.monotonic() - begun < 5


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_told(tmp_path):
    (tmp_path / "a.yaml").write_text(EXAMPLE)
    (tmp_path / "a.yaml").chmod(0)
    with pytest.raises(UsageError, match="permission denied"):
        load_case(str(tmp_path / "a.yaml"))


def test_a_file_has_at_most_16_mib(tmp_path):
    with open(tmp_path / "a.yaml", "wb") as file:
        file.truncate(16 * 1024 * 1024 + 1)
    with pytest.raises(UsageError, match="more than 16 MiB"):
        load_case(str(tmp_path / "a.yaml"))
    with pytest.raises(UsageError, match="more than 16 MiB"):
        load_case("-", standard_input=bytes(16 * 1024 * 1024 + 1))


# ----------------------------------------------------------------------------------- accounts


def test_an_account_is_what_stands_under_account_in_a_case(tmp_path):
    (tmp_path / "a.yaml").write_text("blacklist: [79261112233]\nmedia: {237: 5}\n")
    assert load_account(str(tmp_path / "a.yaml")) == Account(
        blacklist=("79261112233",), media={"237": MediaFile(length=5_000)}
    )
    (tmp_path / "a.json").write_text('{"media": {"a": 1},\n "blaklist": []}')
    with pytest.raises(CaseError) as caught:
        load_account(str(tmp_path / "a.json"))
    assert str(caught.value).endswith("a.json:2: blaklist: unknown key; did you mean blacklist?")
    (tmp_path / "b.yaml").write_text("")
    assert load_account(str(tmp_path / "b.yaml")) == Account()
    (tmp_path / "c.yaml").write_text("[]")
    with pytest.raises(CaseError, match="must be a mapping, not a list"):
        load_account(str(tmp_path / "c.yaml"))


# ----------------------------------------------------------------------------------- media


@pytest.mark.parametrize(
    ("frames", "rate", "milliseconds"),
    [
        (8000, 8000, 1000),
        (100_000, 8000, 12_500),
        (1, 400, 2),
        (3, 2000, 2),
        (5, 2000, 2),
        (44_100, 44_100, 1000),
        (1, 1999, 1),
    ],
)
def test_a_wav_file_plays_frames_over_rate_half_even(tmp_path, frames, rate, milliseconds):
    assert length(tmp_path, sound(frames, rate)) == milliseconds
    assert length(tmp_path, sound(frames, rate, channels=2, width=1)) == milliseconds


def refusal(folder: Path, name: str) -> str:
    (folder / "case.yaml").write_text(with_file(name))
    with pytest.raises(CaseError) as caught:
        load_case(str(folder / "case.yaml"))
    (problem,) = caught.value.problems
    assert problem.path == "account.media.237.file"
    assert problem.line == 2
    return problem.message


def test_a_media_file_is_a_regular_pcm_wav_file(tmp_path):
    good = sound(8000)
    for data, said in (
        (b"", "is no PCM WAV file"),
        (b"hello" * 20, "is no PCM WAV file"),
        (good[:20], "is no PCM WAV file"),
        (good[:-1000], "is cut short"),
        (good[:20] + struct.pack("<H", 3) + good[22:], "is no PCM WAV file"),  # floats
        (good[:24] + struct.pack("<I", 0) + good[28:], "is no PCM WAV file"),  # no rate
        (sound(0), "plays 0.0 s"),
        (sound(1, 8000), "plays 0.0 s"),
    ):
        (tmp_path / "a.wav").write_bytes(data)
        assert said in refusal(tmp_path, "a.wav"), data[:30]
    os.mkfifo(tmp_path / "pipe.wav")
    (tmp_path / "folder.wav").mkdir()
    assert "is no regular file" in refusal(tmp_path, "pipe.wav")
    assert "directory" in refusal(tmp_path, "folder.wav") or "regular" in refusal(
        tmp_path, "folder.wav"
    )
    assert "cannot be read: no such file" in refusal(tmp_path, "missing.wav")


def test_a_media_file_stands_in_the_folder_of_the_case_or_below(tmp_path):
    home = tmp_path / "home"
    (home / "below").mkdir(parents=True)
    (home / "below" / "a.wav").write_bytes(sound(8000))
    (tmp_path / "outside.wav").write_bytes(sound(8000))
    (home / "link.wav").symlink_to(tmp_path / "outside.wav")
    (home / "inner.wav").symlink_to(home / "below" / "a.wav")
    for name in ("below/a.wav", "./below/../below/a.wav", "inner.wav", str(home / "below/a.wav")):
        (home / "case.yaml").write_text(with_file(name))
        assert load_case(str(home / "case.yaml")).account.media is not None
    for name in ("../outside.wav", "link.wav", str(tmp_path / "outside.wav"), "/dev/zero"):
        assert "lies outside the folder of the case" in refusal(home, name)


def test_a_case_with_a_file_comes_back(tmp_path):
    (tmp_path / "a.wav").write_bytes(sound(8000))
    (tmp_path / "case.yaml").write_text(with_file("a.wav"))
    case = load_case(str(tmp_path / "case.yaml"))
    assert case_from_mapping(case_to_dict(case)) == case


# ----------------------------------------------------------------------------------- start-up


def test_what_one_format_needs_is_imported_with_it_alone():
    program = (
        "import sys\n"
        "from callflow import Case\n"
        f"Case.from_dict({EXAMPLE_DICT!r})\n"
        "lazy = {'yaml', 'json', 'tomllib', 'wave', 'decimal', 'difflib'}\n"
        "print(sorted(lazy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[3],
    )  # fmt: skip
    assert done.stdout == "[]\n"


def test_a_file_that_may_not_be_seen_is_not_opened_for_writing(tmp_path):
    (tmp_path / "case.yaml").write_text(EXAMPLE)
    (tmp_path / "case.yaml").chmod(stat.S_IRUSR)
    assert load_case(str(tmp_path / "case.yaml")) == read(EXAMPLE)
