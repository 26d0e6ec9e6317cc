import { NativeSelect, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListFile } from '../../api/lists.ts';

const TYPES = ['text', 'number', 'date', 'time', 'money'] as const;
const NAME = /^[a-z][a-z0-9_]{0,39}$/;

interface PreviewTableProps {
  readonly file: ListFile;
  readonly busy: boolean;
  readonly onChange: (header: string, column: string | null) => void;
}

/** The first rows, and above each column what it is taken for: it can be taken for something else. */
export function PreviewTable({ file: { columns, sample }, busy, onChange }: PreviewTableProps) {
  const { t } = useTranslation();
  const label = t('campaigns.wizard.rows', { count: sample.length });
  return (
    <Table.ScrollContainer minWidth={560} maxHeight={460} scrollAreaProps={{ viewportProps: { tabIndex: 0, 'aria-label': label } }}>
      <Table aria-label={label} stickyHeader withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('campaigns.wizard.row')}</Table.Th>
            {columns.map(({ header, column }, place) => (
              <Table.Th key={`${place} ${header}`} data-header={header} data-column={column ?? ''} style={{ minWidth: 170 }}>
                {header === '' ? '–' : header}
                {header === '' ? null : <Meaning header={header} column={column} busy={busy} onChange={(to) => onChange(header, to)} />}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sample.map(({ row, cells }) => (
            <Table.Tr key={row}>
              <Table.Td>{row}</Table.Td>
              {columns.map(({ header }, place) => (
                <Table.Td key={`${place} ${header}`}>{cells[place] ?? ''}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface MeaningProps {
  readonly header: string;
  readonly column: string | null;
  readonly busy: boolean;
  readonly onChange: (column: string | null) => void;
}

function Meaning({ header, column, busy, onChange }: MeaningProps) {
  const { t } = useTranslation();
  const [name = '', type = ''] = (column ?? '').split(':');
  const isVariable = type !== '';
  const [typed, setTyped] = useState(isVariable ? name : '');
  const kind = column === null ? 'nothing' : isVariable ? type : column;
  const pick = (value: string): void => {
    if (value === 'nothing') onChange(null);
    else if (value === 'phone' || value === 'phone2') onChange(value);
    else onChange(`${NAME.test(typed) ? typed : variableName(header)}:${value}`);
  };
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label={t('campaigns.wizard.meaning', { header })}
        disabled={busy}
        value={kind}
        onChange={({ currentTarget: { value } }) => pick(value)}
        data={[
          { value: 'phone', label: t('campaigns.wizard.kinds.phone') },
          { value: 'phone2', label: t('campaigns.wizard.kinds.phone2') },
          ...TYPES.map((one) => ({ value: one, label: t(`campaigns.wizard.kinds.${one}`) })),
          { value: 'nothing', label: t('campaigns.wizard.kinds.nothing') },
        ]}
      />
      {isVariable ? (
        <TextInput
          size="xs"
          mt={4}
          aria-label={t('campaigns.wizard.variable', { header })}
          disabled={busy}
          value={typed}
          error={NAME.test(typed) ? null : t('campaigns.wizard.badName')}
          onChange={({ currentTarget: { value } }) => setTyped(value)}
          onBlur={() => {
            if (NAME.test(typed) && typed !== name) onChange(`${typed}:${type}`);
          }}
        />
      ) : null}
    </>
  );
}

/** `Borç Tutarı` is `borc_tutari`. */
function variableName(header: string): string {
  const plain = header
    .replaceAll(/[Iİı]/g, 'i')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return /^[a-z]/.test(plain) ? plain.slice(0, 40) : `v_${plain}`.slice(0, 40);
}
