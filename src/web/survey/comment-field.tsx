import { useId } from 'react';
import type { Language } from '../../domain/language.ts';
import { LONGEST_COMMENT } from '../../domain/survey.ts';
import type { PageQuestion } from './link.ts';
import { WORDS } from './words.ts';

/** From here on the page says how many characters are left. */
const SHOW_LEFT = 200;

interface FieldProps {
  readonly question: Extract<PageQuestion, { readonly kind: 'comment' }>;
  readonly language: Language;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

export function CommentField({ question, language, value, onChange }: FieldProps) {
  const id = useId();
  const words = WORDS[language];
  const left = LONGEST_COMMENT - value.length;
  return (
    <div className="comment">
      <label htmlFor={id}>
        {question.text[language]} <span className="dim small">({words.optional})</span>
      </label>
      <textarea
        id={id}
        name={question.id}
        rows={4}
        maxLength={LONGEST_COMMENT}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {left <= SHOW_LEFT && (
        <p className="dim small" role="status">
          {left} {words.left}
        </p>
      )}
    </div>
  );
}
