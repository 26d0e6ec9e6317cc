import type { z } from 'zod';
import { SantralError } from '../../domain/errors.ts';
import type { StoredImport } from '../../ports/matching.ts';
import type { StagedFile } from '../../services/importer/imports.ts';
import { printRejected } from '../../services/importer/print-rejected.ts';
import { confirmImport, discardImport, getImport, listImports, previewImport, rejectedRows, uploadImport } from '../contracts/imports.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';

export function importRoutes({ deps: { imports, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  const demand = async (id: StoredImport['id']): Promise<StoredImport> => (await imports.get(brand, id)) ?? missing();
  return [
    route(uploadImport, async ({ query: { kind, name }, body, caller }) =>
      staged(await imports.upload({ brand, kind, name, by: caller.user.name, chunks: body })),
    ),
    route(listImports, async ({ query: { limit } }) => ({
      waiting: imports.waiting(brand).map(staged),
      items: (await imports.list(brand, limit)).map(view),
    })),
    route(getImport, async ({ params: { id } }) => {
      const found = await demand(id);
      return { ...view(found), rejected: found.rejected.map((line) => ({ ...line })) };
    }),
    route(rejectedRows, async ({ params: { id } }) => printRejected((await demand(id)).rejected)),
    route(previewImport, async ({ params: { id }, body: { mapping } }) => staged((await imports.preview(brand, id, mapping)) ?? missing())),
    route(confirmImport, async ({ params: { id }, body: { mapping, replace, numbers } }) => {
      const how = { replace, numbers, ...(mapping === undefined ? {} : { mapping }) };
      if (!(await imports.confirm(brand, id, how))) missing();
      return { id };
    }),
    route(discardImport, async ({ params: { id } }) => {
      if (!(await imports.discard(brand, id))) missing();
    }),
  ];
}

function staged({ preview, ...file }: StagedFile): z.output<(typeof uploadImport)['reply']['schema']> {
  const sample = preview.sample.map(({ row, cells }) => ({ row, cells: [...cells] }));
  return { ...file, preview: { ...preview, mapping: preview.mapping.map((one) => ({ ...one })), sample } };
}

function view({ id, kind, name, state, startedAt, startedBy, finishedAt, counts, problem }: StoredImport) {
  return { id, kind, name, state, startedAt, startedBy, finishedAt, counts: { ...counts }, problem };
}

function missing(): never {
  throw new SantralError('request.not-found', 'There is no such import, or it does not wait any more.');
}
