import { ActionIcon, Chip, Group, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../domain/language.ts';
import { type DialNumber, listNumbers } from '../api/numbers.ts';
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

/** So many are seen at a glance. */
const FEW = 6;

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
        <Picks numbers={numbers.data} number={number} onNumber={onNumber} locked={locked} />
      )}
    </div>
  );
}

/** All numbers that lead to a flow; where they are many, what is searched for among them. */
function Picks({ numbers, number, onNumber, locked }: Omit<NumberFieldProps, 'onCall'> & { readonly numbers: readonly DialNumber[] }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const language = currentLanguage();
  const found = numbers.filter((one) => matches(one, wanted, language));
  return (
    <>
      {numbers.length <= FEW ? null : (
        <TextInput
          type="search"
          size="xs"
          mt={8}
          aria-label={t('phone.search')}
          placeholder={t('phone.search')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {found.length === 0 ? (
        <Text size="sm" mt={8} role="status">
          {t('phone.searchNone')}
        </Text>
      ) : (
        <Chip.Group value={number} onChange={onNumber}>
          <Group gap={6} mt={8} role="group" aria-label={t('phone.picks')} className={classes['picks'] ?? ''}>
            {found.map((one) => (
              <Chip
                key={one.did}
                value={one.did}
                size="xs"
                variant="outline"
                disabled={locked}
                classNames={{ label: classes['pick'] ?? '' }}
              >
                <Text component="span" inherit fw={650}>
                  {one.did}
                </Text>{' '}
                {one.label[language] === '' ? one.flow : one.label[language]}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      )}
    </>
  );
}

/** By a part of the number, of what people call it in either language, or of its flow. */
function matches({ did, label, flow }: DialNumber, wanted: string, language: Language): boolean {
  const sought = wanted.trim().toLocaleLowerCase(language);
  return [did, label.tr, label.en, flow].some((text) => text.toLocaleLowerCase(language).includes(sought));
}
