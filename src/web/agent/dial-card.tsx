import { Button, Group, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Dialled, dial } from '../api/agent.ts';
import { reasonOf } from '../api/client.ts';
import { Icon } from '../icons.tsx';
import { Fault } from '../shared/fault.tsx';
import { useDeed } from '../shared/use-deed.ts';
import classes from './agent.module.css';
import type { DeskState } from './desk-state.ts';

/** Calls a number, or once more the customer I talked with last. My telephone rings first. */
export function DialCard({ last }: { readonly last: DeskState['lastCall'] }) {
  const { t } = useTranslation();
  const doing = useDeed();
  const [number, setNumber] = useState('');
  const call = (to: Dialled): void => void doing.run(() => dial(to, crypto.randomUUID()));
  return (
    <section className={classes['card']} aria-labelledby="dial-title" data-panel="dial">
      <Title order={2} id="dial-title" fz="md">
        {t('agent.dial.title')}
      </Title>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim() !== '') call({ number });
        }}
      >
        <Group gap="xs" align="end">
          <TextInput
            label={t('agent.dial.number')}
            type="tel"
            inputMode="tel"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <Button type="submit" color="green.8" loading={doing.busy} disabled={number.trim() === ''} leftSection={<Icon name="phone" />}>
            {t('agent.dial.call')}
          </Button>
        </Group>
      </form>
      {last === null ? null : (
        <Button
          variant="default"
          mt="xs"
          disabled={doing.busy}
          leftSection={<Icon name="phone" />}
          onClick={() => call({ customer: last.callId })}
        >
          {t('agent.dial.again', { number: last.number })}
        </Button>
      )}
      <Blocked error={doing.error} />
    </section>
  );
}

/** Whom nobody may call: the reason as it was written down, the rest in the page's language. */
function Blocked({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const reason = reasonOf(error, 'call.not-allowed');
  if (reason === null) return <Fault error={error} />;
  return (
    <Text size="sm" c="var(--mantine-color-error)" role="alert">
      {t('agent.dial.blocked', { reason })}
    </Text>
  );
}
