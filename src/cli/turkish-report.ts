import { bookOf, type Line } from '../flow/turkish/book.ts';
import { turkishFault } from '../flow/turkish/run-words.ts';
import { inTurkish } from './in-turkish.ts';

const caused = bookOf([
  ['the ‹channel› message ‹template›', '‹channel› iletisi ‹template›'],
  ['a recording that is kept (‹kind›)', 'saklanan bir kayıt (‹kind›)'],
  ['a recording that is removed', 'silinen bir kayıt'],
  ['a recording of the call', 'çağrının kaydı başladı'],
  ['the end of a recording of the call', 'çağrının kaydı bitti'],
  ['the consent ‹what›', 'onay ‹what›'],
  ['a callback by ‹group›', 'geri arama: ‹group›'],
  ['a missed call of ‹whom›', 'kaçan çağrı: ‹whom›'],
]);

/** What the flow did, in a transcript (`src/flow/scenario/call.ts`). */
export const DEED_LINES: readonly Line[] = [
  ['says ‹what›', 'söyler: ‹what›'],
  ['would say ‹what›, but keys cut it', 'tuşlar kesti: ‹what›'],
  ['causes ‹what:caused›', 'oluşturur: ‹what›'],
  ['hangs up (‹cause›)', 'kapatır (‹cause›)'],
  ['dials ‹whom›', 'arar: ‹whom›'],
  ['waits in the queue ‹queue›', '‹queue› kuyruğunda bekler'],
  ['records', 'kaydeder'],
  ['asks ‹name› with ‹what›', 'sorar: ‹name›, ‹what› ile'],
  ['asks ‹name›', 'sorar: ‹name›'],
];
const deeds = bookOf(DEED_LINES, { caused });
const events = bookOf(
  [
    ['no input', 'tuşlanmadı'],
    ['fault ‹code›: ‹message:faults›', 'arıza ‹code›: ‹message›'],
    ['‹text›', '‹text›'],
  ],
  { faults: (message) => turkishFault({ code: '', message }) ?? message },
);

/** How scenarios come through what none has taken (`coverage-hints.ts`). */
export const HINT_LINES: readonly Line[] = [
  ['‹type›: with the outcome that leads to "‹exit›"', '‹type›: "‹exit›" çıkışına götüren sonuçla'],
  ['a call that comes back from the flow that it calls', 'çağırdığı akıştan geri dönen bir çağrı'],
  ['a call in which the flow that it calls ends with "‹exit›"', 'çağırdığı akışın "‹exit›" ile bittiği bir çağrı'],
  ['presses: "‹keys›"', 'presses: "‹keys›"'],
  ['says nothing, once for each of its attempts', 'says nothing, her deneme için bir kez'],
  ['presses: keys that do not fit, once for each of its attempts', 'presses: uymayan tuşlar, her deneme için bir kez'],
  [
    'says nothing, or presses: keys that do not fit, once for each of its attempts',
    'says nothing ya da presses: uymayan tuşlar, her deneme için bir kez',
  ],
  ['a scenario whose at: is a time when its calendar says "‹exit›"', 'at: zamanında takvimi "‹exit›" diyen bir senaryo'],
  ['records: empty', 'records: empty'],
  ['a look-up that answers an empty list', 'boş liste yanıtlayan bir sorgu'],
  ['go on there as a caller who answers does', 'orada yanıt veren bir arayan gibi devam edin'],
  ['variables: or a look-up with what the node cannot work with', 'variables: ya da düğümün kullanamayacağı bir yanıt veren sorgu'],
  ['a call for which "‹exit›" holds at ‹node›', '‹node› düğümünde "‹exit›" geçerli olan bir çağrı'],
  ['lookUps: with an answer for which "‹exit›" holds', 'lookUps: "‹exit›" geçerli olan bir yanıtla'],
  ['lookUps: with an answer', 'lookUps: bir yanıtla'],
  [
    'lookUps: with { answer: [] }, or what else means that nothing was found',
    'lookUps: { answer: [] } ya da bulunamadığını söyleyen başka bir yanıtla',
  ],
  ['lookUps: with { ‹what› }', 'lookUps: { ‹what› } ile'],
];
const hints = bookOf(HINT_LINES);
const counts = bookOf([
  ['a problem', 'bir sorun'],
  ['‹count› problems', '‹count› sorun'],
]);
const extras = bookOf([
  ['', ''],
  ['; ‹count› problem in files; ‹left› left out', '; dosyalarda ‹count› sorun; ‹left› çalıştırılmadı'],
  ['; ‹count› problems in files; ‹left› left out', '; dosyalarda ‹count› sorun; ‹left› çalıştırılmadı'],
  ['; ‹count› problem in files', '; dosyalarda ‹count› sorun'],
  ['; ‹count› problems in files', '; dosyalarda ‹count› sorun'],
  ['; ‹left› left out', '; ‹left› çalıştırılmadı'],
]);

/** What `santral flow test` tells (`flow-test-report.ts`), and why it cannot. */
export const REPORT_LINES: readonly Line[] = [
  ['        expected  ‹what›', '        beklenen  ‹what›'],
  ['        actual    ‹what›', '        olan      ‹what›'],
  ['      | caller ‹what›', '      | arayan ‹what›'],
  ['      | flow   ‹what:deeds›', '      | akış   ‹what›'],
  ['      |        ‹what:events›', '      |        ‹what›'],
  ['  nodes never taken: ‹list› and ‹count› more', '  hiç geçilmeyen düğümler: ‹list› ve ‹count› tane daha'],
  ['  nodes never taken: ‹list›', '  hiç geçilmeyen düğümler: ‹list›'],
  ['  exits never taken: ‹list› and ‹count› more', '  hiç geçilmeyen çıkışlar: ‹list› ve ‹count› tane daha'],
  ['  exits never taken: ‹list›', '  hiç geçilmeyen çıkışlar: ‹list›'],
  ['  to come from ‹node› to ‹to›: ‹hint:hints›', '  ‹node› düğümünden ‹to› düğümüne gitmek için: ‹hint›'],
  [
    '1 run: ‹as› as written, ‹other› otherwise‹extra:extras› (‹ms› ms)',
    '1 çalıştırma: ‹as› yazıldığı gibi, ‹other› farklı‹extra› (‹ms› ms)',
  ],
  [
    '‹count› runs: ‹as› as written, ‹other› otherwise‹extra:extras› (‹ms› ms)',
    '‹count› çalıştırma: ‹as› yazıldığı gibi, ‹other› farklı‹extra› (‹ms› ms)',
  ],
  ['The flows have errors.', 'Akışlarda hata var.'],
  ['There is no flow "‹flow›". Flows: none.', '"‹flow›" diye bir akış yok. Hiç akış yok.'],
  ['There is no flow "‹flow›". Flows: ‹list›.', '"‹flow›" diye bir akış yok. Akışlar: ‹list›.'],
  [
    '‹dir› is a file; name its directory: all flows are checked together.',
    '‹dir› bir dosya; klasörünü yazın: akışlar birlikte denetlenir.',
  ],
  ['There is no directory ‹dir›.', '‹dir› diye bir klasör yok.'],
  [
    '‹flow›: ‹nodesTaken› of ‹nodes› nodes, ‹exitsTaken› of ‹exits› exits (‹percent› %)',
    '‹flow›: ‹nodes› düğümden ‹nodesTaken› tanesi, ‹exits› çıkıştan ‹exitsTaken› tanesi geçildi (%‹percent›)',
  ],
  [
    '‹flow› has no scenarios: write ‹file› (santral ‹command› begins one)',
    '‹flow› akışının senaryosu yok: ‹file› yazın (santral ‹command› bir tane başlatır)',
  ],
  [
    '‹flow› has scenarios that cannot be run: ‹file› has ‹count:counts›, told above',
    '‹flow› akışının senaryoları çalıştırılamıyor: ‹file› içinde ‹count› var, yukarıda yazıyor',
  ],
];

export const turkishReport = inTurkish(bookOf(REPORT_LINES, { deeds, events, hints, counts, extras }));
