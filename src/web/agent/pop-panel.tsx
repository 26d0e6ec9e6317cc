import { Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CandidateCard, Pop } from '../../domain/desk-view.ts';
import { answerQuestion, doIt, verifyCandidate } from '../api/agent.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { dayText } from '../shared/dates.ts';
import { Fault } from '../shared/fault.tsx';
import { useDeed } from '../shared/use-deed.ts';
import { writes } from '../shared/writes.ts';
import classes from './agent.module.css';
import { VerifyForm } from './verify-form.tsx';

/** As many cards as have a key of their own. */
const MOST_KEYS = 7;

/** Who may be calling: nobody, one, some, or too many to list. Nobody is chosen for the agent. */
export function PopPanel({ pop }: { readonly pop: Pop }) {
  const { t } = useTranslation();
  const { verification } = pop;
  const [chosen, setChosen] = useState<string | null>(null);
  const leaving = useDeed();
  const card = pop.candidates.find(({ id }) => id === chosen);
  const open = verification.state === 'open' && !verification.noneOfThese;
  useNumberKeys(open ? pop.candidates.map(({ id }) => id) : [], setChosen);
  return (
    <section className={classes['card']} aria-labelledby="pop-title" data-pop={pop.kind}>
      <Group justify="space-between" gap="xs">
        <Title order={2} id="pop-title">
          {t('agent.pop.title')}
        </Title>
        {verification.state === 'locked' ? (
          <Badge color="red" variant="light" tt="none" leftSection={<Icon name="lock" size={14} />}>
            {t('agent.pop.locked')}
          </Badge>
        ) : (
          <Badge color="amber" variant="light" tt="none" leftSection={<Icon name="question" size={14} />}>
            {t('agent.pop.unverified')}
          </Badge>
        )}
      </Group>
      {verification.keyed === null ? null : (
        <Text size="sm">{t('agent.pop.keyed', { what: verification.keyed.label[currentLanguage()] })}</Text>
      )}
      {verification.state === 'locked' ? (
        <Alert color="red" icon={<Icon name="lock" />}>
          {t('agent.pop.lockedText')}
        </Alert>
      ) : null}
      <PopBody pop={pop} open={open} chosen={chosen} onChoose={setChosen} />
      {open && card !== undefined ? (
        <VerifyForm
          key={card.id}
          fields={card.fields}
          triesLeft={verification.triesLeft}
          title={t('agent.pop.verify', { name: card.name })}
          send={(answer) => verifyCandidate(card.id, answer)}
        />
      ) : null}
      {open && pop.candidates.length > 0 ? (
        <div>
          <Button variant="default" loading={leaving.busy} onClick={() => void leaving.run(() => doIt('call/candidates/none'))}>
            {t('agent.pop.none-of-these')}
          </Button>
          <Fault error={leaving.error} />
        </div>
      ) : null}
    </section>
  );
}

interface BodyProps {
  readonly pop: Pop;
  readonly open: boolean;
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

function PopBody({ pop, open, chosen, onChoose }: BodyProps) {
  const { t } = useTranslation();
  // What there was to say is said: it does not mean that nobody matches.
  if (pop.verification.state === 'locked') return null;
  if (pop.verification.noneOfThese || pop.kind === 'none')
    return (
      <Stack gap={4}>
        <Text fw={600}>{t('agent.pop.unknown')}</Text>
        <Text size="sm" c="dimmed">
          {pop.verification.noneOfThese ? t('agent.pop.noneText') : t('agent.pop.unknownText')}
        </Text>
      </Stack>
    );
  if (pop.kind === 'too-many')
    return (
      <Stack gap="xs">
        <Text>{t('agent.pop.tooMany', { count: pop.count })}</Text>
        {pop.question === null || !open ? null : (
          <VerifyForm
            fields={[pop.question]}
            triesLeft={pop.verification.triesLeft}
            title={t('agent.pop.askFirst')}
            send={answerQuestion}
          />
        )}
      </Stack>
    );
  return (
    <>
      <Text size="sm" c="dimmed">
        {pop.kind === 'one' ? t('agent.pop.one') : t('agent.pop.many', { count: pop.candidates.length })}
      </Text>
      <ul className={classes['candidates']}>
        {pop.candidates.map((candidate, index) => (
          <li key={candidate.id}>
            <Candidate candidate={candidate} place={index + 1} chosen={candidate.id === chosen} disabled={!open} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface CandidateProps {
  readonly candidate: CandidateCard;
  /** 1 for the first; the first seven have a key. */
  readonly place: number;
  readonly chosen: boolean;
  readonly disabled: boolean;
  readonly onChoose: (id: string) => void;
}

function Candidate({ candidate, place, chosen, disabled, onChoose }: CandidateProps) {
  const { t } = useTranslation();
  const { id, name, city, segment, dealer, sameDealer, lastContactAt, openAppointmentAt } = candidate;
  const language = currentLanguage();
  const key = place <= MOST_KEYS ? String(place) : undefined;
  return (
    <button
      type="button"
      className={classes['candidate']}
      aria-pressed={chosen}
      aria-keyshortcuts={key}
      disabled={disabled}
      onClick={() => onChoose(id)}
    >
      <span className={classes['key']} aria-hidden="true">
        {key ?? '·'}
      </span>
      <span className={classes['candidateText']}>
        <b>{name}</b>
        <span>{[city, segment?.[language] ?? null].filter((part) => part !== null).join(' · ')}</span>
        <span>{lastContactAt === null ? t('agent.pop.neverTalked') : t('agent.pop.lastContact', { date: dayText(lastContactAt) })}</span>
        {openAppointmentAt === null ? null : <span>{t('agent.pop.appointment', { date: dayText(openAppointmentAt) })}</span>}
        {dealer === null ? null : <span>{sameDealer ? t('agent.pop.sameDealer', { dealer }) : dealer}</span>}
      </span>
    </button>
  );
}

/** 1 to 7 typed anywhere but in a field choose a card. */
function useNumberKeys(ids: readonly string[], choose: (id: string) => void): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const id = /^[1-7]$/.test(event.key) ? ids[Number(event.key) - 1] : undefined;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat;
    if (id === undefined || !plain || writes(event.target)) return;
    event.preventDefault();
    choose(id);
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => pressed(event);
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
