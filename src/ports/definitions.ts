/** A text file of the definitions: flows, prompts, calendars, numbers, surveys. `path` is for messages. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Everything analysts write, read in one go. */
export interface Definitions {
  readonly flows: readonly TextFile[];
  readonly catalogue: readonly TextFile[];
  readonly calendars: readonly TextFile[];
  readonly numbers: TextFile | null;
  /** Absent: they are not known here, and names of connectors are not checked. */
  readonly connectors?: TextFile | null;
  /** Message templates: `flows/messages/*.yaml`. */
  readonly messages: readonly TextFile[];
  /** Absent: none. */
  readonly surveys?: readonly TextFile[];
  /** `flows/queues.yaml` and `flows/dispositions.yaml`. Absent: none. */
  readonly queues?: TextFile | null;
  /** `flows/directory.yaml`. Absent: none. */
  readonly directory?: TextFile | null;
  readonly dispositions?: TextFile | null;
  /** `flows/forms.yaml`. Absent: none. */
  readonly forms?: TextFile | null;
  /** `tr/general.goodbye` for each recording in sounds/<lang>/<key>.wav. */
  readonly recordings: ReadonlySet<string>;
}

export interface DefinitionSource {
  read(): Promise<Definitions>;
}

/** What messages say, who they come from, and which systems are told. */
export interface MessageDefinitions {
  readonly messages: readonly TextFile[];
  readonly senders: TextFile | null;
  readonly webhooks: TextFile | null;
}

export interface MessageDefinitionSource {
  read(): Promise<MessageDefinitions>;
}
