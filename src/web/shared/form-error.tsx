import { Alert } from '@mantine/core';
import { Icon } from '../icons.tsx';

/** What went wrong with the whole form, announced at once. */
export function FormError({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <Alert color="red" icon={<Icon name="warning" />} role="alert">
      {text}
    </Alert>
  );
}
