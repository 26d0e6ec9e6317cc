import { NativeSelect, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldsProps } from './fields.ts';
import { flowChoices } from './flow-choices.ts';

const DEEDS = ['none', 'hang-up', 'message'] as const;

/** What becomes of calls that a machine takes. */
export function MachineFields({ plan, options, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { machines } = plan;
  const flow = machines?.flow ?? null;
  const deed = machines === null ? 'none' : flow === null ? 'hang-up' : 'message';
  const plans = { none: null, 'hang-up': { flow: null }, message: { flow: flow ?? plan.flow } } as const;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <NativeSelect
        id="plan-machines"
        label={t('campaigns.plan.machines')}
        description={t(`campaigns.plan.machineHints.${deed}`)}
        value={deed}
        onChange={({ currentTarget: { value } }) => onChange({ machines: plans[DEEDS.find((one) => one === value) ?? 'none'] })}
        data={DEEDS.map((value) => ({ value, label: t(`campaigns.plan.machineDeeds.${value}`) }))}
      />
      {flow === null ? null : (
        <NativeSelect
          id="plan-machine-flow"
          label={t('campaigns.plan.machineFlow')}
          description={t('campaigns.plan.machineFlowHint')}
          value={flow}
          onChange={({ currentTarget: { value } }) => onChange({ machines: { flow: value } })}
          data={flowChoices(options, flow)}
        />
      )}
    </SimpleGrid>
  );
}
