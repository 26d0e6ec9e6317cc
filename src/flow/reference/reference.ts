import { z } from 'zod';
import { ACTIONS } from '../actions.ts';
import { descriptionOf, INHERITED } from '../defaults.ts';
import { engineDefault } from '../engine-defaults.ts';
import { FAULT_CODES } from '../fault.ts';
import { FILTERS } from '../filters.ts';
import { flowHeader } from '../flow-schema.ts';
import type { NodeKind } from '../nodes/kind.ts';
import { NODE_KINDS } from '../nodes/registry.ts';
import { PROBLEMS } from '../problems.ts';
import { AFTER_CALL, DEFAULTS, INTRODUCTION, LIMITS, PROMPTS, VALUES } from './prose.ts';

/** The reference of the language for those who write flows: `flows/README.md`. */
export function flowReference(): string {
  const nodes = NODE_KINDS.map((kind) => `[${kind.type}](#${kind.type})`).join(' · ');
  return [
    INTRODUCTION,
    `## The top of a flow\n\n${fieldTable(flowHeader)}\n| \`nodes\` | yes | The nodes by name. |\n`,
    `## Defaults\n\n${DEFAULTS}\n${defaultsTable()}\n`,
    PROMPTS,
    VALUES,
    AFTER_CALL,
    `## Filters\n\n${table(
      ['filter', 'what it does', 'example'],
      FILTERS.map(({ name, doc, example }) => [code(name), doc, code(example)]),
    )}\n`,
    `## Nodes\n\n${nodes}\n`,
    ...NODE_KINDS.map(nodeSection),
    `## Actions\n\n${ACTIONS.map(actionSection).join('\n')}`,
    `## What the checker says\n\nEach code begins with \`flow.\`. Errors keep a flow from being published.\n\n${problemTable()}\n`,
    `## Faults at run time\n\nMistakes that show only during a call take the exit \`error\` and are told in the call's journal.\n\n${LIMITS}\n${faultTable()}\n`,
  ].join('\n');
}

function nodeSection(kind: NodeKind): string {
  const { type, summary, doc, example, schema, exits } = kind;
  const ways = exits.map((exit) => [code(exit.name), exit.doc, exit.otherwise === undefined ? '' : OTHERWISE[exit.otherwise]]);
  return [
    `### ${type}\n`,
    `**${summary}** ${doc}\n`,
    `\`\`\`yaml\n${example}\n\`\`\`\n`,
    ...(Object.keys(schema.shape).some(isOwnField) ? [`${fieldTable(schema)}\n`] : []),
    ...(ways.length === 0 ? [] : [`${table(['exit', 'taken when', 'not wired'], ways)}\n`]),
  ].join('\n');
}

const OTHERWISE = {
  next: '`next`',
  error: '`error`',
  exhausted: '`exhausted`',
  failed: '`failed`',
  closed: '`closed`',
  status: '`status`',
  empty: '`empty`',
  end: '`end`',
  engine: 'the flow’s, else the built-in end',
} as const;

function isOwnField(name: string): boolean {
  return name !== 'type' && name !== 'exits' && name !== 'next';
}

function fieldTable(schema: z.ZodObject): string {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>).filter(
    ([name]) => isOwnField(name) || schema === (flowHeader as z.ZodObject),
  );
  return table(
    ['field', 'needed', 'meaning'],
    fields.map(([name, field]) => [code(name), field instanceof z.ZodOptional ? '' : 'yes', descriptionOf(field)]),
  );
}

/** What a flow may set for all its nodes of a type, with the engine's own values. */
function defaultsTable(): string {
  const rows = Object.entries(INHERITED).map(([type, fields]) => [
    code(type),
    Object.keys(fields)
      .map((name) => code(`${name}: ${yamlOf(engineDefault(type, name) ?? '')}`))
      .join(', '),
  ]);
  return table(['type', 'fields, with the engine’s values'], rows);
}

function yamlOf(value: string): string {
  return /^[*#]/.test(value) ? `"${value}"` : value;
}

function actionSection({ name, doc, params, result, exits }: (typeof ACTIONS)[number]): string {
  const rows = Object.entries(params).map(([param, { required, doc: meaning }]) => [code(param), required ? 'yes' : '', meaning]);
  const none = exits.includes('none') ? ' Takes the exit `none` when the list is empty.' : '';
  return `**${name}** ${doc} ${result}${none}\n\n${table(['parameter', 'needed', 'meaning'], rows)}\n`;
}

function problemTable(): string {
  return table(
    ['code', '', 'meaning'],
    PROBLEMS.map(({ code: name, severity, doc }) => [code(name), severity, doc]),
  );
}

function faultTable(): string {
  return table(
    ['code', 'meaning'],
    Object.entries(FAULT_CODES).map(([name, doc]) => [code(name), doc]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function code(text: string): string {
  return `\`${text}\``;
}
