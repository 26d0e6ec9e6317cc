import type { Language } from '../../domain/language.ts';
import { el } from './element.ts';
import type { Answer, Asked, OpenForm } from './engine.ts';
import type { Words } from './words.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
/** Digits that the shortest number has; what can be called is the engine's to say. */
const FEWEST_DIGITS = 7;
const EXAMPLE = '0555 000 00 17';
const LONGEST_NUMBER = '40';
const LONGEST_NAME = '80';
const LONGEST_NOTE = '500';

/** What was typed, by field: kept when the form is drawn anew. */
export type Typed = Readonly<Record<string, string>>;

export interface Fields {
  readonly nodes: readonly Node[];
  typed(): Typed;
  answer(language: Language): Answer;
  /** Tells what is missing beside each field, and goes to the first; true: nothing is. */
  complete(): boolean;
  /** Fields that the engine did not take; true: one of them is here. */
  refuse(names: readonly string[]): boolean;
}

export function timeText(at: number, language: Language): string {
  const style = { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(language, style).format(at);
}

/** The fields of a form in one language. */
export function fieldsOf({ form, times }: OpenForm, language: Language, words: Words, typed: Typed): Fields {
  const controls = new Map<string, { readonly control: Control; readonly fault: HTMLElement; readonly required: boolean }>();
  const nodes: Node[] = [];

  function add(name: string, control: Control, required: boolean, label: (fault: HTMLElement) => readonly (Node | string)[]): void {
    const fault = el('p', { class: 'fault', id: `${name}-fault` });
    fault.hidden = true;
    control.id = name;
    control.name = name;
    if (required) control.setAttribute('aria-required', 'true');
    const before = typed[name] ?? '';
    if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = before !== '';
    else control.value = before;
    controls.set(name, { control, fault, required });
    nodes.push(el('div', {}, ...label(fault)));
  }

  function text(name: string, title: string, asked: Asked, control: Control): void {
    if (asked === 'off') return;
    const more = asked === 'optional' ? el('span', {}, ` (${words.optional})`) : null;
    add(name, control, asked === 'required', (fault) => [el('label', { for: name }, title, more), control, fault]);
  }

  function choice(name: string, title: string, first: string, options: readonly (readonly [value: string, text: string])[]): void {
    if (options.length === 0) return;
    const all = [['', first] as const, ...options].map(([value, shown]) => el('option', { value }, shown));
    text(name, title, 'optional', el('select', {}, ...all));
  }

  const tel = { type: 'tel', autocomplete: 'tel', maxlength: LONGEST_NUMBER, placeholder: EXAMPLE };
  text('number', words.number, 'required', el('input', tel));
  text('name', words.name, form.name, el('input', { autocomplete: 'name', maxlength: LONGEST_NAME }));
  choice(
    'topic',
    words.topic,
    words.choose,
    form.topics.map(({ id, label }) => [id, label[language]]),
  );
  text('note', words.note, form.note, el('textarea', { rows: '3', maxlength: LONGEST_NOTE }));
  choice(
    'notBefore',
    words.time,
    words.soon,
    times.map((at) => [String(at), timeText(at, language)]),
  );
  const box = el('input', { type: 'checkbox' });
  add('consent', box, true, (fault) => [
    el('label', { class: 'check', for: 'consent' }, box, el('span', {}, form.consent.text[language])),
    fault,
  ]);
  // People do not see it, and read-aloud programs pass it over.
  const trap = el('input', { name: 'website', tabindex: '-1', autocomplete: 'off' });
  nodes.push(el('div', { class: 'trap', 'aria-hidden': 'true' }, el('label', {}, 'Website', trap)));

  const value = (name: string): string => {
    const control = controls.get(name)?.control;
    if (control instanceof HTMLInputElement && control.type === 'checkbox') return control.checked ? 'yes' : '';
    return control?.value.trim() ?? '';
  };

  function show(name: string, message: string | null): void {
    const one = controls.get(name);
    if (one === undefined) return;
    one.fault.textContent = message ?? '';
    one.fault.hidden = message === null;
    one.control.setAttribute('aria-invalid', String(message !== null));
    if (message === null) one.control.removeAttribute('aria-describedby');
    else one.control.setAttribute('aria-describedby', one.fault.id);
  }

  function tell(faults: ReadonlyMap<string, string>): boolean {
    for (const name of controls.keys()) show(name, faults.get(name) ?? null);
    const [first] = [...controls].filter(([name]) => faults.has(name));
    first?.[1].control.focus();
    return first !== undefined;
  }

  const said: Readonly<Record<string, string>> = { number: words.noNumber, consent: words.noConsent, notBefore: words.badTime };
  const message = (name: string): string => said[name] ?? words.required;

  return {
    nodes,
    typed: () => Object.fromEntries([...controls.keys()].map((name) => [name, value(name)])),
    answer: (spoken) => ({
      ...{ language: spoken, number: value('number'), name: value('name'), topic: value('topic'), note: value('note') },
      ...{ consent: form.consent.version, website: trap.value },
      notBefore: value('notBefore') === '' ? null : Number(value('notBefore')),
    }),
    complete() {
      const missing = [...controls].filter(([name, { required }]) => {
        if (name === 'number') return value(name).replace(/\D/g, '').length < FEWEST_DIGITS;
        return required && value(name) === '';
      });
      return !tell(new Map(missing.map(([name]) => [name, message(name)])));
    },
    refuse: (names) => tell(new Map(names.filter((name) => controls.has(name)).map((name) => [name, message(name)]))),
  };
}
