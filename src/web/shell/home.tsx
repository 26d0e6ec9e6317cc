import { Navigate } from 'react-router';
import { homeOf } from '../pages.ts';
import { useLogin } from './use-login.ts';

/** The page that somebody of this role begins with. */
export function Home() {
  const login = useLogin();
  return <Navigate to={homeOf(login.data?.kind === 'in' ? login.data.me.role : '')} replace />;
}
