import { bookOf, type Line } from './book.ts';
import { definitionMessage } from './definition-words.ts';
import { kinds, musts, places } from './kinds.ts';
import { expressionWords, yamlWords } from './library-words.ts';

/** What is wrong with a `{{…}}`. */
export const TEMPLATE_LINES: readonly Line[] = [
  ['{{ is not closed by }}', '{{ açılmış, }} ile kapatılmamış'],
  ['{{‹inner›}} does not begin with a name', '{{‹inner›}} bir adla başlamalı'],
  ['there is no filter "‹name›"', '"‹name›" diye bir süzgeç yok'],
  ['the filter ‹name› takes no argument', '‹name› süzgeci parametre almaz'],
  ['the filter ‹name› needs an argument: ‹list›', '‹name› süzgecine bir parametre gerekli: ‹list›'],
  ['the filter ‹name› needs an argument', '‹name› süzgecine bir parametre gerekli'],
];
const templates = bookOf(TEMPLATE_LINES);

const exposures = bookOf([
  ['spoken', 'sesli okunuyor'],
  ['copied into another variable', 'başka bir değişkene kopyalanıyor'],
  ['put into an address', 'bir adrese yazılıyor'],
  ['dialled', 'numara olarak aranıyor'],
  ['handed to another flow', 'başka bir akışa veriliyor'],
  ['written into a message', 'bir iletiye yazılıyor'],
]);
const ends = bookOf([
  ['the goodbye', 'veda'],
  ['the announcement of a technical problem', 'teknik sorun anonsu'],
]);
const lists = bookOf([
  ['‹list› and ‹count› more', '‹list› ve ‹count› düğüm daha'],
  ['‹list›', '‹list›'],
]);
const addresses = bookOf([
  ['no number that an SMS reaches', 'SMS alabilecek bir numara değil'],
  ['no e-mail address', 'bir e-posta adresi değil'],
  ['no name of a webhook', 'bir webhook adı değil'],
]);
const givenNames = bookOf([
  ['‹first› and ‹second›', '‹first› ve ‹second›'],
  ['‹first›', '‹first›'],
]);

const SHAPE_LINES: readonly Line[] = [
  ['the file has more than ‹most› characters', 'dosyada ‹most› karakterden fazlası var'],
  ['the file holds more than one document', 'dosyada birden çok belge var'],
  ['the file holds more than ‹most› values', 'dosyada ‹most› değerden fazlası var'],
  ['‹alias› refers to &‹anchor›, which is not there', '‹alias› yazılmış, ama &‹anchor› tanımlanmamış'],
  ['this cannot be a key', 'bu bir anahtar olamaz'],
  ['the option ‹key› stands twice', '‹key› seçeneği iki kez yazılmış'],
  ['the key "‹key›" stands twice', '"‹key›" anahtarı iki kez yazılmış'],
  ['‹number› stands without quotes: it would be read as a number and change', '‹number› tırnaksız: sayı olarak okunur ve değişir'],
  ['‹text› stands without quotes', '‹text› tırnaksız yazılmış'],
  ['‹text› stands in curly quotes, which are part of the text', '‹text› kıvrık tırnakla yazılmış; bunlar metnin parçası sayılır'],
  ['‹place:places› holds its words without "text"', '‹place› içindeki metin "text" olmadan yazılmış'],
  ['the file is empty', 'dosya boş'],
  ['the file does not hold a flow', 'dosyada bir akış yok'],
  ['the file is named ‹file›, the flow ‹flow›', 'dosyanın adı ‹file›, akışın adı ‹flow›'],
  ['"nodes" is empty, and the nodes below it are not indented', '"nodes" boş; altındaki düğümler girintili değil'],
  ['"nodes" must be a map of at least one node', '"nodes" altında en az bir düğüm olmalı'],
  ['"‹name›" cannot be the name of a node', '"‹name›" bir düğümün adı olamaz'],
  ['"‹name›" stands within the node ‹node› and means nothing there', '"‹name›" ‹node› düğümünün içinde kalmış; orada anlamı yok'],
  ['a node must be a map that begins with its type', 'düğüm, type ile başlayan alanlardan oluşmalı'],
  ['"type" is missing', '"type" eksik'],
  ['there is no node of type "‹type›"', '"‹type›" türünde bir düğüm yok'],
  ['‹place:places› is empty, and below it ‹names› means nothing here', '‹place› boş; altındaki ‹names› anahtarının burada anlamı yok'],
  ['‹place:places› is empty, and below it ‹names› mean nothing here', '‹place› boş; altındaki ‹names› anahtarlarının burada anlamı yok'],
  ['"‹key›" cannot be a name here', '"‹key›" burada bir ad olamaz'],
  ['there is no exit "‹exit›" here', 'burada "‹exit›" diye bir çıkış yok'],
  ['"‹key›" means nothing here', '"‹key›" anahtarının burada anlamı yok'],
  ['‹place:places› is missing', '‹place› eksik'],
  ['‹place:places› ‹must:musts›', '‹place› ‹must›'],
];

const WIRING_LINES: readonly Line[] = [
  ['there is another flow ‹flow›', '‹flow› adında bir akış daha var'],
  ['flows call each other more than ‹most› deep', 'akışlar birbirini ‹most› düzeyden derin çağırıyor'],
  ['‹way› calls itself', 'akış kendini çağırıyor: ‹way›'],
  ['no call takes the exit "tooLong": the flow has no maxDuration', 'hiçbir çağrı "tooLong" çıkışından geçmez: akışta maxDuration yok'],
  [
    '"‹exit›" is not wired at ‹nodes:lists›: ‹end:ends› is heard and the call ends',
    '"‹exit›" çıkışı şurada bağlanmamış: ‹nodes›; ‹end› duyulur ve çağrı biter',
  ],
  ['‹node› does not say where "‹exit›" leads', '‹node› düğümü "‹exit›" çıkışının nereye gittiğini belirtmeli'],
  ['there is no node "‹node›"', '"‹node›" diye bir düğüm yok'],
  ['no way leads to ‹node›', '‹node› düğümüne giden bir yol yok'],
  ['‹way› goes round without asking the caller', 'döngü var ve arayana hiç sorulmuyor: ‹way›'],
  ['no hangup and no return can be reached', 'akış hiçbir hangup düğümüne ya da return sözcüğüne ulaşmıyor'],
  [
    '‹node› can be reached before the call is answered; many networks carry no keys and no voice then',
    '‹node› düğümüne çağrı yanıtlanmadan ulaşılabiliyor; o sırada birçok şebeke ne tuşları ne sesi taşır',
  ],
  ['‹node› (‹type›) needs the caller, who is gone after the call', '‹node› (‹type›) için arayan gerekli; çağrı bitince arayan yoktur'],
  ['‹node› is reached both during the call and after it', '‹node› düğümüne hem çağrıda hem çağrıdan sonra ulaşılıyor'],
  ['this line is a comment: it begins with #', 'bu satır bir açıklama sayılır: # ile başlıyor'],
  ['the menu has no options', 'menüde seçenek yok'],
  ['"‹keys›" cannot be pressed on a telephone', '"‹keys›" telefonda tuşlanamaz'],
  ['"‹keys›" is not one key of a telephone', '"‹keys›" telefonun tek bir tuşu değil'],
  ['no key from 1 to 9 is left for the list', 'liste için 1-9 arasında boş tuş kalmadı'],
  [
    '‹longer› begins with ‹shorter›, so ‹shorterAgain› is taken only after the inter-digit time',
    '‹longer›, ‹shorter› ile başlıyor; bu yüzden ‹shorterAgain› ancak tuşlar arası süre dolunca alınır',
  ],
  ['the terminator ‹key› is also an option', 'bitiş tuşu ‹key› aynı zamanda bir seçenek'],
  ['the terminator ‹key› is also a key of the option ‹option›', 'bitiş tuşu ‹key›, ‹option› seçeneğinin de bir tuşu'],
  ['the terminator ‹key› is also one of the keys', 'bitiş tuşu ‹key› tuşlanabilecekler arasında da var'],
  ['‹key› repeats the prompt and is an option, too', '‹key› hem sesi yineliyor hem de bir seçenek'],
  ['‹key› leads to the next page and means something else, too', '‹key› hem sonraki sayfaya götürüyor hem başka bir anlama geliyor'],
  ['‹key› means something else here, too', '‹key› burada başka bir anlama da geliyor'],
  ['‹key› means two things', '‹key› iki ayrı anlama geliyor'],
  ['‹key› means both ‹first› and ‹second›', '‹key› hem ‹first› hem ‹second› anlamına geliyor'],
  ['yes, no and leave need keys of their own', 'yes, no ve leave için ayrı tuşlar gerekir'],
  ['yes, no and repeat need keys of their own', 'yes, no ve repeat için ayrı tuşlar gerekir'],
  ['"error" is an exit of its own', '"error" zaten kendi başına bir çıkış'],
  ['no way has a weight above 0', 'hiçbir yolun ağırlığı sıfırdan büyük değil'],
];

const MEANING_LINES: readonly Line[] = [
  ['there is no action "‹name›"', '"‹name›" diye bir işlem yok'],
  ['there is no calendar "‹name›"', '"‹name›" diye bir takvim yok'],
  ['there is no queue "‹name›"', '"‹name›" diye bir kuyruk yok'],
  ['no queue calls back for "‹name›"', '"‹name›" için geri arayan bir kuyruk yok'],
  ['there is no department "‹name›"', '"‹name›" diye bir bölüm yok'],
  ['there is no connector "‹name›"', '"‹name›" diye bir bağlantı yok'],
  ['the catalogue has no prompt "‹key›"', 'katalogda "‹key›" diye bir ses yok'],
  ['"‹key›" has no text in ‹language›', '"‹key›" için ‹language› dilinde metin yok'],
  ['the text has no words in ‹language›', 'metin ‹language› dilinde yazılmamış'],
  ['the text has ‹length› characters; ‹most› are the most', 'metin ‹length› karakter; en çok ‹most› olabilir'],
  ['there is no message "‹key›"', '"‹key›" diye bir ileti yok'],
  ['the message "‹key›" has no words for ‹channel›', '"‹key›" iletisinin ‹channel› için metni yok'],
  ['the message "‹key›" has no text in ‹language›', '"‹key›" iletisinin ‹language› dilinde metni yok'],
  ['the message has no text in ‹language›', 'iletinin ‹language› dilinde metni yok'],
  ['the message "‹key›" reads "‹name›", which it is not given', '"‹key›" iletisine "‹name›" değeri verilmeli'],
  ['there is no flow "‹flow›"', '"‹flow›" diye bir akış yok'],
  ['the flow ‹flow› has no parameter "‹name›"', '‹flow› akışının "‹name›" diye bir parametresi yok'],
  ['the flow ‹flow› needs the parameter "‹name›"', '‹flow› akışına "‹name›" parametresi verilmeli'],
  [
    'the parameter "‹name›" of ‹flow› must be ‹kind:kinds›, not ‹given:kinds›',
    '‹flow› akışının "‹name›" parametresi ‹kind› olmalı; burada ‹given› var',
  ],
  ['the flow ‹flow› gives no result "‹name›"', '‹flow› akışı "‹name›" diye bir sonuç vermiyor'],
  ['no variable is named "‹name›"', '"‹name›" adında bir değişken yok'],
  ['"‹type›" is no type', '"‹type›" bir tür değil'],
  ['"‹field›" must be true or false', '"‹field›" true ya da false olmalı'],
  ['‹name› is required, so its default never counts', '‹name› zorunlu, bu yüzden varsayılan değeri hiç kullanılmaz'],
  ['the default of ‹name› must be ‹kind:kinds›', '‹name› için varsayılan değer ‹kind› olmalı'],
  ['"‹name›" is a word of the language and cannot be a variable', '"‹name›" dilin kendi sözcüğü, değişken olamaz'],
  ['the secret ‹name› would be handed to the calling flow', '‹name› gizli, ama çağıran akışa veriliyor'],
  ['the secret ‹name› would be ‹how:exposures›', '‹name› gizli, ama ‹how›'],
  ['"call" cannot be read whole', '"call" tek başına kullanılamaz'],
  ['the call has no "‹field›"', 'çağrının "‹field›" diye bir alanı yok'],
  ['the flow has no parameter "‹name›"', 'akışın "‹name›" diye bir parametresi yok'],
  ['nobody sets "‹name›"', '"‹name›" değişkenine hiçbir yerde değer verilmiyor'],
  ['nobody reads the variable ‹name›', '‹name› değişkeni hiçbir yerde kullanılmıyor'],
  ['nobody reads the parameter ‹name›', '‹name› parametresi hiçbir yerde kullanılmıyor'],
  ['‹action› has no parameter "‹name›"', '‹action› işleminin "‹name›" diye bir parametresi yok'],
  ['‹action› needs the parameter "‹name›"', '‹action› işlemine "‹name›" parametresi verilmeli'],
  ['‹action› takes no "‹name›", so it cannot verify one', '‹action› işleminin "‹name›" parametresi yok; doğrulama yapamaz'],
  ['the PIN is what is typed; it cannot be given', 'PIN, arayanın tuşladığıdır; ayrıca verilemez'],
  ['"to" is missing: an e-mail needs an address', '"to" eksik: e-posta için bir adres gerekir'],
  ['"to" is missing: a webhook needs its name', '"to" eksik: webhook için adı gerekir'],
  ['"to" is missing: consent to e-mail needs an address', '"to" eksik: e-posta onayı için bir adres gerekir'],
  ['the name of a webhook must stand as it is', 'webhook adı doğrudan yazılmalı'],
  ['"‹address›" is ‹what:addresses›', '"‹address›" ‹what›'],
  ['"‹language›" is no language of Santral', '"‹language›" Santral\'ın bir dili değil'],
  ['the node names neither a calendar nor hours', 'düğüm bir takvim ya da saatler belirtmeli'],
  ['‹node› does not say whom it asks', '‹node› düğümü kime sorulacağını belirtmeli'],
  ['"‹address›" does not begin with a fixed host', '"‹address›" sabit bir sunucu adıyla başlamalı'],
  ['a connector has an address of its own', 'bağlantının kendi adresi var'],
  ['"‹path›" is no path on a connector', '"‹path›" bir bağlantıda yol olamaz'],
  ['"‹field›" stands beside "pattern", which says it all', '"‹field›" gereksiz: "pattern" yeterli'],
  ['"digits" is missing', '"digits" eksik'],
  ['min ‹min› is above max ‹max›', 'min ‹min›, max ‹max› değerinden büyük'],
  [
    '"refuse" needs a notice that names the key, and a recording to refuse',
    '"refuse" için, tuşu söyleyen bir bildirim ve reddedilecek bir kayıt gerekir',
  ],
  ['‹what:expressions› in: ‹source›', '‹what›: ‹source›'],
];

const CATALOGUE_LINES: readonly Line[] = [
  ['the file does not hold prompts', 'dosyada sesler yok'],
  ['the file does not hold messages', 'dosyada iletiler yok'],
  ['"‹key›" cannot be the key of a prompt', '"‹key›" bir sesin anahtarı olamaz'],
  ['"‹key›" cannot be the key of a message', '"‹key›" bir iletinin anahtarı olamaz'],
  ['"‹key›" stands in ‹file›, line ‹line›, too', '"‹key›" ‹file› dosyasının ‹line›. satırında da var'],
  ['"‹key›" must hold a text per language', '"‹key›" her dil için bir metin içermeli'],
  ['the ‹language› of a message must be text', 'iletinin ‹language› karşılığı metin olmalı'],
  ['the ‹language› of "‹key›" must be text', '"‹key›" için ‹language› karşılığı metin olmalı'],
  ['"‹key›" must say what is sent', '"‹key›" ne gönderileceğini belirtmeli'],
  ['"‹key›" has a class that is not known', '"‹key›" iletisinin sınıfı bilinmiyor'],
  ['a message cannot go by "‹way›"', 'bir ileti "‹way›" ile gidemez'],
  ['a commercial message must hold ‹names:givenNames›', 'ticari ileti şunu içermeli: ‹names›'],
  ['an e-mail has no "‹field›"', 'e-postanın "‹field›" diye bir alanı yok'],
  ['an e-mail needs a subject and a text', 'e-posta için konu ve metin gerekir'],
  ['a text per language is needed', 'her dil için bir metin gerekir'],
  ['a webhook needs the fields of its body', 'webhook için gövdesinin alanları gerekir'],
  ['a message cannot read "‹name›"', 'bir ileti "‹name›" değerini okuyamaz'],
];

const SCENARIO_LINES: readonly Line[] = [
  ['the file holds no scenarios', 'dosyada senaryo yok'],
  ['the file is named ‹file›, its flow ‹flow›', 'dosyanın adı ‹file›, akışının adı ‹flow›'],
  ['"scenarios" must be a list of at least one scenario', '"scenarios" en az bir senaryoluk bir liste olmalı'],
  ['the file holds more than ‹most› scenarios', 'dosyada ‹most› senaryodan fazlası var'],
  ['there is another scenario "‹name›"', '"‹name›" adında bir senaryo daha var'],
  ['a scenario must be a map', 'bir senaryo bir eşlem olmalı'],
  ['"‹time›" is no date and time', '"‹time›" bir tarih ve saat değil'],
  ['"steps" must be a list', '"steps" bir liste olmalı'],
  ['"steps" is empty: a scenario without steps tries nothing', '"steps" boş: adımsız bir senaryo hiçbir şeyi denemez'],
  ['the scenario has more than ‹most› steps', 'senaryoda ‹most› adımdan fazlası var'],
  ['a step holds one thing', 'bir adımda tek bir şey olur'],
  ['there is no step "‹name›"', '"‹name›" diye bir adım yok'],
  ['there is no flow ‹flow› without errors', 'hatasız bir ‹flow› akışı yok'],
  ['there is no action ‹name›', '‹name› diye bir işlem yok'],
  ['there is no fault ‹name›', '‹name› diye bir arıza yok'],
  ['no flow has a variable ‹name›', 'hiçbir akışta ‹name› diye bir değişken yok'],
  ['‹owner› has no parameter ‹name›', '‹owner› akışının ‹name› diye bir parametresi yok'],
  ['‹owner› has no node "‹name›"', '‹owner› akışının "‹name›" diye bir düğümü yok'],
  ['‹owner› has no exit "‹name›"', '‹owner› düğümünün "‹name›" diye bir çıkışı yok'],
];

/** Lines that begin with a name come last where another line could be meant. */
export const MESSAGE_LINES: readonly Line[] = [...WIRING_LINES, ...CATALOGUE_LINES, ...MEANING_LINES, ...SCENARIO_LINES, ...SHAPE_LINES];

const lines = bookOf(MESSAGE_LINES, {
  kinds,
  musts,
  places,
  exposures,
  ends,
  lists,
  addresses,
  givenNames,
  expressions: expressionWords,
});
/** A text of the catalogue names itself before what is wrong with it. */
const named = bookOf([['‹key› (‹language›): ‹what:templates›', '‹key› (‹language›): ‹what›']], { templates });

/** Where a library says something that has no line here: what kind of fault it is, and the rest is left out. */
export const UNKNOWN_YAML = 'dosya geçerli bir YAML değil';
export const UNKNOWN_EXPRESSION = 'ifade okunamıyor';

/** What is wrong, by the kind of problem where a library says it. */
export function turkishMessage(code: string, message: string): string | null {
  switch (code.split('.').at(-1)) {
    case 'yaml':
      return yamlWords(message) ?? lines(message) ?? UNKNOWN_YAML;
    case 'bad-expression':
      return lines(message) ?? UNKNOWN_EXPRESSION;
    case 'bad-template':
    case 'unknown-filter':
      return templates(message) ?? named(message);
    default:
      return /^(?:flow|scenario)\./.test(code) ? lines(message) : definitionMessage(message);
  }
}
