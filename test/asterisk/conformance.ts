import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { ANI, type Bench, DID, type Exchange } from './bench.ts';
import { connectionCases } from './conformance-connection.ts';
import { legCases } from './conformance-legs.ts';
import { listenerCases } from './conformance-listeners.ts';
import { callCases } from './conformance-prompts.ts';
import { type Hearing, startHearing, type Transport } from './hearing.ts';

/** What every way to Asterisk must do, whichever transport and whichever Asterisk. */
export function conformance(name: string, transport: Transport, open: () => Promise<Exchange>): void {
  describe(name, () => {
    let exchange: Exchange;
    let hearing: Hearing;
    const hearings: Hearing[] = [];

    beforeAll(async () => {
      exchange = await open();
    });
    afterAll(() => exchange.stop());
    beforeEach(async () => {
      hearing = bench.listen();
      await exchange.until('the connection is up', hearing.isUp);
    });
    afterEach(async () => {
      const last = hearings.findLast((one) => one.isUp());
      for (const channel of (await last?.telephony.listChannels())?.all ?? []) await last?.telephony.hangup(channel.id, 'normal');
      for (const bridge of (await last?.telephony.listBridges()) ?? []) await last?.telephony.destroyBridge(bridge.id);
      for (const one of hearings.splice(0)) await one.telephony.stop();
    });

    const bench = createBench({
      exchange: () => exchange,
      hearing: () => hearing,
      setHearing: (one) => {
        hearing = one;
      },
      listen: (options) => {
        const one = startHearing(exchange, { transport, ...options });
        hearings.push(one);
        return one;
      },
    });
    connectionCases(bench);
    callCases(bench);
    legCases(bench);
    listenerCases(bench);
  });
}

interface BenchDeps {
  readonly exchange: () => Exchange;
  readonly hearing: () => Hearing;
  readonly setHearing: (hearing: Hearing) => void;
  readonly listen: Bench['listen'];
}

function createBench(deps: BenchDeps): Bench {
  let count = 0;
  const bench: Bench = {
    get exchange() {
      return deps.exchange();
    },
    get hearing() {
      return deps.hearing();
    },
    set hearing(one) {
      deps.setHearing(one);
    },
    listen: deps.listen,
    id(kind) {
      count += 1;
      return `${kind}_${Date.now()}_${count}`;
    },
    async incoming(answered = true) {
      const { exchange, hearing } = bench;
      const known = new Set(hearing.events);
      const far = await exchange.call(DID, ANI);
      const begun = () => hearing.find('started', (event) => !known.has(event) && event.args[0] === 'inbound');
      await exchange.until('the call arrives', () => begun() !== undefined);
      const started = begun();
      if (started === undefined) throw new Error('It arrived, and is not there');
      const channelId = started.channel.id;
      if (answered) {
        await hearing.telephony.answer(channelId);
        await exchange.until('it is up', () => hearing.find('state', (e) => e.channelId === channelId && e.state === 'up') !== undefined);
      }
      return { far, started, channelId };
    },
    finished: (playbackId) => bench.hearing.find('playback-finished', (event) => event.playbackId === playbackId),
    async whenFinished(playbackId) {
      await bench.exchange.until(`${playbackId} is over`, () => bench.finished(playbackId) !== undefined);
      return bench.finished(playbackId);
    },
    async whenDestroyed(channelId) {
      const look = () => bench.hearing.find('destroyed', (event) => event.channelId === channelId);
      await bench.exchange.until(`${channelId} is gone`, () => look() !== undefined);
      return look();
    },
  };
  return bench;
}
