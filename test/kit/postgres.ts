import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const PORT_TRIES = 5;
const BINARIES = '/usr/lib/postgresql';
const USER = 'santral';
const run = promisify(execFile);

/** A PostgreSQL server of the tests' own, in a temporary directory on a free loopback port. */
export interface TestPostgres {
  /** Of the database `postgres`; see `createDatabase`. */
  readonly url: string;
  /** Where its data and socket are. */
  readonly directory: string;
  /** Makes an empty database and gives its URL. */
  createDatabase(name: string): Promise<string>;
  /** Stops the server as a crash would, keeping its data and port. */
  halt(): Promise<void>;
  /** Starts it again after `halt`. */
  resume(): Promise<void>;
  /** Stops it and removes every trace. */
  stop(): Promise<void>;
}

/** Starts a server from Debian's package `postgresql`; fails with the package's name when it is missing. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const binaries = findBinaries();
  const account = serverAccount();
  const directory = await mkdtemp(path.join(tmpdir(), 'santral-postgres-'));
  const password = randomBytes(16).toString('hex');
  let server: Server | undefined;
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await writeFile(path.join(directory, 'password'), password, { mode: 0o600 });
    if (account) for (const own of [directory, path.join(directory, 'password')]) await chown(own, account.uid, account.gid);
    await initialise(binaries, directory, account);
    for (let tries = 1; server === undefined; tries += 1) {
      server = await startServer(binaries, directory, await freePort(), account).catch((error: unknown) => {
        if (tries >= PORT_TRIES) throw error;
        return undefined;
      });
    }
  } catch (error) {
    await remove();
    throw error;
  }
  const { port } = server;
  const urlOf = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`;
  const halt = async () => {
    await server?.stop();
    server = undefined;
  };
  return {
    url: urlOf('postgres'),
    directory,
    createDatabase: (name) => createDatabase(urlOf('postgres'), name),
    halt,
    resume: async () => {
      server ??= await startServer(binaries, directory, port, account);
    },
    stop: async () => {
      await halt();
      await remove();
    },
  };
}

/** Makes an empty database on the server of `url` and gives its URL. */
export async function createDatabase(url: string, name: string): Promise<string> {
  await queryPostgres(url, `create database "${name}"`);
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}

/** Runs statements on a connection of its own and gives the last one's rows. */
export async function queryPostgres(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

/** The newest version's directory of programs below `root`. */
export function findBinaries(root = BINARIES): string {
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => path.join(root, version, 'bin')).find((bin) => existsSync(path.join(bin, 'initdb')));
  if (found === undefined) {
    throw new Error("The store's tests need PostgreSQL, which is not installed. Install Debian's package: apt-get install postgresql");
  }
  return found;
}

/** PostgreSQL refuses to run as root: then the package's own account is taken. Undefined: our own user will do. */
function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

async function initialise(binaries: string, directory: string, account: Account | undefined): Promise<void> {
  const options = ['--pgdata', path.join(directory, 'data'), '--username', USER, '--pwfile', path.join(directory, 'password')];
  const quick = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
  await run(path.join(binaries, 'initdb'), [...options, ...quick], { cwd: directory, ...account });
}

async function startServer(binaries: string, directory: string, port: number, account: Account | undefined): Promise<Server> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: directory,
    fsync: 'off',
    full_page_writes: 'off',
    shared_buffers: '32MB',
    max_connections: 100,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // --pdeathsig: should the tests be killed, the server follows them (SIGQUIT: at once).
  const identity = account ? [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'] : [];
  const command = [
    ...identity,
    '--pdeathsig',
    'QUIT',
    '--',
    path.join(binaries, 'postgres'),
    '-D',
    path.join(directory, 'data'),
    ...options,
  ];
  const child = spawn('setpriv', command, { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(child);
  child.stderr.resume();
  return { port, stop: () => stopServer(child) };
}

/** The server says on stderr when it takes connections. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('database system is ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The test PostgreSQL ended with ${code} before it was ready:\n${said}`)));
  });
}

/** SIGQUIT is PostgreSQL's immediate shutdown: no check point, nothing worth keeping. */
async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGQUIT');
  await ended;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
