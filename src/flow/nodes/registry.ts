import { collect } from './collect.ts';
import { hangup } from './hangup.ts';
import type { NodeKind } from './kind.ts';
import { menu } from './menu.ts';
import { say } from './say.ts';

/** Every type of node, in the order of the reference. A new one: one file, one line here, one test case. */
export const NODE_KINDS: readonly NodeKind[] = [say, menu, collect, hangup];

export function nodeKind(type: string): NodeKind | undefined {
  return NODE_KINDS.find((kind) => kind.type === type);
}
