import { Alert, Blockquote, List, Modal, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type CallbackInfo, callbackStory, type FormEvidence } from '../api/callbacks.ts';
import { errorText } from '../api/error-text.ts';
import { Icon } from '../icons.tsx';
import { whenText } from '../shared/dates.ts';
import { Waiting } from '../shell/waiting.tsx';

/** What happens to an entry, as the engine names it; all else is told as it is named. */
const EVENTS = [
  'found',
  'reserve',
  'let-go',
  'dial',
  'ended',
  'put-off',
  'caller-called',
  'by-hand',
  'caller-left',
  'served',
  'not-reached',
  'close',
  'move',
  'now',
  'lost',
  'expire',
] as const;

/** What was done about one callback, and what they agreed to where a web form asked for it. */
export function CallbackStoryDialog({ of, onClose }: { readonly of: CallbackInfo | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={of !== null}
      onClose={onClose}
      size="lg"
      title={t('callbacks.storyOf', { number: of?.number ?? '' })}
      closeButtonProps={{ 'aria-label': t('flows.close') }}
    >
      {of === null ? null : <Story of={of} />}
    </Modal>
  );
}

function Story({ of }: { readonly of: CallbackInfo }) {
  const { t } = useTranslation();
  const story = useQuery({ queryKey: ['callback-story', of.id, of.state], queryFn: () => callbackStory(of.id) });
  if (story.error !== null)
    return (
      <Alert color="red" icon={<Icon name="warning" />}>
        {errorText(t, story.error)}
      </Alert>
    );
  if (story.data === undefined) return <Waiting />;
  const { history, forms } = story.data;
  return (
    <Stack>
      <section>
        <Title order={2} size="h4">
          {t('callbacks.history')}
        </Title>
        <List type="ordered">
          {history.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the history grows at its end only
            <List.Item key={at}>
              {whenText(line.at)}: {eventText(line.event, t)} ({byText(line.by, t)})
            </List.Item>
          ))}
        </List>
      </section>
      {forms.length === 0 ? null : (
        <section>
          <Title order={2} size="h4">
            {t('callbacks.evidence')}
          </Title>
          {forms.map((form) => (
            <Evidence key={form.id} form={form} />
          ))}
        </section>
      )}
    </Stack>
  );
}

function Evidence({ form }: { readonly form: FormEvidence }) {
  const { t } = useTranslation();
  const { at, origin, consentText, consentVersion, form: name } = form;
  const place = origin === 'own' ? t('callbacks.ownPage') : origin;
  return (
    <>
      <Text mt="xs">{t('callbacks.agreed', { when: whenText(at), form: name, place, version: consentVersion })}</Text>
      <Blockquote my="xs" p="sm">
        {consentText}
      </Blockquote>
    </>
  );
}

function eventText(event: string, t: TFunction<'app'>): string {
  const known = EVENTS.find((one) => one === event);
  return known === undefined ? event : t(`callbacks.events.${known}`);
}

function byText(by: string, t: TFunction<'app'>): string {
  return by === 'engine' ? t('callbacks.engine') : by;
}
