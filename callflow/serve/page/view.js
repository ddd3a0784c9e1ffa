// The call on the page: headline, lanes, what runs along them, machine, steps.

import {bold, h, pictureOf, put} from "./dom.js";
import {clauses, note, sign} from "./controls.js";

export function header(state, words) {
  const menu = (kind, label, inner) => h("details", {class: `menu ${kind}`, "data-key": kind}, h("summary", {class: "button"}, label), h("div", {class: "sheet"}, inner));
  const item = (given, text) => h("button", {type: "button", class: "item", ...given, text});
  const name = state.shown?.call?.name ?? words.situations;
  const situations = (state.situations ?? []).map((one) => item({"data-situation": one.name}, `${one.setting}: ${one.finding}`));
  const makes = () => ["case", "json", "svg", "png", "wav", "html"].map((make) => item({"data-make": make}, words["make_" + make]));
  const has = Boolean(state.shown?.call);
  const actions = (style) => [
    h("button", {type: "button", class: style, "data-do": "paste", text: words.paste}),
    has && (state.pinned
      ? h("button", {type: "button", class: `${style} pinned`, "data-do": "unpin", title: words.unpin_long}, words.unpin, h("span", {"aria-hidden": "true", text: " ✕"}))
      : h("button", {type: "button", class: style, "data-do": "pin", text: words.pin})),
    has && h("button", {type: "button", class: style, "data-do": "share", text: words.share}),
    has && state.file?.savable && h("button", {type: "button", class: style, "data-do": "save", text: put(words.save, {file: state.file.name})}),
  ];
  const language = h("div", {class: "language"}, h("label", {class: "hidden", for: "language", text: words.language}),
    h("select", {id: "language", "data-do-language": true, "data-value": state.language},
      h("option", {value: "en", lang: "en", selected: state.language === "en", text: "EN"}), h("option", {value: "ru", lang: "ru", selected: state.language === "ru", text: "RU"})));
  return h("header", {class: "top"},
    h("a", {class: "skip", href: "#call-heading", "data-do": "skip", text: words.skip}),
    h("a", {class: "brand", href: "./", "data-do": "home", "aria-label": "callflow"}, h("img", {src: "icon.svg", alt: "", width: 26, height: 20}), h("span", {text: "callflow"})),
    menu("name", [h("span", {class: "case-name", text: name}), h("span", {class: "narrow-name", text: words.situations})], situations),
    h("div", {class: "actions wide"}, actions("button"), has && menu("download", words.download, makes())),
    h("div", {class: "actions narrow"}, menu("more", [h("span", {"aria-hidden": "true", text: "···"}), h("span", {class: "hidden", text: words.more})], [actions("item"), has ? makes() : null])),
    language);
}

export function tabs(state, words) {
  const names = ["call", "change", "steps", "states"];
  const heading = state.tab === "call" ? null : h("h1", {class: "hidden tab-heading", text: words["tab_" + state.tab]});
  return h("nav", {class: "tabs", "aria-label": words.the_call}, heading, names.map((name) =>
    h("button", {type: "button", "data-tab": name, "aria-current": state.tab === name ? "page" : null, text: words["tab_" + name]})));
}

/** A moment as people read it while it runs; all that stand still the desk has written. */
export function clock(at, words) {
  const time = Math.round(at * 1000);
  const told = (part) => (part % 100 ? (part / 1000).toFixed(3).replace(/0+$/, "") : (part / 1000).toFixed(1)).replace(".", words.decimal);
  if (time < 100000) return told(time);
  const rest = time % 60000, minutes = (time - rest) / 60000;
  const seconds = (rest < 10000 ? "0" : "") + told(rest);
  return minutes < 100 ? `${minutes}:${seconds}` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${seconds}`;
}

// ------------------------------------------------------------------------------------- headline

export function headline(state, words) {
  const answer = state.answer, problems = answer?.problems ?? [];
  if (problems.length) return trouble(state, problems, words);
  const call = state.shown.call, told = call.headline;
  return h("div", {class: "headline"},
    h("div", {},
      h("h1", {id: "call-heading", tabindex: "-1"}, told.good ? h("span", {class: "dot", "aria-hidden": "true"}) : sign("refusal"), h("span", {class: told.good ? "" : "failed", text: told.title})),
      h("p", {class: "answer"}, bold(told.text))),
    h("div", {class: "misleading"}, state.good.controls.flatMap((section) => [...section.controls, ...section.more]).flatMap((one) =>
      one.notes.filter((told) => told.kind === "no-effect").map((told) => note({...told, title: `${one.name}: ${told.title}`})))),
    h("div", {class: "chips"}, call.compared
      ? call.compared.names.map((name, place) => h("code", {class: "chip" + (place ? " b" : ""), text: `${"AB"[place]} ${name}`}))
      : call.settings.map((text) => h("code", {class: "chip", text}))));
}

function trouble(state, problems, words) {
  const first = problems[0], refused = first.kind === "refusal";
  const title = refused ? words.refused : state.fileBroken ? put(words.broken, {file: state.file.name}) : words.broken_text;
  const last = first.path.split(".").pop();
  const ofFile = state.fileBroken, repair = !refused && first.nearest && first.line;
  const controls = (state.answer?.controls ?? []).flatMap((section) => [...section.controls, ...section.more]);
  const place = first.path && controls.some((one) => `${first.path}.`.startsWith(`${one.path}.`));
  return h("div", {class: "headline trouble"},
    h("div", {},
      h("h1", {id: "call-heading", tabindex: "-1"}, sign("refusal"), h("span", {class: "failed", text: title})),
      problems.map((one) => h("div", {class: "problem"},
        h("p", {class: "answer"},
          one.kind === "refusal" ? [h("code", {class: "api-error", text: `${one.code} ${one.mnemonic}`}), " "] : null,
          one.line ? [put(words.line, {line: one.line}), ", "] : null,
          one.path ? [h("code", {text: one.path}), ": "] : null,
          h("span", {text: one.shown ?? one.text})),
        one.lines ? h("pre", {class: "excerpt", tabindex: "0"}, one.lines.map((line) => h("span", {class: line.number === one.line ? "here" : null},
          h("span", {class: "line-number", text: String(line.number)}), line.text || " "))) : null)),
      h("div", {class: "buttons"},
        repair ? h("button", {type: "button", class: "button primary", "data-do": "repair", text: put(words.repair, {name: first.nearest})}) : null,
        state.good && !ofFile ? h("button", {type: "button", class: "button primary", "data-do": "undo-change", text: words.undo_change}) : null,
        place ? h("button", {type: "button", class: "button", "data-go": first.path, text: put(words.go_to, {name: last})}) : null,
        ofFile ? h("span", {class: "aside", text: words.reloads}) : null)));
}

// ---------------------------------------------------------------------------------------- lanes

export function lanes(shown, words, kind = "call") {
  return h("div", {class: "lanes", id: "lanes", "data-kind": kind, "data-along": shown.along},
    h("div", {class: "picture", picture: shown.svg}),
    h("div", {class: "playhead", id: "playhead", role: "slider", tabindex: "0", "aria-label": words.playhead, "aria-orientation": shown.along === "y" ? "vertical" : "horizontal",
      "aria-valuemin": "0", "data-own": true}));
}

export function table(rows, words) {
  const heads = ["who", "what", "from", "to", "length", "clauses"];
  return h("div", {class: "table-wrap", tabindex: "0", role: "group", "aria-label": words.lanes},
    h("table", {class: "lanes-table"},
      h("caption", {class: "hidden", text: words.lanes}),
      h("thead", {}, h("tr", {}, heads.map((name) => h("th", {scope: "col", text: words[name]})))),
      h("tbody", {}, rows.map((row) => h("tr", {},
        h("th", {scope: "row", text: row.who}), h("td", {}, h("span", {class: `swatch ${row.state}`, "aria-hidden": "true"}), row.what),
        h("td", {class: "figure", text: row.from}), h("td", {class: "figure", text: row.to}), h("td", {class: "figure", text: row.length}),
        h("td", {}, clauses(row.clauses), badge(row.basis, words)))))));
}

const icons = {
  start: "M3 3v10M13 3 5.5 8 13 13Z", play: "M4 2.5 13 8 4 13.5Z", pause: "M4.5 3v10M11.5 3v10", step: "M3 3l7.5 5L3 13ZM13 3v10",
};

function icon(name) {
  return h("span", {class: "icon", "aria-hidden": "true"}, pictureOf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16"><path d="${icons[name]}" fill="currentColor" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"/></svg>`));
}

export function transport(state, words) {
  const {player} = state;
  return h("div", {class: "transport"},
    h("button", {type: "button", class: "button icon-only", "data-do": "to-start", "aria-label": words.to_start, title: words.to_start}, icon("start")),
    h("button", {type: "button", class: "button primary play", "data-do": "play"}, icon(player.playing ? "pause" : "play"), h("span", {text: player.playing ? words.pause : words.play})),
    h("button", {type: "button", class: "button step-on", "data-do": "step", "aria-label": words.step_long, title: words.step_long}, icon("step"), h("span", {class: "wide-only", text: words.step})),
    h("span", {class: "clock"}, h("b", {id: "clock", "data-own": true}), " ", h("span", {class: "aside", text: put(words.of, {length: state.lengthWords})})));
}

/** How fast it runs, and who listens. */
export function options(state, words) {
  const choose = (what, label, chosen, options) => [h("label", {class: "hidden", for: what, text: label}),
    h("select", {id: what, class: "quiet-select", "data-player": what, "data-value": String(chosen)}, options.map(([value, text]) => h("option", {value, selected: String(value) === String(chosen), text})))];
  return h("div", {class: "options"},
    choose("speed", words.speed, state.player.speed, [[1, "1×"], [2, "2×"], [4, "4×"], [8, "8×"]]),
    state.canSound ? choose("ears", words.ears, state.ears, [["both", words.both_ears], ["contact", words.contact_ear], ["employee", words.employee_ear], ["none", words.silent]]) : null);
}

export function instead(now, words) {
  if (!now || now.finished || !now.events.length) return h("div", {class: "instead"});
  return h("div", {class: "instead"}, h("span", {class: "aside", text: words.instead}),
    h("ul", {}, now.events.map((one) => h("li", {}, h("button", {type: "button", class: "event" + (one.inferred ? " inferred" : ""), "data-fork": one.event, "data-at": String(now.at)},
      h("code", {text: one.event}), h("span", {class: "says"}, one.says))))));
}

// ------------------------------------------------------------------------------ machine and steps

export function machine(shown, words) {
  return h("section", {class: "states", "aria-labelledby": "states-heading"},
    h("div", {class: "section-head"}, h("h2", {id: "states-heading", text: words.states}), h("span", {class: "aside", id: "lit", "data-own": true})),
    h("div", {class: "machine-wrap", tabindex: "0", role: "group", "aria-label": words.states}, h("div", {class: "picture", id: "machine", picture: shown.svg})));
}

export const badge = (basis, words) => basis ? h("span", {class: `badge ${basis}`, text: words[basis]}) : null;

export function steps(list, notes, words, asTable) {
  return h("section", {class: "steps", "aria-labelledby": "steps-heading"},
    h("div", {class: "section-head"}, h("h2", {id: "steps-heading", text: words.steps}),
      asTable === null ? null : h("button", {type: "button", class: "link", "data-do": "table", "aria-pressed": String(asTable), text: asTable ? words.as_lanes : words.as_table})),
    h("ol", {class: "step-list"}, list.map((line) => h("li", {"data-at": line.at === null ? "" : String(line.at), class: "step-line"},
      h("span", {class: "at", text: line.clock}),
      h("div", {class: "sentences"}, line.sentences.map((one) => h("div", {class: "sentence" + (one.hole ? " hole" : "")},
        h("p", {text: one.text}), one.hole ? null : h("span", {class: "because"}, clauses(one.clauses), badge(one.basis, words)))))))),
    notes ? beside(notes, words) : null);
}

function beside(notes, words) {
  const listed = (title, some) => some.length ? h("details", {class: "beside", "data-key": title}, h("summary", {text: `${title} (${some.length})`}), h("ul", {}, some.map((one) => h("li", {}, one.text, " ", clauses(one.clauses))))) : null;
  return h("div", {}, listed(words.assumed, notes.assumptions), listed(words.warnings, notes.warnings),
    h("p", {class: "left-out"}, words.not_in_model, " ", notes.left_out, "."));
}

// ------------------------------------------------------------------------------- compared, played

export function compared(told, words) {
  return h("section", {class: "compared", "aria-labelledby": "compared-heading"},
    h("h2", {id: "compared-heading", text: words.differs}),
    told.rows.length ? h("div", {class: "table-wrap", tabindex: "0", role: "group", "aria-label": words.differs}, h("table", {},
      h("thead", {}, h("tr", {}, h("th", {scope: "col", text: words.who}), h("th", {scope: "col", text: words.what}), h("th", {scope: "col", class: "figure", text: "A"}), h("th", {scope: "col", class: "figure", text: "B"}), h("th", {scope: "col", class: "figure", text: words.difference}))),
      h("tbody", {}, told.rows.map((row) => h("tr", {}, h("th", {scope: "row", text: row.who}), h("td", {text: row.what}),
        h("td", {class: "figure", text: row.before}), h("td", {class: "figure", text: row.after}), h("td", {class: "figure difference", text: row.difference ?? ""}))))))
      : h("p", {text: told.text}));
}

export function playing(state, words) {
  const told = state.answer.playing, last = state.past.length ? state.past[state.past.length - 1].label : null;
  return h("div", {class: "playing"},
    h("h1", {id: "call-heading", tabindex: "-1", text: told.finished ? words.over : words.what_next}),
    h("p", {class: "answer"}, told.doing, " ", told.finished ? null : put(words.pick, {clock: clock(told.at, words)})),
    lanes(told.lanes, words, "playing"),
    h("ol", {class: "events"}, told.events.map((one, place) => h("li", {}, h("button", {type: "button", class: "event wide", "data-fire": one.event},
      h("span", {class: "digit", "aria-hidden": "true", text: String(place + 1)}),
      h("span", {class: "what"}, h("code", {text: one.event}), one.reason ? h("span", {class: "aside", text: ` (${one.reason})`}) : null, h("span", {class: "says", text: one.says})),
      h("span", {class: "because"}, clauses(one.clauses), badge(one.basis, words)))))),
    h("div", {class: "buttons"},
      told.next ? h("button", {type: "button", class: "button", "data-do": "wait", text: put(words.wait_for, {event: told.next.event, clock: told.next.clock})}) : null,
      told.finished ? null : [1, 5].map((length) => h("button", {type: "button", class: "button", "data-pass": length, text: `+${length} ${words.s}`})),
      state.past.length ? h("button", {type: "button", class: "button", "data-do": "undo", text: put(words.undo, {event: last})}) : null,
      h("button", {type: "button", class: "button primary", "data-do": "let-run", text: told.finished ? words.keep : words.let_run}),
      h("button", {type: "button", class: "button", "data-do": "back", text: words.back})));
}

// ---------------------------------------------------------------------------------------- empty

export function empty(state, words) {
  const problems = state.answer?.problems ?? [];
  return h("main", {class: "empty", id: "call"},
    problems.length ? trouble({...state, good: null}, problems, words) : null,
    problems.length ? h("h2", {text: words.start_from}) : h("h1", {id: "call-heading", tabindex: "-1", text: words.start_from}),
    h("ul", {class: "cards"}, (state.situations ?? []).map((one) => h("li", {}, h("button", {type: "button", class: "card", "data-situation": one.name},
      h("span", {class: "picture", picture: one.picture.svg}), h("b", {text: one.setting}), h("span", {class: "aside", text: one.finding}))))),
    h("p", {class: "or", text: words.or}),
    paste(words));
}

export function paste(words) {
  return h("form", {class: "paste", "data-form": "paste"},
    h("label", {class: "hidden", for: "pasted", text: words.paste_here}),
    h("textarea", {id: "pasted", rows: "4", spellcheck: "false", placeholder: words.paste_here + ': {"jsonrpc": "2.0", …'}),
    h("div", {class: "buttons"},
      h("button", {type: "submit", class: "button", text: words.open_text}),
      h("label", {class: "button file"}, words.open_file, h("input", {type: "file", class: "hidden", accept: ".yaml,.yml,.json", "data-file": true})),
      h("span", {class: "aside", text: words.or_drop})));
}
