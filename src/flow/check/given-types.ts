import type { ValueMap } from '../../domain/value.ts';
import type { Kit } from '../nodes/kind.ts';
import { isOfType, named, parameterOf, typeOf } from '../parameters.ts';

/** Required parameters must be given; what can be told of a value before it is rendered must be of the type. */
export function checkGivenTypes(kit: Kit, id: string, declared: ValueMap, given: ValueMap): void {
  for (const [name, value] of Object.entries(declared)) {
    const { type, required } = parameterOf(value);
    const own = given[name] ?? null;
    if (required && !Object.hasOwn(given, name))
      kit.problem('subflow-param', ['with'], `the flow ${id} needs the parameter "${name}"`, `Write with: { ${name}: … }.`);
    // A lone {{name}} hands on the value as it is: nothing is known of it yet.
    if (typeof own === 'string' && /^\{\{[^|{}]*\}\}$/.test(own)) continue;
    if (!isOfType(own, type))
      kit.problem(
        'subflow-param',
        ['with', name],
        `the parameter "${name}" of ${id} must be ${named(type)}, not ${named(typeOf(own) ?? 'any')}`,
        'Give such a value, or a lone {{name}} that holds one.',
      );
  }
}
