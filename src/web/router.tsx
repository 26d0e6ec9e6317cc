import { createBrowserRouter } from 'react-router';
import { LoginPage } from './login/login-page.tsx';
import { PasswordPage } from './login/password-page.tsx';
import { PAGES, type Page } from './pages.ts';
import { Crash } from './shell/crash.tsx';
import { Guarded } from './shell/guarded.tsx';
import { Home } from './shell/home.tsx';
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
    children: [{ index: true, Component: Home }, ...PAGES.map(routeOf), { path: '*', Component: NotFound }],
  },
]);

/** The code of a page that its reader may not see is not even loaded. */
function routeOf(page: Page) {
  const lazy = async () => ({ Component: await page.load() });
  const below = page.deep === true ? [{ path: '*', lazy }] : [];
  return { path: page.path, element: <Guarded page={page} />, ErrorBoundary: Crash, children: [{ index: true as const, lazy }, ...below] };
}
