import { Alert, AppShell, Button, Center, Container, Group, Stack } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, Outlet, useLocation } from 'react-router';
import type { Me } from '../api/auth.ts';
import { errorText } from '../api/error-text.ts';
import { Icon } from '../icons.tsx';
import { BrandMark } from './brand-mark.tsx';
import { CallAudio } from './call-audio.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Navigation } from './navigation.tsx';
import { OfferBanner } from './offer-banner.tsx';
import { Ringer } from './ringer.tsx';
import { createServices, ServicesContext } from './services.ts';
import { useLogin, useLoginChanged } from './use-login.ts';
import { UserMenu } from './user-menu.tsx';
import { Waiting } from './waiting.tsx';

/** Every page behind the login. Sends others to the login and back again. */
export function Shell() {
  const { t } = useTranslation();
  const login = useLogin();
  const { pathname } = useLocation();
  if (login.data === undefined) {
    if (login.error === null) return <Waiting />;
    return (
      <Center h="80vh" p="md">
        <Stack maw={440}>
          <Alert color="red" icon={<Icon name="offline" />} title={t('shell.away')}>
            {errorText(t, login.error)}
          </Alert>
          <Button onClick={() => void login.refetch()} loading={login.isFetching}>
            {t('shell.tryAgain')}
          </Button>
        </Stack>
      </Center>
    );
  }
  if (login.data.kind === 'out') return <Navigate to="/login" replace state={{ from: pathname }} />;
  if (login.data.kind === 'password-due') return <Navigate to="/password" replace />;
  return <LoggedIn me={login.data.me} />;
}

function LoggedIn({ me }: { readonly me: Me }) {
  const { t } = useTranslation();
  const loginChanged = useLoginChanged();
  const services = useMemo(() => createServices(() => void loginChanged().catch(() => {})), [loginChanged]);
  useEffect(() => {
    // A closed tab says goodbye, so that its call ends at once.
    const goodbye = (): void => services.phone.stop();
    const back = (event: PageTransitionEvent): void => {
      if (event.persisted) location.reload();
    };
    window.addEventListener('pagehide', goodbye);
    window.addEventListener('pageshow', back);
    return () => {
      window.removeEventListener('pagehide', goodbye);
      window.removeEventListener('pageshow', back);
      services.phone.stop();
      services.feed.stop();
      services.desk.stop();
    };
  }, [services]);

  return (
    <ServicesContext value={services}>
      <AppShell header={{ height: 56 }} padding={0}>
        <a className="skip-link" href="#page">
          {t('shell.skip')}
        </a>
        <AppShell.Header bg="var(--santral-surface)">
          <Container size="xl" h="100%" px={{ base: 'sm', sm: 'lg' }}>
            <Group h="100%" justify="space-between" wrap="nowrap" gap="xs">
              <Group gap="lg" wrap="nowrap" miw={0}>
                <BrandMark compact />
                <Navigation role={me.role} />
              </Group>
              <Group gap="xs" wrap="nowrap">
                <LanguageSwitch />
                <UserMenu me={me} beforeLogOut={() => services.phone.hangUp()} />
              </Group>
            </Group>
          </Container>
        </AppShell.Header>
        <AppShell.Main id="page" tabIndex={-1}>
          <Outlet />
          <OfferBanner desk={services.desk} />
        </AppShell.Main>
      </AppShell>
      <CallAudio phone={services.phone} />
      <Ringer phone={services.phone} />
    </ServicesContext>
  );
}
