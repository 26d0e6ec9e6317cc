import type { FlowDraft } from './draft.ts';

/** The nodes of the after-call section, as written exits lead to them from its start. */
export function sectionNodes(draft: FlowDraft): ReadonlySet<string> {
  const start = draft.header?.afterCall?.start;
  const found = new Set<string>();
  if (start === undefined || !draft.nodes.has(start)) return found;
  found.add(start);
  // A set grows while it is walked: new names are visited too.
  for (const name of found) for (const { to } of draft.nodes.get(name)?.wires ?? []) if (draft.nodes.has(to)) found.add(to);
  return found;
}

/** Nobody is there any more: what speaks, listens or connects cannot stand in the section, and no way leads into it during the call. */
export function checkSection(draft: FlowDraft, section: ReadonlySet<string>, duringCall: ReadonlySet<string>): void {
  for (const name of section) {
    const kind = draft.nodes.get(name)?.kind;
    if (kind?.needsCaller === true)
      draft.problem(
        ['nodes', name],
        'after-call-caller',
        `${name} (${kind.type}) needs the caller, who is gone after the call`,
        'Use nodes that need nobody there, such as set, branch, http and action, or lead elsewhere; next: return ends the section.',
      );
    if (duringCall.has(name))
      draft.problem(
        ['nodes', name],
        'after-call-shared',
        `${name} is reached both during the call and after it`,
        'Give the after-call section a node of its own.',
      );
  }
}
