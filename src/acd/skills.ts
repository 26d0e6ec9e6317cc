import type { SkillLevels, Widening } from '../domain/queue.ts';

/** What a caller needs: skills by name, each with the level an agent must have at least (1 or more). */
export type Need = readonly (readonly [skill: string, level: number])[];

/** The need of a caller who has waited so long: the skills asked for, lowered by every widening whose time has come. */
export function needAfter(asked: SkillLevels, widening: readonly Widening[], waitedMs: number): Need {
  const come = widening.filter(({ afterMs }) => waitedMs >= afterMs);
  const lowered = ([skill, level]: [string, number]): [string, number] => [
    skill,
    Math.min(level, ...come.flatMap(({ skills }) => skills[skill] ?? [])),
  ];
  return Object.entries(asked)
    .map(lowered)
    .filter(([, level]) => level > 0);
}

export function meets(skills: SkillLevels, need: Need): boolean {
  return need.every(([skill, level]) => (skills[skill] ?? 0) >= level);
}

/** Waiting times, shortest first, at which the need may become smaller. */
export function wideningTimes(widening: readonly Widening[]): readonly number[] {
  return widening.map(({ afterMs }) => afterMs).sort((a, b) => a - b);
}
