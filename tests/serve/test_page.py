"""The page, driven as people drive it, shows what the library says."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from callflow.call.case import Case
from callflow.call.loading import case_from_bytes, case_from_mapping
from callflow.call.simulator import simulate
from callflow.serve.desk.opening import mapping_of
from callflow.serve.server import Preview
from callflow.situations import SITUATIONS
from callflow.words import Party
from tests.draw.calls import sample
from tests.serve import axe_tool
from tests.serve.asked import FIRST
from tests.serve.conftest import pasted, settled, until
from tests.serve.running import running
from tests.serve.test_file import TEXT

Show = Callable[..., Any]
#: Whose, which state, from when to when.
Bar = tuple[str, str, float, float]


def bars(page: Any) -> list[Bar]:
    """The bars of the lanes, as the page shows them."""
    found: list[str] = page.eval_on_selector_all(
        "#lanes .lane .segment",
        "all => all.map(one => [one.closest('.lane').dataset.party, one.dataset.state,"
        " one.dataset.start, one.dataset.end].join(' '))",
    )
    return [
        (party, state, float(start), float(end))
        for party, state, start, end in (one.split() for one in found)
    ]


def lived(case: Case | dict[str, Any]) -> list[Bar]:
    """The same, as the library has it."""
    call = simulate(case if isinstance(case, Case) else case_from_mapping(case))
    return [
        (str(party), str(one.state), one.start / 1000, one.end / 1000)
        for party in Party
        for one in call.leg(party).segments
    ]


def varied(path: str, value: Any) -> dict[str, Any]:
    """The case with another value at a path; None: without it."""
    case: dict[str, Any] = json.loads(json.dumps(FIRST))
    *way, last = path.split(".")
    node = case
    for key in way:
        node = node.setdefault(key, {})
    if value is None:
        node.pop(last, None)
    else:
        node[last] = value
    return case


def seek(page: Any, at: float) -> None:
    page.evaluate(f"callflow.player.seek({at})")
    settled(page)


CONTROLS: list[tuple[str, Callable[[Any], None], dict[str, Any]]] = [
    (
        "first_call",
        lambda page: page.check("[data-choice='request.first_call'][value=contact]", force=True),
        varied("request.first_call", "contact"),
    ),
    (
        "switch_at_once",
        lambda page: page.click("[data-switch='request.switch_at_once']"),
        varied("request.switch_at_once", True),
    ),
    (
        "contact_message",
        lambda page: page.check("[name='request.contact_message.type'][value=none]", force=True),
        varied("request.contact_message", None),
    ),
    (
        "length of the contact message",
        lambda page: page.fill("[data-seconds='messages.contact']", "3,5"),
        varied("messages.contact", 3.5),
    ),
    (
        "employee_message",
        lambda page: page.check("[name='scenario.employee_message.type'][value=none]", force=True),
        {**varied("scenario.employee_message", None), "messages": {}},
    ),
    (
        "contact answers_after",
        lambda page: page.fill("[data-seconds='people.contact.after']", "2.25"),
        varied("people.contact.answers_after", 2.25),
    ),
    (
        "a slider",
        lambda page: page.locator("[data-slide='people.employee.after']").fill("17.5"),
        varied("people.employee.answers_after", 17.5),
    ),
    (
        "what the contact does",
        lambda page: page.select_option("[data-choice='people.contact.does']", "busy"),
        varied("people.contact", {"busy_after": 9}),
    ),
    (
        "hangs_up_after",
        lambda page: page.fill("[data-seconds='people.employee.hangs_up_after']", ""),
        varied("people.employee.hangs_up_after", None),
    ),
    (
        "conversation",
        lambda page: page.fill("[data-seconds='people.conversation.seconds']", "5"),
        varied("people.conversation", 5),
    ),
]


@pytest.mark.parametrize(
    ("change", "becomes"), [(c, b) for _, c, b in CONTROLS], ids=[name for name, *_ in CONTROLS]
)
def test_a_change_at_a_control_shows_in_the_lanes_as_the_library_says(
    show: Show, change: Callable[[Any], None], becomes: dict[str, Any]
) -> None:
    page = show(FIRST)
    assert bars(page) == lived(FIRST)
    change(page)
    settled(page)
    assert bars(page) == lived(becomes)


def test_every_moment_shown_is_the_librarys(show: Show) -> None:
    """For drawn cases: the lit state, the state of the machine, the events that are offered."""
    page = show(FIRST)
    for case in sample(25):
        page.click("[data-do=home]")
        mapping = mapping_of(case)
        pasted(page, mapping)
        call = simulate(case_from_mapping(mapping))
        assert bars(page) == lived(mapping)
        moments = sorted({at for at, _ in call.moments})
        for at in [*moments, *((one + two) // 2 for one, two in pairwise(moments))]:
            seek(page, at / 1000)
            state = [edge.target for when, edge in call.moments if when <= at][-1]
            lit = page.eval_on_selector_all(
                "#machine .state.now", "all => all.map(one => one.dataset.state)"
            )
            assert lit == [str(state)]
            assert page.evaluate("callflow.now.state") == str(state)
            assert page.evaluate("callflow.now.at") == at / 1000


def test_a_value_without_effect_and_a_refusal_stand_at_their_control(show: Show) -> None:
    page = show({**FIRST, "request": {**FIRST["request"], "switch_at_once": True}})
    note = page.locator("[data-of='request.contact_message'] .note.no-effect")
    assert "No effect here" in note.inner_text()
    page.click("[data-open='0']")
    page.fill("[data-text='request.contact']", "74993720692")
    settled(page)
    refusal = page.locator("[data-of='request.contact'] .note.refusal")
    assert "-32602 own_virtual_phone_number_not_allowed" in refusal.inner_text()
    assert page.locator(".last").inner_text() == "Last accepted call"
    assert bars(page) == lived({**FIRST, "request": {**FIRST["request"], "switch_at_once": True}})
    page.click("[data-do='undo-change']")
    settled(page)
    assert page.locator("#call-heading").inner_text() == "Both talk after 19.0 s"


def test_the_playhead_runs_and_stops(show: Show) -> None:
    page = show(FIRST)
    page.select_option("[data-player=speed]", "8")
    page.click(".play")
    until(page, "callflow.player.at > 6.5")
    assert page.locator(".play").inner_text().strip() == "Pause"
    page.click(".play")
    at = page.evaluate("callflow.player.at")
    settled(page)
    assert page.evaluate("callflow.now.at") == at
    assert page.locator("#playhead").get_attribute("aria-valuenow") == f"{at:g}"
    page.click("[data-do='to-start']")
    assert page.evaluate("callflow.player.at") == 0
    page.click("[data-do=step]")
    assert page.evaluate("callflow.player.at") == 6
    page.evaluate("callflow.player.seek(45.9)")
    page.click(".play")
    until(page, "!callflow.player.playing && callflow.player.at === 46")


def test_what_sounds_is_left_the_contact_and_right_the_employee(show: Show) -> None:
    """And either of them alone in both ears; the sound keeps to the playhead."""
    page = show(FIRST)
    page.click(".play")
    until(page, "callflow.player.sound.element?.currentTime > 0.3")
    drift = page.evaluate("callflow.player.at - callflow.player.sound.element.currentTime")
    assert abs(drift) < 0.25
    gains = "Object.entries(callflow.player.sound.gains)"
    loud = f"{gains}.filter(one => one[1].gain.value).map(one => one[0])"
    assert page.evaluate(loud) == ["contact0", "employee1"]
    page.select_option("[data-player=ears]", "employee")
    assert page.evaluate(loud) == ["employee0", "employee1"]
    page.select_option("[data-player=ears]", "contact")
    assert page.evaluate(loud) == ["contact0", "contact1"]
    page.click(".play")
    assert page.evaluate("callflow.player.sound.element.paused")
    assert "placeholder" in page.locator(".sound-notes").inner_text()


def test_another_event_is_chosen_and_what_was_played_becomes_the_case(show: Show) -> None:
    page = show(FIRST)
    seek(page, 12)
    button = page.locator(".instead [data-fork=contact_answered]")
    assert "the contact hears the message" in button.inner_text()
    button.click()
    settled(page)
    assert page.locator("#call-heading").inner_text() == "What happens next?"
    drawn = page.locator("#lanes .segment").evaluate_all("all => all.map(one => one.dataset.state)")
    assert drawn == ["dialing", "dialing", "message", "dialing_music"]
    page.click("[data-do=wait]")
    settled(page)
    page.click("[data-pass='1']")
    settled(page)
    page.click("[data-fire=contact_hung_up]")
    settled(page)
    assert page.locator("#call-heading").inner_text() == "The call that was played is over."
    page.click("[data-do=undo]")
    settled(page)
    assert page.locator("#call-heading").inner_text() == "What happens next?"
    page.keyboard.press("1")
    settled(page)
    page.click("[data-do='let-run']")
    settled(page)
    case = page.evaluate("callflow.case")
    assert case["people"]["contact"]["answers_after"] == 2
    assert bars(page) == lived(case)
    steps = [(step.at, str(step.event)) for step in simulate(case_from_mapping(case)).steps]
    assert (12000, "contact_answered") in steps


def test_going_back_leaves_the_call_as_it_was(show: Show) -> None:
    page = show(FIRST)
    seek(page, 12)
    page.locator(".instead [data-fork=employee_hung_up]").click()
    settled(page)
    page.click("[data-do=back]")
    settled(page)
    assert bars(page) == lived(FIRST)


def test_a_pinned_call_is_compared_for_both(show: Show) -> None:
    page = show(FIRST)
    page.click(".actions.wide [data-do=pin]")
    page.click("[data-switch='request.switch_at_once']")
    settled(page)
    heading = page.locator("#call-heading").inner_text()
    assert heading == "B: both talk after 19.0 s, 12.5 s earlier than in A"
    assert page.locator("#lanes .strip").count() == 2
    rows = page.locator(".compared tbody tr").all_inner_texts()
    assert any("not played" in row and "−12.5 s" in row for row in rows)
    page.click(".actions.wide [data-do=unpin]")
    settled(page)
    assert page.locator("#lanes .strip").count() == 0


def test_a_link_is_a_case(show: Show, visit: Show, empty_preview: Any) -> None:
    """With the moment, the pinned call, and nothing secret."""
    secret = "a-token-that-nobody-may-see"
    request = {**FIRST["request"], "access_token": secret}
    page = show({**FIRST, "request": request})
    page.click(".actions.wide [data-do=pin]")
    page.fill("[data-seconds='people.contact.after']", "3")
    settled(page)
    seek(page, 15)
    until(page, "location.hash.length > 20")
    page.click(".actions.wide [data-do=share]")
    page.wait_for_selector("#said.shown")
    address = page.url
    assert secret not in page.evaluate("JSON.stringify([callflow.case, callflow.pinned])")
    other = visit(address)
    assert bars(other) == bars(page)
    assert other.evaluate("callflow.player.at") == 15
    assert other.locator("#lanes .strip").count() == 2
    broken = visit(f"{empty_preview.address}#1.nonsense")
    assert broken.locator(".cards").count() == 1


@pytest.mark.parametrize(
    "held",
    [
        {"case": FIRST, "pinned": 5},
        {"case": FIRST, "at": 1e9},
        {"case": FIRST, "played": {"at": -1}},
        {"case": FIRST, "played": {"at": 1, "events": [{"at": 1, "event": "nothing"}]}},
        {"case": [1, 2]},
    ],
)
def test_a_link_with_what_no_page_writes_is_told(
    browser: Any, empty_preview: Preview, held: dict[str, Any]
) -> None:
    """A link that holds no call opens the page as it begins, and the page says so."""
    packed = zlib.compress(json.dumps(held).encode(), wbits=-15)
    page = browser.new_page()
    page.goto(f"{empty_preview.address}#1.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}")
    page.wait_for_selector("body[data-ready]")
    assert page.locator(".card").count() == len(SITUATIONS)
    assert "no call that can be shown" in page.locator("#said").inner_text()
    page.close()


def test_the_back_button_leads_from_a_call_to_the_one_before(visit: Show) -> None:
    page = visit()
    page.locator(".card").first.click()
    until(page, "location.hash.length > 20 && callflow.settled()")
    first = bars(page)
    page.click(".menu.name > summary")
    page.locator(".menu.name .item").nth(2).click()
    settled(page)
    until(page, "history.length > 3")
    page.fill("[data-seconds='people.contact.after']", "3")
    settled(page)
    assert bars(page) != first
    page.wait_for_timeout(300)
    page.go_back()
    until(page, "callflow.settled()")
    until(page, "!location.hash || document.querySelector('#lanes .segment')")
    page.wait_for_timeout(200)
    assert bars(page) == first
    page.go_back()
    page.wait_for_selector(".card")


def test_what_is_downloaded_is_what_is_shown(show: Show, tmp_path: Path) -> None:
    page = show(FIRST)
    for make, begins in {
        "case": b"name:",
        "json": b"{",
        "svg": b"<svg",
        "png": b"\x89PNG",
        "wav": b"RIFF",
        "html": b"<!doctype html>",
    }.items():
        page.click(".menu.download > summary")
        with page.expect_download() as download:
            page.locator(f".actions.wide [data-make={make}]").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.read_bytes().startswith(begins), make
        if make == "case":
            assert case_from_bytes(path.read_bytes(), "yaml") == case_from_mapping(FIRST)


def test_the_page_of_a_call_works_from_the_file_system(
    show: Show, visit: Show, tmp_path: Path
) -> None:
    page = show(FIRST)
    page.click(".menu.download > summary")
    with page.expect_download() as download:
        page.locator(".actions.wide [data-make=html]").click()
    path = tmp_path / "call.html"
    download.value.save_as(path)
    assert not re.search(r'(?:src|href)="https?:', path.read_text("utf-8"))
    alone = visit(path.as_uri())
    assert bars(alone) == lived(FIRST)
    alone.select_option("[data-player=speed]", "4")
    alone.click(".play")
    until(alone, "callflow.player.sound.element.currentTime > 1")
    alone.click(".play")
    alone.click("[data-do=step]")
    assert alone.locator(".step-line.current").count() == 1
    alone.click("[data-do=table]")
    assert alone.locator(".lanes-table tbody tr").count() == len(lived(FIRST)) + 3


def test_a_text_with_markup_is_text(show: Show) -> None:
    markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    case = json.loads(json.dumps(FIRST))
    case["name"] = case["scenario"]["employee"]["name"] = markup
    case["scenario"]["employee_message"]["value"] = markup
    case["scenario"]["show_during_call"] = "contact_number"
    page = show(case)
    assert page.locator("img[src=x], .call script").count() == 0
    assert markup in page.title()
    assert markup in page.locator(".steps").inner_text()
    page.click("[data-do=table]")
    assert page.title().startswith("<img")


# -------------------------------------------------------------------------------------- the file


def test_the_page_shows_the_file_anew_when_it_changes_and_saves_to_it(
    visit: Show, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with running(path) as preview:
        page = visit(preview.address)
        page.fill("[data-seconds='people.contact.after']", "4")
        settled(page)
        page.locator(".actions.wide [data-do=save]").click()
        until(page, "document.getElementById('said').textContent.includes('Saved')")
        assert path.read_text("utf-8") == TEXT.replace("answers_after: 9", "answers_after: 4")
        path.write_text(TEXT.replace("answers_after: 9", "answers_after: 20"), encoding="utf-8")
        until(page, "callflow.case?.people.contact.answers_after === 20")
        path.write_text(TEXT.replace("people:", "poeple:"), encoding="utf-8")
        page.wait_for_selector(".excerpt .here")
        assert page.locator("#call-heading").inner_text() == "case.yaml has a problem"
        assert "poeple" in page.locator(".excerpt .here").inner_text()
        page.click("[data-do=repair]")
        until(page, "callflow.case?.people.contact.answers_after === 9")
        assert path.read_text("utf-8") == TEXT
        page.goto("about:blank")


def test_pages_left_open_keep_no_other_from_coming(visit: Show, tmp_path: Path) -> None:
    """However many pages of a preview are open in a browser, the next one comes."""
    path = tmp_path / "case.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with running(path) as preview:
        first = visit(preview.address)
        pages = [first, *(first.context.new_page() for _ in range(7))]
        for page in pages[1:]:
            page.goto(preview.address)
            page.wait_for_selector("body[data-ready]")
        path.write_text(TEXT.replace("answers_after: 9", "answers_after: 20"), encoding="utf-8")
        for page in pages:
            until(page, "callflow.case?.people.contact.answers_after === 20")
        for page in pages:
            page.goto("about:blank")


def test_a_request_of_a_log_is_pasted_and_a_wrong_one_is_told(visit: Show) -> None:
    page = visit()
    assert page.locator(".card").count() == len(SITUATIONS)
    envelope = {"jsonrpc": "2.0", "method": "start.vnumber_call", "id": 1}
    params = {
        key: FIRST["request"][key] for key in ("virtual_phone_number", "contact", "first_call")
    }
    pasted(page, {**envelope, "params": params})
    assert page.evaluate("callflow.case") == {"request": params}
    page.click(".actions.wide [data-do=paste]")
    page.fill("dialog textarea", "request: {}\npoeple: {}\n")
    page.click("dialog button[type=submit]")
    settled(page)
    assert page.evaluate("callflow.case.request.contact") == params["contact"]


def test_a_situation_is_chosen(visit: Show) -> None:
    page = visit()
    page.click("[data-situation='contact-first-switch-on'].card")
    settled(page)
    assert bars(page) == lived(SITUATIONS["contact-first-switch-on"].case())


# ------------------------------------------------------------------------------------ for everyone


def test_everything_can_be_done_with_the_keyboard(visit: Show) -> None:
    """A situation is chosen, a value changed, the call played, and another event chosen."""
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached(page, ".card")
    page.keyboard.press("Enter")
    settled(page)
    reached(page, "[data-switch='request.switch_at_once']")
    page.keyboard.press("Space")
    settled(page)
    assert page.evaluate("callflow.case.request.switch_at_once") is True
    reached(page, "[data-slide='people.contact.after']")
    page.keyboard.press("ArrowRight")
    settled(page)
    assert page.evaluate("callflow.case.people.contact.answers_after") == 9.5
    reached(page, "#playhead")
    for key, at in (("End", None), ("Home", 0), ("ArrowRight", 0.1), ("PageDown", 6)):
        page.keyboard.press(key)
        settled(page)
        wanted = page.evaluate("callflow.good.call.duration") if at is None else at
        assert page.evaluate("callflow.player.at") == wanted
    page.keyboard.press("Space")
    until(page, "callflow.player.playing")
    page.keyboard.press("Space")
    until(page, "!callflow.player.playing")
    settled(page)
    reached(page, "[data-fork]")
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate("callflow.answer.playing !== undefined")
    reached(page, ".menu.download > summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('.menu.download').open") is False


def reached(page: Any, selector: str) -> None:
    """Tab to an element; every place on the way shows that it has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(f'document.activeElement.matches("{selector}")'):
            shown = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            inner = "document.activeElement.closest('.radios') !== null"
            assert page.evaluate(f"{shown} || {inner}"), selector
            return
    raise AssertionError(f"no way leads to {selector}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_keeps_people_from_using_the_page(
    show: Show, visit: Show, scheme: str, width: int
) -> None:
    """Empty, with a call, compared, as a table, refused, and stepped by hand."""
    axe = axe_tool.script()
    if axe is None:
        pytest.skip(
            f"axe is not in .cache/axe: CI=1 fetches it with npm pack axe-core@{axe_tool.VERSION}"
        )

    def check(page: Any, where: str) -> None:
        page.evaluate(axe)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [
            (where, one["id"], [node["html"][:160] for node in one["nodes"]][:3])
            for one in found["violations"]
        ] == []

    check(visit(width=width, color_scheme=scheme), "empty")
    page = show(FIRST, width=width, color_scheme=scheme)
    seek(page, 20)
    for tab in ("change", "steps", "states", "call") if width < 760 else ("",):
        if tab:
            page.click(f"[data-tab={tab}]")
        check(page, f"call {tab}")
    if width > 760:
        page.click(".actions.wide [data-do=pin]")
        page.click("[data-switch='request.switch_at_once']")
        page.click("[data-open='0']")
        settled(page)
        check(page, "compared")
        page.click("[data-do=table]")
        check(page, "as a table")
        page.fill("[data-text='request.contact']", "1")
        settled(page)
        check(page, "refused")
        page.click("[data-do='undo-change']")
        settled(page)
    page.locator("[data-fork]").first.click()
    settled(page)
    check(page, "stepped by hand")


def test_the_lanes_have_a_table_that_says_the_same(show: Show) -> None:
    page = show(FIRST)
    page.click("[data-do=table]")
    rows = page.locator(".lanes-table tbody tr").all_inner_texts()
    assert len(rows) == len(lived(FIRST)) + 3
    assert any("dialing music" in row and "21.5 s" in row and "inferred" in row for row in rows)


def test_the_page_speaks_as_the_browser_asks_and_can_be_told_otherwise(visit: Show) -> None:
    page = visit(locale="ru-RU")
    assert page.locator("#call-heading").inner_text() == "Начните с ситуации"
    page.locator(".card").first.click()
    settled(page)
    assert "разговаривают" in page.locator("#call-heading").inner_text()
    assert page.evaluate("document.documentElement.lang") == "ru"
    page.select_option("#language", "en")
    settled(page)
    assert page.locator("#call-heading").inner_text() == "Both talk after 31.5 s"
    until(page, "location.hash.length > 20")
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.locator("#call-heading").inner_text() == "Both talk after 31.5 s"
    assert page.evaluate("document.documentElement.lang") == "en"


def test_on_a_narrow_screen_time_runs_down_and_nothing_is_wider_than_it(show: Show) -> None:
    page = show(FIRST, width=390, height=844)
    assert page.locator("#lanes").get_attribute("data-along") == "y"
    assert bars(page) == lived(FIRST)
    for tab in ("call", "change", "steps", "states"):
        page.click(f"[data-tab={tab}]")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("[data-tab=call]")
    box = page.locator(".play").bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= 844


def test_a_page_that_becomes_narrow_or_dark_is_drawn_anew(show: Show) -> None:
    page = show(FIRST)
    page.set_viewport_size({"width": 500, "height": 900})
    page.wait_for_selector("#lanes[data-along=y]")
    page.set_viewport_size({"width": 1400, "height": 900})
    page.wait_for_selector("#lanes[data-along=x]")
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("#lanes svg.callflow-dark")


def test_who_forks_by_keyboard_does_not_lose_their_place(show: Show) -> None:
    """Where a pressed button is gone, the focus goes to the heading that says what is now."""
    page = show(FIRST)
    for pressed in ("[data-fork]", "[data-do=undo]"):
        page.focus(pressed)
        page.keyboard.press("Enter")
        settled(page)
        assert page.evaluate("document.activeElement.id") == "call-heading"
    page.focus("[data-do=home]")
    page.keyboard.press("Enter")
    page.focus(".card")
    page.keyboard.press("Enter")
    settled(page)
    assert page.evaluate("document.activeElement.id") == "call-heading"


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("locale", ["en-US", "ru-RU"])
def test_no_control_sticks_out(show: Show, locale: str, width: int) -> None:
    """In either language, with the rare values shown, all of a control is in its column."""
    page = show(
        FIRST | {"request": {**FIRST["request"], "show_virtual_phone_number": True}},
        width=width,
        height=844,
        locale=locale,
    )
    if width < 761:
        page.click("[data-tab=change]")
    for place in (0, 1, 2):
        if page.locator(f"[data-open='{place}']").get_attribute("aria-expanded") == "false":
            page.click(f"[data-open='{place}']")
    assert (
        page.evaluate(
            "[...document.querySelectorAll('#controls .field *')].filter(one =>"
            " one.getBoundingClientRect().right > one.closest('.section')"
            ".getBoundingClientRect().right + 1).map(one => one.outerHTML)"
        )
        == []
    )
    assert page.evaluate(
        "[...document.querySelectorAll('input.seconds')]"
        ".every(one => one.scrollWidth <= one.clientWidth)"
    )


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_picture_is_as_wide_as_its_place(show: Show, width: int) -> None:
    """Nothing of it is hidden beyond the edge, where a scrollbar has room of its own, too."""
    page = show(FIRST, width=width, height=844)
    lanes = page.locator("#lanes")
    assert lanes.evaluate("one => one.scrollWidth - one.clientWidth") == 0


def test_screenshots_are_kept_for_eyes(show: Show, visit: Show) -> None:
    """Beside the checkout's other caches, never committed: light, dark, wide, narrow."""
    folder = Path(__file__).resolve().parents[2] / ".cache" / "preview"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / ".gitignore").write_text("*\n")
    for scheme in ("light", "dark"):
        for width, height in ((1440, 900), (390, 844)):
            page = show(FIRST, width=width, height=height, color_scheme=scheme)
            seek(page, 30)
            page.screenshot(path=folder / f"{scheme}-{width}.png")
        empty = visit(color_scheme=scheme)
        empty.screenshot(path=folder / f"{scheme}-empty.png")
    assert len(list(folder.glob("*.png"))) >= 6
