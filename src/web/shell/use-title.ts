import { useDocumentTitle } from '@mantine/hooks';

/** The tab's title: what the page is, then the product. */
export function useTitle(page: string): void {
  useDocumentTitle(`${page} · Santral`);
}
