import { Button, Group, Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from '../api/error-text.ts';
import type { Recorder } from './use-recorder.ts';

/** How the upload goes, or why it did not. `playing` is why a prompt could not be heard. */
export function RecorderNote({ recorder, playing }: { readonly recorder: Recorder; readonly playing: unknown }) {
  const { t } = useTranslation();
  const { state } = recorder;
  switch (state.kind) {
    case 'uploading': {
      const percent = Math.round(state.share * 100);
      return (
        <div role="status">
          <Progress value={percent} size="sm" aria-label={t('prompts.uploading', { percent })} />
          <Text size="xs" c="dimmed">
            {percent < 100 ? t('prompts.uploading', { percent }) : t('prompts.converting')}
          </Text>
        </div>
      );
    }
    case 'uploaded':
      return (
        <Text size="xs" role="status">
          {[t('prompts.done'), ...state.remarks.map((remark) => t(`prompts.remark.${remark}`))].join(' ')}
        </Text>
      );
    case 'removed':
      return (
        <Text size="xs" role="status">
          {t('prompts.removed')}
        </Text>
      );
    case 'asking':
      return (
        <Group gap={6} role="group" aria-label={t('prompts.confirmRemove')}>
          <Text size="xs">{t('prompts.confirmRemove')}</Text>
          <Button size="compact-xs" color="red" onClick={recorder.remove} autoFocus>
            {t('prompts.confirmYes')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={recorder.keep}>
            {t('prompts.confirmNo')}
          </Button>
        </Group>
      );
    case 'too-many':
      return <Fault text={t('prompts.oneFile')} />;
    case 'failed':
      return <Fault text={errorText(t, state.error)} />;
    default:
      return playing === null ? null : <Fault text={errorText(t, playing)} />;
  }
}

function Fault({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="var(--mantine-color-error)" role="alert">
      {text}
    </Text>
  );
}
