# %% [markdown]
# # Everything that can happen
#
# A client asked to be called back. Your page makes one request, `start.vnumber_call`, and both
# phones ring, one after the other. You test this integration, and two questions will not let you
# sleep:
#
# * How long can a colleague be left waiting with music in the ear?
# * The client's message says that the call is recorded. Does *every* client who is put through
#   hear it to the end?
#
# With calls made by hand you would try a few and hope. But the machine behind the call is small:
# it has 12 states. So nothing needs to be tried. **callflow** walks every way through it, and with
# times as unknowns it answers for all of them at once.
#
# The first notebook, [first-call.ipynb](first-call.ipynb), tells what the words mean. As there, a
# line that begins with `assert` stops the notebook if what the text says does not hold.

# %% [markdown]
# ## A set-up
#
# The employee is called first and hears a message of 4 s; then the client's phone rings, the client
# hears 12.5 s of "this call is recorded", and both talk.

# %%
from callflow import Case, simulate

case = Case.from_dict(
    {
        "name": "A client asked to be called back",
        "request": {
            "virtual_phone_number": "74993720692",
            "contact": "79260000000",
            "first_call": "employee",
            "switch_at_once": False,
            "contact_message": {"type": "media", "value": "237"},  # "this call is recorded"
        },
        "scenario": {"employee_message": {"type": "media", "value": "12"}},
        "messages": {"contact": 12.5, "employee": 4},
        "people": {
            "contact": {"answers_after": 9},
            "employee": {"answers_after": 6},
            "conversation": 30,
        },
    }
)
simulate(case)

# %% [markdown]
# ## Every way it can go
#
# That was one call, with people who answer and are patient. Request, scenario and messages are
# yours to decide; what people do is not. `ways_of` keeps what you decided, and finds every way in
# which people can make it go.

# %%
from callflow.verify import ways_of, ways_picture

ways = ways_of(case)
ways_picture(ways)

# %% [markdown]
# Nine ways, and there is no tenth. The case's own comes first. Each of the others says what
# has to be set in the case to get there, so that you can have it as a case of its own:

# %%
assert len(ways.ways) == 9

for number, way in enumerate(ways.ways, 1):
    print(f"{number}. {way.outcome}: {' '.join(way.settings) or 'as the case has it'}")

# %% [markdown]
# Look at the ninth: the client listens, the employee has had enough of the music and hangs up. The
# client loses the call too. Which brings us to the first question.

# %% [markdown]
# ## A sentence, for any times
#
# What you demand of a call can be written as a sentence, the same as under `expect:` in a case
# file. `always_with` asks it of the set-up **whatever people do and whenever they do it**.

# %%
from callflow.verify import always_with

held = always_with(case, "employee waits at most 26")

print("holds" if held.holds else f"fails: {held.counterexample.verdict.said}")
held.counterexample.timeline

# %% [markdown]
# It does not hold, and this is the shortest call in which it fails. Nobody chose its times: they
# follow from the question. The client does not answer, the employee waits, and hangs up one second
# too late.
#
# So how long *can* the wait be? The client's phone rings for less than 30 s before an answer, then
# the message plays for 12.5 s. With the employee's own message before it, that is less than 46.5 s.
# A sentence about those who do answer fails only where there is nobody to wait:

# %%
longest = always_with(case, "employee waits at most 46.5")

assert not longest.holds
assert longest.idle  # it fails only in calls in which nobody waits
print(longest.counterexample.verdict.said)

nearly = always_with(case, "employee waits at most 46.4")
assert not nearly.idle
print(nearly.counterexample.verdict.said)

# %% [markdown]
# Some sentences do hold. The count behind each is how much that says: on how many of the nine ways
# something that happens decides it.

# %%
for sentence in ("contact never hears dialing_music", "contact hears message for at most 12.5"):
    held = always_with(case, sentence)
    assert held.holds
    print(f"{sentence}: on {held.arose} of {held.paths} ways something decides it")

# %% [markdown]
# ## Which times would do?
#
# Suppose that 20 s of waiting is what you promised your colleagues. Turn the question round: *for
# which values* of a time does it hold, the other times being those of the case?

# %%
from callflow.verify import values_for

values = values_for(case, "employee waits at most 20", "people.contact.answers_after")

for low, high in values.holds:
    print(f"it holds if the client answers {low / 1000} to {high / 1000} s after the first ring")
for stretch in values.obstacles:
    low, high = stretch.values
    print(f"not from {low / 1000} to {high / 1000} s: {stretch.verdict.said}")

assert values.holds == ((0, 3_500),)  # to the millisecond

# %% [markdown]
# Clients do not answer within 3.5 s. Nobody can be asked to be faster, but the message can be made
# shorter. Of several free times as few as possible are changed, and by as little:

# %%
from callflow.verify import witness_for

free = ("messages.contact", "messages.employee", "people.employee.answers_after")
witness = witness_for(case, "employee waits at most 20", free)

for name, value in witness.values.items():
    print(f"{name}: {value / 1000} s instead of {witness.before[name] / 1000} s")

assert witness.values == {"messages.contact": 7_000}
assert witness.timeline.employee.figures.waited == 20_000

# %% [markdown]
# ## A property of your own, of every call there can be
#
# Now the second question. It is not about one set-up: somebody may change the request tomorrow. A
# property is a Python function of a call; it fails where it returns `False` or an `assert` in it
# does. `explore` walks all 16 configurations of the method, every path, every order of events and
# every tie, and asks it of each.

# %%
from callflow.verify import PROPERTIES, explore


def told_that_it_is_recorded(timeline):
    """Every client who is put through has heard the message to the end."""
    figures = timeline.contact.figures
    if timeline.conversation is not None and figures.message_length is not None:
        assert figures.message_heard == figures.message_length, "put through, message not heard"


found = explore(properties=[*PROPERTIES, told_that_it_is_recorded])

print(f"{len(found.graphs)} configurations, {len(found.states)} states, {len(found.rules)} rules")
print(f"{len(found.paths)} paths, {found.order_count} orders of events")
print(f"{sum(one.holds for one in found.properties)} of {len(found.properties)} properties hold")

# %% [markdown]
# The 20 properties that callflow brings hold. Yours does not, and this is the shortest call that
# shows it:

# %%
recorded = found.properties[-1]
assert not recorded.holds
assert all(one.holds for one in found.properties[:-1])

print(recorded.counterexample.wrong)
recorded.counterexample.timeline

# %% [markdown]
# `switch_at_once` is on, so client and employee are joined as soon as they can be. With the switch
# off, is it safe? Ask exactly that:


# %%
def told_unless_switched(timeline):
    """With the switch off, every client who is put through has heard the message to the end."""
    if not timeline.effective.switch_at_once:
        told_that_it_is_recorded(timeline)


switched_off = explore(properties=[told_unless_switched]).properties[0]
assert switched_off.holds
print(f"holds in all {switched_off.orders} orders of events")

# %% [markdown]
# That is worth a line in your review rules: *whoever must be told has the switch off*. The calls
# walked here have the smallest times that lead along each path, in every order. A property that
# speaks of an amount ("no more than 60 s") wants a sentence instead; those are for all times.

# %% [markdown]
# ## A proof
#
# How far can callflow itself be trusted? Its own properties are not only tried. `prove` runs them
# on calls whose times are *unknowns*, so that one run stands for every time there can be.

# %%
from collections import Counter

from callflow.verify import prove

proofs = prove()

for verdict, count in Counter(one.verdict for one in proofs.properties).items():
    print(f"{count} {verdict}")
for one in proofs.properties:
    if one.verdict != "proved":
        print(f"not proved: {one.of.name}. {one.of.sentence}\n({one.how})")

assert proofs.holds

# %% [markdown]
# ## And what does a refutation look like?
#
# What happens next in a call is decided by rows of one table. Here is the row of our set-up that
# begins the message, and the one that ends it. In a table with a bug the client is put through at
# once, as if the switch were always on. (No call comes to the second row then. A table with such a
# row is refused, so it goes, too.)

# %%
from attrs import evolve

from callflow.choreography import RULES

rows = {rule.name: rule for rule in RULES}
begins = rows[
    "dialing/dialing_music contact_answered"
    " (employee first, contact message, not effective switch on)"
]
ends = rows["message/dialing_music contact_message_ended (employee first)"]
switched = rows[
    "dialing/dialing_music contact_answered (employee first, effective switch on, contact message)"
]
at_once = evolve(switched, when=begins.when)  # as if the switch were always on
broken = [at_once if rule is begins else rule for rule in RULES if rule is not ends]

again = prove(broken)
refuted = [one for one in again.properties if one.verdict == "refuted"]
for one in refuted:
    print(f"refuted: {one.of.name}. {one.of.sentence}")

assert refuted

# %% [markdown]
# Each refutation comes with the smallest times that show it, as a case file that you can keep. Here
# nobody needs to wait for anything: all times are 0 but the lengths that cannot be.

# %%
from callflow import case_to_yaml

shown = refuted[0].counterexample

print(f"{shown.wrong}\n")
print(case_to_yaml(shown.case))

# %% [markdown]
# And this is what the bug would do to the set-up at the top: they talk at 19 s, and the client has
# not been told.

# %%
harmed = again.explored.simulate(case)
assert harmed.conversation.start == 19_000
assert not harmed.contact.hears("message")
harmed

# %% [markdown]
# ## A suite for the real thing
#
# A proof is about the table. Whether the real telephony does what the table says, only real calls
# tell, and they cost time. So you want as few as possible that together take every rule. `suite`
# chooses them, `files` gives each as a case file with its request, the settings and what is to
# happen, step by step.

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

from callflow import load_case
from callflow.verify import files, results_of, suite

away = TemporaryDirectory()
folder = Path(away.name)
for name, text in files(suite("rules")).items():
    (folder / name).write_text(text, encoding="utf-8")

cases = {path.name: load_case(str(path)) for path in sorted(folder.glob("*.yaml"))}
print(f"{len(cases)} cases, and {', '.join(path.name for path in folder.glob('*.md'))}")
for name in list(cases)[:4]:
    print(f"  {name}")

# %% [markdown]
# One of them, as it is written:

# %%
print((folder / next(iter(cases))).read_text(encoding="utf-8"))

# %% [markdown]
# Does the suite hold? On what callflow simulates, every line of it must. (In a terminal:
# `callflow check suite/`.)


# %%
def failures(make_call):
    """The first thing that fails in each case of the suite, if calls are made like this."""
    found = {}
    for name, expected in cases.items():
        wrong = [one for one in results_of(expected, make_call(expected)) if one.fails]
        if wrong:
            found[name] = f"{wrong[0].expectation.text}: {wrong[0].verdict.said}"
    return found


assert failures(simulate) == {}
print(f"{len(cases)} cases hold")

# %% [markdown]
# ## Would it notice?
#
# A suite is worth what it catches. Let the calls be made by the table with the bug, as if the
# telephony had it:

# %%
noticed = failures(explore(broken).simulate)

for name, said in noticed.items():
    print(f"{name}\n    {said}")

assert noticed

# %% [markdown]
# And any other bug? Send every row of the table to a state where it does not belong, one at a time.
# Either the rows are no table any more, and callflow says so, or the suite fails.

# %%
from callflow import TableError
from callflow.verify import Violated

states = found.states
refused, caught, missed = 0, 0, []
for rule in RULES:
    for target in states:
        if target == rule.target:
            continue
        rows = [evolve(rule, target=target) if one is rule else one for one in RULES]
        try:
            changed = explore(rows, properties=[])
        except TableError:
            refused += 1
            continue
        try:
            fails = bool(failures(changed.simulate))
        except Violated:  # a call never ends
            fails = True
        if fails:
            caught += 1
        else:
            missed.append(f"{rule} sent to {target}")

print(f"{refused} are no table, {caught} are caught, {len(missed)} are missed")
assert missed == []
away.cleanup()

# %% [markdown]
# ## Where to go next
#
# Put your own set-up at the top, and your own sentences. Or write the set-up into a file
# `case.yaml`, as [`examples/`](../examples) has some, and ask the same in a terminal:
#
# | question | command |
# | --- | --- |
# | What can happen at all? | `callflow explore` |
# | Every way of a set-up? | `callflow explore case.yaml -o ways.svg` |
# | Does it always hold? | `callflow explore case.yaml --that "employee waits at most 26"` |
# | For which times? | the same with `--free people.contact.answers_after` |
# | For all times? | `callflow explore --prove` |
# | A suite, please | `callflow explore --suite suite/` |
# | Does it hold? | `callflow check suite/` |
