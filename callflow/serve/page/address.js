// The state of the page in its address: a case, what it is compared with, the moment, what was
// played. It stands behind the #, so that no server ever gets it; tokens are in no case of the page.

const codec = "deflate-raw";

async function through(bytes, stream) {
  const out = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(out).arrayBuffer());
}

/** The state as what stands behind the #. */
export async function written(state) {
  const bytes = await through(new TextEncoder().encode(JSON.stringify(state)), new CompressionStream(codec));
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return "#1." + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The state in an address; null: there is none, or none that can be read. */
export async function read(hash) {
  if (!hash.startsWith("#1.")) return null;
  try {
    const text = atob(hash.slice(3).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (sign) => sign.charCodeAt(0));
    const state = JSON.parse(new TextDecoder().decode(await through(bytes, new DecompressionStream(codec))));
    return state && typeof state === "object" && state.case && typeof state.case === "object" ? state : null;
  } catch {
    return null;
  }
}
