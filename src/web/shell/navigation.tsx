import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { Icon } from '../icons.tsx';
import { maySee, PAGES } from '../pages.ts';
import classes from './navigation.module.css';

/** The pages that this user may see. */
export function Navigation({ role }: { readonly role: string }) {
  const { t } = useTranslation();
  return (
    <Group component="nav" aria-label={t('shell.navigation')} gap={4} wrap="nowrap" className={classes['pages'] ?? ''}>
      {PAGES.filter((page) => maySee(page, role)).map(({ path, name, icon }) => (
        <NavLink key={path} to={path} className={classes['link'] ?? ''}>
          <Icon name={icon} size={18} />
          <span className={classes['name']}>{t(`pages.${name}`)}</span>
        </NavLink>
      ))}
    </Group>
  );
}
