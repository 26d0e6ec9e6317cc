import { bookOf, type Line } from './book.ts';
import { definitionRemedy } from './definition-words.ts';
import { places } from './kinds.ts';

const SLIP_LINES: readonly Line[] = [
  ['This line is indented with a tab: indent with spaces.', 'Bu satırın girintisi sekmeyle yapılmış: boşluk kullanın.'],
  [
    'Write "‹key›": with quotes; without them YAML takes ‹sign› for its own.',
    '"‹key›": diye tırnakla yazın; tırnaksız olunca YAML ‹sign› işaretini kendisi için kullanır.',
  ],
  ['A space must follow the colon: ‹key›: ‹rest›', 'İki noktadan sonra boşluk gerekir: ‹key›: ‹rest›'],
  ['A " of this line has no second one: close the text with ".', 'Bu satırdaki bir " işaretinin ikincisi yok: metni " ile kapatın.'],
  ['Use straight quotes (") instead of “ ”.', '“ ” yerine düz tırnak (") kullanın.'],
  ['The apostrophe ends the text: write the text in double quotes', 'Kesme işareti metni bitiriyor: metni çift tırnakla yazın'],
  ['The apostrophe ends the text: write ‹text›', 'Kesme işareti metni bitiriyor; şöyle yazın: ‹text›'],
  ['A comma must stand before ‹key›', 'Şundan önce virgül koyun: ‹key›'],
  ['A comma must stand at the end of line ‹line›.', '‹line›. satırın sonuna virgül koyun.'],
  [
    'The ‹open› in line ‹line›, column ‹column› is not closed: write ‹close› where it ends.',
    '‹line›. satırın ‹column›. sütunundaki ‹open› kapanmamış: bittiği yere ‹close› koyun.',
  ],
  ['This line closes more than it opens: remove one ‹close›.', 'Bu satır açtığından fazlasını kapatıyor: bir ‹close› silin.'],
  ['A colon must follow the name: ‹name›:', 'Addan sonra iki nokta gerekir: ‹name›:'],
  ['Text that begins with ‹sign› needs quotes: ‹rest›', '‹sign› ile başlayan metin tırnak ister: ‹rest›'],
  ['Text with a colon and a space needs quotes: ‹rest›', 'İki nokta ve boşluk içeren metin tırnak ister: ‹rest›'],
  [
    'Line ‹line› is indented deeper (‹depth:spaces›) than line ‹above› above it (‹aboveDepth:spaces›), which has its value already: indent both alike.',
    '‹line›. satırın girintisi (‹depth›) üstündeki ‹above›. satırdan (‹aboveDepth›) fazla, oysa o satırın değeri yazılmış: ikisine aynı girintiyi verin.',
  ],
  [
    'Line ‹line› is indented by ‹depth:spaces›, neither like line ‹above› above it (‹aboveDepth:spaces›) nor like line ‹outer› (‹outerDepth:spaces›): indent what belongs together alike.',
    '‹line›. satırın girintisi (‹depth›) ne üstündeki ‹above›. satıra (‹aboveDepth›) ne de ‹outer›. satıra (‹outerDepth›) uyuyor: birlikte olanlara aynı girintiyi verin.',
  ],
  [
    'Line ‹line› is indented by ‹depth:spaces›, neither like line ‹above› above it (‹aboveDepth:spaces›): indent what belongs together alike.',
    '‹line›. satırın girintisi (‹depth›) üstündeki ‹above›. satıra (‹aboveDepth›) uymuyor: birlikte olanlara aynı girintiyi verin.',
  ],
  ['Mend the YAML; indent with spaces.', 'YAML yazımını düzeltin; girintide boşluk kullanın.'],
  ['One flow per file: remove the line ---', 'Her dosyada tek akış olur: --- satırını silin'],
  ['Split it into sub-flows.', 'Alt akışlara bölün.'],
  ['Keys are plain text or digits.', 'Anahtarlar düz metin ya da rakamdır.'],
  ['Remove one of the two; YAML would keep the last only.', 'İkisinden birini silin; YAML yalnızca sonuncuyu okur.'],
  ['Remove one of the two.', 'İkisinden birini silin.'],
];

const SHAPE_LINES: readonly Line[] = [
  ['Begin with: flow: name-of-the-file', 'Şöyle başlayın: flow: dosyanın-adı'],
  ['Write flow: ‹flow›, or rename the file.', 'flow: ‹flow› yazın ya da dosyanın adını değiştirin.'],
  ['Indent ‹names› and all below deeper than nodes:.', '‹names› ve altındakileri nodes: satırından daha girintili yazın.'],
  ['Indent ‹names› deeper than ‹place:places›, so that it holds them.', '‹names› satırlarını ‹place› satırından daha girintili yazın.'],
  ['Write nodes: and the nodes below it, indented.', 'nodes: yazın; düğümleri altına girintili yazın.'],
  ['Write ‹name›: letters from a to z, digits and dashes.', 'Şöyle yazın: ‹name›; a-z harfleri, rakam ve tire (ç, ğ, ı, ö, ş, ü yok).'],
  [
    'Use small letters, digits and dashes; `return` has a meaning of its own.',
    'Küçük harf, rakam ve tire kullanın; `return` sözcüğünün kendi anlamı var.',
  ],
  [
    'This line is indented deeper than its neighbours: if ‹name› is a node, indent it like ‹node›, and its fields like the other nodes’.',
    'Bu satır komşularından daha girintili: ‹name› bir düğümse ona ‹node› ile aynı girintiyi, alanlarına da öteki düğümlerinkini verin.',
  ],
  ['Write type: and one of ‹list›.', 'type: yazın ve şunlardan birini seçin: ‹list›.'],
  [
    'Types: ‹list›. A map as a default is written { type: map, default: { … } }.',
    'Türler: ‹list›. Varsayılan değeri eşlem olan parametre { type: map, default: { … } } diye yazılır.',
  ],
  ['Types: ‹list›.', 'Türler: ‹list›.'],
  ['Add it; flows/README.md shows an example of each node.', 'Ekleyin; flows/README.md her düğümün bir örneğini gösterir.'],
  [
    'Begin with a letter; then letters, digits, and _ for variables or - for nodes.',
    'Harfle başlayın; sonra harf, rakam, değişkenlerde _, düğümlerde - gelebilir.',
  ],
  ['Write a number with its unit: 300ms, 5s, 30m.', 'Sayıyı birimiyle yazın: 300ms, 5s, 30m.'],
  [
    'Names of nodes and flows: small letters, digits and dashes. Variables: letters, digits and _, a letter first.',
    'Düğüm ve akış adları: küçük harf, rakam ve tire. Değişkenler: harf, rakam ve _; önce harf.',
  ],
  ['Write the value as the examples in flows/README.md do.', 'Değeri flows/README.md içindeki örneklerdeki gibi yazın.'],
  ['flows/README.md lists what is allowed.', 'Nelerin yazılabileceği flows/README.md içinde.'],
  [
    'Keys look like dealer.ask-plate; for a text on the spot write { text: { tr: …, en: … } }.',
    'Anahtarlar dealer.ask-plate gibidir; metni buraya yazmak için { text: { tr: …, en: … } } yazın.',
  ],
  [
    'Keys of messages look like booking.made; they stand in flows/messages/.',
    'İleti anahtarları booking.made gibidir; flows/messages/ içinde dururlar.',
  ],
  ['Write an expression such as index + 1.', 'index + 1 gibi bir ifade yazın.'],
  ['Write "‹value›", with quotes.', 'Tırnakla yazın: "‹value›".'],
  ['Write "‹value›".', 'Şöyle yazın: "‹value›".'],
  ['Write text: around them: { text: { tr: …, en: … } }.', 'Şöyle yazın: { text: { tr: …, en: … } }.'],
  ['Write the text. A # begins a comment: text with # needs quotes.', 'Metni yazın. # bir açıklama başlatır: # içeren metin tırnak ister.'],
  ['Remove it.', 'Silin.'],
  ['Known here: ‹list›.', 'Burada bilinenler: ‹list›.'],
  [
    '"‹key›" belongs beside ‹place:places›: this line is indented too deep.',
    '"‹key›" ‹place› ile aynı hizada olmalı: bu satırın girintisi fazla.',
  ],
  ['Did you mean "‹name›"?', '"‹name›" mi demek istediniz?'],
];

/** Of the exits that must be wired: the node types' own words. */
const docs = bookOf([
  ['The usual way on (written as `next:`).', 'Olağan devam yolu (`next:` diye yazılır).'],
  ['It is open.', 'Açıksa buradan gidilir.'],
  ['It is closed.', 'Kapalıysa buradan gidilir.'],
  ['The call was missed, and is noted (written as `next:`).', 'Çağrı kaçırıldı ve not edildi (`next:` diye yazılır).'],
  ['The caller agreed (written as `next:`).', 'Arayan onay verdi (`next:` diye yazılır).'],
  ['It is stored and confirmed (written as `next:`).', 'Kaydedildi ve onaylandı (`next:` diye yazılır).'],
  ['The request is stored (written as `next:`).', 'İstek kaydedildi (`next:` diye yazılır).'],
  ['Nothing is left to choose from.', 'Seçilecek bir şey kalmadı.'],
  ['The caller asked for the next one at the last.', 'Arayan sonuncudayken bir sonrakini istedi.'],
  ['The PIN was wrong as often as allowed, or none is judged.', 'PIN izin verildiği kadar yanlış girildi ya da artık sınanmıyor.'],
]);

/** Of the parameters that actions need: the action's own words, in `*actions.ts`. */
const parameters = bookOf([
  ['Turkish plate code, 1 to 81.', 'Plaka kodu, 1 ile 81 arası.'],
  ['Five digits; the first two are the plate code.', 'Beş rakam; ilk ikisi plaka kodudur.'],
  ['The name in SANTRAL_PINS.', 'SANTRAL_PINS içindeki ad.'],
  ['What was typed; a `pin` node hands it over.', 'Tuşlanan; bunu bir `pin` düğümü verir.'],
  ['The survey’s name.', 'Anketin adı.'],
  ['In which language it is answered, such as "{{call.language}}".', 'Hangi dilde yanıtlandığı; örneğin "{{call.language}}".'],
  ['The question’s id.', 'Sorunun kimliği.'],
  ['Code of the dealer.', 'Bayinin kodu.'],
  ['Code of the service.', 'Hizmetin kodu.'],
  ['As it is keyed, day and month: 0112; or 2026-12-01.', 'Tuşlandığı gibi, gün ve ay: 0112; ya da 2026-12-01.'],
  ['Beginning of the time, as it was offered.', 'Saatin başlangıcı, sunulduğu gibi.'],
  ['Id of the held appointment.', 'Tutulan randevunun kimliği.'],
  ['Six digits.', 'Altı rakam.'],
  ['Id of the appointment.', 'Randevunun kimliği.'],
  ['Id of the held one.', 'Tutulanın kimliği.'],
  ['Customer number.', 'Müşteri numarası.'],
  ['For 34 ABC 123: 34123.', '34 ABC 123 için: 34123.'],
  ['What was keyed.', 'Tuşlanan.'],
  ['customer-no, birth-year, postcode, plate or id-last4.', 'customer-no, birth-year, postcode, plate ya da id-last4.'],
  ['department, dealer or person.', 'department, dealer ya da person.'],
  ['The name, or the dealer’s code.', 'Ad ya da bayinin kodu.'],
  ['A queue of flows/queues.yaml.', 'flows/queues.yaml içindeki bir kuyruk.'],
  ['The name of the switch: emergency.', 'Anahtarın adı: emergency.'],
  ['The secret that the caller typed.', 'Arayanın tuşladığı gizli değer.'],
  ['true or false.', 'true ya da false.'],
]);

const WIRING_LINES: readonly Line[] = [
  ['Give one of the files another name.', 'Dosyalardan birine başka bir ad verin.'],
  ['Make the chain shorter, or raise SANTRAL_MAX_SUBFLOW_DEPTH.', 'Zinciri kısaltın ya da SANTRAL_MAX_SUBFLOW_DEPTH değerini büyütün.'],
  ['Come back with return instead of calling the flow again.', 'Akışı yeniden çağırmak yerine return ile dönün.'],
  ['Write maxDuration: 10m at the top, or remove the exit.', 'En üste maxDuration: 10m yazın ya da çıkışı silin.'],
  [
    'To go elsewhere write exits: { ‹exit›: node } at the top of the flow or at a node.',
    'Başka bir yere gitmesi için akışın en üstüne ya da bir düğüme exits: { ‹exit›: node } yazın.',
  ],
  ['Write next: node. ‹doc:docs›', 'next: node yazın. ‹doc›'],
  ['Write exits: { ‹exit›: node }. ‹doc:docs›', 'exits: { ‹exit›: node } yazın. ‹doc›'],
  ['Write exits: { none: node } for an empty answer.', 'Boş yanıt için exits: { none: node } yazın.'],
  ['Write exits: { taken: node }.', 'exits: { taken: node } yazın.'],
  ['Nodes: ‹list›, or return.', 'Düğümler: ‹list›; ya da return.'],
  ['Write such a node, or correct the name.', 'Böyle bir düğüm yazın ya da adı düzeltin.'],
  ['Lead an exit here, or remove the node.', 'Buraya bir çıkış bağlayın ya da düğümü silin.'],
  [
    'Put a menu or a collect into the circle, or lead one exit out of it.',
    'Döngüye bir menu ya da collect koyun ya da bir çıkışı döngünün dışına bağlayın.',
  ],
  ['Lead some exit to a hangup node, or to return.', 'Bir çıkışı hangup düğümüne ya da return sözcüğüne bağlayın.'],
  ['Put an answer node before it.', 'Önüne bir answer düğümü koyun.'],
  [
    'Use nodes that need nobody there, such as set, branch, http and action, or lead elsewhere; next: return ends the section.',
    'set, branch, http, action gibi kimseyi gerektirmeyen düğümler kullanın ya da başka yere bağlayın; bölümü next: return bitirir.',
  ],
  ['Give the after-call section a node of its own.', 'Çağrı sonrası bölümüne kendi düğümünü verin.'],
  ['Write "#": ‹node› with quotes.', 'Tırnakla yazın: "#": ‹node›'],
  ['Write what is pressed and where it leads: 1: node.', 'Tuşu ve nereye gittiğini yazın: 1: node.'],
  ['Options are 1 to 10 keys: 0 to 9, "*", "#", A to D.', 'Seçenekler 1 ile 10 arası tuştur: 0-9, "*", "#", A-D.'],
  ['Keys are 0 to 9, "*", "#" and A to D.', 'Tuşlar: 0-9, "*", "#" ve A-D.'],
  ['Use "*", "#" or 0 for some of the options.', 'Seçeneklerin bazıları için "*", "#" ya da 0 kullanın.'],
  ['Use options of one length, and nobody has to wait.', 'Seçenekleri aynı uzunlukta yapın, kimse beklemesin.'],
  ['Use another terminator, or terminator: none.', 'Başka bir bitiş tuşu ya da terminator: none kullanın.'],
  [
    'Take it out of `keys` or `pattern`, or use another terminator.',
    'Onu `keys` ya da `pattern` içinden çıkarın, ya da başka bir bitiş tuşu kullanın.',
  ],
  ['Use another key for one of the two.', 'İkisinden biri için başka bir tuş kullanın.'],
  ['Use a key that begins no day: 4 to 9, or "*".', 'Hiçbir günün başı olmayan bir tuş kullanın: 4-9 ya da "*".'],
  ['Give one of the two another key.', 'İkisinden birine başka bir tuş verin.'],
  ['Give each another key.', 'Her birine ayrı bir tuş verin.'],
  ['Give the way another name.', 'Yola başka bir ad verin.'],
  ['Give at least one way a weight, such as 1.', 'En az bir yola ağırlık verin; örneğin 1.'],
  ['Give min the smaller number.', 'Küçük sayıyı min için yazın.'],
  ['Give ‹name› another key.', '‹name› için başka bir tuş verin.'],
];

const MEANING_LINES: readonly Line[] = [
  ['Actions: ‹list›.', 'İşlemler: ‹list›.'],
  ['Calendars: ‹list›.', 'Takvimler: ‹list›.'],
  ['Queues: ‹list›.', 'Kuyruklar: ‹list›.'],
  ['Queues and groups: ‹list›.', 'Kuyruklar ve gruplar: ‹list›.'],
  ['Departments: ‹list›.', 'Bölümler: ‹list›.'],
  ['Connectors: ‹list›.', 'Bağlantılar: ‹list›.'],
  ['Flows: ‹list›.', 'Akışlar: ‹list›.'],
  ['Filters: ‹list›.', 'Süzgeçler: ‹list›.'],
  ['Fields: ‹list›.', 'Alanlar: ‹list›.'],
  ['Languages: ‹list›.', 'Diller: ‹list›.'],
  ['Classes: ‹list›.', 'Sınıflar: ‹list›.'],
  ['Ways: ‹list›.', 'Yollar: ‹list›.'],
  ['Write one in ‹file›.', '‹file› içine bir tane yazın.'],
  ['Write a queue in flows/queues.yaml.', 'flows/queues.yaml içine bir kuyruk yazın.'],
  ['Add it to a file in sounds/.', 'sounds/ içindeki bir dosyaya ekleyin.'],
  [
    'Add ‹language›: to it in ‹file›, or leave ‹languageAgain› out of the flow’s languages.',
    '‹file› içinde ona ‹language›: ekleyin ya da akışın dillerinden ‹languageAgain› dilini çıkarın.',
  ],
  [
    'Add ‹language›: "…", or leave ‹languageAgain› out of the flow’s languages.',
    '‹language›: "…" ekleyin ya da akışın dillerinden ‹languageAgain› dilini çıkarın.',
  ],
  ['Add ‹language›: "…".', '‹language›: "…" ekleyin.'],
  ['Add ‹key›: { ‹channel›: … } to a file in flows/messages/.', 'flows/messages/ içindeki bir dosyaya ‹key›: { ‹channel›: … } ekleyin.'],
  ['Add ‹what›: to it in ‹file›.', '‹file› içinde ona ‹what›: ekleyin.'],
  ['Add it; what stands there is in flows/senders.yaml.', 'Ekleyin; orada ne yazacağı flows/senders.yaml içinde.'],
  ['Make several prompts of it, or raise SANTRAL_MAX_TEXT_LENGTH.', 'Birkaç sese bölün ya da SANTRAL_MAX_TEXT_LENGTH değerini büyütün.'],
  ['Write with: { ‹name›: ‹value› }.', 'with: { ‹name›: ‹value› } yazın.'],
  ['‹doc:parameters› Write with: { ‹name›: "…" }.', '‹doc› with: { ‹name›: "…" } yazın.'],
  ['Its parameters: none.', 'Parametresi yok.'],
  ['Its parameters: ‹list›.', 'Parametreleri: ‹list›.'],
  ['Its results: none.', 'Sonucu yok.'],
  ['Its results: ‹list›.', 'Sonuçları: ‹list›.'],
  ['‹action› takes: nothing.', '‹action› parametre almaz.'],
  ['‹action› takes: ‹list›.', '‹action› şunları alır: ‹list›.'],
  ['Give such a value, or a lone {{name}} that holds one.', 'Böyle bir değer ya da onu tutan tek başına bir {{name}} verin.'],
  ['Write personal: true.', 'personal: true yazın.'],
  ['Write required: true.', 'required: true yazın.'],
  ['Correct the default or the type.', 'Varsayılan değeri ya da türü düzeltin.'],
  ['Call it ‹name› or the like.', 'Adını örneğin ‹name› yapın.'],
  [
    'Send it to a system (http body, action) or weigh it in a condition; nothing else.',
    'Onu bir sisteme gönderin (http gövdesi, işlem) ya da bir koşulda karşılaştırın; başka bir şey yapmayın.',
  ],
  ['Give back something else.', 'Başka bir şey döndürün.'],
  ['Set such a variable, or remove the result.', 'Böyle bir değişkene değer verin ya da sonucu silin.'],
  ['Name a field: ‹list›.', 'Bir alan adı yazın: ‹list›.'],
  ['Declare it: parameters: { ‹name›: "" }.', 'Tanımlayın: parameters: { ‹name›: "" }.'],
  ['Write params.‹name›.', 'params.‹name› yazın.'],
  [
    'For a text write ‹text›. Set a variable before, or declare it under variables:.',
    'Metin için şöyle yazın: ‹text›. Değişkense önceden değer verin ya da variables: altında tanımlayın.',
  ],
  ['For a text write ‹text›.', 'Metin için şöyle yazın: ‹text›.'],
  ['Names in an expression have no braces: ‹text›', 'İfadede adlar ayraçsız yazılır: ‹text›'],
  ['Set it before, or declare it under variables:.', 'Önceden değer verin ya da variables: altında tanımlayın.'],
  ['Remove it, or use it.', 'Silin ya da kullanın.'],
  ['Read it as params.‹name›, or remove it.', 'params.‹name› diye okuyun ya da silin.'],
  ['Use an action with a parameter pin, such as pins.check.', 'pins.check gibi, pin parametresi olan bir işlem kullanın.'],
  ['Write to: "‹what›".', 'to: "‹what›" yazın.'],
  ['Write the name without {{…}}: callers choose no address.', 'Adı {{…}} olmadan yazın: adresi arayanlar seçemez.'],
  ['Correct it.', 'Düzeltin.'],
  ['Write calendar: name, or hours: expression.', 'calendar: ad ya da hours: ifade yazın.'],
  ['Write url: https://host/…, or connector: and path:.', 'url: https://host/… ya da connector: ve path: yazın.'],
  [
    'Write https://host/…; only what follows the host may hold {{…}}.',
    'https://host/… yazın; {{…}} yalnızca sunucu adından sonra olabilir.',
  ],
  ['Write path: for what is asked of it, or leave connector: out.', 'Sorulan şey için path: yazın ya da connector: satırını silin.'],
  ['Begin it with one /, and leave . and .. out of it.', 'Tek bir / ile başlatın, . ve .. kullanmayın.'],
  [
    'Write digits: 5, digits: { min: 1, max: 2 }, or pattern: "5XXXXXXXXX".',
    'digits: 5, digits: { min: 1, max: 2 } ya da pattern: "5XXXXXXXXX" yazın.',
  ],
  ['Add notice, or remove refuse.', 'notice ekleyin ya da refuse satırını silin.'],
  ['Split it over several set nodes.', 'Birkaç set düğümüne bölün.'],
  ['Known are: ‹list›.', 'Bilinenler: ‹list›.'],
  ['Expressions look like: ‹examples›.', 'İfadeler şöyledir: ‹examples›.'],
  [
    'What callers type is text: compare with text, plate == "34", or turn it into a number, int(plate) == 34.',
    'Arayanların tuşladığı metindir: metinle karşılaştırın, plate == "34", ya da sayıya çevirin, int(plate) == 34.',
  ],
  [
    'Write {{name}}, {{name.field}}, {{list[index].field}} or {{name|filter:argument}}.',
    '{{name}}, {{name.field}}, {{list[index].field}} ya da {{name|filter:argument}} yazın.',
  ],
  ['Write it as in ‹example›.', 'Şu örnekteki gibi yazın: ‹example›.'],
];

const CATALOGUE_LINES: readonly Line[] = [
  ['Write lines such as ‹example›: { tr: "…", en: "…" }.', '‹example›: { tr: "…", en: "…" } gibi satırlar yazın.'],
  [
    'Write lines such as ‹example›: { … }. Write ‹ways› or webhook: { field: "{{value}}" }.',
    '‹example›: { … } gibi satırlar yazın. Yollar: ‹ways› ya da webhook: { field: "{{value}}" }.',
  ],
  ['Write sms: ‹ways› or webhook: { field: "{{value}}" }.', 'sms: ‹ways› ya da webhook: { field: "{{value}}" } yazın.'],
  [
    'Write small letters, digits and dashes with a dot between: ‹example›.',
    'Küçük harf, rakam ve tire kullanın, arada nokta olsun: ‹example›.',
  ],
  ['Write { tr: "…", en: "…" }.', '{ tr: "…", en: "…" } yazın.'],
  [
    'Write { subject: { tr: "…", en: "…" }, text: { tr: "…", en: "…" } }.',
    '{ subject: { tr: "…", en: "…" }, text: { tr: "…", en: "…" } } yazın.',
  ],
  ['Write { field: "{{value}}" }.', '{ field: "{{value}}" } yazın.'],
  ['Write subject: and text:.', 'subject: ve text: yazın.'],
  ['Put the text in quotes.', 'Metni tırnak içine alın.'],
  ['Hand it to the message as a value of its own, and name that.', 'Onu iletiye ayrı bir değer olarak verin ve onun adını yazın.'],
];

const SCENARIO_LINES: readonly Line[] = [
  ['Add it. See "Scenario tests" in flows/README.md.', 'Ekleyin. flows/README.md içinde "Scenario tests" bölümüne bakın.'],
  [
    'Write it as the examples do. See "Scenario tests" in flows/README.md.',
    'Örneklerdeki gibi yazın. flows/README.md içinde "Scenario tests" bölümüne bakın.',
  ],
  ['See "Scenario tests" in flows/README.md.', 'flows/README.md içinde "Scenario tests" bölümüne bakın.'],
  ['Split it into several files: <flow>.<part>.test.yaml.', 'Birkaç dosyaya bölün: <flow>.<part>.test.yaml.'],
  ['Split it: <flow>.<part>.test.yaml.', 'Bölün: <flow>.<part>.test.yaml.'],
  ['Begin with: flow: name-of-the-flow', 'Şöyle başlayın: flow: akışın-adı'],
  ['Name the file ‹file›.', 'Dosyaya ‹file› adını verin.'],
  ['Write scenarios: and below it - name: …', 'scenarios: yazın, altına da - name: …'],
  ['Give one of them another name.', 'Birine başka bir ad verin.'],
  ['Write - name: … and steps: …', '- name: … ve steps: … yazın'],
  ['Write 2026-11-23T10:00.', '2026-11-23T10:00 yazın.'],
  ['Write steps: and below it - hears: …', 'steps: yazın, altına da - hears: …'],
  ['Write at least one step: - hears: …', 'En az bir adım yazın: - hears: …'],
  ['Make two scenarios of it.', 'İki senaryo yapın.'],
  ['Begin each with a dash of its own.', 'Her birinin başına ayrı bir tire koyun.'],
  ['Steps: ‹list›.', 'Adımlar: ‹list›.'],
  ['There is none.', 'Hiç yok.'],
  ['Known: none.', 'Bilinen yok.'],
  ['Known: ‹list› and ‹count› more.', 'Bilinenler: ‹list› ve ‹count› tane daha.'],
  ['Known: ‹list›.', 'Bilinenler: ‹list›.'],
];

export const REMEDY_LINES: readonly Line[] = [
  ...SLIP_LINES,
  ...SCENARIO_LINES,
  ...SHAPE_LINES,
  ...WIRING_LINES,
  ...CATALOGUE_LINES,
  ...MEANING_LINES,
];

const spaces = bookOf([
  ['1 space', '1 boşluk'],
  ['‹count› spaces', '‹count› boşluk'],
]);

const remedies = bookOf(REMEDY_LINES, { places, docs, parameters, spaces });

/** What to do about it. */
export function turkishRemedy(remedy: string): string | null {
  return definitionRemedy(remedy) ?? remedies(remedy);
}
