import { bookOf, type Line } from './book.ts';

/** Kinds of values, as they stand in a sentence of the checker. */
export const KIND_LINES: readonly Line[] = [
  ['a map', 'bir eşlem (ad: değer)'],
  ['a list', 'bir liste'],
  ['text', 'metin'],
  ['a text', 'metin'],
  ['a number', 'bir sayı'],
  ['a whole number', 'bir tam sayı'],
  ['int', 'bir tam sayı'],
  ['true or false', 'true ya da false'],
  ['anything', 'herhangi bir değer'],
  ['empty', 'boş bir değer'],
  ['bigint', 'bir tam sayı'],
  ['null', 'boş bir değer'],
  ['the number ‹number›', '‹number› sayısı'],
  ['"‹given›"', '"‹given›"'],
];
export const kinds = bookOf(KIND_LINES);

/** Of which field something is said. */
export const PLACE_LINES: readonly Line[] = [
  ['the value', 'değer'],
  ['"‹key›"', '"‹key›"'],
];
export const places = bookOf(PLACE_LINES);

/** What a schema asks of a value; the field's name comes before it. */
export const MUST_LINES: readonly Line[] = [
  [
    'must be 1 to 32 signs: keys of the telephone, X for 0-9, Z for 1-9, N for 2-9',
    '1 ile 32 arası işaret olmalı: telefon tuşları, 0-9 için X, 1-9 için Z, 2-9 için N',
  ],
  [
    'must be a key of the catalogue, a part of the text, or { key: …, text: …, tr: …, en: … }',
    'katalogdan bir anahtar, metnin bir parçası ya da { key: …, text: …, tr: …, en: … } olmalı',
  ],
  [
    'must be a key of the catalogue, { key: … }, or { text: { tr: …, en: … } }',
    'katalogdan bir anahtar, { key: … } ya da { text: { tr: …, en: … } } olmalı',
  ],
  [
    'must be a key of the catalogue, { key: … }, { text: { tr: …, en: … } }, or a list of those',
    'katalogdan bir anahtar, { key: … }, { text: { tr: …, en: … } } ya da bunların bir listesi olmalı',
  ],
  ['must be a key of the catalogue, not ‹given:kinds›', 'katalogdan bir anahtar olmalı; burada ‹given› var'],
  ['must be the key of a message, not ‹given:kinds›', 'bir iletinin anahtarı olmalı; burada ‹given› var'],
  ['must be a time with its unit, not ‹given:kinds›', 'birimiyle bir süre olmalı; burada ‹given› var'],
  ['must be a time such as 5s, nothing or failed', '5s gibi bir süre, nothing ya da failed olmalı'],
  ['cannot be the name ‹given:kinds›', 'için ‹given› ad olamaz'],
  ['must be an expression', 'bir ifade olmalı'],
  ['is wrong: ‹given:kinds›', 'yanlış: ‹given›'],
  ['must be text, and ‹number› without quotes is a number', 'metin olmalı; ‹number› tırnaksız bir sayıdır'],
  ['must be text, not empty', 'metin olmalı, boş olamaz'],
  ['must be text', 'metin olmalı'],
  ['must be a list of messages', 'iletilerin bir listesi olmalı'],
  ['must be a list of variables, or a map of variables and types', 'değişkenlerin bir listesi, ya da değişken ve tür eşlemi olmalı'],
  ['must be a list of { when: …, to: … }', '{ when: …, to: … } öğelerinin bir listesi olmalı'],
  ['must be a map: a skill, and the least level of it, 1 to 9', 'bir eşlem olmalı: beceri ve en düşük düzeyi, 1 ile 9 arası'],
  ['must be a map: names of ways, each { weight: …, to: … }', 'bir eşlem olmalı: yolların adları, her biri { weight: …, to: … }'],
  ['must be a map: variables and expressions', 'bir eşlem olmalı: değişkenler ve ifadeleri'],
  ['must be a map: what is pressed, and the node it leads to', 'bir eşlem olmalı: tuşlanan ve gidilen düğüm'],
  ['must be a node, or { to: node, label: { tr: …, en: … } }', 'bir düğüm ya da { to: node, label: { tr: …, en: … } } olmalı'],
  ['must be a number of digits, or { min: …, max: … }', 'rakam sayısı ya da { min: …, max: … } olmalı'],
  ['must be a pattern such as "5XXXXXXXXX", or a list of those', '"5XXXXXXXXX" gibi bir kalıp ya da bunların bir listesi olmalı'],
  ['must be a prompt or a list of prompts', 'bir ses ya da seslerin bir listesi olmalı'],
  [
    'must be a prompt, or a list with the prompt of the first, second … time',
    'bir ses, ya da birinci, ikinci … kez duyulacak seslerin listesi olmalı',
  ],
  ['must be abort or finish', 'abort ya da finish olmalı'],
  ['must be any or none', 'any ya da none olmalı'],
  ['must be inbound or outbound', 'inbound ya da outbound olmalı'],
  ['must be keep or flush', 'keep ya da flush olmalı'],
  [
    'must be keys of a telephone (in quotes where they begin with 0 or hold * or #), or { tr: …, en: … }',
    'telefon tuşları (0 ile başlıyor ya da * veya # içeriyorsa tırnak içinde) ya da { tr: …, en: … } olmalı',
  ],
  [
    'must be keys of a telephone, in quotes where they begin with 0 or hold * or #',
    'telefon tuşları olmalı; 0 ile başlıyor ya da * veya # içeriyorsa tırnak içinde',
  ],
  ['must be keys of a telephone: 0 to 9, "*", "#", A to D', 'telefon tuşları olmalı: 0-9, "*", "#", A-D'],
  ['must be keys of the telephone, such as "0123456789*"', '"0123456789*" gibi telefon tuşları olmalı'],
  ['must be normal, busy or congestion', 'normal, busy ya da congestion olmalı'],
  ['must be onStart or byFlow', 'onStart ya da byFlow olmalı'],
  ['must be one key, any or none', 'bir tuş, any ya da none olmalı'],
  ['must be one key, or a list of keys', 'bir tuş ya da tuşların bir listesi olmalı'],
  ['must be one key, or none', 'bir tuş ya da none olmalı'],
  ['must be one key: 0 to 9, "*", "#" or A to D', 'tek bir tuş olmalı: 0-9, "*", "#" ya da A-D'],
  ['must be ringing or music', 'ringing ya da music olmalı'],
  ['must be the name of an exit', 'bir çıkışın adı olmalı'],
  [
    'must be true, false or { prompt: …, listen: 1, keep: 2, again: 3, discard: "*" }',
    'true, false ya da { prompt: …, listen: 1, keep: 2, again: 3, discard: "*" } olmalı',
  ],
  [
    'must be { department: service }, { dealer: "{{…}}" } or { person: … }',
    '{ department: service }, { dealer: "{{…}}" } ya da { person: … } olmalı',
  ],
  [
    'must be { extension: "100" }, { number: "{{…}}" }, { department: service }, { dealer: "{{…}}" } or { person: … }',
    '{ extension: "100" }, { number: "{{…}}" }, { department: service }, { dealer: "{{…}}" } ya da { person: … } olmalı',
  ],
  [
    'must be { answer: … }, { error: … }, { status: … }, or a list of those',
    '{ answer: … }, { error: … }, { status: … } ya da bunların bir listesi olmalı',
  ],
  ['must hold at least one case', 'en az bir durum içermeli'],
  ['must hold at least one key', 'en az bir tuş içermeli'],
  ['must hold at least one pattern', 'en az bir kalıp içermeli'],
  ['must hold one of answer, error, status', 'answer, error, status üçünden birini içermeli'],
  ['must name a key or a part of the text', 'bir anahtar ya da metnin bir parçasını belirtmeli'],
  ['must name at least one language', 'en az bir dil belirtmeli'],
  ['may have ‹most› characters at most', 'en çok ‹most› karakter olabilir'],
  ['may hold ‹most› messages at most', 'en çok ‹most› ileti içerebilir'],
  [
    'must be one of ‹list›, or { outcome: …, to: …, key: …, waits: …, talks: … }',
    'şunlardan biri olmalı: ‹list›; ya da { outcome: …, to: …, key: …, waits: …, talks: … }',
  ],
  ['must be one of ‹list›, or { outcome: …, to: …, talks: … }', 'şunlardan biri olmalı: ‹list›; ya da { outcome: …, to: …, talks: … }'],
  ['must be one of ‹list›', 'şunlardan biri olmalı: ‹list›'],
  ['must be at least ‹least›', 'en az ‹least› olmalı'],
  ['must be at most ‹most› keys', 'en çok ‹most› tuş olmalı'],
  ['must be at most ‹most›', 'en çok ‹most› olmalı'],
  ['must be between ‹least› and ‹most›', '‹least› ile ‹most› arasında olmalı'],
  ['must be ‹kind:kinds›, not ‹given:kinds›', '‹kind› olmalı; burada ‹given› var'],
  ['must be ‹kind:kinds›', '‹kind› olmalı'],
  ['must be tr, en, or a list of those', 'tr, en ya da bunların bir listesi olmalı'],
  ['must be tr or en', 'tr ya da en olmalı'],
  // The schema library's own words, where a schema has none.
  ['Invalid input', 'burada kullanılamaz'],
  ['Invalid input: expected ‹what›', 'burada kullanılamaz; beklenen: ‹what›'],
  ['Invalid option: expected one of ‹list›', 'şunlardan biri olmalı: ‹list›'],
  ['Too big: expected ‹kind› to have <=‹most› characters', 'en çok ‹most› karakter olabilir (‹kind›)'],
  ['Too big: expected ‹kind› to have <=‹most› items', 'en çok ‹most› öğe içerebilir (‹kind›)'],
  ['Too big: expected ‹kind› to be <=‹most›', 'en çok ‹most› olabilir (‹kind›)'],
  ['Too small: expected ‹kind› to have >=‹least› characters', 'en az ‹least› karakter olmalı (‹kind›)'],
  ['Too small: expected ‹kind› to have >=‹least› items', 'en az ‹least› öğe içermeli (‹kind›)'],
  ['Too small: expected ‹kind› to be >=‹least›', 'en az ‹least› olmalı (‹kind›)'],
  ['Too small: expected ‹kind› to be >‹least›', '‹least› değerinden büyük olmalı (‹kind›)'],
  ['Invalid string: must match pattern ‹pattern›', 'şu kalıba uymalı: ‹pattern›'],
];
export const musts = bookOf(MUST_LINES, { kinds });
