import { type FormEvent, useState } from 'react';

/** Sends a form: once at a time, with its error afterwards. `send` gives false when the form is not filled in yet. */
export function useSubmit(send: () => Promise<void> | false) {
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    setError(null);
    const sent = send();
    if (sent === false) return;
    setBusy(true);
    try {
      await sent;
    } catch (reason) {
      setTried(false);
      setError(reason);
    } finally {
      setBusy(false);
    }
  }

  return { busy, tried, error, setError, onSubmit: (event: FormEvent) => void submit(event) };
}
