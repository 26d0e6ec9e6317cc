import { Button, Group, Text, TextInput } from '@mantine/core';
import type { TFunction } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Simulation, SimulationInput } from '../../api/simulations.ts';
import { Icon } from '../../icons.tsx';
import { DialPad } from '../../phone/dial-pad.tsx';
import { useKeyboard } from '../../phone/use-keyboard.ts';
import classes from './simulator.module.css';

interface DeedsProps {
  readonly simulation: Simulation;
  readonly onDeed: (input: SimulationInput) => void;
}

/** What can be done in a simulated call at this moment. */
export function Deeds({ simulation: { waiting }, onDeed }: DeedsProps) {
  const { t } = useTranslation();
  const over = waiting.kind === 'ended' || waiting.kind === 'endless';
  const press = (key: string): void => {
    if (!over) onDeed({ kind: 'press', keys: key, more: true });
  };
  const flash = useKeyboard(press);
  if (over)
    return (
      <Text fw={600} role="status" data-waiting={waiting.kind}>
        {waiting.kind === 'endless' ? t('flows.try.endless') : t(`flows.try.endedBy.${waiting.by}`)}
      </Text>
    );
  return (
    <div className={classes['deeds']} data-waiting={waiting.kind}>
      <div className={classes['pad']}>
        <DialPad onPress={press} flash={flash} disabled={false} />
      </div>
      <div className={classes['others']}>
        <Text size="sm" role="status">
          {waitingText(t, waiting)}
        </Text>
        <Others waiting={waiting} onDeed={onDeed} />
        <Button variant="light" color="red" leftSection={<Icon name="hangUp" size={16} />} onClick={() => onDeed({ kind: 'hang-up' })}>
          {t('flows.try.hangUp')}
        </Button>
      </div>
    </div>
  );
}

type Open = Exclude<Simulation['waiting'], { readonly kind: 'ended' | 'endless' }>;

function Others({ waiting, onDeed }: { readonly waiting: Open; readonly onDeed: DeedsProps['onDeed'] }) {
  const { t } = useTranslation();
  const button = (text: string, input: SimulationInput) => (
    <Button variant="default" onClick={() => onDeed(input)}>
      {text}
    </Button>
  );
  switch (waiting.kind) {
    case 'keys':
      return button(t('flows.try.silence'), { kind: 'silence' });
    case 'recording':
      return (
        <Group gap="xs">
          {button(t('flows.try.spoken'), { kind: 'record', outcome: 'spoken' })}
          {button(t('flows.try.saidNothing'), { kind: 'record', outcome: 'nothing' })}
        </Group>
      );
    case 'dialling':
      return (
        <Group gap="xs">
          {(['answered', 'busy', 'no-answer'] as const).map((outcome) => (
            <Button key={outcome} variant="default" onClick={() => onDeed({ kind: 'dialled', outcome })}>
              {t(`feed.outcome.${outcome}`)}
            </Button>
          ))}
        </Group>
      );
    case 'queueing':
      return (
        <Group gap="xs">
          {(['served', 'overflow', 'no-agents', 'closed'] as const).map((how) => (
            <Button key={how} variant="default" onClick={() => onDeed({ kind: 'queued', how })}>
              {t(`flows.try.queued.${how}`)}
            </Button>
          ))}
        </Group>
      );
    case 'look-up':
      return <LookUp onDeed={onDeed} />;
  }
}

/** An answer by hand, the real one, or none. */
function LookUp({ onDeed }: Pick<DeedsProps, 'onDeed'>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  function answer(event: FormEvent): void {
    event.preventDefault();
    try {
      onDeed({ kind: 'answer', value: JSON.parse(text) as unknown });
    } catch {
      setWrong(true);
    }
  }
  return (
    <form onSubmit={answer}>
      <TextInput
        label={t('flows.try.answer')}
        placeholder='[{ "name": "Ayşe" }]'
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setWrong(false);
        }}
        error={wrong ? t('flows.try.answerWrong') : null}
      />
      <Group gap="xs" mt={6}>
        <Button type="submit" variant="default">
          {t('flows.try.giveAnswer')}
        </Button>
        <Button variant="default" onClick={() => onDeed({ kind: 'ask' })}>
          {t('flows.try.ask')}
        </Button>
        <Button variant="default" onClick={() => onDeed({ kind: 'fail', reason: 'timeout' })}>
          {t('flows.try.fail')}
        </Button>
      </Group>
    </form>
  );
}

function waitingText(t: TFunction, waiting: Open): string {
  switch (waiting.kind) {
    case 'keys':
      return waiting.options.length === 0 ? t('flows.try.keys') : t('flows.try.options', { keys: waiting.options.join(', ') });
    case 'recording':
      return t('flows.try.recording');
    case 'look-up':
      return t('flows.try.lookUp', { name: waiting.name });
    case 'dialling':
      return t('flows.try.dialling', { to: waiting.to });
    case 'queueing':
      return t('flows.try.queueing', { queue: waiting.queue });
  }
}
