import { DIRECTORY_KINDS, type DirectoryKind } from '../../domain/directory.ts';
import { SantralError } from '../../domain/errors.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { ActionHandler } from '../../ports/actions.ts';
import type { Directory } from './directory.ts';

/** The action `directory.get {kind, id}`; null (the exit `none`) for whom nobody knows. Rejects with `request.invalid` for a kind that is none. */
export function directoryActions({ view }: Pick<Directory, 'view'>): Record<'directory.get', ActionHandler> {
  return {
    'directory.get': async (params, { brand }) => {
      const kind = kindOf(params['kind']);
      const found = await view({ kind, id: idOf(params) }, brand);
      if (found === undefined) return null;
      const { id, label, state, email, webhook } = found;
      return { kind, id, name: { ...label }, state, email: email ?? '', webhook: webhook ?? '' };
    },
  };
}

function kindOf(value: unknown): DirectoryKind {
  const kind = DIRECTORY_KINDS.find((one) => one === value);
  if (kind !== undefined) return kind;
  throw new SantralError('request.invalid', `The parameter "kind" must be one of ${DIRECTORY_KINDS.join(', ')}.`, {
    details: { parameter: 'kind' },
  });
}

function idOf({ id }: ValueMap): string {
  return typeof id === 'string' || typeof id === 'number' ? String(id).trim() : '';
}
