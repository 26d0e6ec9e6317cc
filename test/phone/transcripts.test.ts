import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, it, vi } from 'vitest';
import { openStage, type Stage } from '../kit/engine.ts';
import { appointmentOf, callWhere } from '../kit/journal.ts';
import { play } from '../transcripts/play.ts';
import { realTelephone } from '../transcripts/real-telephone.ts';
import { OPEN_OFFICE, readTranscripts } from '../transcripts/transcript.ts';

const FIRST_NUMBER = 3001;
/** Most of a call is waiting, so all of them go at once; who says nothing at all takes a minute and a half. */
vi.setConfig({ maxConcurrency: 30, testTimeout: 240_000 });

const transcripts = readTranscripts().map((transcript, index) => ({ transcript, did: String(FIRST_NUMBER + index) }));

let stage: Stage;
let flows: string;
beforeAll(async () => {
  flows = mkdtempSync(path.join(os.tmpdir(), 'santral-transcripts-'));
  cpSync('flows', flows, { recursive: true });
  writeFileSync(path.join(flows, 'calendars', OPEN_OFFICE.path), OPEN_OFFICE.text);
  for (const { transcript } of transcripts)
    if (transcript.definition !== null) writeFileSync(path.join(flows, `${transcript.id}.yaml`), transcript.definition);
  const routes = transcripts.map(({ transcript, did }) => `  "${did}": { flow: ${transcript.flow}, language: ${transcript.language} }\n`);
  writeFileSync(path.join(flows, 'numbers.yaml'), `numbers:\n${routes.join('')}`);
  stage = await openStage({ trunk: 'house', env: { SANTRAL_FLOWS: flows } });
  // Rendering prompts takes much of a small machine: what is heard meanwhile is torn.
  await stage.engine().logged(({ msg }) => msg === 'prompts are ready');
});
afterAll(async () => {
  await stage?.close();
  rmSync(flows, { recursive: true, force: true });
});

describe.concurrent('transcripts on the real Asterisk', () => {
  it.each(transcripts.map((one) => [one.transcript.id, one] as const))('%s', async (_, { transcript, did }) => {
    const caller = await stage.call(did, transcript.ani === null ? {} : { ani: transcript.ani });
    const { database } = stage.asterisk.config.places;
    const journal = () => callWhere(database, did, ({ state }) => state === 'ended', 'over').then((call) => call.journal);
    const talking = () => callWhere(database, did, (call) => call.journal.some(({ kind }) => kind === 'leg-answered'), 'talking');
    const appointment = (n: number) => appointmentOf(database, did, n);
    await play(transcript, realTelephone(caller, stage.house, transcript, { journal, talking, appointment }));
  });
});
