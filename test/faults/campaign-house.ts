import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Ask, asAdmin } from '../kit/api.ts';
import { startTestAsterisk, type TestAsterisk } from '../kit/asterisk.ts';
import { CAMPAIGN_FLOW, mannerOf, standing } from '../kit/campaign-run.ts';
import { startEngine, type TestEngine } from '../kit/engine.ts';
import { type Manner, openTrunk, type TestTrunk } from '../kit/trunk.ts';

const LOOK_MS = 1000;

export interface CampaignHouse {
  readonly asterisk: TestAsterisk;
  readonly trunk: TestTrunk;
  readonly ask: Ask;
  engine(): TestEngine;
  /** Kills the engine as a power cut would, and starts it again. */
  killEngine(): Promise<void>;
  /** Engine and Asterisk at once, and for good. */
  cutPower(): Promise<void>;
  close(): Promise<void>;
}

/** A real Asterisk, the engine in its own process, and the far side of a trunk that takes calls as each number's manner says; `shared`: one that is there. */
export async function openCampaignHouse(
  env: Readonly<Record<string, string>> = {},
  manner: (number: string) => Manner = mannerOf,
  shared?: TestTrunk,
): Promise<CampaignHouse> {
  const trunk = shared ?? (await openTrunk(manner));
  const many = { SANTRAL_DIAL_CHANNELS: '1500', SANTRAL_TRUNK_CHANNELS: '3000', SANTRAL_DIAL_PER_SECOND: '100' };
  const quiet = { SANTRAL_VOICE: 'tones', SANTRAL_LOG_LEVEL: 'info', SANTRAL_RATE_LIMIT: '100000' };
  const asterisk = await startTestAsterisk({ env: { ...quiet, ...many, SANTRAL_TRUNK: trunk.address, ...env } });
  const flows = path.join(asterisk.config.places.data, 'flows');
  mkdirSync(flows, { recursive: true });
  writeFileSync(path.join(flows, 'main.yaml'), CAMPAIGN_FLOW);
  writeFileSync(path.join(flows, 'numbers.yaml'), 'numbers:\n  "*": { flow: main, language: en }\n');
  const dirs = { SANTRAL_FLOWS: flows };
  let engine = await startEngine(asterisk, dirs);
  const ask = await asAdmin(engine);
  return {
    asterisk,
    trunk,
    ask,
    engine: () => engine,
    async killEngine() {
      await engine.kill();
      engine = await startEngine(asterisk, dirs);
    },
    async cutPower() {
      await Promise.all([engine.kill(), asterisk.halt('kill')]);
    },
    async close() {
      await engine.stop();
      await asterisk.stop();
      if (shared === undefined) trunk.close();
    },
  };
}

/** Until the campaign is done, or for so long. Another process works there: it has to be asked again and again. */
export async function untilDone({ ask }: Pick<CampaignHouse, 'ask'>, id: string, patienceMs: number) {
  const until = Date.now() + patienceMs;
  for (;;) {
    const now = await standing(ask, id).catch(() => undefined);
    if (now?.state === 'done' || Date.now() > until) return now ?? { state: 'unknown', counts: {} };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
