import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ACTIONS } from '../../../src/flow/actions.ts';
import { NODE_KINDS } from '../../../src/flow/nodes/registry.ts';
import { PROBLEMS } from '../../../src/flow/problems.ts';
import { SCENARIO_PROBLEMS } from '../../../src/flow/scenario/problems.ts';

/** A problem as the source writes it, with an example in place of what is put in. */
export interface SaidProblem {
  readonly place: string;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

const CODES = new Set<string>([...PROBLEMS.map(({ code }) => code), ...Object.keys(SCENARIO_PROBLEMS)]);
const required = ACTIONS.flatMap(({ params }) => Object.values(params).filter((one) => one.required === true));
const mandatory = NODE_KINDS.flatMap(({ exits }) => exits.filter(({ otherwise }) => otherwise === undefined));

/** Words that are put in and are no name of the author's. Everything else stands for a name. */
const PUT_IN: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^named\(/, ['a list', 'text', 'true or false', 'anything', 'a number', 'a map']],
  [/^nameOf\(at\)/, ['"x"', 'the value']],
  [/^kindOf\(/, ['a map', 'empty']],
  [
    /^EXPOSED\[/,
    ['spoken', 'copied into another variable', 'put into an address', 'dialled', 'handed to another flow', 'written into a message'],
  ],
  [/^MISSING\[/, ['an e-mail needs an address', 'a webhook needs its name']],
  [/^NO_ADDRESS\[/, ['no number that an SMS reaches', 'no e-mail address', 'no name of a webhook']],
  [/^spec\.doc$/, mandatory.map(({ doc }) => doc)],
  [/^signature\.params\[name\]\?\.doc/, required.map(({ doc }) => doc)],
  [/^LANGUAGES\.join\(' or '\)/, ['tr or en']],
  [/^LANGUAGES\.join\(', '\)/, ['tr, en']],
  [/^the what$/, ['prompt', 'calendar', 'tree of dispositions', 'flow']],
  [/^of what$/, ['a person', 'a department', 'a dealer']],
  [/^where$/, ['Calendars stand in flows/calendars/.', 'Trees stand in flows/dispositions.yaml.', 'Flows stand in flows/.']],
  [
    /^EXAMPLES\[/,
    [
      'text, digits in quotes: "10"',
      'a number without quotes: 10',
      'true or false, without quotes',
      'any plain value',
      'the number another flow: a number can give no map',
    ],
  ],
  [/^placeName\(/, ['"x"', 'The file']],
  [/^expected$/, ['a list', 'one of x, y', 'at most 1 character']],
  [/^given$/, ['', ', not empty', ', not the number 5']],
  [/^said$/, ['"x"', 'a map']],
  [/^KINDS\[/, ['a map', 'a list', 'text', 'a number', 'true or false']],
  [/^no what$/, ['date', 'time of day']],
  [/^need$/, ['a date such as 2026-10-29', 'a time such as 14:30', 'an instant in UTC milliseconds']],
  [/^wrong$/, ['is missing', 'must be text', 'must be text, not the number 5']],
  [/^message$/, ['this kind of literal is not known here']],
  [/^MAX_|^MOST_|length$/, ['7']],
];

/** What the schemas say of a value that does not fit: `'must be …'`. */
export function mustsInSource(dir: string): { readonly file: string; readonly must: string }[] {
  return filesOf(dir).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(path.join(dir, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const said: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) said.push(...textsOf(node, new Map()));
      else ts.forEachChild(node, visit);
    };
    visit(source);
    return said.filter((text) => /^(?:must|may) (?:be|hold|name|have) ./.test(text)).map((must) => ({ file, must }));
  });
}

/** What is said at run time: a fault's message, or what a scenario's step says. */
export function spokenInSource(dir: string): { readonly place: string; readonly what: 'fault' | 'failure'; readonly message: string }[] {
  return filesOf(dir).flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(path.join(dir, file), 'utf8'), ts.ScriptTarget.Latest, true);
    const said: { place: string; what: 'fault' | 'failure'; message: string }[] = [];
    const note = (what: 'fault' | 'failure', node: ts.Expression | undefined) => {
      if (node === undefined) return;
      const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      said.push(...textsOf(node, constantsOf(source)).map((message) => ({ place, what, message })));
    };
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && node.expression.getText() === 'Fault') note('fault', node.arguments?.[1]);
      if (ts.isCallExpression(node) && /^(?:difference|otherwise)$/.test(node.expression.getText())) note('failure', node.arguments[0]);
      if (ts.isObjectLiteralExpression(node) && fieldOf(node, 'expected') !== undefined) note('failure', fieldOf(node, 'message'));
      ts.forEachChild(node, visit);
    };
    visit(source);
    return said;
  });
}

function filesOf(dir: string): string[] {
  const all = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  return all.filter((one) => one.endsWith('.ts') && !one.startsWith('turkish'));
}

/** Every call in the flow room that names a code of the catalogue and says something that stands in the source. */
export function saidInSource(dir: string): SaidProblem[] {
  return filesOf(dir).flatMap((file) => saidIn(file, readFileSync(path.join(dir, file), 'utf8')));
}

function saidIn(file: string, text: string): SaidProblem[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const constants = constantsOf(source);
  const said: SaidProblem[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const at = node.arguments.findIndex((one) => codesIn(one).length > 0);
      const [message, remedy] = node.arguments.slice(at + 1);
      if (at >= 0 && message !== undefined && remedy !== undefined) {
        const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
        const [whats, hows] = [textsOf(message, constants), textsOf(remedy, constants)];
        // What is made elsewhere (a sentence of the shape, of a library) is another test's.
        for (const what of whats)
          for (const how of hows.length === 0 ? [''] : hows)
            for (const code of codesIn(node.arguments[at] as ts.Expression)) said.push({ place, code, message: what, remedy: how });
      }
    }
    if (ts.isObjectLiteralExpression(node)) {
      const [code, message, remedy] = ['code', 'message', 'remedy'].map((name) => fieldOf(node, name));
      if (code !== undefined && message !== undefined && remedy !== undefined)
        for (const what of textsOf(message, constants))
          for (const how of textsOf(remedy, constants))
            said.push({ place: file, code: codesIn(code)[0] ?? (ts.isStringLiteral(code) ? code.text : ''), message: what, remedy: how });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return said.filter(({ message }) => message !== '');
}

function fieldOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const field = node.properties.find((one) => one.name?.getText() === name);
  if (field === undefined) return undefined;
  return ts.isPropertyAssignment(field) ? field.initializer : ts.isShorthandPropertyAssignment(field) ? field.name : undefined;
}

function codesIn(node: ts.Expression): string[] {
  if (ts.isConditionalExpression(node)) return [...codesIn(node.whenTrue), ...codesIn(node.whenFalse)];
  // `${ROOM}.bad-name`
  if (ts.isTemplateExpression(node) && node.head.text === '' && node.templateSpans.length === 1)
    return node.templateSpans.flatMap(({ literal }) => (literal.text.startsWith('.') ? [literal.text.slice(1)] : []));
  return ts.isStringLiteral(node) && (CODES.has(node.text) || /^[a-z]+\.[a-z-]+$/.test(node.text)) ? [node.text] : [];
}

function constantsOf(source: ts.SourceFile): Map<string, ts.Expression[]> {
  const found = new Map<string, ts.Expression[]>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined)
      found.set(node.name.text, [...(found.get(node.name.text) ?? []), node.initializer]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

type Constants = ReadonlyMap<string, readonly ts.Expression[]>;

/** All that an expression may say, with examples; empty when it is made elsewhere. */
function textsOf(node: ts.Expression, constants: Constants): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression, constants);
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue, constants), ...textsOf(node.whenFalse, constants)];
  if (ts.isTemplateExpression(node)) return templateTexts(node, constants);
  if (ts.isIdentifier(node)) {
    // Of several constants of one name, the nearest above.
    const nearest = constants.get(node.text)?.findLast((one) => one.pos < node.pos);
    return nearest === undefined ? [] : textsOf(nearest, constants);
  }
  if (ts.isCallExpression(node) && node.expression.getText() === 'didYouMean')
    return ['Did you mean "x"?', ...textsOf(node.arguments[2] as ts.Expression, constants)];
  return [];
}

function templateTexts(node: ts.TemplateExpression, constants: Constants): string[] {
  let texts = [node.head.text];
  for (const span of node.templateSpans) {
    texts = texts.flatMap((text) => putIn(span.expression, constants, text).map((one) => `${text}${one}${span.literal.text}`));
  }
  return texts;
}

function putIn(node: ts.Expression, constants: Constants, before: string): readonly string[] {
  const written = node.getText() === 'what' ? `${before.trim().split(' ').at(-1)} what` : node.getText();
  const own = PUT_IN.find(([shape]) => shape.test(written));
  if (own !== undefined) return own[1];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.BarBarToken)
    return ['x, y', ...textsOf(node.right, constants)];
  const texts = ts.isConditionalExpression(node) || ts.isTemplateExpression(node) ? textsOf(node, constants) : [];
  if (texts.length > 0) return texts;
  const constant = ts.isIdentifier(node) ? textsOf(node, constants) : [];
  return constant.length > 0 ? constant : ['x'];
}
