import { expect, it } from 'vitest';

/** As its JSDoc says; it is plain JavaScript. */
interface Checks {
  scoreOf(summary: Summary, code: number): Score;
  total(scores: readonly Score[]): Score;
  lastLine(score: Score): string;
}
interface Score {
  readonly passed: number;
  readonly failed: number;
  readonly again: readonly string[];
}
type Summary = ReturnType<typeof summary>;

const { lastLine, scoreOf, total } = (await import(new URL('../src/setup/checks.mjs', import.meta.url).href)) as Checks;

const verdict = (fullName: string, status: string, failureMessages: string[] = []) => ({ fullName, status, failureMessages });
const summary = (...assertionResults: ReturnType<typeof verdict>[]) => ({
  numPassedTests: assertionResults.filter(({ status }) => status === 'passed').length,
  numFailedTests: assertionResults.filter(({ status }) => status === 'failed').length,
  testResults: [{ assertionResults }],
});

it('tests that passed at a further try are named, in whichever run they were', () => {
  const first = scoreOf(summary(verdict('keys one', 'passed'), verdict('keys two', 'passed', ['it came late'])), 0);
  const second = scoreOf(summary(verdict('page', 'passed', ['no page']), verdict('desk', 'failed', ['no desk', 'no desk'])), 1);
  expect(lastLine(total([first, second]))).toBe('3 passed, 1 failed; at a further try only: keys two | page');
});

it('nothing is added when every test passed at once', () => {
  expect(lastLine(total([scoreOf(summary(verdict('keys', 'passed')), 0)]))).toBe('1 passed, 0 failed');
});

it('a run that ended badly without a failed test counts as one', () => {
  expect(lastLine(scoreOf(summary(verdict('keys', 'passed')), 1))).toBe('1 passed, 1 failed');
});
