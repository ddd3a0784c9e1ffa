"""What can be taken along from a page: the case, the timeline, pictures, sound, a whole page."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from ...api.wire import json_text
from ...call.case import Case
from ...call.loading import case_to_yaml
from ...call.simulator import simulate
from ...call.timeline import Timeline
from ...draw.catalogue import say
from ...draw.formats import TIMELINE, How
from ...draw.wording import length, title
from ...errors import CallflowError, UsageError
from ...units import Milliseconds
from .question import Question

if TYPE_CHECKING:
    from ...draw.sound.sounded import Hearing  # noqa: TC004 - a type here; it brings numpy

_TYPES = {
    "case": ("yaml", "application/yaml"),
    "json": ("json", "application/json"),
    "svg": ("svg", "image/svg+xml"),
    "png": ("png", "image/png"),
    "wav": ("wav", "audio/wav"),
    "html": ("html", "text/html"),
}

#: What sounds longer is not brought to a page: 10 minutes are some 40 MB.
LONGEST: Milliseconds = 600_000


@frozen(kw_only=True)
class Ears:
    """How a call is made to sound.

    Attributes:
        hearing: what reads texts and recordings.
        files: where the recordings of media files are, by their ids; only these are read.
    """

    hearing: Hearing
    files: Mapping[str, str] = field(factory=dict)


def made(case: Case, asked: Question, ears: Ears | None) -> dict[str, Any]:
    """A file to take along: its name, its type, and its bytes in base 64; or why there is none."""
    form = asked.make or "case"
    ending, type_ = _TYPES[form]
    notes: list[str] = []
    try:
        data = _data(form, case, asked, ears, notes)
    except CallflowError as error:
        return {"make": form, "refused": str(error)}
    return {
        "make": form,
        "name": f"{_file_name(title(simulate(case)))}.{ending}",
        "type": type_,
        "notes": notes,
        "data": b64encode(data).decode(),
    }


def _data(form: str, case: Case, asked: Question, ears: Ears | None, notes: list[str]) -> bytes:
    call = simulate(case)
    if form == "case":
        return case_to_yaml(case, secrets=False).encode()
    if form == "json":
        return (json_text(call.to_dict(), indent=2) + "\n").encode()
    if form == "wav":
        return _wav(call, ears, notes)
    if form == "html":
        from .alone import page

        return page(call, asked, _wav_if_any(call, ears, notes), notes).encode()
    drawn = TIMELINE.draw(call, form, How(theme=asked.theme))
    return drawn if isinstance(drawn, bytes) else drawn.encode()


def _wav_if_any(call: Timeline, ears: Ears | None, notes: list[str]) -> bytes | None:
    """The sound; None: there is none, and the notes say why."""
    try:
        return _wav(call, ears, notes)
    except UsageError as error:
        notes.append(str(error))
        return None


def _wav(call: Timeline, ears: Ears | None, notes: list[str]) -> bytes:
    if ears is None:
        raise UsageError(
            say("sound needs numpy; pip install 'callflow-simulator[audio]' brings it")
        )
    if call.duration > LONGEST:
        raise UsageError(
            say(
                "this call takes {length}, and a page sounds {most} at most; "
                "callflow draw timeline CASE -o call.wav writes longer ones",
                length=length(call.duration),
                most=length(LONGEST),
            )
        )
    heard = simulate(_with_files(call.case, ears.files))
    how = How(hearing=ears.hearing, tell=lambda note: notes.append(str(note)))
    drawn = TIMELINE.draw(heard, "wav", how)
    return drawn if isinstance(drawn, bytes) else drawn.encode()


def _with_files(case: Case, files: Mapping[str, str]) -> Case:
    """The case with the recordings that the file on the command line names."""
    media = case.account.media
    if not media or not files:
        return case
    known = {id_: evolve(one, file=files.get(id_)) for id_, one in media.items()}
    return evolve(case, account=evolve(case.account, media=known))


def _file_name(text: str) -> str:
    """A title as a name of a file on any system."""
    return re.sub(r"[^\w]+", "-", text).strip("-").lower()[:60] or "call"
