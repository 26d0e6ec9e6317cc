/** True where typing means text or a choice, so that a key must not mean anything else. A locked field is not such a place: in a call its keys go down the line. */
export function writes(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !target.readOnly && target.type !== 'radio' && target.type !== 'checkbox';
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLElement && target.isContentEditable;
}
