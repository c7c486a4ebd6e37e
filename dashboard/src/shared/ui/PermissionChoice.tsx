import { Checkbox, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useI18n } from "../../i18n";
import { byTopic } from "../lib/permissions";

interface Props {
  label: string;
  description?: string;
  /** The choices. */
  all: readonly string[];
  chosen: readonly string[];
  /** Whether a choice cannot be changed. */
  locked?: (permission: string) => boolean;
  /** What has to be known before choosing it. */
  warning?: (permission: string) => ReactNode;
  error?: string | undefined;
  onChange: (chosen: string[]) => void;
}

/** Checkboxes for permissions by topic, each with what it allows in words. */
export function PermissionChoice({ label, description, all, chosen, locked, warning, error, onChange }: Props) {
  const { lookup } = useI18n();
  return (
    <Checkbox.Group label={label} description={description} value={[...chosen]} error={error} onChange={onChange}>
      <Stack gap="sm" mt="xs" mb="xs">
        {byTopic(all).map(({ topic, permissions }) => {
          const name = lookup(`${topic}.title`) ?? topic;
          return (
            <div key={topic} role="group" aria-label={name}>
              <Text size="xs" fw={700} c="dimmed" mb={4}>
                {name}
              </Text>
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
                {permissions.map((p) => (
                  <Checkbox
                    key={p}
                    value={p}
                    label={p}
                    description={
                      <>
                        {lookup(`permission.${p}`)}
                        {warning?.(p)}
                      </>
                    }
                    disabled={locked?.(p) ?? false}
                  />
                ))}
              </SimpleGrid>
            </div>
          );
        })}
      </Stack>
    </Checkbox.Group>
  );
}
