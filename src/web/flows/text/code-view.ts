import { autocompletion, type Completion, type CompletionContext, type CompletionResult, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Text } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { FlowProblem } from '../../api/flow-problems.ts';
import type { Choice, Choices } from './choices.ts';

export interface CodeViewNeeds {
  readonly text: string;
  /** For screen readers. */
  readonly label: string;
  readonly onText: (text: string) => void;
  readonly onSave: () => void;
  /** What may stand at a place; null when nothing is known of it. */
  readonly choices: (text: string, offset: number) => Choices | null;
}

/** The one place that knows CodeMirror's view. */
export interface CodeView {
  /** Another text takes the place of this one, unless it is the same. */
  show(text: string): void;
  mark(problems: readonly FlowProblem[]): void;
  /** Puts the cursor at the beginning of a line, and the line in sight. */
  goTo(line: number): void;
  close(): void;
}

/** Colours from the theme's variables, so that they follow the scheme. */
const HIGHLIGHT = HighlightStyle.define([
  { tag: tags.propertyName, class: 'cm-flow-key' },
  { tag: [tags.string, tags.special(tags.string)], class: 'cm-flow-string' },
  { tag: [tags.comment, tags.lineComment], class: 'cm-flow-comment' },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], class: 'cm-flow-value' },
  { tag: tags.invalid, class: 'cm-flow-invalid' },
]);

export function openCodeView(parent: HTMLElement, needs: CodeViewNeeds): CodeView {
  const view = new EditorView({ parent, state: EditorState.create({ doc: needs.text, extensions: extensionsFor(needs) }) });
  return {
    show(text) {
      const { doc } = view.state;
      if (doc.toString() !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
    },
    mark: (problems) => view.dispatch(setDiagnostics(view.state, diagnosticsOf(problems, view.state.doc))),
    goTo(line) {
      const { from } = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'start', yMargin: 40 }) });
      view.focus();
    },
    close: () => view.destroy(),
  };
}

function extensionsFor({ label, onText, onSave, choices }: CodeViewNeeds) {
  const save = (): boolean => {
    onSave();
    return true;
  };
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    yaml(),
    syntaxHighlighting(HIGHLIGHT),
    autocompletion({ override: [(context) => complete(context, choices)], icons: false }),
    keymap.of([
      { key: 'Mod-s', run: save, preventDefault: true },
      ...completionKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onText(update.state.doc.toString());
    }),
  ];
}

function complete(context: CompletionContext, choicesAt: CodeViewNeeds['choices']): CompletionResult | null {
  const choices = choicesAt(context.state.doc.toString(), context.pos);
  if (choices === null || (choices.from === context.pos && !context.explicit)) return null;
  return { from: choices.from, options: choices.items.map(completionOf), validFor: /^["']?[\w.*#-]*$/ };
}

function completionOf({ label, kind, info }: Choice): Completion {
  return { label, type: kind, ...(info === undefined ? {} : { info }), ...(kind === 'key' ? { apply: `${label}: ` } : {}) };
}

function diagnosticsOf(problems: readonly FlowProblem[], doc: Text): Diagnostic[] {
  return problems.map(({ line: number, column, severity, message, remedy }) => {
    const line = doc.line(Math.min(Math.max(number, 1), doc.lines));
    const from = Math.min(line.from + column - 1, line.to);
    const word = /^[^\s:,\]}]*/.exec(doc.sliceString(from, line.to))?.[0].length ?? 0;
    return { from, to: Math.min(from + Math.max(word, 1), line.to), severity, message: remedy === '' ? message : `${message}. ${remedy}` };
  });
}
