/** Placeholder of the compiled form; the flow room defines it. */
export interface CompiledFlow {
  readonly id: string;
}
