/** Simulations of all logins together; each keeps the flows it runs on. */
export const MOST_SIMULATIONS = 50;
/** Of one login: a further one takes the place of its oldest. */
export const MOST_PER_LOGIN = 5;
/** Untouched for so long, a simulation is forgotten. */
export const IDLE_MS = 30 * 60_000;
/** What a caller, or the world, does in one simulation. */
export const MOST_INPUTS = 300;
/** Lines that one simulation tells. */
export const MOST_TOLD = 2000;
/** Characters of all texts that a simulation is begun with. */
export const MOST_TEXT = 1_000_000;
/** Look-ups one after the other that are answered live within one input; then the next input goes on. */
export const MOST_LIVE_LOOK_UPS = 5;
