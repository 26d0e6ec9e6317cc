import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const STEPS = ['people', 'settings', 'check'] as const;
export type WizardStep = (typeof STEPS)[number];

/** Where one is on the way to a campaign. */
export function Steps({ now }: { readonly now: WizardStep }) {
  const { t } = useTranslation();
  return (
    <Group component="ol" gap="lg" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('campaigns.wizard.steps')}>
      {STEPS.map((step, index) => (
        <Text
          key={step}
          component="li"
          size="sm"
          fw={step === now ? 700 : 400}
          {...(step === now ? { 'aria-current': 'step' as const } : {})}
        >
          {index + 1}. {t(`campaigns.wizard.step.${step}`)}
        </Text>
      ))}
    </Group>
  );
}
