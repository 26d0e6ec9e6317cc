import { Badge, Button, Group, Text } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../domain/language.ts';
import type { PromptVersion } from '../api/prompts.ts';
import { Icon } from '../icons.tsx';
import { whenText } from '../shared/dates.ts';
import type { Player } from './player.ts';
import classes from './prompts.module.css';
import { RecorderNote } from './recorder-note.tsx';
import { useRecorder } from './use-recorder.ts';

interface CellProps {
  readonly name: string;
  readonly language: Language;
  readonly version: PromptVersion;
  readonly missing: boolean;
  readonly player: Player;
  readonly mayRecord: boolean;
  readonly changed: () => Promise<unknown>;
}

/** A prompt in one language: its words, what is heard, and what can be done about it. A file may be dropped here. */
export function VersionCell({ name, language, version, missing, player, mayRecord, changed }: CellProps) {
  const { t } = useTranslation();
  const recorder = useRecorder(name, language, changed);
  const { over, ...drop } = useDrop(mayRecord && !version.speaksValues && !recorder.busy, recorder.upload);
  return (
    <div className={classes['version']} data-language={language} data-over={over || undefined} {...drop}>
      <Text className={classes['language']} size="xs" c="dimmed">
        {t(`prompts.language.${language}`)}
      </Text>
      {version.text === null ? null : (
        <Text size="sm" lang={language} className={classes['text']}>
          {version.text}
        </Text>
      )}
      <Source version={version} missing={missing} />
      <Group gap={6}>
        {missing ? null : <PlayButton name={name} language={language} player={player} />}
        {mayRecord && !version.speaksValues ? <UploadButton name={name} language={language} recorder={recorder} /> : null}
        {mayRecord && version.recording?.origin === 'uploaded' ? (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<Icon name="trash" size={16} />}
            disabled={recorder.busy}
            onClick={recorder.askToRemove}
            aria-label={t('prompts.remove', { key: name, language: t(`prompts.language.${language}`) })}
          >
            {t('prompts.removeShort')}
          </Button>
        ) : null}
      </Group>
      <RecorderNote recorder={recorder} playing={player.failed?.name === `${language}/${name}` ? player.failed.error : null} />
      {over ? <div className={classes['drop']}>{t('prompts.drop')}</div> : null}
    </div>
  );
}

function Source({ version: { recording, speaksValues }, missing }: { readonly version: PromptVersion; readonly missing: boolean }) {
  const { t } = useTranslation();
  if (missing)
    return (
      <Badge variant="light" color="red" tt="none" leftSection={<Icon name="warning" size={14} />}>
        {t('prompts.missing')}
      </Badge>
    );
  if (recording === null)
    return (
      <Text size="xs" c="dimmed">
        {t('prompts.voice')}
        {speaksValues ? `. ${t('prompts.values')}` : ''}
      </Text>
    );
  return (
    <Group gap={6}>
      <Badge variant="light" color="green" tt="none" leftSection={<Icon name="record" size={14} />}>
        {t('prompts.recorded')}
      </Badge>
      <Text size="xs" c="dimmed">
        {recording.by === null
          ? t('prompts.shipped')
          : t('prompts.recordedBy', { name: recording.by, date: whenText(recording.changedAt) })}
      </Text>
    </Group>
  );
}

function PlayButton({ name, language, player }: { readonly name: string; readonly language: Language; readonly player: Player }) {
  const { t } = useTranslation();
  const playing = player.playing === `${language}/${name}`;
  return (
    <Button
      size="compact-sm"
      variant="light"
      leftSection={<Icon name={playing ? 'stop' : 'play'} size={16} />}
      onClick={() => player.toggle(name, language)}
      aria-label={
        playing ? t('prompts.stop', { key: name }) : t('prompts.play', { key: name, language: t(`prompts.language.${language}`) })
      }
    >
      {playing ? t('prompts.stopShort') : t('prompts.playShort')}
    </Button>
  );
}

interface UploadProps {
  readonly name: string;
  readonly language: Language;
  readonly recorder: ReturnType<typeof useRecorder>;
}

function UploadButton({ name, language, recorder }: UploadProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<Icon name="upload" size={16} />}
        disabled={recorder.busy}
        onClick={() => input.current?.click()}
        aria-label={t('prompts.upload', { key: name, language: t(`prompts.language.${language}`) })}
      >
        {t('prompts.uploadShort')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        tabIndex={-1}
        accept="audio/*,.wav,.mp3,.ogg,.opus"
        onChange={(event) => {
          recorder.upload(event.currentTarget.files);
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

function useDrop(enabled: boolean, take: (files: FileList) => void) {
  const [over, setOver] = useState(false);
  const guard = (event: DragEvent): boolean => enabled && event.dataTransfer.types.includes('Files');
  return {
    over,
    onDragOver(event: DragEvent) {
      if (!guard(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave(event: DragEvent) {
      const { relatedTarget, currentTarget } = event;
      if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
    },
    onDrop(event: DragEvent) {
      if (!guard(event)) return;
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer.files);
    },
  };
}
