import { parentPort } from 'node:worker_threads';
import { usePlainEnvironment } from './config/plain-environment.ts';
import type { TextFile } from './ports/definitions.ts';
import { type CheckSettings, type Looked, lookAt, type PlainIngredients } from './services/flows/check-definitions.ts';

export interface CheckOrder {
  readonly id: number;
  readonly ingredients: PlainIngredients;
  readonly settings: CheckSettings;
  readonly scenarios: readonly TextFile[];
}

export type CheckAnswer =
  | { readonly id: number; readonly kind: 'looked'; readonly looked: Looked }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

function look({ id, ingredients, settings, scenarios }: CheckOrder): CheckAnswer {
  try {
    return { id, kind: 'looked', looked: lookAt(ingredients, settings, scenarios) };
  } catch (error) {
    return { id, kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

usePlainEnvironment();
// Checks of one thread follow each other; what an author has typed meanwhile waits its turn.
parentPort?.on('message', (order: CheckOrder) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(look(order));
});
