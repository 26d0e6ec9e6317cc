import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { logIn } from '../api/auth.ts';
import { errorText } from '../api/error-text.ts';
import { FormError } from '../shared/form-error.tsx';
import { useLogin, useLoginChanged } from '../shell/use-login.ts';
import { useTitle } from '../shell/use-title.ts';
import { Door } from './door.tsx';
import { handover } from './handover.ts';
import { useSubmit } from './use-submit.ts';

export function LoginPage() {
  const { t } = useTranslation();
  const login = useLogin();
  const from = useCameFrom();
  useTitle(t('login.title'));
  if (login.data?.kind === 'in') return <Navigate to={from} replace />;
  if (login.data?.kind === 'password-due') return <Navigate to="/password" replace />;
  return (
    <Door title={t('login.title')} hint={t('login.hint')}>
      <LoginForm />
    </Door>
  );
}

function LoginForm() {
  const { t } = useTranslation();
  const loginChanged = useLoginChanged();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);

  async function send(): Promise<void> {
    try {
      await logIn(name.trim(), password);
    } catch (reason) {
      setPassword('');
      passwordField.current?.focus();
      throw reason;
    }
    handover.keep(password);
    const { kind } = await loginChanged();
    if (kind !== 'password-due') handover.forget();
  }
  const { busy, tried, error, onSubmit } = useSubmit(() => (name.trim() === '' || password === '' ? false : send()));

  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormError text={error === null ? null : errorText(t, error)} />
        <TextInput
          label={t('login.name')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && name.trim() === '' ? t('login.nameMissing') : null}
        />
        <PasswordInput
          ref={passwordField}
          label={t('login.password')}
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={tried && password === '' ? t('login.passwordMissing') : null}
          visibilityToggleButtonProps={{ 'aria-label': t('login.showPassword') }}
        />
        <Button type="submit" loading={busy} fullWidth mt="xs">
          {t('login.submit')}
        </Button>
      </Stack>
    </form>
  );
}

/** The page that sent the user here; only ever one of ours. */
function useCameFrom(): string {
  const { state } = useLocation() as { state: unknown };
  const from = typeof state === 'object' && state !== null ? (state as { from?: unknown }).from : undefined;
  return typeof from === 'string' && /^\/(?!\/)/.test(from) ? from : '/';
}
