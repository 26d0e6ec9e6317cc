import type { z } from 'zod';
import { SantralError } from '../../domain/errors.ts';
import type { ImportId } from '../../domain/ids.ts';
import { type ImportKind, MATCH_KINDS, type MatchKind, type StoredImport } from '../../ports/matching.ts';
import type { StagedFile } from '../../services/importer/import-shapes.ts';
import type { TablePreview } from '../../services/importer/prepare.ts';
import { confirmImport, discardImport, getImport, listImports, previewImport, rejectedRows, uploadImport } from '../contracts/imports.ts';
import { printRejected } from '../exports/rejected-rows.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function importRoutes({ deps: { imports, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  const demand = async (id: ImportId): Promise<MatchImport> => ofMatching(await imports.get(brand, id)) ?? missing();
  const waiting = (): readonly MatchFile[] => imports.waiting(brand).flatMap((one) => ofMatching(one) ?? []);
  // A file for a list has its own address.
  const demandWaiting = (id: ImportId): void => void (waiting().some((one) => one.id === id) || missing());
  return [
    route(uploadImport, async ({ query: { kind, name }, body, caller }) =>
      staged(ofMatching(await imports.upload({ brand, kind, name, by: caller.user.name, chunks: body })) ?? missing()),
    ),
    route(listImports, async ({ query: { limit } }) => ({
      waiting: waiting().map(staged),
      items: (await imports.list(brand, limit, MATCH_KINDS)).flatMap((one) => ofMatching(one) ?? []).map(view),
    })),
    route(getImport, async ({ params: { id } }) => {
      const found = await demand(id);
      return { ...view(found), rejected: found.rejected.map((line) => ({ ...line })) };
    }),
    route(rejectedRows, async ({ params: { id }, query: { language } }) => printRejected((await demand(id)).rejected, language)),
    route(previewImport, async ({ params: { id }, body: { mapping } }) => {
      demandWaiting(id);
      return staged(ofMatching(await imports.preview(brand, id, mapping)) ?? missing());
    }),
    route(confirmImport, async ({ params: { id }, body: { mapping, replace, numbers } }) => {
      demandWaiting(id);
      const how = { replace, numbers, ...(mapping === undefined ? {} : { mapping }) };
      if (!(await imports.confirm(brand, id, how))) missing();
      return { id };
    }),
    route(discardImport, async ({ params: { id } }) => {
      demandWaiting(id);
      if (!(await imports.discard(brand, id))) missing();
    }),
  ];
}

type MatchFile = StagedFile & { readonly kind: MatchKind };
type MatchImport = StoredImport & { readonly kind: MatchKind };

/** What belongs here: customers and segments. Lists have their own address. */
function ofMatching<T extends { readonly kind: ImportKind }>(one: T | undefined): (T & { readonly kind: MatchKind }) | undefined {
  return one !== undefined && one.kind !== 'contacts' ? (one as T & { readonly kind: MatchKind }) : undefined;
}

function staged({ id, kind, name, bytes, expiresAt, preview }: MatchFile): z.output<(typeof uploadImport)['reply']['schema']> {
  return { id, kind, name, bytes, expiresAt, preview: previewOf(preview) };
}

/** A preview as the API tells it. */
export function previewOf(preview: TablePreview) {
  const sample = preview.sample.map(({ row, cells }) => ({ row, cells: [...cells] }));
  return { ...preview, mapping: preview.mapping.map((one) => ({ ...one })), sample };
}

function view({ id, kind, name, state, startedAt, startedBy, finishedAt, counts, problem }: MatchImport) {
  return { id, kind, name, state, startedAt, startedBy, finishedAt, counts: { ...counts }, problem };
}

function missing(): never {
  throw new SantralError('request.not-found', 'There is no such import, or it does not wait any more.');
}
