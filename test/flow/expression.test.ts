import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Value, ValueMap } from '../../src/domain/value.ts';
import { compileExpression, expressionTypes, MAX_EXPRESSION_LENGTH } from '../../src/flow/expression.ts';
import { Fault } from '../../src/flow/fault.ts';
import { Scope } from '../../src/flow/scope.ts';

const CALL = {
  did: '1000',
  ani: '+905550000012',
  language: 'tr',
  brand: 'santral',
  direction: 'inbound',
  talked: 'no',
  ended: '',
  lastNode: '',
  lateResult: '',
} as const;
const VARS: ValueMap = {
  index: 1,
  half: 0.5,
  plate: '34',
  on: true,
  nothing: null,
  dealers: [
    { name: 'A', province: 34, tags: ['x'] },
    { name: 'B', province: 6, tags: [] },
  ],
  params: { province: '06' },
};

function evaluate(source: string, vars: ValueMap = VARS): Value {
  const compiled = compileExpression(source);
  if (!compiled.ok) throw new Error(compiled.problem.message);
  return compiled.expression.evaluate(new Scope(vars, CALL));
}

describe('numbers of variables and whole numbers of the library simply work together', () => {
  test.each<[string, Value]>([
    ['index + 1', 2],
    ['1 + index', 2],
    ['index - 1', 0],
    ['index * 3', 3],
    ['-index', -1],
    ['7 / 2', 3.5],
    ['index / 2', 0.5],
    ['size(dealers) / 4', 0.5],
    ['(index + 1) / (index + 1)', 1],
    ['1 / 4 * 4', 1],
    ['floor(7 / 2)', 3],
    ['round(2.5)', 3],
    ['7 % 4', 3],
    ['index % 2', 1],
    ['half + 1', 1.5],
    ['index + half', 1.5],
    ['int(plate) + index', 35],
    ['int("06")', 6],
    ['int(half)', 0],
    ['dealers[index].name', 'B'],
    ['dealers[index - 1].name', 'A'],
    ['dealers[size(dealers) - 1].name', 'B'],
    ['index == 1', true],
    ['index == 1.0', true],
    ['1 == 1.0', true],
    ['size(dealers) > index', true],
    ['size(dealers) - 1 == index', true],
    ['index in [1, 2]', true],
    ['index >= 1 && index <= 1', true],
    ['int(plate) >= 1 && int(plate) <= 81', true],
    ['plate == "34"', true],
    ["plate == '34'", true],
    ['on ? "yes" : "no"', 'yes'],
    ['!on || index == 1', true],
    ['nothing == null', true],
    ['dealers[0] == dealers[0]', true],
    ['dealers == []', false],
    ['has(params.province)', true],
    ['has(params.other)', false],
    ['"no" + string(index)', 'no1'],
    ['call.did + params.province', '100006'],
    ['dealers.filter(d, d.province == int(params.province))', [(VARS['dealers'] as readonly Value[])[1] as Value]],
    ['dealers.map(d, d.name).join(", ")', 'A, B'],
    ['dealers.exists(d, d.province == 6)', true],
    ['dealers.all(d, size(d.tags) == 0)', false],
    ['dealers.map(d, d.province).filter(p, p > 10)', [34]],
    ['[index, 2, "x"]', [1, 2, 'x']],
    ['{"a": index + 1}', { a: 2 }],
    ['"a,b".split(",")', ['a', 'b']],
    ['"İstanbul".startsWith("İst")', true],
  ])('%s', (source, result) => {
    expect(evaluate(source)).toEqual(result);
  });

  test('any two numbers are compared and reckoned with as JavaScript does, whole or not', () => {
    const number = fc.oneof(fc.integer({ min: -1e6, max: 1e6 }), fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(number, number, (a, b) => {
        const vars = { a, b };
        expect(evaluate('a + b', vars)).toBe(a + b);
        expect(evaluate('a * b', vars)).toBe(a * b);
        expect(evaluate('a < b', vars)).toBe(a < b);
        expect(evaluate('a == b', vars)).toBe(a === b);
        if (Number.isInteger(a)) expect(evaluate(`${a} + b`, vars)).toBe(a + b);
        if (Number.isInteger(b)) expect(evaluate(`a - ${b < 0 ? `(${b})` : b}`, vars)).toBe(a - b);
      }),
    );
  });
});

describe('results are plain JSON', () => {
  test('lists and maps of variables come back as they are, without a copy', () => {
    expect(evaluate('dealers[0]')).toBe((VARS['dealers'] as readonly Value[])[0]);
    expect(evaluate('dealers')).toBe(VARS['dealers']);
  });

  test('every result survives JSON', () => {
    for (const source of ['[1, [2, {"x": size(dealers)}]]', '{"a": dealers, "n": 2}', 'dealers.map(d, {"n": d.province + 1})']) {
      const value = evaluate(source);
      expect(JSON.parse(JSON.stringify(value))).toEqual(value);
    }
  });

  test.each(['index / 0', '1 / 0', '9007199254740993', 'size', 'call.nothing'])('%s is a fault, not a value', (source) => {
    expect(() => evaluate(source)).toThrow(Fault);
  });
});

describe('mistakes at run time are faults that hold no values', () => {
  test.each([
    'dealers[9].name',
    'dealers[-1]',
    'dealers[half]',
    'unknown + 1',
    'int("1*")',
    'dealers[0].fax',
    'plate + 1',
    'nothing.x',
    'size(index)',
    'bool(plate)',
    'params[plate]',
  ])('%s', (source) => {
    expect(() => evaluate(source)).toThrow(Fault);
    try {
      evaluate(source, { ...VARS, plate: 'secret-4711' });
    } catch (error) {
      expect((error as Fault).message).not.toContain('4711');
    }
  });

  test('a condition must be true or false', () => {
    const compiled = compileExpression('index');
    if (!compiled.ok) throw new Error('bad');
    expect(() => compiled.expression.test(new Scope(VARS, CALL))).toThrow('neither true nor false');
  });
});

describe('what is refused at load', () => {
  test.each([
    ['plate.matches("(a+)+$")', /no function \.matches/],
    ['dealers.map(d, dealers.map(e, d.name + e.name))', /inside another one/],
    ['dealers.exists(d, d.tags.exists(t, t == "x"))', /inside another one/],
    ['eval("1")', /no function eval/],
    ['dealers.constructor()', /no function \.constructor/],
    ['timestamp("2024-01-01T00:00:00Z")', /no function timestamp/],
    ['cel.bind(x, 1, x)', /no function \.bind/],
    ['asFraction(1)', /no function asFraction/],
    ['b"bytes"', /literal/],
    ['index +', /unexpected end of the expression/],
    ['index = 1', /unexpected character/],
    ['a and b', /unexpected/],
    ['"open', /unterminated/],
    ['', /unexpected end/],
    ['1 + '.repeat(MAX_EXPRESSION_LENGTH) + 1, /longer than/],
    ['['.repeat(60) + ']'.repeat(60), /depth|exceed/],
    ['1 + true', /no such overload/],
    ['on && 1', /bool/],
  ])('%s', (source, message) => {
    const compiled = compileExpression(source);
    expect(compiled.ok).toBe(false);
    if (!compiled.ok) {
      expect(compiled.problem.message).toMatch(message);
      expect(compiled.problem.remedy).not.toBe('');
    }
  });

  test.each([
    'constructor',
    'toString',
    '__proto__',
    'hasOwnProperty',
    'dealers.constructor',
    'dealers.__proto__',
    'params.__proto__',
    'dealers[0]["constructor"]',
  ])('nothing of JavaScript can be reached: %s', (source) => {
    const compiled = compileExpression(source);
    if (compiled.ok) expect(() => compiled.expression.evaluate(new Scope(VARS, CALL))).toThrow(Fault);
  });

  test('text that is compared with a number is found at load, when the variable is text for certain', () => {
    const types = expressionTypes(['plate']);
    const compiled = compileExpression('plate == 34', types);
    expect(compiled).toMatchObject({ ok: false, problem: { message: expect.stringContaining('text is mixed with a number') } });
    for (const good of [
      'plate == "34"',
      'int(plate) == 34',
      'plate == null',
      'other == 34',
      'size(plate) > 2',
      'plate < "5"',
      'call.did == "1"',
    ])
      expect(compileExpression(good, types), good).toMatchObject({ ok: true });
    expect(compileExpression('call.did == 1000', types)).toMatchObject({ ok: false });
  });
});

test('the names that are read are told, without those an expression makes itself', () => {
  const names = (source: string) => {
    const compiled = compileExpression(source);
    return compiled.ok ? [...compiled.expression.names].sort() : [];
  };
  expect(names('dealers.filter(d, d.province == int(plate)).map(x, x.name)[index].y')).toEqual(['dealers', 'index', 'plate']);
  expect(names('call.did == params.province && has(call.ani)')).toEqual(['call.ani', 'call.did', 'params.province']);
  expect(names('size(call) > a / b')).toEqual(['a', 'b', 'call']);
});

test('nothing an author writes throws anything but a problem or a fault', () => {
  const piece = fc.constantFrom(
    'index',
    'dealers',
    'plate',
    '+',
    '-',
    '/',
    '(',
    ')',
    '[',
    ']',
    '.',
    'd',
    ',',
    '"x"',
    '1',
    '0.5',
    'size',
    '.map',
    '&&',
    '?',
    ':',
    '{',
    '}',
    'in',
    'null',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const compiled = compileExpression(pieces.join(' '));
      if (!compiled.ok) return;
      try {
        const value = compiled.expression.evaluate(new Scope(VARS, CALL));
        expect(JSON.parse(JSON.stringify(value))).toEqual(value);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
      }
    }),
    { numRuns: 2000 },
  );
});
