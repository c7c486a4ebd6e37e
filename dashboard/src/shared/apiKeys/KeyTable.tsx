import { Anchor, Badge, Box, Code, Stack, Text } from "@mantine/core";
import type { ApiKeyDto } from "@roundtable/client";
import { type ReactNode, useState } from "react";
import { useI18n } from "../../i18n";
import { DataTable } from "../ui/DataTable";
import { When } from "../ui/When";
import { type KeyState, stateOf } from "./keyState";

interface Props {
  label: string;
  keys: readonly ApiKeyDto[];
  /** Who owns a key, where the list is not one owner's. */
  owner?: (key: ApiKeyDto) => ReactNode;
  actions: (key: ApiKeyDto) => ReactNode;
}

/** API keys, without their secrets. */
export function KeyTable({ label, keys, owner, actions }: Props) {
  const { t } = useI18n();
  return (
    <DataTable
      label={label}
      columns={[
        t("name"),
        ...(owner ? [t("apiKeys.owner")] : []),
        t("apiKeys.scopes"),
        t("apiKeys.networks"),
        t("apiKeys.created"),
        t("apiKeys.state"),
        t("apiKeys.used"),
        "",
      ]}
      rows={keys.map((key) => ({
        key: key.id,
        cells: [
          <Box key="name" miw={{ sm: 116 }}>
            {key.name}
            <div>
              <Code fz={11} style={{ whiteSpace: "nowrap" }}>
                {key.prefix}…
              </Code>
            </div>
          </Box>,
          ...(owner ? [owner(key)] : []),
          <Scopes key="scopes" names={key.scopes} />,
          key.allowedNetworks.join(", ") || t("apiKeys.anywhere"),
          <Created key="created" apiKey={key} />,
          <State key="state" apiKey={key} />,
          <Used key="used" apiKey={key} />,
          actions(key),
        ],
      }))}
    />
  );
}

const few = 3;

function Scopes({ names }: { names: readonly string[] }) {
  const { t, lookup } = useI18n();
  const [all, setAll] = useState(false);
  return (
    <Stack gap={2}>
      {(all ? names : names.slice(0, few)).map((name) => (
        <Text size="sm" key={name} title={name}>
          {lookup(`permission.${name}`) ?? name}
        </Text>
      ))}
      {names.length > few && (
        <Anchor component="button" type="button" size="sm" ta="start" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("apiKeys.fewerScopes") : t("apiKeys.moreScopes", { count: names.length - few })}
        </Anchor>
      )}
    </Stack>
  );
}

function Created({ apiKey: { createdAt, createdBy, owner } }: { apiKey: ApiKeyDto }) {
  return (
    <div>
      <When at={createdAt} exact />
      {createdBy && createdBy.id !== owner.id && (
        <Text size="xs" c="dimmed">
          {createdBy.name}
        </Text>
      )}
    </div>
  );
}

const colors = { live: "teal", expiring: "orange", expired: "gray.6", revoked: "gray.6" } as const satisfies Record<KeyState, string>;

function State({ apiKey }: { apiKey: ApiKeyDto }) {
  const { t } = useI18n();
  const state = stateOf(apiKey);
  return (
    <Box miw={135}>
      <Badge variant="dot" color={colors[state]}>
        {t(`apiKeys.${state}`)}
      </Badge>
      <Text size="xs" c="dimmed">
        {apiKey.revokedAt ? (
          <When at={apiKey.revokedAt} exact />
        ) : (
          <>
            {t("apiKeys.expires")}: <When at={apiKey.expiresAt} exact />
          </>
        )}
      </Text>
    </Box>
  );
}

function Used({ apiKey: { lastUsedAt, lastUsedIp } }: { apiKey: ApiKeyDto }) {
  return (
    <Box miw={{ sm: 96 }}>
      <When at={lastUsedAt} />
      {lastUsedIp && (
        <Text size="xs" c="dimmed">
          {lastUsedIp}
        </Text>
      )}
    </Box>
  );
}
