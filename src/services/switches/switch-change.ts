import type { SwitchState } from '../../domain/switch.ts';

/** Who changes a switch, and by which way. */
export type ChangedBy = { readonly actor: string; readonly via: 'api' | 'phone' };
export type SwitchChange = Pick<SwitchState, 'on' | 'text' | 'from' | 'until'>;
