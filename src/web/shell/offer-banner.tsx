import { Affix, Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import type { AgentDesk } from '../agent/desk-link.ts';
import { currentLanguage } from '../i18n.ts';
import { Icon } from '../icons.tsx';
import { useStore } from '../store.ts';

/** A caller is offered while the agent looks at another page. */
export function OfferBanner({ desk }: { readonly desk: AgentDesk }) {
  const { t } = useTranslation();
  const { snapshot } = useStore(desk.state);
  const { pathname } = useLocation();
  const call = snapshot?.call;
  if (call?.phase !== 'offered' || pathname === '/agent') return null;
  return (
    <Affix position={{ bottom: 16, right: 16 }}>
      <Alert color="petrol" variant="filled" icon={<Icon name="phone" />} title={t('shell.offer')}>
        <Anchor component={Link} to="/agent" c="inherit" underline="always">
          {call.queue === null ? t('shell.openDesk') : `${call.queue.label[currentLanguage()]} · ${t('shell.openDesk')}`}
        </Anchor>
      </Alert>
    </Affix>
  );
}
