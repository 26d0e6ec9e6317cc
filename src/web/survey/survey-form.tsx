import { type FormEvent, useState } from 'react';
import type { Language } from '../../domain/language.ts';
import { isAsked } from '../../domain/survey.ts';
import { CommentField } from './comment-field.tsx';
import { faultOf, type GivenAnswer, type LinkFault, type PageQuestion, type PageSurvey, sendAnswers } from './link.ts';
import { NumberField } from './number-field.tsx';
import { WORDS } from './words.ts';

type Given = ReadonlyMap<string, number>;

interface FormProps {
  readonly token: string;
  readonly survey: PageSurvey;
  readonly language: Language;
  readonly onDone: () => void;
  readonly onFault: (fault: LinkFault) => void;
}

/** The questions that are for this person, by what was answered so far. */
export function SurveyForm({ token, survey, language, onDone, onFault }: FormProps) {
  const words = WORDS[language];
  const [numbers, setNumbers] = useState<Given>(new Map());
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const [state, setState] = useState<'ready' | 'missing' | 'sending' | 'trouble'>('ready');
  const asked = survey.questions.filter((question) => isAsked(question, numbers));
  const [first] = asked;

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (first !== undefined && first.kind !== 'comment' && !numbers.has(first.id)) {
      setState('missing');
      document.querySelector<HTMLInputElement>(`input[name="${first.id}"]`)?.focus();
      return;
    }
    setState('sending');
    try {
      await sendAnswers(token, language, answersOf(asked, numbers, texts));
      onDone();
    } catch (error) {
      const fault = faultOf(error);
      // What was answered is kept where another try may help.
      if (fault === 'trouble' || fault === 'too-many') setState('trouble');
      else onFault(fault);
    }
  }

  return (
    <form className="card" noValidate onSubmit={(event) => void send(event)}>
      <h1>{survey.title[language]}</h1>
      {asked.map((question) =>
        question.kind === 'comment' ? (
          <CommentField
            key={question.id}
            question={question}
            language={language}
            value={texts.get(question.id) ?? ''}
            onChange={(text) => setTexts(new Map(texts).set(question.id, text))}
          />
        ) : (
          <NumberField
            key={question.id}
            question={question}
            language={language}
            value={numbers.get(question.id)}
            fault={state === 'missing' && question === first ? words.required : null}
            onChange={(value) => {
              setNumbers(new Map(numbers).set(question.id, value));
              if (state === 'missing') setState('ready');
            }}
          />
        ),
      )}
      {state === 'trouble' && (
        <p role="alert" className="fault">
          {words.trouble[0]}. {words.trouble[1]}
        </p>
      )}
      <button type="submit" disabled={state === 'sending'}>
        {state === 'sending' ? words.sending : words.send}
      </button>
      <p className="dim small">{words.once}</p>
    </form>
  );
}

/** Only what is asked is sent: answers to questions that went away again are left out. */
function answersOf(asked: readonly PageQuestion[], numbers: Given, texts: ReadonlyMap<string, string>): readonly GivenAnswer[] {
  return asked.flatMap((question): readonly GivenAnswer[] => {
    const text = texts.get(question.id)?.trim() ?? '';
    const value = numbers.get(question.id);
    if (question.kind === 'comment') return text === '' ? [] : [{ question: question.id, text }];
    return value === undefined ? [] : [{ question: question.id, value }];
  });
}
