import { useTranslation } from 'react-i18next';
import classes from './phone.module.css';
import { PAD_KEYS, type PadKey } from './states.ts';

/** As printed on telephones (ITU-T E.161). Decoration, painted by the style sheet. */
const LETTERS: Partial<Record<PadKey, string>> = {
  1: '',
  2: 'ABC',
  3: 'DEF',
  4: 'GHI',
  5: 'JKL',
  6: 'MNO',
  7: 'PQRS',
  8: 'TUV',
  9: 'WXYZ',
};

interface DialPadProps {
  readonly onPress: (key: PadKey) => void;
  /** A key pressed on the keyboard, to be seen. */
  readonly flash: PadKey | null;
  readonly disabled: boolean;
}

export function DialPad({ onPress, flash, disabled }: DialPadProps) {
  const { t } = useTranslation();
  return (
    <div className={classes['pad']} role="group" aria-label={t('phone.pad')}>
      {PAD_KEYS.map((key) => (
        <button
          key={key}
          type="button"
          className={classes['key']}
          data-letters={LETTERS[key]}
          data-flash={flash === key || undefined}
          aria-label={key === '*' ? t('phone.star') : key === '#' ? t('phone.pound') : key}
          disabled={disabled}
          onClick={() => onPress(key)}
        >
          {key === '*' ? '∗' : key}
        </button>
      ))}
    </div>
  );
}
