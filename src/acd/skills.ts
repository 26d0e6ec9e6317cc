import type { SkillLevels, Widening } from '../domain/queue.ts';

/** What a caller needs: skills by name, each with the level an agent must have at least (1 or more). */
export type Need = readonly (readonly [skill: string, level: number])[];

/** The need of a caller who has waited so long: the skills asked for, lowered by every widening whose time has come. */
export function needAfter(asked: SkillLevels, widening: readonly Widening[], waitedMs: number): Need {
  const need: [string, number][] = [];
  for (const [skill, wanted] of Object.entries(asked)) {
    let level = wanted;
    for (const { afterMs, skills } of widening) if (waitedMs >= afterMs) level = Math.min(level, skills[skill] ?? level);
    if (level > 0) need.push([skill, level]);
  }
  return need;
}

export function meets(skills: SkillLevels, need: Need): boolean {
  for (const [skill, level] of need) if ((skills[skill] ?? 0) < level) return false;
  return true;
}

/** Waiting times, shortest first, at which the need may become smaller. */
export function wideningTimes(widening: readonly Widening[]): readonly number[] {
  return widening.map(({ afterMs }) => afterMs).sort((a, b) => a - b);
}
