/** live: a caller waits for it · ahead: nobody does yet. */
export type Priority = 'live' | 'ahead';

export interface RenderQueue {
  /** Runs the job as soon as a worker is free; jobs of one priority in order, live ones first. */
  run<T>(id: string, priority: Priority, job: () => Promise<T>): Promise<T>;
  /** A caller came who needs a job that was queued ahead. */
  promote(id: string): void;
}

interface Waiting {
  readonly id: string;
  /** Settles when the job is over; never rejects. */
  readonly work: () => Promise<void>;
}

/** At most `workers` jobs at once. Where there are several, one is kept free of jobs done ahead, so a caller never waits behind them. */
export function createQueue(workers: number): RenderQueue {
  const live: Waiting[] = [];
  const ahead: Waiting[] = [];
  const running = { live: 0, ahead: 0 };
  const aheadLimit = Math.max(1, workers - 1);

  function take(): readonly [Waiting, Priority] | undefined {
    if (running.live + running.ahead >= workers) return undefined;
    const urgent = live.shift();
    if (urgent !== undefined) return [urgent, 'live'];
    const other = running.ahead < aheadLimit ? ahead.shift() : undefined;
    return other === undefined ? undefined : [other, 'ahead'];
  }

  function next(): void {
    for (let taken = take(); taken !== undefined; taken = take()) {
      const [{ work }, priority] = taken;
      running[priority] += 1;
      void work().finally(() => {
        running[priority] -= 1;
        next();
      });
    }
  }

  return {
    run(id, priority, job) {
      return new Promise((resolve, reject) => {
        const work = () => job().then(resolve, reject);
        (priority === 'live' ? live : ahead).push({ id, work });
        next();
      });
    },
    promote(id) {
      const index = ahead.findIndex((waiting) => waiting.id === id);
      if (index < 0) return;
      live.push(...ahead.splice(index, 1));
      next();
    },
  };
}
