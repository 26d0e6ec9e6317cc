import type { Difference } from '../scenario/hearing.ts';
import { bookOf, type Line } from './book.ts';
import { kinds } from './kinds.ts';

/** Why an expression could not be worked out, in the library's words without their underscores. */
const reasons = bookOf([
  ['no such key', 'böyle bir alan yok'],
  ['no such overload', 'bu türlerle yapılamaz'],
  ['no matching overload', 'bu türlerle çağrılamaz'],
  ['unknown variable', 'bilinmeyen değişken'],
  ['division by zero', 'sıfıra bölme'],
  ['modulo by zero', 'sıfıra göre kalan'],
  ['index out of bounds', 'sıra numarası listenin dışında'],
  ['index out of range', 'sıra numarası listenin dışında'],
  ['numeric overflow', 'sayı fazla büyük'],
  ['int conversion error', 'tam sayıya çevrilemiyor'],
  ['double conversion error', 'sayıya çevrilemiyor'],
  ['bool conversion error', 'true ya da false değerine çevrilemiyor'],
  ['incompatible argument type', 'parametre yanlış türde'],
  ['invalid logical operand', 'mantık işlemi true ya da false ister'],
  ['invalid condition type', 'koşul true ya da false olmalı'],
  ['invalid index type', 'sıra numarası yanlış türde'],
  ['cannot index type', 'bu türde öğe seçilemez'],
  ['variable type mismatch', 'değişken yanlış türde'],
  ['type error', 'yanlış tür'],
  ['cannot be worked out', 'hesaplanamıyor'],
  ['cannot be read', 'okunamıyor'],
]);
const needs = bookOf([
  ['a number', 'bir sayı'],
  ['text', 'metin'],
  ['weekly hours', 'haftalık saatler'],
  ['a date such as ‹day›', '‹day› gibi bir tarih'],
  ['a time such as ‹time›', '‹time› gibi bir saat'],
  ['an instant in UTC milliseconds', 'milisaniye olarak bir UTC anı'],
]);
const limits = bookOf([
  ['date', 'tarih'],
  ['time of day', 'saat'],
]);
const askers = bookOf([
  ['an action', 'bir işlem'],
  ['a transfer', 'bir aktarma'],
  ['a queue', 'bir kuyruk'],
  ['a request', 'bir istek'],
  ['a recording', 'bir kayıt'],
]);

/** Faults of a flow at run time (`fault.ts`). */
export const FAULT_LINES: readonly Line[] = [
  ['the after-call section took more than ‹seconds› s', 'çağrı sonrası bölümü ‹seconds› saniyeden uzun sürdü'],
  ['more than ‹most› nodes after the call', 'çağrıdan sonra ‹most› düğümden fazla geçildi'],
  ['more than ‹most› nodes without input of the caller', 'arayana sorulmadan ‹most› düğümden fazla geçildi'],
  ['more than ‹most› messages and notes of one call', 'tek bir çağrıda ‹most› ileti ve nottan fazlası oluştu'],
  ['the filter ‹filter› needs ‹what:needs›', '‹filter› süzgecine şu gerekli: ‹what›'],
  ['a value for the address is nothing but dots', 'adrese konan değer yalnızca noktalardan oluşuyor'],
  ['the header ‹name› holds a line break', '‹name› başlığında satır sonu var'],
  ['there is no calendar ‹name›', '‹name› diye bir takvim yok'],
  ['there is no flow ‹name›', '‹name› diye bir akış yok'],
  ['flows are more than ‹most› deep', 'akışlar birbirini ‹most› düzeyden derin çağırıyor'],
  ['the prompt of this node has no text in any language', 'bu düğümün sesinin hiçbir dilde metni yok'],
  ['the prompt ‹key› has no text in any language', '‹key› sesinin hiçbir dilde metni yok'],
  ['the message has no text in any language', 'iletinin hiçbir dilde metni yok'],
  ['the message ‹key› has no words for ‹channel›', '‹key› iletisinin ‹channel› için metni yok'],
  ['the result is not a number (division by zero?)', 'sonuç bir sayı değil (sıfıra bölme mi?)'],
  ['the result is too large a number', 'sonuç fazla büyük bir sayı'],
  ['the result is missing or no plain value', 'sonuç yok ya da düz bir değer değil'],
  ['the result is nested too deeply', 'sonuç fazla iç içe'],
  ['the result is no plain value', 'sonuç düz bir değer değil'],
  ['{{‹source›}} is a list or a map; name a field of it', '{{‹source›}} bir liste ya da eşlem; bir alanını yazın'],
  ['{{‹source›}} has no value', '{{‹source›}} için değer yok'],
  ['internal: ‹what›', 'motorun kendi hatası: ‹what›'],
  ['‹input› came where ‹waiting› was waited for', '‹waiting› beklenirken ‹input› geldi'],
  ['‹input› came for ‹asker:askers›', '‹asker› beklenirken ‹input› geldi'],
  ['‹flow› needs the parameter ‹name› and did not get it', '‹flow› akışına ‹name› parametresi verilmemiş'],
  ['‹flow›: the parameter ‹name› must be ‹kind:kinds›, not ‹given:kinds›', '‹flow›: ‹name› parametresi ‹kind› olmalı; burada ‹given› var'],
  ['‹flow›: the result ‹name› must be ‹kind:kinds›, not ‹given:kinds›', '‹flow›: ‹name› sonucu ‹kind› olmalı; burada ‹given› var'],
  ['‹flow›: there is no node ‹node›', '‹flow›: ‹node› diye bir düğüm yok'],
  ['‹place›: ‹kind› after the call', '‹place›: çağrıdan sonra ‹kind›'],
  ['‹source›: longer than ‹most› characters', '‹source›: ‹most› karakterden uzun'],
  ['‹name›: the session would grow beyond ‹most› bytes', '‹name›: oturum ‹most› baytı aşıyor'],
  ['‹what›: too large', '‹what›: fazla büyük'],
  ['‹source›: gives neither true nor false', '‹source›: ne true ne false veriyor'],
  ['‹source›: gives neither a date nor a number of days', '‹source›: ne bir tarih ne de gün sayısı veriyor'],
  ['‹source›: gives no list', '‹source›: liste vermiyor'],
  ['‹source›: gives no weekly hours', '‹source›: haftalık saatler vermiyor'],
  ['‹source›: gives no language', '‹source›: bir dil vermiyor'],
  ['‹source›: gives no ‹what:limits›', '‹source›: ‹what› vermiyor'],
  ['‹source›: ‹why:reasons›', '‹source›: ‹why›'],
];
const faults = bookOf(FAULT_LINES, { needs, limits, askers, kinds, reasons });

/** What went wrong in a flow at run time, in Turkish; null when it is told in English only. */
export function turkishFault({ code, message }: { readonly code: string; readonly message: string }): string | null {
  const said = faults(message);
  // The library that works expressions out has more reasons than are named here.
  return said ?? (code === 'expression' ? 'bir ifade hesaplanamıyor' : null);
}

/** What a scenario's step says that went otherwise. */
export const FAILURE_LINES: readonly Line[] = [
  ['something else is heard', 'başka bir şey duyuluyor'],
  ['the flow does not hang up', 'akış kapatmıyor'],
  ['the fault ‹code› was not met', '‹code› arızası oluşmadı'],
  ['another number is dialled', 'başka bir numara aranıyor'],
  ['it waits in another queue', 'başka bir kuyrukta bekliyor'],
  ['this step does not fit here', 'bu adım buraya uymuyor'],
  ['the flow met a fault at ‹place›', 'akışta arıza oluştu: ‹place›'],
  ['the flow goes on without end', 'akış sonsuz döngüde'],
  ['no answer is given for ‹name›', '‹name› için yanıt verilmemiş'],
  ['the call is in another language', 'çağrı başka bir dilde'],
  ['the call stands elsewhere', 'çağrı başka bir düğümde'],
  ['the call did not come through ‹node›', 'çağrı ‹node› düğümünden geçmedi'],
  ['the call came through ‹node›', 'çağrı ‹node› düğümünden geçti'],
  ['other messages were caused', 'başka iletiler oluştu'],
  ['something else was caused', 'başka bir şey oluştu'],
  ['the call did not end so', 'çağrı böyle bitmedi'],
  ['‹what› is not heard', '‹what› duyulmuyor'],
  ['‹what› is heard', '‹what› duyuluyor'],
  ['‹node› was not left by ‹exit›', '‹node› düğümünden ‹exit› çıkışıyla çıkılmadı'],
  ['‹name› has another value', '‹name› değişkeninin değeri başka'],
  ['‹name› was not asked', '‹name› sorulmadı'],
  ['‹name› is asked with something else', '‹name› başka değerlerle soruluyor'],
  ['‹name› was asked with something else', '‹name› başka değerlerle soruldu'],
];
const failures = bookOf(FAILURE_LINES);

/** What was expected or happened, where it is no value of the flow's own. */
export const HAPPENED_LINES: readonly Line[] = [
  ['nothing', 'hiçbir şey'],
  ['nothing more', 'başka bir şey yok'],
  ['nothing was asked', 'hiçbir şey sorulmadı'],
  ['no fault', 'arıza yok'],
  ['it was not left', 'çıkılmadı'],
  ['a wait or an end', 'bekleme ya da bitiş'],
  ['not ‹what›', '‹what› değil'],
  ['the flow hangs up', 'akış kapatır'],
  ['the flow has hung up', 'akış kapattı'],
  ['the caller has hung up', 'arayan kapattı'],
  ['the call waits for keys', 'çağrı tuş bekliyor'],
  ['the call is up', 'çağrı sürüyor'],
  ['the call records the caller', 'arayanın sesi kaydediliyor'],
  ['the call looks something up', 'çağrı bir sorgunun yanıtını bekliyor'],
  ['the call dials somebody', 'çağrıda biri aranıyor'],
  ['the call waits in a queue', 'çağrı bir kuyrukta bekliyor'],
  ['the call waits in the queue ‹queue›', 'çağrı ‹queue› kuyruğunda bekliyor'],
  ['the call is dialling ‹whom›', 'çağrıda ‹whom› aranıyor'],
  ['the call waits for ‹name›', 'çağrı ‹name› yanıtını bekliyor'],
  ['the flow goes on without end', 'akış sonsuz döngüde'],
];
const happened = bookOf(HAPPENED_LINES);

/** A step that went otherwise, in Turkish; null when it is told in English only. Values of the flow's own stay as they are. */
export function turkishFailure({ message, expected, actual }: Difference): Difference | null {
  const what = failures(message);
  if (what === null) return null;
  const told = (text: string): string => happened(text) ?? text;
  if (!message.startsWith('the flow met a fault')) return { message: what, expected: told(expected), actual: told(actual) };
  const [, code = '', words = ''] = /^([a-z-]+): ([\s\S]*)$/.exec(actual) ?? [];
  const fault = turkishFault({ code, message: words });
  return fault === null ? null : { message: what, expected: told(expected), actual: `${code}: ${fault}` };
}
