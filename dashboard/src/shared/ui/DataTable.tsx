import { Table } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./DataTable.module.css";

interface Row {
  key: string | number;
  cells: readonly ReactNode[];
}

interface Props {
  label: string;
  /** The headings; an empty one for the column of row actions. */
  columns: readonly string[];
  rows: readonly Row[];
  /** The maximum height; it scrolls beyond that. */
  maxHeight?: number;
}

/** A table if space permits; otherwise each row is a list of cells with headings. The roles keep it a table for screen readers. */
export function DataTable({ label, columns, rows, maxHeight }: Props) {
  return (
    <div className={classes.frame} style={{ maxHeight }} {...(maxHeight ? { tabIndex: 0, role: "region", "aria-label": label } : {})}>
      <Table verticalSpacing="sm" role="table" aria-label={label} className={classes.table}>
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {columns.map((c) =>
              c ? (
                <Table.Th role="columnheader" key={c}>
                  {c}
                </Table.Th>
              ) : (
                <Table.Td role="cell" key="actions" />
              ),
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows.map((row) => (
            <Table.Tr role="row" key={row.key}>
              {row.cells.map((cell, i) => (
                <Table.Td role="cell" key={columns[i]} data-heading={columns[i]}>
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
