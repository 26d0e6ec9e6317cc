let kept: string | null = null;

/** The one-time password just typed at the login, for the page that replaces it. In this page's memory only, until taken. */
export const handover = {
  keep(password: string): void {
    kept = password;
  },
  peek: (): string | null => kept,
  forget(): void {
    kept = null;
  },
};
