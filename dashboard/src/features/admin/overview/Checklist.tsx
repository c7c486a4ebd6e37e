import { Badge, Button, Code, Collapse, Group, Progress, SimpleGrid, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { HealthCheckDto } from "@roundtable/client";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { type Access, useMay } from "../../../shared/lib/session";
import { Failure } from "../../../shared/ui/Failure";
import { Section } from "../../../shared/ui/Section";
import { useFindingText } from "../system/useFindingText";
import { useSetup } from "./api/getSetup";
import { TestMail } from "./TestMail";
import { useHidden } from "./useHidden";

const names = ["publicUrl", "sender", "mail", "admin", "secondAdmin", "keys", "backup", "retention"] as const;
type Name = (typeof names)[number];

// Pages of the repository, which this server does not have.
const pages = {
  publicUrl: "docs/configuration.md#app",
  sender: "docs/configuration.md#email",
  mail: "docs/operations.md#mail",
  admin: "docs/configuration.md#auth",
  secondAdmin: "docs/operations.md#troubleshooting",
  keys: "docs/operations.md#keys",
  backup: "docs/operations.md#backup",
  retention: "docs/operations.md#data-retention",
} as const satisfies Record<Name, string>;

const isDone = (item: HealthCheckDto) => item.status === "healthy";

/** What a new installation still needs; absent once all is done or the admin hid it, unless it is shown always. */
export function Checklist({ always = false }: { always?: boolean }) {
  return useMay()("seeSystem") ? <Items always={always} /> : null;
}

function Items({ always }: { always: boolean }) {
  const { t } = useI18n();
  const setup = useSetup();
  const [opened, { toggle }] = useDisclosure();
  const items = setup.data?.filter((i): i is HealthCheckDto & { name: Name } => names.some((n) => n === i.name));
  const undone = items?.filter((i) => !isDone(i));
  const done = items?.filter(isDone) ?? [];
  const [hidden, hide] = useHidden(undone?.map((i) => i.name));
  if (setup.error && !items) {
    return <Failure error={setup.error} retry={() => void setup.refetch()} />;
  }

  if (!items || !undone || (!always && hidden)) {
    return null;
  }

  return (
    <Section
      title={t("setup.title")}
      text={t("setup.progress", { done: done.length, all: items.length })}
      aside={
        !always && (
          <Button variant="default" size="xs" onClick={hide}>
            {t("setup.hide")}
          </Button>
        )
      }
    >
      <Progress value={(100 * done.length) / items.length} aria-label={t("setup.title")} color="teal" />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" verticalSpacing="lg" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {undone.map((item) => (
          <Item key={item.name} item={item} />
        ))}
      </SimpleGrid>
      {done.length > 0 && (
        <div>
          <Button variant="subtle" size="xs" aria-expanded={opened} onClick={toggle}>
            {opened ? t("setup.hideDone") : t("setup.showDone", { count: done.length })}
          </Button>
          <Collapse expanded={opened}>
            <Stack gap="sm" component="ul" p={0} mt="sm" mb={0} mx={0} style={{ listStyle: "none" }}>
              {done.map((item) => (
                <Item key={item.name} item={item} />
              ))}
            </Stack>
          </Collapse>
        </div>
      )}
    </Section>
  );
}

const actions = {
  secondAdmin: { to: "/admin/users", text: "setup.toUsers", needs: "listUsers" },
  admin: { to: "/admin/users", text: "setup.toUsers", needs: "listUsers" },
} as const satisfies Partial<Record<Name, { to: string; text: string; needs: Access }>>;

function Item({ item }: { item: HealthCheckDto & { name: Name } }) {
  const { t } = useI18n();
  const may = useMay();
  const text = useFindingText();
  const done = isDone(item);
  const action = item.name === "admin" || item.name === "secondAdmin" ? actions[item.name] : undefined;
  return (
    <Stack component="li" gap={4} miw={0}>
      <Group gap="xs">
        <Text fw={600}>{t(`setup.${item.name}`)}</Text>
        <Badge variant="dot" color={done ? "teal" : "yellow"}>
          {done ? t("setup.done") : t("setup.open")}
        </Badge>
      </Group>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {text(item)}
      </Text>
      {!done && (
        <>
          <Text size="sm" c="dimmed">
            {t(`setup.${item.name}.why`)} {t("setup.page")} <Code style={{ overflowWrap: "anywhere" }}>{pages[item.name]}</Code>
          </Text>
          {item.name === "mail" && may("retryEmail") && <TestMail />}
          {action && may(action.needs) && (
            <div>
              <Button component={Link} to={action.to} variant="light" size="xs">
                {t(action.text)}
              </Button>
            </div>
          )}
        </>
      )}
    </Stack>
  );
}
