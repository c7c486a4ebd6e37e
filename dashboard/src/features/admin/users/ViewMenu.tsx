import { Button, Menu, Text } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { Icon } from "../../../shared/ui/Icon";
import { ManageViews } from "./ManageViews";
import { SaveView } from "./SaveView";
import type { UserFilterState } from "./useUserFilter";
import { useViews } from "./useViews";

/** The saved views: filters, sort order and columns under a name. */
export function ViewMenu({ state }: { state: UserFilterState }) {
  const { t } = useI18n();
  const views = useViews();
  const [dialog, setDialog] = useState<"save" | "manage" | null>(null);
  const current = views.views.find((v) => v.query === state.view);
  const close = () => setDialog(null);
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <Button variant="default" leftSection={<Icon name="star" />} maw={220}>
            {current?.name ?? t("views.title")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah="60dvh" style={{ overflowY: "auto" }}>
          {views.views.length === 0 && (
            <Text size="sm" c="dimmed" p="xs">
              {t("views.none")}
            </Text>
          )}
          <Menu.RadioGroup value={current?.name ?? null}>
            {views.views.map((v) => (
              <Menu.RadioItem
                key={v.name}
                value={v.name}
                closeMenuOnClick
                onChange={() => state.show(v.query)}
                style={{ overflowWrap: "anywhere" }}
              >
                {v.name}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
          <Menu.Divider />
          <Menu.Item disabled={views.full} leftSection={<Icon name="plus" />} onClick={() => setDialog("save")}>
            {t("views.save")}
          </Menu.Item>
          {views.views.length > 0 && <Menu.Item onClick={() => setDialog("manage")}>{t("views.manage")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {dialog === "save" && <SaveView state={state} views={views} onClose={close} />}
      {dialog === "manage" && <ManageViews views={views} onClose={close} />}
    </>
  );
}
