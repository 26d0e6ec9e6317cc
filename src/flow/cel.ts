import { Environment } from '@marcbachmann/cel-js';

export type CelEnvironment = InstanceType<typeof Environment>;

/**
 * CEL keeps whole numbers (bigint) and fractions (number) apart and has no mixed arithmetic. Variables hold JavaScript
 * numbers, literals and size() are whole: these overloads make `index + 1` and `size(x) - index` work for people.
 */
function santralEnvironment(): CelEnvironment {
  const environment = new Environment({
    unlistedVariablesAreDyn: true,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 200, maxDepth: 20, maxListElements: 100, maxMapEntries: 50, maxCallArguments: 5 },
  });
  const mixed = [
    ['int', 'double'],
    ['double', 'int'],
  ] as const;
  for (const [left, right] of mixed) {
    environment.registerOperator(`${left} + ${right}: double`, (a: unknown, b: unknown) => Number(a) + Number(b));
    environment.registerOperator(`${left} - ${right}: double`, (a: unknown, b: unknown) => Number(a) - Number(b));
    environment.registerOperator(`${left} * ${right}: double`, (a: unknown, b: unknown) => Number(a) * Number(b));
    environment.registerOperator(`${left} % ${right}: double`, (a: unknown, b: unknown) => Number(a) % Number(b));
  }
  environment.registerOperator('double % double: double', (a: number, b: number) => a % b);
  // A text may be asked whether it is there; its type is then known, and the library would refuse.
  environment.registerOperator('string == null', () => false);
  environment.registerOperator('int == double', (a: unknown, b: unknown) => Number(a) === Number(b));
  for (const type of ['int', 'double']) {
    environment.registerFunction(`${FRACTION}(${type}): double`, (value: unknown) => Number(value));
    environment.registerFunction(`round(${type}): double`, (value: unknown) => Math.round(Number(value)));
    environment.registerFunction(`floor(${type}): double`, (value: unknown) => Math.floor(Number(value)));
  }
  return environment;
}

/** Put around both sides of `/`, so that 7 / 2 is 3.5 whichever kind of number the sides are. Authors cannot write it. */
export const FRACTION = 'asFraction';

export const celEnvironment: CelEnvironment = santralEnvironment();

/** The same with the names that are certainly text, for checking only: `plate == 34` is found at load. */
export function typedEnvironment(texts: readonly string[]): CelEnvironment {
  const environment = celEnvironment.clone();
  environment.registerVariable('call', 'map<string, string>');
  for (const name of texts) environment.registerVariable(name, 'string');
  return environment;
}

/** `x / y` of an AST as `asFraction(x) / asFraction(y)`; changes the node in place, before its types are worked out. */
export function fractionAround(node: CelNode): CelNode {
  const call = celEnvironment.parse(`${FRACTION}(x)`).ast as unknown as { args: [string, CelNode[]] } & CelNode;
  call.args[1][0] = node;
  return call;
}

/** As much of the library's AST as we look at. */
export interface CelNode {
  readonly op: string;
  args: unknown;
  readonly start: number;
}
