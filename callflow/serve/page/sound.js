// What a call sounds like: a WAV file of two channels, the contact's on the left, the employee's on the
// right, brought to both ears, or one of them to both. It starts and stops with the clock of the
// player; faster than life it keeps its pitch.

export class Sound {
  constructor() {
    this.element = null;
    this.ears = "both";
    this.url = null;
  }

  /** Another sound; null: silence. */
  set(bytes) {
    this.stop();
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = bytes && URL.createObjectURL(new Blob([bytes], {type: "audio/wav"}));
    if (!this.url) return;
    if (!this.element) this.wire();
    this.element.src = this.url;
    this.element.preload = "auto";
  }

  /** Both channels to a switch of four gains, and from there to the ears. */
  wire() {
    this.element = new Audio();
    this.element.preservesPitch = true;
    this.context = new AudioContext();
    const source = this.context.createMediaElementSource(this.element);
    const split = this.context.createChannelSplitter(2), merge = this.context.createChannelMerger(2);
    source.connect(split);
    this.gains = {};
    for (const [from, party] of [[0, "contact"], [1, "employee"]]) {
      for (const to of [0, 1]) {
        const gain = this.context.createGain();
        split.connect(gain, from);
        gain.connect(merge, 0, to);
        this.gains[party + to] = gain;
      }
    }
    merge.connect(this.context.destination);
    this.listen(this.ears);
  }

  /** Who listens: both, one party in both ears, or none. */
  listen(ears) {
    this.ears = ears;
    if (!this.gains) return;
    const loud = {
      both: ["contact0", "employee1"], contact: ["contact0", "contact1"], employee: ["employee0", "employee1"], none: [],
    }[ears];
    for (const [name, gain] of Object.entries(this.gains)) gain.gain.value = loud.includes(name) ? 1 : 0;
  }

  start(at, speed) {
    if (!this.url || this.ears === "none") return;
    this.context.resume();
    this.element.currentTime = at;
    this.element.playbackRate = speed;
    this.element.play().catch(() => {});  // stopped again before it began
  }

  stop() {
    this.element?.pause();
  }

  /** Bring it back to the clock, where a slow machine has left it behind. */
  keep(at) {
    if (this.url && this.element && !this.element.paused && Math.abs(this.element.currentTime - at) > 0.15) this.element.currentTime = at;
  }
}

export const bytesOf = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
