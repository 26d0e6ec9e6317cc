import { useState } from 'react';

/** Something that is asked of the engine at the press of a button. */
export interface Doing {
  readonly busy: boolean;
  /** Why the last one came to nothing. */
  readonly error: unknown;
  /** True when it was done. One at a time: pressed meanwhile, nothing happens. */
  readonly run: (deed: () => Promise<unknown>) => Promise<boolean>;
}

export function useDeed(): Doing {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function run(deed: () => Promise<unknown>): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    setError(null);
    try {
      await deed();
      return true;
    } catch (reason) {
      setError(reason);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, run };
}
