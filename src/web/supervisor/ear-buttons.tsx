import { Badge, Button, Group, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EAR_WAYS, type FloorAgent } from '../../domain/floor-view.ts';
import { leaveTalk, listenTo } from '../api/floor.ts';
import { Icon } from '../icons.tsx';
import type { Doing } from '../shared/use-deed.ts';
import { useLogin } from '../shell/use-login.ts';

/** A talk that can be listened to. */
const TALKS: ReadonlySet<string> = new Set(['talking', 'held']);

interface EarButtonsProps {
  readonly agent: FloorAgent;
  readonly doing: Doing;
}

/** Listen, whisper, barge in, and leave again; my own phone is called. */
export function EarButtons({ agent, doing }: EarButtonsProps) {
  const { t } = useTranslation();
  const login = useLogin();
  const me = login.data?.kind === 'in' ? login.data.me.name : null;
  const mine = agent.ears.find(({ name }) => name === me);
  if (!TALKS.has(agent.state.kind) || agent.name === me) return null;
  const { displayName: name } = agent;
  return (
    <Group gap={4} wrap="nowrap">
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            size="compact-sm"
            px={6}
            variant={mine === undefined ? 'default' : 'filled'}
            aria-label={t('floor.earOne', { name })}
            title={t('floor.earOne', { name })}
            disabled={doing.busy}
          >
            <Icon name="ear" size={18} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {EAR_WAYS.map((how) => (
            <Menu.Item key={how} disabled={mine?.how === how} onClick={() => void doing.run(() => listenTo(agent.id, how))}>
              {t(`floor.ear.${how}`)}
            </Menu.Item>
          ))}
          {mine === undefined ? null : (
            <Menu.Item onClick={() => void doing.run(() => leaveTalk(agent.id))}>{t('floor.ear.leave')}</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {mine === undefined ? null : (
        <Badge variant="light" color="amber" tt="none" role="status" data-ear={mine.how}>
          {mine.ringing ? t('floor.earRings') : t(`floor.earIs.${mine.how}`)}
        </Badge>
      )}
    </Group>
  );
}
