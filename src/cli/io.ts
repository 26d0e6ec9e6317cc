/** What a command may touch of the process it runs in; tests hand in their own. */
export interface CliIo {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** For commands that talk with whoever sits at the terminal. */
export interface InteractiveIo extends CliIo {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
}

/** Exit codes of every command: 1 is what it looked for (problems, bad rows) or could not do, 2 a wrong command line. */
export const EXIT = { ok: 0, problems: 1, usage: 2 } as const;
