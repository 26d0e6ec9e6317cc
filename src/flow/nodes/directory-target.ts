import { z } from 'zod';
import { DIRECTORY_KINDS, type DirectoryKind, type DirectoryRef } from '../../domain/directory.ts';
import { filterContext, type Machine, scopeOf } from '../machine.ts';
import { templateText } from '../parts.ts';
import type { Kit, Path } from './kind.ts';

/** As long as a dealer's code may be. */
const LONGEST_ID = 40;

/** Somebody of the directory, as a node names them. */
export const directoryTarget = [
  z.strictObject({ department: templateText }),
  z.strictObject({ dealer: templateText }),
  z.strictObject({ person: templateText }),
] as const;
type WrittenTarget = z.infer<(typeof directoryTarget)[number]>;

export function isDirectoryTarget(to: object): to is WrittenTarget {
  return DIRECTORY_KINDS.some((kind) => kind in to);
}

/** Reads whom a node means; at run time null where the name comes out empty. */
export function compileDirectoryTarget(kit: Kit, path: Path, to: WrittenTarget): (m: Machine) => DirectoryRef | null {
  const [kind, text] = Object.entries(to)[0] as [DirectoryKind, string];
  const id = kit.template([...path, kind], text, 'dialled');
  if (id.fixed !== null) kit.directory([...path, kind], { kind, id: id.fixed });
  return (m) => {
    const named = id.render(scopeOf(m), filterContext(m), LONGEST_ID).trim();
    return named === '' ? null : { kind, id: named };
  };
}
