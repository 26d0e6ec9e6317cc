import type { Voice } from '../../ports/speech.ts';
import type { Metrics } from './metrics.ts';
import { type Stopwatch, timed } from './outcome.ts';

/** The same voice, with each rendering's time and outcome counted. What comes from the cache never gets here. */
export function meterVoice(voice: Voice, metrics: Pick<Metrics, 'speechRendered'>, now: Stopwatch = () => performance.now()): Voice {
  return {
    id: voice.id,
    render: (text, language, signal) => timed(() => voice.render(text, language, signal), metrics.speechRendered, now),
  };
}
