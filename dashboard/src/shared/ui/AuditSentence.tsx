import type { AuditEntryDto } from "@roundtable/client";
import { Fragment, type ReactNode } from "react";
import { useI18n } from "../../i18n";
import { sentence } from "../lib/sentence";
import { AuditDetail, detailsOf } from "./AuditDetail";
import { AuditActor, AuditSubject, Name } from "./AuditPeople";

const listOf = (value: unknown) => (Array.isArray(value) ? value.map(String) : undefined);

/** What one list has more than another. */
function beyond(list: unknown, other: unknown) {
  const more = listOf(list)?.filter((v) => !listOf(other)?.includes(v)) ?? [];
  return more.length > 0 && listOf(other) ? more.join(", ") : undefined;
}

/** An action's name as words: of one that the texts do not know, "purchaseOrder.created" becomes "purchase order created". */
export function useActionName() {
  const { lookup } = useI18n();
  return (action: string) =>
    lookup(`action.${action}`) ??
    action
      .replace(/\./g, " ")
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase();
}

/** An entry as a sentence with names: who did what to whom. */
export function AuditSentence({ entry }: { entry: AuditEntryDto }) {
  const { t, lookup } = useI18n();
  const nameOf = useActionName();
  const { actor, subject, target, action } = entry;
  const details = (entry.details ?? {}) as Readonly<Record<string, unknown>>;
  const isOwn = subject !== null && subject.id === actor?.id;
  const hasUser = subject !== null || target.type === "users" || target.type === "email";
  const values: Record<string, ReactNode> = {
    ...Object.fromEntries(
      detailsOf(details)
        .filter(([, value]) => !Array.isArray(value) || value.length > 0)
        .map(([name, value]) => [name, <AuditDetail name={name} value={value} />]),
    ),
    // Programs act without a user: the entry names the command.
    actor: actor ? <AuditActor actor={actor} /> : (lookup(`detailValue.${String(details["by"])}`) ?? t("audit.someone")),
    who: <AuditSubject entry={entry} />,
    user: hasUser && !isOwn ? <AuditSubject entry={entry} /> : undefined,
    target: <Name>{target.id}</Name>,
    added: beyond(details["after"], details["before"]),
    removed: beyond(details["before"], details["after"]),
    action: nameOf(action),
  };
  return sentence(lookup(`say.${action}`) ?? t("say.other"), values).map((part, i) => <Fragment key={i}>{part}</Fragment>);
}
