import { Badge, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useI18n } from "../../i18n";

/** Whether a way of signing in is set up, and a few words on it. */
export function State({ on, children }: { on: boolean; children?: ReactNode }) {
  const { t } = useI18n();
  return (
    <Group gap="xs">
      <Badge variant="dot" color={on ? "teal" : "gray.6"}>
        {on ? t("on") : t("off")}
      </Badge>
      {children && (
        <Text size="sm" style={{ overflowWrap: "anywhere", minWidth: 0 }}>
          {children}
        </Text>
      )}
    </Group>
  );
}
