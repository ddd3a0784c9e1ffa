"""The page's own words: what stands on its buttons and over its parts.

The page has none of its own. It asks for them once for each language, by these names.
"""

from __future__ import annotations

from ..draw.catalogue import later, say, spoken

#: By the name that the page uses, in English.
_WORDS: dict[str, str] = {
    "paste": later("Paste a request"),
    "pin": later("Pin to compare"),
    "unpin": later("A pinned"),
    "unpin_long": later("Take the pinned call A away"),
    "share": later("Share link"),
    "copied": later("The address holds this call; it is copied"),
    "in_address": later("The address holds this call"),
    "bad_link": later("This address holds no call that can be shown"),
    "download": later("Download"),
    "save": later("Save to {file}"),
    "saved": later("Saved to {file}"),
    "situations": later("Situations"),
    "language": later("Language"),
    "states": later("States"),
    "steps": later("Step by step"),
    "lit": later("lit: now, {clock} s"),
    "as_table": later("Lanes as a table"),
    "as_lanes": later("Lanes as a picture"),
    "play": later("Play"),
    "pause": later("Pause"),
    "to_start": later("To the start"),
    "step": later("Step"),
    "step_long": later("To the next step"),
    "speed": later("Speed"),
    "ears": later("Sound"),
    "both_ears": later("both ears"),
    "contact_ear": later("contact only"),
    "employee_ear": later("employee only"),
    "silent": later("no sound"),
    "of": later("of {length}"),
    "instead": later("Instead, now:"),
    "playhead": later("Playhead"),
    "documented": later("documented"),
    "inferred": later("inferred"),
    "edit": later("Edit"),
    "close": later("Close"),
    "and_more": later("and {count} more"),
    "left_out": later("left out"),
    "default": later("default {value}"),
    "leave_out": later("Leave out"),
    "seconds": later("seconds"),
    "s": later("s"),
    "not_in_model": later("Not in this model:"),
    "assumed": later("Assumed, because the case leaves it out"),
    "warnings": later("Warnings"),
    "differs": later("What differs, and for whom"),
    "difference": later("difference"),
    "what_next": later("What happens next?"),
    "pick": later("Pick an event and it happens now, at {clock} s."),
    "over": later("The call that was played is over."),
    "undo": later("Undo {event}"),
    "repair": later("Change it to {name}"),
    "undo_change": later("Undo the change"),
    "go_to": later("Go to {name}"),
    "let_run": later("Let it run"),
    "keep": later("Keep it as the call"),
    "wait_for": later("Wait for {event}, at {clock} s"),
    "back": later("Back to the call"),
    "start_from": later("Start from a situation"),
    "or": later("or"),
    "paste_here": later("Paste a JSON-RPC request from a log, or a case file"),
    "open_text": later("Open it"),
    "open_file": later("Open a case file"),
    "or_drop": later("or drop one here"),
    "refused": later("The API would refuse this request"),
    "broken": later("{file} has a problem"),
    "broken_text": later("This is no case"),
    "line": later("Line {line}"),
    "last_accepted": later("Last accepted call"),
    "no_call": later("No call now. Call shows the last accepted one."),
    "reloads": later("The page reloads by itself when the file is saved"),
    "changed_on_disk": later("The case file changed; the page shows it"),
    "tab_call": later("Call"),
    "tab_change": later("Change"),
    "tab_steps": later("Steps"),
    "tab_states": later("States"),
    "more": later("More"),
    "who": later("who"),
    "what": later("what"),
    "from": later("from"),
    "to": later("to"),
    "length": later("length"),
    "clauses": later("clauses"),
    "make_case": later("Case file (YAML)"),
    "make_json": later("Timeline (JSON)"),
    "make_svg": later("Picture (SVG)"),
    "make_png": later("Picture (PNG)"),
    "make_wav": later("Sound (WAV)"),
    "make_html": later("Page with sound (HTML)"),
    "gone": later("callflow preview does not answer; is it still running?"),
    "skip": later("To the call"),
    "controls": later("Request, scenario and people"),
    "the_call": later("The call"),
    "lanes": later("Lanes"),
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
