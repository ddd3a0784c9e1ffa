// A page that holds one call: the same view and player as the preview, without a desk to ask.

import {h, morph, put} from "./dom.js";
import {Player} from "./player.js";
import {momentOf, showMoment} from "./playhead.js";
import {bytesOf, Sound} from "./sound.js";
import {clock, headline, lanes, machine, options, steps, table, transport} from "./js";

const told = JSON.parse(document.getElementById("data").textContent);
const narrow = matchMedia("(max-width: 760px)"), dark = matchMedia("(prefers-color-scheme: dark)");
const alone = {
  answer: {problems: []}, good: {controls: []}, ears: "both", canSound: Boolean(told.sound), asTable: false,
  lengthWords: `${clock(told.duration, told.words)} ${told.words.s}`,
};
const shownPictures = () => told.pictures[dark.matches ? "dark" : "light"];
const shownLanes = () => shownPictures()[narrow.matches ? "narrow" : "wide"];
alone.player = new Player(onMoment);
const heard = new Sound();
if (told.sound) heard.set(bytesOf(told.sound));
alone.player.sound = heard;
window.callflow = alone;

function onMoment(at) {
  const clockOf = (time) => clock(alone.player.playing ? Math.floor(time * 10) / 10 : time, told.words);
  showMoment({...shownLanes(), duration: told.duration}, told.stretches, at, clockOf);
  document.getElementById("clock").textContent = clockOf(at);
  document.getElementById("lit").textContent = put(told.words.lit, {clock: clockOf(at)});
  const old = document.querySelector(".transport");
  if (old.dataset.playing !== String(alone.player.playing)) {
    morph(old, transport(alone, told.words));
    document.querySelector(".transport").dataset.playing = String(alone.player.playing);
  }
}

function renderAlone() {
  const {words} = told, pictures = shownPictures();
  alone.shown = {call: told};
  morph(document.getElementById("page"), h("div", {id: "page"},
    h("header", {class: "top"}, h("span", {class: "brand"}, h("span", {text: "callflow"})), h("span", {text: told.name})),
    h("main", {class: "main alone"}, h("div", {class: "call", id: "call"},
      headline(alone, words),
      h("div", {class: "picture-part"},
        alone.asTable ? table(told.table, words) : lanes(shownLanes(), words),
        h("div", {class: "runs"}, transport(alone, words), options(alone, words)),
        told.soundNotes.length ? h("ul", {class: "sound-notes"}, told.soundNotes.map((one) => h("li", {text: one}))) : null),
      h("div", {class: "below" + (pictures.machine.width > 480 ? " stacked" : "")},
        machine(pictures.machine, words), steps(told.steps, told.notes, words, alone.asTable))))));
  alone.player.set(told.duration);
  onMoment(alone.player.at);
}

document.addEventListener("click", (event) => {
  const doing = event.target.closest("[data-do]")?.dataset.do;
  const {player} = alone;
  if (doing === "play") player.playing ? player.pause() : player.play();
  else if (doing === "to-start") player.seek(0);
  else if (doing === "step") {
    player.pause();
    player.seek(told.steps.find((one) => one.at !== null && one.at > player.at)?.at ?? told.duration);
  } else if (doing === "table") {
    alone.asTable = !alone.asTable;
    renderAlone();
  }
});
document.addEventListener("change", ({target}) => {
  if (target.dataset.player === "speed") alone.player.rate(Number(target.value));
  else if (target.dataset.player === "ears") {
    alone.ears = target.value;
    heard.listen(target.value);
    if (alone.player.playing) alone.player.begin();
  }
});
document.addEventListener("pointerdown", (event) => {
  const box = event.target.closest("#lanes")?.querySelector(".picture > svg")?.getBoundingClientRect();
  if (!box) return;
  const place = shownLanes().along === "x" ? event.clientX - box.left : event.clientY - box.top;
  alone.player.seek(Math.round(momentOf(shownLanes().track, place) * 10) / 10);
});
document.addEventListener("keydown", (event) => {
  if (event.target.closest("select, button, summary") || event.ctrlKey || event.metaKey || event.altKey) return;
  const {player} = alone, by = event.shiftKey ? 1 : 0.1;
  const keys = {
    " ": () => player.playing ? player.pause() : player.play(), ArrowRight: () => player.seek(player.at + by), ArrowLeft: () => player.seek(player.at - by),
    Home: () => player.seek(0), End: () => player.seek(told.duration),
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});
for (const query of [narrow, dark]) query.addEventListener("change", renderAlone);
renderAlone();
document.body.dataset.ready = "true";
