// The page: its state, what people do to it, and the questions that follow from that. What a call
// is, and what becomes of it, the desk says; nothing here knows.

import {ask as asked, givenFile, Gone, onFileChange, repairFile, saveFile} from "./host.js";
import * as address from "./address.js";
import {controls, sign} from "./controls.js";
import {h, morph, put} from "./dom.js";
import {Player} from "./player.js";
import {momentOf, showMoment} from "./playhead.js";
import {bytesOf, Sound} from "./sound.js";
import * as view from "./view.js";

const NARROW = matchMedia("(max-width: 760px)");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

const state = {
  case: null, pinned: null, played: null, past: [],
  answer: null, good: null, shown: null, now: null, stretch: null,
  words: {}, situations: [], language: language(), file: null, fileBroken: false,
  open: new Set(), table: false, tab: "call", ears: "both", canSound: false, soundNotes: [], lengthWords: "",
};
state.player = new Player(moved);
const sound = state.player.sound = new Sound();
// For who looks at the page from outside: what it shows, as the desk said it.
window.callflow = state;

function language() {
  const kept = stored("callflow-language");
  const wished = kept ? [kept] : navigator.languages ?? [navigator.language];
  const known = wished.map((one) => one.slice(0, 2)).find((one) => one === "ru" || one === "en");
  return known ?? "en";
}

function stored(key, value) {
  try {
    if (value !== undefined) localStorage.setItem(key, value);
    return localStorage.getItem(key);
  } catch {
    return null;  // a browser may keep nothing
  }
}

// ------------------------------------------------------------------------------------ questions

let flying = false;
let waiting = null;
let asking = 0;
state.settled = () => !flying && !waiting && !asking;

/** Ask the desk; while one question is on its way, what is asked meanwhile becomes one. */
function ask(more = {}) {
  waiting = {...waiting, ...more, changes: coalesced(waiting?.changes, more.changes)};
  return flying ? flying : (flying = pump().finally(() => { flying = false; }));
}

function coalesced(before = [], after = []) {
  const last = before[before.length - 1];
  if (last && after.length === 1 && last.path === after[0].path) return [...before.slice(0, -1), after[0]];
  return [...before, ...after];
}

/** Whether the last of what was asked was answered. */
async function pump() {
  let answered = true;
  while (waiting) {
    const {whole, ...more} = waiting;
    waiting = null;
    try {
      const {ok, ...question} = {...base(), ...more};
      take(await asked(question), whole);
      answered = true;
    } catch (error) {
      answered = false;
      failed(error);
    }
  }
  return answered;
}

function failed(error) {
  say(error instanceof Gone ? state.words.gone ?? "" : error.message);
}

function base() {
  return {
    case: state.case, pinned: state.pinned, played: state.played, at: ms(state.player.at),
    theme: DARK.matches ? "dark" : "light", language: state.language, narrow: NARROW.matches, width: width(),
  };
}

const ms = (at) => Math.round(at * 1000) / 1000;

function width() {
  const room = document.getElementById("stage")?.clientWidth;
  if (room) return room;
  const page = document.body.clientWidth;  // less than the window where a scrollbar has room of its own
  return NARROW.matches ? Math.max(page - 32, 260) : Math.max(page - 328 - 48, 560);
}

function take(answer, whole) {
  if (answer.words) Object.assign(state, {words: answer.words, canSound: answer.sounds});
  if (answer.situations) state.situations = answer.situations;
  if (answer.refused) say(answer.refused);
  if ("case" in answer) {
    state.case = answer.case;
    state.played = answer.playing ? answer.played ?? state.played : null;
  } else if (answer.problems) {
    state.answer = answer;
  }
  if ("case" in answer || whole) state.answer = answer;
  if (answer.call) {
    if (sounding.of && JSON.stringify([answer.case, state.language]) !== sounding.of) quiet();
    state.good = answer;
    state.now = answer.now;
  }
  state.fileBroken = false;
  state.shown = answer.playing ? answer.playing : state.good?.call && state.case ? state.good : null;
  render();
  keepAddress();
}

// -------------------------------------------------------------------------------------- drawing

function render() {
  const {words} = state;
  const page = document.getElementById("page");
  document.documentElement.lang = state.language;
  document.body.dataset.tab = state.tab;
  const name = state.good?.call.name;
  document.title = state.case && name ? `${name} - callflow` : "callflow";
  state.shown = state.case ? state.good : null;
  const parts = [view.header(state, words)];
  if (!state.case || (!state.good && !state.answer?.playing && !state.answer?.controls)) parts.push(view.empty(state, words));
  else parts.push(view.tabs(state, words), body(words));
  const focused = document.activeElement !== document.body;
  morph(page, h("div", {id: "page"}, parts));
  if (focused && document.activeElement === document.body) {  // what had the focus is gone
    document.getElementById("call-heading")?.focus({preventScroll: true});
  }
  document.querySelectorAll("input[type=range]").forEach(fill);
  const shown = stage();
  if (!shown) return;
  state.player.set(state.answer?.playing ? state.answer.playing.at : state.good.call.duration);
  moved(state.answer?.playing ? state.answer.playing.at : state.player.at);
}

/** What the playhead runs over: the call, or what was played of it. */
function stage() {
  return state.answer?.playing ?? (state.good?.call && state.case ? state.good.call : null);
}

function body(words) {
  const {answer} = state, played = answer?.playing, stale = Boolean(answer?.problems?.length);
  const call = state.good?.call;
  const sections = answer?.controls ?? state.good?.controls ?? [];
  state.lengthWords = call ? `${view.clock(call.duration, words)} ${words.s}` : "";
  const told = played ?? call;
  return h("main", {class: "main"},
    stale ? h("div", {class: "no-call", "data-key": "no-call"}, sign("refusal"), h("span", {text: words.no_call})) : null,
    h("div", {class: "controls", id: "controls", role: "region", "aria-label": words.controls, tabindex: "-1"}, controls(sections, words, state.open)),
    h("div", {class: "call" + (stale ? " stale" : ""), id: "call"},
      h("div", {id: "stage"}),
      played ? view.playing(state, words) : [
        view.headline(state, words),
        stale && call ? h("div", {class: "last"}, words.last_accepted) : null,
        call ? h("div", {class: "picture-part"},
          state.table ? view.table(call.table, words) : view.lanes(call.lanes, words),
          h("div", {class: "runs"}, view.transport(state, words), view.options(state, words)),
          state.soundNotes.length && sounding.of ? h("ul", {class: "sound-notes"}, state.soundNotes.map((text) => h("li", {text}))) : null,
          stale ? null : view.instead(state.now, words),
          call.compared && !stale ? view.compared(call.compared, words) : null) : null],
      told ? h("div", {class: "below" + (wideMachine(told) ? " stacked" : "")},
        view.machine(told.machine, words), view.steps(told.steps, played ? null : call.notes, words, played ? null : state.table)) : null));
}

/** How much of a slider is filled. */
function fill(slider) {
  slider.style.setProperty("--share", `${100 * (slider.value - slider.min) / (slider.max - slider.min)}%`);
}

const wideMachine = (told) => told.machine.width > 480;

const coarse = (at) => view.clock(state.player.playing ? Math.floor(at * 10) / 10 : at, state.words);

/** The playhead has moved. */
function moved(at) {
  const told = stage();
  if (!told) return;
  const before = state.stretch;
  state.stretch = showMoment({...told.lanes, duration: told.duration}, told.stretches, at, coarse);
  const shown = document.getElementById("clock");
  if (shown) shown.textContent = coarse(at);
  const lit = document.getElementById("lit");
  if (lit) lit.textContent = put(state.words.lit, {clock: coarse(at)});
  if (state.answer?.playing) return;
  const button = document.querySelector(".play");
  if (button && button.dataset.playing !== String(state.player.playing)) {
    button.dataset.playing = String(state.player.playing);
    morph(document.querySelector(".transport"), view.transport(state, state.words));
    document.querySelector(".play").dataset.playing = String(state.player.playing);
  }
  if (!state.player.playing) {
    clearTimeout(asking);
    asking = state.now && ms(at) !== state.now.at ? setTimeout(() => { asking = 0; ask(); }, 60) : 0;
    keepAddress();
  } else if (before?.start !== state.stretch?.start) ask();
}

let writing = 0;
let another = false;

/** The address follows what is shown; another call is another page to go back from. */
function keepAddress() {
  clearTimeout(writing);
  writing = setTimeout(async () => {
    const held = state.case ? await link() : location.pathname, entry = another ? "pushState" : "replaceState";
    another = false;
    history[entry](null, "", held);
  }, 150);
}

function link() {
  const {pinned, played} = state;
  return address.written({case: state.case, ...(pinned && {pinned}), ...(played && {played, past: state.past}), at: ms(state.player.at)});
}

function say(text) {
  const said = document.getElementById("said");
  said.textContent = text;
  said.classList.add("shown");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => said.classList.remove("shown"), 5000);
}

// ------------------------------------------------------------------------------ what people do

const change = (path, value) => ask({changes: [{path, value}]});

function begin(kept, at = 0) {
  state.player.pause();
  another = true;
  Object.assign(state, {case: kept, played: null, past: [], pinned: null, good: null, now: null});
  state.player.at = at;
  return ask({played: null});
}

async function openText(text) {
  state.player.pause();
  another = true;
  document.getElementById("paste").close();
  const before = {case: state.case, good: state.good};
  Object.assign(state, {played: null, past: [], good: null, text});
  state.player.at = 0;
  await ask({case: null, text, played: null, at: 0, whole: true});
  if (!state.answer?.case) state.case = null;
  if (!state.case && before.case) Object.assign(state, before), render();
  else render();
}

const deeds = {
  home() { state.player.pause(); another = true; Object.assign(state, {case: null, good: null, answer: null, played: null, pinned: null, past: []}); render(); keepAddress(); },
  skip() { document.getElementById("call-heading")?.focus(); },
  paste() {
    const dialog = document.getElementById("paste");
    dialog.setAttribute("aria-label", state.words.paste);
    dialog.replaceChildren(view.paste(state.words), h("form", {method: "dialog"}, h("button", {class: "button", text: state.words.close})));
    dialog.showModal();
  },
  pin() { state.pinned = state.case; ask(); },
  unpin() { state.pinned = null; ask(); },
  async share() {
    history.replaceState(null, "", await link());
    try {
      await navigator.clipboard.writeText(location.href);
      say(state.words.copied);
    } catch {
      say(state.words.in_address);
    }
  },
  async save() {
    try {
      const told = await saveFile(state.case, state.file.stamp);
      Object.assign(state, {file: told, fileCase: JSON.stringify(told.case)});
      say(put(state.words.saved, {file: told.name}));
    } catch (error) {
      failed(error);
    }
  },
  "to-start"() { state.player.seek(0); },
  async play() {
    if (state.player.playing) return state.player.pause();
    await sounding();
    state.player.play();
  },
  step() {
    const next = state.good.call.steps.find((one) => one.at !== null && one.at > state.player.at);
    state.player.pause();
    state.player.seek(next ? next.at : state.good.call.duration);
  },
  table() { Object.assign(state, {table: !state.table, tab: "call"}); render(); },
  async repair() {
    const {line, given, nearest} = state.answer.problems[0];
    try {
      if (state.fileBroken) await repairFile({line, given, nearest});
      else if (state.text) {
        const lines = state.text.split("\n");
        lines[line - 1] = lines[line - 1].replace(given, nearest);
        openText(lines.join("\n"));
      }
    } catch (error) {
      failed(error);
    }
  },
  "undo-change"() { state.case = state.good.case; ask(); },
  wait() {
    const {playing} = state.answer;
    played({...state.played, at: playing.next.at}, playing.next.event);
  },
  undo() { state.played = state.past.pop().played; state.played ? ask() : deeds.back(); },
  back() { Object.assign(state, {played: null, past: []}); state.answer = state.good; ask({played: null}); },
  "let-run"() { state.past = []; state.player.at = state.answer.playing.at; ask({let_run: true}); },
};

/** Something was done in a call that is played by hand. */
function played(next, label) {
  state.past.push({played: state.played, label});
  state.played = next;
  ask();
}

function fire(event) {
  const at = state.answer.playing.at;
  played({at, events: [...state.played.events, {at, event}]}, event);
}

function fork(event, at) {
  state.player.pause();
  state.past = [{played: null, label: event}];
  ask({fork: {at, event}, at});
}

/** The call is another one: what sounded is no longer its sound. */
function quiet() {
  sounding.of = null;
  state.soundNotes = [];
  sound.set(null);
  if (state.player.playing) sounding().then(() => { if (state.player.playing) state.player.begin(); });
}

/** Bring the sound of the call that is shown, unless it is there already. */
async function sounding() {
  const of = JSON.stringify([state.good.case, state.language]);
  if (!state.canSound || state.ears === "none" || sounding.of === of) return;
  sounding.of = of;
  try {
    const {made} = await asked({...base(), case: state.good.case, played: null, make: "wav"});
    state.soundNotes = made.refused ? [made.refused] : made.notes;
    sound.set(made.refused ? null : bytesOf(made.data));
  } catch (error) {
    state.soundNotes = [error instanceof Gone ? state.words.gone : error.message];
    sound.set(null);
  }
  render();
}

async function make(what) {
  const {made} = await asked({...base(), played: null, make: what}).catch((error) => { failed(error); return {}; });
  if (!made) return;
  if (made.refused) return say(made.refused);
  const url = URL.createObjectURL(new Blob([bytesOf(made.data)], {type: made.type}));
  h("a", {href: url, download: made.name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

const number = (text) => {
  const plain = text.trim().replace(/\s*s$/, "").replace(",", ".");
  return plain === "" ? null : /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : text;
};

document.addEventListener("click", (event) => {
  const target = event.target.closest("button, a, summary, [data-do]");
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || (target && target.tagName === "BUTTON")) menu.open = false;
  }
  if (!target) return;
  const {dataset} = target;
  if (dataset.do) {
    event.preventDefault();
    deeds[dataset.do]?.();
  } else if (dataset.situation) {
    begin(state.situations.find((one) => one.name === dataset.situation).case);
  } else if (dataset.make) make(dataset.make);
  else if (dataset.fork) fork(dataset.fork, Number(dataset.at));
  else if (dataset.fire) fire(dataset.fire);
  else if (dataset.pass) {
    const {playing} = state.answer, at = ms(playing.at + Number(dataset.pass));
    played({...state.played, at}, `+${dataset.pass} ${state.words.s}`);
  } else if (dataset.leave) change(dataset.leave, null);
  else if (dataset.switch) change(dataset.switch, target.getAttribute("aria-checked") !== "true");
  else if (dataset.tab) { state.tab = dataset.tab; render(); scrollTo(0, 0); }
  else if (dataset.open) {
    const place = Number(dataset.open);
    state.open.has(place) ? state.open.delete(place) : state.open.add(place);
    render();
  } else if (dataset.go) go(dataset.go);
});

/** To the control that something is said of. */
function go(path) {
  if (NARROW.matches) { state.tab = "change"; render(); }
  const found = [...document.querySelectorAll("[data-of]")].filter((one) => `${path}.`.startsWith(`${one.dataset.of}.`)).pop();
  (found ?? document.getElementById("controls")).scrollIntoView({block: "center", behavior: STILL.matches ? "auto" : "smooth"});
  found?.querySelector("input:not([type=radio]), input:checked, select, button")?.focus();
}

document.addEventListener("input", ({target}) => {
  const {dataset} = target;
  if (target.type === "range") fill(target);
  if (dataset.slide) change(dataset.slide, Number(target.value));
  else if (dataset.text) change(dataset.text, target.value === "" && dataset.required === undefined ? null : target.value);
  else if (dataset.seconds) change(dataset.seconds, number(target.value));
});

document.addEventListener("change", ({target}) => {
  const {dataset} = target;
  if (dataset.choice) change(dataset.choice, target.value);
  else if (dataset.player === "speed") state.player.rate(Number(target.value));
  else if (dataset.player === "ears") {
    state.ears = target.value;
    sound.listen(target.value);
    sounding().then(() => { if (state.player.playing) state.player.begin(); });
  }
  else if (dataset.doLanguage !== undefined) {
    state.language = target.value;
    stored("callflow-language", target.value);
    ask({words: true, situations: true});
  } else if (dataset.file && target.files[0]) target.files[0].text().then(openText);
});

document.addEventListener("focusout", ({target}) => {
  if (target.matches("input[data-text], input[data-seconds]")) setTimeout(render);
});

document.addEventListener("submit", (event) => {
  if (event.target.dataset.form !== "paste") return;
  event.preventDefault();
  const text = event.target.querySelector("textarea").value;
  if (text.trim()) openText(text);
});

document.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
document.addEventListener("drop", (event) => {
  const [file] = event.dataTransfer.files;
  if (!file) return;
  event.preventDefault();
  file.text().then(openText);
});

// ------------------------------------------------------------------------ playhead and keyboard

/** The moment under a pointer. */
function under(event) {
  const told = stage(), box = document.querySelector("#lanes .picture > svg").getBoundingClientRect();
  const along = told.lanes.along === "x" ? event.clientX - box.left : event.clientY - box.top;
  return Math.round(momentOf(told.lanes.track, along) * 10) / 10;
}

let dragging = false;
document.addEventListener("pointerdown", (event) => {
  const lanes = event.target.closest("#lanes");
  if (!lanes || state.answer?.playing || event.button) return;
  if (event.pointerType === "touch" && !event.target.closest(".playhead")) return;
  dragging = true;
  lanes.setPointerCapture?.(event.pointerId);
  state.player.seek(under(event));
});
document.addEventListener("pointermove", (event) => { if (dragging) state.player.seek(under(event)); });
document.addEventListener("pointerup", () => { dragging = false; });
document.addEventListener("pointercancel", () => { dragging = false; });
document.addEventListener("click", (event) => {
  if (event.pointerType === "touch" && event.target.closest("#lanes") && !state.answer?.playing) state.player.seek(under(event));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !stage()) return;
  const here = event.target, onPlayhead = here.id === "playhead";
  if (here.closest("input, select, textarea, dialog, summary") || (here.closest("button, a") && (event.key === " " || event.key === "Enter"))) return;
  const playing = state.answer?.playing;
  if (playing) {
    const place = Number(event.key) - 1;
    if (Number.isInteger(place) && playing.events[place]) fire(playing.events[place].event);
    return;
  }
  const {player} = state, end = state.good.call.duration;
  const marks = [0, ...state.good.call.steps.map((one) => one.at).filter((at) => at !== null), end];
  const keys = {
    " ": () => deeds.play(),
    ArrowRight: () => player.seek(player.at + (event.shiftKey ? 1 : 0.1)), ArrowLeft: () => player.seek(player.at - (event.shiftKey ? 1 : 0.1)),
    Home: () => player.seek(0), End: () => player.seek(end),
    PageDown: () => player.seek(marks.find((at) => at > player.at) ?? end), PageUp: () => player.seek(marks.findLast((at) => at < player.at) ?? 0),
  };
  if (onPlayhead) Object.assign(keys, {ArrowDown: keys[state.good.call.lanes.along === "y" ? "ArrowRight" : "ArrowLeft"], ArrowUp: keys[state.good.call.lanes.along === "y" ? "ArrowLeft" : "ArrowRight"]});
  const deed = keys[event.key];
  if (!deed || (!onPlayhead && event.key !== " " && !event.key.startsWith("Arrow"))) return;
  event.preventDefault();
  deed();
});

// -------------------------------------------------------------------------------------- the start

for (const query of [NARROW, DARK]) query.addEventListener("change", () => ask({situations: true}));
let sized = 0;
addEventListener("resize", () => {
  clearTimeout(sized);
  sized = setTimeout(() => { if (state.case) ask(); }, 80);
});
addEventListener("hashchange", async () => { if (!await restore()) location.reload(); });

/** Show what the address holds; false: it holds nothing that can be shown. */
async function restore() {
  const kept = await address.read(location.hash);
  if (!kept) return false;
  const past = Array.isArray(kept.past) ? kept.past.filter((one) => one && typeof one === "object") : [];
  Object.assign(state, {case: kept.case, pinned: kept.pinned ?? null, played: kept.played ?? null, past, good: null});
  state.player.length = Infinity;
  state.player.at = typeof kept.at === "number" ? Math.max(kept.at, 0) : 0;
  if (state.played) state.past.length || (state.past = [{played: null, label: ""}]);
  if (await ask({words: true, situations: true})) return true;
  Object.assign(state, {case: null, pinned: null, played: null, past: []});
  state.player.at = 0;
  return false;
}

async function fromFile(told) {
  state.file = told;
  if (!told) return;
  state.fileCase = JSON.stringify(told.case);
  if (told.case) {
    state.case = told.case;
    await ask({played: null});
  }
  state.fileBroken = told.problems.length > 0;
  if (state.fileBroken) {
    state.answer = {...(told.case ? state.answer : state.good), problems: told.problems};
    if (!told.case && !state.good) state.case = null;
    render();
  }
}

/** The case file is another one now. */
async function fileChanged() {
  const told = await givenFile(), same = JSON.stringify(told.case);
  if (!told.problems.length && (same === state.fileCase || same === JSON.stringify(state.case)) && !state.fileBroken) {
    Object.assign(state, {file: told, fileCase: same});  // saved from here
    return;
  }
  state.player.pause();
  Object.assign(state, {played: null, past: []});
  await fromFile(told);
  say(state.words.changed_on_disk);
}

state.file = await givenFile();
if (!await restore()) {
  const linked = location.hash.length > 1;
  await ask({words: true, situations: true, whole: true});
  await fromFile(state.file);
  if (linked) say(state.words.bad_link);
}
if (state.file) onFileChange(() => state.file.stamp, fileChanged);
document.body.dataset.ready = "true";
