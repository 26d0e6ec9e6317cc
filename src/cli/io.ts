/** What a command may touch of the process it runs in; tests hand in their own. */
export interface Io {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export interface Sink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Exit codes of every command: 1 is what it looked for (problems, bad rows), 2 a wrong use of the command. */
export const EXIT = { ok: 0, problems: 1, usage: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
