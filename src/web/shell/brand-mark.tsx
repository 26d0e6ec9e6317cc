import { Group, Text } from '@mantine/core';

/** `compact`: the sign alone where there is little room. */
export function BrandMark({ size = 28, compact = false }: { readonly size?: number; readonly compact?: boolean }) {
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/favicon.svg" width={size} height={size} alt="" />
      <Text component="span" fw={700} fz={size > 30 ? 'xl' : 'lg'} lts="-0.01em" {...(compact ? { visibleFrom: 'xs' } : {})}>
        Santral
      </Text>
    </Group>
  );
}
