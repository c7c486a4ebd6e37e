import { Anchor, Code, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import type { AuditEntryDto } from "@roundtable/client";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { useDeviceName } from "../lib/device";
import { useFormat } from "../lib/format";
import { useMay } from "../lib/session";
import { AuditDetail, detailsOf, useDetailLabel } from "./AuditDetail";
import { AuditActor, AuditSubject } from "./AuditPeople";
import { AuditSentence, useActionName } from "./AuditSentence";
import { CopyText } from "./CopyText";

/** All facts of an entry, in words and as the API has them. */
export function AuditDrawer({ entry, onClose }: { entry: AuditEntryDto; onClose: () => void }) {
  const { t, lookup } = useI18n();
  const format = useFormat();
  const nameOf = useActionName();
  const device = useDeviceName();
  const labelOf = useDetailLabel();
  const reads = useMay()("readAudit");
  const { actor, subject, onBehalfOf, target, action } = entry;
  const details = detailsOf(entry.details);
  const json = JSON.stringify(entry, null, 2);
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={t("audit.details")} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="md">
        <Text fw={600}>
          <AuditSentence entry={entry} />
        </Text>
        <Stack component="dl" gap="xs" m={0}>
          <Fact name={t("audit.when")}>{format.exact(entry.createdAt)}</Fact>
          <Fact name={t("audit.action")}>
            {nameOf(action)} <Code>{action}</Code>
          </Fact>
          <Fact name={t("audit.who")}>
            {actor ? <AuditActor actor={actor} /> : t("audit.nobody")}
            {actor?.email && <Text size="sm">{actor.email}</Text>}
            {actor && <Id id={actor.id} />}
          </Fact>
          {actor?.via && (
            <Fact name={t("audit.viaKey")}>
              <Id id={actor.via.apiKey} />
            </Fact>
          )}
          {onBehalfOf && (
            <Fact name={t("audit.impersonated")}>
              {onBehalfOf.email}
              <Id id={onBehalfOf.id} />
            </Fact>
          )}
          {subject && (
            <Fact name={t("audit.subject")}>
              <AuditSubject entry={entry} />
              {subject.email && <Text size="sm">{subject.email}</Text>}
              <Id id={subject.id} />
            </Fact>
          )}
          {target.id !== subject?.id && (
            <Fact name={t("audit.target")}>
              {lookup(`target.${target.type}`) ?? target.type}
              <Id id={target.id} />
            </Fact>
          )}
          {details.map(([name, value]) => (
            <Fact key={name} name={labelOf(name)}>
              <AuditDetail name={name} value={value} />
            </Fact>
          ))}
          {entry.ipAddress && <Fact name={t("audit.from")}>{entry.ipAddress}</Fact>}
          {entry.device && (
            <Fact name={t("audit.browser")}>
              {device(entry.device)}
              <Text size="xs" c="dimmed">
                {entry.userAgent}
              </Text>
            </Fact>
          )}
          {entry.requestId && (
            <Fact name={t("audit.request")}>
              <Id id={entry.requestId} />
            </Fact>
          )}
        </Stack>
        {reads && (
          <Group gap="md">
            {actor && <More to={`user=${actor.id}`} text={t("audit.moreOfActor")} onClick={onClose} />}
            {subject && subject.id !== actor?.id && <More to={`user=${subject.id}`} text={t("audit.moreOfSubject")} onClick={onClose} />}
            <More to={`action=${action}`} text={t("audit.moreOfAction")} onClick={onClose} />
          </Group>
        )}
        <Group justify="space-between">
          <Title order={3}>{t("audit.json")}</Title>
          <CopyText text={json} size="compact-sm" />
        </Group>
        <Code block role="region" aria-label={t("audit.json")} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {json}
        </Code>
      </Stack>
    </Drawer>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Group gap="xs" align="flex-start" style={{ rowGap: 0 }}>
      <Text component="dt" size="sm" c="dimmed" w={{ base: "100%", xs: 130 }}>
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} flex="1 1 200px" style={{ minWidth: 0, overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </Group>
  );
}

const Id = ({ id }: { id: string }) => (
  <Text size="xs" c="dimmed" ff="monospace">
    {id}
  </Text>
);

const More = ({ to, text, onClick }: { to: string; text: string; onClick: () => void }) => (
  <Anchor component={Link} size="sm" to={`/admin/audit?${to}`} onClick={onClick}>
    {text}
  </Anchor>
);
