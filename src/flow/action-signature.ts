/**
 * The built-in capabilities that an `action` node can call. Signatures only: what they do lives in the services, under
 * the same names.
 */
export interface ActionSignature {
  readonly name: string;
  readonly doc: string;
  readonly params: Readonly<Record<string, { readonly required: boolean; readonly doc: string }>>;
  /** What `into` gets. */
  readonly result: string;
  /** `none`: the answer is an empty list (or nothing). */
  readonly exits: readonly 'none'[];
  /** It changes nothing and tells nothing about a person: flows on trial may let it be carried out. */
  readonly forTrials?: true;
}
