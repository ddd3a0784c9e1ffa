// The playhead over the lanes, and what it lights: the state in the machine, the step in the list.
// Where a moment stands comes with the picture; between two stops all is to scale.

const SVG = "http://www.w3.org/2000/svg";

/** Where a moment stands in a picture, in pixels. */
export function placeOf(track, at) {
  for (let i = 1; i < track.length; i += 1) {
    const [start, from] = track[i - 1], [end, to] = track[i];
    if (at <= end || i === track.length - 1) {
      return end === start ? to : from + (to - from) * Math.min(Math.max((at - start) / (end - start), 0), 1);
    }
  }
  return track[0]?.[1] ?? 0;
}

/** The moment at a place in a picture. */
export function momentOf(track, place) {
  for (let i = 1; i < track.length; i += 1) {
    const [start, from] = track[i - 1], [end, to] = track[i];
    if (place <= to || i === track.length - 1) {
      return to === from ? end : start + (end - start) * Math.min(Math.max((place - from) / (to - from), 0), 1);
    }
  }
  return 0;
}

/** Put the line of the playhead into a picture: over its fills, under its words. */
export function threaded(svg, shown) {
  let line = svg.querySelector(".playhead-line");
  if (line) return line;
  line = document.createElementNS(SVG, "g");
  line.setAttribute("class", "playhead-line");
  const [from, to] = shown.across;
  for (const kind of ["halo", "line"]) {
    const one = document.createElementNS(SVG, "line");
    one.setAttribute("class", kind);
    const [a, b] = shown.along === "x" ? ["y1", "y2"] : ["x1", "x2"];
    one.setAttribute(a, from);
    one.setAttribute(b, to);
    line.append(one);
  }
  const texts = document.createElementNS(SVG, "g");
  texts.append(...svg.querySelectorAll("text"));
  svg.append(line, texts);
  return line;
}

/** Show a moment: playhead, lit state, arrows taken so far, the step that holds. */
export function showMoment(shown, stretches, at, clock) {
  const box = document.getElementById("lanes");
  const svg = box?.querySelector(".picture > svg");
  if (svg) {
    const line = threaded(svg, shown), place = placeOf(shown.track, at);
    line.setAttribute("transform", shown.along === "x" ? `translate(${place} 0)` : `translate(0 ${place})`);
    const handle = document.getElementById("playhead");
    handle.style.left = shown.along === "x" ? `${place}px` : "";
    handle.style.top = shown.along === "y" ? `${place}px` : "";
    handle.textContent = clock(at);
    handle.setAttribute("aria-valuenow", String(Math.round(at * 1000) / 1000));
    handle.setAttribute("aria-valuemax", String(shown.duration));
    handle.setAttribute("aria-valuetext", `${clock(at)} s`);
  }
  const stretch = stretchAt(stretches, at);
  for (const state of document.querySelectorAll("#machine .state")) {
    state.classList.toggle("now", state.dataset.state === stretch?.state);
  }
  for (const arrow of document.querySelectorAll("#machine .arrow.on-path")) {
    arrow.classList.toggle("ahead", Number(arrow.dataset.at) > at);
  }
  let current = null;
  for (const step of document.querySelectorAll(".step-line")) {
    const when = step.dataset.at === "" ? Infinity : Number(step.dataset.at);
    step.classList.toggle("ahead", when > at);
    step.classList.remove("current");
    step.removeAttribute("aria-current");
    if (when <= at) current = step;
  }
  current?.classList.add("current");
  current?.setAttribute("aria-current", "step");
  return stretch;
}

/** The state that holds at a moment; a border belongs to what begins. */
export function stretchAt(stretches, at) {
  return stretches.findLast((one) => one.start <= at) ?? null;
}
