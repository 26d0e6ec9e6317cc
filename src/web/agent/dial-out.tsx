import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dialOut } from '../api/agent.ts';
import { Icon } from '../icons.tsx';
import classes from './agent.module.css';
import { Fault } from './fault.tsx';
import { useDeed } from './use-deed.ts';

/** Nobody is on the line: wait, or call somebody. `beforeDial` makes the page's own telephone take the call that follows. */
export function DialOut({ waiting, beforeDial }: { readonly waiting: boolean; readonly beforeDial: () => void }) {
  const { t } = useTranslation();
  const dialling = useDeed();
  const [number, setNumber] = useState('');
  return (
    <section className={classes['card']} aria-labelledby="idle-title" data-phase="idle">
      <Title order={2} id="idle-title">
        {waiting ? t('agent.idle.waiting') : t('agent.idle.notWaiting')}
      </Title>
      <Text size="sm" c="dimmed">
        {waiting ? t('agent.idle.waitingText') : t('agent.idle.notWaitingText')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim() === '') return;
          beforeDial();
          void dialling.run(() => dialOut(number.trim()));
        }}
      >
        <Group gap="xs" align="flex-end">
          <TextInput
            className={classes['grow'] ?? ''}
            label={t('agent.dial.number')}
            type="tel"
            autoComplete="off"
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            leftSection={<Icon name="phone" />}
            disabled={number.trim() === ''}
            loading={dialling.busy}
          >
            {t('agent.dial.call')}
          </Button>
        </Group>
      </form>
      <Fault error={dialling.error} />
    </section>
  );
}
