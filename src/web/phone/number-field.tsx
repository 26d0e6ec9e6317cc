import { ActionIcon, Chip, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { listNumbers } from '../api/numbers.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import classes from './phone.module.css';
import { DIALLABLE } from './states.ts';

interface NumberFieldProps {
  readonly number: string;
  readonly onNumber: (number: string) => void;
  readonly onCall: () => void;
  /** During a call. */
  readonly locked: boolean;
}

const MOST_PICKS = 6;

/** What to dial: typed, or picked from the numbers that lead to a flow. */
export function NumberField({ number, onNumber, onCall, locked }: NumberFieldProps) {
  const { t } = useTranslation();
  const numbers = useQuery({ queryKey: ['numbers'], queryFn: listNumbers, staleTime: 60_000 });
  const wrong = number !== '' && !DIALLABLE.test(number);
  return (
    <div>
      <TextInput
        label={t('phone.number')}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        size="lg"
        classNames={{ input: classes['number'] ?? '', label: classes['numberLabel'] ?? '' }}
        value={number}
        readOnly={locked}
        onChange={(event) => onNumber(event.currentTarget.value.replace(/[\s()-]/g, ''))}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onCall();
        }}
        error={wrong ? t('phone.numberWrong') : null}
        rightSection={
          number === '' || locked ? null : (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('phone.eraseLast')}
              onClick={() => onNumber(number.slice(0, -1))}
            >
              <Icon name="backspace" />
            </ActionIcon>
          )
        }
      />
      {numbers.data === undefined || numbers.data.length === 0 ? null : (
        <Chip.Group value={number} onChange={onNumber}>
          <Group gap={6} mt={8} role="group" aria-label={t('phone.picks')}>
            {numbers.data.slice(0, MOST_PICKS).map(({ did, label, flow }) => (
              <Chip key={did} value={did} size="xs" variant="outline" disabled={locked} classNames={{ label: classes['pick'] ?? '' }}>
                <Text component="span" inherit fw={650}>
                  {did}
                </Text>{' '}
                {label[currentLanguage()] === '' ? flow : label[currentLanguage()]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
    </div>
  );
}
