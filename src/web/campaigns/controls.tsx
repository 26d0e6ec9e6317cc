import { Button, Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CampaignState } from '../../domain/campaign.ts';
import { type CampaignInfo, type Deed, moveCampaign } from '../api/campaigns.ts';
import { Icon, type IconName } from '../icons.tsx';
import { Confirm } from '../shared/confirm.tsx';
import { Fault } from '../shared/fault.tsx';
import { useDeed } from '../shared/use-deed.ts';

const ICONS: Readonly<Record<Deed, IconName>> = { start: 'play', pause: 'pause', resume: 'play', stop: 'stop', cancel: 'trash' };

/** What can be done with it now. A draft is started where it is checked. */
const DEEDS: Readonly<Record<CampaignState, readonly Deed[]>> = {
  draft: ['cancel'],
  running: ['pause', 'stop', 'cancel'],
  paused: ['resume', 'stop', 'cancel'],
  stopped: ['start', 'cancel'],
  done: ['start', 'cancel'],
  cancelled: [],
};
/** Others notice these, or they cannot be taken back: asked once more. */
const ASKED: ReadonlySet<Deed> = new Set(['stop', 'cancel', 'start']);

export function Controls({ campaign: { id, name, state } }: { readonly campaign: CampaignInfo }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const doing = useDeed();
  const [asking, setAsking] = useState<Deed | null>(null);
  const act = async (deed: Deed): Promise<void> => {
    await moveCampaign(id, deed).finally(() => void queries.invalidateQueries({ queryKey: ['campaigns'] }));
  };
  return (
    <>
      <Group gap="sm">
        {state === 'cancelled' ? null : (
          <Button component={Link} to={`/campaigns/${id}/edit`} variant={state === 'draft' ? 'filled' : 'default'}>
            {state === 'draft' ? t('campaigns.prepare') : t('campaigns.change')}
          </Button>
        )}
        {DEEDS[state].map((deed) => (
          <Button
            key={deed}
            variant={deed === 'pause' || deed === 'resume' || deed === 'start' ? 'filled' : 'default'}
            leftSection={<Icon name={ICONS[deed]} size={18} />}
            loading={doing.busy}
            onClick={() => (ASKED.has(deed) ? setAsking(deed) : void doing.run(() => act(deed)))}
          >
            {t(`campaigns.deeds.${deed}`)}
          </Button>
        ))}
      </Group>
      <Fault error={doing.error} />
      <Confirm
        opened={asking !== null}
        title={asking === null ? '' : t(`campaigns.deeds.${asking}`)}
        text={asking === null ? '' : t(`campaigns.ask.${asking}`, { name })}
        action={asking === null ? '' : t(`campaigns.now.${asking}`)}
        onClose={() => setAsking(null)}
        onConfirm={async () => {
          if (asking !== null) await act(asking);
        }}
      />
    </>
  );
}
