/** Time comes in through this port only. Milliseconds UTC; timers are cancelled by the returned function. */
export interface Clock {
  now(): number;
  setTimer(ms: number, fire: () => void): () => void;
}
