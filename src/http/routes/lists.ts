import { SantralError } from '../../domain/errors.ts';
import type { ImportId, ListId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import type { ValueMap } from '../../domain/value.ts';
import type { ListRow } from '../../ports/list-store.ts';
import type { StoredImport } from '../../ports/matching.ts';
import type { StagedFile } from '../../services/importer/import-shapes.ts';
import {
  appendContacts,
  confirmListFile,
  createList,
  discardListFile,
  getList,
  getListFile,
  listContacts,
  listLists,
  previewListFile,
  rejectedListRows,
  removeList,
  uploadListFile,
  waitingListFiles,
} from '../contracts/lists.ts';
import { printRejected } from '../exports/rejected-rows.ts';
import { type Route, route } from '../route.ts';
import type { RouteContext } from './context.ts';
import { previewOf } from './imports.ts';

const SHOWN_LINES = 100;

export function listRoutes({ deps: { lists, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  const demand = async (id: ListId): Promise<ListRow> => (await lists.get(brand, id)) ?? missing('There is no such list.');
  return [
    route(listLists, async () => ({ items: (await lists.list(brand)).map(view) })),
    route(createList, async ({ body: { name, variables }, caller }) => view(await lists.create(brand, name, variables, caller.user.name))),
    route(getList, async ({ params: { id } }) => ({ ...view(await demand(id)), loads: (await lists.loads(brand, id)).map(loadOf) })),
    route(removeList, async ({ params: { id }, caller }) => lists.remove(brand, id, caller.user.name)),
    route(appendContacts, async ({ params: { id }, body: { contacts } }) => {
      const { added, known, rejected } = await lists.append(brand, id, contacts);
      return { added: [...added], known, rejected: rejected.map((line) => ({ ...line })) };
    }),
    route(listContacts, async ({ params: { id }, query: { after, limit } }) => {
      await demand(id);
      const rows = await lists.rows(brand, id, after, limit);
      const items = rows.map(({ id: contact, rowNo, number, variables }) => ({
        id: contact,
        row: rowNo,
        number: maskNumber(number),
        variables: plain(variables),
      }));
      return { items, next: rows.length < limit ? null : (rows.at(-1)?.rowNo ?? null) };
    }),
  ];

  function loadOf(stored: StoredImport) {
    return loadView(stored, null);
  }
}

/** Files on their way into lists. */
export function listFileRoutes({ deps: { lists, imports, config } }: RouteContext): readonly Route[] {
  const { brand } = config;
  const demand = async (id: ImportId): Promise<StoredImport> => {
    const found = await imports.get(brand, id);
    return found?.kind === 'contacts' ? found : missing(GONE);
  };
  const waiting = (): readonly StagedFile[] => imports.waiting(brand).filter(({ kind }) => kind === 'contacts');
  const demandWaiting = (id: ImportId): void => void (waiting().some((one) => one.id === id) || missing(GONE));
  const staged = async ({ id, name, bytes, expiresAt, preview, hash }: StagedFile) => {
    const sameAs = (await lists.withFile(brand, hash)).map((one) => ({ id: one.id, name: one.name }));
    return { id, name, bytes, expiresAt, preview: previewOf(preview), sameAs };
  };
  return [
    route(uploadListFile, async ({ query: { name }, body, caller }) =>
      staged(await imports.upload({ brand, kind: 'contacts', name, by: caller.user.name, chunks: body })),
    ),
    route(waitingListFiles, async ({ query: { limit } }) => ({
      waiting: await Promise.all(waiting().map(staged)),
      items: (await imports.list(brand, limit, ['contacts'])).map((one) => loadView(one, imports.share(one.id))),
    })),
    route(previewListFile, async ({ params: { id }, body: { columns = {} } }) => {
      demandWaiting(id);
      return staged((await imports.preview(brand, id, columns)) ?? missing(GONE));
    }),
    route(confirmListFile, async ({ params: { id }, body: { list: name, append, columns, numbers } }) => {
      demandWaiting(id);
      const how = { numbers, list: { name, append }, ...(columns === undefined ? {} : { mapping: columns }) };
      if (!(await imports.confirm(brand, id, how))) missing(GONE);
      return { id, list: (await demand(id)).list ?? missing(GONE) };
    }),
    route(getListFile, async ({ params: { id } }) => {
      const found = await demand(id);
      const rejected = await lists.report(brand, id);
      return { ...loadView(found, imports.share(id)), rejected: rejected.slice(0, SHOWN_LINES).map((line) => ({ ...line })) };
    }),
    route(rejectedListRows, async ({ params: { id }, query: { language } }) =>
      printRejected(await lists.report(brand, (await demand(id)).id), language),
    ),
    route(discardListFile, async ({ params: { id } }) => {
      demandWaiting(id);
      if (!(await imports.discard(brand, id))) missing(GONE);
    }),
  ];
}

const GONE = 'There is no such file, or it does not wait any more.';

function view({ id, name, state, variables, contacts, createdAt, createdBy }: ListRow) {
  return { id, name, state, variables: variables.map((one) => ({ ...one })), contacts, createdAt, createdBy };
}

function loadView(stored: StoredImport, share: number | null) {
  const { id, list, name, state, startedAt, startedBy, finishedAt, counts, problem } = stored;
  return { id, list, name, state, startedAt, startedBy, finishedAt, counts: { ...counts }, share, problem };
}

function plain(variables: ValueMap): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' || typeof value === 'number' ? value : null]),
  );
}

function missing(message: string): never {
  throw new SantralError('request.not-found', message);
}
