import { useTranslation } from 'react-i18next';
import type { AgentDay } from '../../domain/desk-view.ts';
import { currentLanguage } from '../i18n.ts';
import { duration, share } from '../shared/times.tsx';
import classes from './agent.module.css';

/** What I did today. */
export function DayPanel({ day }: { readonly day: AgentDay }) {
  const { t } = useTranslation();
  const number = new Intl.NumberFormat(currentLanguage());
  const lines: readonly (readonly [string, string])[] = [
    [t('agent.day.answered'), `${number.format(day.answered)} / ${number.format(day.offered)}`],
    [t('agent.day.notAnswered'), number.format(day.notAnswered)],
    [t('agent.day.outbound'), number.format(day.outbound)],
    [t('agent.day.transferred'), number.format(day.transferred)],
    [t('agent.day.averageHandle'), duration(day.averageHandleMs)],
    [t('agent.day.talk'), duration(day.talkMs)],
    [t('agent.day.hold'), duration(day.holdMs)],
    [t('agent.day.wrap'), duration(day.wrapMs)],
    [t('agent.day.available'), duration(day.availableMs)],
    [t('agent.day.paused'), duration(day.pausedMs)],
    [t('agent.day.loggedIn'), duration(day.loggedInMs)],
    [t('agent.day.occupancy'), share(day.occupancy, currentLanguage())],
  ];
  return (
    <dl className={classes['figures']}>
      {lines.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
