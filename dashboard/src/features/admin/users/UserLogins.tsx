import { Button } from "@mantine/core";
import type { LoginDto, UserDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { Confirm } from "../../../shared/ui/Confirm";
import { DataTable } from "../../../shared/ui/DataTable";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { useRemoveUserLogin, useUserLogins } from "./api/userLogins";

/** The external logins of a user; absent if there are none. */
export function UserLogins({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const may = useMay();
  const logins = useUserLogins(user.id);
  const remove = useRemoveUserLogin(user.id);
  const [removing, setRemoving] = useState<LoginDto | null>(null);
  if (!logins.error && !logins.data?.length) {
    return null;
  }

  return (
    <Section title={t("logins.title")}>
      <Failure error={logins.error} retry={() => void logins.refetch()} />
      {logins.data && (
        <DataTable
          label={t("logins.title")}
          columns={[t("logins.provider"), t("email"), t("logins.linked"), t("logins.used"), ""]}
          rows={(logins.data ?? []).map((login) => ({
            key: login.name,
            cells: [
              login.displayName,
              login.email ?? "",
              <When key="linked" at={login.linkedAt} />,
              <When key="used" at={login.lastUsedAt} />,
              may("resetFactors") && (
                <Button
                  key="remove"
                  size="xs"
                  variant="default"
                  aria-label={t("logins.removeOne", { provider: login.displayName })}
                  onClick={() => setRemoving(login)}
                >
                  {t("remove")}
                </Button>
              ),
            ],
          }))}
        />
      )}
      <Confirm
        opened={removing !== null}
        onClose={() => setRemoving(null)}
        title={t("remove")}
        text={t("logins.adminRemoveText", { name: user.name, provider: removing?.displayName ?? "" })}
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
