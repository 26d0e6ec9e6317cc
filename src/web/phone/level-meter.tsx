import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../icons.tsx';
import { watchLevel } from './level.ts';
import classes from './phone.module.css';

/** Shows that sound arrives. `data-level` (0 to 100) is written straight to the page, past React: it changes many times a second. */
export function LevelMeter({ stream }: { readonly stream: MediaStream | null }) {
  const { t } = useTranslation();
  const meter = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const show = (level: number): void => {
      const element = meter.current;
      if (element === null) return;
      element.dataset['level'] = String(level);
      element.setAttribute('aria-valuenow', String(level));
      element.style.setProperty('--level', String(level / 100));
    };
    show(0);
    return stream === null ? undefined : watchLevel(stream, show);
  }, [stream]);

  return (
    <div className={classes['level']}>
      <Icon name="speaker" size={18} />
      <Text size="xs" component="span" id="level-label">
        {t('phone.level')}
      </Text>
      <div
        ref={meter}
        className={classes['meter']}
        role="meter"
        aria-labelledby="level-label"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
      />
    </div>
  );
}
