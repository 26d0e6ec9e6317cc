import type { MicrophoneProblem } from './states.ts';

export interface Voice {
  readonly stream: MediaStream;
  readonly problem: MicrophoneProblem | null;
  close(): void;
}

/** The caller's microphone, or, where there is none, silence that is sent in its place. Never rejects. */
export async function openVoice(): Promise<Voice> {
  // Browsers hide the microphone from pages that came over plain http from another machine.
  if (navigator.mediaDevices === undefined) return silence('insecure');
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
    return { stream, problem: null, close: () => stopAll(stream) };
  } catch (error) {
    return silence(problemOf(error));
  }
}

function problemOf(error: unknown): MicrophoneProblem {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** A track of zeros: RTP keeps flowing (Asterisk sees a live caller) and keys can be sent beside it. */
function silence(problem: MicrophoneProblem): Voice {
  const context = new AudioContext();
  const source = context.createConstantSource();
  const gain = context.createGain();
  gain.gain.value = 0;
  const out = context.createMediaStreamDestination();
  source.connect(gain).connect(out);
  source.start();
  return {
    stream: out.stream,
    problem,
    close() {
      stopAll(out.stream);
      void context.close();
    },
  };
}

function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
