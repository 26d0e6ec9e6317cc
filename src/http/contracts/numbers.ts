import { z } from 'zod';
import { numberParams } from '../../services/numbers/numbers-file.ts';
import { contract, doc, EVERYBODY, NO_CONTENT, named, SUPERVISORS } from '../contract.ts';
import { at, language } from './common.ts';
import { flowId } from './flows.ts';

const did = doc(
  z.string().regex(/^(\*|\+?\d{1,18})$/, 'must be the digits as they arrive from the trunk, or *'),
  'The digits as they arrive from the trunk, or `*` for every other number.',
  '02125550010',
);
const labelText = z.string().max(100);
const LABEL_EXAMPLE = { tr: 'Müşteri hattı', en: 'Customer line' };
const label = doc(z.object({ tr: labelText, en: labelText }), 'For people, in each language.', LABEL_EXAMPLE);
const writtenLabel = doc(
  z.union([labelText, z.strictObject({ tr: labelText.optional(), en: labelText.optional() })]),
  'For people: one text, or a text per language; a missing one takes the other’s.',
  LABEL_EXAMPLE,
);

const numberWith = doc(numberParams, 'Parameters of the flow, as plain values.', { survey: 'nps' });

const record = doc(z.boolean(), 'Whether its calls are recorded. Absent: as the flow says, else SANTRAL_RECORD_CALLS.', true);

const numberView = named(
  'NumberRoute',
  z.object({
    did,
    brand: doc(z.string(), 'The brand its calls belong to.', 'santral'),
    flow: flowId,
    language,
    label,
    with: numberWith,
    record: record.optional(),
    source: doc(z.enum(['file', 'api']), 'file: from flows/numbers.yaml · api: set here, which wins.', 'api'),
    updatedAt: at('When it was set.'),
  }),
  'A number callers dial, and where it leads.',
);

export const listNumbers = contract({
  id: 'numbers.list',
  method: 'GET',
  path: '/api/v1/numbers',
  tag: 'numbers',
  summary: 'All numbers',
  access: EVERYBODY,
  reply: { status: 200, description: 'The numbers.', schema: z.object({ items: z.array(numberView) }) },
  errors: [],
});

export const putNumber = contract({
  id: 'numbers.put',
  method: 'PUT',
  path: '/api/v1/numbers/:did',
  tag: 'numbers',
  summary: 'Lead a number to a flow; the next call follows it',
  access: SUPERVISORS,
  params: z.object({ did }),
  body: z.strictObject({ flow: flowId, language, label: writtenLabel.default(''), with: numberWith.optional(), record: record.optional() }),
  reply: { status: 200, description: 'The number as it is now.', schema: numberView },
  errors: ['flow.unknown'],
});

export const removeNumber = contract({
  id: 'numbers.remove',
  method: 'DELETE',
  path: '/api/v1/numbers/:did',
  tag: 'numbers',
  summary: 'Forget what was set here for a number; one from flows/numbers.yaml applies again',
  access: SUPERVISORS,
  params: z.object({ did }),
  reply: NO_CONTENT,
  errors: ['request.not-found'],
});
