import { Button, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { logOut, type Me } from '../api/auth.ts';
import { Icon, type IconName } from '../icons.tsx';
import { useLoginChanged } from './use-login.ts';

const SCHEMES = [
  ['auto', 'screen'],
  ['light', 'sun'],
  ['dark', 'moon'],
] as const satisfies readonly (readonly [string, IconName])[];

/** Who is logged in, light or dark, and the way out. `beforeLogOut` lets a call end first. */
export function UserMenu({ me, beforeLogOut }: { readonly me: Me; readonly beforeLogOut: () => void }) {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const loginChanged = useLoginChanged();
  const [failed, setFailed] = useState(false);

  async function leave(): Promise<void> {
    beforeLogOut();
    try {
      await logOut();
      await loginChanged();
    } catch {
      setFailed(true);
    }
  }

  return (
    <Menu position="bottom-end" width={240} withArrow withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          px="xs"
          leftSection={<Icon name="user" />}
          aria-label={t('shell.userMenu', { name: me.name })}
        >
          <Text component="span" size="sm" visibleFrom="xs">
            {me.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.loggedInAs', { name: me.name })}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('shell.appearance')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(SCHEMES.find(([scheme]) => scheme === value)?.[0] ?? 'auto')}
        >
          {SCHEMES.map(([scheme, icon]) => (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              checkIcon={<Icon name="check" size={16} />}
              rightSection={<Icon name={icon} size={18} />}
            >
              {t(`shell.scheme.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item closeMenuOnClick={false} leftSection={<Icon name="logOut" size={18} />} onClick={() => void leave()}>
          {t('shell.logOut')}
          {failed ? (
            <Text size="xs" c="var(--mantine-color-error)" role="alert">
              {t('shell.logOutFailed')}
            </Text>
          ) : null}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
