import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VerifyField } from '../../domain/desk-view.ts';
import type { Answer } from '../api/agent.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { Fault } from '../shared/fault.tsx';
import { useDeed } from '../shared/use-deed.ts';
import classes from './agent.module.css';

interface VerifyFormProps {
  readonly fields: readonly VerifyField[];
  readonly triesLeft: number;
  readonly title: string;
  readonly send: (answer: Answer) => Promise<void>;
}

/** What the customer says is typed and judged; what is right is never shown. */
export function VerifyForm({ fields, triesLeft, title, send }: VerifyFormProps) {
  const { t } = useTranslation();
  const asking = useDeed();
  const [name, setName] = useState(fields[0]?.field ?? '');
  const [answer, setAnswer] = useState('');
  /** Tries before the last answer: fewer now means that it was wrong. */
  const [before, setBefore] = useState<number | null>(null);
  const field = fields.find((one) => one.field === name) ?? fields[0];
  if (field === undefined) return <Text size="sm">{t('agent.pop.nothingToAsk')}</Text>;
  const language = currentLanguage();
  const wrong = before !== null && triesLeft < before;
  const submit = async (): Promise<void> => {
    const given = answer.trim();
    if (given === '') return;
    setBefore(triesLeft);
    setAnswer('');
    await asking.run(() => send({ field: field.field, answer: given }));
  };
  return (
    <form
      className={classes['sunken']}
      aria-label={title}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Text fw={600} size="sm">
        {title}
      </Text>
      <Group gap="xs" align="flex-end">
        {fields.length > 1 ? (
          <Select
            label={t('agent.pop.ask')}
            data={fields.map((one) => ({ value: one.field, label: one.label[language] }))}
            value={field.field}
            allowDeselect={false}
            onChange={(value) => setName(value ?? field.field)}
          />
        ) : null}
        <TextInput
          className={classes['grow'] ?? ''}
          label={fields.length > 1 ? t('agent.pop.answer') : field.label[language]}
          type={field.kind === 'date' ? 'date' : 'text'}
          inputMode={field.kind === 'digits' ? 'numeric' : 'text'}
          autoComplete="off"
          // Whoever chose a card is going to type what the customer says.
          autoFocus
          value={answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
        <Button type="submit" leftSection={<Icon name="check" />} loading={asking.busy} disabled={answer.trim() === ''}>
          {t('agent.pop.check')}
        </Button>
      </Group>
      <Text size="xs" role="status" c={wrong ? 'var(--mantine-color-error)' : 'dimmed'}>
        {wrong ? `${t('agent.pop.noMatch')} ` : ''}
        {t('agent.pop.triesLeft', { count: triesLeft })}
      </Text>
      <Fault error={asking.error} />
    </form>
  );
}
