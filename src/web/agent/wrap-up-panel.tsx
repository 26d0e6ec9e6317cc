import { Button, Group, Radio, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentView, CallCard, DispositionTreeView } from '../../domain/desk-view.ts';
import { doIt, wrapUp } from '../api/agent.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { Fault } from '../shared/fault.tsx';
import { Countdown } from '../shared/times.tsx';
import { useDeed } from '../shared/use-deed.ts';
import classes from './agent.module.css';

interface WrapUpProps {
  readonly me: AgentView;
  readonly call: CallCard;
  readonly trees: readonly DispositionTreeView[];
  readonly skewMs: number;
}

/** Notes and disposition of the call; after the talk also the time that is left for them. */
export function WrapUpPanel({ me, call, trees, skewMs }: WrapUpProps) {
  const { t } = useTranslation();
  const doing = useDeed();
  const [disposition, setDisposition] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const [followUp, setFollowUp] = useState('');
  const [saved, setSaved] = useState(false);
  const tree = trees.find(({ id }) => id === call.dispositions);
  const { state } = me;
  const after = state.kind === 'wrap-up';
  const missing = call.dispositionRequired && tree !== undefined && disposition === null;
  const at = followUp === '' ? Number.NaN : new Date(followUp).getTime();
  const close = () => doing.run(() => wrapUp({ disposition, note: note.trim(), followUp: Number.isNaN(at) ? null : at }));
  return (
    <section className={classes['card']} aria-labelledby="wrap-title" data-wrap={after || undefined}>
      <Group justify="space-between" gap="xs">
        <Title order={2} id="wrap-title">
          {after ? t('agent.wrap.title') : t('agent.wrap.notes')}
        </Title>
        {after && state.until !== null ? (
          <Text component="span" size="sm">
            {t('agent.wrap.left')} <Countdown until={state.until + skewMs} label={t('agent.wrap.left')} />
          </Text>
        ) : null}
      </Group>
      {tree === undefined ? null : <Tree tree={tree} required={call.dispositionRequired} value={disposition} onChange={setDisposition} />}
      <Textarea
        label={t('agent.wrap.note')}
        autosize
        minRows={2}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <TextInput
        label={t('agent.wrap.followUp')}
        type="datetime-local"
        value={followUp}
        onChange={(event) => setFollowUp(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button
          leftSection={<Icon name="check" />}
          loading={doing.busy}
          disabled={missing}
          onClick={() => void close().then((done) => setSaved(done && !after))}
        >
          {after ? t('agent.wrap.close') : t('agent.wrap.save')}
        </Button>
        <Extras me={me} call={call} run={doing.run} busy={doing.busy} />
      </Group>
      {missing ? (
        <Text size="xs" c="dimmed">
          {t('agent.wrap.required')}
        </Text>
      ) : null}
      {saved ? (
        <Text size="sm" role="status">
          {t('agent.wrap.saved')}
        </Text>
      ) : null}
      <Fault error={doing.error} />
    </section>
  );
}

interface ExtrasProps {
  readonly me: AgentView;
  readonly call: CallCard;
  readonly run: ReturnType<typeof useDeed>['run'];
  readonly busy: boolean;
}

/** More time, once; and where wrap-up comes only on request, the request. */
function Extras({ me, call, run, busy }: ExtrasProps) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const extendable = me.state.kind === 'wrap-up' && me.state.until !== null && !me.state.extended && (call.wrapUp?.extensionMs ?? 0) > 0;
  if (extendable)
    return (
      <Button variant="default" leftSection={<Icon name="clock" />} disabled={busy} onClick={() => void run(() => doIt('wrap-up/extend'))}>
        {t('agent.wrap.extend', { count: Math.round((call.wrapUp?.extensionMs ?? 0) / 1000) })}
      </Button>
    );
  if (me.state.kind === 'wrap-up' || call.wrapUp?.mode !== 'on-request') return null;
  const ask = async (): Promise<void> => {
    const done = await run(() => doIt('wrap-up/ask'));
    setAsked(done);
  };
  return (
    <Button variant="default" aria-pressed={asked} disabled={busy || asked} onClick={() => void ask()}>
      {t('agent.wrap.ask')}
    </Button>
  );
}

interface TreeProps {
  readonly tree: DispositionTreeView;
  readonly required: boolean;
  readonly value: string | null;
  readonly onChange: (path: string) => void;
}

/** The leaves in groups, by the branches at the top. */
function Tree({ tree, required, value, onChange }: TreeProps) {
  const { t } = useTranslation();
  const language = currentLanguage();
  return (
    <Radio.Group label={t('agent.wrap.disposition')} withAsterisk={required} value={value} onChange={onChange}>
      <div className={classes['tree']}>
        {groupsOf(tree.items).map((group) => (
          <div key={group[0]?.path} className={classes['branch']}>
            {group.map(({ path, label, leaf }) => {
              const indent = { marginInlineStart: Math.max(0, path.split('/').length - 2) * 18 };
              return leaf ? (
                <Radio key={path} value={path} label={label[language]} style={indent} />
              ) : (
                <Text key={path} size="sm" fw={600} style={indent}>
                  {label[language]}
                </Text>
              );
            })}
          </div>
        ))}
      </div>
    </Radio.Group>
  );
}

type Item = DispositionTreeView['items'][number];

/** One group for each branch at the top with all below it; leaves at the top stand together. */
function groupsOf(items: readonly Item[]): readonly (readonly Item[])[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const [top = ''] = item.path.split('/');
    const name = item.leaf && top === item.path ? '' : top;
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups.values()];
}
