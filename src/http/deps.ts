import type { Config } from '../config/config.ts';
import type { UserId } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Stores } from '../ports/stores.ts';
import type { AgentActs } from '../services/agents/agent-acts.ts';
import type { Agents } from '../services/agents/agents.ts';
import type { DialActs } from '../services/agents/dial-acts.ts';
import type { EarActs } from '../services/agents/ear-acts.ts';
import type { TalkActs } from '../services/agents/talk-acts.ts';
import type { Appointments } from '../services/appointments/appointments.ts';
import type { Auth } from '../services/auth/auth.ts';
import type { CallbackForms } from '../services/callback-forms/forms.ts';
import type { CallbackDesk } from '../services/callbacks/desk.ts';
import type { Calls } from '../services/calls/calls.ts';
import type { Campaigns } from '../services/campaigns/campaigns.ts';
import type { Consents } from '../services/consents/consents.ts';
import type { Dealers } from '../services/dealers/dealers.ts';
import type { Desk } from '../services/desk/desk.ts';
import type { Directory } from '../services/directory/directory.ts';
import type { CallFeed } from '../services/feed/call-feed.ts';
import type { Board } from '../services/floor/board.ts';
import type { Floor } from '../services/floor/floor-shape.ts';
import type { FlowFigures } from '../services/flows/flow-figures.ts';
import type { Releases } from '../services/flows/releases.ts';
import type { Workshop } from '../services/flows/workshop.ts';
import type { Imports } from '../services/importer/imports.ts';
import type { Lists } from '../services/lists/lists.ts';
import type { Expectations } from '../services/matching/expectations.ts';
import type { Matching } from '../services/matching/matching.ts';
import type { Segments } from '../services/matching/segments.ts';
import type { Numbers } from '../services/numbers/route-numbers.ts';
import type { Outbox } from '../services/outbox/outbox.ts';
import type { Prompts } from '../services/prompts/prompts.ts';
import type { CallRecordings } from '../services/recordings/call-recordings.ts';
import type { Recordings } from '../services/recordings/recordings.ts';
import type { Registry } from '../services/registry/registry.ts';
import type { Reports } from '../services/reports/reports.ts';
import type { Simulator } from '../services/simulator/simulator.ts';
import type { Surveys } from '../services/surveys/surveys.ts';
import type { Switches } from '../services/switches/switches.ts';
import type { WebPhones } from '../services/web-phone/web-phone.ts';
import type { Prometheus } from './prometheus.ts';

/** Everything the web needs of the engine. Services are named by what is asked of them, so that tests can stand in for them. */
export interface HttpDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly stores: Pick<Stores, 'calls' | 'flows' | 'drafts' | 'audit' | 'matching' | 'missedCalls' | 'talkNotes'>;
  readonly auth: Omit<Auth, 'ensureFirstAdmin' | 'sweep'>;
  readonly calls: Pick<Calls, 'live' | 'hangup' | 'place'>;
  readonly feed: CallFeed;
  readonly desk: Pick<Desk, 'connect'>;
  readonly floor: Pick<Floor, 'move'>;
  readonly board: Pick<Board, 'agentView' | 'floorAgent' | 'floorAgents' | 'queues' | 'snapshot' | 'view' | 'watchFloor'>;
  readonly acts: AgentActs;
  readonly talkActs: TalkActs;
  readonly dialActs: DialActs;
  readonly earActs: EarActs;
  /** The page with a user's telephone is gone. */
  readonly phoneGone: (user: UserId) => void;
  readonly agents: Pick<Agents, 'get' | 'put' | 'makePhone'>;
  /** Who is called back. */
  readonly callbacks: CallbackDesk;
  /** Web forms that ask for it. */
  readonly callbackForms: Omit<CallbackForms, 'sweep'>;
  readonly flows: Pick<Releases, 'check' | 'publish' | 'list' | 'newest'>;
  readonly workshop: Workshop;
  readonly simulator: Omit<Simulator, 'stop'>;
  readonly figures: Pick<FlowFigures, 'of'>;
  readonly numbers: Pick<Numbers, 'list' | 'put' | 'remove'>;
  readonly directory: Pick<Directory, 'list' | 'absences' | 'addAbsence' | 'removeAbsence' | 'putPerson' | 'removePerson'>;
  readonly dealers: Pick<Dealers, 'list' | 'get' | 'put' | 'remove' | 'importCsv'>;
  readonly prompts: Prompts;
  readonly switches: Omit<Switches, 'actions'>;
  readonly recordings: Omit<Recordings, 'sweep'>;
  readonly callRecordings: Pick<CallRecordings, 'ofCall' | 'audio' | 'heard' | 'remove'>;
  readonly appointments: Pick<Appointments, 'times' | 'office' | 'feeds' | 'calendars' | 'get' | 'list'>;
  readonly outbox: Pick<Outbox, 'list' | 'get' | 'replay' | 'replayAll' | 'cancel' | 'figures'>;
  readonly consents: Consents;
  readonly registry: Pick<Registry, 'state' | 'glance' | 'list' | 'replay' | 'pullNow'>;
  readonly campaigns: Campaigns;
  readonly surveys: Pick<Surveys, 'web' | 'list' | 'invite' | 'callFor' | 'report' | 'comments'>;
  readonly imports: Pick<Imports, 'upload' | 'preview' | 'confirm' | 'discard' | 'waiting' | 'share' | 'get' | 'list'>;
  readonly lists: Lists;
  readonly matching: Pick<Matching, 'candidates' | 'verify' | 'question' | 'none' | 'customer' | 'settings' | 'putSettings'>;
  readonly expectations: Pick<Expectations, 'of'>;
  readonly segments: Pick<Segments, 'rules'>;
  readonly reports: Reports;
  readonly webPhones: Pick<WebPhones, 'open' | 'close'>;
  readonly health: () => Promise<Health>;
  readonly prometheus: Prometheus;
  /** Where `vite build` puts the web pages (index.html and assets/); they need not be there. */
  readonly webRoot: string;
  /** Asterisk's WebSocket for SIP, `ws://host:port/ws`. */
  readonly asteriskWebSocket: string;
  readonly version: string;
}

export interface HealthCheck {
  readonly ok: boolean;
  /** For administrators. */
  readonly detail: string;
}

export interface Health {
  readonly engine: HealthCheck;
  readonly asterisk: HealthCheck;
  readonly database: HealthCheck;
  /** The national registry of consents: calls go on without it, advertising does not. */
  readonly registry: HealthCheck;
}
