import type { Label } from './label.ts';

/** One way a talk may be closed. A choice with choices below it only groups them. */
export interface DispositionChoice {
  readonly id: string;
  readonly label: Label;
  /** In the order of the file. */
  readonly choices: readonly DispositionChoice[];
  /** The agent must write a line about it. */
  readonly noteRequired: boolean;
  /** The agent names a time at which the customer is to be called again. */
  readonly followUp: boolean;
}

/** A tree of `flows/dispositions.yaml`. */
export interface DispositionTree {
  readonly id: string;
  readonly label: Label;
  readonly choices: readonly DispositionChoice[];
}

/** Recorded when the time for wrap-up was over before a disposition was set. No choice has this name. */
export const NOT_SET = 'not_set';

/** The choice at a path such as `sale/booked`; undefined for what is not there or only groups others. */
export function dispositionAt(tree: DispositionTree, path: string): DispositionChoice | undefined {
  let choices = tree.choices;
  let found: DispositionChoice | undefined;
  for (const id of path.split('/')) {
    found = choices.find((choice) => choice.id === id);
    if (found === undefined) return undefined;
    choices = found.choices;
  }
  return choices.length === 0 ? found : undefined;
}

/** All paths that may be chosen, in the order of the file. */
export function dispositionPaths(tree: DispositionTree): readonly string[] {
  const below = (choice: DispositionChoice, path: string): readonly string[] =>
    choice.choices.length === 0 ? [path] : choice.choices.flatMap((one) => below(one, `${path}/${one.id}`));
  return tree.choices.flatMap((choice) => below(choice, choice.id));
}
