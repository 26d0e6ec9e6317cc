import type { Config } from './config/config.ts';
import type { CallSettings } from './services/calls/deps.ts';

/** How much longer than its clips a playback may take: Asterisk under load starts late, it never stretches audio. */
const PLAYBACK_MARGIN_MS = 3000;
const STOP_MARGIN_MS = 1000;
/** ChannelDestroyed follows a hang-up within milliseconds; clean-up ends within a second. */
const END_MARGIN_MS = 1000;
const STORE_RETRY_MS = 500;
const DAY_MS = 86_400_000;

/** How old recordings and who listens to them become. */
export function recordingAges({ maxCallMinutes, listeningMinutes }: Pick<Config, 'maxCallMinutes' | 'listeningMinutes'>) {
  // When no call can be using a file any more: what a longest call and a database that was away for a day leave over.
  return { orphanMs: maxCallMinutes * 60_000 + DAY_MS, listeningMs: listeningMinutes * 60_000 };
}

/** What the call services need of the configuration. */
export function callSettings(config: Config): CallSettings {
  const { maxTransitions, maxSubflowDepth, maxTextLength, maxSessionBytes } = config;
  return {
    zone: config.zone,
    noRoute: { brand: config.brand, flow: '', language: config.language },
    limits: { maxTransitions, maxSubflowDepth, maxTextLength, maxSessionBytes },
    typeAheadKeys: config.typeAheadKeys,
    maxCallMs: config.maxCallMinutes * 60_000,
    playbackMarginMs: PLAYBACK_MARGIN_MS,
    stopMarginMs: STOP_MARGIN_MS,
    endMarginMs: END_MARGIN_MS,
    storeRetryMs: STORE_RETRY_MS,
    recordingKeepMs: config.recordingDays * DAY_MS,
    recordCalls: config.recordCalls === 'on',
    callRecordingKeepMs: config.callRecordingDays * DAY_MS,
    recordingPauseMs: config.recordingPauseSeconds * 1000,
    machineGreetingMs: config.machineGreetingMs,
    transferRingMs: config.transferRingSeconds * 1000,
    agentLostMs: config.agentLostSeconds * 1000,
  };
}
