import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { hasCode } from '../api/client.ts';
import { type DraftText, discardDraft, loadDraft, type OpenedFlow, type PublishedFlow, saveDraft } from '../api/workshop.ts';
import { FLOWS } from './queries.ts';

/** One flow being worked on in this browser. */
export interface Work {
  readonly flow: string;
  readonly text: string;
  readonly setText: (text: string) => void;
  /** The text of the flow’s scenarios. */
  readonly scenarios: string;
  readonly setScenarios: (text: string) => void;
  /** As it is stored; null before the first saving. */
  readonly draft: DraftText | null;
  readonly published: PublishedFlow | null;
  readonly unsaved: boolean;
  readonly saving: boolean;
  readonly error: unknown;
  /** What somebody else stored meanwhile; ours is kept until the user decides. */
  readonly theirs: DraftText | null;
  /** Gives the stored draft, or null when it could not be stored. `basedOn` says which revision it has seen. */
  readonly save: (basedOn?: number) => Promise<DraftText | null>;
  readonly discard: () => Promise<void>;
  readonly takeTheirs: () => void;
  /** The next saving goes over theirs. */
  readonly keepMine: () => void;
}

/** `onReload`: everything is to be read again, as the draft has gone. */
export function useWork(flow: string, opened: OpenedFlow, onReload: () => Promise<void>): Work {
  const { draft: start, published } = opened;
  const inForce = opened.scenarios.source ?? '';
  const queries = useQueryClient();
  const [text, setText] = useState(start?.source ?? published?.current.source ?? '');
  const [scenarios, setScenarios] = useState(start?.scenarios ?? inForce);
  const [draft, setDraft] = useState(start);
  const [theirs, setTheirs] = useState<DraftText | null>(null);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const current = published?.current.revision ?? null;

  const guarded = useCallback(
    async <T>(work: () => Promise<T>): Promise<T | null> => {
      setSaving(true);
      setError(null);
      try {
        return await work();
      } catch (reason) {
        if (hasCode(reason, 'request.conflict')) setTheirs(await loadDraft(flow).catch(() => null));
        setError(reason);
        return null;
      } finally {
        setSaving(false);
      }
    },
    [flow],
  );

  return {
    flow,
    text,
    setText,
    scenarios,
    setScenarios,
    draft,
    published,
    unsaved: text !== (draft?.source ?? published?.current.source ?? '') || scenarios !== (draft?.scenarios ?? inForce),
    saving,
    error,
    theirs,
    save: (basedOn) =>
      guarded(async () => {
        const saved = await saveDraft(flow, {
          source: text,
          scenarios: scenarios === inForce ? null : scenarios,
          basedOn: basedOn ?? draft?.basedOn ?? current,
          seen: draft?.version ?? null,
        });
        setDraft(saved);
        void queries.invalidateQueries({ queryKey: FLOWS, exact: true });
        return saved;
      }),
    async discard() {
      const { version } = draft ?? {};
      const gone = await guarded(async () => {
        if (version !== undefined) await discardDraft(flow, version);
        return true;
      });
      if (gone === true) await onReload();
    },
    takeTheirs() {
      if (theirs !== null) {
        setText(theirs.source);
        setScenarios(theirs.scenarios ?? inForce);
      }
      setDraft(theirs);
      setTheirs(null);
      setError(null);
    },
    keepMine() {
      setDraft(theirs);
      setTheirs(null);
      setError(null);
    },
  };
}
