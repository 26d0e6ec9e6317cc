import type { Language } from '../domain/language.ts';
import type { Value, ValueMap } from '../domain/value.ts';

/** What expressions and templates may read of the call. `ani` is the caller’s number in full: a flow gets it by naming it. */
export const CALL_FIELDS = ['did', 'ani', 'language', 'brand', 'direction', 'talked', 'ended', 'lastNode', 'lateResult'] as const;

export interface CallFacts {
  readonly did: string;
  readonly ani: string;
  readonly language: Language;
  readonly brand: string;
  readonly direction: 'inbound' | 'outbound';
  /** Whether somebody of the house has talked with the caller: a transfer or a queue that came to a talk. */
  readonly talked: 'yes' | 'no';
  /** How the call ended; empty while it is up, and so are the two below. */
  readonly ended: string;
  readonly lastNode: string;
  readonly lateResult: string;
}

const NOTHING: ValueMap = {};

/**
 * The names an expression or template may read: names given on the spot (`over`), then the flow's variables with
 * `params`, then `call`.
 */
export class Scope {
  readonly #vars: ValueMap;
  readonly #over: ValueMap;
  readonly #call: CallFacts | null;
  #map: ScopeMap | null = null;

  constructor(vars: ValueMap, call: CallFacts | null, over: ValueMap = NOTHING) {
    this.#vars = vars;
    this.#over = over;
    this.#call = call;
  }

  get(name: string): Value | undefined {
    if (this.#over !== NOTHING && Object.hasOwn(this.#over, name)) return this.#over[name];
    if (Object.hasOwn(this.#vars, name)) return this.#vars[name];
    return name === 'call' && this.#call !== null ? (this.#call as unknown as ValueMap) : undefined;
  }

  /** These names and no call: for what is written when the call is long over. */
  static of(values: ValueMap): Scope {
    return new Scope(values, null);
  }

  /** The same names with some more in front. */
  with(over: ValueMap): Scope {
    return new Scope(this.#vars, this.#call, this.#over === NOTHING ? over : { ...this.#over, ...over });
  }

  /** For the expression library, which reads names from a Map without touching prototypes. Made when it is asked for: most turns render texts only. */
  asMap(): ReadonlyMap<string, Value> {
    return (this.#map ??= new ScopeMap(this));
  }
}

class ScopeMap extends Map<string, Value> {
  readonly #scope: Scope;

  constructor(scope: Scope) {
    super();
    this.#scope = scope;
  }

  override get(name: string): Value | undefined {
    return this.#scope.get(name);
  }
}
