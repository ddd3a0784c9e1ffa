# %% [markdown]
# # A first call, and what each parameter changes
#
# Somebody leaves a phone number on your web page. Your cloud telephony calls one of your people,
# calls the visitor, and joins the two. One request starts all that: `start.vnumber_call`. Its
# parameters decide whom it calls first, who hears which message, who waits on music and for how
# long, and when the two can talk at last.
#
# Here you find out what they decide, without calling anybody. **callflow** works out what both
# sides live through, to the thousandth of a second, and says for each moment who says so: the
# documentation of the method, or, where that is silent, the authors of callflow.
#
# You need no knowledge of telephony and little Python. Three words are enough:
#
# * the **contact** is the client, outside;
# * the **employee** is your colleague, whom the scenario behind your number finds;
# * the **PBX** is the machine between them, which dials and joins.
#
# Every number in this text is given, printed or checked by the cell beside it: a line that begins
# with `assert` stops the notebook if what it says does not hold.

# %% [markdown]
# ## A request
#
# The smallest one: your number, the client's number, and whom to call first. A *case* is such a
# request and whatever else is known about the call. `simulate` makes a *timeline* of it, and a
# timeline shows itself. (The real method wants a session key as well, `access_token`. Here nobody
# is called, so none is needed.)

# %%
from callflow import Case, simulate

request = {
    "virtual_phone_number": "74993720692",  # yours, the one that clients know
    "contact": "79260000000",  # the client's
    "first_call": "employee",  # whom to call first
}

timeline = simulate(Case.from_dict({"request": request}))
timeline

# %% [markdown]
# ## Reading the picture
#
# Time runs to the right. Each side has a lane, and each stretch says what that side lives through
# and for how many seconds. The employee's phone rings first. When the employee answers, the
# contact's phone rings, and the employee listens to music meanwhile. When the contact answers as
# well, both talk.
#
# Who decided that a phone rings for 5 seconds? Nobody: the case leaves it out, so it was assumed.
# A timeline tells what it assumed.

# %%
for assumption in timeline.assumptions:
    print(assumption.text)

assert timeline.employee.total("dialing") == 5

# %% [markdown]
# ## Who says so?
#
# Under each stretch there is a **ground line**, and under that the names of *clauses*.
#
# * An **unbroken** line: the stretch is **documented**. A sentence of the method's documentation
#   says that it is so.
# * A **dashed** line and the word *inferred*: the documentation says nothing here, or could be
#   read in two ways. callflow has to choose, and tells how it reads it and why. The vendor
#   promises nothing.
#
# The documentation tells the order of a call in which both sides hear a message. In this one
# nobody does, so nearly all of it is our reading. Behind each name there is the clause itself;
# here are those of the contact's lane:

# %%
for segment in timeline.contact.segments:
    for part in segment.parts:
        print(f"{segment.state}, {part.basis}")
        for clause in part.clauses:
            print(f"    {clause.id}: {clause.says}")

assert all(segment.basis == "inferred" for segment in timeline.contact.segments)

# %% [markdown]
# ## Say what you know
#
# Now a call as it might really go. The client hears a recorded message of 12.5 s, your colleague a
# short one of 4 s ("A client is calling you back"); the colleague lets it ring for 6 s, the client
# for 9 s; they talk for 30 s. Times are in seconds.

# %%
base = {
    "name": "A client asked to be called back",
    "request": {
        **request,
        "switch_at_once": False,
        "contact_message": {"type": "media", "value": "237"},  # the number of a recording
    },
    "scenario": {"employee_message": {"type": "media", "value": "12"}},
    "messages": {"contact": 12.5, "employee": 4},  # how long they play
    "people": {
        "employee": {"answers_after": 6},
        "contact": {"answers_after": 9},
        "conversation": 30,
    },
}
before = simulate(Case.from_dict(base))
before

# %% [markdown]
# The employee hears their message to the end, and only then the contact's phone rings. The contact
# answers, hears their own message, and both talk at 31.5 s. Until then the employee has waited
# 25.5 s, 21.5 s of that with music in the ear.
#
# Part of the music stands on a dashed line, **G3**: the documentation does not say what the
# employee hears while the *contact's message* plays.
#
# Attributes of a timeline are whole milliseconds, which Python may write `31_500`. What its
# methods give are seconds.

# %%
assert before.conversation.start == 31_500
assert before.employee.figures.waited == 25_500
assert before.employee.total("dialing_music") == 21.5

music = before.employee.segments[2]
assert [(part.start, part.basis) for part in music.parts] == [
    (10_000, "documented"),
    (19_000, "inferred"),
]

# %% [markdown]
# ## Two helpers
#
# From here on, one thing is changed at a time. `varied` simulates the call above with a change;
# `compare` draws it under the call above. The blue line over the lanes spans the time in which the
# two differ, and the table tells for whom, and by how much.

# %%
from callflow.draw.comparison import comparison_svg
from callflow.draw.notebook import Drawing


def varied(section, **changes):
    """The call above, with something changed in one section of the case; None leaves it out."""
    settings = {**base[section], **changes}
    given = {name: value for name, value in settings.items() if value is not None}
    return simulate(Case.from_dict({**base, section: given}))


def compare(after, name, title):
    """The call above and another one, as one picture."""
    svg = comparison_svg(before, after, names=("the call above", name), title=title)
    return Drawing(svg)


# %% [markdown]
# ## `first_call`: whom to call first
#
# Your colleague waits a long time. What if the contact is called first?

# %%
contact_first = varied("request", first_call="contact")

compare(
    contact_first, "first_call: contact", "With the contact called first, both talk 10 s earlier"
)

# %% [markdown]
# The employee's phone now rings *while* the contact listens to the message: the time is used
# twice. They talk at 21.5 s instead of 31.5 s. The employee waits 6.5 s instead of 25.5 s. The
# contact waits as long as before, 12.5 s: all of the message.
#
# But think of who is alone on the line if something goes wrong: now it is your client.

# %%
assert contact_first.conversation.start == 21_500
assert before.conversation.start - contact_first.conversation.start == 10_000
assert contact_first.employee.figures.waited == 6_500
assert contact_first.contact.figures.waited == before.contact.figures.waited == 12_500

# %% [markdown]
# ## `switch_at_once`: join them at once
#
# The *switch* says: do not play the contact's message to the end if the two could talk. With the
# employee called first they can talk as soon as the contact answers.

# %%
switched = varied("request", switch_at_once=True)

compare(switched, "switch_at_once: true", "Switched on, both talk 12.5 s earlier")

# %% [markdown]
# They talk at 19 s. There is a price: the contact does not hear one second of the message. It was
# sent, it was accepted, and **it has no effect**. Parameters without effect are what users of the
# method most often get wrong, so callflow tells of them before all else.

# %%
assert switched.conversation.start == 19_000
assert not switched.contact.hears("message")

for entry in switched.no_effect:
    print(f"{entry.path}: {entry.text} ({entry.basis})")

# %% [markdown]
# With the contact called first, the same switch means something else. The contact listens to the
# message while the employee's phone rings, and the employee's answer **cuts it short**: a torn
# edge.

# %%
cut_short = varied("request", first_call="contact", switch_at_once=True)
cut_short

# %% [markdown]
# The contact heard 6 s of 12.5 s. The employee's own message is not played at all.

# %%
assert cut_short.contact.figures.message_heard == 6_000
assert cut_short.contact.figures.message_length == 12_500
assert not cut_short.employee.hears("message")

# %% [markdown]
# ## `contact_message`: a recording, or a text to be read
#
# The message can be a recording (`media`) or a text for speech synthesis (`tts`). One should think
# that this changes only the voice. It takes the switch away:

# %%
text = "Good day! You asked us to call you back, a colleague is on the line."
spoken = varied(
    "request",
    first_call="contact",
    switch_at_once=True,
    contact_message={"type": "tts", "value": text},
)
spoken

# %% [markdown]
# The switch was asked for, as in the picture before. It is not in force, because the documentation
# says that it does not work with a text (clause TTS). The contact hears all of it.

# %%
assert spoken.effective.switch_requested
assert not spoken.effective.switch_at_once
assert spoken.effective.switch_disabled_by == "TTS"
assert spoken.contact.figures.message_heard == spoken.contact.figures.message_length

for warning in spoken.warnings:
    print(warning.text)

# %% [markdown]
# Without any message the contact hears dialing music until the employee is ready.

# %%
silent = varied("request", first_call="contact", contact_message=None)

print([str(segment.state) for segment in silent.contact.segments])
assert not silent.contact.hears("message")

# %% [markdown]
# ## The scenario: a message to the employee
#
# The employee's message is no parameter of the request; it belongs to the scenario behind your
# number. It costs time too. With the employee called first, the contact's phone rings only after
# it:

# %%
at_once = varied("scenario", employee_message=None)

saved = before.conversation.start - at_once.conversation.start
print(f"without the employee's message both talk {saved / 1000} s earlier")
assert saved == 4_000

# %% [markdown]
# ## `dtmf_string`: keys that are pressed for you
#
# If a menu answers the contact's number ("press 1 for..."), the PBX can press the keys. A dot waits
# one second. So `..1.2.3` means: two seconds after the contact's answer a 1; then a 2 and a 3,
# each a second later.

# %%
pressed = varied("request", dtmf_string="..1.2.3")
pressed

# %% [markdown]
# The contact answers at 19 s; the keys are pressed at 21, 22 and 23 s, *during* the message. The
# documentation does not say from when the seconds count; callflow reads: from the contact's answer
# (**G11**, inferred). Worth a real call before you depend on it. And what is still due when the
# call is over is not sent:

# %%
assert pressed.contact.answered == 19_000
assert [mark.at for mark in pressed.dtmf] == [21_000, 22_000, 23_000]

late = varied("request", dtmf_string="..1" + "." * 60 + "2")

for mark in late.dtmf:
    print(f"{mark.digits} at {mark.at / 1000} s: {'sent' if mark.sent else 'not sent'}")

assert [mark.sent for mark in late.dtmf] == [True, False]

# %% [markdown]
# ## The numbers that the phones show
#
# The contact always sees your number, `virtual_phone_number`. What the employee sees is set in the
# scenario: that number too, or the contact's.

# %%
for shown in ("service_number", "contact_number"):
    ringing = varied("scenario", show_during_call=shown)
    assert ringing.contact.caller_id.number == "74993720692"
    print(f"{shown}: the employee sees {ringing.employee.caller_id.number}")

# %% [markdown]
# ## People: not everybody answers
#
# Now nothing of the request changes, only what people do. The contact is busy:

# %%
busy = varied("people", contact={"busy_after": 2})
busy

# %% [markdown]
# The ring with the cross marks who kept the call from a conversation. The employee answered, heard
# a message and 2 s of music, and was released.

# %%
assert busy.outcome == "contact_not_reached"
assert busy.employee.hears("message")
assert busy.employee.total("dialing_music") == 2

# %% [markdown]
# There are four ways not to be reached. Whoever does not answer lets the phone ring until the PBX
# loses patience; how long that takes is assumed unless the case says `ring_timeout`.

# %%
ways = {
    "is busy": {"busy_after": 2},
    "rejects the call": {"rejects_after": 2},
    "is unavailable": {"unavailable_after": 2},
    "does not answer": "no_answer",
}
for words, contact in ways.items():
    lost = varied("people", contact=contact)
    assert lost.outcome == "contact_not_reached"
    print(f"the contact {words}: {lost.reason}, over at {lost.duration / 1000} s")

# %% [markdown]
# And the one to design for: **who is on the line may hang up.** Your colleague has had enough 15 s
# after answering, which is 2 s into the contact's message.

# %%
impatient = varied("people", employee={"answers_after": 6, "hangs_up_after": 15})
impatient

# %% [markdown]
# The contact answered, listened, and was hung up on. With the contact called first, the same
# impatient colleague would have talked: the wait is 6.5 s, and of the 15 s there are 8.5 s left.

# %%
assert impatient.outcome == "abandoned"
assert impatient.ended_by == "employee"
assert impatient.contact.figures.message_heard == 2_000

people = {**base["people"], "employee": {"answers_after": 6, "hangs_up_after": 15}}
request_again = {**base["request"], "first_call": "contact"}
rescued = simulate(Case.from_dict({**base, "people": people, "request": request_again}))

assert rescued.outcome == "conversation"
assert rescued.employee.figures.waited == 6_500
assert rescued.employee.figures.talked == 8_500

# %% [markdown]
# ## Parameters that change nothing
#
# Some parameters never change what is heard. They are for reports and for your own records. Here
# are three at once, and both lanes stay exactly as they were:

# %%
labelled = varied(
    "request", direction="out", external_id="order 4711", show_virtual_phone_number=True
)
assert labelled.contact.segments == before.contact.segments
assert labelled.employee.segments == before.employee.segments

for entry in labelled.no_effect:
    clauses = ", ".join(clause.id for clause in entry.clauses)
    print(f"{entry.path}: {entry.text} ({clauses}, {entry.basis})")

# %% [markdown]
# ## A mistake is told, with its repair
#
# A case that cannot be is never half understood. What the real method would refuse is refused with
# its own error.

# %%
from callflow import CallflowError

for section, change in (
    ("people", {"contact": {"anwsers_after": 9}}),
    ("request", {"contact": "+7 926 000-00-00"}),
):
    try:
        varied(section, **change)
    except CallflowError as error:
        print(error)

# %% [markdown]
# ## A call stepped by hand
#
# A tester asks: *what can happen now?* A `CallSession` is one call that you drive. Time passes when
# you say so, people do what you say, and the machine behind it knows what is possible. Its state is
# that of the contact, then that of the employee.

# %%
from callflow import CallSession

case = Case.from_dict({"request": base["request"]})  # nobody says what people do
call = CallSession(case)
call.advance(0)  # the request is accepted

print(call.state)
print("possible:", *call.possible())

# %% [markdown]
# The employee's phone rings. Three seconds later they answer, and the contact's phone rings.

# %%
call.advance(3)
call.fire("employee_answered")

print(call.state)
print("possible:", *call.possible())

# %% [markdown]
# Suppose that the contact is busy. That is the end of this call:

# %%
call.advance(2)
call.fire("contact_unreached", reason="busy")

print(call.state)
assert call.finished

# %% [markdown]
# And if the contact had answered? Take the last step back and go the other way. What was lived is a
# timeline like any other.

# %%
call.undo()
call.fire("contact_answered")
call.advance(60)  # up to the next thing that happens: the message ends
call.advance(20)
call.fire("employee_hung_up")

lived = call.timeline()
assert lived.outcome == "conversation"
assert lived.contact.figures.talked == 20_000
lived

# %% [markdown]
# ## Where to go next
#
# Change the numbers above to those of your own call, and run the cells again. Or write the call
# into a file and ask in a terminal:
#
# | question | command |
# | --- | --- |
# | What happens? | `callflow simulate examples/callback.yaml` |
# | Why, step by step? | `callflow explain examples/callback.yaml` |
# | How does it look? | `callflow draw timeline examples/callback.yaml -o call.svg` |
# | Would the API take it? | `callflow validate examples/refused.json` |
#
# The files lie in [`examples/`](../examples), and the [README](../README.md) shows more of it.
#
# What decided everything here is one table of rules,
# [`choreography.py`](../callflow/choreography.py), to be read beside the documentation of the
# method. All clauses, and why we read the holes as we do, stand in
# [`clauses.py`](../callflow/clauses.py).
