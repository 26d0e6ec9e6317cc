import type { Label } from '../../domain/label.ts';
import type { Language } from '../../domain/language.ts';

export type Asked = 'required' | 'optional' | 'off';

/** A form as the engine gives it. Times are UTC ms. */
export interface OpenForm {
  readonly form: {
    readonly languages: readonly Language[];
    readonly title: Label;
    readonly intro: Label;
    readonly consent: { readonly version: string; readonly text: Label };
    readonly name: Asked;
    readonly note: Asked;
    readonly topics: readonly { readonly id: string; readonly label: Label }[];
  };
  readonly token: string;
  readonly waitMs: number;
  readonly times: readonly number[];
  readonly callsFrom: number | null;
}

export type Answer = Readonly<Record<'language' | 'number' | 'name' | 'topic' | 'note' | 'consent' | 'website', string>> & {
  readonly notBefore: number | null;
};

/** What came of asking the engine. `code`: of its errors; `unreachable`: no answer. `fields`: those it does not take. */
export type Reply<T> =
  | { readonly ok: true; readonly body: T }
  | { readonly ok: false; readonly code: string; readonly fields: readonly string[] };

export interface Engine {
  open(): Promise<Reply<OpenForm>>;
  send(token: string, answer: Answer): Promise<Reply<{ readonly callsFrom: number | null }>>;
}

/** The form's address at the engine. No cookie goes along, wherever the page is. */
export function engineAt(address: string): Engine {
  async function ask<T>(init: RequestInit): Promise<Reply<T>> {
    try {
      const response = await fetch(address, { ...init, credentials: 'omit', cache: 'no-store' });
      const body = (await response.json()) as T & { readonly code?: string; readonly errors?: readonly { readonly path: string }[] };
      if (response.ok) return { ok: true, body };
      const fields = (body.errors ?? []).map(({ path }) => path.replace('body.', ''));
      return { ok: false, code: body.code ?? 'unreachable', fields };
    } catch {
      return { ok: false, code: 'unreachable', fields: [] };
    }
  }
  return {
    open: () => ask({}),
    send: (token, answer) =>
      ask({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token, ...answer }) }),
  };
}
