import { Anchor, Badge, Button, Group, Switch, Text } from "@mantine/core";
import { etagOf, type ServiceAccountDto } from "@roundtable/client";
import { useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { sayUndoable } from "../../../shared/lib/toasts";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { AccountState } from "./AccountState";
import { useUpdateAccount } from "./api/updateAccount";
import { EditAccount } from "./EditAccount";

/** A service account's details, and whether it is active. */
export function AccountSection({ account, version }: { account: ServiceAccountDto; version: string | undefined }) {
  const { t } = useI18n();
  const may = useMay();
  const write = may("changeServiceAccounts");
  const update = useUpdateAccount(account.id);
  const undo = useUpdateAccount(account.id);
  const [editing, setEditing] = useState(false);
  const set = (disabled: boolean) =>
    update.mutate(
      { version: undefined, request: { disabled } },
      {
        onSuccess: (answer) =>
          sayUndoable(disabled ? t("serviceAccounts.switchedOff") : t("serviceAccounts.switchedOn"), () =>
            undo.mutateAsync({ version: etagOf(answer), request: { disabled: !disabled } }),
          ),
      },
    );
  const { createdBy } = account;
  return (
    <Section
      title={t("user.summary")}
      aside={
        write && (
          <Button size="xs" variant="default" onClick={() => setEditing(true)}>
            {t("edit")}
          </Button>
        )
      }
    >
      <Failure error={update.error} />
      {account.description && (
        <Text size="sm" style={{ overflowWrap: "anywhere", whiteSpace: "pre-line" }}>
          {account.description}
        </Text>
      )}
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {t("serviceAccounts.contact")}: {account.contactEmail}
      </Text>
      <Group gap={6}>
        <Text size="sm">{t("roles.title")}:</Text>
        {account.roles.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("serviceAccounts.noRoles")}
          </Text>
        ) : (
          account.roles.map((r) => (
            <Badge key={r} variant="default">
              {r}
            </Badge>
          ))
        )}
      </Group>
      {write ? (
        <Switch
          label={t("serviceAccounts.active")}
          description={t("serviceAccounts.activeHint")}
          checked={!account.disabled}
          disabled={update.isPending}
          onChange={(e) => set(!e.currentTarget.checked)}
        />
      ) : (
        <div>
          <AccountState disabled={account.disabled} />
        </div>
      )}
      <Text size="sm" c="dimmed">
        {t("user.created")}: <When at={account.createdAt} exact />
        {createdBy && (
          <>
            {" "}
            ·{" "}
            {may("seeUser") ? (
              <Anchor size="sm" underline="always" component={Link} to={`/admin/users/${createdBy.id}`}>
                {createdBy.name}
              </Anchor>
            ) : (
              createdBy.name
            )}
          </>
        )}
      </Text>
      {editing && <EditAccount account={account} version={version} onClose={() => setEditing(false)} />}
    </Section>
  );
}
