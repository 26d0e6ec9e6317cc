import { Anchor, Button, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Dealer, listDealers } from '../api/dealers.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { Fault } from '../shared/fault.tsx';
import classes from './agent.module.css';

const MOST_SHOWN = 8;

/** Dealers by name, place or code; `onNumber` is given where there is a call to pass on. */
export function DealersPanel({ onNumber }: { readonly onNumber: ((number: string) => void) | null }) {
  const { t } = useTranslation();
  const dealers = useQuery({ queryKey: ['dealers'], queryFn: listDealers, staleTime: 300_000 });
  const [search, setSearch] = useState('');
  const found = choose(dealers.data ?? [], search);
  return (
    <div className={classes['panel']}>
      <TextInput
        type="search"
        label={t('agent.dealers.search')}
        leftSection={<Icon name="search" size={18} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Fault error={dealers.error} />
      <Text size="xs" c="dimmed" role="status">
        {t('agent.dealers.found', { shown: Math.min(found.length, MOST_SHOWN), count: found.length })}
      </Text>
      <ul className={classes['list']}>
        {found.slice(0, MOST_SHOWN).map((dealer) => (
          <li key={dealer.code}>
            <Text fw={600} size="sm">
              {dealer.name}
            </Text>
            <Text size="xs">{[dealer.district, dealer.address].filter((part) => part !== '').join(' · ')}</Text>
            <Text size="xs" c="dimmed">
              {dealer.hours}
            </Text>
            {onNumber === null ? (
              <Anchor href={`tel:${dealer.phone}`} size="sm">
                {dealer.phone}
              </Anchor>
            ) : (
              <Button
                size="compact-sm"
                variant="light"
                leftSection={<Icon name="forward" size={16} />}
                onClick={() => onNumber(dealer.phone)}
              >
                {t('agent.dealers.transfer', { number: dealer.phone })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function choose(dealers: readonly Dealer[], search: string): readonly Dealer[] {
  const language = currentLanguage();
  const words = search.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  return dealers.filter(({ code, name, district, address }) => {
    const text = `${code} ${name} ${district} ${address}`.toLocaleLowerCase(language);
    return words.every((word) => text.includes(word));
  });
}
