import { Button, PasswordInput, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate } from 'react-router';
import { MIN_PASSWORD_LENGTH } from '../../domain/password.ts';
import { changePassword, logOut } from '../api/auth.ts';
import { hasCode } from '../api/client.ts';
import { errorText } from '../api/error-text.ts';
import { FormError } from '../shared/form-error.tsx';
import { useLogin, useLoginChanged } from '../shell/use-login.ts';
import { useTitle } from '../shell/use-title.ts';
import { Waiting } from '../shell/waiting.tsx';
import { Door } from './door.tsx';
import { handover } from './handover.ts';
import { useSubmit } from './use-submit.ts';

/** Replaces the one-time password. Whoever just typed it at the login need not type it again. */
export function PasswordPage() {
  const { t } = useTranslation();
  const login = useLogin();
  useTitle(t('password.title'));
  if (login.data === undefined && login.error === null) return <Waiting />;
  if (login.data?.kind === 'in') return <Navigate to="/" replace />;
  if (login.data?.kind !== 'password-due') return <Navigate to="/login" replace />;
  return (
    <Door title={t('password.title')} hint={t('password.hint')}>
      <PasswordForm />
    </Door>
  );
}

function usePasswords() {
  const { t } = useTranslation();
  const [handed, setHanded] = useState(handover.peek);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  useEffect(() => () => handover.forget(), []);

  const old = handed ?? current;
  const tooShort = next.length < MIN_PASSWORD_LENGTH ? t('password.tooShort', { count: MIN_PASSWORD_LENGTH }) : null;
  return {
    asksOld: handed === null,
    old,
    next,
    fields: { current: [current, setCurrent], next: [next, setNext], again: [again, setAgain] } as const,
    faults: {
      current: old === '' ? t('login.passwordMissing') : null,
      next: tooShort ?? (next === old ? t('password.same') : null),
      again: again === next ? null : t('password.different'),
    },
    /** The one-time password was not the right one: ask for it. */
    askOld: () => setHanded(null),
  };
}

function PasswordForm() {
  const { t } = useTranslation();
  const loginChanged = useLoginChanged();
  const { asksOld, old, next, fields, faults, askOld } = usePasswords();

  async function send(): Promise<void> {
    try {
      await changePassword(old, next);
    } catch (reason) {
      if (hasCode(reason, 'auth.bad-credentials')) askOld();
      throw reason;
    }
    await loginChanged();
  }
  const filled = Object.values(faults).every((fault) => fault === null);
  const { busy, tried, error, setError, onSubmit } = useSubmit(() => (filled ? send() : false));
  const leave = (): void => {
    logOut().then(loginChanged).catch(setError);
  };

  const field = (name: 'current' | 'next' | 'again') => ({
    label: t(`password.${name}`),
    autoComplete: name === 'current' ? 'current-password' : 'new-password',
    value: fields[name][0],
    onChange: (event: { readonly currentTarget: HTMLInputElement }) => fields[name][1](event.currentTarget.value),
    error: tried ? faults[name] : null,
    visibilityToggleButtonProps: { 'aria-label': t('login.showPassword') },
  });
  const wrongOld = hasCode(error, 'auth.bad-credentials');
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack gap="md">
        <FormError text={error === null ? null : wrongOld ? t('password.currentWrong') : errorText(t, error)} />
        {asksOld ? <PasswordInput {...field('current')} autoFocus /> : null}
        <PasswordInput {...field('next')} description={t('password.rule', { count: MIN_PASSWORD_LENGTH })} autoFocus={!asksOld} />
        <PasswordInput {...field('again')} />
        <Button type="submit" loading={busy} fullWidth mt="xs">
          {t('password.submit')}
        </Button>
        <Button variant="subtle" color="gray" onClick={leave}>
          {t('shell.logOut')}
        </Button>
      </Stack>
    </form>
  );
}
