import { createBrowserRouter, Navigate } from 'react-router';
import { LoginPage } from './login/login-page.tsx';
import { PasswordPage } from './login/password-page.tsx';
import { PAGES } from './pages.ts';
import { Crash } from './shell/crash.tsx';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';
import { Waiting } from './shell/waiting.tsx';

export const router = createBrowserRouter([
  { path: '/login', Component: LoginPage, ErrorBoundary: Crash },
  { path: '/password', Component: PasswordPage, ErrorBoundary: Crash },
  {
    path: '/',
    Component: Shell,
    ErrorBoundary: Crash,
    HydrateFallback: Waiting,
    children: [
      { index: true, element: <Navigate to={PAGES[0].path} replace /> },
      ...PAGES.map(({ path, load }) => ({ path, lazy: async () => ({ Component: await load() }), ErrorBoundary: Crash })),
      { path: '*', Component: NotFound },
    ],
  },
]);
