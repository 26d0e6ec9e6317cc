import { openAriClientTransport } from '../../src/asterisk/ari-client-transport.ts';
import { openOwnTransport } from '../../src/asterisk/own-transport.ts';
import { conformance } from '../asterisk/conformance.ts';
import { openRealExchange } from '../asterisk/real-exchange.ts';

conformance('own transport on a real Asterisk', openOwnTransport, openRealExchange);
conformance('ari-client on a real Asterisk', openAriClientTransport, openRealExchange);
