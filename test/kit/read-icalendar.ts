/** The events of an iCalendar text, read as RFC 5545 says: lines unfolded, names split off, text unescaped. Throws on what is no such text. */
export function readIcalendar(text: string): {
  readonly head: Readonly<Record<string, string>>;
  readonly events: readonly Readonly<Record<string, string>>[];
} {
  if (!text.endsWith('\r\n') || /[^\r]\n/.test(text)) throw new Error('lines must end with CRLF');
  const physical = text.slice(0, -2).split('\r\n');
  const long = physical.find((line) => Buffer.byteLength(line) > 75);
  if (long !== undefined) throw new Error(`longer than 75 octets: ${long}`);
  const lines = text.replaceAll('\r\n ', '').trimEnd().split('\r\n');
  const head: Record<string, string> = {};
  const events: Record<string, string>[] = [];
  const open: string[] = [];
  for (const line of lines) {
    const [, name = '', value = ''] = /^([A-Z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? [];
    if (name === '') throw new Error(`no content line: ${line}`);
    if (name === 'BEGIN') {
      open.push(value);
      if (value === 'VEVENT') events.push({});
    } else if (name === 'END') {
      if (open.pop() !== value) throw new Error(`${value} ends where it did not begin`);
    } else {
      const place = open.at(-1) === 'VEVENT' ? (events.at(-1) ?? head) : head;
      if (place[name] !== undefined) throw new Error(`${name} stands twice`);
      place[name] = unescaped(value);
    }
  }
  if (open.length > 0) throw new Error(`${open.join()} does not end`);
  return { head, events };
}

function unescaped(value: string): string {
  if (/(^|[^\\])(\\\\)*[;,]/.test(value)) throw new Error(`not escaped: ${value}`);
  return value.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' || letter === 'N' ? '\n' : letter));
}
