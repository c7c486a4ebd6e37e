import { Group, Text } from "@mantine/core";

/** The product's logo and name; short, only the logo on narrow screens. */
export function Brand({ short = false }: { short?: boolean }) {
  return (
    <Group gap="xs" wrap="nowrap">
      {/* The same as icon.svg; a part of the page, so that it is there without the server too. */}
      <svg viewBox="0 0 32 32" width={28} height={28} aria-hidden>
        <rect width="32" height="32" rx="8" fill="#364fc7" />
        <circle cx="16" cy="16" r="6.5" fill="none" stroke="#fff" strokeWidth="2.5" />
        <g fill="#fff">
          <circle cx="16" cy="5.5" r="2" />
          <circle cx="16" cy="26.5" r="2" />
          <circle cx="5.5" cy="16" r="2" />
          <circle cx="26.5" cy="16" r="2" />
        </g>
      </svg>
      <Text fw={700} size="lg" {...(short ? { visibleFrom: "xs" } : {})}>
        Roundtable
      </Text>
    </Group>
  );
}
