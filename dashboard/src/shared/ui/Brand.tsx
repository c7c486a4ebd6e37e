import { Group, Text } from "@mantine/core";
import { base } from "../lib/base";

/** The product's logo and name. */
export function Brand() {
  return (
    <Group gap="xs" wrap="nowrap">
      <img src={`${base}/icon.svg`} width={28} height={28} alt="" />
      <Text fw={700} size="lg">Roundtable</Text>
    </Group>
  );
}
