import { bookOf, type Line } from '../flow/turkish/book.ts';
import { turkishFault } from '../flow/turkish/run-words.ts';
import { inTurkish } from './in-turkish.ts';

const targets = bookOf([
  ['built-in end', 'yerleşik son'],
  ['‹node›', '‹node›'],
]);
const times = bookOf([
  ['once', 'bir kez'],
  ['‹count› times', '‹count› kez'],
]);
const misses = bookOf([
  ['‹silent› without keys, ‹wrong› with keys that do not fit', '‹silent› kez tuşlanmadı, ‹wrong› kez uymayan tuşlar girildi'],
  ['‹silent› without keys', '‹silent› kez tuşlanmadı'],
  ['‹wrong› with keys that do not fit', '‹wrong› kez uymayan tuşlar girildi'],
]);

/** What `santral flow run` tells of a call (`terminal-call.ts`, `keypad.ts`), and why it cannot. */
export const CALL_LINES: readonly Line[] = [
  // What is heard is the flow's own.
  ['  tr: ‹text›', '  tr: ‹text›'],
  ['  en: ‹text›', '  en: ‹text›'],
  ['keys> ', 'tuşlar> '],
  ['recording (‹words›) [‹first›]> ', 'kayıt (‹words›) [‹first›]> '],
  ['dialling ‹who› (‹words›) [‹first›]> ', '‹who› aranıyor (‹words›) [‹first›]> '],
  ['waiting in the queue ‹queue› (‹words›) [‹first›]> ', '‹queue› kuyruğunda bekleniyor (‹words›) [‹first›]> '],
  ['> (silence)', '> (sessizlik)'],
  ['  (what was recorded)', '  (kaydedilen ses)'],
  ['  (no input, ‹count›)', '  (tuşlanmadı, ‹count›)'],
  ['  (language: ‹language›)', '  (dil: ‹language›)'],
  ['  (‹end›: ‹count› keys)', '  (‹end›: ‹count› tuş)'],
  ['  dialled ‹who›', '  arandı: ‹who›'],
  ['  queue ‹queue›: ‹how›', '  kuyruk ‹queue›: ‹how›'],
  ['  ! ‹code›: ‹message:faults›', '  ! ‹code›: ‹message›'],
  ['  + recording kept: ‹kind›, ‹seconds› s', '  + kayıt saklandı: ‹kind›, ‹seconds› sn'],
  ['  + recording deleted', '  + kayıt silindi'],
  ['  + the call is recorded no more', '  + çağrı artık kaydedilmiyor'],
  ['  + the call is recorded', '  + çağrı kaydediliyor'],
  ['  + consent ‹type›: ‹status›', '  + onay ‹type›: ‹status›'],
  ['  + callback: ‹group›', '  + geri arama: ‹group›'],
  ['  + missed call: ‹whom›', '  + kaçan çağrı: ‹whom›'],
  ['  + ‹channel› ‹template› to ‹number›', '  + ‹channel› ‹template›, alıcı ‹number›'],
  [
    '  ‹exit› -> ‹to:targets› (‹node› was heard ‹times:times›, as often as its attempts allow: ‹how:misses›)',
    '  ‹exit› -> ‹to› (‹node› ‹times› duyuldu, attempts bu kadarına izin veriyor: ‹how›)',
  ],
  ['  ‹exit› -> ‹to:targets›', '  ‹exit› -> ‹to›'],
  ['-- the flow goes on without end', '-- akış sonsuz döngüde'],
  ['-- the caller hung up', '-- arayan kapattı'],
  ['-- the flow hung up (‹cause›)', '-- akış kapattı (‹cause›)'],
  ['-- written: ‹file›', '-- yazıldı: ‹file›'],
  ['The flow ‹flow› has errors.', '‹flow› akışında hata var.'],
  ['There is no flow "‹flow›". Flows: none.', '"‹flow›" diye bir akış yok. Hiç akış yok.'],
  ['There is no flow "‹flow›". Flows: ‹list›.', '"‹flow›" diye bir akış yok. Akışlar: ‹list›.'],
  [
    '‹dir› is a file; name its directory: all flows are checked together.',
    '‹dir› bir dosya; klasörünü yazın: akışlar birlikte denetlenir.',
  ],
  ['There is no directory ‹dir›.', '‹dir› diye bir klasör yok.'],
  ['A scenario of ‹flow› is named ‹file›, not ‹given›.', '‹flow› akışının senaryo dosyasının adı ‹file› olmalı; burada ‹given› yazıyor.'],
  ['‹file› is there already: choose another name.', '‹file› zaten var: başka bir ad seçin.'],
  ['‹file› cannot be written (‹why›).', '‹file› yazılamıyor (‹why›).'],
  ['‹file› cannot be read (‹why›).', '‹file› okunamıyor (‹why›).'],
  ['"‹time›" is no time; write ‹example›.', '"‹time›" bir zaman değil; ‹example› gibi yazın.'],
  ['--http is no JSON: ‹text›', '--http JSON değil: ‹text›'],
];

export const turkishCall = inTurkish(
  bookOf(CALL_LINES, { targets, times, misses, faults: (message) => turkishFault({ code: '', message }) ?? message }),
);
