import { z } from 'zod';
import { MOST_RECORDING_BYTES } from '../../domain/recording-limits.ts';
import { PROMPT_KEY_PATTERN } from '../../flow/parts.ts';
import { contract, doc, NO_CONTENT, named, OFFICE, SUPERVISORS } from '../contract.ts';
import { at, language } from './common.ts';

export const AUDIO_TYPES = [
  'audio/wav',
  'audio/x-wav',
  'audio/wave',
  'audio/mpeg',
  'audio/mp3',
  'audio/ogg',
  'audio/opus',
  'application/ogg',
  'application/octet-stream',
] as const;

const key = doc(
  z.string().max(200).regex(PROMPT_KEY_PATTERN, 'must be small letters, digits and dashes with a dot between'),
  'The prompt’s key in the catalogue.',
  'main.welcome',
);
const promptParams = z.object({ key, language });
const usedBy = doc(z.array(z.object({ flow: z.string(), nodes: z.array(z.string()) })), 'Flows and their nodes that say it.', [
  { flow: 'main-menu', nodes: ['welcome'] },
]);

const version = named(
  'PromptVersion',
  z.object({
    text: doc(z.string().nullable(), 'Its words; null when there are none in this language.', 'Hoş geldiniz.'),
    speaksValues: doc(z.boolean(), 'The text holds values of the call: the voice says it, a recording would never be heard.', false),
    recording: doc(
      z
        .object({
          origin: doc(
            z.enum(['uploaded', 'shipped']),
            'uploaded: brought over the API · shipped: in the directory of the catalogue.',
            'uploaded',
          ),
          changedAt: at('When it was put there.'),
          changedBy: doc(z.string().nullable(), 'Who uploaded it; null when nobody did.', 'ayse'),
        })
        .nullable(),
      'null: the voice says it.',
    ),
  }),
  'A prompt in one language.',
);

const promptView = named(
  'Prompt',
  z.object({
    key,
    file: doc(z.string(), 'The file of its text.', 'sounds/main.yaml'),
    line: doc(z.int(), 'From 1.', 2),
    versions: z.object({ tr: version, en: version }),
    missing: doc(z.array(language), 'Languages with neither text nor recording.', []),
    usedBy,
    usedByEngine: doc(z.boolean(), 'Said by the engine itself.', false),
  }),
  'A prompt of the catalogue.',
);

export const listPrompts = contract({
  id: 'prompts.list',
  method: 'GET',
  path: '/api/v1/prompts',
  tag: 'prompts',
  summary: 'All prompts: texts, recordings, who says them, what is missing',
  access: OFFICE,
  reply: {
    status: 200,
    description: 'The prompts by key, and keys that flows name but the catalogue lacks.',
    schema: z.object({
      items: z.array(promptView),
      absent: doc(z.array(z.object({ key: z.string(), usedBy })), 'Named by flows, but not in the catalogue.'),
    }),
  },
  errors: [],
});

export const hearPrompt = contract({
  id: 'prompts.hear',
  method: 'GET',
  path: '/api/v1/prompts/:key/audio/:language',
  tag: 'prompts',
  summary: 'A prompt as callers hear it: its recording, or the voice',
  description: 'Values that the text holds are left out.',
  access: OFFICE,
  params: promptParams,
  reply: { status: 200, description: 'WAV: 8 kHz, mono, 16 bit.', contentType: 'audio/wav', schema: z.instanceof(Buffer) },
  errors: ['request.not-found', 'speech.failed'],
});

export const putRecording = contract({
  id: 'prompts.record',
  method: 'PUT',
  path: '/api/v1/prompts/:key/recordings/:language',
  tag: 'prompts',
  summary: 'Upload a recording; callers hear it from the next prompt on',
  description:
    'The file as it is: WAV, MP3 or Ogg (Vorbis, Opus), told by its content. It is brought to 8 kHz, mono, 16 bit and to the usual level, and silence at both ends is cut off.',
  access: SUPERVISORS,
  params: promptParams,
  body: doc(z.instanceof(Buffer), 'The bytes of the file.'),
  consumes: AUDIO_TYPES,
  bodyLimit: MOST_RECORDING_BYTES,
  ratePerMinute: 60,
  reply: {
    status: 200,
    description: 'It is in force.',
    schema: z.object({
      durationMs: doc(z.int(), 'How long it is after silence was cut off.', 2800),
      remarks: doc(
        z.array(z.enum(['clipped', 'quiet'])),
        'clipped: some of it is distorted · quiet: it had to be raised much, and its noise with it.',
        [],
      ),
    }),
  },
  errors: [
    'request.not-found',
    'request.conflict',
    'audio.not-audio',
    'audio.damaged',
    'audio.too-short',
    'audio.too-long',
    'audio.silent',
    'audio.clipped',
    'audio.no-converter',
    'store.full',
  ],
});

export const removeRecording = contract({
  id: 'prompts.unrecord',
  method: 'DELETE',
  path: '/api/v1/prompts/:key/recordings/:language',
  tag: 'prompts',
  summary: 'Remove an uploaded recording; one of the catalogue’s directory, or the voice, is heard again',
  access: SUPERVISORS,
  params: promptParams,
  reply: NO_CONTENT,
  errors: ['request.not-found', 'request.conflict', 'store.full'],
});
