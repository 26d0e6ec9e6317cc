import { useId } from 'react';
import type { Language } from '../../domain/language.ts';
import { rangeOf } from '../../domain/survey.ts';
import type { PageQuestion } from './link.ts';
import { WORDS } from './words.ts';

type NumberQuestion = Exclude<PageQuestion, { readonly kind: 'comment' }>;

interface FieldProps {
  readonly question: NumberQuestion;
  readonly language: Language;
  readonly value: number | undefined;
  readonly fault: string | null;
  readonly onChange: (value: number) => void;
}

/** A question answered with a number: radio buttons, large enough for a thumb. */
export function NumberField({ question, language, value, fault, onChange }: FieldProps) {
  const faultId = useId();
  const options = optionsOf(question, language);
  const ends = endsOf(question, language);
  return (
    <fieldset aria-describedby={fault === null ? undefined : faultId} aria-invalid={fault !== null || undefined}>
      <legend>{question.text[language]}</legend>
      <div className={question.kind === 'choice' ? 'choices' : `numbers of-${options.length}`}>
        {options.map(({ key, label }) => (
          <label key={key}>
            <input type="radio" name={question.id} value={key} checked={value === key} onChange={() => onChange(key)} />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {ends !== null && (
        <p className="ends dim small">
          <span>
            {options[0]?.key}: {ends.low}
          </span>
          <span>
            {options.at(-1)?.key}: {ends.high}
          </span>
        </p>
      )}
      {fault !== null && (
        <p id={faultId} role="alert" className="fault">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

function optionsOf(question: NumberQuestion, language: Language): readonly { readonly key: number; readonly label: string }[] {
  if (question.kind === 'choice') return question.options.map(({ key, label }) => ({ key, label: label[language] }));
  const { low = 0, high = 0 } = rangeOf(question) ?? {};
  return Array.from({ length: high - low + 1 }, (_, i) => ({ key: low + i, label: String(low + i) }));
}

function endsOf(question: NumberQuestion, language: Language): { readonly low: string; readonly high: string } | null {
  if (question.kind === 'nps') return { low: WORDS[language].least, high: WORDS[language].most };
  if (question.kind !== 'scale' || question.ends === null) return null;
  return { low: question.ends.low[language], high: question.ends.high[language] };
}
