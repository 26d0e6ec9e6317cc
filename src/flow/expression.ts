import { EvaluationError, ParseError } from '@marcbachmann/cel-js';
import type { Value } from '../domain/value.ts';
import { type CelEnvironment, celEnvironment, typedEnvironment } from './cel.ts';
import { type ExpressionProblem, guard } from './expression-guard.ts';
import { plainResult } from './expression-result.ts';
import { Fault } from './fault.ts';
import type { Scope } from './scope.ts';

export const MAX_EXPRESSION_LENGTH = 500;

/** An expression ready to be worked out. */
export interface Expression {
  readonly source: string;
  /** The names it reads: variables, `call.did`, `params.province`; `call` or `params` alone when they are read whole. */
  readonly names: readonly string[];
  /** Throws a Fault; gives a plain JSON value. */
  evaluate(scope: Scope): Value;
  /** Like `evaluate`, and faults when the result is neither true nor false. */
  test(scope: Scope): boolean;
}

export type CompiledExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly problem: ExpressionProblem };

const HOW = 'Expressions look like: index + 1, size(dealers) > 0, plate == "34", int(plate) <= 81, a && !b.';

/**
 * The one way to an expression (CEL): refuses at load what could be slow or dangerous, and checks types as far as they
 * are known. Numbers of variables are JavaScript numbers; `/` gives fractions.
 */
export function compileExpression(source: string, types?: CelEnvironment): CompiledExpression {
  if (source.length > MAX_EXPRESSION_LENGTH)
    return fail(`the expression is longer than ${MAX_EXPRESSION_LENGTH} characters`, 'Split it over several set nodes.', 0);
  try {
    const parsed = celEnvironment.parse(source);
    const guarded = guard(parsed.ast);
    if (!guarded.ok) return guarded;
    const checked = (types ?? celEnvironment).check(source);
    if (!checked.valid) return typeProblem(checked.error as { summary: string; range?: { start: number } });
    return { ok: true, expression: ready(source, guarded.names, parsed as unknown as (names: ReadonlyMap<string, Value>) => unknown) };
  } catch (error) {
    if (error instanceof ParseError)
      return fail(lower(error.summary).replace('token: EOF', 'end of the expression'), HOW, error.range?.start ?? 0);
    return fail(error instanceof Error ? error.message : 'the expression cannot be read', HOW, 0);
  }
}

/** The types of a flow's variables as far as they are certain, for `compileExpression`. */
export function expressionTypes(texts: readonly string[]): CelEnvironment {
  return typedEnvironment(texts);
}

const BARE_NAME = /^[A-Za-z]\w*$/;

function ready(source: string, names: readonly string[], run: (names: ReadonlyMap<string, Value>) => unknown): Expression {
  // A name alone is a value that was plain when it was set: a long list is not walked again.
  const bare = BARE_NAME.test(source) && names.length === 1 && names[0] === source && source !== 'call' ? source : null;
  const evaluate = (scope: Scope): Value => {
    try {
      const value = bare === null ? undefined : scope.get(bare);
      if (value !== undefined) return value;
      return plainResult(run(scope.asMap()));
    } catch (error) {
      if (error instanceof Fault) throw error;
      // The library's own words may hold values (a key, a text): only the kind of mistake is told.
      throw new Fault(
        'expression',
        `${source}: ${error instanceof EvaluationError ? error.code.replaceAll('_', ' ') : 'cannot be worked out'}`,
      );
    }
  };
  return {
    source,
    names,
    evaluate,
    test(scope) {
      const value = evaluate(scope);
      if (typeof value !== 'boolean') throw new Fault('not-a-condition', `${source}: gives neither true nor false`);
      return value;
    },
  };
}

function typeProblem(error: { readonly summary: string; readonly range?: { readonly start: number } }): CompiledExpression {
  const summary = lower(error.summary);
  const mixed = /no such overload: (?=.*\bstring\b)(?=.*\b(?:int|double)\b)/.test(summary);
  return fail(
    mixed ? `text is mixed with a number (${summary})` : summary,
    mixed ? 'What callers type is text: compare with text, plate == "34", or turn it into a number, int(plate) == 34.' : HOW,
    error.range?.start ?? 0,
  );
}

function fail(message: string, remedy: string, offset: number): { readonly ok: false; readonly problem: ExpressionProblem } {
  return { ok: false, problem: { message, remedy, offset } };
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
