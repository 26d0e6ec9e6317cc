/** When calls ended that nobody watched: noted by Asterisk itself while the engine was away. */
export interface CallEnds {
  /** UTC ms of each channel's end, as far as it is known. Never rejects. */
  of(channelIds: readonly string[], since: number): Promise<ReadonlyMap<string, number>>;
}
