import { Button, Group, Text } from "@mantine/core";
import type { AccountSecurityDto, PasskeyDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { useFormat } from "../../shared/lib/format";
import { hasPasskeys } from "../../shared/lib/passkeys";
import { Confirm } from "../../shared/ui/Confirm";
import { DataTable } from "../../shared/ui/DataTable";
import { Failure } from "../../shared/ui/Failure";
import { Icon } from "../../shared/ui/Icon";
import { Loading } from "../../shared/ui/Loading";
import { Section } from "../../shared/ui/Section";
import { When } from "../../shared/ui/When";
import { usePasskeys } from "./api/listPasskeys";
import { useRemovePasskey } from "./api/removePasskey";
import { AddPasskey } from "./AddPasskey";
import { RenamePasskey } from "./RenamePasskey";
import { State } from "./State";

interface Props {
  security: AccountSecurityDto;
  adding: boolean;
  onAdding: (on: boolean) => void;
}

export function PasskeySection({ security, adding, onAdding }: Props) {
  const { t } = useI18n();
  const format = useFormat();
  const passkeys = usePasskeys(security.passkeys > 0);
  const remove = useRemovePasskey();
  const [renaming, setRenaming] = useState<PasskeyDto | null>(null);
  const [removing, setRemoving] = useState<PasskeyDto | null>(null);
  return (
    <Section
      title={t("passkeys.title")}
      text={t("passkeys.text")}
      aside={
        <Button
          variant="default"
          leftSection={<Icon name="plus" />}
          disabled={!hasPasskeys}
          aria-describedby={hasPasskeys ? undefined : "no-passkeys"}
          onClick={() => onAdding(true)}
        >
          {t("passkeys.add")}
        </Button>
      }
    >
      {!hasPasskeys && (
        <Text id="no-passkeys" size="sm">
          {t("passkeys.unsupported")}
        </Text>
      )}
      {security.passkeys > 0 && (
        <State on>
          {security.passkeyLastUsedAt
            ? t("passkeys.state", { count: security.passkeys, when: format.ago(security.passkeyLastUsedAt) })
            : t("passkeys.unused", { count: security.passkeys })}
        </State>
      )}
      {passkeys.isLoading && <Loading rows={2} />}
      <Failure error={passkeys.error} retry={() => void passkeys.refetch()} />
      {security.passkeys === 0 && <State on={false}>{t("passkeys.empty")}</State>}
      {security.passkeys > 0 && passkeys.data && passkeys.data.length > 0 && (
        <DataTable
          label={t("passkeys.title")}
          columns={[t("name"), t("passkeys.used"), t("passkeys.created"), ""]}
          rows={passkeys.data.map((passkey) => ({
            key: passkey.id,
            cells: [
              passkey.name,
              <When key="used" at={passkey.lastUsedAt} />,
              <When key="created" at={passkey.createdAt} />,
              <Group key="actions" gap="xs" justify="flex-end">
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("passkeys.renameOne", { name: passkey.name })}
                  onClick={() => setRenaming(passkey)}
                >
                  {t("rename")}
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={t("passkeys.removeOne", { name: passkey.name })}
                  onClick={() => setRemoving(passkey)}
                >
                  {t("remove")}
                </Button>
              </Group>,
            ],
          }))}
        />
      )}
      {adding && <AddPasskey onClose={() => onAdding(false)} />}
      {renaming && <RenamePasskey passkey={renaming} onClose={() => setRenaming(null)} />}
      <Confirm
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t("remove")}
        text={t("passkeys.removeText", { name: removing?.name ?? "" })}
        action={t("remove")}
        {...(removing ? { word: removing.name } : {})}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => {
          if (removing) {
            remove.mutate(removing.id, { onSuccess: () => setRemoving(null) });
          }
        }}
      />
    </Section>
  );
}
