import type { TextFile } from './definitions.ts';

/** The scenario files beside the flows (`<flow>.test.yaml`), as text. */
export interface ScenarioSource {
  read(): Promise<readonly TextFile[]>;
}
