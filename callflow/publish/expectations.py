"""The page of expectations: sentences, from the patterns that read them, and records of real calls.

A test reads every sentence of the page and asks it of the case that the page shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..situations import SITUATIONS
from ..verify.expectations import KEYS
from ..verify.grammar import Lexical
from ..verify.records import Seen
from ..verify.sentences import HOLES, PATTERNS

#: The call that the examples of the page are about.
SITUATION = "employee-first-switch-off"

_HEAD = """\
# Expectations

What must happen in a call stands in its case file, under `expect:`. `callflow check FILE` asks it.

```yaml
{example}```

| key | what it expects |
| --- | --- |
{keys}
All of them may be left out. What cannot be read is told with its line and the word that is wrong;
the rest is asked all the same. This page is made from the patterns that read the sentences.

## What one party lives through, and the steps

`contact` and `employee` are told whole, in order: a state, with its length if you like. `...`
stands for anything, also for nothing; `[]` is a party that is never dialed. A length is written as
below: `12.5`, `about 12.5`, `12.5 +- 0.2`, `at most 20`.

`steps` are told from the beginning and may stop early. A step is as exact as you like: the event;
or moment, event, state of both legs (`contact/employee`) and clauses. A clause that stands alone
must be among those of the step; `{{contact: [EF5], employee: [G3]}}` (or `both:`) says exactly
which, and a leg that is not named there keeps the clauses it had.

`callflow check FILE --accept` writes what happens now; with `--accept steps` the steps, too. What
holds stays as you wrote it, and sentences are never touched.

## Sentences

`that` holds sentences that must be true, `warn` the same sentences when a failure shall only warn.
Words in braces are explained below. Moments and lengths are seconds; a moment counts from the
request.

| sentence | what it says | for instance |
| --- | --- | --- |
"""

_TAIL = """\

`about` allows a second on either side. The unit may be written: `12.5 s`.

## Only what is documented

With `--documented-only` an expectation that holds fails all the same if it rests on an inference of
ours. Asked are: of a length or a `hears`, what stands behind that stretch; of `begins` and
`is dialed`, the step in which it began; of the outcome `conversation`, the step in which the
conversation began, of the others, the last step; of caller numbers, marks and effects, their own
clauses. What ends a stretch is not asked, and what the case itself gives (answers, lengths,
hang-ups) is no inference.

## A real call

`callflow check CASE --record FILE` holds what was seen of a real call against a case; several
`--record` are summed up by clause. A line is a moment and its seconds after the request. Commas,
semicolons, tabs and blanks separate alike, and a heading that begins with `moment` is passed by:

```
moment,seconds
employee_answered,6.3
contact_answered,19.1
dtmf,1,21.2
conversation,31.8
released,46.4
```

In JSON the same is `{{"contact_answered": 19.1, "dtmf 1": 21.2}}`, or a list of
`{{"moment": "dtmf", "digits": "1", "seconds": 21.2}}`.

| moment | what was seen |
| --- | --- |
{seen}
Leave out what you did not see: it is listed, and neither guessed nor judged. What people did
(answer, hang up, be busy) is taken from the record, and what the platform did is judged. Where
people's own moments are missing, those of the case stand in, and what rests on them is not judged.
A difference of up to a second is none; `--tolerance` allows more or less.
"""

_SEEN = {
    "{party}_dialed": "the party's phone begins to ring",
    "{party}_answered": "the party answers",
    "{party}_busy": "the party's line is busy",
    "{party}_rejected": "the party rejects the call",
    "{party}_unavailable": "the party's phone is off or out of reach",
    "{party}_no_answer": "the platform stops ringing the party",
    "{party}_message": "the party's message begins",
    "{party}_message_ended": "the party's message ends",
    "{party}_dialing_music": "the party begins to hear dialing music",
    "conversation": "the conversation begins",
    "{party}_hung_up": "the party hangs up",
    "released": "both are released",
    "dtmf": "a mark is sent; its digits stand before its seconds",
}

_EXAMPLE = """\
expect:
  outcome: conversation
  contact:  [dialing 9, message 12.5, conversation]
  employee: [dialing 6, message 4, dialing_music about 21.5, ...]
  steps:
    - start
    - [6, employee_answered]
    - ...
    - [31.5, contact_message_ended, conversation/conversation, EF5]
  that:
    - contact hears message for exactly 12.5
    - employee waits at most 26
    - conversation begins when contact message ends
  warn:
    - employee hears dialing_music for at most 15
"""

_KEYS = {
    "outcome": "`conversation`, `contact_not_reached`, `employee_not_reached` or `abandoned`",
    "error": "a request that the API refuses, by the mnemonic: `contact_in_blacklist`",
    "contact": "what the contact lives through, in order",
    "employee": "the same for the employee",
    "steps": "the steps of the call, as exact as wanted",
    "that": "sentences that must be true, in any order",
    "warn": "sentences whose failure is a warning and fails nothing",
}


def expectations_page() -> str:
    """The page as Markdown."""
    keys = "".join(f"| `{key}` | {_KEYS[key]} |\n" for key in KEYS)
    rows = "".join(
        f"| {_code(pattern.text)} | {pattern.means} | "
        f"{'<br>'.join(f'`{example}`' for example in pattern.examples)} |\n"
        for pattern in PATTERNS
    )
    case = SITUATIONS[SITUATION]
    told = (
        f"\nThe instances are about the situation `{case.name}`; those that do not hold there are "
        "sentences all the same.\n\n## What fills the braces\n\n| | |\n| --- | --- |\n"
    )
    holes = "".join(f"| `{{{name}}}` | {words} |\n" for name, words in _holes())
    tail = _TAIL.format(seen="".join(f"| {names} | {means} |\n" for names, means in _seen()))
    return _HEAD.format(example=_EXAMPLE, keys=keys) + rows + told + holes + tail


def _seen() -> Iterator[tuple[str, str]]:
    """The moments of a record, those of both parties in one row."""
    rows: dict[str, list[str]] = {}
    for seen in Seen:
        same = seen.replace(str(seen.party), "{party}", 1) if seen.party else str(seen)
        rows.setdefault(same, []).append(_code(seen))
    return ((", ".join(names), _SEEN[same]) for same, names in rows.items())


def _holes() -> Iterator[tuple[str, str]]:
    for name, hole in HOLES.items():
        if isinstance(hole, Lexical):
            yield name, hole.described
        else:
            yield name, _choices(hole)


def _choices(hole: Mapping[str, object]) -> str:
    return ", ".join(_code(text) for text in hole)


def _code(text: str) -> str:
    return f"`{text}`"
