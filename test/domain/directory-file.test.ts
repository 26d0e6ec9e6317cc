import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingCalendars, parseDirectory } from '../../src/domain/directory-file.ts';

const GOOD = `people:
  ayse-kaya:
    name: Ayşe Kaya
    language: tr
    calendar: office
    try:
      - { extension: "201", ring: 15s }
      - { number: "0532 123 45 67" }
departments:
  service:
    label: { tr: Servis, en: Service }
    email: servis@ornek.com.tr
    webhook: crm
    try:
      - [{ person: ayse-kaya }, { extension: "100" }]
      - { number: "+902125550001", ring: 30s, accept: key }
dealers:
  IST-01:
    try: [{ own: true, ring: 10s }, { number: "+905321234567", accept: answer }]
`;
const parse = (text: string) => parseDirectory({ path: 'flows/directory.yaml', text });
const told = (text: string) => parse(text).problems.map(({ line, column, code, severity }) => `${line}:${column} ${severity} ${code}`);

describe('flows/directory.yaml', () => {
  it('gives people, departments and dealers with who is rung in which order', () => {
    const { entries, problems } = parse(GOOD);
    expect(problems).toEqual([]);
    const nowhere = { email: null, webhook: null };
    expect(entries).toEqual([
      {
        kind: 'person',
        id: 'ayse-kaya',
        label: { tr: 'Ayşe Kaya', en: 'Ayşe Kaya' },
        language: 'tr',
        calendar: 'office',
        rounds: [
          [{ kind: 'line', telephone: { kind: 'extension', extension: '201' }, ringMs: 15_000, accept: 'answer' }],
          [{ kind: 'line', telephone: { kind: 'number', number: '+905321234567' }, ringMs: 25_000, accept: 'key' }],
        ],
        ...nowhere,
      },
      {
        kind: 'department',
        id: 'service',
        label: { tr: 'Servis', en: 'Service' },
        language: null,
        calendar: null,
        rounds: [
          [
            { kind: 'person', person: 'ayse-kaya' },
            { kind: 'line', telephone: { kind: 'extension', extension: '100' }, ringMs: 25_000, accept: 'answer' },
          ],
          [{ kind: 'line', telephone: { kind: 'number', number: '+902125550001' }, ringMs: 30_000, accept: 'key' }],
        ],
        email: 'servis@ornek.com.tr',
        webhook: 'crm',
      },
      {
        kind: 'dealer',
        id: 'IST-01',
        label: null,
        language: null,
        calendar: null,
        rounds: [
          [{ kind: 'own', ringMs: 10_000, accept: 'answer' }],
          [{ kind: 'line', telephone: { kind: 'number', number: '+905321234567' }, ringMs: 25_000, accept: 'answer' }],
        ],
        ...nowhere,
      },
    ]);
  });

  it('no file is no directory', () => {
    expect(parseDirectory(null)).toEqual({ entries: [], problems: [], calendars: [] });
  });

  it.each([
    ['a wrong ring time', 'people: { a: { name: A, try: [{ extension: "1", ring: 1s }] } }', ['1:49 error directory.shape']],
    ['a number that is none', 'people:\n  a:\n    name: A\n    try: [{ number: "12" }]', ['4:13 error directory.shape']],
    ['own outside dealers', 'departments:\n  a: { label: { tr: A, en: A }, try: [{ own: true }] }', ['2:41 error directory.unknown-key']],
    ['a missing language', 'departments:\n  a: { label: { tr: A }, try: [{ extension: "1" }] }', ['2:8 error directory.shape']],
    [
      'an unknown person',
      'departments:\n  a: { label: { tr: A, en: A }, try: [{ person: zoe }] }',
      ['2:41 warning directory.unknown-person'],
    ],
    ['a name that cannot be one', 'people: { "A b": { name: A, try: [{ extension: "1" }] } }', ['1:11 error directory.bad-name']],
    ['two at one place', 'people: { a: { name: A, try: [{ extension: "1", number: "+902125550001" }] } }', ['1:31 error directory.shape']],
    ['an unknown part', 'persons: {}', ['1:1 error directory.unknown-key']],
    ['nobody', 'people: { a: { name: A, try: [] } }', ['1:25 error directory.shape']],
  ])('tells of %s with its place', (_what, text, problems) => {
    expect(told(text)).toEqual(problems);
  });

  it('tells of a calendar that is not there, with its place', () => {
    const { calendars } = parse(GOOD);
    expect(missingCalendars(calendars, new Set(['office']))).toEqual([]);
    expect(missingCalendars(calendars, new Set(['desk']))).toMatchObject(
      [{ severity: 'error', code: 'directory.unknown-calendar', line: 5, column: 5, remedy: /Known: desk/ }].map(({ remedy, ...rest }) => ({
        ...rest,
        remedy: expect.stringMatching(remedy) as string,
      })),
    );
  });

  it('what is shipped has no problems', () => {
    const { entries, problems, calendars } = parse(readFileSync('flows/directory.yaml', 'utf8'));
    expect(problems).toEqual([]);
    expect(entries.map(({ id }) => id)).toEqual(['ayse-kaya', 'mehmet-oz', 'front-desk', 'service', 'sales', 'IST-01']);
    expect(new Set(calendars.map(({ name }) => name))).toEqual(new Set(['front-desk', 'office']));
  });

  it('a slip in one entry leaves the others standing', () => {
    const { entries, problems } = parse(`${GOOD}  IST-02: { try: [{ own: true, ring: soon }] }\n`);
    expect(entries.map(({ id }) => id)).toEqual(['ayse-kaya', 'service', 'IST-01']);
    expect(problems).toHaveLength(1);
  });
});
