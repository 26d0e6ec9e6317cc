import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const PURE = ['src/domain', 'src/flow', 'src/acd', 'src/dialer'];

/** What gives another answer each time, or makes the caller wait; and what to do instead. */
const IMPURE: Readonly<Record<string, string>> = {
  'Date.now': 'take the time as a parameter (epoch ms)',
  'new Date()': 'take the time as a parameter and give it to new Date(…)',
  'Date()': 'take the time as a parameter (epoch ms)',
  'performance.now': 'take the time as a parameter (epoch ms)',
  'Math.random': 'take the random numbers as a parameter',
  'crypto.randomUUID': 'take the id as a parameter',
  'crypto.getRandomValues': 'take the random bytes as a parameter',
  setTimeout: 'give a command with a delay; a service keeps the timers',
  setInterval: 'give a command with a delay; a service keeps the timers',
  setImmediate: 'pure code has nothing to wait for',
  queueMicrotask: 'pure code has nothing to wait for',
  async: 'give a command; a service carries it out and resumes with the answer',
  await: 'give a command; a service carries it out and resumes with the answer',
  Promise: 'give a command; a service carries it out and resumes with the answer',
  fetch: 'give a command; a service carries it out and resumes with the answer',
  process: 'take the value as a parameter',
  console: 'give a journal entry or a problem; the services log',
};

/** Lines such as `src/flow/x.ts:3 Date.now: take the time as a parameter`. */
function impurities(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const name = impurityOf(node);
    const remedy = name !== undefined && Object.hasOwn(IMPURE, name) ? IMPURE[name] : undefined;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (remedy !== undefined) found.push(`${file}:${line} ${name}: ${remedy}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function impurityOf(node: ts.Node): string | undefined {
  if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AwaitKeyword) return 'await';
  if (node.kind === ts.SyntaxKind.AsyncKeyword) return 'async';
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments ?? []).length === 0) return 'new Date()';
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()';
  if (ts.isPropertyAccessExpression(node)) return node.getText().replace(/^globalThis\./, '');
  return ts.isIdentifier(node) && !isMerelyAName(node) ? node.text : undefined;
}

/** A property, a key or a declared name: not the global of that name. */
function isMerelyAName({ parent, text }: ts.Identifier): boolean {
  if (ts.isPropertyAccessExpression(parent)) return parent.name.text === text && parent.expression.getText() !== text;
  return 'name' in parent && (parent.name as ts.Node | undefined)?.getText() === text;
}

describe('the pure rooms', () => {
  it('read no clock, throw no dice and wait for nothing', () => {
    const files = PURE.flatMap((room) => readdirSync(room, { recursive: true, encoding: 'utf8' }).map((name) => path.join(room, name)));
    const sources = files.filter((name) => name.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap((file) => impurities(file, readFileSync(file, 'utf8')))).toEqual([]);
  });

  it.each<[code: string, what: string]>([
    ['const now = Date.now();', 'Date.now'],
    ['const now = Date.now;', 'Date.now'],
    ['const now = new Date();', 'new Date()'],
    ['const now = new Date;', 'new Date()'],
    ['const now = Date();', 'Date()'],
    ['const dice = Math.random();', 'Math.random'],
    ['setTimeout(() => undefined, 5);', 'setTimeout'],
    ['globalThis.setTimeout(() => undefined, 5);', 'setTimeout'],
    ['async function f() {}', 'async'],
    ['const f = async () => 1;', 'async'],
    ['for await (const x of y) x;', 'await'],
    ['const p = Promise.resolve(1);', 'Promise'],
    ['const home = process.env.HOME;', 'process'],
    ['console.log(1);', 'console'],
  ])('%s is found, with what to do', (code, what) => {
    expect(impurities('src/flow/x.ts', `\n${code}`)).toContain(`src/flow/x.ts:2 ${what}: ${IMPURE[what]}`);
  });

  it.each([
    'const day = new Date(0);',
    '// await Date.now()',
    "const say = 'async await';",
    'const o = { process: 1, fetch: 2 };',
    'o.process;',
  ])('%s is fine', (code) => {
    expect(impurities('src/flow/x.ts', code)).toEqual([]);
  });
});

describe('the rules of dependence', () => {
  const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as IFlattenedRuleSet;

  /** The rules that an import between these two modules breaks. */
  async function broken(from: string, to: string): Promise<string[]> {
    const baseDir = mkdtempSync(path.join(os.tmpdir(), 'santral-rules-'));
    try {
      for (const file of [from, to]) mkdirSync(path.join(baseDir, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(baseDir, to), 'export const x = 1;\n');
      writeFileSync(path.join(baseDir, from), `export * from '${path.relative(path.dirname(from), to)}';\n`);
      const options: ICruiseOptions = { baseDir, validate: true, ruleSet: { forbidden: forbidden ?? [] } };
      const { output } = await cruise(['src'], options);
      return (output as ICruiseResult).summary.violations.map(({ rule }) => rule.name);
    } finally {
      rmSync(baseDir, { recursive: true });
    }
  }

  it.each<[from: string, to: string, rule: string]>([
    ['src/domain/a.ts', 'src/flow/b.ts', 'domain-is-the-ground'],
    ['src/flow/a.ts', 'src/ports/b.ts', 'pure-rooms-look-down'],
    ['src/ports/a.ts', 'src/services/b.ts', 'ports-are-types'],
    ['src/services/a.ts', 'src/store/b.ts', 'services-use-ports'],
    ['src/services/a.ts', 'src/connectors/b.ts', 'services-use-ports'],
    ['src/services/a.ts', 'src/files/b.ts', 'services-use-ports'],
    ['src/http/a.ts', 'src/store/b.ts', 'adapters-apart'],
    ['src/store/a.ts', 'src/files/b.ts', 'adapters-apart'],
    ['src/connectors/a.ts', 'src/files/b.ts', 'adapters-apart'],
    ['src/connectors/a.ts', 'src/services/b.ts', 'small-adapters-fill-ports'],
    ['src/files/a.ts', 'src/flow/b.ts', 'small-adapters-fill-ports'],
    ['src/files/a.ts', 'src/config/b.ts', 'small-adapters-fill-ports'],
    ['src/http/a.ts', 'src/app.ts', 'nobody-imports-app'],
    ['src/web/a.ts', 'src/services/b.ts', 'web-stands-alone'],
  ])('%s may not import %s', async (from, to, rule) => {
    expect(await broken(from, to)).toEqual([rule]);
  });

  it.each<[from: string, to: string]>([
    ['src/flow/a.ts', 'src/domain/b.ts'],
    ['src/services/a.ts', 'src/ports/b.ts'],
    ['src/files/a.ts', 'src/ports/b.ts'],
    ['src/connectors/a.ts', 'src/domain/b.ts'],
    ['src/files/a.ts', 'src/files/b.ts'],
  ])('%s may import %s', async (from, to) => {
    expect(await broken(from, to)).toEqual([]);
  });
});
