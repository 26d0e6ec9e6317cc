import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderTemplates, type TemplateValues } from '../../../src/asterisk/provision/render.ts';

const render = (text: string, values: TemplateValues) => renderTemplates(values, new Map([['a.conf', text]])).get('a.conf');

describe('the templates of asterisk-config', () => {
  test.each<[what: string, text: string, values: TemplateValues, rendered: string]>([
    ['a value', 'port = {{port}}', { port: 5060 }, 'port = 5060'],
    ['two values in a line', '{{a}}:{{b}}', { a: 'x', b: 'y' }, 'x:y'],
    ['a kept section', 'a\n{{#on}}\nb\n{{/on}}\nc', { on: true }, 'a\nb\nc'],
    ['a dropped section', 'a\n{{#on}}\nb\n{{/on}}\nc', { on: false }, 'a\nc'],
    ['a section of an empty text', '{{#on}}\nb\n{{/on}}\nc', { on: '' }, 'c'],
    ['a section of a text', '{{#on}}\nb={{on}}\n{{/on}}', { on: 'x' }, 'b=x'],
    ['a list of texts', '{{#peers}}\nmatch = {{peers}}\n{{/peers}}', { peers: ['a', 'b'] }, 'match = a\nmatch = b'],
    ['a list of objects', '{{#p}}\n[{{p.name}}]\n{{/p}}', { p: [{ name: '100' }, { name: '101' }] }, '[100]\n[101]'],
    ['an empty list', '{{#p}}\n[{{p.name}}]\n{{/p}}\nend', { p: [] }, 'end'],
    ['sections within sections', '{{#a}}\n{{#b}}\nx\n{{/b}}\ny\n{{/a}}', { a: true, b: false }, 'y'],
    ['the dialplan’s own signs', 'exten => s,1,Set(X=$[${EPOCH} + {{n}}])', { n: 5 }, 'exten => s,1,Set(X=$[${EPOCH} + 5])'],
    ['a semicolon, which would begin a comment', 'password = {{p}}', { p: 'a;b' }, 'password = a\\;b'],
  ])('render %s', (_what, text, values, rendered) => {
    expect(render(text, values)).toBe(rendered);
  });

  test.each<[what: string, text: string, message: string]>([
    ['an unknown value', 'x\n{{nothing}}', 'a.conf:2: there is no value "nothing"'],
    ['an unknown section', '{{#nothing}}\n{{/nothing}}', 'a.conf:1: there is no value "nothing"'],
    ['a section without an end', '{{#on}}\nx', 'a.conf:1: {{#on}} has no counterpart'],
    ['an end without a section', 'x\n{{/on}}', 'a.conf:2: {{/on}} has no counterpart'],
    ['an unknown field', '{{#list}}\n{{list.other}}\n{{/list}}', 'a.conf:2: there is no value "list.other"'],
  ])('refuse %s, with file and line', (_what, text, message) => {
    expect(() => render(text, { on: true, list: [{ name: 'x' }] })).toThrow(message);
  });

  test('no value can begin a setting or a comment of its own', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ';', '=', '[', ']', '{', '}', '$', '\\', '\n', '\r', ' ', '\u{1F600}') }),
        (value) => {
          if (/[\r\n]/.test(value)) expect(() => render('a = {{value}}', { value })).toThrow('line break');
          else {
            const text = render('a = {{value}}', { value }) ?? '';
            expect(text.split('\n')).toHaveLength(1);
            expect(text).not.toMatch(/(?<!\\);/);
          }
        },
      ),
    );
  });
});
