import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './agent.module.css';

/** Nobody is on the line. */
export function IdleCard({ waiting }: { readonly waiting: boolean }) {
  const { t } = useTranslation();
  return (
    <section className={classes['card']} aria-labelledby="idle-title" data-phase="idle">
      <Title order={2} id="idle-title">
        {waiting ? t('agent.idle.waiting') : t('agent.idle.notWaiting')}
      </Title>
      <Text size="sm" c="dimmed">
        {waiting ? t('agent.idle.waitingText') : t('agent.idle.notWaitingText')}
      </Text>
    </section>
  );
}
