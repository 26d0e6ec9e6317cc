import { isIP, isIPv4, isIPv6 } from 'node:net';

const LABEL = '[a-zA-Z0-9_](?:[a-zA-Z0-9_-]{0,61}[a-zA-Z0-9_])?';
const NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const MAX_NAME = 253;

/** An IPv4 or IPv6 address (without brackets), or a host name. */
export function isHost(text: string): boolean {
  if (isIP(text) !== 0) return true;
  // A last label of digits alone is a spoilt IPv4 address, not a name.
  return text.length <= MAX_NAME && NAME.test(text) && !/(?:^|\.)\d+$/.test(text);
}

/** A host, or a network such as 192.0.2.0/28. */
export function isPeer(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (rest.length > 0) return false;
  if (bits === undefined) return isHost(address);
  const most = isIPv4(address) ? 32 : 128;
  return isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

/** `host`, `host:port`, `[IPv6]` or `[IPv6]:port`, apart; undefined when it is none of these. */
export function parseHostPort(text: string): { readonly host: string; readonly port: number | undefined } | undefined {
  const found = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text);
  const [, bracketed, plain, digits] = found ?? [];
  const host = bracketed ?? plain ?? '';
  const port = digits === undefined ? undefined : Number(digits);
  if (bracketed === undefined ? !isHost(host) : !isIPv6(host)) return undefined;
  if (port !== undefined && (port < 1 || port > 65_535)) return undefined;
  return { host, port };
}

/** As it stands before `:port` and in URLs: an IPv6 address in brackets. */
export function inBrackets(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** Whether binding to it listens on all addresses of the machine. */
export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || (isIPv6(host) && new URL(`http://[${host}]`).hostname === '[::]');
}

/** Where we reach on this machine what is bound to `host`. */
export function reachableAt(host: string): string {
  if (!isWildcard(host)) return host;
  return isIPv6(host) ? '::1' : '127.0.0.1';
}

/** Names an Asterisk, and our application on it, among those of engines that share a database; one on this machine by the engine's id. */
export function asteriskName({ ariBase, ariApp }: { readonly ariBase: string; readonly ariApp: string }, engineId: string): string {
  const { hostname } = new URL(ariBase);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return `${isHere ? `${engineId} ` : ''}${ariBase} ${ariApp}`;
}

/** The one address that audio is bound to as well; undefined when we listen on all, or on a name. */
export function mediaAddress(host: string): string | undefined {
  return isIP(host) !== 0 && !isWildcard(host) ? host : undefined;
}
