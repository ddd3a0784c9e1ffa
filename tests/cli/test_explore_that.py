"""``callflow explore --that`` and ``--free``: what is said, how it ends, what can be used then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import CASE, Run

WAITS = "employee waits at most 26"
RINGS = "contact hears dialing for at most 86400"
MUSIC = "employee hears dialing_music for at least 25"
ANSWER = "people.contact.answers_after"
HANDOVER = "The case, as callflow simulate - takes it:\n\n"
REFUSED = CASE.replace('contact: "79260000000"', 'contact: "74993720692"')


def flat(text: str) -> str:
    return " ".join(text.split())


def data(out: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(out)
    return value


# -------------------------------------------------------------------------------------- every call


def test_a_sentence_that_holds_in_every_call_ends_well(run: Run) -> None:
    """It says on how many paths, and on how many of them something that happened decides it."""
    done = run("explore", "--that", RINGS)
    assert (done.status, done.err) == (0, "")
    assert flat(done.out) == (
        f"holds {RINGS} in every call, with any times: 139 paths; on 127 something that happens "
        "decides it"
    )


def test_a_counterexample_is_told_with_its_lanes_its_rule_and_its_clause(run: Run) -> None:
    done = run("explore", "--that", WAITS)
    assert (done.status, done.err) == (1, "")
    assert done.out.startswith(f"fails   {WAITS}\n        it waited 27.0 s, 1.0 s too long\n\n")
    assert "\ncontact    " in done.out
    assert "\nemployee   " in done.out
    assert "\n        0.0  employee_answered: idle / message\n        E: EF2  after " in done.out


def test_the_counterexample_is_a_case_file(run: Run, folder: Path) -> None:
    """`simulate` takes it from standard input, and `check` fails on it with the same words."""
    _, _, case = run("explore", "--that", WAITS).out.partition(HANDOVER)
    simulated = run("simulate", "-", "-f", "json", given=case)
    assert (simulated.status, simulated.err) == (0, "")
    assert data(simulated.out)["legs"]["employee"]["figures"]["waited"] == 27.0
    checked = run("check", "-", given=case)
    assert checked.status == 1
    assert "it waited 27.0 s, 1.0 s too long" in checked.out
    assert folder.exists()


def test_several_sentences_are_all_answered_and_the_worst_counts(run: Run) -> None:
    done = run("explore", "--that", RINGS, "--that", WAITS, "--that", "call lasts at least 0")
    assert done.status == 1
    lines = [line for line in done.out.splitlines() if line.startswith(("holds ", "fails "))]
    assert [line.split()[0] for line in lines] == ["holds", "fails", "holds"]


def test_a_sentence_that_cannot_be_read_is_told_with_a_caret_and_the_others_are_answered(
    run: Run,
) -> None:
    done = run("explore", "--that", "contact hears mesage", "--that", RINGS)
    assert done.status == 2
    head, caret, *_ = done.err.splitlines()
    assert head.startswith("--that 1")
    assert caret.index("^") == head.index("mesage")
    assert "did you mean message?" in done.err
    assert done.out.startswith("holds ")
    assert run("explore", "--that", "").status == 2


def test_what_fails_only_where_it_does_not_happen_is_told_so(run: Run) -> None:
    done = run("explore", "--that", "contact sees caller 74993720692")
    assert done.status == 1
    assert "the contact is never dialed" in done.out
    assert (
        "only where what it speaks of does not happen: it holds on the 127 of 139 paths on which "
        "it does" in flat(done.out)
    )


# -------------------------------------------------------------------------------------- one set-up


def test_of_a_case_request_scenario_and_messages_stay(run: Run) -> None:
    """People may do anything: the contact waits no longer than the message that it hears."""
    done = run("explore", "case.yaml", "--that", "contact waits at most 12.5")
    assert done.status == 1, "the contact may never answer"
    assert "only where what it speaks of does not happen" in flat(done.out)
    done = run("explore", "case.yaml", "--that", "contact hears message for at most 12.5")
    assert (done.status, done.err) == (0, "")
    assert "in every call of case.yaml, with any times: 9 paths" in flat(done.out)
    done = run("explore", "case.yaml", "--that", "contact hears message for at most 12.4")
    assert done.status == 1
    assert "messages: {contact: 12.5, employee: 4}" in done.out


def test_a_sentence_about_what_never_happens_is_seen(run: Run) -> None:
    done = run(
        *("explore", "case.yaml", "--set", "request.first_call=contact"),
        *("--set", "request.switch_at_once=true"),
        *("--that", "employee hears message for at most 3"),
    )
    assert done.status == 0
    assert "nothing that happens decides it: what it speaks of happens on no path" in flat(done.out)


# -------------------------------------------------------------------------------------- free times


def test_all_values_of_a_free_time_are_told_and_what_each_comes_to(run: Run) -> None:
    done = run("explore", "case.yaml", "--that", MUSIC, "--free", ANSWER)
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith(
        f"holds   {MUSIC}\n        if {ANSWER} is 12.5 to 86400.0; it is 9.0\n\n"
    )
    assert "12.5 to 23.499  holds  it heard 25.0 s; conversation\n" in done.out
    assert "30.0 to 86400.0  holds  it heard 30.0 s; contact not reached\n" in done.out
    assert done.out.endswith(f"\n        with --set {ANSWER}=12.5\n")


def test_the_options_that_are_told_make_it_so(run: Run) -> None:
    done = run("explore", "case.yaml", "--that", MUSIC, "--free", ANSWER)
    options = done.out.splitlines()[-1].split()[1:]
    expected = (*options, "--set", f"expect.that=[{MUSIC}]")
    assert run("check", "case.yaml", "--set", f"expect.that=[{MUSIC}]").status == 1
    assert run("check", "case.yaml", *expected).status == 0


def test_that_no_value_will_do_is_told_with_the_clauses_in_the_way(run: Run) -> None:
    done = run("explore", "case.yaml", "--that", MUSIC, "--free", "people.employee.answers_after")
    assert (done.status, done.err) == (1, "")
    assert "no value of people.employee.answers_after will do" in done.out
    assert "What stands in the way:\n        EF3  while the contact is being dialed" in done.out
    assert "G3   inferred: the employee goes on hearing dialing music" in done.out


def test_of_several_free_times_the_least_change_is_told(run: Run) -> None:
    free = [ANSWER, "messages.contact", "people.employee.hangs_up_after", "people.conversation"]
    options = [word for name in free for word in ("--free", name)]
    sentence = MUSIC.replace("25", "45")
    done = run("explore", "case.yaml", "--that", sentence, *options)
    assert (done.status, done.err) == (0, "")
    assert "messages.contact 36.0, not 12.5\n" in done.out
    assert done.out.endswith(
        "with --set messages.contact=36 --set people.employee.hangs_up_after=49\n"
    )


def test_a_conversation_keeps_who_ends_it(run: Run) -> None:
    """The option names its seconds, so that it changes nothing else."""
    done = run(
        *("explore", "case.yaml", "--set", "people.conversation={seconds: 9, ended_by: employee}"),
        *("--that", "conversation lasts exactly 7", "--free", "people.conversation"),
    )
    assert done.out.endswith("with --set people.conversation.seconds=7\n")


def test_with_several_free_times_it_is_told_why_none_will_do(run: Run) -> None:
    options = ("--free", ANSWER, "--free", "people.employee.answers_after")
    done = run("explore", "case.yaml", "--that", MUSIC.replace("25", "45"), *options)
    assert done.status == 1
    assert "no values of" in done.out
    assert "it heard 36.0 s, 9.0 s too short; abandoned EF3, G3 inferred" in flat(done.out)


# ------------------------------------------------------------------------------------------- data


def test_as_data_a_counterexample_has_its_case_and_its_timeline(run: Run) -> None:
    done = run("explore", "-f", "json", "--that", WAITS, "--that", RINGS, "--that", "nonsense")
    assert done.status == 2
    told = data(done.out)
    assert (told["format"], told["case"], told["free"]) == ("callflow.always/1", None, [])
    fails, holds, unread = told["sentences"]
    assert (fails["status"], holds["status"], unread["status"]) == ("fails", "holds", "unread")
    found = fails["counterexample"]
    assert found["events"] == ["start", "employee_answered", "employee_hung_up"]
    assert found["clauses"] == ["EF2"]
    again = run("simulate", "-", "-f", "json", given=json.dumps(found["case"]))
    assert data(again.out) == found["timeline"]
    again = run("simulate", "-", "-f", "json", given=found["yaml"])
    assert data(again.out) == found["timeline"]


def test_as_data_free_times_are_intervals_in_seconds(run: Run) -> None:
    done = run("explore", "case.yaml", "-f", "json", "--that", MUSIC, "--free", ANSWER)
    (told,) = data(done.out)["sentences"]
    assert (told["holds"], told["nearest"], told["value"]) == ([[12.5, 86400.0]], 12.5, 9.0)
    assert [(way["from"], way["to"], way["holds"]) for way in told["ways"]] == [
        (0.0, 12.499, False),
        (12.5, 23.499, True),
        (23.5, 29.999, True),
        (30.0, 86400.0, True),
    ]


def test_as_data_several_free_times_are_values_or_obstacles(run: Run) -> None:
    options = ("--free", ANSWER, "--free", "messages.contact")
    done = run("explore", "case.yaml", "-f", "json", "--that", MUSIC, *options)
    (told,) = data(done.out)["sentences"]
    assert told["values"] in ({ANSWER: 12.5}, {"messages.contact": 16.0})
    assert told["timeline"]["legs"]["employee"]["figures"]["music_heard"] == 25.0
    never = "employee hears dialing_music for at least 500"
    done = run("explore", "case.yaml", "-f", "json", "--that", never, *options)
    (told,) = data(done.out)["sentences"]
    assert (done.status, told["values"], told["timeline"]) == (1, None, None)
    assert {clause for one in told["obstacles"] for clause in one["clauses"]} == {"EF3", "G3"}


def test_an_answer_goes_to_a_file_whole(run: Run, folder: Path) -> None:
    done = run("explore", "--that", RINGS, "-o", "answer.json")
    assert (done.status, done.out, done.err) == (0, "", "")
    assert data((folder / "answer.json").read_text())["sentences"][0]["status"] == "holds"


# ---------------------------------------------------------------------------------- bad questions


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["case.yaml", "--free", ANSWER], "--free needs a CASE, and --that"),
        (["--that", MUSIC, "--free", ANSWER], "--free needs a CASE"),
        (
            ["case.yaml", "--that", MUSIC, "--free", "people.contact.answer_after"],
            "--free people.contact.answer_after: is no time of a case; did you mean",
        ),
        (
            ["case.yaml", "--that", MUSIC, "--free", "request.contact"],
            "--free request.contact: is no time of a case",
        ),
        (
            ["case.yaml", "--that", MUSIC, "--free", "people.contact.busy_after"],
            "the contact of the case answers; free people.contact.answers_after",
        ),
        (
            [
                *("case.yaml", "--set", "people.contact=no_answer"),
                *("--that", MUSIC, "--free", ANSWER),
            ],
            "does not answer (no_answer), so it has no answers_after; say --set",
        ),
        (
            [
                *("case.yaml", "--set", "request.contact_message="),
                *("--that", MUSIC, "--free", "messages.contact"),
            ],
            "the case has no request.contact_message",
        ),
        (["nowhere.yaml", "--that", MUSIC], "nowhere.yaml: "),
        (["--that", MUSIC, "-f", "svg"], "--that is answered in text or json, not in svg"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_with_its_repair(
    run: Run, arguments: list[str], told: str
) -> None:
    done = run("explore", *arguments)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1


def test_a_case_that_the_api_refuses_cannot_be_explored(run: Run, folder: Path) -> None:
    (folder / "refused.yaml").write_text(REFUSED)
    done = run("explore", "refused.yaml", "--that", MUSIC)
    assert (done.status, done.out) == (3, "")
    assert "own_virtual_phone_number_not_allowed" in done.err


def test_a_counterexample_shows_no_token(run: Run) -> None:
    token = "2fRN4gSECRETTOKEN"
    arguments = ("case.yaml", "--set", f"request.access_token={token}", "--that", WAITS)
    for form in ("text", "json"):
        done = run("explore", *arguments, "-f", form)
        assert done.status == 1
        assert token not in done.out
