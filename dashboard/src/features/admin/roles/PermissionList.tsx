import { Stack, Text, Title } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { byTopic, isPowerful } from "../../../shared/lib/permissions";
import { PowerWarning } from "./PowerWarning";

/** Permissions by topic, in words. */
export function PermissionList({ permissions }: { permissions: readonly string[] }) {
  const { lookup } = useI18n();
  return (
    <Stack gap="sm">
      {byTopic(permissions).map(({ topic, permissions: those }) => (
        <div key={topic}>
          <Title order={3} size="xs" c="dimmed" mb={4}>
            {lookup(`${topic}.title`) ?? topic}
          </Title>
          <Stack component="ul" gap={6} m={0} pl="md">
            {those.map((p) => (
              <li key={p}>
                <Text size="sm">
                  {lookup(`permission.${p}`) ?? p}{" "}
                  <Text span size="xs" c="dimmed" ff="monospace">
                    {p}
                  </Text>
                </Text>
                {isPowerful(p) && <PowerWarning permission={p} />}
              </li>
            ))}
          </Stack>
        </div>
      ))}
    </Stack>
  );
}
