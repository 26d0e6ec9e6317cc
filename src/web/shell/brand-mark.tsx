import { Group, Text } from '@mantine/core';

/** `short`: the picture alone where there is little room. */
export function BrandMark({ size = 28, short = false }: { readonly size?: number; readonly short?: boolean }) {
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/favicon.svg" width={size} height={size} alt="" />
      <Text component="span" {...(short ? { visibleFrom: 'sm' } : {})} fw={700} fz={size > 30 ? 'xl' : 'lg'} lts="-0.01em">
        Santral
      </Text>
    </Group>
  );
}
