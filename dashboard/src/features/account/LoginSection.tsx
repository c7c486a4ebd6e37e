import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { LoginDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { useAuthMethods } from "../../shared/lib/authMethods";
import { Confirm } from "../../shared/ui/Confirm";
import { DataTable } from "../../shared/ui/DataTable";
import { ExternalProblem } from "../../shared/ui/ExternalProblem";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { Section } from "../../shared/ui/Section";
import { When } from "../../shared/ui/When";
import { useConfirmLogin, useConnectLogin, useDropLogin, useLogins, usePendingLogin, useRemoveLogin } from "./api/logins";
import { State } from "./State";

/** The external logins of the account; absent where the server offers none and none is connected. */
export function LoginSection() {
  const { t } = useI18n();
  const methods = useAuthMethods();
  const logins = useLogins();
  const pending = usePendingLogin();
  const connect = useConnectLogin();
  const confirm = useConfirmLogin();
  const drop = useDropLogin();
  const remove = useRemoveLogin();
  const [removing, setRemoving] = useState<LoginDto | null>(null);
  const open = (methods.data?.external ?? []).filter((p) => !logins.data?.some((l) => l.name === p.name));
  if (methods.data?.external.length === 0 && logins.data?.length === 0) {
    return null;
  }

  return (
    <Section title={t("logins.title")} text={t("logins.text")}>
      <ExternalProblem />
      {pending.data && (
        <Alert color="blue" title={t("logins.pendingTitle", { provider: pending.data.displayName })}>
          <Stack gap="xs">
            <Text size="sm">
              {t("logins.pendingText", { provider: pending.data.displayName, email: pending.data.email ?? t("never") })}
            </Text>
            <Failure error={confirm.error ?? drop.error} />
            <Group gap="xs">
              <Button size="xs" loading={confirm.isPending} onClick={() => confirm.mutate()}>
                {t("logins.connect")}
              </Button>
              <Button size="xs" variant="default" loading={drop.isPending} onClick={() => drop.mutate()}>
                {t("logins.drop")}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
      {logins.isPending && <Loading rows={2} />}
      <Failure error={logins.error ?? connect.error} />
      {logins.data?.length === 0 && <State on={false}>{t("logins.empty")}</State>}
      {logins.data && logins.data.length > 0 && (
        <DataTable
          label={t("logins.title")}
          columns={[t("logins.provider"), t("email"), t("logins.linked"), t("logins.used"), ""]}
          rows={logins.data.map((login) => ({
            key: login.name,
            cells: [
              login.displayName,
              login.email ?? "",
              <When key="linked" at={login.linkedAt} />,
              <When key="used" at={login.lastUsedAt} />,
              <Group key="actions" gap="xs" justify="flex-end">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("logins.removeOne", { provider: login.displayName })}
                  onClick={() => setRemoving(login)}
                >
                  {t("remove")}
                </Button>
              </Group>,
            ],
          }))}
        />
      )}
      {open.length > 0 && (
        <Group gap="xs">
          {open.map((p) => (
            <Button
              key={p.name}
              variant="default"
              loading={connect.isPending && connect.variables === p.name}
              onClick={() => connect.mutate(p.name)}
            >
              {t("logins.connectOne", { provider: p.displayName })}
            </Button>
          ))}
        </Group>
      )}
      <Confirm
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t("remove")}
        text={t("logins.removeText", { provider: removing?.displayName ?? "" })}
        action={t("remove")}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => {
          if (removing) {
            remove.mutate(removing.name, { onSuccess: () => setRemoving(null) });
          }
        }}
      />
    </Section>
  );
}
