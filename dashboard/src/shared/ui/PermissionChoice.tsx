import { Checkbox, SimpleGrid, Stack, Text } from "@mantine/core";
import { useI18n } from "../../i18n";

interface Props {
  label: string;
  description?: string;
  /** The choices. */
  all: readonly string[];
  chosen: readonly string[];
  /** Whether a choice cannot be changed. */
  locked?: (permission: string) => boolean;
  error?: string | undefined;
  onChange: (chosen: string[]) => void;
}

const topicOf = (permission: string) => permission.split(":", 1)[0] ?? permission;

/** Checkboxes for permissions by topic, each with what it allows in words. */
export function PermissionChoice({ label, description, all, chosen, locked, error, onChange }: Props) {
  const { lookup } = useI18n();
  const sorted = [...new Set(all)].sort();
  const topics = [...new Set(sorted.map(topicOf))].map((topic) => ({
    topic,
    name: lookup(`${topic}.title`) ?? topic,
    permissions: sorted.filter((p) => topicOf(p) === topic),
  }));
  return (
    <Checkbox.Group label={label} description={description} value={[...chosen]} error={error} onChange={onChange}>
      <Stack gap="sm" mt="xs" mb="xs">
        {topics.map(({ topic, name, permissions }) => (
          <div key={topic} role="group" aria-label={name}>
            <Text size="xs" fw={700} c="dimmed" mb={4}>
              {name}
            </Text>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
              {permissions.map((p) => (
                <Checkbox key={p} value={p} label={p} description={lookup(`permission.${p}`)} disabled={locked?.(p) ?? false} />
              ))}
            </SimpleGrid>
          </div>
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
