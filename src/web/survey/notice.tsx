import { type ReactNode, useEffect, useRef } from 'react';

/** What there is to say when there is nothing to answer. Its heading takes the focus, so that it is read out. */
export function Notice({
  title,
  text,
  more,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly more?: string;
  readonly children?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="card notice">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p>{text}</p>
      {more !== undefined && <p className="dim">{more}</p>}
      {children}
    </div>
  );
}
