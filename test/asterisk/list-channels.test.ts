import { expect, it } from 'vitest';
import { channelCommands } from '../../src/asterisk/channels.ts';
import type { Command } from '../../src/asterisk/command.ts';

const channel = (id: string) => ({ id, name: `Local/${id}`, state: 'Up', creationtime: '2026-11-21T19:41:41.100+0000' });

it('counts a leg to a Local endpoint as ours once, without the half that the dialplan runs', async () => {
  const command: Command = async (operation) =>
    operation === 'channels.list'
      ? ['leg_1', 'leg_1;2', 'call_2', 'held_3', 'other;2'].map(channel)
      : { name: 'santral', channel_ids: ['leg_1', 'leg_1;2', 'call_2', 'other;2'] };
  const { ours, all } = await channelCommands(command, 'santral', () => 0).listChannels();
  expect(ours.map(({ id }) => id)).toEqual(['leg_1', 'call_2', 'other;2']);
  expect(all).toHaveLength(5);
});

it('makes nothing of an answer that has no channels', async () => {
  const command: Command = async () => undefined;
  expect(await channelCommands(command, 'santral', () => 0).listChannels()).toEqual({ ours: [], all: [] });
});
