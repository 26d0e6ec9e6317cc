import type { ToldCall } from './pretend-engine.ts';

/** The journal of a dealer lookup, as the engine writes it; `until` stops it in the middle. */
export function tellDealerLookup(call: ToldCall, until: 'menu' | 'dealer' | 'end' = 'end'): void {
  const enter = (flow: string, node: string, type: string): void => call.tell('node-entered', { flow, node, type });
  const say = (text: string, keys: readonly string[] = [], language = 'tr'): void => call.tell('prompt', { keys, text, language });
  const leave = (flow: string, node: string, exit: string, to: string | null): void => call.tell('exit', { flow, node, exit, to });

  call.tell('call-answered', {});
  enter('main-menu', 'welcome', 'say');
  say('Santral’e hoş geldiniz.', ['main-menu.welcome']);
  leave('main-menu', 'welcome', 'next', 'language');
  enter('main-menu', 'language', 'menu');
  say('Türkçe için bire basınız. For English, press two.', ['main-menu.language']);
  call.tell('no-input', { node: 'language', count: 1 });
  say('Lütfen bir seçim yapınız. Türkçe için bire basınız. For English, press two.');
  call.tell('digits', { node: 'language', digits: '1', length: 1, end: 'matched' });
  leave('main-menu', 'language', '1', 'top');
  call.tell('language', { language: 'tr' });
  enter('main-menu', 'top', 'menu');
  say('En yakın bayi için bire, müşteri hizmetleri için ikiye, tekrar dinlemek için dokuza basınız.', ['main-menu.top']);
  if (until === 'menu') return;
  call.tell('digits', { node: 'top', digits: '1', length: 1, end: 'matched' });
  leave('main-menu', 'top', '1', 'dealers');
  enter('main-menu', 'dealers', 'subflow');
  enter('dealer-lookup', 'ask-province', 'collect');
  say('Lütfen ilinizin plaka kodunu iki hane olarak tuşlayınız. Örneğin Ankara için sıfır altı.', ['dealers.ask-province']);
  call.tell('digits', { node: 'ask-province', digits: '3', length: 1, end: 'incomplete' });
  say('Eksik tuşladınız. Lütfen iki hane tuşlayınız.');
  call.tell('digits', { node: 'ask-province', digits: '34', length: 2, end: 'matched' });
  leave('dealer-lookup', 'ask-province', 'done', 'find');
  enter('dealer-lookup', 'find', 'action');
  call.tell('result', { node: 'find', name: 'dealers.nearest', outcome: 'ok' });
  leave('dealer-lookup', 'find', 'found', 'read');
  enter('dealer-lookup', 'read', 'menu');
  say(
    'En yakın bayimiz: Boğaziçi Otomotiv. Adres: Barbaros Bulvarı, numara on iki, Beşiktaş, İstanbul. Bugün saat dokuzdan on sekize kadar açık. Bayiye bağlanmak için bire, sonraki bayi için ikiye basınız.',
  );
  if (until === 'dealer') return;
  call.tell('digits', { node: 'read', digits: '1', length: 1, end: 'matched' });
  leave('dealer-lookup', 'read', '1', 'connect');
  enter('dealer-lookup', 'connect', 'transfer');
  call.tell('leg-dialled', { leg: 'leg_1', target: 'number' });
  call.tell('leg-ended', { leg: 'leg_1', outcome: 'busy', cause: 17, sipCode: 486 });
  leave('dealer-lookup', 'connect', 'busy', 'sorry');
  enter('dealer-lookup', 'sorry', 'say');
  say('Bayimizin hattı şu anda meşgul.');
  call.tell('fault', { flow: 'dealer-lookup', node: 'sorry', code: 'flow.template', message: 'dealer.phone is not set' });
  leave('dealer-lookup', 'sorry', 'next', 'bye');
  enter('dealer-lookup', 'bye', 'hangup');
  call.end();
}
