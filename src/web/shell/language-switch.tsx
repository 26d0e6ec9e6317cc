import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { isLanguage, LANGUAGES, type Language } from '../../domain/language.ts';
import { currentLanguage, switchLanguage } from '../i18n.ts';

/** Each language under its own name, whatever is shown now. */
const NAMES: Record<Language, string> = { tr: 'Türkçe', en: 'English' };

export function LanguageSwitch() {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('shell.language')}
      value={currentLanguage()}
      onChange={(value) => {
        if (isLanguage(value)) switchLanguage(value);
      }}
      data={LANGUAGES.map((language) => ({
        value: language,
        label: (
          <>
            <span aria-hidden="true">{language.toUpperCase()}</span>
            <VisuallyHidden lang={language}>{NAMES[language]}</VisuallyHidden>
          </>
        ),
      }))}
    />
  );
}
