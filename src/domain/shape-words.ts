import type { z } from 'zod';

const KINDS: Readonly<Record<string, string>> = {
  object: 'a map',
  record: 'a map',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** What is wrong with a value that does not fit its schema, and what to write instead. The schema's own texts begin with "must be". */
export function expectation(issue: z.core.$ZodIssue): { readonly wrong: string; readonly remedy: string } {
  const expected = expectedOf(issue);
  const key = issue.path.at(-1);
  if (issue.input === undefined && issue.code !== 'custom')
    return { wrong: 'is missing', remedy: key === undefined ? `Write ${expected}.` : `Add ${String(key)}: with ${expected}.` };
  const given = issue.code === 'invalid_type' ? `, not ${kindOf(issue.input)}` : '';
  return { wrong: `must be ${expected}${given}`, remedy: `Write ${expected}.` };
}

function expectedOf(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must be ')) return issue.message.slice('must be '.length);
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
      return issue.issues[0] === undefined ? 'a name that is allowed here' : expectedOf(issue.issues[0]);
    case 'too_small':
      return issue.origin === 'string' ? `at least ${count(issue.minimum)}` : `at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string' ? `at most ${count(issue.maximum)}` : `at most ${issue.maximum}`;
    default:
      return 'a value that is allowed here';
  }
}

function count(characters: number | bigint): string {
  return `${characters} character${characters === 1 ? '' : 's'}`;
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  return typeof value === 'number' ? 'the number '.concat(String(value)) : (KINDS[typeof value] ?? typeof value);
}
