import type { Route } from '../route.ts';
import { agentRoutes } from './agent.ts';
import { agentTalkRoutes } from './agent-talk.ts';
import { appointmentRoutes } from './appointments.ts';
import { authRoutes } from './auth.ts';
import { callRecordingRoutes } from './call-recordings.ts';
import { callbackFormRoutes } from './callback-forms.ts';
import { callbackRoutes } from './callbacks.ts';
import { callRoutes } from './calls.ts';
import { campaignRoutes } from './campaigns.ts';
import { consentRoutes } from './consents.ts';
import type { RouteContext } from './context.ts';
import { dealerRoutes } from './dealers.ts';
import { directoryRoutes } from './directory.ts';
import { engineRoutes } from './engine.ts';
import { floorRoutes } from './floor.ts';
import { floorStreamRoutes } from './floor-stream.ts';
import { flowRoutes } from './flows.ts';
import { importRoutes } from './imports.ts';
import { listFileRoutes, listRoutes } from './lists.ts';
import { matchingRoutes } from './matching.ts';
import { messageRoutes } from './messages.ts';
import { numberRoutes } from './numbers.ts';
import { phoneRoutes } from './phone.ts';
import { promptRoutes } from './prompts.ts';
import { recordingRoutes } from './recordings.ts';
import { registryRoutes } from './registry-consents.ts';
import { reportFileRoutes } from './report-files.ts';
import { reportRoutes } from './reports.ts';
import { serviceRoutes } from './services.ts';
import { simulatorRoutes } from './simulator.ts';
import { surveyRoutes } from './surveys.ts';
import { switchRoutes } from './switches.ts';
import { userRoutes } from './users.ts';
import { workshopRoutes } from './workshop.ts';

/** Every resource of the API. A test walks it and demands cases for each operation. */
export const RESOURCES: readonly ((context: RouteContext) => readonly Route[])[] = [
  authRoutes,
  userRoutes,
  callRoutes,
  callRecordingRoutes,
  phoneRoutes,
  agentRoutes,
  agentTalkRoutes,
  floorRoutes,
  floorStreamRoutes,
  flowRoutes,
  workshopRoutes,
  simulatorRoutes,
  numberRoutes,
  directoryRoutes,
  dealerRoutes,
  promptRoutes,
  switchRoutes,
  recordingRoutes,
  callbackRoutes,
  callbackFormRoutes,
  serviceRoutes,
  appointmentRoutes,
  messageRoutes,
  consentRoutes,
  registryRoutes,
  campaignRoutes,
  surveyRoutes,
  importRoutes,
  listRoutes,
  listFileRoutes,
  matchingRoutes,
  reportRoutes,
  reportFileRoutes,
  engineRoutes,
];
