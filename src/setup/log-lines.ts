/** pino's levels. */
const LEVELS: { readonly [level: number]: string } = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'WARN', 50: 'ERROR', 60: 'FATAL' };
const HIDDEN = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'v', 'name']);

/** One JSON line of the engine's log as a line for people; text that is no log line stays as it is. */
export function readableLine(line: string): string {
  const entry = parse(line);
  if (entry === undefined) return line;
  const { level, time, msg, err } = entry;
  const clock = typeof time === 'number' ? new Date(time).toTimeString().slice(0, 8) : '';
  const rest = Object.entries(entry)
    .filter(([name]) => !HIDDEN.has(name) && name !== 'err')
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const label = (typeof level === 'number' ? LEVELS[level] : undefined) ?? String(level);
  const head = [clock, label.padEnd(5), typeof msg === 'string' ? msg : '', ...rest].filter((part) => part !== '').join(' ');
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : '';
  return `${head}${stack}`;
}

function parse(line: string): { readonly [name: string]: unknown } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'level' in value ? (value as { readonly [name: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}
