import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../domain/language.ts';
import type { Prompt, UsedBy } from '../api/prompts.ts';
import type { Player } from './player.ts';
import classes from './prompts.module.css';
import { VersionCell } from './version-cell.tsx';

interface RowProps {
  readonly prompt: Prompt;
  readonly player: Player;
  readonly mayRecord: boolean;
  readonly changed: () => Promise<unknown>;
}

export function PromptRow({ prompt, player, mayRecord, changed }: RowProps) {
  return (
    <tr data-prompt={prompt.key}>
      <th scope="row">
        <Text component="span" ff="monospace" size="sm" fw={600} className={classes['key']}>
          {prompt.key}
        </Text>
        <UsedByList usedBy={prompt.usedBy} byEngine={prompt.usedByEngine} />
      </th>
      {LANGUAGES.map((language) => (
        <td key={language}>
          <VersionCell
            name={prompt.key}
            language={language}
            version={prompt.versions[language]}
            missing={prompt.missing.includes(language)}
            player={player}
            mayRecord={mayRecord}
            changed={changed}
          />
        </td>
      ))}
    </tr>
  );
}

/** Flows with their nodes, folded away. */
export function UsedByList({ usedBy, byEngine }: { readonly usedBy: readonly UsedBy[]; readonly byEngine: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      {byEngine ? (
        <Text size="xs" c="dimmed">
          {t('prompts.engine')}
        </Text>
      ) : null}
      {usedBy.length > 0 ? (
        <details className={classes['users']}>
          <summary>{t('prompts.usedBy', { count: usedBy.length })}</summary>
          <ul>
            {usedBy.map(({ flow, nodes }) => (
              <li key={flow}>
                <b>{flow}</b>: {nodes.join(', ')}
              </li>
            ))}
          </ul>
        </details>
      ) : byEngine ? null : (
        <Text size="xs" c="dimmed">
          {t('prompts.unused')}
        </Text>
      )}
    </>
  );
}
