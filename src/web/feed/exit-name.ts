import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const CASE = /^case (\d+)$/;

/** What an exit is called in the user's words; a flow's own exits (keys, results) by their names. */
export function useExitName(): (exit: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (exit) => {
      if (exit === 'else') return t('feed.otherwise');
      const number = CASE.exec(exit)?.[1];
      return number === undefined ? t(`feed.exits.${exit as 'error'}`, { defaultValue: exit }) : t('feed.case', { number });
    },
    [t],
  );
}
