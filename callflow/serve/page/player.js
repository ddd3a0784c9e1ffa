// A clock that runs along a call, and whatever sounds with it. It knows no call: a length, a moment,
// a speed, and a sound that is started and stopped with the clock.

export class Player {
  /** @param {(at: number) => void} tick called with the moment in seconds whenever it moves */
  constructor(tick) {
    this.tick = tick;
    this.length = 0;
    this.at = 0;
    this.speed = 1;
    this.playing = false;
    this.sound = null;
  }

  /** Another call, or the same one changed: where the clock stands is kept if it can be. */
  set(length) {
    this.length = length;
    if (this.at > length) this.seek(length);
  }

  play() {
    if (this.playing || !this.length) return;
    if (this.at >= this.length) this.at = 0;
    this.playing = true;
    this.begin();
    const frame = () => {
      if (!this.playing) return;
      const at = Math.min(this.from + (performance.now() - this.began) / 1000 * this.speed, this.length);
      this.at = at;
      this.sound?.keep(at);
      if (at >= this.length) this.pause();
      else this.tick(at);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this.sound?.stop();
    this.at = Math.min(Math.round(this.at * 10) / 10, this.length);
    this.tick(this.at);
  }

  /** Let the clock stand at a moment; if it runs, it runs on from there. */
  seek(at) {
    this.at = Math.min(Math.max(Math.round(at * 1000) / 1000, 0), this.length);
    if (this.playing) this.begin();
    this.tick(this.at);
  }

  /** How many times faster than life. */
  rate(speed) {
    this.speed = speed;
    if (this.playing) this.begin();
  }

  begin() {
    this.from = this.at;
    this.began = performance.now();
    this.sound?.stop();
    this.sound?.start(this.at, this.speed);
  }
}
