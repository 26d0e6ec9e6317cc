/** How much of what was said in a call was heard. Times in ms. */
export class Heard {
  /** Lengths of the playbacks that are to come or under way. */
  readonly #lengths = new Map<string, number>();
  readonly #playing = new Map<string, number>();
  #saidMs = 0;
  #heardMs = 0;

  /** Prompts begin: all of them are what was to be heard. Their playbacks are `<prefix>.1`, `<prefix>.2` … */
  begins(prefix: string, groups: readonly { readonly durationMs: number }[]): void {
    groups.forEach(({ durationMs }, index) => {
      this.#saidMs += durationMs;
      this.#lengths.set(`${prefix}.${index + 1}`, durationMs);
    });
  }

  started(playback: string, at: number): void {
    this.#playing.set(playback, at);
  }

  refused(playback: string): void {
    this.#playing.delete(playback);
  }

  finished(playback: string, at: number): void {
    this.#heardMs += this.#heardOf(playback, at);
    this.#playing.delete(playback);
    this.#lengths.delete(playback);
  }

  sums(at: number): { readonly saidMs: number; readonly heardMs: number } {
    const now = [...this.#playing.keys()].reduce((sum, playback) => sum + this.#heardOf(playback, at), 0);
    return { saidMs: Math.round(this.#saidMs), heardMs: Math.round(this.#heardMs + now) };
  }

  #heardOf(playback: string, at: number): number {
    const since = this.#playing.get(playback);
    return since === undefined ? 0 : Math.max(0, Math.min(this.#lengths.get(playback) ?? 0, at - since));
  }
}
