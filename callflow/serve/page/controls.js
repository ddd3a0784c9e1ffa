// Controls, drawn by their kind. What they are called, what they hold and what is said of them comes
// from the desk; a change goes back to it as a path and a value.

import {h, pictureOf, put} from "./dom.js";

const id = (path) => "c-" + path.replace(/[^\w]+/g, "-");

export function controls(sections, words, open) {
  return sections.map((section, place) => h("section", {class: "section", "aria-labelledby": `s-${place}`},
    h("div", {class: "section-head"}, h("h2", {id: `s-${place}`, text: section.title}), h("span", {class: "aside", text: section.aside})),
    section.notes.map(note),
    section.controls.map((one) => control(one, words)),
    section.more.length ? rest(section, place, words, open.has(place)) : null));
}

function rest(section, place, words, open) {
  const shown = section.more[0];
  const more = section.more.length - 1;
  const told = section.more.some((one) => one.notes.some((note) => note.kind !== "quiet"));
  const isOpen = open || told;
  return h("div", {class: "rest"},
    h("div", {class: "rest-head"},
      h("span", {class: "rest-says"}, h("code", {text: shown.name}), " ", value(shown), more ? " " + put(words.and_more, {count: more}) : ""),
      h("button", {type: "button", class: "link", "data-open": place, "aria-expanded": String(isOpen), text: isOpen ? words.close : words.edit})),
    isOpen ? section.more.map((one) => control(one, words)) : null);
}

const value = (one) => one.value ?? one.default ?? "";

function control(one, words) {
  const about = one.notes.length ? id(one.path) + "-notes" : null;
  const noEffect = one.notes.some((note) => note.kind === "no-effect");
  const wrong = one.notes.some((note) => note.kind === "refusal" || note.kind === "problem");
  const kind = (kinds[one.kind] ?? kinds.text)(one, words, {about, noEffect, wrong});
  return h("div", {class: "control" + (wrong ? " wrong" : "") + (noEffect ? " idle" : ""), "data-key": one.path, "data-of": one.path},
    kind, one.notes.length ? h("div", {id: about}, one.notes.map(note)) : null);
}

const name = (one, tag, given = {}) => h(tag, given, one.party ? [h("b", {text: one.party}), " "] : null, h("code", {text: one.name}));

const kinds = {
  choice(one, words, {about}) {
    return h("fieldset", {class: "field", "aria-describedby": about},
      h("legend", {title: one.meaning}, name(one, "span"), aside(one, words)),
      radios(one.path, one.choices.map((word) => ({value: word, label: word})), one.value, one.default, words));
  },

  switch(one, words, {about, noEffect}) {
    const on = one.value ?? one.default ?? false;
    return h("div", {class: "field line"},
      name(one, "label", {for: id(one.path), title: one.meaning}),
      one.value === null || one.value === undefined ? h("span", {class: "aside", text: words.left_out}) : leaveOut(one, words),
      h("button", {type: "button", role: "switch", id: id(one.path), class: "switch" + (noEffect ? " idle" : ""),
        "aria-checked": String(on === true), "data-switch": one.path, "aria-describedby": about, "aria-label": one.name}, h("span", {class: "knob"})));
  },

  text(one, words, {about, wrong}) {
    return h("div", {class: "field"},
      h("div", {class: "label-line"}, name(one, "label", {for: id(one.path), title: one.meaning}), h("span", {class: "aside", text: one.hint || ""})),
      h("input", {id: id(one.path), type: "text", autocomplete: "off", spellcheck: "false", value: written(one.value), "data-text": one.path,
        "data-required": one.required, placeholder: one.required ? "" : one.default ? put(words.default, {value: one.default}) : words.left_out,
        "aria-describedby": about, "aria-invalid": wrong ? "true" : null}));
  },

  message(one, words, {about, wrong}) {
    const given = one.value === "media" || one.value === "tts";
    return h("fieldset", {class: "field", "aria-describedby": about},
      h("legend", {title: one.meaning}, h("code", {text: one.name})),
      radios(one.path + ".type", one.choices.map((word) => ({value: word, label: word})), one.value, null, words),
      given ? h("div", {class: "message"},
        h("input", {type: "text", autocomplete: "off", value: written(one.text), "data-text": one.path + ".value", "data-required": true,
          "aria-label": `${one.name}: ${one.text_label}`, title: one.text_label, "aria-invalid": wrong ? "true" : null}),
        h("span", {class: "length"}, h("input", {type: "text", inputmode: "decimal", class: "seconds", value: written(one.length.value), "data-seconds": one.length.path,
          placeholder: one.length.default ?? "", "aria-label": one.length.label, title: one.length.label}), h("span", {class: "suffix", "aria-hidden": "true", text: words.s}))) : null);
  },

  person(one, words, extra) {
    return h("div", {class: "field"},
      h("div", {class: "label-line"},
        h("label", {for: id(one.path)}, h("b", {text: one.party}), " ", one.after ? h("code", {text: one.after.name}) : null),
        h("select", {id: id(one.path), "data-choice": one.path + ".does", "data-value": one.value, "aria-label": one.name, "aria-describedby": extra.about},
          one.choices.map((choice) => h("option", {value: choice.value, selected: choice.value === one.value, text: choice.label})))),
      one.after ? slider(one.after, words, extra.wrong) : null);
  },

  seconds(one, words, {wrong}) {
    return h("div", {class: "field"},
      h("div", {class: "label-line"}, name(one, "span"), h("span", {class: "aside", text: one.hint})),
      slider(one, words, wrong));
  },

  number(one, words, {about, wrong}) {
    return h("div", {class: "field line"},
      name(one, "label", {for: id(one.path)}),
      h("span", {class: "number"}, h("input", {id: id(one.path), type: "text", inputmode: "decimal", class: "seconds", value: written(one.value), placeholder: one.default,
        "data-seconds": one.path, "aria-describedby": about, "aria-invalid": wrong ? "true" : null})));
  },
};

const written = (given) => given === null || given === undefined ? "" : typeof given === "object" ? JSON.stringify(given) : String(given);

function slider(one, words, wrong) {
  const known = typeof one.value === "number" ? one.value : one.default;
  const assumed = one.value === null || one.value === undefined;
  return h("div", {class: "slider" + (assumed ? " assumed" : "")},
    h("input", {type: "range", min: one.min, max: one.max, step: one.step, value: known ?? 0, "data-slide": one.path, "aria-label": one.label,
      "aria-valuetext": assumed ? one.none ?? put(words.default, {value: `${one.default} ${words.s}`}) : `${one.value} ${words.s}`}),
    h("span", {class: "number"},
      h("input", {type: "text", inputmode: "decimal", class: "seconds", value: written(one.value), "data-seconds": one.path, placeholder: one.none ?? one.default ?? "",
        "aria-label": `${one.label}, ${words.seconds}`, "aria-invalid": wrong ? "true" : null}),
      h("span", {class: "suffix", "aria-hidden": "true", text: words.s})));
}

function radios(path, choices, chosen, fallback, words) {
  return h("div", {class: "radios"}, choices.map((choice) => {
    const assumed = (chosen === null || chosen === undefined) && choice.value === fallback;
    return h("label", {class: assumed ? "assumed" : null, title: assumed ? put(words.default, {value: choice.value}) : null},
      h("input", {type: "radio", name: path, value: choice.value, checked: choice.value === chosen || assumed, "data-choice": path}),
      h("span", {text: choice.label}));
  }));
}

function aside(one, words) {
  const given = one.value !== null && one.value !== undefined;
  if (one.required || one.default === null || one.default === undefined) return null;
  return given ? leaveOut(one, words) : h("span", {class: "aside", text: words.left_out});
}

const leaveOut = (one, words) => h("button", {type: "button", class: "link quiet", "data-leave": one.path, "aria-label": `${words.leave_out}: ${one.name}`, text: words.leave_out});

const signs = {
  "no-effect": "M8 2.5 14.5 13.5H1.5ZM8 6.4V9.8M8 11V12",
  warning: "M8 2.5 14.5 13.5H1.5ZM8 6.4V9.8M8 11V12",
  refusal: "M8 1.5a6.5 6.5 0 1 0 .01 0ZM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8",
  problem: "M8 1.5a6.5 6.5 0 1 0 .01 0ZM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8",
};

export function sign(kind) {
  const path = signs[kind];
  if (!path) return null;
  return h("span", {class: "sign", "aria-hidden": "true"}, pictureOf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>`));
}

export function note(one) {
  return h("div", {class: `note ${one.kind}`, role: "note"}, sign(one.kind),
    h("div", {}, one.title ? [h("b", {text: one.title}), " "] : null, one.text,
      one.clauses.length ? [" ", clauses(one.clauses)] : null,
      one.code ? h("code", {class: "api-error", text: one.code}) : null));
}

export const clauses = (some) => some.map((one) => [h("code", {class: "clause" + (one.inferred ? " inferred" : ""), title: one.says, text: one.id}), " "]);
