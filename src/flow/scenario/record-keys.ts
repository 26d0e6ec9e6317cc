import type { Deed } from '../playing/play.ts';
import type { PlayedStep } from './played-call.ts';

type Pressed = PlayedStep & { readonly deed: Extract<Deed, { readonly kind: 'press' }> };

/**
 * Keys that were pressed one by one, each with others to follow, as the one step that a scenario has for them: there time runs
 * out after each step. Keys that the caller did not finish before hanging up are left out: they did nothing.
 */
export function joined(steps: readonly PlayedStep[]): readonly PlayedStep[] {
  const made: PlayedStep[] = [];
  for (const step of steps) {
    const before = made.at(-1);
    if (before === undefined || !isPress(before) || !before.deed.more || (step.waitedMs ?? 0) > 0) made.push(step);
    else if (pending(before)) made.splice(-1, 1, ...afterPending(before, step));
    else if (!isPress(step) || !cameToNothing(step)) made.push(step);
  }
  const last = made.at(-1);
  return last !== undefined && isPress(last) && last.deed.more && pending(last) && last.played.happenings.length === 0
    ? made.slice(0, -1)
    : made;
}

/** What becomes of keys that were not enough yet: more of them, the time for the next one over, or nothing. */
function afterPending(before: Pressed, step: PlayedStep): readonly PlayedStep[] {
  if (isPress(step)) return [together(before, step, { ...step.deed, keys: [...before.deed.keys, ...step.deed.keys] })];
  if (step.deed?.kind === 'silence') return [together(before, step, { ...before.deed, more: false })];
  return before.played.happenings.length === 0 ? [step] : [before, step];
}

function isPress(step: PlayedStep): step is Pressed {
  return step.deed?.kind === 'press';
}

/** Not enough keys yet: the question goes on. */
function pending({ played: { play } }: PlayedStep): boolean {
  return play.wait.kind === 'keys' && play.wait.typed !== '';
}

/** Nothing to the flow, as a `#` that comes after enough digits: written into one step with those, it would cut the next prompt. */
function cameToNothing(step: PlayedStep): boolean {
  return step.played.happenings.length === 0 && !pending(step);
}

function together(before: Pressed, { played }: PlayedStep, deed: Pressed['deed']): PlayedStep {
  return { ...before, deed, played: { ...played, happenings: [...before.played.happenings, ...played.happenings] } };
}
