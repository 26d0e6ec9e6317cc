import { Group, Text } from '@mantine/core';
import icon from '../icon.svg';

export function BrandMark({ size = 28 }: { readonly size?: number }) {
  return (
    <Group gap={10} wrap="nowrap">
      <img src={icon} width={size} height={size} alt="" />
      <Text component="span" fw={700} fz={size > 30 ? 'xl' : 'lg'} lts="-0.01em">
        Santral
      </Text>
    </Group>
  );
}
