import { Card, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** A card with a heading. */
export function Section({
  title,
  text,
  aside,
  children,
  danger = false,
}: {
  title: string;
  text?: ReactNode;
  aside?: ReactNode;
  children?: ReactNode;
  danger?: boolean;
}) {
  return (
    <Card
      withBorder
      padding="lg"
      component="section"
      aria-label={title}
      style={danger ? { borderColor: "var(--mantine-color-red-7)" } : undefined}
    >
      <Stack gap="md">
        <Group justify="space-between" align="flex-start">
          <div style={{ flex: "1 1 240px", minWidth: 0 }}>
            <Title order={2}>{title}</Title>
            {text && (
              <Text c="dimmed" size="sm" style={{ overflowWrap: "anywhere" }}>
                {text}
              </Text>
            )}
          </div>
          {aside}
        </Group>
        {children}
      </Stack>
    </Card>
  );
}
