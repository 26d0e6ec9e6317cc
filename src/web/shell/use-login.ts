import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { askLogin, type Login } from '../api/auth.ts';

const KEY = ['login'] as const;

/** Whether somebody is logged in here, and who. */
export function useLogin() {
  return useQuery({ queryKey: KEY, queryFn: askLogin, staleTime: 5 * 60_000 });
}

/** Asks the engine again; the pages follow the answer. */
export function useLoginChanged(): () => Promise<Login> {
  const queries = useQueryClient();
  return useCallback(async () => {
    const login = await askLogin();
    // Another user must not see what the last one loaded.
    if (login.kind === 'out') queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY[0] });
    queries.setQueryData(KEY, login);
    return login;
  }, [queries]);
}
