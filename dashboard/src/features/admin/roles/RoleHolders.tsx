import { Anchor, Text } from "@mantine/core";
import type { RoleDto } from "@roundtable/client";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";

/** Who has a role, with the way to them. */
export function RoleHolders({ role }: { role: RoleDto }) {
  const { t } = useI18n();
  const may = useMay();
  if (!role.holders) {
    return (
      <Text size="sm" c="dimmed">
        {t("roles.everybody")}
      </Text>
    );
  }

  const { users, serviceAccounts } = role.holders;
  const people = users === 0 ? t("roles.nobody") : users === 1 ? t("roles.oneUser") : t("roles.users", { count: users });
  return (
    <Text size="sm" c="dimmed">
      {users > 0 && may("listUsers") ? (
        <Anchor component={Link} size="sm" underline="always" to={`/admin/users?role=${encodeURIComponent(role.name)}`}>
          {people}
        </Anchor>
      ) : (
        people
      )}
      {serviceAccounts > 0 && ` · ${serviceAccounts === 1 ? t("roles.oneAccount") : t("roles.accounts", { count: serviceAccounts })}`}
    </Text>
  );
}
