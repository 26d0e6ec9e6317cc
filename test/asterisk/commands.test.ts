import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statusOfText } from '../../src/asterisk/ari-client-faults.ts';
import { errorOfReply, messageOf } from '../../src/asterisk/errors.ts';
import { OPERATIONS, type OperationName, pathOf } from '../../src/asterisk/operations.ts';
import { BACKOFF_FIRST_MS, BACKOFF_LONGEST_MS, backoff } from '../../src/asterisk/pauses.ts';
import { parseAriUrl } from '../../src/asterisk/transport.ts';
import { route } from '../fake-asterisk/routes.ts';

const NAMES = Object.keys(OPERATIONS) as OperationName[];

describe('pathOf', () => {
  it('builds a path that means the same operation and the same values, whatever the values hold', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.string({ minLength: 1, unit: 'binary' }), (name, value) => {
        const { method, path, query } = OPERATIONS[name];
        const names = [...[...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter), ...query];
        const url = new URL(pathOf(name, Object.fromEntries(names.map((parameter) => [parameter, value]))), 'http://fake');
        // A path of dots would be resolved away, so ids are never those.
        fc.pre(value !== '.' && value !== '..');
        const routed = route(method, url.pathname);
        expect(routed?.operation).toBe(name);
        for (const parameter of names) expect(routed?.params[parameter] ?? url.searchParams.get(parameter)).toBe(value);
      }),
    );
  });

  it('leaves out what is undefined', () => {
    expect(pathOf('channels.hangup', { channelId: 'a/b', reason: undefined })).toBe('/channels/a%2Fb');
    expect(pathOf('channels.record', { channelId: 'a', name: 'b/c', beep: false, maxSilenceSeconds: 0 })).toBe(
      '/channels/a/record?name=b%2Fc&maxSilenceSeconds=0&beep=false',
    );
  });
});

describe('errors', () => {
  it.each([
    [{ message: 'Channel not found' }, 'Channel not found'],
    [{ error: 'Allocation failed' }, 'Allocation failed'],
    ['<html><h1>Bad Request</h1>\n<p>Request line too long</p></html>', 'Request line too long'],
    [undefined, 'no reason given'],
    [{ message: 7 }, 'no reason given'],
  ])('finds Asterisk’s words in %j', (body, words) => {
    expect(messageOf(body)).toBe(words);
  });

  // Asterisk 22.10.1's own texts, with the code that its true status gives and the code that ari-client's text must give.
  it.each<[OperationName, number, string]>([
    ['channels.answer', 404, 'Channel not found'],
    ['channels.answer', 409, 'Channel not in Stasis application'],
    ['channels.answer', 412, 'Channel in invalid state'],
    ['channels.originate', 409, 'Channel with given unique ID already exists'],
    ['channels.originate', 400, 'Provided originator channel was not found'],
    ['channels.originate', 400, 'Endpoint must be specified'],
    ['channels.originate', 500, 'Allocation failed'],
    ['channels.record', 409, "Recording 'r1' already exists and can not be overwritten"],
    ['channels.record', 422, 'specified format is unknown on this system'],
    ['channels.record', 500, 'Error parsing request'],
    ['channels.hangup', 400, 'Invalid reason for hangup reason provided'],
    ['playbacks.stop', 404, 'Playback not found'],
    ['recordings.stop', 404, 'Recording not found'],
    ['bridges.createWithId', 409, "Bridge with id 'br1' already exists"],
    ['bridges.addChannel', 404, 'Bridge not found'],
    ['bridges.addChannel', 400, 'Channel not found'],
    ['bridges.addChannel', 422, 'Channel not in Stasis application'],
    ['bridges.addChannel', 409, 'Channel currently recording'],
    ['bridges.removeChannel', 422, 'Channel not in this bridge'],
    ['asterisk.updateObject', 400, "Update of object 'web1' failed field value validation"],
    ['asterisk.updateObject', 403, 'Could not create object'],
    ['asterisk.deleteObject', 404, "Object with id 'web1' not found"],
    ['channels.list', 401, 'Authentication required'],
    ['channels.playWithId', 413, 'Request body too large'],
  ])('%s: %i "%s" means the same with its status and without', (operation, status, message) => {
    const body = { message };
    expect(errorOfReply(operation, 'x', { status: statusOfText(message), body }).code).toBe(
      errorOfReply(operation, 'x', { status, body }).code,
    );
  });
});

describe('backoff', () => {
  it('is quick at first, grows, and stays within its bounds', () => {
    expect(backoff(0, 0)).toBe(BACKOFF_FIRST_MS);
    expect(backoff(100, 0)).toBe(BACKOFF_LONGEST_MS);
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, chance) => {
        const ms = backoff(failures, chance);
        return ms >= BACKOFF_FIRST_MS * 0.69 && ms <= BACKOFF_LONGEST_MS && backoff(failures + 1, chance) >= ms;
      }),
    );
  });
});

describe('parseAriUrl', () => {
  it.each([
    ['http://127.0.0.1:8088', 'http://127.0.0.1:8088', '/ari'],
    ['http://127.0.0.1:8088/', 'http://127.0.0.1:8088', '/ari'],
    ['https://pbx.example/ari/', 'https://pbx.example', '/ari'],
    ['http://pbx.example/prefix', 'http://pbx.example', '/prefix/ari'],
  ])('%s', (url, origin, base) => {
    expect(parseAriUrl(url)).toEqual({ origin, base });
  });
});
