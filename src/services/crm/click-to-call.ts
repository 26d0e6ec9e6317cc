import type { BrandId } from '../../domain/brand.ts';
import { type DialDone, type DialWish, judgeDial, REMEMBERED_MS } from '../../domain/click-to-call.ts';
import { SantralError } from '../../domain/errors.ts';
import type { CallId, IdSource, UserId } from '../../domain/ids.ts';
import { maskNumber } from '../../domain/mask-number.ts';
import { type E164, parsePhoneNumber } from '../../domain/phone-number.ts';
import type { AuditStore } from '../../ports/audit.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConsentStore } from '../../ports/consents.ts';

export interface DialRequest {
  readonly brand: BrandId;
  readonly agent: { readonly id: UserId; readonly name: string };
  readonly number: string;
  readonly requestId: string;
  /** In whose name the agent calls; null: no queue's. */
  readonly queue: string | null;
}

export type DialAnswer =
  /** `again`: an earlier wish led to this call; nothing was dialled now. */
  { readonly kind: 'placed'; readonly callId: CallId; readonly again: boolean } | { readonly kind: 'blocked'; readonly reason: string };

export interface DialOrder {
  readonly brand: BrandId;
  readonly agent: UserId;
  readonly number: E164;
  readonly queue: string | null;
}

export interface ClickToCallDeps {
  readonly consents: Pick<ConsentStore, 'of'>;
  readonly audit: Pick<AuditStore, 'add'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  /** Rings the agent, then the number. */
  readonly place: (order: DialOrder) => Promise<CallId>;
}

/** Calls from the screen: one wish is one call, however often it is clicked; whom we must not call is not called. */
export interface ClickToCall {
  /** Rejects with `request.invalid` for what is no number, and with what placing rejects with. */
  dial(request: DialRequest): Promise<DialAnswer>;
}

interface Remembered extends DialDone {
  readonly answer: Promise<DialAnswer>;
}

export function createClickToCall(deps: ClickToCallDeps): ClickToCall {
  const { consents, audit, clock, ids } = deps;
  let remembered: readonly Remembered[] = [];

  async function carryOut({ brand, agent, requestId, queue }: DialRequest, number: E164): Promise<DialAnswer> {
    const { doNotContact } = await consents.of(brand, number);
    const verdict = judgeDial({ requestId, agent: agent.id, number, now: clock.now() }, [], doNotContact?.reason ?? null);
    const details = { number: maskNumber(number), verdict: verdict.kind };
    const entry = {
      id: ids.next('audit'),
      brand,
      at: clock.now(),
      actor: agent.name,
      via: 'api',
      what: 'dial-asked',
      subject: agent.id,
      details,
    } as const;
    await audit.add(entry);
    if (verdict.kind === 'blocked') return verdict;
    return { kind: 'placed', callId: await deps.place({ brand, agent: agent.id, number, queue }), again: false };
  }

  return {
    async dial(request) {
      const parsed = parsePhoneNumber(request.number, { region: 'TR', allow: ['service-444', 'nationwide', 'toll-free'] });
      if (parsed.kind !== 'ok') throw new SantralError('request.invalid', 'body.number is not a number that can be called');
      const now = clock.now();
      const wish: DialWish = { requestId: request.requestId, agent: request.agent.id, number: parsed.e164, now };
      remembered = remembered.filter(({ at }) => now - at < REMEMBERED_MS);
      // Known before anything is waited for: the second click comes while the first one is carried out.
      const verdict = judgeDial(wish, remembered, null);
      const known = verdict.kind === 'same' ? remembered.find((one) => one === verdict.done) : undefined;
      if (known !== undefined) {
        const answer = await known.answer;
        return answer.kind === 'placed' ? { ...answer, again: true } : answer;
      }
      const { requestId, agent, number } = wish;
      const entry: Remembered = { requestId, agent, number, at: now, answer: carryOut(request, parsed.e164) };
      remembered = [...remembered, entry];
      // What failed or was not allowed is no call: it may be tried again at once.
      const forget = (): void => {
        remembered = remembered.filter((one) => one !== entry);
      };
      entry.answer.then((answer) => answer.kind === 'blocked' && forget(), forget);
      return entry.answer;
    },
  };
}
