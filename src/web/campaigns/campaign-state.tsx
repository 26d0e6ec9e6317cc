import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignState } from '../../domain/campaign.ts';
import { Icon, type IconName } from '../icons.tsx';

const LOOKS: Readonly<Record<CampaignState, readonly [color: string, icon: IconName]>> = {
  draft: ['gray', 'survey'],
  running: ['green', 'play'],
  paused: ['amber', 'pause'],
  stopped: ['red', 'stop'],
  done: ['petrol', 'check'],
  cancelled: ['gray', 'minus'],
};

/** What a campaign does, by word, colour and icon. */
export function CampaignStateBadge({ state }: { readonly state: CampaignState }) {
  const { t } = useTranslation();
  const [color, icon] = LOOKS[state];
  return (
    <Badge
      variant="light"
      color={color}
      size="lg"
      tt="none"
      miw="max-content"
      leftSection={<Icon name={icon} size={16} />}
      data-state={state}
    >
      {t(`campaigns.states.${state}`)}
    </Badge>
  );
}
