// Elements: made from plain descriptions, and made alike what stands there already, so that whoever
// types, drags or has the focus is not disturbed.

/** An element. Properties: `class`, `text`, `html` (a picture of the desk), data-*, aria-*, others. */
export function h(tag, given = {}, ...inner) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name === "picture") element.append(pictureOf(value)), element.drawn = value;
    else if (name === "value") element.value = value, element.setAttribute("value", value);
    else if (name === "checked") element.checked = true, element.setAttribute("checked", "");
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inner.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return element;
}

/** A picture of the desk as an element. */
export function pictureOf(svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
  return document.importNode(parsed, true);
}

/** Make `old` like `fresh`, keeping every element that can be kept. */
export function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.dataset?.key !== fresh.dataset?.key) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  if (fresh.drawn !== undefined) {
    if (old.drawn !== fresh.drawn) {
      old.replaceChildren(...fresh.childNodes);
      old.drawn = fresh.drawn;
    }
    attributes(old, fresh);
    return;
  }
  if (old.dataset?.own !== undefined) return;
  attributes(old, fresh);
  fields(old, fresh);
  const kept = [...old.childNodes], wanted = [...fresh.childNodes];
  wanted.forEach((node, place) => {
    if (place < kept.length) morph(kept[place], node);
    else old.append(node);
  });
  kept.slice(wanted.length).forEach((node) => node.remove());
}

function attributes(old, fresh) {
  for (const {name} of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !(name === "open" || name === "style")) old.removeAttribute(name);
  }
  for (const {name, value} of fresh.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function fields(old, fresh) {
  const typing = document.activeElement === old && old.matches("input:not([type=radio]), textarea");
  if (old.matches("input[type=radio]")) old.checked = fresh.checked;
  else if (old.matches("input, textarea") && !typing && old.value !== fresh.value) old.value = fresh.value;
  else if (old.matches("select")) queueMicrotask(() => { old.value = old.dataset.value; });
}

/** A template of the page's words, filled. */
export function put(template, values = {}) {
  return (template ?? "").replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Text in which ** stands around what is bold. */
export function bold(text) {
  return text.split("**").map((piece, place) => place % 2 ? h("b", {text: piece}) : piece);
}
