import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

type Network = readonly [address: string, bits: number, family: 'ipv4' | 'ipv6'];

/**
 * public: the internet · private: this machine and its neighbours, too. What hands out a machine's own credentials (the
 * cloud's metadata) and what is nobody's address is never reached.
 */
export type Reach = 'public' | 'private';

/** Link-local networks, where metadata services are, those services elsewhere, and addresses that are no machine's. */
const NEVER: readonly Network[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['100.100.100.200', 32, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['168.63.129.16', 32, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['fd00:ec2::', 32, 'ipv6'],
  ['fd20:ce::254', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/** Networks that are not the internet (RFC 6890): this machine, its neighbours, and ways to write those differently. */
const NOT_PUBLIC: readonly Network[] = [
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
];

/** An IPv4 address within an IPv6 one (NAT64, 6to4): which, is for a gateway to say, so none is reached. */
const WRAPPED: readonly Network[] = [
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['2002::', 16, 'ipv6'],
];

const BLOCKED: Readonly<Record<Reach, BlockList>> = {
  public: listOf([...NEVER, ...WRAPPED, ...NOT_PUBLIC]),
  private: listOf([...NEVER, ...WRAPPED]),
};

function listOf(networks: readonly Network[]): BlockList {
  const list = new BlockList();
  for (const [address, bits, family] of networks) list.addSubnet(address, bits, family);
  return list;
}

/** True for an address (not a name) within reach. IPv4 written as IPv6 is judged as what it is. */
export function isWithinReach(address: string, reach: Reach): boolean {
  const family = isIP(address);
  return family !== 0 && !BLOCKED[reach].check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** False when a URL's host is an address out of reach: such a host is never looked up. Names are judged by `guardedLookup`. */
export function mayBeWithinReach(url: string, reach: Reach): boolean {
  // The URL parser has made plain addresses of 0x7f000001, 2130706433 and 127.1 by now.
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 || isWithinReach(host, reach);
}

/** The error code of a name that leads out of reach. */
export const OUT_OF_REACH = 'EPRIVATE';

/** Looks a name up and refuses it when any address is out of reach: what is checked is what is connected to, so no second answer can differ. */
export function guardedLookup(reach: Reach, look: typeof lookup = lookup): LookupFunction {
  return (hostname, options: LookupOptions, done) => {
    look(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      if (addresses.length === 0 || addresses.some(({ address }) => !isWithinReach(address, reach))) return done(outOfReach(), []);
      if (options.all === true) return done(null, addresses);
      const [first] = addresses as [LookupAddress];
      return done(null, first.address, first.family);
    });
  };
}

function outOfReach(): NodeJS.ErrnoException {
  return Object.assign(new Error('the name leads to an address that may not be reached'), { code: OUT_OF_REACH });
}
