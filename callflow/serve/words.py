"""The page's own words: what stands on its buttons and over its parts.

The page has none of its own. It asks for them once for each language, by these names.
"""

from __future__ import annotations

from ..draw.catalogue import say, spoken

#: By the name that the page uses, in English.
_WORDS: dict[str, str] = {
    "paste": "Paste a request",
    "pin": "Pin to compare",
    "unpin": "A pinned",
    "unpin_long": "Take the pinned call A away",
    "share": "Share link",
    "copied": "The address holds this call; it is copied",
    "in_address": "The address holds this call",
    "download": "Download",
    "save": "Save to {file}",
    "saved": "Saved to {file}",
    "situations": "Situations",
    "language": "Language",
    "states": "States",
    "steps": "Step by step",
    "lit": "lit: now, {clock} s",
    "as_table": "Lanes as a table",
    "as_lanes": "Lanes as a picture",
    "play": "Play",
    "pause": "Pause",
    "to_start": "To the start",
    "step": "Step",
    "step_long": "To the next step",
    "speed": "Speed",
    "ears": "Sound",
    "both_ears": "both ears",
    "contact_ear": "contact only",
    "employee_ear": "employee only",
    "silent": "no sound",
    "of": "of {length}",
    "instead": "Instead, now:",
    "playhead": "Playhead",
    "documented": "documented",
    "inferred": "inferred",
    "edit": "Edit",
    "close": "Close",
    "and_more": "and {count} more",
    "left_out": "left out",
    "default": "default {value}",
    "leave_out": "Leave out",
    "seconds": "seconds",
    "s": "s",
    "not_in_model": "Not in this model:",
    "assumed": "Assumed, because the case leaves it out",
    "warnings": "Warnings",
    "differs": "What differs, and for whom",
    "difference": "difference",
    "what_next": "What happens next?",
    "pick": "Pick an event and it happens now, at {clock} s.",
    "over": "The call that was played is over.",
    "undo": "Undo {event}",
    "repair": "Change it to {name}",
    "undo_change": "Undo the change",
    "go_to": "Go to {name}",
    "let_run": "Let it run",
    "keep": "Keep it as the call",
    "wait_for": "Wait for {event}, at {clock} s",
    "back": "Back to the call",
    "start_from": "Start from a situation",
    "or": "or",
    "paste_here": "Paste a JSON-RPC request from a log, or a case file",
    "open_text": "Open it",
    "open_file": "Open a case file",
    "or_drop": "or drop one here",
    "refused": "The API would refuse this request",
    "broken": "{file} has a problem",
    "broken_text": "This is no case",
    "line": "Line {line}",
    "last_accepted": "Last accepted call",
    "no_call": "No call now. Call shows the last accepted one.",
    "reloads": "The page reloads by itself when the file is saved",
    "changed_on_disk": "The case file changed; the page shows it",
    "tab_call": "Call",
    "tab_change": "Change",
    "tab_steps": "Steps",
    "tab_states": "States",
    "more": "More",
    "who": "who",
    "what": "what",
    "from": "from",
    "to": "to",
    "length": "length",
    "clauses": "clauses",
    "make_case": "Case file (YAML)",
    "make_json": "Timeline (JSON)",
    "make_svg": "Picture (SVG)",
    "make_png": "Picture (PNG)",
    "make_wav": "Sound (WAV)",
    "make_html": "Page with sound (HTML)",
    "gone": "callflow preview does not answer; is it still running?",
    "skip": "To the call",
    "controls": "Request, scenario and people",
    "the_call": "The call",
    "lanes": "Lanes",
}


def page_words() -> dict[str, str]:
    """The page's words; what stands in braces the page puts in itself.

    ``decimal`` is what stands between seconds and their parts.
    """
    words = {name: _kept(text) for name, text in _WORDS.items()}
    return {**words, "decimal": spoken().decimal}


def _kept(text: str) -> str:
    """A template with its places kept."""
    names = [piece.partition("}")[0] for piece in text.split("{")[1:]]
    return say(text, **{name: f"{{{name}}}" for name in names})
