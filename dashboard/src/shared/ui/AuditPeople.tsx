import { Anchor, Text } from "@mantine/core";
import type { ActorDto, AuditEntryDto } from "@roundtable/client";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { useMay, useSignedIn } from "../lib/session";

/** A part of an id that tells entries apart; the drawer has the whole one. */
const shortId = (id: string) => (/^[0-9a-f]{32}$/.test(id) ? `${id.slice(0, 12)}…` : id);

/** A name in a sentence, isolated, since users choose their names. */
export function Name({ to, children }: { to?: string | undefined; children: ReactNode }) {
  const name = <bdi>{children}</bdi>;
  return to ? (
    <Anchor inherit fw={500} component={Link} to={to} style={{ overflowWrap: "anywhere" }}>
      {name}
    </Anchor>
  ) : (
    <Text span inherit fw={500} style={{ overflowWrap: "anywhere" }}>
      {name}
    </Text>
  );
}

/** A user by their name, or by what the entry remembers of them. */
export function AuditUser({ id, name, remembered }: { id: string; name: string | null; remembered?: string | null | undefined }) {
  const { t } = useI18n();
  const may = useMay();
  const { user } = useSignedIn();
  const known = id === user.id ? user.name : name;
  // Without the right to list users, a missing name does not tell that the user is deleted.
  const missing = may("listUsers") ? "audit.deletedUser" : "audit.user";
  return (
    <Name to={known && may("seeUser") ? `/admin/users/${id}` : undefined}>{known ?? remembered ?? t(missing, { id: shortId(id) })}</Name>
  );
}

export function AuditActor({ actor }: { actor: ActorDto }) {
  const may = useMay();
  if (actor.email !== null) {
    return <AuditUser id={actor.id} name={actor.currentName} remembered={actor.email} />;
  }

  return <Name to={may("seeServiceAccounts") ? `/admin/service-accounts/${actor.id}` : undefined}>{actor.name ?? shortId(actor.id)}</Name>;
}

/** The user concerned; for an address without an account, the masked address. */
export function AuditSubject({ entry: { subject, target, details, actor } }: { entry: AuditEntryDto }) {
  const { t } = useI18n();
  if (subject) {
    const { email } = (details ?? {}) as { email?: unknown };
    const own = actor?.id === subject.id ? (actor.currentName ?? actor.email) : null;
    return <AuditUser id={subject.id} name={subject.name} remembered={own ?? (typeof email === "string" ? email : null)} />;
  }

  return target.type === "users" ? t("audit.severalUsers") : <Name>{shortId(target.id)}</Name>;
}
