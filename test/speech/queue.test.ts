import { describe, expect, it } from 'vitest';
import { createBreaker } from '../../src/speech/breaker.ts';
import { createQueue, type Priority } from '../../src/speech/queue.ts';
import { settle, virtualClock } from '../kit/virtual-clock.ts';

/** Jobs that end when told. */
function bench(workers: number) {
  const queue = createQueue(workers);
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const add = (id: string, priority: Priority) =>
    queue.run(id, priority, () => {
      started.push(id);
      return new Promise<string>((resolve) => ends.set(id, () => resolve(id)));
    });
  const end = async (id: string) => {
    ends.get(id)?.();
    await settle();
  };
  return { queue, started, add, end };
}

describe('the render queue', () => {
  it('runs so many jobs at once and the others in their order', async () => {
    const { started, add, end } = bench(2);
    const first = add('a', 'live');
    for (const id of ['b', 'c', 'd']) void add(id, 'live');
    expect(started).toEqual(['a', 'b']);
    await end('a');
    expect(await first).toBe('a');
    expect(started).toEqual(['a', 'b', 'c']);
    await end('c');
    expect(started).toEqual(['a', 'b', 'c', 'd']);
  });

  it('lets callers pass ahead of pre-rendering, and keeps one worker free of it', async () => {
    const { started, add, end } = bench(2);
    for (const id of ['ahead1', 'ahead2', 'ahead3']) void add(id, 'ahead');
    expect(started).toEqual(['ahead1']);
    for (const id of ['live1', 'live2']) void add(id, 'live');
    expect(started).toEqual(['ahead1', 'live1']);
    await end('ahead1');
    expect(started).toEqual(['ahead1', 'live1', 'live2']);
    await end('live1');
    expect(started).toEqual(['ahead1', 'live1', 'live2', 'ahead2']);
  });

  it('with one worker still renders ahead', async () => {
    const { started, add, end } = bench(1);
    void add('ahead', 'ahead');
    void add('live', 'live');
    await end('ahead');
    expect(started).toEqual(['ahead', 'live']);
  });

  it('brings a text forward that a caller needs now', async () => {
    const { queue, started, add, end } = bench(1);
    for (const id of ['a', 'b', 'c']) void add(id, 'ahead');
    queue.promote('c');
    queue.promote('never heard of');
    await end('a');
    expect(started).toEqual(['a', 'c']);
  });

  it('a job that fails frees its worker', async () => {
    const queue = createQueue(1);
    await expect(queue.run('a', 'live', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run('b', 'live', async () => 'yes')).toBe('yes');
  });
});

describe('the breaker', () => {
  it('leaves a text alone for a while after it failed', async () => {
    const clock = virtualClock();
    const breaker = createBreaker(clock);
    breaker.failed('tr', 'one', 'why');
    expect(breaker.refuses('tr', 'one')).toEqual({ about: 'text', reason: 'why' });
    expect(breaker.refuses('tr', 'two')).toBeUndefined();
    await clock.pass(30_001);
    expect(breaker.refuses('tr', 'one')).toBeUndefined();
  });

  it('after three failures in a row the language is left alone; then one text tries it, and success opens it again', async () => {
    const clock = virtualClock();
    const breaker = createBreaker(clock);
    for (const id of ['one', 'two']) breaker.failed('tr', id, 'why');
    breaker.late('tr');
    expect(breaker.refuses('tr', 'new')).toEqual({ about: 'voice', reason: 'the voice for "tr" is down: it is too slow' });
    expect(breaker.refuses('en', 'new')).toBeUndefined();
    await clock.pass(10_001);
    expect(breaker.refuses('tr', 'new')).toBeUndefined();
    expect(breaker.refuses('tr', 'newer')).toMatchObject({ about: 'voice' });
    breaker.succeeded('tr');
    expect(breaker.refuses('tr', 'newer')).toBeUndefined();
  });

  it('a success in between starts the count anew', () => {
    const breaker = createBreaker(virtualClock());
    for (const id of ['one', 'two']) breaker.failed('tr', id, 'why');
    breaker.succeeded('tr');
    breaker.failed('tr', 'three', 'why');
    expect(breaker.refuses('tr', 'four')).toBeUndefined();
  });
});
