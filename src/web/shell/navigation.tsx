import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Icon } from '../icons.tsx';
import { PAGES } from '../pages.ts';
import classes from './navigation.module.css';

export function Navigation({ role }: { readonly role: string }) {
  const { t } = useTranslation();
  return (
    <Group component="nav" aria-label={t('shell.navigation')} gap={4} wrap="nowrap" className={classes['pages'] ?? ''}>
      {PAGES.filter(({ roles }) => roles?.includes(role) !== false).map(({ path, name, icon }) => (
        <NavLink key={path} to={path} className={classes['link'] ?? ''}>
          <Icon name={icon} size={18} />
          <span className={classes['name']}>{t(`pages.${name}`)}</span>
        </NavLink>
      ))}
    </Group>
  );
}
