import { Checkbox, MultiSelect, NativeSelect, Radio, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RECIPIENT_TYPES } from '../../../domain/consent.ts';
import type { ListId } from '../../../domain/ids.ts';
import { LANGUAGES } from '../../../domain/language.ts';
import { MESSAGE_CLASSES } from '../../../domain/message.ts';
import type { ListInfo } from '../../api/lists.ts';
import classes from '../campaigns.module.css';
import { countText } from '../words.ts';
import type { FieldsProps } from './fields.ts';
import { flowChoices } from './flow-choices.ts';

/** What is said to whom, under which number. */
export function MessageFields({ plan, options, onChange, lists }: FieldsProps & { readonly lists: readonly ListInfo[] }) {
  const { t } = useTranslation();
  const canRefuse = options.flows.find(({ id }) => id === plan.flow)?.canRefuse === true;
  const listed = lists.filter(({ state }) => state === 'ready');
  return (
    <section className={classes['card']} aria-labelledby="message-title">
      <Stack gap="sm">
        <Title order={2} id="message-title">
          {t('campaigns.plan.message')}
        </Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            id="plan-name"
            required
            maxLength={120}
            label={t('campaigns.plan.name')}
            value={plan.name}
            onChange={({ currentTarget: { value } }) => onChange({ name: value })}
          />
          <MultiSelect
            searchable
            id="plan-lists"
            label={t('campaigns.plan.lists')}
            data={listed.map(({ id, name, contacts }) => ({ value: id, label: `${name} (${countText(contacts)})` }))}
            value={plan.lists.filter((id) => listed.some((one) => one.id === id))}
            onChange={(chosen) => onChange({ lists: chosen as readonly string[] as readonly ListId[] })}
          />
          <NativeSelect
            id="plan-flow"
            label={t('campaigns.plan.flow')}
            value={plan.flow}
            onChange={({ currentTarget: { value } }) => onChange({ flow: value })}
            data={flowChoices(options, plan.flow)}
          />
          <NativeSelect
            id="plan-language"
            label={t('campaigns.plan.language')}
            value={plan.language}
            onChange={({ currentTarget: { value } }) => onChange({ language: LANGUAGES.find((one) => one === value) ?? 'tr' })}
            data={LANGUAGES.map((one) => ({ value: one, label: t(`campaigns.plan.languages.${one}`) }))}
          />
        </SimpleGrid>
        <Checkbox
          id="plan-release"
          label={t('campaigns.plan.newest')}
          description={t('campaigns.plan.newestHint', { release: plan.release ?? options.release ?? 0 })}
          checked={plan.release === null}
          onChange={({ currentTarget: { checked } }) => onChange({ release: checked ? null : options.release })}
        />
        <Radio.Group
          label={t('campaigns.plan.class')}
          value={plan.messageClass}
          onChange={(value) => onChange({ messageClass: MESSAGE_CLASSES.find((one) => one === value) ?? 'informational' })}
        >
          <Stack gap={6} mt={4}>
            {MESSAGE_CLASSES.map((one) => (
              <Radio key={one} value={one} label={t(`campaigns.plan.classes.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {plan.messageClass === 'commercial' ? (
          <>
            <NativeSelect
              maw={360}
              label={t('campaigns.plan.recipients')}
              value={plan.recipientType}
              onChange={({ currentTarget: { value } }) =>
                onChange({ recipientType: RECIPIENT_TYPES.find((one) => one === value) ?? 'BIREYSEL' })
              }
              data={RECIPIENT_TYPES.map((one) => ({ value: one, label: t(`campaigns.plan.recipientTypes.${one}`) }))}
            />
            {canRefuse ? null : <Text size="sm">{t('campaigns.plan.cannotRefuse')}</Text>}
          </>
        ) : null}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <MultiSelect
            searchable
            id="plan-callerIds"
            label={t('campaigns.plan.callerIds')}
            description={t('campaigns.plan.callerIdsHint')}
            data={[...new Set([...options.callerIds, ...plan.callerIds])]}
            value={[...plan.callerIds]}
            onChange={(callerIds) => onChange({ callerIds })}
          />
          <MultiSelect
            searchable
            id="plan-webhooks"
            label={t('campaigns.plan.webhooks')}
            description={t('campaigns.plan.webhooksHint')}
            data={[...new Set([...options.webhooks, ...plan.webhooks])]}
            value={[...plan.webhooks]}
            onChange={(webhooks) => onChange({ webhooks })}
          />
        </SimpleGrid>
      </Stack>
    </section>
  );
}
