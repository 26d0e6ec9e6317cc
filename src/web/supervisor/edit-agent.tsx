import { Button, Checkbox, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorAgent, FloorQueue } from '../../domain/floor-view.ts';
import { changeAgent } from '../api/floor.ts';
import { currentLanguage } from '../i18n.ts';
import { Fault } from '../shared/fault.tsx';
import { useDeed } from '../shared/use-deed.ts';

const BEST = 9;

interface EditAgentProps {
  readonly agent: FloorAgent;
  readonly queues: readonly FloorQueue[];
  readonly skills: readonly string[];
  readonly onClose: () => void;
}

/** What an agent can do and serves; in force at once. */
export function EditAgent({ agent, queues, skills, onClose }: EditAgentProps) {
  const { t } = useTranslation();
  const saving = useDeed();
  const [name, setName] = useState(agent.displayName);
  const [served, setServed] = useState<readonly string[]>(agent.queues);
  const [levels, setLevels] = useState<Readonly<Record<string, number>>>(agent.skills);
  const known = [...new Set([...skills, ...Object.keys(agent.skills)])].toSorted();
  const save = async (): Promise<void> => {
    const kept = Object.fromEntries(Object.entries(levels).filter(([, level]) => level > 0));
    if (await saving.run(() => changeAgent(agent.id, { displayName: name.trim(), skills: kept, queues: served }))) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('floor.editOne', { name: agent.displayName })}
      closeButtonProps={{ 'aria-label': t('floor.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="sm">
          <TextInput label={t('floor.displayName')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Checkbox.Group label={t('floor.serves')} value={[...served]} onChange={setServed}>
            <Stack gap={6} mt={6}>
              {queues.map(({ id, label }) => (
                <Checkbox key={id} value={id} label={label[currentLanguage()]} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Text size="sm" fw={500}>
            {t('floor.skills')}
          </Text>
          <Group gap="xs">
            {known.map((skill) => (
              <NumberInput
                key={skill}
                w={120}
                label={skill}
                min={0}
                max={BEST}
                clampBehavior="strict"
                value={levels[skill] ?? 0}
                onChange={(value) => setLevels({ ...levels, [skill]: Number(value) })}
              />
            ))}
          </Group>
          <Text size="xs" c="dimmed">
            {t('floor.skillsHint')}
          </Text>
          <Fault error={saving.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('floor.cancel')}
            </Button>
            <Button type="submit" loading={saving.busy} disabled={name.trim() === ''}>
              {t('floor.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
