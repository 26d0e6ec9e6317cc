import { Group, Text } from '@mantine/core';

export function BrandMark({ size = 28 }: { readonly size?: number }) {
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/favicon.svg" width={size} height={size} alt="" />
      <Text component="span" fw={700} fz={size > 30 ? 'xl' : 'lg'} lts="-0.01em">
        Santral
      </Text>
    </Group>
  );
}
