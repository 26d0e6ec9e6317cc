export type Escape = (text: string) => string;

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** How values are put into a body of this content type (JSON when none is named); undefined when it is not known. */
export function escapeFor(contentType = 'application/json'): Escape | undefined {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  if (/^application\/(?:[a-z0-9.-]+\+)?json$/.test(type)) return (text) => JSON.stringify(text).slice(1, -1);
  if (/^(?:application|text)\/(?:[a-z0-9.-]+\+)?xml$/.test(type)) return (text) => text.replace(/[&<>"']/g, (char) => XML[char] ?? char);
  return type === 'application/x-www-form-urlencoded' ? encodeURIComponent : undefined;
}
