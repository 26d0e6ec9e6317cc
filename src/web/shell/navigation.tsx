import { Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useLocation } from 'react-router';
import { Icon } from '../icons.tsx';
import { maySee, PAGES } from '../pages.ts';
import classes from './navigation.module.css';

/** The pages that this user may see. */
export function Navigation({ role }: { readonly role: string }) {
  const { t } = useTranslation();
  const nav = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  // Where the pages scroll, the one that is open must not lie outside.
  // oxlint-disable-next-line react/exhaustive-deps -- the address is what moves the mark of the open page
  useEffect(() => {
    if (nav.current !== null) bringIntoSight(nav.current);
  }, [pathname]);
  return (
    <Group ref={nav} component="nav" aria-label={t('shell.navigation')} gap={4} wrap="nowrap" className={classes['pages'] ?? ''}>
      {PAGES.filter((page) => maySee(page, role)).map(({ path, name, icon }) => (
        <NavLink key={path} to={path} title={t(`pages.${name}`)} className={classes['link'] ?? ''}>
          <Icon name={icon} size={18} />
          <span className={classes['name']}>{t(`pages.${name}`)}</span>
        </NavLink>
      ))}
    </Group>
  );
}

/** By hand: `scrollIntoView` would have the first Tab begin at that link, behind the way past the navigation. */
function bringIntoSight(nav: HTMLElement): void {
  const open = nav.querySelector('[aria-current="page"]')?.getBoundingClientRect();
  const { left, right } = nav.getBoundingClientRect();
  if (open === undefined) return;
  if (open.left < left) nav.scrollLeft -= left - open.left;
  else if (open.right > right) nav.scrollLeft += open.right - right;
}
