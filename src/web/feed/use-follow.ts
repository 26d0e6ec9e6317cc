import { type RefObject, useEffect, useRef } from 'react';

const NEAR_PX = 80;

/** Keeps a scrolling list at its newest line, unless the reader scrolled up. */
export function useFollow(length: number): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const near = useRef(true);

  useEffect(() => {
    const list = element.current;
    if (list === null) return undefined;
    const onScroll = (): void => {
      near.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PX;
    };
    list.addEventListener('scroll', onScroll, { passive: true });
    return () => list.removeEventListener('scroll', onScroll);
  });

  useEffect(() => {
    const list = element.current;
    if (length <= 1) near.current = true;
    if (list !== null && near.current) list.scrollTop = list.scrollHeight;
  }, [length]);
  return element;
}
