import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AgentState, AgentStateKind } from '../../domain/agent.ts';
import { Icon, type IconName } from '../icons.tsx';

const LOOKS: Readonly<Record<AgentStateKind, readonly [color: string, icon: IconName]>> = {
  offline: ['gray', 'logOut'],
  available: ['green', 'check'],
  reserved: ['petrol', 'phone'],
  ringing: ['petrol', 'phone'],
  talking: ['petrol', 'speaker'],
  held: ['amber', 'pause'],
  'wrap-up': ['petrol', 'clock'],
  paused: ['amber', 'pause'],
  unreachable: ['red', 'offline'],
};

/** What an agent does, by word, colour and icon. */
export function StateBadge({ state, size = 'lg' }: { readonly state: AgentState; readonly size?: 'md' | 'lg' }) {
  const { t } = useTranslation();
  const [color, icon] = LOOKS[state.kind];
  return (
    <Badge
      variant="light"
      color={color}
      size={size}
      tt="none"
      miw="max-content"
      leftSection={<Icon name={icon} size={16} />}
      data-state={state.kind}
    >
      {t(`agent.state.${state.kind}`)}
      {state.kind === 'paused' ? ` · ${t(`agent.pause.${state.reason}`)}` : ''}
    </Badge>
  );
}
